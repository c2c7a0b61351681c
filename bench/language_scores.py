"""Readings of attributions, names and words against gold ones to scores, summed over texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from bench.attribution_scores import Part
from bench.data import Example, Stretch3, Word
from onrecord.language.decode import Relation
from onrecord.language.frames import read_frames
from onrecord.language.paths import Found
from onrecord.language.pieces import Ints, Pieces, Window
from onrecord.language.scores import NOMINALS, RELATIONS, TAGS, Scores, Tables
from onrecord.language.syntax import read_tree

KINDS = ("person", "organisation", "place")


def char_relations(relations: Sequence[Relation], pieces: Pieces) -> list[dict[str, Part]]:
    """Attributions over wordpieces in the scorer's form, in characters."""

    def chars(found: Found | None) -> Part:
        return tuple((int(pieces.start[a]), int(pieces.end[b - 1])) for a, b in (found.runs if found else ()))

    return [{"content": chars(r.content), "source": chars(r.source), "cue": chars(r.cue)} for r in relations]


def gold_relations(example: Example) -> list[dict[str, Part]]:
    """An example's attributions in the scorer's form."""
    return [{"source": a.source, "cue": a.cue, "content": a.content} for a in example.attributions or ()]


def char_names(found: Sequence[Found], pieces: Pieces) -> list[Stretch3]:
    """Names over wordpieces in characters, each with its kind."""
    return [(int(pieces.start[m.start]), int(pieces.end[m.end - 1]), m.label) for m in found]


def first_pieces(words: Sequence[Word], pieces: Pieces) -> list[int]:
    """The piece that stands for each word: the first that begins in it; -1 where none does or another word has it."""
    out: list[int] = []
    last = -1
    for word in words:
        at = int(np.searchsorted(pieces.start, word.start, side="left"))
        held = at < len(pieces) and pieces.start[at] < word.end and at > last
        out.append(at if held else -1)
        last = max(last, out[-1])
    return out


def sentences_of(words: Sequence[Word]) -> list[int]:
    """The number of each word's sentence: one ends where no word has its head on the other side."""
    low = [min(n, w.head) if w.head >= 0 else n for n, w in enumerate(words)]
    for n in range(len(words) - 2, -1, -1):
        low[n] = min(low[n], low[n + 1])
    reach, number, out = -1, -1, list[int]()
    for n, word in enumerate(words):
        number += n > reach and low[n] >= n
        reach = max(reach, n, word.head)
        out.append(number)
    return out


def count_names(example: Example, given: Sequence[Stretch3]) -> Counter[str]:
    """Exact names, by kind: hits, and those given and in gold together."""
    return _count_stretches("names", example.mentions, given)


def count_nominals(
    example: Example, pieces: Pieces, windows: Sequence[Window], scores: Sequence[Scores]
) -> Counter[str]:
    """Head words of mentions, given the words, by kind: hits, and those given and in gold together."""
    n = Counter[str]()
    kinds = np.concatenate(
        [s.nominals[w.core_start - w.start : w.core_end - w.start] for w, s in zip(windows, scores, strict=True)]
    ).argmax(axis=1)
    gold = {a: kind for a, _, kind in example.nominals or ()}
    words = example.words or ()
    for word, place in zip(words, first_pieces(words, pieces), strict=True):
        right, given = gold.get(word.start, "O"), NOMINALS[kinds[place]] if place >= 0 else "O"
        for kind in {right, given} & set(KINDS):
            n[f"nominals {kind} hit"] += right == given
            n[f"nominals {kind} all"] += (right == kind) + (given == kind)
    return n


def count_heads(example: Example, given: Sequence[Stretch3]) -> Counter[str]:
    """As `count_nominals` for head words found in raw text, by their characters."""
    return _count_stretches("nominals", example.nominals, given)


def _count_stretches(task: str, gold: Sequence[Stretch3] | None, given: Sequence[Stretch3]) -> Counter[str]:
    n = Counter[str]()
    for kind in KINDS:
        g, p = ({x for x in side if x[2] == kind} for side in (gold or (), given))
        n.update({f"{task} {kind} hit": len(g & p), f"{task} {kind} all": len(g) + len(p)})
    return n


def count_syntax(
    example: Example, pieces: Pieces, windows: Sequence[Window], scores: Sequence[Scores], tables: Tables
) -> Counter[str]:
    """Parts of speech and arcs, given gold words and sentences; a word that no piece stands for is wrong."""
    words = example.words or ()
    n = Counter[str]({"words": len(words), "words given": len(words)})
    for home, members, at in _by_sentence(words, pieces, windows):
        tree = read_tree(scores[home], at, tables)
        for k, m in enumerate(members):
            head = members[tree.heads[k] - 1] if tree.heads[k] else -1
            n["tags hit"] += TAGS[tree.tags[k]] == words[m].tag
            n["heads hit"] += head == words[m].head
            n["arcs hit"] += head == words[m].head and RELATIONS[tree.relations[k]] == words[m].relation
    return n


