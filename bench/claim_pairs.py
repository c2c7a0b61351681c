"""Labelled pairs of statements in the reports of `triples/` to what the program thinks of them.

The labels stand in `bench/claims/*.tsv`, ids and characters only: a report's uuid, from which character of its text to
which (paragraph groups joined by a blank line, the paragraphs in one by a space), and the same of the other.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from onrecord.ingest import report_id
from onrecord.knowledge import load_knowledge
from onrecord.language import parse
from onrecord.link import Parties, cluster, fact, link_entities
from onrecord.link.contents import ContentSight, Piece, see_contents, see_sentences
from onrecord.link.propositions import one_speaker
from onrecord.pipeline import Reader, extract, read_meanings
from onrecord.record import Analysis, Attribution, Report, Span, Speaker

LABELS = Path(__file__).parent / "claims"
# The sentences of a matter are read as if they had been published on this day.
_DAY = "2031-03-14"


@dataclass(frozen=True, slots=True)
class Labelled:
    """Two stretches of two reports and what a reader says of them; `weight` is how many pairs it was drawn for."""

    a: tuple[str, Span]
    b: tuple[str, Span]
    label: str
    sure: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Affair:
    """The reports of one event, and who is who in them."""

    analyses: Sequence[Analysis]
    parties: Parties


def read_labels(name: str) -> list[Labelled]:
    """The pairs of one file of labels, in its order."""
    lines = (LABELS / f"{name}.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [
        Labelled((a, Span(int(s), int(e))), (b, Span(int(t), int(f))), label, sure == "1", float(weight))
        for a, s, e, b, t, f, label, sure, weight in rows
    ]


def read_affairs(folder: Path, reader: Reader, wanted: Iterable[str]) -> dict[str, Affair]:
    """The affair of each of the `wanted` reports by its uuid, read with `reader`."""
    rows = [json.loads(line) for line in (folder / "articles.jsonl").read_text("utf-8").splitlines()]
    events = {row["uuid"]: row["triplet-uuid"] for row in rows}
    needed = {events[uuid] for uuid in wanted}
    held: dict[str, list[Analysis]] = defaultdict(list)
    for row in rows:
        if row["triplet-uuid"] in needed:
            held[row["triplet-uuid"]].append(extract(as_report(row), reader))
    affairs = {event: see_affair(analyses) for event, analyses in held.items()}
    return {uuid: affairs[event] for uuid, event in events.items() if event in affairs}


def as_report(row: Mapping[str, object]) -> Report:
    """A row of triples as a report."""
    groups: list[list[str]] = row["body-paragraphs"]  # type: ignore[assignment]
    text = "\n\n".join(" ".join(group) for group in groups)
    return Report(
        id=report_id(None, None, text),
        key=str(row["uuid"]),
        language="en",
        outlet=str(row["source"]),
        title=str(row["title"]),
        published=str(row["date"]),
        text=text,
    )


def see_affair(analyses: Sequence[Analysis]) -> Affair:
    """The reports with who is who."""
    entities = [fact(a.id, e.id) for a in analyses for e in a.entities]
    return Affair(analyses, Parties(analyses, cluster(entities, link_entities(analyses, load_knowledge))))


class Found:
    """What the program reads where the labels point."""

    def __init__(self, affairs: Mapping[str, Affair]) -> None:
        self._affairs = affairs
        self._seen: dict[str, list[ContentSight]] = {}

    def sight(self, uuid: str, span: Span) -> ContentSight | None:
        """The statement, or the sentence of the report's own, that has most of these characters in common with it."""
        analysis = next(a for a in self._affairs[uuid].analyses if a.key == uuid)
        if uuid not in self._seen:
            self._seen[uuid] = see_contents(analysis) + see_sentences(analysis)
        best = max(self._seen[uuid], key=lambda s: _dice(s.whole.span, span), default=None)
        return best if best and _dice(best.whole.span, span) > 0 else None

    def clause(self, sight: ContentSight, span: Span) -> Piece:
        """Of its clauses the one that has most in common with a stretch."""
        return max(sight.clauses, key=lambda p: _dice(p.span, span))

    def one_speaker(self, a: ContentSight, b: ContentSight, uuid: str) -> bool | None:
        """Whether both are of one speaker, as the reports of their affair tell."""
        return one_speaker(a, b, self._affairs[uuid].parties)


def read_matters_pairs(reader: Reader) -> Iterator[tuple[str, ContentSight, ContentSight, str]]:
    """The pairs of the sentences of each matter, with its name: "same", "against" or "other"."""
    for file in sorted((LABELS / "matters").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            matter = json.loads(line)
            name = f"{file.stem}/{matter['group']}"
            told = [(s, x) for n, s in enumerate(matter["sentences"]) for x in _see(f"{name}-{n}", s, reader)]
            for (s, a), (t, b) in combinations(told, 2):
                against = s["says"] in t["against"] or t["says"] in s["against"]
                yield name, a, b, "same" if s["says"] == t["says"] else "against" if against else "other"


def _see(id: str, sentence: dict[str, Any], reader: Reader) -> list[ContentSight]:
    """The one statement of a sentence, as the program compares it; none where its tree shows no verb in it."""
    text: str = sentence["text"]
    at = text.index(sentence["content"])
    speaker = Speaker(None, sentence["speaker"] or None, sentence["class"], None)
    given = Attribution(
        id="a1",
        content=(Span(at, at + len(sentence["content"])),),
        cue=(),
        source=(),
        speaker=speaker,
        chain=(),
        within=None,
        addressee=None,
        channel="unspecified",
        quote="indirect",
        polarity=sentence["polarity"],
        modality="asserted",
        said=None,
        confidence=1.0,
    )
    analysis = extract(Report(id=id, key=id, published=_DAY, text=text), reader)
    vectors = read_meanings(parse(text, reader.model), (given,), (), reader.vectors.of(text))
    return see_contents(replace(analysis, attributions=(given,), vectors=vectors))


def _dice(a: Span, b: Span) -> float:
    common = max(0, min(a.end, b.end) - max(a.start, b.start))
    return 2 * common / (a.end - a.start + b.end - b.start)
