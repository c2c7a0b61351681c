"""Time expressions marked in running text to examples: TimeML files, and lines with marks like <DATE>…</DATE>."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.data import Example, Stretch3

_TAG = re.compile(r"<!--.*?-->|<(/?)(\w+)([^<>]*)>", re.S)
_BODY = re.compile(r"<TEXT[^>]*>(.*?)</TEXT>", re.S)
_DCT = re.compile(r'<DCT>.*?value="([^"]*)"', re.S)


@dataclass(frozen=True, slots=True)
class Marked:
    """A text without its marks, and what they marked: start, end, the mark's name, and its attributes."""

    text: str
    marks: tuple[tuple[int, int, str, dict[str, str]], ...]


def read_timeml(folder: Path) -> Iterator[Example]:
    """The `.tml` files below `folder` in order of their names, each by the text and the TIMEX3 of its body.

    TimeML from TIMEX2 has DATE for all: there the value tells durations ("P2Y") and times ("T05:34", "TMO").
    """
    for path in sorted(folder.rglob("*.tml")):
        yield read_report(path)[0]


def read_report(path: Path) -> tuple[Example, str]:
    """One file, and the day on which it says that it was written."""
    raw = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    body, day = _BODY.search(raw), _DCT.search(raw)
    marked = unmark(body[1] if body else "")
    found = tuple((a, b, _type(given)) for a, b, name, given in marked.marks if name == "TIMEX3" and b > a)
    return Example(path.stem, marked.text, timexes=found), day[1] if day else ""


def _type(given: dict[str, str]) -> str:
    kind, value = given.get("type", "DATE"), given.get("value", "")
    if kind != "DATE":
        return kind
    return "DURATION" if re.match(r"P\d|PT|PX", value) else "TIME" if re.match(r"[\dX-]+T|T\d", value) else "DATE"


def read_marked(path: Path) -> Iterator[Example]:
    """The lines of a file that are not empty, each a text with marks of the four types; "#" begins a comment."""
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        if line.strip() and not line.startswith("#"):
            marked = unmark(line.strip())
            yield Example(f"{path.stem}-{number}", marked.text, timexes=tuple((a, b, k) for a, b, k, _ in marked.marks))


def unmark(marked: str) -> Marked:
    """`marked` without marks, and where they stood; entities are read ("&amp;" is "&")."""
    text, at = "", 0
    opened: list[tuple[int, str, dict[str, str]]] = []
    marks: list[tuple[int, int, str, dict[str, str]]] = []
    for match in _TAG.finditer(marked):
        text += html.unescape(marked[at : match.start()])
        at = match.end()
        if not match[2]:
            continue
        if not match[1]:
            if not match[3].endswith("/"):
                opened.append((len(text), match[2], dict(re.findall(r'([\w:.-]+)\s*=\s*"([^"]*)"', match[3]))))
        elif opened:
            start, name, given = opened.pop()
            marks.append((start, len(text), name, given))
    return Marked(text + html.unescape(marked[at:]), tuple(sorted(marks, key=lambda m: m[:2])))


def joined(examples: list[Example], name: str) -> Example:
    """`examples` as the paragraphs of one text."""
    text, found = "", list[Stretch3]()
    for example in examples:
        text += "\n" if text else ""
        found += [(a + len(text), b + len(text), k) for a, b, k in example.timexes or ()]
        text += example.text
    return Example(name, text, timexes=tuple(found))
