"""A parse to the contacts between named people that its report tells of.

The simplest honest form, until predicates and their arguments are read: a word of contact with one named person
before it and another behind it in the sentence, or two joined on one side ("a call between …"). What names only one
side is left out, since the other would be a guess.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import cast

from msgspec.structs import replace

from onrecord.knowledge import read_table, read_words
from onrecord.language import Parse, words_of
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


@dataclass(frozen=True, slots=True)
class _Sighting:
    """One sentence that tells of a contact; `sure` is how well its words fix the parties."""

    kind: ContactKind
    word: str
    trigger: Span
    parties: tuple[Entity, Entity]
    sentence: Span
    sure: float


Person = tuple[Span, Entity]
Trigger = tuple[ContactKind, str, Span]


def find_contacts(
    parse: Parse, entities: tuple[Entity, ...], timexes: tuple[Timex, ...], noise: tuple[Noise, ...]
) -> tuple[Event, ...]:
    """The contacts in order of their first mention; sightings of the same parties, kind and day are one."""
    events: list[Event] = []
    for sighting in _sightings(parse, entities, noise):
        when, status = _when(sighting, timexes), _status(sighting, parse.text)
        # "The call" behind two calls is the second.
        for i in reversed(range(len(events))):
            if _one(events[i], sighting, when, status):
                events[i] = _with_sighting(events[i], sighting, when, parse.text)
                break
        else:
            events.append(_event(sighting, when, status, parse.text, f"v{len(events) + 1}"))
    return tuple(events)


def _sightings(parse: Parse, entities: tuple[Entity, ...], noise: tuple[Noise, ...]) -> list[_Sighting]:
    out: list[_Sighting] = []
    last = -_AHEAD
    waiting: list[tuple[int, ContactKind, str, Span, Span]] = []
    for number, sentence in enumerate(parse.sentences):
        if any(n.span.start < sentence.end and sentence.start < n.span.end for n in noise):
            continue
        waiting = [w for w in waiting if number - w[0] <= _AHEAD]
        people = _people(entities, sentence)
        trigger = _trigger(parse.text, sentence)
        pair = (
            _visit(parse.text, trigger, entities, people) or _parties(parse.text, trigger[2], people)
            if trigger
            else None
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


def _visit(
    text: str, trigger: Trigger, entities: tuple[Entity, ...], people: list[Person]
) -> tuple[Entity, Entity] | None:
    """For a visit, the last person before the trigger and the place behind it: "Veck arrived in Lothra"."""
    if trigger[0] != "visit":
        return None
    at = trigger[2].end
    places = [(m.span, e) for e in entities if e.type == "place" for m in e.mentions if at <= m.span.start <= at + 30]
    before = [e for s, e in people if s.end <= trigger[2].start]
    if before and places and _within_phrase(text[at : min(p[0] for p in places).start]):
        return before[-1], min(places, key=lambda p: p[0])[1]
    return None


def _people(entities: tuple[Entity, ...], sentence: Span) -> list[Person]:
    """The people named in the sentence, in order.

    News gives a person's full name or office once; a single word that never has either is rather a misread place.
    """
    known = [e for e in entities if e.type == "person" and (" " in e.name or e.roles)]
    found = [(m.span, e) for e in known for m in e.mentions if m.form == "name"]
    return sorted((p for p in found if sentence.start <= p[0].start < sentence.end), key=lambda p: p[0])


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


def _parties(text: str, trigger: Span, people: list[Person]) -> tuple[Entity, Entity] | None:
    """The two who were in touch, by where they stand around the trigger."""
    before = [p for p in people if p[0].end <= trigger.start]
    behind = [p for p in people if p[0].start >= trigger.end]
    gap = text[trigger.end : behind[0][0].start] if behind else ""
    if behind and re.search(r"\bbetween\b[^.;:]*$", gap) and (two := _two(text, behind[:2])):
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


def _two(text: str, people: list[Person]) -> tuple[Entity, Entity] | None:
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


def _told(text: str, people: list[Person]) -> tuple[Entity, Entity] | None:
    """The first two people of whom one is told to have spoken to the other: "Averin had told Veck that …"."""
    for (first, a), (second, b) in itertools.pairwise(people):
        if a.id != b.id and _TELLING.search(text[first.end : second.start]):
            return a, b
    return None


def _when(sighting: _Sighting, timexes: tuple[Timex, ...]) -> Interval | None:
    """The day named nearest to the trigger in its sentence."""
    inside = [t for t in timexes if sighting.sentence.start <= t.span.start < sighting.sentence.end and t.earliest]
    if not inside:
        return None
    nearest = min(inside, key=lambda t: (abs(t.span.start - sighting.trigger.end), t.span))
    return Interval(nearest.earliest, nearest.latest)


def _status(sighting: _Sighting, text: str) -> Status:
    before = text[sighting.sentence.start : sighting.trigger.start]
    return next((status for pattern, status in _STATUSES if pattern.search(before)), "happened")


def _one(event: Event, sighting: _Sighting, when: Interval | None, status: Status) -> bool:
    """Whether the sighting is of the event: the same parties and day, and a kind that is the same or was left open.

    "They met on Monday and will meet again" tells of two.
    """
    names = {e.name for e in sighting.parties}
    days = event.when is None or when is None or event.when == when
    kinds = event.contact == sighting.kind or (event.contact == "meeting" and event.kind in _VAGUE)
    again = event.status == "happened" and status != "happened"
    return kinds and {*event.actors, *event.recipients} == names and days and not again


def _event(sighting: _Sighting, when: Interval | None, status: Status, text: str, name: str) -> Event:
    vague = sighting.word in _VAGUE and sighting.kind == "meeting"
    return Event(
        id=name,
        type="CONSULT",
        kind=sighting.word if vague else _KINDS.get(sighting.kind, sighting.kind),
        trigger=(sighting.trigger,),
        actors=(sighting.parties[0].name,),
        recipients=(sighting.parties[1].name,),
        intermediaries=(),
        place=None,
        contact=sighting.kind,
        when=when,
        status=status,
        within=None,
        evidence=(_trimmed(text, sighting.sentence),),
        confidence=sighting.sure,
    )


def _with_sighting(event: Event, sighting: _Sighting, when: Interval | None, text: str) -> Event:
    plain = sighting.word not in _VAGUE
    return replace(
        event,
        contact=sighting.kind if plain else event.contact,
        kind=_KINDS.get(sighting.kind, sighting.kind) if plain else event.kind,
        trigger=tuple(sorted({*event.trigger, sighting.trigger})),
        evidence=tuple(sorted({*event.evidence, _trimmed(text, sighting.sentence)})),
        when=event.when or when,
    )


def _trimmed(text: str, span: Span) -> Span:
    inner = text[span.start : span.end]
    return Span(span.start + len(inner) - len(inner.lstrip()), span.end - len(inner) + len(inner.rstrip()))
