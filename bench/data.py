"""Corpora in the folders that hold them to examples: texts with labelled stretches of characters."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.language.decode import ROLES

Stretch = tuple[int, int]
Stretch3 = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Attribution:
    """PARC's three roles, each a list of stretches in order; content is never empty."""

    source: tuple[Stretch, ...]
    cue: tuple[Stretch, ...]
    content: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One text. `attributions` is None where none were annotated, and `mentions` likewise."""

    name: str
    text: str
    attributions: tuple[Attribution, ...] | None = None
    mentions: tuple[tuple[int, int, str], ...] | None = None


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


def read_iob(path: Path, packed: bool) -> Iterator[Example]:
    """Universal NER's sentences, one an example, or those of a text joined into one when `packed`.

    Tags outside person, organisation and place (the old train file's OTH) are read as outside.
    """
    name, texts, mentions, length = "", list[str](), list[tuple[int, int, str]](), 0
    with gzip.open(path, "rt", encoding="utf-8") as file:
        blocks = file.read().split("\n\n")
    for block in blocks:
        lines = block.strip().split("\n")
        head = dict(re.findall(r"^# (newdoc id|sent_id|text) = (.*)$", block, re.M))
        if "text" not in head:
            continue
        text = head["text"]
        if texts and (not packed or "newdoc id" in head):
            yield Example(name, " ".join(texts), None, tuple(mentions))
            texts, mentions, length = [], [], 0
        name = name if texts else head["sent_id"]
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        mentions += [(a + length, b + length, k) for a, b, k in _spans(text, rows)]
        texts.append(text)
        length += len(text) + 1
    if texts:
        yield Example(name, " ".join(texts), None, tuple(mentions))


def _spans(text: str, rows: list[list[str]]) -> list[tuple[int, int, str]]:
    out: list[tuple[int, int, str]] = []
    at, before = 0, "O"
    for row in rows:
        word, tag = row[1].replace(" ", " "), row[2]
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


# GUM's genres whose texts may be built on freely (see its licence file); the others are left out.
_GUM_GENRES = ("news", "interview", "bio", "voyage", "court", "speech", "textbook", "academic")
_GUM_KINDS = {"person": "person", "organization": "organisation", "place": "place"}
_LINKS = frozenset(("of", "the", "for", "and", "&", "-", "'s", "’s", "de"))
_STYLES = frozenset(
    "mr. mrs. ms. dr. mr mrs ms dr president senator sen. judge justice professor prof. sir king queen prince princess"
    " minister ambassador secretary chancellor governor gov. general gen. captain father pope saint chairman mayor"
    " director doctor lord lady representative rep. emperor".split()
)


def read_gum(path: Path) -> Iterator[Example]:
    """GUM's open genres, a text each, with the names among its entities: those whose head is a proper noun."""
    name, texts, mentions, length = "", list[str](), list[tuple[int, int, str]](), 0
    with gzip.open(path, "rt", encoding="utf-8") as file:
        blocks = file.read().split("\n\n")
    for block in blocks:
        head = dict(re.findall(r"^# (newdoc id|text) = (.*)$", block, re.M))
        if "newdoc id" in head:
            if texts:
                yield Example(name, "".join(texts), None, tuple(mentions))
            name, texts, mentions, length = head["newdoc id"], [], [], 0
        if "text" not in head or name.split("_")[1] not in _GUM_GENRES:
            continue
        if texts:
            texts.append("\n" if "# newpar" in block else " ")
            length += 1
        rows = [r for r in (x.split("\t") for x in block.split("\n") if x[:1].isdigit()) if r[0].isdigit()]
        mentions += [(a + length, b + length, k) for a, b, k in _gum_names(head["text"], rows)]
        texts.append(head["text"])
        length += len(head["text"])
    if texts:
        yield Example(name, "".join(texts), None, tuple(mentions))


def _gum_names(text: str, rows: list[list[str]]) -> list[Stretch3]:
    """The outermost names of one sentence: the run of proper nouns around the head, without article and title."""
    places, at = list[Stretch](), 0
    for row in rows:
        a = max(text.find(row[1], at), at)
        at = a + len(row[1])
        places.append((a, at))
    out: list[Stretch3] = []
    taken: set[int] = set()
    for first, last, kind, head in sorted(_gum_entities(rows), key=lambda e: (e[0], -e[1])):
        run = _proper_run(rows, first, last, min(first + head, last))
        if kind in _GUM_KINDS and run and not taken & set(run):
            taken.update(run)
            if kind == "person":
                run = _without_style(rows, run, first + head)
                if not run:
                    continue
            out.append((places[run[0]][0], places[run[-1]][1], _GUM_KINDS[kind]))
    return out


def _without_style(rows: list[list[str]], run: list[int], head: int) -> list[int]:
    """A person's name without the words that lead up to it ("US President"); [] for peoples and for titles alone."""
    styles = [n for n in run if rows[n][1].casefold() in _STYLES]
    if "Number=Plur" in rows[min(head, len(rows) - 1)][5] or (styles and styles[-1] == run[-1]):
        return []
    return [n for n in run if n > styles[-1]] if styles else run


def _gum_entities(rows: list[list[str]]) -> Iterator[tuple[int, int, str, int]]:
    """First and last word, kind, and the head's place, of each entity that begins and ends in the sentence."""
    opened: list[tuple[int, str, str, int]] = []
    for n, row in enumerate(rows):
        value = dict(x.split("=", 1) for x in row[9].split("|") if "=" in x).get("Entity", "")
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", value):
            fields = part.strip("()").split("-")
            if part[0] == "(":
                head = int(fields[5].split(",")[0]) - 1 if len(fields) > 5 and fields[5][:1].isdigit() else 0
                opened.append((n, fields[0], fields[1] if len(fields) > 1 else "", head))
            if part[-1] == ")":
                mine = next((o for o in reversed(opened) if o[1] == fields[0]), None)
                if mine:
                    opened.remove(mine)
                    yield mine[0], n, mine[2], mine[3]


def _proper_run(rows: list[list[str]], first: int, last: int, head: int) -> list[int]:
    """The words around `head` that are proper nouns, with the small words that join them; [] if it is none itself."""
    if rows[head][3] != "PROPN":
        return []
    left = right = head
    while left > first and (rows[left - 1][3] == "PROPN" or _joins(rows, left - 1, first, -1)):
        left -= 1
    while right < last and (rows[right + 1][3] == "PROPN" or _joins(rows, right + 1, last, 1)):
        right += 1
    return list(range(left, right + 1))


def _joins(rows: list[list[str]], at: int, edge: int, step: int) -> bool:
    """Whether the word at `at` is a small one between two proper nouns of the entity."""
    beyond = at + step
    inside = beyond >= edge if step < 0 else beyond <= edge
    return inside and rows[at][1].casefold() in _LINKS and rows[beyond][3] in ("PROPN", "NUM") and rows[at][1] != ","
