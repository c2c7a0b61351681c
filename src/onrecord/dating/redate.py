"""The analyses of a record to the dates that they prove for one another.

A report that gives no date is dated from its own clues and from those of its neighbours whose date is settled: copies,
reports of the same affair, reports that it cites or that cite it, sentences of both that tell of one event, and events
that both tell of by the judgement that links events. Each report is settled once, from reports settled before it, so
that no date ever supports one that it rests on.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush

from msgspec.structs import replace

from onrecord.dating.habits import Habits
from onrecord.dating.publication import weighed
from onrecord.dating.timexes import resolve_timexes
from onrecord.dating.told import ANCHORED, ToldByBoth, in_words, quote
from onrecord.dating.weigh import Lags, weigh
from onrecord.knowledge import read_words
from onrecord.language import split_sentences
from onrecord.record import Analysis, Attribution, Clue, Copy, Event, Hint, Interval, Link, Publication, Span, Timex

# So many of the most alike reports of an affair are asked, and so alike must two sentences be to tell of one event.
_MOST, _ALIKE = 8, 0.4
# A report that is known to no fewer days than this proves nothing of another.
_SURE = 31
_LEAST_LETTERS = 4
# A sentence of so few words tells too little to be known again.
_FEW_WORDS = 4
# A sentence may tell of several days: only the words so near an expression are its own.
_AROUND = 80


def redate(
    analyses: Sequence[Analysis],
    copies: Sequence[Copy],
    alike: Sequence[Link],
    habits: Habits,
    told: Sequence[Link] = (),
) -> tuple[Analysis, ...]:
    """`analyses`, in their order, those without a given date by what the others prove.

    `alike` are links between reports of one affair, with how alike they are as score; `habits` are those of the
    outlets, `told` links between events that two reports tell of. The order changes nothing.
    """
    near, events = _neighbours(copies, alike), ToldByBoth(told)
    settled = {a.id: a for a in analyses if a.published.given}
    waiting = {a.id: a for a in analyses if not a.published.given}
    words = _Words(analyses)
    turns = [_turn(a, near[a.id], settled) for a in waiting.values()]
    heapify(turns)
    while turns:
        chosen = waiting.pop(heappop(turns)[-1], None)
        if chosen is None:
            continue
        others = [(settled[o], relation, score) for o, relation, score in near[chosen.id] if o in settled]
        others = sorted(others, key=lambda o: (-o[2], o[0].id))[:_MOST]
        hints = [h for other, relation, score in others for h in _from(chosen, other, relation, score, words)]
        hints += events.hints(chosen, settled)
        tells = bool(hints) or (bool(chosen.hints) and habits.knows(chosen.outlet))
        settled[chosen.id] = redated(chosen, hints, habits.lags(chosen.outlet)) if tells else chosen
        # Whom it is a neighbour of may be bound more strongly to it than to what was settled before.
        for other, _, _ in near[chosen.id]:
            if other in waiting:
                heappush(turns, _turn(waiting[other], near[other], settled))
    return tuple(settled[a.id] for a in analyses)


def hints_of_others(
    hidden: Sequence[Analysis], shown: Sequence[Analysis], copies: Sequence[Copy] = (), alike: Sequence[Link] = ()
) -> dict[str, list[Hint]]:
    """For each of `hidden` what all others of the same ids in `shown`, whose dates are given, prove of it."""
    near, by_id, words = _neighbours(copies, alike), {a.id: a for a in shown}, _Words(shown)
    out: dict[str, list[Hint]] = {}
    for one in hidden:
        others = sorted(((by_id[o], r, s) for o, r, s in near[one.id]), key=lambda o: (-o[2], o[0].id))[:_MOST]
        out[one.id] = [h for other, r, s in others for h in _from(one, other, r, s, words)]
    return out


def redated(analysis: Analysis, hints: Sequence[Hint], lags: Lags) -> Analysis:
    """`analysis` with `hints` of other reports beside its own, and all its days resolved anew."""
    every = (*analysis.hints, *hints)
    return with_date(analysis, weighed(every, weigh(every, lags), _given_clues(analysis)))


def _given_clues(analysis: Analysis) -> tuple[Clue, ...]:
    return tuple(c for c in analysis.published.basis if c.span is None and not analysis.hints)


def with_date(analysis: Analysis, published: Publication) -> Analysis:
    """`analysis` as published then: its expressions, statements and events resolved anew."""
    timexes = resolve_timexes(analysis.timexes, published)
    days = {t.span: _days(t) for t in timexes}
    attributions = tuple(
        replace(a, said=days.get(a.said_by, a.said)) if a.said_by else a for a in analysis.attributions
    )
    events = _dated(analysis.events, days)
    return replace(analysis, published=published, timexes=timexes, attributions=attributions, events=events)


def hang(
    timexes: Sequence[Timex],
    events: Sequence[Event],
    hung: Mapping[Span, tuple[Span, str]],
    published: Publication,
) -> tuple[tuple[Timex, ...], tuple[Event, ...]]:
    """The expressions of a report, those of `hung` with their anchor and reading, and its events with their days."""
    given = [replace(t, anchor=hung[t.span][0], reading=hung[t.span][1]) if t.span in hung else t for t in timexes]
    resolved = resolve_timexes(given, published)
    return resolved, _dated(events, {t.span: _days(t) for t in resolved if t.span in hung})


def _dated(events: Sequence[Event], days: Mapping[Span, Interval | None]) -> tuple[Event, ...]:
    return tuple(replace(e, when=days.get(e.when_by, e.when)) if e.when_by else e for e in events)


def _days(timex: Timex) -> Interval | None:
    return Interval(timex.earliest, timex.latest) if timex.earliest or timex.latest else None


Neighbour = tuple[str, str, float]


def _neighbours(copies: Sequence[Copy], alike: Sequence[Link]) -> Mapping[str, list[Neighbour]]:
    out: dict[str, list[Neighbour]] = defaultdict(list)
    copied = {frozenset((c.a, c.b)) for c in copies}
    for copy in copies:
        out[copy.a].append((copy.b, copy.relation, 1 + copy.share))
        out[copy.b].append((copy.a, copy.relation, 1 + copy.share))
    for link in alike:
        if frozenset((link.left, link.right)) not in copied:
            relation = "alike" if link.by == "link.words" else "story"
            out[link.left].append((link.right, relation, link.score))
            out[link.right].append((link.left, relation, link.score))
    return out


def _turn(analysis: Analysis, near: Sequence[Neighbour], settled: Mapping[str, Analysis]) -> tuple[float, float, str]:
    """Whose turn it is: who is bound most strongly to what is settled, then whose own date is narrowest."""
    best = max((score for other, _, score in near if other in settled), default=0.0)
    published = analysis.published
    known = published.earliest and published.latest
    width = (published.latest - published.earliest).days if known else math.inf  # type: ignore[operator]
    return -best, width, analysis.id


def _from(one: Analysis, other: Analysis, relation: str, score: float, words: _Words) -> Iterator[Hint]:
    """What `other`, whose date is settled, proves of `one`."""
    published = Interval(other.published.earliest, other.published.latest)
    if published.earliest is None or published.latest is None or (published.latest - published.earliest).days > _SURE:
        return
    name = other.outlet or other.key
    told = "given" if other.published.given else "worked out"
    kind = f"{relation}.{min(int(score * 10), 8)}" if relation in ("story", "alike") else relation
    why = (
        f"{name}’s {'copy' if relation == 'copy' else 'report of the same affair'} is of {in_words(published)} ({told})"
    )
    yield Hint(kind, why, None, f"{score:.4f}", (published,))
    yield from _citing(one, other, published)
    yield from _cited(one, other)
    yield from _same_events(one, other, words)


def _citing(one: Analysis, other: Analysis, published: Interval) -> Iterator[Hint]:
    """In "The Observer reported on Monday", Monday is the day of the Observer's report."""
    readings = {t.span: t for t in one.timexes}
    for attribution in one.attributions:
        timex = readings.get(attribution.said_by) if attribution.said_by else None
        if timex and timex.anchor is None and _speaks_for(attribution, other):
            why = f"{quote(one, timex.span)} {other.outlet} reported, which is of {in_words(published)}"
            yield Hint("bound.cited", why, timex.span, timex.reading, (published,))


