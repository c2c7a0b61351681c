"""A parse to the contacts between named people that its report tells of.

The simplest honest form, until predicates and their arguments are read: a word of contact with one named person
before it and another behind it in the sentence, or two joined on one side ("a call between …"). What names only one
side is left out, since the other would be a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from msgspec.structs import replace

from onrecord.knowledge import read_table, read_words
from onrecord.language import Parse, words_of
from onrecord.record import ContactKind, Entity, Event, Interval, Noise, Span, Status, Timex

# "will call", "is due to meet": what is still to come, said just before the trigger.
_PLANNED = re.compile(r"\b(?:will|would|shall|(?:is|are|was|were) (?:due |set |expected |scheduled )?to|plans? to)\b[^.;,]{0,40}$")
# "The call took place before …": the contact of the sentences before, and what it was.
_AGAIN = re.compile(r"\b(?:[Tt]he|[Tt]his|[Tt]heir|that)\s+(?:\w+\s)?$")
_JOINED = re.compile(r"\b(?:and|with)\b")
# Words that may be a call as well as a meeting; a later "the call" or "the meeting" tells.
_VAGUE = frozenset(("discussions", "talks", "held talks", "held discussions", "conversation", "spoke with", "spoke to"))
_TELLING = re.compile(
    r"\b(?:told|warned|assured|informed|asked|urged|reminded|promised|briefed|(?:stressed|said|repeated|made (?:it )?clear) to)\s*$"
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


def find_contacts(
    parse: Parse, entities: tuple[Entity, ...], timexes: tuple[Timex, ...], noise: tuple[Noise, ...]
) -> tuple[Event, ...]:
    """The contacts in order of their first mention; sightings of the same parties, kind and day are one."""
    events: list[Event] = []
    for sighting in _sightings(parse, entities, noise):
        when = _when(sighting, timexes)
        for i, event in enumerate(events):
            if _one(event, sighting, when):
                events[i] = _with_sighting(event, sighting, when, parse.text)
                break
        else:
            events.append(_event(sighting, when, parse.text, f"v{len(events) + 1}"))
    return tuple(events)


def _sightings(parse: Parse, entities: tuple[Entity, ...], noise: tuple[Noise, ...]) -> list[_Sighting]:
    out: list[_Sighting] = []
    last = -_AHEAD
    waiting: list[tuple[int, ContactKind, str, Span, Span]] = []
    for number, sentence in enumerate(parse.sentences):
        if any(n.span.start < sentence.end and sentence.start < n.span.end for n in noise):
            continue
        people = _people(entities, sentence)
        trigger = _trigger(parse.text, sentence)
        pair = _visit(parse.text, trigger, entities, people) or _parties(parse.text, trigger[2], people) if trigger else None
        if trigger and pair:
            last = number
            out.append(_Sighting(*trigger, pair, sentence, 0.85))
        elif trigger and number - last <= 2 and _again_leads(parse.text, sentence, trigger):
            out += _again(out[-1], trigger, sentence)
        elif trigger and not people and _offices(parse.text, sentence):
            waiting.append((number, *trigger, sentence))
        elif waiting and number - waiting[0][0] <= _AHEAD and (told := _told(parse.text, people)):
            _, kind, word, at, first = waiting.pop(0)
            out.append(_Sighting(kind, word, at, told, first, 0.6))
    return sorted(out, key=lambda s: s.trigger)


def _again_leads(text: str, sentence: Span, trigger: tuple[ContactKind, str, Span]) -> bool:
    """Whether the trigger is a definite one in the singular: "the call", not "calls" or "a call"."""
    return not trigger[1].endswith("s") and bool(_AGAIN.search(text[sentence.start : trigger[2].start]))


def _visit(
    text: str, trigger: tuple[ContactKind, str, Span], entities: tuple[Entity, ...], people: list[Person]
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
    """The people named in the sentence, in order."""
    found = [(m.span, e) for e in entities if e.type == "person" for m in e.mentions if m.form == "name"]
    return sorted((p for p in found if sentence.start <= p[0].start < sentence.end), key=lambda p: p[0])


def _again(last: _Sighting, trigger: tuple[ContactKind, str, Span], sentence: Span) -> list[_Sighting]:
    """The last contact, named again; a vague word ("discussions") takes the kind of a plain one ("the call")."""
    kind, word, at = trigger
    if kind == last.kind or word in _VAGUE:
        return [_Sighting(last.kind, word, at, last.parties, sentence, last.sure)]
    return [_Sighting(kind, word, at, last.parties, sentence, last.sure)] if last.word in _VAGUE else []


def _trigger(text: str, sentence: Span) -> tuple[ContactKind, str, Span] | None:
    """The longest word of contact in the sentence, the first of equals."""
    words, table = words_of(text, sentence), read_table("contacts")
    best: tuple[ContactKind, str, Span] | None = None
    for i in range(len(words)):
        for n in range(1, min(4, len(words) - i) + 1):
            phrase = " ".join(w.casefold() for w, _ in words[i : i + n])
            if phrase in table and (best is None or len(phrase.split()) > len(best[1].split())):
                best = (table[phrase], phrase, Span(words[i][1].start, words[i + n - 1][1].end))  # type: ignore[assignment]
    return best if best and best[0] != "none" else None


def _parties(text: str, trigger: Span, people: list[Person]) -> tuple[Entity, Entity] | None:
    """The two who were in touch, by where they stand around the trigger."""
    before = [p for p in people if p[0].end <= trigger.start]
    behind = [p for p in people if p[0].start >= trigger.end]
    gap = text[trigger.end : behind[0][0].start] if behind else ""
    if behind and re.search(r"\bbetween\b[^.;:]*$", gap) and (two := _two(text, behind[:2])):
        return two
    if behind and _within_phrase(gap):
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


def _offices(text: str, sentence: Span) -> bool:
    """Whether the sentence speaks of several holders of an office: "the foreign ministers of Lothra and Senn"."""
    offices = read_words("offices")
    return any(w.casefold().removesuffix("s") in offices and w.endswith("s") for w, _ in words_of(text, sentence))


def _told(text: str, people: list[Person]) -> tuple[Entity, Entity] | None:
    """The first two people of whom one is told to have spoken to the other: "Averin had told Veck that …"."""
    for (first, a), (second, b) in zip(people, people[1:], strict=False):
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


def _one(event: Event, sighting: _Sighting, when: Interval | None) -> bool:
    """Whether the sighting is of the event: the same parties and day, and a kind that is the same or was left open."""
    names = {e.name for e in sighting.parties}
    days = event.when is None or when is None or event.when == when
    kinds = event.contact == sighting.kind or event.contact == "meeting" and event.kind in _VAGUE
    return kinds and {*event.actors, *event.recipients} == names and days


def _event(sighting: _Sighting, when: Interval | None, text: str, name: str) -> Event:
    planned = _PLANNED.search(text[sighting.sentence.start : sighting.trigger.start])
    status: Status = "planned" if planned else "happened"
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
