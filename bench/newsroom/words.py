"""The word files of the newsroom to the words in them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@cache
def read_names(name: str, length: int) -> tuple[str, ...]:
    """The names of so many letters in the list `name`."""
    return tuple(w for w in _read(f"words/{name}.txt").split() if len(w) == length)


@cache
def read_lines(name: str) -> tuple[str, ...]:
    """The lines of the list `name`."""
    return tuple(_read(f"words/{name}.txt").splitlines())


@cache
def read_matters() -> dict[str, tuple[str, ...]]:
    """Common words by the slot that they fill; those of one slot are all of one length."""
    rows = (line.split() for line in read_lines("matters"))
    return {kind: tuple(words) for kind, *words in rows}


@cache
def read_alike() -> dict[str, tuple[str, ...]]:
    """Each common word that others of the same form and length may stand for, with all of them."""
    groups = [tuple(line.split()) for line in read_lines("alike")]
    return {word: group for group in groups for word in group}


@cache
def read_sections(name: str) -> dict[str, tuple[str, ...]]:
    """The lines of a file of phrases by the headings in brackets above them; what stands above all is under ""."""
    sections: dict[str, list[str]] = {"": []}
    lines = sections[""]
    for line in _read(name).splitlines():
        if line.startswith("["):
            lines = sections.setdefault(line.strip("[]"), [])
        elif line:
            lines.append(line)
    return {heading: tuple(found) for heading, found in sections.items()}


def _read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
