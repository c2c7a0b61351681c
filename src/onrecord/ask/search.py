"""Words, or something said in other words, to the passages of the record that answer them, best first."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from itertools import islice, pairwise

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from onrecord.ask.columns import within
from onrecord.ask.frame import Frame
from onrecord.ask.names import Names, names_of, words_of
from onrecord.ask.shelf import Reading
from onrecord.ask.statements import count
from onrecord.record import AttributionMember, Meanings, Span
from onrecord.store import match_all, split_words
from onrecord.views import Answer
from onrecord.views.index import Evidence, Index, When
from onrecord.views.refs import refer, refer_statement
from onrecord.views.statements import state

Vector = NDArray[np.float32]

HITS = 20
# So many passages are looked at for each that is shown.
DEPTH = 25
# A name of more words is no name that reports use.
_LONGEST_NAME = 8
# A stretch less like the words than this is of something else.
LEAST_LIKE = 0.35
# So many reports are looked through at once for those that may have such a stretch, to within so much.
_BATCH, _ROUNDING = 500, 1e-4


class Hit(Struct, frozen=True, kw_only=True):
    """A passage: the content of a statement with its `speaker`, or a stretch of a report beside these.

    `excerpt` are the words around what was found, which stands in brackets; `score` is the likeness of meaning, from 0
    to 1, None of a search for words.
    """

    ref: str
    speaker: str | None
    excerpt: str
    published: When
    words: Evidence
    score: float | None


def search_words(reading: Reading, frame: Frame, words: str) -> Answer:
    """The passages that hold all of `words`, in any inflection; those in double quotes as a phrase.

    A name of the record stands for all names that its bearer goes by.
    """
    groups = _named(names_of(reading), split_words(words))
    query, limit = match_all(groups), frame.limit or HITS
    kept = _keeper(reading, frame)
    # Of what days and language leave out, and of reports that hold no more than their statements, more is asked for.
    found = [hit for hit in reading.store.passages(query, DEPTH * limit) if kept is None or kept(hit[0])]
    members = [AttributionMember(report, attribution) for report, attribution, _ in found if attribution]
    said: dict[str, list[AttributionMember]] = {}
    for member in members:
        said.setdefault(member.report, []).append(member)
    rows: list[Hit] = []
    for report, attribution, excerpt in found:
        if len(rows) == limit:
            break
        index = Index(reading.part(statements=said.get(report, ()), reports=[report]))
        if attribution:
            rows.append(_said(index, AttributionMember(report, attribution), excerpt))
        else:
            spans = [span for m in said.get(report, ()) for span in index.attribution(m).content]
            places = [m for m in reading.store.matches(query, report) if not any(_within(m, s) for s in spans)]
            rows += [_beside(index, report, places[0], excerpt)] if places else []
    return Answer(f"Passages with {words}", "search", Hit, rows, count(reading, len(rows), "passage"), _told(groups))


def search_like(reading: Reading, frame: Frame, words: str) -> Answer:
    """The stretches of reports whose meaning is nearest to that of `words`, nearest first.

    All of them are compared (exact), of each report at most two are given.
    """
    limit, vector = frame.limit or HITS, _vector(words)
    kept = _keeper(reading, frame)
    best: list[tuple[float, str, Span]] = []
    held = ((report, meanings) for report, meanings in reading.store.meanings() if kept is None or kept(report))
    while batch := list(islice(held, _BATCH)):
        for (report, meanings), likest in zip(batch, _likest([m for _, m in batch], vector), strict=True):
            if likest < max(LEAST_LIKE, best[0][0] if len(best) == limit else 0) - _ROUNDING:
                continue
            for score, span in _nearest(meanings, vector):
                heapq.heappush(best, (score, report, span))
                if len(best) > limit:
                    heapq.heappop(best)
    found = sorted(best, key=lambda b: (-b[0], b[1], b[2]))
    index = Index(reading.part(reports={report for _, report, _ in found}))
    rows = [_like(index, score, report, span) for score, report, span in found]
    return Answer("Passages of like meaning", "search", Hit, rows, count(reading, len(rows), "passage"))


def _keeper(reading: Reading, frame: Frame) -> Callable[[str], bool] | None:
    """Whether a report is one that days and language leave; None where they leave all."""
    if not (frame.since or frame.until or frame.language):
        return None
    columns = reading.entries("reports")
    rows = within(columns.earliest, columns.latest, frame)
    held = {columns.ids[n] for n in np.flatnonzero(rows)}
    if frame.language:
        held &= set(reading.store.written_in(frame.language))
    return held.__contains__


def _named(names: Names, phrases: Sequence[str]) -> list[list[str]]:
    """The phrases, each run of which that is a name with all other names of its bearer."""
    groups: list[list[str]] = []
    at = 0
    while at < len(phrases):
        for length in range(min(_LONGEST_NAME, len(phrases) - at), 0, -1):
            run = " ".join(phrases[at : at + length])
            called = names.called.get(words_of(run), [])
            if called:
                ids = {names.ids[name] for name in called}
                groups.append(sorted({name for id in ids for name in names.of[id]} | {run}))
                at += length
                break
        else:
            groups.append([phrases[at]])
            at += 1
    return groups


def _told(groups: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Which names were taken together."""
    return tuple(f"taken as one: {', '.join(group)}" for group in groups if len(group) > 1)


