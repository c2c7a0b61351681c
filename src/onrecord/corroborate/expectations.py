"""Attributions to what was threatened, foretold, promised or planned, and what later reports say came of it.

An expectation is tied to the one event that its words are about, and takes its outcome from the record's entry of that
event alone: one crossing reopened is not the other one promised.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from onrecord.corroborate.entries import entry_id
from onrecord.knowledge import read_table, read_words
from onrecord.record import (
    Analysis,
    Attribution,
    AttributionMember,
    Claim,
    Event,
    EventEntry,
    Expectation,
    Interval,
    Modality,
    Part,
    Span,
    Timex,
)

_Kind = Literal["threat", "prediction", "pledge", "plan", "condition"]
_Outcome = Literal["happened", "not_yet", "denied", "unknown"]
_KINDS: Mapping[Modality, _Kind] = {
    "threatened": "threat",
    "predicted": "prediction",
    "committed": "pledge",
    "intended": "plan",
    "conditional": "condition",
}
# Of what is only asked for, feared or supposed nobody says that it will not be.
_FIRM: frozenset[Modality] = frozenset(("asserted", "predicted", "intended", "committed"))
# "Had promised it" says nothing by itself.
_BARE = frozenset("it this that so them these those".split())
# "If the road is shut, …", "… until the rent is paid": what stands behind these is beside the matter.
_ASIDE = re.compile(r"\b(if|unless|provided|once|when|while|until|after)\b", re.I)
_CLAUSE_END = re.compile(r"[,;.–—]\s|[,;.–—]?$")
_UNDONE = re.compile(r"\b(?:not|no|nobody|unless)\b|n['’]t\b", re.I)
# "We would have stayed" is no longer ahead, "would have to stay" is.
_GONE = re.compile(r"\b(?:would|could|might|should)(?: not|n['’]t)? have (\w+)", re.I)
_LINK = r"\s+(?:(?:on|in|at|the|end|start|middle|of|late|early|latest)\s+)*$"
_NEAR = re.compile(rf"\b(after|from|since|starting|beginning|no earlier than|not (?:before|until)){_LINK}", re.I)
_FAR = re.compile(rf"\b(by|before|until|till|ahead of|no later than){_LINK}", re.I)
_WITHIN = re.compile(r"\b(?:within|inside)\s+(?:the\s+)?(?:(?:next|coming)\s+)?$", re.I)
# "10 million florins", "300 soldiers".
_AMOUNT = re.compile(r"(?<!\d)(?<!\d[,.])(\d[\d,.]*(?: (?:hundred|thousand|million|billion))?) (\w+)")
_LENGTH = re.compile(r"P(\d{1,4})([DWMY])")
_DAYS = {"D": 1, "W": 7, "M": 31, "Y": 366}
# So much text before an expression says which side of it is meant.
_BEFORE = 40
# "Norvia" and "Norvian" have so many letters in common.
_LEAST = 4


class _Expected(NamedTuple):
    """An attribution that looks ahead, the event that it is about, and its clauses that are beside the matter."""

    analysis: Analysis
    said: Attribution
    main: Event | None
    asides: tuple[Span, ...]


def build_expectations(
    analyses: Sequence[Analysis], events: Sequence[EventEntry], claims: Sequence[Claim] = ()
) -> tuple[Expectation, ...]:
    """One expectation for each attribution that is one, or for each of `claims` that holds such; in their order.

    `analyses` are in canonical order. Where one only relays another, it is the inner one's; what is denied is none. A
    window is as wide as the words leave it, and an outcome is unknown until a later report tells of the same event.
    """
    claimed = {(m.report, m.attribution): c.id for c in claims for m in c.members}
    first: dict[str, _Expected] = {}
    for one in (x for a in analyses for x in _find_expected(a)):
        own = f"{one.analysis.id}/{one.said.id}"
        first.setdefault(claimed.get((one.analysis.id, one.said.id), own), one)
    entries = {(m.report, m.event): e for e in events for m in e.members}
    book = _Book(analyses)
    return tuple(_expectation(one, entries, book) for one in first.values())


def _expectation(one: _Expected, entries: Mapping[tuple[str, str], EventEntry], book: _Book) -> Expectation:
    report = one.analysis.id
    entry = entries.get((report, one.main.id)) if one.main else None
    window = _find_window(one)
    return Expectation(
        id=entry_id("x", report, one.said.id),
        kind=_KINDS[one.said.modality],
        member=AttributionMember(report, one.said.id),
        event=entry.id if entry else None,
        window=window,
        outcome=book.outcome(one, entry, window) if entry else "unknown",
    )


def _find_expected(analysis: Analysis) -> Iterator[_Expected]:
    """The expectations of a report, without those that only tell of another one's."""
    known = {x.id: x for x in analysis.attributions}
    found = {}
    for x in analysis.attributions:
        above = list(_chain(known, x.within))
        if _looks_ahead(analysis, x) and all(y.polarity == "affirmed" for y in above):
            asides = _find_asides(analysis, x.content)
            main = _find_main(analysis, x, asides)
            # What was over when it was spoken of is not expected any more.
            if main is None or main.status != "happened" or not _is_over(main.when, _spoken(analysis, x)):
                found[x.id] = _Expected(analysis, x, _tied(x, main), asides)
    inner: dict[str, list[Attribution]] = {}
    for x in analysis.attributions:
        for y in _chain(known, x.within):
            inner.setdefault(y.id, []).append(x)
    for id, one in found.items():
        below = inner.get(id, ())
        if not any(y.content == one.said.content or (y.id in found and _tells_of(one, y)) for y in below):
            yield one


