"""Treebanks in CoNLL-U to examples: words with their syntax, names and the heads of mentions."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.data import Example, Frame, Mention, Stretch, Stretch3, Word, iob_names
from bench.frames import Framed, frames_of

Row = list[str]

# GUM's genres whose texts may be built on freely (see its licence file); the others are left out.
GUM_GENRES = ("news", "interview", "bio", "voyage", "court", "speech", "textbook", "academic")
_NAMES = {"person": "person", "organization": "organisation", "place": "place"}
_KINDS = {**_NAMES, "event": "event", "time": "time"}
_LINKS = frozenset(("of", "the", "for", "and", "&", "-", "'s", "’s", "de"))
_STYLES = frozenset(
    "mr. mrs. ms. dr. mr mrs ms dr president senator sen. judge justice professor prof. sir king queen prince princess"
    " minister ambassador secretary chancellor governor gov. general gen. captain father pope saint chairman mayor"
    " director doctor lord lady representative rep. emperor".split()
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a treebank: `text`, its words' rows and places, and whether it begins a paragraph or a text."""

    name: str
    genre: str
    text: str
    rows: list[Row]
    places: list[Stretch]
    paragraph: bool
    first: bool


def read_sentences(path: Path) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file. Words of one written token ("don't") share it out by their letters."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        blocks = file.read().split("\n\n")
    genre, first = "", True
    for block in blocks:
        head = dict(re.findall(r"^# (newdoc id|sent_id|text) = (.*)$", block, re.M))
        if "newdoc id" in head:
            genre, first = re.split(r"[-_]", head["newdoc id"].removeprefix("GUM_"))[0], True
        if "text" not in head:
            continue
        lines = [line.split("\t") for line in block.split("\n") if line[:1].isdigit()]
        rows = [r for r in lines if r[0].isdigit()]
        new = bool(re.search(r"^# newpar(?: id|$)", block, re.M))
        yield Sentence(head["sent_id"], genre, head["text"], rows, _places(head["text"], lines), new or first, first)
        first = False


def _places(text: str, lines: list[Row]) -> list[Stretch]:
    out: list[Stretch] = []
    at, stop, inner = 0, -1, 0
    for line in lines:
        number, form = line[0], line[1]
        if "-" in number:
            inner = int(number.split("-")[1])
            found = text.find(form, at)
            at = found if found >= 0 else at
            stop = at + len(form)
        elif number.isdigit():
            found = text.find(form, at, stop if stop >= 0 else len(text))
            if found >= 0:
                out.append((found, found + len(form)))
                at = found + len(form)
            else:  # "cannot" holds a "not" that is written nowhere by itself
                out.append((at, max(at, stop)))
            if int(number) == inner:
                at, stop, inner = max(at, stop), -1, 0
    return out


def read_ewt(
    treebank: Path, names: Path, packed: bool, framed: Mapping[str, Framed] | None = None
) -> Iterator[Example]:
    """The English Web Treebank with Universal NER's names, where a sentence has them in the same words, and frames."""
    tagged = iob_names(names)
    for group in _grouped(read_sentences(treebank), packed):
        example = _example(group, [_named(s, *tagged.get(s.name, ("", []))) for s in group], None)
        yield example if framed is None else _framed(example, group, framed)


def _framed(example: Example, group: list[Sentence], framed: Mapping[str, Framed]) -> Example:
    frames, unframed, base = list[Frame](), set[int](), 0
    for sentence in group:
        found = framed.get(sentence.name, Framed(None, {}))
        if found.arguments is None:
            unframed.update(range(base, base + len(sentence.rows)))
        frames += frames_of(found, [int(row[6]) - 1 for row in sentence.rows], base)
        base += len(sentence.rows)
    return replace(example, frames=tuple(frames), unframed=frozenset(unframed))


def _named(sentence: Sentence, letters: str, names: list[Stretch3]) -> list[Stretch3] | None:
    """`names`, which count the letters alone, as stretches of the sentence; None where its letters are others."""
    at = [n for n, sign in enumerate(sentence.text) if not sign.isspace()]
    if "".join(sentence.text.split()) != letters:
        return None
    return [(at[a], at[b - 1] + 1, kind) for a, b, kind in names]


def read_gum(path: Path, packed: bool, genres: Sequence[str] = GUM_GENRES) -> Iterator[Example]:
    """GUM's open genres with the heads of all mentions, and the names: entities whose head is a proper noun."""
    sentences = (s for s in read_sentences(path) if s.genre in genres)
    for group in _grouped(sentences, packed):
        names = [[(s.places[a][0], s.places[b][1], k) for a, b, k in _gum_names(s.rows)] for s in group]
        example = _example(group, names, [_gum_heads(s) for s in group])
        yield replace(example, clusters=tuple(tuple(c) for c in _gum_clusters(group)))


def text_name(sentence: str) -> str:
    """The text of which a sentence's id of GUM is one: "GUM_news_crane-12" is of GUM_news_crane."""
    return sentence.rsplit("-", 1)[0]


def held_out(data: Path) -> list[str]:
    """Every fourth of GUM's news and interviews for training, which the network never sees.

    Its dev split has eight such texts at most: too few to say how well what is meant is found.
    """
    path = data / "gum" / "gum-train.conllu.gz"
    return sorted(text_name(e.name) for e in read_gum(path, True, ("news", "interview")))[::4]


def read_gum_seen(data: Path, packed: bool) -> Iterator[Example]:
    """GUM's train split without the texts that are held out."""
    unseen = held_out(data)
    yield from (e for e in read_gum(data / "gum" / "gum-train.conllu.gz", packed) if text_name(e.name) not in unseen)