def _said(index: Index, member: AttributionMember, excerpt: str) -> Hit:
    said = state(index, member)
    return Hit(
        ref=said.ref,
        speaker=said.speaker,
        excerpt=excerpt,
        published=index.published(member.report),
        words=said.words,
        score=None,
    )


def _beside(index: Index, report: str, place: Span, excerpt: str) -> Hit:
    """A place beside all statements with the words: its paragraph."""
    text = index.analyses[report].text
    start = text.rfind("\n", 0, place.start) + 1
    end = text.find("\n", place.end)
    return Hit(
        ref=refer("report", report),
        speaker=None,
        excerpt=excerpt,
        published=index.published(report),
        words=index.evidence(report, (Span(start, end if end >= 0 else len(text)),)),
        score=None,
    )


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _like(index: Index, score: float, report: str, span: Span) -> Hit:
    analysis = index.analyses[report]
    inside = [t for t in analysis.attributions if any(c.start <= span.start and span.end <= c.end for c in t.content)]
    said = min(inside, key=lambda t: sum(c.end - c.start for c in t.content), default=None)
    words = index.evidence(report, (span,))
    return Hit(
        ref=refer_statement(report, said.id) if said else refer("report", report),
        speaker=said.speaker.name if said else None,
        excerpt=words.quote,
        published=index.published(report),
        words=words,
        score=round(score, 3),
    )


def _vector(words: str) -> Vector:
    """The unit vector of `words`, as those of a record are kept."""
    from onrecord.language import load_vectors, pack, unpack

    span = Span(0, len(words))
    return unpack(pack([span], load_vectors().read(words, [span])))[span]


def _likest(batch: Sequence[Meanings], vector: Vector) -> list[float]:
    """How alike the likest stretch of each report is, to within a rounding."""
    rows = np.frombuffer(b"".join(m.rows for m in batch), dtype=np.int8).reshape(-1, len(vector)).astype(np.float32)
    scores = rows @ vector / np.maximum(np.sqrt(np.einsum("ij,ij->i", rows, rows)), 1e-9)
    ends = np.cumsum([len(m.spans) for m in batch])
    return [float(scores[a:b].max(initial=-1.0)) for a, b in pairwise([0, *ends.tolist()])]


def _nearest(meanings: Meanings, vector: Vector, most: int = 2) -> list[tuple[float, Span]]:
    """The stretches of one report that are most like, of those that overlap the likest."""
    rows = np.frombuffer(meanings.rows, dtype=np.int8).reshape(len(meanings.spans), -1).astype(np.float32)
    scores = rows @ vector / np.maximum(np.linalg.norm(rows, axis=1), 1e-9)
    found: list[tuple[float, Span]] = []
    for n in np.argsort(-scores, kind="stable"):
        if scores[n] < LEAST_LIKE or len(found) == most:
            break
        span = meanings.spans[n]
        if all(span.end <= s.start or s.end <= span.start for _, s in found):
            found.append((float(scores[n]), Span(*span)))
    return found
