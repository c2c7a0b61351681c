"""A parse to the contacts between named people that its report tells of.

The simplest honest form, until predicates and their arguments are read: a word of contact with one named person
before it and another behind it in the sentence, or two joined on one side ("a call between …"). What names only one
side is left out, since the other would be a guess.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from msgspec.structs import replace

from onrecord.knowledge import read_table, read_words
from onrecord.language import Parse, Spans, beginning, words_of
from onrecord.record import ContactKind, Entity, Event, Interval, Noise, Span, Status, Timex

# What is said just before the trigger, in its own clause: "has not yet met", "refused to meet", "is due to meet".
_CLAUSE = r"\b(?:(?!\b(?:that|when|while|after|before|since|who|which)\b)[^.;,]){0,40}$"
_STATUSES: tuple[tuple[re.Pattern[str], Status], ...] = (
    (re.compile(rf"\b(?:not yet|n['’]t yet|yet to){_CLAUSE}"), "not_yet"),
    (re.compile(rf"(?:\b(?:not|never|den(?:y|ies|ied)(?: that)?|refuse[sd]? to)|n['’]t){_CLAUSE}"), "denied"),
    (
        re.compile(
            r"\b(?:will|would|shall|(?:is|are|was|were|due|set|expect(?:s|ed)?|scheduled|plan(?:s|ned)?|agree[sd]?"
            rf"|hope[sd]?|wants?|wanted|intend(?:s|ed)?|offer(?:s|ed)?|ready) to){_CLAUSE}"
        ),
        "planned",
    ),
)
# "The call took place before …": the contact of the sentences before, and what it was.
_AGAIN = re.compile(r"\b(?:[Tt]he|[Tt]his|[Tt]heir|that)\s+(?:\w+\s)?$")
_JOINED = re.compile(r"\b(?:and|with)\b")
# Words that may be a call as well as a meeting; a later "the call" or "the meeting" tells.
_VAGUE = frozenset(("discussions", "talks", "held talks", "held discussions", "conversation", "spoke with", "spoke to"))
_TELLING = re.compile(
    r"\b(?:told|warned|assured|informed|asked|urged|reminded|promised|briefed"
    r"|(?:stressed|said|repeated|made (?:it )?clear) to)\s*$"
)
_KINDS = {"call": "phone call", "virtual_meeting": "virtual meeting"}
# A call whose parties are named only by office is theirs who, soon after, are told to have spoken to one another.
_AHEAD = 4
# Farther back than so many contacts of the same two, none is told of again.
_MOST_BETWEEN = 50


@dataclass(frozen=True, slots=True)
class _Sighting:
    """One sentence that tells of a contact; `sure` is how well its words fix the parties."""

    kind: ContactKind
    word: str
    trigger: Span
    parties: tuple[Entity, Entity]
    sentence: Span
    sure: float


@dataclass(slots=True)
class _Contact:
    """An event under way, with the words that tell of it and their sentences."""

    event: Event
    triggers: set[Span] = field(default_factory=set)
    evidence: set[Span] = field(default_factory=set)


Named = tuple[Span, Entity]
Trigger = tuple[ContactKind, str, Span]


def find_contacts(
    parse: Parse, entities: tuple[Entity, ...], timexes: tuple[Timex, ...], noise: tuple[Noise, ...]
) -> tuple[Event, ...]:
    """The contacts in order of their first mention; sightings of the same parties, kind and day are one."""
    found: list[_Contact] = []
    # A contact is compared with those of the same two, of which even the longest report has few.
    between: dict[frozenset[str], list[_Contact]] = defaultdict(list)
    for sighting in _sightings(parse, entities, noise):
        when, status = _when(sighting, timexes), _status(sighting, parse.text)
        known = between[frozenset(e.name for e in sighting.parties)]
        # "The call" behind two calls is the second.
        contact = next(
            (c for c in itertools.islice(reversed(known), _MOST_BETWEEN) if _one(c.event, sighting, when, status)), None
        )
        if contact is None:
            contact = _Contact(_event(sighting, when, status, f"v{len(found) + 1}"))
            found.append(contact)
            known.append(contact)
        else:
            contact.event = _with_sighting(contact.event, sighting, when)
        contact.triggers.add(sighting.trigger)
        contact.evidence.add(_trimmed(parse.text, sighting.sentence))
    return tuple(replace(c.event, trigger=tuple(sorted(c.triggers)), evidence=tuple(sorted(c.evidence))) for c in found)


def _sightings(parse: Parse, entities: tuple[Entity, ...], noise: tuple[Noise, ...]) -> list[_Sighting]:
    out: list[_Sighting] = []
    last = -_AHEAD
    waiting: list[tuple[int, ContactKind, str, Span, Span]] = []
    unread = Spans(n.span for n in noise)
    named = _people(entities)
    places = _in_order((m.span, e) for e in entities if e.type == "place" for m in e.mentions)
    for number, sentence in enumerate(parse.sentences):
        if unread.meets(sentence):
            continue
        waiting = [w for w in waiting if number - w[0] <= _AHEAD]
        people = beginning(named, sentence.start, sentence.end)
        trigger = _trigger(parse.text, sentence)
        pair = (
            _visit(parse.text, trigger, places, people) or _parties(parse.text, trigger[2], people) if trigger else None
        )
        if trigger and pair:
            last = number
            out.append(_Sighting(*trigger, pair, sentence, 0.85))
        elif trigger and number - last <= 2 and _again_leads(parse.text, sentence, trigger):
            out += _again(out[-1], trigger, sentence)
        elif trigger and not people and _offices(parse.text, sentence):
            waiting.append((number, *trigger, sentence))
        elif waiting and (told := _told(parse.text, people)):
            _, kind, word, at, first = waiting.pop(0)
            out.append(_Sighting(kind, word, at, told, first, 0.6))
    return sorted(out, key=lambda s: s.trigger)


def _again_leads(text: str, sentence: Span, trigger: Trigger) -> bool:
    """Whether the trigger is a definite one in the singular: "the call", not "calls" or "a call"."""
    return not trigger[1].endswith("s") and bool(_AGAIN.search(text[sentence.start : trigger[2].start]))


def _visit(text: str, trigger: Trigger, places: list[Named], people: list[Named]) -> tuple[Entity, Entity] | None:
    """For a visit, the last person before the trigger and the place behind it: "Veck arrived in Lothra"."""
    if trigger[0] != "visit":
        return None
    at = trigger[2].end
    behind = beginning(places, at, at + 31)
    before = [e for s, e in people if s.end <= trigger[2].start]
    if before and behind and _within_phrase(text[at : behind[0][0].start]):
        return before[-1], behind[0][1]
    return None


def _people(entities: tuple[Entity, ...]) -> list[Named]:
    """The people named in the text, in order.

    News gives a person's full name or office once; a single word that never has either is rather a misread place.
    """
    known = (e for e in entities if e.type == "person" and (" " in e.name or e.roles))
    return _in_order((m.span, e) for e in known for m in e.mentions if m.form == "name")


def _in_order(named: Iterable[Named]) -> list[Named]:
    return sorted(named, key=lambda n: n[0])


def _again(last: _Sighting, trigger: Trigger, sentence: Span) -> list[_Sighting]:
    """The last contact, named again; a vague word ("discussions") takes the kind of a plain one ("the call")."""
    kind, word, at = trigger
    if kind == last.kind or word in _VAGUE:
        return [_Sighting(last.kind, word, at, last.parties, sentence, last.sure)]
    return [_Sighting(kind, word, at, last.parties, sentence, last.sure)] if last.word in _VAGUE else []


def _trigger(text: str, sentence: Span) -> Trigger | None:
    """The longest word of contact in the sentence, the first of equals; "calls for" and its like are none."""
    words, table = words_of(text, sentence), read_table("contacts")
    best: Trigger | None = None
    at = 0
    while at < len(words):
        sizes = range(min(4, len(words) - at), 0, -1)
        phrases = ((n, " ".join(w.casefold() for w, _ in words[at : at + n])) for n in sizes)
        size, phrase = next(((n, p) for n, p in phrases if p in table), (1, ""))
        kind = table.get(phrase, "none")
        if kind != "none" and (best is None or size > len(best[1].split())):
            best = (cast(ContactKind, kind), phrase, Span(words[at][1].start, words[at + size - 1][1].end))
        at += size
    return best


def _parties(text: str, trigger: Span, people: list[Named]) -> tuple[Entity, Entity] | None:
    """The two who were in touch, by where they stand around the trigger."""
    before = [p for p in people if p[0].end <= trigger.start]
    behind = [p for p in people if p[0].start >= trigger.end]
    gap = text[trigger.end : behind[0][0].start] if behind else ""
    if behind and re.search(r"\bbetween\b", re.split("[.;:]", gap)[-1]) and (two := _two(text, behind[:2])):
        return two
    if behind and _within_phrase(gap):
        if gap.startswith(" the ") and not _office(gap):
            return None  # "met the demands of Renko", but "met the harbour master, Renko"
        near = [p for p in before if trigger.start - p[0].end < 120 and p[1].id != behind[0][1].id]
        if near and not re.search(r"\bby\b", gap):
            return near[-1][1], behind[0][1]
    if read_table("contacts").get(text[trigger.start : trigger.end].casefold()) == "visit":
        return None
    return _two(text, before[-2:]) if not behind or "," in gap else None


def _two(text: str, people: list[Named]) -> tuple[Entity, Entity] | None:
    """The two people, if "and", "with" or a verb of telling joins them: "Averin told Veck in a telephone call"."""
    if len(people) < 2 or people[0][1].id == people[1][1].id:
        return None
    between = text[people[0][0].end : people[1][0].start]
    joined = _JOINED.search(between) or _TELLING.search(between)
    return (people[0][1], people[1][1]) if len(between) < 80 and joined else None


def _within_phrase(between: str) -> bool:
    """Whether nothing stands between the trigger and the name behind it that ends the phrase."""
    return len(between) < 110 and not re.search(
        r"[.;:“”\"]|\b(?:that|because|after|before|while|said|where|which|when)\b", between
    )


def _office(words: str) -> bool:
    offices = read_words("offices")
    return any(w.casefold() in offices for w, _ in words_of(words))


def _offices(text: str, sentence: Span) -> bool:
    """Whether the sentence speaks of several holders of an office: "the foreign ministers of Lothra and Senn"."""
    offices = read_words("offices")
    return any(w.casefold().removesuffix("s") in offices and w.endswith("s") for w, _ in words_of(text, sentence))


def _told(text: str, people: list[Named]) -> tuple[Entity, Entity] | None:
    """The first two people of whom one is told to have spoken to the other: "Averin had told Veck that …"."""
    for (first, a), (second, b) in itertools.pairwise(people):
        if a.id != b.id and _TELLING.search(text[first.end : second.start]):
            return a, b
    return None


def _when(sighting: _Sighting, timexes: tuple[Timex, ...]) -> Timex | None:
    """The day named nearest to the trigger in its sentence."""
    first = bisect_left(timexes, sighting.sentence.start, key=lambda t: t.span.start)
    behind = bisect_left(timexes, sighting.sentence.end, lo=first, key=lambda t: t.span.start)
    inside = [t for t in timexes[first:behind] if (t.earliest or t.reading != "none") and t.type in ("DATE", "TIME")]
    return min(inside, key=lambda t: (abs(t.span.start - sighting.trigger.end), t.span), default=None)


def _days(timex: Timex | None) -> Interval | None:
    return Interval(timex.earliest, timex.latest) if timex and (timex.earliest or timex.latest) else None


def _status(sighting: _Sighting, text: str) -> Status:
    before = text[sighting.sentence.start : sighting.trigger.start]
    return next((status for pattern, status in _STATUSES if pattern.search(before)), "happened")


def _one(event: Event, sighting: _Sighting, when: Timex | None, status: Status) -> bool:
    """Whether the sighting is of the event, which has its parties: the same day, a kind that is the same or was open.

    "They met on Monday and will meet again" tells of two.
    """
    named = _days(when)
    days = event.when is None or named is None or event.when == named
    kinds = event.contact == sighting.kind or (event.contact == "meeting" and event.kind in _VAGUE)
    again = event.status == "happened" and status != "happened"
    return kinds and days and not again


def _event(sighting: _Sighting, when: Timex | None, status: Status, name: str) -> Event:
    vague = sighting.word in _VAGUE and sighting.kind == "meeting"
    return Event(
        id=name,
        type="CONSULT",
        kind=sighting.word if vague else _KINDS.get(sighting.kind, sighting.kind),
        trigger=(),
        actors=(sighting.parties[0].name,),
        recipients=(sighting.parties[1].name,),
        intermediaries=(),
        place=None,
        contact=sighting.kind,
        when=_days(when),
        when_by=when.span if when else None,
        status=status,
        within=None,
        evidence=(),
        confidence=sighting.sure,
    )


def _with_sighting(event: Event, sighting: _Sighting, when: Timex | None) -> Event:
    plain = sighting.word not in _VAGUE
    return replace(
        event,
        contact=sighting.kind if plain else event.contact,
        kind=_KINDS.get(sighting.kind, sighting.kind) if plain else event.kind,
        when=event.when or _days(when),
        when_by=event.when_by or (when.span if when else None),
    )


def _trimmed(text: str, span: Span) -> Span:
    inner = text[span.start : span.end]
    return Span(span.start + len(inner) - len(inner.lstrip()), span.end - len(inner) + len(inner.rstrip()))