def _gum_clusters(group: Sequence[Sentence]) -> list[list[Mention]]:
    """The mentions of each thing that a text names, single ones too. Of mentions with one head the outermost counts.

    A mention of coordinated words ("the one and the other") has no head of its own and is left out, and so is one that
    goes on after a gap.
    """
    found: dict[str, list[Mention]] = {}
    base = 0
    for sentence in group:
        seen: set[int] = set()
        for first, last, fields, head in sorted(_gum_entities(sentence.rows), key=lambda e: (e[0], -e[1])):
            several = any(sentence.rows[first + int(n) - 1][7] == "conj" for n in fields[5].split(",")[1:])
            if not several and "[" not in fields[0] and first + head not in seen:
                seen.add(first + head)
                found.setdefault(fields[0], []).append(Mention(base + first, base + last, base + first + head))
        base += len(sentence.rows)
    return [sorted(mentions) for mentions in found.values()]


def _grouped(sentences: Iterator[Sentence], packed: bool) -> Iterator[list[Sentence]]:
    group: list[Sentence] = []
    for sentence in sentences:
        if group and (sentence.first or not packed):
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def _example(
    group: list[Sentence], names: Sequence[list[Stretch3] | None], heads: list[list[Stretch3]] | None
) -> Example:
    text, words, mentions, nominals = "", list[Word](), list[Stretch3](), list[Stretch3]()
    for n, sentence in enumerate(group):
        if n:
            text += "\n" if sentence.paragraph else " "
        base, at = len(words), len(text)
        for row, (a, b) in zip(sentence.rows, sentence.places, strict=True):
            head = int(row[6]) - 1
            words.append(Word(a + at, b + at, row[3], base + head if head >= 0 else -1, row[7].split(":")[0]))
        mentions += [(a + at, b + at, k) for a, b, k in names[n] or ()]
        nominals += [(a + at, b + at, k) for a, b, k in (heads[n] if heads else ())]
        text += sentence.text
    return Example(
        group[0].name,
        text,
        mentions=None if None in names else tuple(mentions),
        words=tuple(words),
        nominals=tuple(nominals) if heads else None,
    )


def _gum_heads(sentence: Sentence) -> list[Stretch3]:
    """The head word of each mention with its kind, the outermost mention's where two share a head."""
    found: dict[int, str] = {}
    for first, last, fields, head in sorted(_gum_entities(sentence.rows), key=lambda e: (e[0], -e[1])):
        found.setdefault(min(first + head, last), _KINDS.get(fields[1], "thing"))
    return [(*sentence.places[n], kind) for n, kind in sorted(found.items())]


def _gum_names(rows: list[Row]) -> list[tuple[int, int, str]]:
    """The outermost names of one sentence: the run of proper nouns around the head, without article and title."""
    out: list[tuple[int, int, str]] = []
    taken: set[int] = set()
    for first, last, fields, head in sorted(_gum_entities(rows), key=lambda e: (e[0], -e[1])):
        kind = fields[1]
        run = _proper_run(rows, first, last, min(first + head, last))
        if kind in _NAMES and run and not taken & set(run):
            taken.update(run)
            if kind == "person":
                run = _without_style(rows, run, first + head)
                if not run:
                    continue
            out.append((run[0], run[-1], _NAMES[kind]))
    return out


def _without_style(rows: list[Row], run: list[int], head: int) -> list[int]:
    """A person's name without the words that lead up to it ("US President"); [] for peoples and for titles alone."""
    styles = [n for n in run if rows[n][1].casefold() in _STYLES]
    if "Number=Plur" in rows[min(head, len(rows) - 1)][5] or (styles and styles[-1] == run[-1]):
        return []
    return [n for n in run if n > styles[-1]] if styles else run


def _gum_entities(rows: list[Row]) -> Iterator[tuple[int, int, list[str], int]]:
    """First and last word, fields, and the head's place, of each entity that begins and ends in the sentence.

    The fields are GUM's: group, kind, status, salience, centering, places of the smallest span, link.
    """
    opened: list[tuple[int, list[str], int]] = []
    for n, row in enumerate(rows):
        value = dict(x.split("=", 1) for x in row[9].split("|") if "=" in x).get("Entity", "")
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", value):
            fields = part.strip("()").split("-")
            if part[0] == "(":
                head = int(fields[5].split(",")[0]) - 1 if len(fields) > 5 and fields[5][:1].isdigit() else 0
                opened.append((n, [*fields, *[""] * 6], head))
            if part[-1] == ")":
                mine = next((o for o in reversed(opened) if o[1][0] == fields[0]), None)
                if mine:
                    opened.remove(mine)
                    yield mine[0], n, mine[1], mine[2]


def _proper_run(rows: list[Row], first: int, last: int, head: int) -> list[int]:
    """The words around `head` that are proper nouns, with the small words that join them; [] if it is none itself."""
    if rows[head][3] != "PROPN":
        return []
    left = right = head
    while left > first and (rows[left - 1][3] == "PROPN" or _joins(rows, left - 1, first, -1)):
        left -= 1
    while right < last and (rows[right + 1][3] == "PROPN" or _joins(rows, right + 1, last, 1)):
        right += 1
    return list(range(left, right + 1))


def _joins(rows: list[Row], at: int, edge: int, step: int) -> bool:
    """Whether the word at `at` is a small one between two proper nouns of the entity."""
    beyond = at + step
    inside = beyond >= edge if step < 0 else beyond <= edge
    return inside and rows[at][1].casefold() in _LINKS and rows[beyond][3] in ("PROPN", "NUM") and rows[at][1] != ","