def _chain(known: Mapping[str, Attribution], id: str | None) -> Iterator[Attribution]:
    """The attribution of that id, and those around it."""
    while id is not None and id in known:
        yield known[id]
        id = known[id].within


def _looks_ahead(analysis: Analysis, said: Attribution) -> bool:
    """Whether its words are meant as something to come."""
    if said.modality not in _KINDS or said.polarity != "affirmed" or not said.content:
        return False
    words = " ".join(analysis.text[a:b] for a, b in said.content)
    gone = _GONE.search(words)
    past = gone and (gone[1].endswith("ed") or gone[1] in read_words("past_forms") or gone[1] in ("been", "had"))
    return not past and words.casefold().strip(" .,") not in _BARE


def _tied(said: Attribution, main: Event | None) -> Event | None:
    """The event, unless it is only told there as something that has happened: nothing is expected of that."""
    return None if main and main.status == "happened" and _holds(said.content, main.trigger[0]) else main


def _tells_of(outer: _Expected, inner: Attribution) -> bool:
    """Whether the outer one is about what the inner one says, or its saying it: "Teshk threatened to …", Sarn wrote."""
    if outer.main is None:
        return False
    at = [t for t in outer.main.trigger if _holds(outer.said.content, t)]
    return any(_holds((*inner.content, *inner.cue), t) for t in at)


def _holds(part: Part, span: Span) -> bool:
    return any(start <= span.start < end for start, end in part)


def _find_asides(analysis: Analysis, content: Part) -> tuple[Span, ...]:
    """The clauses of a content that a word such as "if" begins; one that opens it ends at its first comma."""
    times = sorted(t.span for t in analysis.timexes)
    out = []
    for start, end in content:
        for found in _ASIDE.finditer(analysis.text, start, end):
            if any(analysis.text[found.end() : t.start].strip() in ("", "the") for t in times if t.start > found.end()):
                continue  # "until Friday"
            close = _CLAUSE_END.search(analysis.text, found.end(), end)
            out.append(Span(found.start(), close.start() if close else end))
    return tuple(out)


def _find_main(analysis: Analysis, said: Attribution, asides: Part) -> Event | None:
    """The event that a content is about: the first that is to come, in a main clause, and is not a party to another."""
    held = [(e, t) for e in analysis.events for t in e.trigger if _holds(said.content, t)]
    parties = [(e.id, " ".join((*e.actors, *e.recipients)).casefold().split()) for e, _ in held]

    def order(one: tuple[Event, Span]) -> tuple[bool, bool, bool, int, float]:
        event, at = one
        # "The Dorvan crossing will reopen": the crossing is what reopens.
        word = analysis.text[slice(*at)].casefold()
        is_party = event.contact is None and any(word in words for id, words in parties if id != event.id)
        # "Nobody wants to close the bridge": of the two, the closing.
        is_mood = word in read_table("modalities")
        return _holds(asides, at), is_party or is_mood, event.status == "happened", at.start, -event.salience

    return min(held, key=order)[0] if held else None


def _spoken(analysis: Analysis, said: Attribution) -> Interval:
    """When it was said: where that isn't known, or lies behind the report, the days of the report."""
    days = Interval(analysis.published.earliest, analysis.published.latest)
    if said.said is None or said.said.earliest is None or (days.latest and said.said.earliest > days.latest):
        return days
    return said.said


def _is_over(days: Interval | None, spoken: Interval) -> bool:
    """Whether the days lie before those on which it was spoken of."""
    return bool(days and days.latest and spoken.earliest and days.latest < spoken.earliest)


