"""An analysis to what linking compares of the report and of each of its events.

Vectors are kept as the whole numbers in which they are stored, so that their products are exact: a pair gets the same
score whatever is compared beside it.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from onrecord.knowledge import read_table, read_words
from onrecord.language import lemmas
from onrecord.language.vectors import NARROW
from onrecord.link.clusters import fact
from onrecord.link.rarity import body, rank, split_words
from onrecord.record import Analysis, Event, Interval, Span

Bag = Mapping[str, float]
Words = frozenset[str]
Numbers = NDArray[np.float64]

# Sentences that a report is compared by, and of them those that say what it is about.
_MOST, _LEAD = 60, 3
# How fast a word counts less the farther it stands from the trigger.
_NEAR, _FAR = 4, 10
# A word of so high a rank is rare.
_RARE = 1000
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Vector:
    """Whole numbers, and their length."""

    row: Numbers
    norm: float


@dataclass(frozen=True, slots=True)
class ReportSight:
    """One report: its telling words and names with their weights, its numbers and days, and what its sentences mean.

    `days` are those of its publication where they are known to the month.
    """

    id: str
    words: Bag
    names: Bag
    people: Bag
    first_names: Words
    numbers: Words
    years: Words
    days: Interval | None
    stems: Words
    sentences: Numbers
    norms: Numbers
    whole: Vector
    lead: Vector


@dataclass(frozen=True, slots=True)
class EventSight:
    """One event: its trigger, who and what stands around it, and where in the report; `place` is of its sentence."""

    key: str
    report: int
    event: Event
    word: str
    stem: str
    idf: float
    says: bool
    light: bool
    place: int
    vector: Vector
    meaning: Vector
    names: Words
    who: Words
    whom: Words
    where: Words
    parties: Words
    numbers: Words
    content: Words
    rare: Words
    near: Bag
    around: Bag


def see_report(analysis: Analysis) -> ReportSight:
    """The report as it is compared with others."""
    spans, rows = body(analysis), read_rows(analysis)
    kept = [rows[s] for s in spans if s in rows][:_MOST] or [np.zeros(NARROW)]
    sentences = np.array(kept)
    norms = np.maximum(np.sqrt((sentences * sentences).sum(axis=1)), 1)
    texts = [analysis.text[a:b] for a, b in spans]
    words = [w for t in texts for w in split_words(t) if w not in _common()]
    mentions = [
        (e.type, m.span, analysis.text[m.span.start : m.span.end])
        for e in analysis.entities
        for m in e.mentions
        if m.form == "name"
    ]
    lead = spans[min(_LEAD, len(spans) - 1)].end if spans else 0
    return ReportSight(
        id=analysis.id,
        words=_weighed(map(stem, words)),
        names=_weighed(w for _, _, name in mentions for w in name_words(name)),
        people=_weighed(w for kind, _, name in mentions if kind == "person" for w in name_words(name)),
        first_names=frozenset(w for _, span, name in mentions if span.start < lead for w in name_words(name)),
        numbers=frozenset(n for n in _NUMBER.findall(analysis.text) if len(n) > 1),
        # A line of the date is no part of the body, and tells the year all the same.
        years=frozenset(_YEAR.findall(analysis.text)),
        days=_known_days(analysis),
        stems=frozenset(map(stem, words)),
        sentences=sentences,
        norms=norms,
        whole=as_vector(sentences.sum(axis=0)),
        lead=as_vector(sentences[:_LEAD].sum(axis=0)),
    )


def see_events(analysis: Analysis, report: int) -> list[EventSight]:
    """The events that are no contacts, as they are compared with others; `report` is the number given to theirs."""
    spans, rows = body(analysis), read_rows(analysis)
    starts = [s.start for s in spans]
    names: dict[int, set[str]] = defaultdict(set)
    for entity in analysis.entities:
        for mention in entity.mentions:
            if mention.form == "name":
                names[bisect_right(starts, mention.span.start) - 1].update(name_words(entity.name))
    return [
        _see(analysis, report, e, spans, rows, names, max(0, bisect_right(starts, _trigger(analysis, e).start) - 1))
        for e in analysis.events
        if not e.contact
    ]


def _see(
    analysis: Analysis,
    report: int,
    event: Event,
    spans: Sequence[Span],
    rows: Mapping[Span, Numbers],
    names: Mapping[int, set[str]],
    place: int,
) -> EventSight:
    at = _trigger(analysis, event)
    word = analysis.text[at.start : at.end].casefold()
    sentence = spans[place] if spans and spans[place].start <= at.start < spans[place].end else event.evidence[0]
    text = analysis.text[sentence.start : sentence.end]
    ends, told = _split(text)
    here = min(bisect_right(ends, at.start - sentence.start), max(0, len(ends) - 1))
    beside = [(abs(k - here), w) for k, w in told if k != here]
    who, whom, where = (
        frozenset(w for n in part for w in name_words(n))
        for part in (event.actors, event.recipients, (event.place,) if event.place else ())
    )
    plain = [w for _, w in beside if len(w) > 2 and w != word]
    return EventSight(
        key=fact(analysis.id, event.id),
        report=report,
        event=event,
        word=word,
        stem=stem(word),
        idf=idf(word),
        says=any(w in read_words("speech_verbs") for w in lemmas(word)),
        light=is_light(word),
        place=place,
        vector=as_vector(rows.get(at, np.zeros(NARROW))),
        meaning=as_vector(rows.get(sentence, np.zeros(NARROW))),
        names=frozenset(names.get(place, ())),
        who=who,
        whom=whom,
        where=where,
        parties=who | whom | where,
        numbers=frozenset(_NUMBER.findall(text)),
        content=frozenset(map(stem, plain)),
        rare=frozenset(stem(w) for w in plain if rank(w) > _RARE),
        near=_decayed(beside, _NEAR),
        around=_decayed(beside, _FAR),
    )


@lru_cache(256)
def _split(sentence: str) -> tuple[list[int], list[tuple[int, str]]]:
    """Where each word of a sentence ends, and those that tell something with their places; events share sentences."""
    found = [(m.end(), m.group().casefold()) for m in _WORD.finditer(sentence)]
    told = [(n, w) for n, (_, w) in enumerate(found) if w not in _common() and len(w) > 1]
    return [end for end, _ in found], told


def _trigger(analysis: Analysis, event: Event) -> Span:
    """The first word of the trigger that is no light verb."""
    plain = [s for s in event.trigger if not is_light(analysis.text[s.start : s.end].casefold())]
    return (plain or event.trigger)[0]


def is_light(word: str) -> bool:
    """Whether a verb may only lend its subject to a noun."""
    return any(w in read_words("light_verbs") for w in lemmas(word))


@cache
def stem(word: str) -> str:
    """What the forms of a word share: "attacked" and "the attack", "struck" and "strikes"."""
    return (read_table("irregular_verbs").get(word) or min(lemmas(word), key=len)).rstrip("e") or word


@cache
def idf(word: str) -> float:
    """How much a word tells, from 0.05 to 1, by how rare it is in English."""
    return min(1.0, max(0.05, (math.log(max(2, rank(word) + 6)) - 4) / 6))


@cache
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name that tell whose it is."""
    return tuple(w for w in re.findall(r"\w+", name.casefold()) if len(w) > 2 and w not in _common())


