"""Shapes and words to SVG, in which no word can be read as markup and none is longer than its room."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category, east_asian_width
from xml.etree.ElementTree import Element, SubElement, tostring

# What XML forbids, and what would turn the order of the words beside it.
_UNFIT = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")
_NARROW = frozenset("iljtfrI.,:;'’‘|!()[]{} ·-`/")
_WIDE = frozenset("mwMWQOGD@%&—…←→“”")
# A cut text needs no more characters than these many times its width in ems.
_CHARACTERS = 8


def begin(width: float, height: float, name: str, **attributes: str | float) -> Element:
    """The root of a picture of class `name`, in whose units all else is given."""
    size: dict[str, str | float] = {
        "width": width,
        "height": height,
        "viewBox": f"0 0 {_number(width)} {_number(height)}",
    }
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "class": f"pic {name}"})
    _put(root, size | attributes)
    return root


def add(parent: Element, tag: str, text: str = "", **attributes: str | float) -> Element:
    """A new last child; of attributes' names `_` is written as `-`, and one at the end is dropped ("class_")."""
    child = SubElement(parent, tag)
    child.text = clean(text) or None
    _put(child, attributes)
    return child


def write(root: Element) -> str:
    """The markup of an element and all that is in it."""
    return tostring(root, encoding="unicode")


def clean(text: str) -> str:
    """The text in one line, without characters that XML forbids or that turn the direction of others."""
    return " ".join(_UNFIT.sub("", text).split())


def measure(text: str, size: float) -> float:
    """A width that the text hardly exceeds in any system's font at `size` units an em."""
    return size * sum(map(_ems, text))


def cut(text: str, width: float, size: float) -> str:
    """The text if it fits into `width`, else as much of it as does with "…"; empty where not even that fits."""
    text = clean(text[: _most(width, size)])
    if measure(text, size) <= width:
        return text
    room = width - measure("…", size)
    end = 0
    while end < len(text) and (room := room - measure(text[end], size)) >= 0:
        end += 1
    return f"{text[:end].rstrip()}…" if end else ""


def wrap(text: str, width: float, size: float, most: int) -> list[str]:
    """The text in lines no wider than `width`, at most so many, the last one cut with "…" where there is more."""
    words = clean(text[: _most(width, size) * most]).split(" ")
    lines: list[str] = []
    while words and len(lines) < most - 1:
        line, words = _first_line(words, width, size)
        lines.append(line)
    rest = " ".join(words)
    return [*lines, cut(rest, width, size)] if rest else lines


def _first_line(words: list[str], width: float, size: float) -> tuple[str, list[str]]:
    """The words that fit into a line, and the others; a word that is longer than a line is broken."""
    number = 1
    while number < len(words) and measure(" ".join(words[: number + 1]), size) <= width:
        number += 1
    line = " ".join(words[:number])
    if measure(line, size) <= width:
        return line, words[number:]
    end = max(1, len(cut(line, width, size)) - 1)
    return line[:end], [line[end:], *words[1:]]


def _most(width: float, size: float) -> int:
    return max(8, int(_CHARACTERS * width / size))


def _put(element: Element, attributes: dict[str, str | float]) -> None:
    for name, value in attributes.items():
        written = clean(value) if isinstance(value, str) else _number(value)
        element.set(name.removesuffix("_").replace("_", "-"), written)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


@lru_cache(maxsize=4096)
def _ems(character: str) -> float:
    if character in _NARROW:
        return 0.36
    if character in _WIDE:
        return 0.98
    if east_asian_width(character) in "WF":
        return 1.05
    if category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    return 0.7 if character.isupper() or ord(character) > 0x250 else 0.61