def _find_window(one: _Expected) -> Interval | None:
    """When it is to come true: the event's own day, else the first expression of the content that says."""
    analysis, said, main, _ = one
    spoken = _spoken(analysis, said)
    # "Promised on Wednesday to reopen it": that was the day of the promise.
    day = main.when if main and (main.when_by is None or main.when_by != said.said_by) else None
    if main and day and not _is_over(day, spoken) and not (main.when_by and _is_of_other(one, main.when_by)):
        by = next((t for t in analysis.timexes if t.span == main.when_by), None)
        return (by and _bounded(one, by, spoken)) or day
    at = main.trigger[0].start if main else said.content[0].start
    near = [t for t in analysis.timexes if _holds(said.content, t.span) and t.type != "SET"]
    for timex in sorted(near, key=lambda t: (abs(t.span.start - at), t.span)):
        if (found := _days_of(one, timex, spoken)) is not None:
            return found
    return None


def _is_of_other(one: _Expected, time: Span) -> bool:
    """Whether a day is that of what stands behind it: "charged over Monday's collision"."""
    behind = one.main and any(t.start > time.end for t in one.main.trigger)
    return one.analysis.text[time.end : time.end + 2] in ("'s", "’s") and not behind


def _days_of(one: _Expected, timex: Timex, spoken: Interval) -> Interval | None:
    """What an expression of the content says of the window, None where that is nothing."""
    analysis = one.analysis
    text, start = analysis.text, timex.span.start
    aside = next((a for a in one.asides if _holds((a,), timex.span)), None)
    if aside:
        # "… if the ships are not freed by Friday": from then on.
        ends = _FAR.search(text, max(0, start - _BEFORE), start) and _UNDONE.search(text, aside.start, start)
        return Interval(timex.earliest, None) if ends and timex.earliest else None
    if _is_of_other(one, timex.span):
        return None
    if (found := _bounded(one, timex, spoken)) is not None:
        return found
    days = Interval(timex.earliest, timex.latest)
    plain = one.main is None and timex.type != "DURATION" and days != Interval() and not _is_over(days, spoken)
    return days if plain else None


def _bounded(one: _Expected, timex: Timex, spoken: Interval) -> Interval | None:
    """The window that an expression bounds by the words before it, which stays open where they leave it so."""
    text, start = one.analysis.text, timex.span.start
    if timex.type == "DURATION":
        return _within(text, timex, spoken)
    near, far = (words.search(text, max(0, start - _BEFORE), start) for words in (_NEAR, _FAR))
    word = (near or far or [""])[0].casefold()
    whole = timex.type == "DATE" and timex.earliest == timex.latest and word.startswith(("after", "before", "ahead"))
    clause = re.split("[,;]", text[min(start, one.said.content[0].start) : start])[-1]
    # "It will not reopen before Monday".
    if near or (far and not word.startswith(("by", "no")) and _UNDONE.search(clause)):
        return Interval(_shift(timex.earliest, int(whole and near is not None)), None) if timex.earliest else None
    return _from(spoken, _shift(timex.latest, -int(whole))) if far and timex.latest else None


def _within(text: str, timex: Timex, spoken: Interval) -> Interval | None:
    """Up to so long after it was said: "within ten days"."""
    length = _LENGTH.fullmatch(timex.value)
    start = timex.span.start
    if not (length and spoken.latest and _WITHIN.search(text, max(0, start - _BEFORE), start)):
        return None
    return _from(spoken, _shift(spoken.latest, int(length[1]) * _DAYS[length[2]]))


def _shift(day: date, by: int) -> date:
    """So many days later; the same day where the calendar ends before that."""
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return day


def _from(spoken: Interval, latest: date) -> Interval:
    """From when it was said to a last day; open before it, if that was over when it was told."""
    return Interval(spoken.earliest if spoken.earliest and spoken.earliest <= latest else None, latest)