@cache
def _common() -> Words:
    return read_words("offices") | read_words("function_words")


def _weighed(words: Iterable[str]) -> Bag:
    return _unit({w: (1 + math.log(n)) * idf(w) for w, n in sorted(Counter(words).items())})


def _decayed(beside: Sequence[tuple[int, str]], by: float) -> Bag:
    """The words beside a trigger by their distance from it."""
    found: dict[str, float] = {}
    for away, word in beside:
        own = stem(word)
        found[own] = max(found.get(own, 0.0), idf(word) * math.exp((1 - away) / by))
    return _unit(dict(sorted(found.items())))


def _unit(bag: dict[str, float]) -> Bag:
    norm = math.sqrt(sum(v * v for v in bag.values())) or 1.0
    return {w: v / norm for w, v in bag.items()}


def as_vector(row: Numbers) -> Vector:
    """The numbers with their length."""
    return Vector(row, max(1.0, math.sqrt(float((row * row).sum()))))


def read_rows(analysis: Analysis) -> dict[Span, Numbers]:
    """The stored numbers of each span."""
    held = analysis.vectors
    if held is None or not held.spans:
        return {}
    rows = np.frombuffer(held.rows, dtype=np.int8).reshape(len(held.spans), -1).astype(np.float64)
    return dict(zip(held.spans, rows, strict=True))


def _known_days(analysis: Analysis) -> Interval | None:
    first, last = analysis.published.earliest, analysis.published.latest
    return Interval(first, last) if first and last and (last - first).days <= 31 else None