def _by_sentence(
    words: Sequence[Word], pieces: Pieces, windows: Sequence[Window]
) -> Iterator[tuple[int, list[int], Ints]]:
    """The words of each gold sentence that a window answers for: its number, theirs, and their first pieces."""
    places, sentences = first_pieces(words, pieces), sentences_of(words)
    ends = [w.core_end for w in windows]
    groups: dict[tuple[int, int], list[int]] = {}
    for number, place in enumerate(places):
        if place >= 0:
            groups.setdefault((sentences[number], int(np.searchsorted(ends, place, side="right"))), []).append(number)
    for (_, home), members in groups.items():
        yield home, members, np.array([places[m] for m in members]) - windows[home].start


def count_frames(
    example: Example,
    pieces: Pieces,
    windows: Sequence[Window],
    scores: Sequence[Scores],
    tables: Tables,
    lean: float = 0.0,
) -> Counter[str]:
    """Predicates, and head words of arguments with their labels, given gold words and sentences; and factuality.

    An argument counts as right with its predicate only, so that the errors of both add up. The sums of factuality are
    those that Pearson's correlation is made of.
    """
    frames = {f.predicate: f for f in example.frames or ()}
    n = Counter[str]()
    gold = {f.predicate for f in frames.values() if f.arguments is not None}
    parts = {(p, label, head) for p in gold for label, head in frames[p].arguments or ()}
    given, given_parts = set[int](), set[tuple[int, str, int]]()
    for home, members, at in _by_sentence(example.words or (), pieces, windows):
        for frame in read_frames(scores[home], at, tables, lean):
            if members[frame.node] not in example.unframed:
                given.add(members[frame.node])
                given_parts |= {(members[frame.node], a.label, members[a.node]) for a in frame.arguments}
        for place, member in zip(at.tolist(), members, strict=True):
            if member in frames and (x := frames[member].factuality) is not None:
                y = float(scores[home].predicates[place, 1])
                n.update({"facts": 1, "x": x, "y": y, "xx": x * x, "yy": y * y, "xy": x * y})
    n.update({"predicates hit": len(gold & given), "predicates all": len(gold) + len(given)})
    for label, wanted in (
        ("", None),
        (" negation", "ARGM-NEG"),
        (" modality", "ARGM-MOD"),
        (" time", "ARGM-TMP"),
        (" place", "ARGM-LOC"),
    ):
        sides = [{p for p in side if wanted in (None, p[1])} for side in (parts, given_parts)]
        n[f"arguments{label} hit"] += len(sides[0] & sides[1])
        n[f"arguments{label} all"] += len(sides[0]) + len(sides[1])
    return n


def frame_figures(n: Counter[str]) -> dict[str, float]:
    """F1 of predicates and arguments, and Pearson's correlation of factuality, of the sums of `count_frames`."""
    out = {}
    for key in [k.removesuffix(" all") for k in n if k.endswith(" all") and k.startswith(("predicates", "arguments"))]:
        name = key.replace(" ", "_") + ("_f1" if " " not in key else "")
        out[name] = round(2 * n[f"{key} hit"] / n[f"{key} all"], 4) if n[f"{key} all"] else 0.0
    if n["facts"]:
        top = n["facts"] * n["xy"] - n["x"] * n["y"]
        under = (n["facts"] * n["xx"] - n["x"] ** 2) * (n["facts"] * n["yy"] - n["y"] ** 2)
        out["factuality_pearson"] = round(top / under**0.5, 4) if under > 0 else 0.0
    return out


def count_words(gold: Sequence[Word], given: Sequence[Word]) -> Counter[str]:
    """As `count_syntax` for words found in raw text: those right are of the same characters, and so are their heads."""
    n = Counter[str]({"words": len(gold), "words given": len(given)})
    by_place = {(w.start, w.end): w for w in given}

    def place(word: Word, words: Sequence[Word]) -> tuple[int, int] | None:
        return (words[word.head].start, words[word.head].end) if word.head >= 0 else None

    for word in gold:
        mine = by_place.get((word.start, word.end))
        if mine:
            n["words hit"] += 1
            n["tags hit"] += mine.tag == word.tag
            same = place(mine, given) == place(word, gold)
            n["heads hit"] += same
            n["arcs hit"] += same and mine.relation == word.relation
    return n


def f1_figures(n: Counter[str]) -> dict[str, float]:
    """Scores as fractions of one: F1 of names and mention heads, and of words `upos`, `uas`, `las`."""
    out: dict[str, float] = {}
    for task in ("names", "nominals"):
        counts = {k: (n[f"{task} {k} hit"], n[f"{task} {k} all"]) for k in KINDS}
        hits, every = (sum(c) for c in zip(*counts.values(), strict=True))
        if every:
            out[f"{task}_f1"] = round(2 * hits / every, 4)
            out |= {f"{task}_{k}": round(2 * hit / all_, 4) if all_ else 0.0 for k, (hit, all_) in counts.items()}
    for name, key in (("words_f1", "words hit"), ("upos", "tags hit"), ("uas", "heads hit"), ("las", "arcs hit")):
        if n["words"] and (name != "words_f1" or n[key]):
            out[name] = round(2 * n[key] / (n["words"] + n["words given"]), 4)
    return out
