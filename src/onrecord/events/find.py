"""A parse to the events of its report: what is told to happen, by whom, to whom, where, when, and how surely."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace as changed
from functools import partial
from typing import cast

import numpy as np
from msgspec.structs import replace

from onrecord.events.actors import Actors
from onrecord.events.classify import NONE, load_classifiers, undone_type
from onrecord.events.contacts import PHONES, ContactReader, Sighting
from onrecord.events.features import circumstances, meanings
from onrecord.events.holders import name_holders
from onrecord.events.kinds import name_kind
from onrecord.events.offsets import Offset
from onrecord.events.predicates import Predicate, find_predicates
from onrecord.events.salience import weigh_salience
from onrecord.events.same import Told, is_one, joined, stem
from onrecord.events.status import Statuses
from onrecord.events.topics import find_topics
from onrecord.events.when import CLAUSES, Times, days_of
from onrecord.knowledge import Knowledge, read_table, read_words
from onrecord.language import Parse, Spans, TextVectors, Tree, lemmas
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
NEWS, NEWS_BESIDE = 0.14, 0.6
# What is done to a place where nobody else is named: "demonstrated in Senn", "eased the curfew in Senn".
ON_PLACES = frozenset("PROTEST MOBILIZE AID RETREAT COERCE CONCEDE ASSAULT SANCTION THREATEN".split())
_MOST_HOPS = 4
# Farther back than so many events with the same word, none is told of again.
_MOST_BETWEEN = 50
# A contact whose parties are named only by office is theirs who act in one of the next sentences.
_AHEAD, _VAGUELY = 3, 0.5
# Statuses of what had not come when it was told of.
_COMING = frozenset(("planned", "predicted", "conditional", "not_yet"))
# Time expressions with the one that each hangs on and its reading from there.
Hung = dict[Span, tuple[Span, str]]
_ORDINALS = frozenset("first second third fourth fifth sixth seventh".split())
_OTHERS = frozenset("last first second third previous earlier next latest another".split())


def find_events(
    parse: Parse,
    entities: tuple[Entity, ...],
    timexes: tuple[Timex, ...],
    noise: Sequence[Noise],
    vectors: TextVectors,
    attributions: Sequence[Attribution] = (),
    published: Publication | None = None,
    knowledge: Callable[[], Knowledge] | None = None,
) -> tuple[tuple[Event, ...], Hung]:
    """The events of a report, those that it is about first, and what hangs on what; nothing in `noise` is read.

    A later word for the same event ("the strike", "the call") is told of the one before it, unless day, parties or
    status speak against that. `within` names the innermost of `attributions` that tells of it. `knowledge` gives who
    held an office, where a report says "her Norran counterpart" and no more.

    In "resigned on Friday, a day after she met him" the day hangs on Friday: such expressions are given with the one
    that each hangs on and a reading of dating/readings.py. What they date has no days yet.
    """
    tree = Tree(parse)
    actors = Actors(parse, tree, entities, partial(_holder, knowledge, published), attributions)
    finder = _Finder(parse, tree, actors, timexes, attributions, published)
    predicates = list(find_predicates(parse, tree, finder.actors, Spans(n.span for n in noise)))
    if not predicates:
        return (), {}
    shown = meanings(parse, tree, predicates, vectors)
    weights = load_classifiers()
    types = weights.read_types(shown)
    news = weights.read_news(shown, np.array([circumstances(parse, tree, p) for p in predicates]))
    for number, one in enumerate(predicates):
        best, sure = weights.choose(types[number])
        finder.add(one, best, sure, float(news[number]))
    hung = finder.hang()
    return tuple(name_holders(e, entities) for e in finder.events()), hung


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
        self._published = published
        # By sentence: no word is compared with all attributions.
        self._attributions: dict[int, list[Attribution]] = defaultdict(list)
        for one in attributions:
            for start, end in one.content:
                for number in range(parse.sentence_at(start), parse.sentence_at(end - 1) + 1):
                    self._attributions[number].append(one)
        self._contacts = ContactReader(parse, tree, actors)
        self._times = Times(parse, tree, timexes)
        self._statuses = Statuses(parse, tree)
        self._told: list[Told] = []
        self._by_word: dict[str, list[Told]] = defaultdict(list)

    def hang(self) -> Hung:
        """Dates what so much time lies between and a dated event, and tells which expression hangs on which."""
        at = {span.start: told for told in self._told for span in told.triggers}
        starts = [t.span.start for t in self._parse.tokens]
        hung: Hung = {}
        for one in self._times.offsets:
            above = next((n for n in one.above if starts[n] in at), None)
            told, beside = at.get(starts[above]) if above is not None else None, at.get(starts[one.beside])
            # "Said on Friday, two days after she called him": to say is no event, but has its day.
            left = told.event.when_by if told else self._times.beside(one.above)
            right = beside.event.when_by if beside else None
            if one.days is None or not (left or right):
                continue
            first, last = (0, 0) if one.hours and self._times.is_day(left or right) else one.days
            if left and beside and not right:
                hung[one.span], undated = (left, f"days {-last} {-first}"), one.beside
            elif right and above is not None and not left:
                hung[one.span], undated = (right, f"days {first} {last}"), above
            else:
                continue
            self._date_with(undated, one, at, starts)
        return hung

    def _date_with(self, word: int, one: Offset, at: Mapping[int, Told], starts: Sequence[int]) -> None:
        """Dates the event of a word, and contacts told in its clause: "a day after they settled it in a call"."""
        inside = one.clause.start <= starts[word] < one.clause.end
        for n in self._tree.below(word, CLAUSES):
            told = at.get(starts[n])
            told = told if (one.clause.start <= starts[n] < one.clause.end) == inside else None
            if told and not told.event.when_by and (n == word or told.event.contact):
                told.event = replace(told.event, when_by=one.span)

    def events(self) -> tuple[Event, ...]:
        """All events, the most salient first, under ids in that order."""
        done = [
            replace(t.event, trigger=tuple(sorted(t.triggers)), evidence=tuple(sorted(t.evidence))) for t in self._told
        ]
        starts = sorted(e.trigger[0].start for e in done if e.contact)
        done = [replace(e, topics=self._topics(e, starts)) if e.contact else e for e in done]
        weighed = [replace(e, salience=weigh_salience(self._parse, self._tree, e)) for e in done]
        order = sorted(weighed, key=lambda e: (-(e.salience or 0), e.trigger))
        return tuple(replace(e, id=f"v{n}") for n, e in enumerate(order, 1))

    def _topics(self, event: Event, contacts: Sequence[int]) -> Part:
        """What a contact was about, as far as the report tells before the next of `contacts`, by their places."""
        first = event.trigger[0].start
        behind = bisect_right(contacts, first)
        until = contacts[behind] if behind < len(contacts) else len(self._parse.text)
        words = [n for span in event.trigger[:1] for n in self._tree.words_in(span)[:1]]
        return find_topics(self._parse, self._tree, words, until)

    def add(self, one: Predicate, type_: str, sure: float, news: float) -> None:
        """Adds what a predicate tells, to the event that it tells of again or as a new one."""
        contact = self._contacts.read(one)
        if contact is None and (news < self._least(one) or self._is_saying(one) or self._times.holds(one)):
            return
        status = self._statuses.of(one)
        when = self._times.of(one, contact is not None, status in _COMING)
        status = self._dated(status, when)
        if contact is not None and not (when or contact.again or self._is_definite(one)) and status == "happened":
            when = self._times.running(one)
        elif contact is not None and (contact.again or self._is_definite(one)):
            contact = self._again(contact, one, when) or (None if contact.again else contact)
            if contact is None and news < self._least(one):
                return
        for counterpart in self._sides(contact) if contact else (None,):
            self._place(one, counterpart, self._event(one, counterpart, type_, sure, news, when, status))
            for again in self._times.further(when) if counterpart and when else ():
                # "Rang him on Monday and again on Wednesday" tells of two.
                other = self._event(one, counterpart, type_, sure, news, again, self._dated(status, again))
                self._place(one, counterpart, replace(other, place=None), again.span)

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

    def _place(self, one: Predicate, contact: Sighting | None, new: Event, beside: Span | None = None) -> None:
        """Puts what a predicate tells with the event that it tells of again, or as a new one behind the others.

        `beside` are the words that tell it from another one by the same predicate.
        """
        key = "contact" if contact else stem(self._tree.word(one.word))
        turn = self._turn(one) if contact else None
        known = self._same(new, key, one, contact, turn)
        if known is None:
            known = Told(new, bool(contact and contact.vague))
            self._told.append(known)
            self._by_word[key].append(known)
        else:
            plainer = known.open and contact is not None and not contact.vague
            known.event = joined(known.event, new, plainer)
            known.open = known.open and not plainer
        known.turn = known.turn or turn
        known.triggers.update((*self._trigger(one), *([beside] if beside else ())))
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
        vague = self._tree.word(one.word) if contact and contact.vague and contact.kind == "meeting" else None
        demanded = self._statuses.is_demanded(one)
        plover = None if type_ == NONE else undone_type(type_, status, demanded)
        if demanded and type_ not in (NONE, "REQUEST") and contact is None:
            # Who demands is who says so, and who is to act is asked.
            who, whom = self._speaker(one), who
        if not whom and contact is None and plover in ON_PLACES and place:
            whom = (place,)
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
            when=days_of(when),
            when_by=when.span if when else None,
            status=status,
            within=self._within(one.word),
            evidence=(self._sentence(one.word),),
            confidence=round(contact.sure if contact else news * (0.5 + 0.5 * sure), 4),
        )

    def _speaker(self, one: Predicate) -> tuple[str, ...]:
        """The names of those in whose clause it is demanded."""
        word = one.word
        for _ in range(_MOST_HOPS):
            token = self._parse.tokens[word]
            if token.head < 0:
                break
            if token.relation in ("ccomp", "xcomp") and (subject := self._tree.subject(token.head)) is not None:
                return self.actors.of(subject)
            word = token.head
        return ()

    def _same(self, new: Event, key: str, one: Predicate, contact: Sighting | None, turn: str | None) -> Told | None:
        definite = self._is_definite(one)
        for known in reversed(self._by_word[key][-_MOST_BETWEEN:]):
            # "Met him for the second time. Their first talk" tells of two.
            turned = turn and known.turn and turn != known.turn
            if not turned and is_one(known, new, definite, contact, self._times):
                return known
        return None

    def _turn(self, one: Predicate) -> str | None:
        """Which of several it is: "their second call", "met for the third time"."""
        times = [k for k in self._tree.children(one.word, "obl") if self._tree.word(k) == "time"]
        words = (self._tree.word(k) for n in (one.word, *times) for k in self._tree.children(n, "amod"))
        return next((word for word in words if word in _ORDINALS), None)

    def _may_hold(self, office: str | None, parties: set[str]) -> bool:
        """Whether the parties can be "the ministers": nobody's offices are known, or one of them is that.

        "The prime ministers" they are only if one of them is called so.
        """
        roles = [r.casefold() for e in self.actors.entities if e.name in parties for r in e.roles]
        words = office.split() if office else []
        return (not roles and len(words) < 2) or any(all(word in r for word in words) for r in roles)

    def _is_another(self, one: Predicate) -> bool:
        """Whether it is another one of the same parties: "their last conversation", "the first call of the two"."""
        return bool(_OTHERS & {self._tree.word(k) for k in self._tree.children(one.word, "amod")})

    def _is_definite(self, one: Predicate) -> bool:
        """Whether it is one that is known: "the call", "Monday's call"."""
        words = {self._tree.word(k) for k in self._tree.children(one.word, "det")}
        return bool({"the", "this", "that", "these"} & words) or self._contacts.is_of_day(one.word)

    def _again(self, contact: Sighting, one: Predicate, when: Timex | None) -> Sighting | None:
        """The contact before it that "the call" or "the meeting" speaks of, with its parties."""
        named = {*contact.actors, *contact.recipients}
        for known in reversed(self._by_word["contact"][-_MOST_BETWEEN:]):
            e = known.event
            kinds = e.contact == contact.kind or known.open or contact.vague
            again = self._parse.tokens[one.word].tag == "VERB" or self._is_another(one)
            another = self._times.apart(e.when_by, when.span if when else None) and not again
            parties = {*e.actors, *e.recipients}
            if kinds and named <= parties and not another and self._may_hold(contact.office, parties):
                kind = e.contact if contact.vague and e.contact else contact.kind
                return changed(
                    contact, kind=kind, actors=e.actors, recipients=e.recipients, intermediaries=e.intermediaries
                )
        pair: tuple[str, ...] = ()
        if contact.again and contact.sure > _VAGUELY:
            # "The pair" are told of before, "the two ministers" may be named behind.
            pair = () if contact.office else self.actors.pair_behind(one.word)
            pair = pair or self.actors.pair_ahead(one.word, _AHEAD)
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
            for x in self._attributions[self._parse.sentence_at(at.start)]
            if any(a <= at.start and at.end <= b for a, b in x.content)
        ]
        return min(holding)[2] if holding else None

    def _dated(self, status: Status, when: Timex | None) -> Status:
        """The status by the words, but for what is told of as done and dated later than the report: it is planned."""
        last = self._published.latest if self._published and self._published.given else None
        later = when is not None and when.earliest is not None and last is not None and when.earliest > last
        return "planned" if status == "happened" and later else status
