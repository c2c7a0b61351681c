"""Corpora in the folders that hold them to examples: texts with labelled stretches of characters."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.language.scores import ROLES

Stretch = tuple[int, int]
Stretch3 = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Attribution:
    """PARC's three roles, each a list of stretches in order; content is never empty."""

    source: tuple[Stretch, ...]
    cue: tuple[Stretch, ...]
    content: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word: half-open offsets, UPOS, number of its head among the text's words (-1 none), relation."""

    start: int
    end: int
    tag: str
    head: int
    relation: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A predicate with its arguments, by PropBank's labels; all are numbers of words, an argument's that of its head.

    `factuality` is how sure its readers were that it happened, -3 to 3; None where nobody was asked.
    """

    predicate: int
    arguments: tuple[tuple[str, int], ...] | None
    factuality: float | None


@dataclass(frozen=True, order=True, slots=True)
class Mention:
    """A mention by the numbers of its first and last word and of its head."""

    first: int
    last: int
    head: int


@dataclass(frozen=True, slots=True)
class Example:
    """One text. What was not annotated is None.

    `mentions` are names; `nominals` the head words of all mentions, names and pronouns among them; `clusters` the
    mentions of one thing each, in order. Words in `unframed` stand in sentences whose frames nobody annotated.
    `timexes` have a TIMEX3 type.
    """

    name: str
    text: str
    attributions: tuple[Attribution, ...] | None = None
    mentions: tuple[Stretch3, ...] | None = None
    words: tuple[Word, ...] | None = None
    nominals: tuple[Stretch3, ...] | None = None
    frames: tuple[Frame, ...] | None = None
    unframed: frozenset[int] = frozenset()
    clusters: tuple[tuple[Mention, ...], ...] | None = None
    timexes: tuple[Stretch3, ...] | None = None


def read_polnear(folder: Path) -> Iterator[Example]:
    """PolNeAR's reports in `folder`, each by the lexicographically first of its annotators."""
    for path in sorted((folder / "text").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        files = sorted((folder / "attributions").glob(f"{path.stem}_????.ann"))
        if files:
            yield Example(path.stem, text, tuple(_read_brat(files[0].read_bytes().decode("utf-8"), text)))


def _read_brat(lines: str, text: str) -> Iterator[Attribution]:
    spans: dict[str, list[Stretch]] = {}
    for line in lines.split("\n"):
        if match := re.match(r"(T\d+)\t\S+ ([\d ;]+)\t", line):
            spans[match[1]] = [(int(a), int(b)) for a, b in (p.split() for p in match[2].split(";"))]
    for line in lines.split("\n"):
        if not re.match(r"E\d+\t", line):
            continue
        roles: dict[str, list[Stretch]] = {r: [] for r in ROLES}
        for item in line.split("\t")[1].split()[1:]:
            role, _, name = item.partition(":")
            role = role.rstrip("0123456789").lower()
            if role in roles:
                roles[role] += spans.get(name, [])
        if roles["content"]:
            yield Attribution(**{r: tuple(_joined(s, text)) for r, s in roles.items()})


def _joined(stretches: list[Stretch], text: str) -> list[Stretch]:
    """Stretches in order, those with nothing but space between them made one: brat cuts a span at line breaks."""
    out: list[Stretch] = []
    for a, b in sorted(set(stretches)):
        if out and not text[out[-1][1] : a].strip():
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return out


_KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place"}


def iob_names(path: Path) -> dict[str, tuple[str, list[Stretch3]]]:
    """Universal NER's names by the sentence's id: its text without spaces, and the stretches of its names in that.

    The treebank prints the same letters with other spaces. Tags outside person, organisation and place (the old train
    file's OTH) are read as outside.
    """
    out = {}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        blocks = file.read().split("\n\n")
    for block in blocks:
        head = dict(re.findall(r"^# (sent_id|text) = (.*)$", block, re.M))
        if "text" in head:
            rows = [line.split("\t") for line in block.strip().split("\n") if not line.startswith("#")]
            letters = "".join(head["text"].split())
            out[head["sent_id"]] = letters, _spans(letters, rows)
    return out


def _spans(text: str, rows: list[list[str]]) -> list[tuple[int, int, str]]:
    out: list[tuple[int, int, str]] = []
    at, before = 0, "O"
    for row in rows:
        word, tag = "".join(row[1].split()), row[2]
        a = text.find(word, at)
        if a < 0:
            before = "O"
            continue
        at = a + len(word)
        kind = _KINDS.get(tag[2:])
        if kind and tag[0] == "I" and before == kind and out:
            out[-1] = (out[-1][0], at, kind)
        elif kind:
            out.append((a, at, kind))
        before = kind or "O"
    return out