class _Book:
    """The reports by id, to be asked what they say became of an event."""

    def __init__(self, analyses: Sequence[Analysis]) -> None:
        self._reports = {a.id: a for a in analyses}
        self._place = {a.id: n for n, a in enumerate(analyses)}
        self._events = {(a.id, e.id): e for a in analyses for e in a.events}
        self._attributions = {a.id: {x.id: x for x in a.attributions} for a in analyses}

    def outcome(self, one: _Expected, entry: EventEntry, window: Interval | None) -> _Outcome:
        """That it happened, if a later word says so, else the last one that says it did not.

        Of what was not to be ("no sailor will be charged") it is denied where it happened after all.
        """
        members = sorted(entry.members, key=lambda m: self._place[m.report])
        told = (self._word(one, window, self._reports[m.report], self._events[m.report, m.event]) for m in members)
        found: list[_Outcome] = [word for word in told if word]
        last = found[-1] if found else "unknown"
        word = "happened" if "happened" in found else last
        if one.main and one.main.status == "denied" and _holds(one.said.content, one.main.trigger[0]):
            return "denied" if word == "happened" else "unknown"
        return word

    def _word(self, one: _Expected, window: Interval | None, report: Analysis, event: Event) -> _Outcome | None:
        """What a report's event says of the expected one, None where it is not later or is not surely the same."""
        word = self._told(report, event)
        if word is None or one.main is None or _is_other(one.main, event, one.analysis, report):
            return None
        # "In protest at the closure" may be of any, "went on strike on Tuesday" of that which was planned for Tuesday.
        bare = not (event.actors or event.recipients or event.place or event.when)
        if bare and not _is_dated(event, report, window):
            return None
        happened = word == "happened"
        if happened and any(_is_over(event.when, d) for d in (_spoken(one.analysis, one.said), window) if d):
            return None
        if report is one.analysis:
            at, last = event.trigger[0], one.said.content[-1].end
            return word if not _holds(one.said.content, at) and (happened or at.start >= last) else None
        return word if self._is_later(one.analysis, report, happened) else None

    def _is_later(self, one: Analysis, other: Analysis, happened: bool) -> bool:
        """Whether its days say so; of one day, the order of the record decides, but for what has happened since."""
        end, start = one.published.latest, other.published.earliest
        if end is None or start is None or start < end:
            return False
        return start > end or happened or self._place[other.id] > self._place[one.id]

    def _told(self, report: Analysis, event: Event) -> _Outcome | None:
        """What a report says became of an event: nothing, where it only speaks of its coming."""
        told = list(_chain(self._attributions[report.id], event.within))
        near = told[0] if told else None
        if any(x.polarity != "affirmed" for x in told[1:]) or (near and near.polarity == "declined"):
            return None
        if near and near.polarity == "denied":
            return None if event.status in ("denied", "not_yet") else "denied"
        if event.status == "happened":
            return "happened" if near is None or near.modality == "asserted" else None
        if event.status in ("denied", "not_yet") and (near is None or near.modality in _FIRM):
            return "denied" if event.status == "denied" else "not_yet"
        return None


def _is_other(a: Event, b: Event, one: Analysis, other: Analysis) -> bool:
    """Whether two events lie in two places or are of two things of a kind: the Dorvan crossing, the Tolm crossing."""
    parties = (*b.actors, *b.recipients)
    if a.place and b.place and _is_name(a.place) and _is_name(b.place):
        countries = read_table("country_words")
        alike = _share(a.place, b.place, _is_proper) or (a.place in countries) != (b.place in countries)
        if not alike and not any(_is_inside(a.place, b.place, report.text) for report in (one, other)):
            return True
    for thing in (*a.actors, *a.recipients):
        kin = [t for t in parties if _is_name(t) and _share(thing, t, _is_common)]
        if kin and _is_name(thing) and not any(_share(thing, t, _is_proper) for t in kin):
            return True
    return _is_other_amount(a, other, b)


def _is_dated(event: Event, report: Analysis, window: Interval | None) -> bool:
    """Whether a day stands beside an event that lies in the window, of which both ends are known."""
    if window is None or window.earliest is None or window.latest is None:
        return False
    near = [Interval(t.earliest, t.latest) for t in report.timexes if _holds(event.evidence, t.span) and t.latest]
    return not all(window.misses(days) for days in near)


def _is_other_amount(a: Event, report: Analysis, b: Event) -> bool:
    """Whether one is of so many of a thing, and a report tells the other of another number: of 10 florins, and of 4."""
    told = _AMOUNT.findall(" ".join(report.text[start:end] for start, end in b.evidence))
    promised = _AMOUNT.findall(" ".join((*a.actors, *a.recipients)))
    return any(thing in [t for _, t in told] and (number, thing) not in told for number, thing in promised)


def _is_inside(first: str, second: str, text: str) -> bool:
    """Whether a text says of one of two places that it lies in the other: "Ister in Norvia"."""
    a, b = re.escape(first), re.escape(second)
    return re.search(rf"\b(?:{a},? (?:in )?{b}|{b},? (?:in )?{a})\b", text) is not None


def _is_name(words: str) -> bool:
    return any(_is_proper(w) for w in words.split())


def _is_proper(word: str) -> bool:
    return word[:1].isupper()


def _is_common(word: str) -> bool:
    return word.islower() and word not in read_words("function_words")


def _share(one: str, other: str, counts: Callable[[str], bool]) -> bool:
    """Whether two names have a word in common that counts, or one of a country and one of what belongs to it."""
    sides = [{w.casefold() for w in name.split() if counts(w)} for name in (one, other)]
    return any(
        a == b or (min(len(a), len(b)) >= _LEAST and (a.startswith(b) or b.startswith(a)))
        for a in sides[0]
        for b in sides[1]
    )
