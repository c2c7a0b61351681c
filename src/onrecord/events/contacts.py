"""Predicates to contacts: which tell that two named parties were in touch, by what means, and who they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from onrecord.events.actors import Actors
from onrecord.events.parties import Parties
from onrecord.events.predicates import GETS, Predicate
from onrecord.events.senses import VAGUE, Senses
from onrecord.knowledge import read_table, read_words
from onrecord.language import Parse, Tree, lemmas
from onrecord.record import ContactKind

# "calls for restraint" and "a call to action" are none.
_NO_CALL = frozenset(("for", "on"))
_AT = frozenset(("during", "at"))
_WITH = frozenset(("with", "between", "among", "to"))
PHONES = frozenset(("telephone", "phone", "telephones", "phones", "videolink"))
_INSTRUMENTS = PHONES | {"video", "videoconference", "link"}
_BEEN = frozenset(("been", "was", "were", "is", "are"))
_MEANS = frozenset(("by", "over", "on", "via"))


@dataclass(frozen=True, slots=True)
class Sighting:
    """One predicate that tells of a contact: its parties as heads of phrases, by name.

    `again` says that it names no parties itself, as "the call" does not. `sure` is how well the words fix the parties.
    """

    kind: ContactKind
    word: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    intermediaries: tuple[str, ...]
    again: bool
    sure: float
    office: str | None = None  # of those who are only called by it: "the two ministers"

    @property
    def vague(self) -> bool:
        """Whether another word may tell the kind better."""
        return self.word in VAGUE


class ContactReader:
    """Reads the contacts among the predicates of one parse."""

    def __init__(self, parse: Parse, tree: Tree, actors: Actors) -> None:
        self._parse, self._tree, self._actors = parse, tree, actors
        self._parties = Parties(parse, tree, actors)
        self._senses = Senses(parse, tree, actors)

    def read(self, one: Predicate) -> Sighting | None:
        """The contact that a predicate tells of; None where it is no word of contact, or names no two parties."""
        if self._parse.tokens[one.word].tag in ("NOUN", "PROPN"):
            return self._noun(one)
        return self._message(one) or self._verb(one) or self._by_phone(one)

    def _noun(self, one: Predicate) -> Sighting | None:
        word, kind = self._noun_kind(one.word)
        readers = {"message": self._carried, "visit": self._visit}
        if word in PHONES:
            return self._verbless(one, word)
        if kind is None or self._is_no_call(one, word):
            return None
        return readers[kind](one, word) if kind in readers else self._talk(one, word, kind)

    def _is_no_call(self, one: Predicate, word: str) -> bool:
        """Whether it is no call to anybody: "calls for restraint", "a call to action"."""
        beside = (k for k in self._tree.children(one.word, "nmod") if self._parse.tokens[k].mention != "time")
        cases = {self._tree.case(k) for k in beside}
        return word in ("call", "calls") and bool(cases & _NO_CALL or self._tree.children(one.word, "acl"))

    def _talk(self, one: Predicate, word: str, kind: ContactKind) -> Sighting | None:
        """A call or meeting told by a noun: "talks with", "a call between", "in a call with Veck, Holm said"."""
        tree = self._tree
        # "Norra peace talks" are about Norra and need not be held by it.
        who = [k for k in one.actors if self._parse.tokens[k].relation not in ("compound", "amod")]
        hosts = [one.word] if one.light is None else [one.word, one.light]
        beside = [k for h in hosts for k in tree.children(h, "nmod", "obl") if tree.case(k) in _WITH and k not in who]
        left, right = self._parties.of(who, owners=True) or self._parties.owner(one.word), self._parties.of(beside)
        if kind == "call" and (callers := self._callers(hosts)):
            # "received a telephone call from Veck", "a call from Veck to Rusk"
            left, right = callers, tuple(n for n in (*left, *right) if n not in callers)
        sure = 0.9
        if not (left or right) and any(self._actors.is_being(k) for k in tree.children(one.word, "compound", "amod")):
            return None  # "briefed Veck on the cabinet meeting"
        if len({*left, *right}) < 2 and self._parties.office_of_several([*one.actors, *beside]) is not None:
            return self._unnamed(one, word, kind, beside)  # "the conversation between the ministers"
        if len({*left, *right}) < 2:
            left, right, sure = self._around(one, left, right)
        if left and not right and (name := self._parties.counterpart(beside, left[0])):
            right, sure = (name,), 0.6
        sides = tuple(dict.fromkeys((*left, *right)))
        if len(sides) < 2:
            return self._unnamed(one, word, kind, beside)
        if not left or not right:
            left, right = sides[:1], sides[1:]
        return self._sighting(kind, word, one.word, left, right, (), sure)

    def _callers(self, hosts: Sequence[int]) -> tuple[str, ...]:
        """Who called, behind "from", wherever the tree hangs that between the call and the end of its clause."""
        direct = self._parties.of([k for h in hosts for k in self._by(h, "from")])
        return direct or self._parties.behind_word(hosts[0], ("from",))

    def _unnamed(self, one: Predicate, word: str, kind: ContactKind, beside: Sequence[int]) -> Sighting | None:
        """A contact whose parties are called by office alone, or that was told of before: "the call"."""
        if (office := self._parties.office_of_several([*one.actors, *beside])) is not None:
            return Sighting(kind, word, (), (), (), True, 0.6, office or None)
        words = {self._tree.word(k) for k in self._tree.children(one.word, "det", "nmod")}
        known = bool(words & {"the", "this", "that", "their"}) or self.is_of_day(one.word)
        again = known and not word.endswith("s")
        return Sighting(kind, word, (), (), (), True, 0.5) if again else None

    def is_of_day(self, n: int) -> bool:
        """Whether a day owns the noun: "Monday's phone conversation"."""
        owners = (k for k in self._tree.children(n, "nmod") if self._tree.case(k) in ("'s", "’s"))
        return any(self._parse.tokens[k].mention == "time" for k in owners)

    def _verbless(self, one: Predicate, word: str) -> Sighting | None:
        """A call told by the instrument alone: "The two ministers were on the telephone"."""
        tree = self._tree
        if tree.case(one.word) != "on" or not tree.children(one.word, "cop"):
            return None
        # "is on the phone to Veck"
        beside = (k for k in tree.children(one.word, "nmod", "obl") if tree.case(k) in ("to", "with"))
        sides = tuple(dict.fromkeys(self._parties.of([*tree.children(one.word, "nsubj"), *beside])))
        return Sighting("call", word, sides[:1], sides[1:], (), False, 0.8) if len(sides) > 1 else None

    def _by_phone(self, one: Predicate) -> Sighting | None:
        """Words told "by satellite telephone" or "over the phone" are a call between who tells and who is told."""
        tree = self._tree
        means = [k for k in tree.children(one.word, "obl") if tree.word(k) in _INSTRUMENTS and self._is_means(k)]
        if not means:
            return None
        others = [
            # "told yesterday by phone her new colleague": the tree may hang who was told on the instrument.
            *(k for h in (one.word, *means) for k in tree.children(h, "obj", "iobj")),
            *(k for k in tree.children(one.word, "obl") if tree.case(k) in _WITH),
        ]
        left, right = self._parties.of(one.actors), self._parties.of(others)
        right = tuple(n for n in right if n not in left)
        if not right and len(left) > 1:
            left, right = left[:1], left[1:]
        kind: ContactKind = "call" if tree.word(means[0]) in PHONES else "virtual_meeting"
        return Sighting(kind, tree.word(one.word), left, right, (), False, 0.85) if left and right else None

    def _is_means(self, n: int) -> bool:
        """Whether "by" or "over" stands before an instrument and its adjectives."""
        marks = self._tree.children(n, "mark", "case")
        return any(self._tree.word(k) in _MEANS for k in marks)

    def _around(
        self, one: Predicate, left: tuple[str, ...], right: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[str, ...], float]:
        """Parties of the verb on which the noun hangs: "told Veck in a call", "in a call with Veck, he said"."""
        tree, tokens = self._tree, self._parse.tokens
        above, steps = tokens[one.word].head, 0
        while above >= 0 and tokens[above].tag not in ("VERB", "AUX") and steps < 3:
            above, steps = tokens[above].head, steps + 1
        if above < 0 or tokens[above].tag not in ("VERB", "AUX"):
            return left, right, 0.9
        subject = tree.subject(above)
        who = self._parties.of((subject,)) if subject is not None and subject != one.word else ()
        whom = self._parties.of([k for k in tree.children(above, "obj", "iobj") if k != one.word])
        if not whom:
            # "was congratulated by Veck in a phone call"
            whom = self._parties.of([k for k in tree.children(above, "obl") if tree.case(k) in ("with", "to", "by")])
        if right and not left:
            return tuple(n for n in who if n not in right), right, 0.85
        if left and not right:
            # "His call with …" names one side, whoever is told in it is the other.
            return left, tuple(n for n in (*whom, *who) if n not in left)[:1], 0.8
        return who, tuple(n for n in whom if n not in who), 0.75

    def _verb(self, one: Predicate) -> Sighting | None:
        table = read_table("contact_verbs")
        word = next((w for w in lemmas(self._tree.word(one.word)) if w in table), None)
        if word is None or self._senses.is_other(one, word):
            return None
        kind, *ways = table[word].split()
        if word == "call" and any(self._parse.tokens[k].mention != "time" for k in self._by(one.word, "on")):
            # "called on President Veck"; "called on Veck to resign" is none
            return self._visit(one, word, ("on",)) if not self._tree.children(one.word, "xcomp", "advcl") else None
        if kind == "visit":
            return self._visit(one, word, ways)
        if not self._senses.is_contact(one, word):
            return None
        return self._meet(one, word, cast(ContactKind, kind), ways)

    def _meet(self, one: Predicate, word: str, kind: ContactKind, ways: Sequence[str]) -> Sighting | None:
        """A call or meeting told by a verb, whose other side follows in one of the `ways` ("-" as an object)."""
        tree = self._tree
        objects = tree.children(one.word, "obj", "iobj") or self._senses.named_complements(one)
        others = [k for k in tree.children(one.word, "obl") if tree.case(k) in ways]
        if "-" in ways:
            # "received in audience the Legate": the tree may take the one behind for a circumstance
            bare = [k for k in tree.children(one.word, "obl") if not tree.case(k)]
            others += objects or [k for k in bare if self._parse.tokens[k].mention == "person"]
        # "met the demands of the dockers", "received a letter"
        others = [k for k in others if self._parse.tokens[k].mention not in ("thing", "event", "time")]
        if one.passive:
            # "was received by the president"
            left, right = self._parties.of(one.actors), self._parties.of(one.recipients)
        else:
            left, right = self._parties.of(one.actors), self._parties.of(others) or self._parties.behind(one, ways)
            left = left or self._parties.before(one)
        if not (right or one.passive or objects) and len(left) > 1:
            # Three who met together had one meeting, one who met two had two.
            left, right = left[:-1], left[-1:]
        right, sure = tuple(n for n in right if n not in left), 0.9
        if left and not right and (name := self._parties.counterpart(others, left[0])):
            right, sure = (name,), 0.6
        if left and right:
            return self._sighting(kind, word, one.word, left, right, self._through(one), sure)
        office = self._parties.office_of_several(one.actors) if not (right or others) else None
        # Of "they" somebody is already found; of "the ministers of Norra and Senn" a country.
        if office is None or (left and not office):
            return None
        return Sighting(self._means(one.word, word) or kind, word, (), (), (), True, 0.6, office or None)

    def _visit(self, one: Predicate, word: str, ways: Sequence[str] = ("-", "to", "in", "at")) -> Sighting | None:
        """A person who goes to a country or town, or to somebody there."""
        tree = self._tree
        hosts = [one.word] if one.light is None else [one.word, one.light]
        # The tree may lose the preposition, but who "left Senn" has not gone there.
        cases = ways if "for" in ways else (*ways, "")
        goals = [
            k
            for h in hosts
            for k in tree.children(h, "obl", "nmod")
            if tree.case(k) in cases and not (tree.case(k) == "" and k in one.actors)
        ]
        goals += tree.children(one.word, "obj") if "-" in ways else []
        goals = [n for k in goals for n in self._actors.joined(k)]
        places = [e.name for k in goals if (e := self._actors.entity(k)) is not None and e.type == "place"]
        if one.passive:
            # "was visited at his headquarters by General Veck"
            goals = list(one.recipients)
        travellers = [
            e.name
            for k in one.actors
            for n in self._actors.joined(self._actors.antecedent(k))
            if (e := self._actors.entity(n)) is not None and e.type == "person"
        ]
        people = [n for n in self._parties.of(goals) if n not in places and n not in travellers]
        right = tuple(dict.fromkeys(places or people[:1]))
        if not travellers or not right:
            return None
        return self._sighting("visit", word, one.word, tuple(travellers), right, (), 0.85)

    def _message(self, one: Predicate) -> Sighting | None:
        """Words brought by a third: "told Senn through Norra", "conveyed to Senn via Norra that"."""
        through = self._through(one)
        tree = self._tree
        told_by_noun = any(self._noun_kind(k)[1] == "message" for k in tree.children(one.word, "obj"))
        if not through or told_by_noun:
            return None
        known = bool(tree.children(one.word, "ccomp", "xcomp")) or any(
            w in read_words("message_verbs") or w in read_words("speech_verbs") for w in lemmas(tree.word(one.word))
        )
        left = self._parties.of(one.actors)
        right = self._parties.of(
            [
                *tree.children(one.word, "iobj"),
                *(k for k in tree.children(one.word, "obl") if tree.case(k) == "to"),
                *tree.children(one.word, "obj"),
            ]
        )
        right = tuple(n for n in right if n not in left and n not in through)
        if not known or not left or not right:
            return None
        return self._sighting("message", tree.word(one.word), one.word, left, right, through, 0.8)

    def _carried(self, one: Predicate, word: str) -> Sighting | None:
        """A message with who sends and who gets it; whoever brings it from another is between them."""
        tree, tokens = self._tree, self._parse.tokens
        # "the message that Senn took from Norra to Lothra"
        relative = next((k for k in tree.children(one.word, "acl") if self._by(k, "to") or self._by(k, "by")), None)
        verb = tokens[one.word].head if relative is None else relative
        brings = verb >= 0 and any(w in read_words("message_verbs") for w in lemmas(tree.word(verb)))
        hosts = [one.word, verb] if brings or relative is not None else [one.word]
        own = [k for k in one.actors if k in tree.children(one.word)]
        # "the message of the Free Delta Front", whoever brings it
        senders = self._parties.of([k for h in hosts for k in self._by(h, "from")]) or self._parties.of(own)
        senders = senders or self._parties.of(self._by(one.word, "of"))
        getters = self._parties.of([k for h in hosts for k in (*self._by(h, "to"), *tree.children(h, "iobj"))])
        passive = tokens[one.word].relation == "nsubj" or (relative is not None and bool(self._by(relative, "by")))
        bringers = self._bringers(hosts[1], passive) if hosts[1:] else ()
        # "has been handed a message from Veck"
        handed = verb >= 0 and tokens[one.word].relation in ("obj", "iobj") and bool(_BEEN & self._aux(verb))
        gets = verb >= 0 and (handed or set(lemmas(tree.word(verb))) & GETS)
        if gets and (subject := tree.subject(verb)) is not None:
            getters = getters or self._parties.of((subject,))
        if not senders:
            senders, bringers = bringers, ()
        getters = tuple(n for n in getters if n not in senders)
        between = tuple(n for n in (*self._through(one), *bringers) if n not in (*senders, *getters))
        if not senders or not getters:
            return None
        return self._sighting("message", word, one.word, senders, getters, between, 0.8)

    def _aux(self, n: int) -> set[str]:
        return {self._tree.word(k) for k in self._tree.children(n, "aux")}

    def _bringers(self, verb: int, passive: bool) -> tuple[str, ...]:
        """Who brings a message, and through whom."""
        subject = None if passive else self._tree.subject(verb)
        carriers = self._by(verb, "by") if passive else [subject] if subject is not None else []
        return self._parties.of([*carriers, *self._by(verb, "through"), *self._by(verb, "via")])

    def _by(self, host: int, case: str) -> list[int]:
        return [k for k in self._tree.children(host, "obl", "nmod") if self._tree.case(k) == case]

    def _through(self, one: Predicate) -> tuple[str, ...]:
        return self._parties.of(one.through)

    def _sighting(
        self,
        kind: ContactKind,
        word: str,
        at: int,
        left: tuple[str, ...],
        right: tuple[str, ...],
        between: tuple[str, ...],
        sure: float,
    ) -> Sighting:
        if kind in ("call", "meeting"):
            kind = self._means(at, word) or kind
        return Sighting(kind, word, left, right, between, False, sure)

    def _means(self, at: int, word: str) -> ContactKind | None:
        """The kind that words in the clause tell: "by phone", "in person"; of plain words only "virtual" does."""
        held = self._tree.below(at, ("ccomp", "advcl", "parataxis", "acl"))
        words = " ".join(self._tree.word(n) for n in held)
        table = read_table("contact_ways")
        found = [table[w] for w in table if re.search(rf"\b{re.escape(w)}\b", words)]
        if "virtual_meeting" in found:
            return "virtual_meeting"
        at_meeting = any(self._tree.case(k) in _AT and self._noun_kind(k)[1] == "meeting" for k in held)
        if word not in VAGUE:
            return None
        return cast(ContactKind, found[0]) if found else "meeting" if at_meeting else None

    def _noun_kind(self, n: int) -> tuple[str, ContactKind | None]:
        """The word of contact at `n`, with the noun before it where the two are listed, and its kind."""
        table = read_table("contact_nouns")
        plural = self._tree.word(n)
        for one in lemmas(plural)[::-1]:
            for k in (n - 1, None):
                both = f"{self._tree.word(k)} {one}" if k is not None and k >= 0 else one
                if both in table and (k is None or self._parse.tokens[k].head == n):
                    return plural if k is None else both, cast(ContactKind, table[both])
        return plural, cast("ContactKind | None", table.get(plural))