def _cited(one: Analysis, other: Analysis) -> Iterator[Hint]:
    """A dated report that says on which day this one appeared."""
    for attribution in other.attributions:
        said = attribution.said
        if attribution.said_by and said and said.earliest and said.latest and _speaks_for(attribution, one):
            yield Hint(
                "cited", f"{other.outlet or other.key} says that it reported on {in_words(said)}", None, "", (said,)
            )


def _speaks_for(attribution: Attribution, report: Analysis) -> bool:
    """Whether the attribution is to the outlet of `report`."""
    if not report.outlet or not attribution.speaker.name:
        return False
    outlet, name = (_bare(n.split(" (")[0]) for n in (report.outlet, attribution.speaker.name))
    return attribution.speaker.class_ == "outlet" and bool(outlet & name) and (outlet <= name or name <= outlet)


def _bare(name: str) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"\w+", name.casefold()) if w not in ("the", "news", "online"))


def _same_events(one: Analysis, other: Analysis, words: _Words) -> Iterator[Hint]:
    """The expressions of `one` that stand in sentences of which a sentence of `other` tells the same, with its day."""
    for timex, mine in words.told(one):
        if timex.anchor is not None or timex.reading.split(" ")[0] not in ANCHORED:
            continue
        best, days = 0.0, None
        for theirs, said in words.told(other):
            if theirs.earliest and theirs.latest and theirs.type in ("DATE", "TIME") and theirs.reading != "none":
                score = words.alike(mine, said) if _is_later(mine) == _is_later(said) else 0.0
                if score > best and (theirs.latest - theirs.earliest).days < 7:
                    best, days = score, Interval(theirs.earliest, theirs.latest)
        if days and best >= _ALIKE:
            why = f"{quote(one, timex.span)}: {other.outlet or other.key} tells the same of {in_words(days)}"
            yield Hint(f"bound.told.{min(int(best * 10), 7)}", why, timex.span, timex.reading, (days,))


