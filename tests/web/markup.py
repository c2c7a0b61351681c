"""A page to what is amiss with its tags, as written: a parser of browsers would mend it without a word."""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# What holds phrases only, and what is none.
_PHRASES = frozenset("a b button code dd dt em footer h1 h2 h3 h4 h5 h6 label p span strong summary".split()) - {
    "a",
    "dd",
    "footer",
    "summary",
}
_BLOCKS = frozenset(
    "article aside blockquote details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p"
    " pre section table ul".split()
)
_OWN = {"li": {"ul", "ol"}, "summary": {"details"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}, "option": {"select"}}
_NEVER_WITHIN = {"a": {"a"}, "form": {"form"}, "button": {"button", "a"}, "label": {"label"}}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.amiss: list[str] = []
        self.levels: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        around = {t for t in self.open if t in _PHRASES} if tag in _BLOCKS else set()
        around |= _NEVER_WITHIN.get(tag, set()).intersection(self.open)
        if tag in _OWN and not (self.open and self.open[-1] in _OWN[tag]):
            around |= set(self.open[-1:])
        self.amiss += [f"<{tag}> in <{outer}>, {self.getpos()}" for outer in sorted(around) if "svg" not in self.open]
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.levels.append(int(tag[1]))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "svg" not in self.open and tag not in _VOID:
            self.amiss.append(f"<{tag}/>, {self.getpos()}")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.amiss.append(f"</{tag}>, {self.getpos()}")


def find_misnested(page: str) -> list[str]:
    """The tags that stand where none of their kind may, or that close none: "<details> in <p>, (12, 3)"."""
    reader = _read(page)
    return reader.amiss + [f"<{tag}> is never closed" for tag in reader.open]


def list_levels(page: str) -> list[int]:
    """The levels of all headings, in order."""
    return _read(page).levels


def _read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader
