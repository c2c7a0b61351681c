"""A parse to the events of its report: what is told to happen, by whom, to whom, where, when, and how surely."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as changed
from datetime import timedelta
from functools import partial
from typing import cast

import numpy as np
from msgspec.structs import replace

from onrecord.events.actors import Actors
from onrecord.events.classify import NONE, load_classifiers, undone_type
from onrecord.events.contacts import PHONES, ContactReader, Sighting
from onrecord.events.features import circumstances, meanings
from onrecord.events.kinds import name_kind
from onrecord.events.predicates import Predicate, find_predicates
from onrecord.events.salience import weigh_salience
from onrecord.events.status import Statuses
from onrecord.events.topics import find_topics
from onrecord.knowledge import Knowledge, read_table, read_words
from onrecord.language import Parse, Spans, Tree, Vectors, lemmas, words_of
from onrecord.record import (
    Attribution,
    Entity,
    Event,
    EventType,
    Interval,
    Noise,
    Part,
    Publication,
    Span,
    Status,
    Timex,
)

# A predicate less likely to tell of an event than this is none.
NEWS, NEWS_BESIDE = 0.15, 0.6
# Farther back than so many events with the same word, none is told of again.
_MOST_BETWEEN = 50
# A contact whose parties are named only by office is theirs who act in one of the next sentences.
_AHEAD, _VAGUELY = 3, 0.5
_OTHERS = frozenset("last first second third previous earlier next latest another".split())
_CLAUSES = ("ccomp", "advcl", "parataxis", "conj", "acl")


@dataclass(slots=True)
class _Told:
    """An event under way, with what its report has said of it so far."""

    event: Event
    word: str
    open: bool  # whether a plainer word may yet tell the kind of contact
    news: float
    triggers: set[Span] = field(default_factory=set)
    evidence: set[Span] = field(default_factory=set)


def find_events(
    parse: Parse,
    entities: tuple[Entity, ...],
    timexes: tuple[Timex, ...],
    noise: Sequence[Noise],
    vectors: Vectors,
    attributions: Sequence[Attribution] = (),
    published: Publication | None = None,
    knowledge: Callable[[], Knowledge] | None = None,
) -> tuple[Event, ...]:
    """The events of a report, those that it is about first; nothing in `noise` is read.

    A later word for the same event ("the strike", "the call") is told of the one before it, unless day, parties or
    status speak against that. `within` names the innermost of `attributions` that tells of it. `knowledge` gives who
    held an office, where a report says "her Norran counterpart" and no more.
    """
    tree = Tree(parse)
    actors = Actors(parse, tree, entities, partial(_holder, knowledge, published))
    finder = _Finder(parse, tree, actors, timexes, attributions, published)
    predicates = list(find_predicates(parse, tree, finder.actors, Spans(n.span for n in noise)))
    if not predicates:
        return ()
    shown = meanings(parse, tree, predicates, vectors)
    weights = load_classifiers()
    types = weights.read_types(shown)
    news = weights.read_news(shown, np.array([circumstances(parse, tree, p) for p in predicates]))
    for number, one in enumerate(predicates):
        best, sure = weights.choose(types[number])
        finder.add(one, best, sure, float(news[number]))
    return finder.events()


def _holder(
    knowledge: Callable[[], Knowledge] | None, published: Publication | None, role: str, people: str
) -> str | None:
    """Who is known to have held the office `role` in the country of `people` when the report was published."""
    if knowledge is None or published is None or not published.given:
        return None
    country = read_table("country_words").get(people)
    days = Interval(published.earliest, published.latest)
    held = knowledge().find_holders(role, country, days) if country else []
    return held[0] if len(held) == 1 else None


class _Finder:
    """Gathers the events of one report in the order in which their words stand."""

    def __init__(
        self,
        parse: Parse,
        tree: Tree,
        actors: Actors,
        timexes: tuple[Timex, ...],
        attributions: Sequence[Attribution],
        published: Publication | None,
    ) -> None:
        self._parse, self._tree, self.actors = parse, tree, actors
        self._timexes, self._attributions, self._published = timexes, attributions, published
        self._contacts = ContactReader(parse, tree, actors)
        self._statuses = Statuses(parse, tree)
        self._told: list[_Told] = []
        self._by_word: dict[str, list[_Told]] = defaultdict(list)

    def events(self) -> tuple[Event, ...]:
        """All events, the most salient first, under ids in that order."""
        done = [
            replace(t.event, trigger=tuple(sorted(t.triggers)), evidence=tuple(sorted(t.evidence))) for t in self._told
        ]
        done = [replace(e, topics=self._topics(e, done)) if e.contact else e for e in done]
        weighed = [replace(e, salience=weigh_salience(self._parse, self._tree, e)) for e in done]
        order = sorted(weighed, key=lambda e: (-(e.salience or 0), e.trigger))
        return tuple(replace(e, id=f"v{n}") for n, e in enumerate(order, 1))

    def _topics(self, event: Event, all_: Sequence[Event]) -> Part:
        """What a contact was about, as far as the report tells before it comes to another one."""
        first = event.trigger[0].start
        others = [e.trigger[0].start for e in all_ if e is not event and e.contact and e.trigger[0].start > first]
        words = [n for span in event.trigger[:1] for n in self._tree.words_in(span)[:1]]
        return find_topics(self._parse, self._tree, words, min(others, default=len(self._parse.text)))

    def add(self, one: Predicate, type_: str, sure: float, news: float) -> None:
        """Adds what a predicate tells, to the event that it tells of again or as a new one."""
        contact = self._contacts.read(one)
        if contact is None and (news < self._least(one) or self._is_saying(one)):
            return
        when = self._when(one, contact is not None)
        status = self._status(one, when)
        if contact is not None and (contact.again or self._is_definite(one)):
            contact = self._again(contact, one, when) or (None if contact.again else contact)
            if contact is None and news < self._least(one):
                return
        for counterpart in self._sides(contact) if contact else (None,):
            self._place(one, counterpart, type_, sure, news, when, status)

    def _least(self, one: Predicate) -> float:
        """How likely a predicate must be to tell of an event; the "air" of an air strike tells of none by itself."""
        beside = self._parse.tokens[one.word].relation in ("compound", "amod") or self._tree.word(one.word) in PHONES
        return NEWS_BESIDE if beside else NEWS

    def _is_saying(self, one: Predicate) -> bool:
        """Whether it is no more than the cue of an attribution: what was said is on record there."""
        return any(w in read_words("plain_speech_verbs") for w in lemmas(self._tree.word(one.word))) and (
            self._parse.tokens[one.word].tag == "VERB"
        )

    def _sides(self, contact: Sighting) -> list[Sighting]:
        """One contact for each counterpart: "spoke with Veck and with Rusk"; those who met as one stay so."""
        if len(contact.recipients) < 2 or len(contact.actors) > 1:
            return [contact]
        return [changed(contact, recipients=(name,)) for name in contact.recipients]

    def _place(
        self,
        one: Predicate,
        contact: Sighting | None,
        type_: str,
        sure: float,
        news: float,
        when: Timex | None,
        status: Status,
    ) -> None:
        new = self._event(one, contact, type_, sure, news, when, status)
        key = "contact" if contact else _stem(self._tree.word(one.word))
        known = self._same(new, key, one, contact)
        if known is None:
            word = contact.word if contact else self._tree.word(one.word)
            known = _Told(new, word, bool(contact and contact.vague), news)
            self._told.append(known)
            self._by_word[key].append(known)
        else:
            plainer = known.open and contact is not None and not contact.vague
            known.event = _joined(known.event, new, plainer)
            known.open = known.open and not plainer
        known.triggers.update(self._trigger(one))
        known.evidence.add(self._sentence(one.word))

    def _event(
        self,
        one: Predicate,
        contact: Sighting | None,
        type_: str,
        sure: float,
        news: float,
        when: Timex | None,
        status: Status,
    ) -> Event:
        names = [
            tuple(dict.fromkeys(n for k in part for n in self.actors.of(k)))
            for part in (one.actors, one.recipients, one.through)
        ]
        who, whom, through = names
        if contact:
            who, whom, through = contact.actors, contact.recipients, contact.intermediaries
        place = next((n for k in one.places if (n := self.actors.name(k))), None)
        vague = self._tree.word(one.word) if contact and contact.vague and contact.kind in ("meeting",) else None
        plover = None if type_ == NONE else undone_type(type_, status, self._statuses.is_demanded(one))
        return Event(
            id="",
            type="CONSULT" if contact else cast("EventType | None", plover),
            kind=name_kind(self._parse, self._tree, self.actors, one, contact.kind if contact else None, vague),
            trigger=self._trigger(one),
            actors=who,
            recipients=tuple(n for n in whom if n not in who),
            intermediaries=through,
            place=place if place not in who else None,
            contact=contact.kind if contact else None,
            when=_days(when),
            when_by=when.span if when else None,
            status=status,
            within=self._within(one.word),
            evidence=(self._sentence(one.word),),
            confidence=round(contact.sure if contact else news * (0.5 + 0.5 * sure), 4),
        )

    def _same(self, new: Event, key: str, one: Predicate, contact: Sighting | None) -> _Told | None:
        definite = bool(
            {"the", "this", "that", "these"} & {self._tree.word(k) for k in self._tree.children(one.word, "det")}
        )
        for known in reversed(self._by_word[key][-_MOST_BETWEEN:]):
            if _one(known, new, definite, contact):
                return known
        return None

    def _may_hold(self, office: str | None, parties: set[str]) -> bool:
        """Whether the parties can be "the ministers": nobody's offices are known, or one of them is that."""
        roles = [r.casefold() for e in self.actors.entities if e.name in parties for r in e.roles]
        return office is None or not roles or any(office in r for r in roles)

    def _is_another(self, one: Predicate) -> bool:
        """Whether it is another one of the same parties: "their last conversation", "the first call of the two"."""
        return bool(_OTHERS & {self._tree.word(k) for k in self._tree.children(one.word, "amod")})

    def _is_definite(self, one: Predicate) -> bool:
        words = {self._tree.word(k) for k in self._tree.children(one.word, "det")}
        return bool({"the", "this", "that", "these"} & words)

    def _again(self, contact: Sighting, one: Predicate, when: Timex | None) -> Sighting | None:
        """The contact before it that "the call" or "the meeting" speaks of, with its parties."""
        named = {*contact.actors, *contact.recipients}
        for known in reversed(self._by_word["contact"][-_MOST_BETWEEN:]):
            e = known.event
            kinds = e.contact == contact.kind or known.open or contact.vague
            again = self._parse.tokens[one.word].tag == "VERB" or self._is_another(one)
            another = _apart(e.when, _days(when)) and not again
            parties = {*e.actors, *e.recipients}
            if kinds and named <= parties and not another and self._may_hold(contact.office, parties):
                kind = e.contact if contact.vague and e.contact else contact.kind
                return changed(
                    contact, kind=kind, actors=e.actors, recipients=e.recipients, intermediaries=e.intermediaries
                )
        pair = self.actors.pair_ahead(one.word, _AHEAD) if contact.sure > _VAGUELY else ()
        return changed(contact, actors=pair[:1], recipients=pair[1:]) if pair else None

    def _trigger(self, one: Predicate) -> Part:
        words = sorted({one.word, *([one.light] if one.light is not None else [])})
        return tuple(self._parse.tokens[n].span for n in words)

    def _sentence(self, word: int) -> Span:
        span = self._parse.sentences[self._parse.sentence_at(self._parse.tokens[word].span.start)]
        inner = self._parse.text[slice(*span)]
        return Span(span.start + len(inner) - len(inner.lstrip()), span.end - len(inner) + len(inner.rstrip()))

    def _within(self, word: int) -> str | None:
        """The innermost attribution whose content holds the word."""
        at = self._parse.tokens[word].span
        holding = [
            (sum(b - a for a, b in x.content), x.within is None, x.id)
            for x in self._attributions
            if any(a <= at.start and at.end <= b for a, b in x.content)
        ]
        return min(holding)[2] if holding else None

    def _status(self, one: Predicate, when: Timex | None) -> Status:
        """What the words say; what is told of as done and dated later than the report is planned."""
        status = self._statuses.of(one)
        last = self._published.latest if self._published and self._published.given else None
        later = when is not None and when.earliest is not None and last is not None and when.earliest > last
        return "planned" if status == "happened" and later else status

    def _when(self, one: Predicate, contact: bool) -> Timex | None:
        """The day named in the event's own clause, the nearest to it; of a contact, else in its sentence."""
        hosts = [one.word] if one.light is None else [one.word, one.light]
        token = self._parse.tokens[one.word]
        if token.tag in ("NOUN", "PROPN") and token.relation in ("nsubj", "obj") and token.head >= 0:
            hosts.append(token.head)
        for host in hosts:
            held = {self._parse.tokens[n].span.start for n in self._tree.below(host, _CLAUSES)}
            if found := self._nearest(one.word, held):
                return found
        if not contact and not (token.relation == "root" or token.head < 0):
            return None
        span = self._parse.sentences[self._parse.sentence_at(token.span.start)]
        return self._nearest(one.word, None, span) if contact else None

    def _is_bound(self, timex: Timex) -> bool:
        """Whether it only bounds the time: "the first call since the summer"."""
        return bool(_BOUNDS.search(self._parse.text, max(0, timex.span.start - 12), timex.span.start))

    def _nearest(self, word: int, starts: set[int] | None, sentence: Span | None = None) -> Timex | None:
        at = self._parse.tokens[word].span
        span = sentence or self._parse.sentences[self._parse.sentence_at(at.start)]
        first = bisect_left(self._timexes, span.start, key=lambda t: t.span.start)
        last = bisect_left(self._timexes, span.end, lo=first, key=lambda t: t.span.start)
        inside = [
            t
            for t in self._timexes[first:last]
            if t.type in ("DATE", "TIME")
            and (t.earliest or t.reading != "none")
            and not self._is_bound(t)
            and not _is_vast(t)
            and (starts is None or any(t.span.start <= s < t.span.end for s in starts))
        ]
        return min(inside, key=lambda t: (abs(t.span.start - at.start), t.span), default=None)