def _is_later(words: frozenset[str]) -> bool:
    """Whether it is told as one that came after another: "met the minister for the second time this afternoon"."""
    return not words.isdisjoint(read_words("later_turns"))


class _Words:
    """The rare words around each time expression of each report."""

    def __init__(self, analyses: Sequence[Analysis]) -> None:
        self._spread = Counter(w for a in analyses for w in set(_content(a.text)))
        self._number = len(analyses)
        self._told: dict[str, list[tuple[Timex, frozenset[str]]]] = {}

    def told(self, analysis: Analysis) -> list[tuple[Timex, frozenset[str]]]:
        """Each expression with the words of its sentence around it, those of time expressions left out."""
        if analysis.id not in self._told:
            self._told[analysis.id] = list(self._read(analysis))
        # The days are those of the analysis as it is now.
        now = {t.span: t for t in analysis.timexes}
        return [(now[t.span], words) for t, words in self._told[analysis.id]]

    def _read(self, analysis: Analysis) -> Iterator[tuple[Timex, frozenset[str]]]:
        sentences = split_sentences(analysis.text)
        at = 0
        for timex in analysis.timexes:
            while at + 1 < len(sentences) and sentences[at][1] <= timex.span.start:
                at += 1
            start, end = sentences[at]
            start, end = max(start, timex.span.start - _AROUND), min(end, timex.span.end + _AROUND)
            inside = [t.span for t in analysis.timexes if start <= t.span.start < end]
            words = analysis.text[start:end]
            for span in reversed(inside):
                words = words[: span.start - start] + " " + words[max(0, span.end - start) :]
            yield timex, frozenset(_content(words))

    def alike(self, one: frozenset[str], other: frozenset[str]) -> float:
        """The cosine of two sets of words by how few reports use each."""
        if min(len(one), len(other)) < _FEW_WORDS:
            return 0.0
        shared = sum(self._weight(w) for w in one & other)
        return shared / math.sqrt(sum(map(self._weight, one)) * sum(map(self._weight, other)))

    def _weight(self, word: str) -> float:
        return math.log((self._number + 1) / max(1, self._spread[word]) + 1) ** 2


def _content(text: str) -> list[str]:
    """The words of content, in lower case, and those that tell one event from another of its kind."""
    small = read_words("function_words") - read_words("later_turns")
    found = re.findall(r"\w+", text.casefold())
    return [w for w in found if (len(w) >= _LEAST_LETTERS and w not in small) or w.isdigit()]
