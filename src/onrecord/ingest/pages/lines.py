"""A parsed page to the lines of text that a reader sees."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from onrecord.record import OnrecordError

DEEPEST = 512

# What starts on a line of its own. All else flows: "<b>T</b>he" is one word.
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol option p pre search "
    "section summary table tbody td tfoot th thead tr ul".split()
)
UNSEEN = frozenset(
    "applet area audio canvas datalist embed frame head iframe input map math meta noembed noframes object "
    "param script select style svg template textarea title video".split()
)
# They say where a line may be broken, and print nothing.
_WIDTHLESS = re.compile("[\u00ad\u200b\u2060\ufeff]")
# What libxml2 reads and lets nobody write into a tree; and any such character by its number.
_UNWRITABLE = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:x0{0,9}([0-9a-f]{1,4})(?![0-9a-f])|0{0,9}([0-9]{1,5})(?![0-9]));?", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Line(NamedTuple):
    """Words that stand together: all of the block `block`, or a part of it that is set off by a line break."""

    text: str
    block: HtmlElement


def writable(html: str) -> str:
    """`html` with marks for the characters that cannot be written into a tree, as they are or by their numbers.

    They mean nothing in HTML, which has no character 0 at all.
    """
    return _UNWRITABLE.sub(_mark, _REFERENCE.sub(_refer, html.replace("\0", "")))


def _refer(reference: re.Match[str]) -> str:
    """A mark for a reference to what cannot be written; any other as it is."""
    found = _UNWRITABLE.match(chr(int(reference[1], 16) if reference[1] else int(reference[2])))
    return _mark(found) if found else reference[0]


def _mark(found: re.Match[str]) -> str:
    """What stands for an unwritable character: space where it parts words or pages."""
    return " " if found[0] in "\v\f" else "\ufffd"


def parse_page(html: str) -> HtmlElement:
    """The tree of a page; no comment and no processing instruction is in it.

    Raises:
        OnrecordError: there is no element in it, or one lies deeper than `DEEPEST`.
    """
    # Without huge_tree libxml2 silently drops long words and flattens what lies deeper than 254.
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree = document_fromstring(writable(html).encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        raise OnrecordError("no page: there is nothing in it") from None
    except etree.XMLSyntaxError as error:
        # There is no wrong syntax in HTML: libxml2 says so when it is refused memory.
        raise MemoryError from error
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise OnrecordError(f"tags stand more than {DEEPEST} deep in one another")
    return tree


def read_lines(tree: HtmlElement) -> list[Line]:
    """The lines of `tree` in order; each run of white space is one space, there is none at the ends, none is empty."""
    lines: list[Line] = []
    blocks: list[HtmlElement] = []
    pieces: list[str] = []

    def end_line() -> None:
        text = " ".join(_WIDTHLESS.sub("", "".join(pieces)).split())
        pieces.clear()
        if text:
            lines.append(Line(text, blocks[-1] if blocks else tree))

    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        is_block = element.tag in BLOCKS
        if is_block or element.tag == "br":
            end_line()
        if event == "end":
            if is_block:
                blocks.pop()
            pieces.append(element.tail or "")
            continue
        if is_block:
            blocks.append(element)
        if element.tag in UNSEEN or (not is_block and _is_hidden(element)):
            walk.skip_subtree()
        elif element.tag == "pre":
            for row in (element.text or "").split("\n"):
                end_line()
                pieces.append(row)
        else:
            pieces.append(element.text or "")
    end_line()
    return lines


def _is_hidden(element: HtmlElement) -> bool:
    """Whether a word or two inside a line don't show. Whole blocks are another matter: many a script unfolds them."""
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))