# "In the 21st century" is no time of one event.
_VAST = timedelta(days=366)


def _is_vast(timex: Timex) -> bool:
    return bool(timex.earliest and timex.latest and timex.latest - timex.earliest > _VAST)


_BOUNDS = re.compile(r"\b(?:since|until|till|before|after|than|by|from)(?: the)? $")


def _stem(word: str) -> str:
    """What "attacked", "attacks" and "the attack" have in common."""
    plain = read_table("irregular_verbs").get(word) or min(lemmas(word), key=len)
    return plain.rstrip("e")


def _days(timex: Timex | None) -> Interval | None:
    return Interval(timex.earliest, timex.latest) if timex and (timex.earliest or timex.latest) else None


def _apart(a: Interval | None, b: Interval | None) -> bool:
    """Whether two intervals have no day in common; one that is not known speaks against nothing."""
    if a is None or b is None:
        return False
    early = a.latest and b.earliest and a.latest < b.earliest
    late = b.latest and a.earliest and b.latest < a.earliest
    return bool(early or late)


def _one(known: _Told, new: Event, definite: bool, contact: Sighting | None) -> bool:
    """Whether two tellings are of one event: the same word, and nothing that speaks against it."""
    event = known.event
    if _apart(event.when, new.when):
        return False
    # "They met on Monday and will meet again" tells of two.
    if event.status != new.status and not definite:
        return False
    if contact:
        kinds = event.contact == new.contact or known.open or contact.vague
        same = {*event.actors, *event.recipients} == {*new.actors, *new.recipients}
        dated = event.when is None or new.when is None or event.when == new.when
        return kinds and same and dated
    if event.contact:
        return False
    sides = (event.actors, new.actors), (event.recipients, new.recipients)
    if any(a and b and not _share(a, b) for a, b in sides):
        return False
    both = all(_share(a, b) for a, b in sides if a or b)
    return definite or (both and any(a for side in sides for a in side))


def _share(a: Sequence[str], b: Sequence[str]) -> bool:
    words = [{w.casefold() for n in names for w, _ in words_of(n)} for names in (a, b)]
    return bool(words[0] & words[1])


def _joined(event: Event, new: Event, plainer: bool) -> Event:
    """An event with what another word for it adds."""
    return replace(
        event,
        contact=new.contact if plainer else event.contact,
        kind=new.kind if plainer else event.kind,
        actors=event.actors or new.actors,
        recipients=event.recipients or tuple(n for n in new.recipients if n not in event.actors),
        intermediaries=event.intermediaries or new.intermediaries,
        place=event.place or new.place,
        when=event.when or new.when,
        when_by=event.when_by or new.when_by,
        confidence=max(event.confidence, new.confidence),
    )
