"""What a report says became of an event: it happened, is planned, foretold, conditional, denied, or not yet.

The words that govern the event tell it first (negation, auxiliaries, "plan to", "if"); where none does, the model's
factuality.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from onrecord.events.predicates import Predicate
from onrecord.knowledge import read_table, read_words
from onrecord.language import Parse, Tree, lemmas
from onrecord.record import Status

_CONDITIONS = frozenset(("if", "unless", "provided", "providing"))
_NEGATIONS = frozenset("not n't n’t never no none nobody neither nor cannot".split())
_WILL = frozenset("will 'll ’ll shall wo gonna".split())
_WOULD = frozenset(("would", "'d", "’d"))
_MAY = frozenset("may might could can should".split())
_IS = frozenset("is are was were be 's ’s".split())
_GOVERNED = ("xcomp", "obj", "nsubj", "acl", "nmod", "obl", "advcl", "ccomp")
_CIRCUMSTANCES = ("after", "since", "in", "on", "at", "by", "during")
_MOST_HOPS = 5
# Below this share of readers who would take it as having happened, it has not, whatever the words are.
_UNREAL = 0.3


class Statuses:
    """The statuses of the predicates of one parse."""

    def __init__(self, parse: Parse, tree: Tree) -> None:
        self._parse, self._tree = parse, tree

    def of(self, one: Predicate) -> Status:
        """The status of an event; what governs it is asked step by step, the nearest first."""
        words = [one.word] if one.light is None else [one.word, one.light]
        asked: tuple[tuple[Callable[[int], bool], Status], ...] = (
            (self._not_yet, "not_yet"),
            (self._negated, "denied"),
            (self._conditional, "conditional"),
        )
        for holds, status in asked:
            if any(holds(n) for n in words):
                return status
        near = next((found for n in words if (found := self._auxiliary(n) or self._beside(n))), None)
        return near or self._governed(words[-1]) or self._by_readers(one)

    @staticmethod
    def _by_readers(one: Predicate) -> Status:
        """What readers would take from the whole, where no word of the report decides."""
        if one.frame.arguments and one.frame.happened < _UNREAL:
            return "denied" if "ARGM-NEG" in {a.label for a in one.frame.arguments} else "planned"
        return "happened"

    def is_demanded(self, one: Predicate) -> bool:
        """Whether somebody says that it must be done: "Senn must free the pilots", "urged Senn to free them"."""
        n = one.word if one.light is None else one.light
        if {"must", "ought"} & set(self._children(n, "aux")):
            return True
        token = self._parse.tokens[n]
        if token.head < 0 or token.relation not in ("xcomp", "ccomp"):
            return False
        return read_table("modalities").get(self._tree.word(token.head)) == "requested"

    def _children(self, n: int, *relations: str) -> list[str]:
        return [self._tree.word(k) for k in self._tree.children(n, *relations)]

    def _negated(self, n: int) -> bool:
        """Whether a word of negation stands at `n`, or at its subject: "no shot was fired", "none of them came"."""
        near = self._children(n, "advmod", "det", "aux", "cc", "neg")
        subject = self._tree.subject(n)
        if subject is not None:
            near += [self._tree.word(subject), *self._children(subject, "det", "advmod", "cc")]
        for k in self._tree.children(n, "obj"):
            near += self._children(k, "det")
        return bool(_NEGATIONS & set(near)) and "only" not in near

    def _not_yet(self, n: int) -> bool:
        """Whether it is still to come: "has not yet been signed", "had yet to be charged", "is still pending"."""
        token = self._parse.tokens[n]
        above = token.head if token.relation in ("nsubj", "xcomp", "ccomp", "acl", "obl", "obj") else -1
        if above >= 0 and self._table(self._tree.word(above)) == "not_yet":
            return True
        hosts = [n, *([above] if above >= 0 else [])]
        near = {w for h in hosts for w in self._children(h, "advmod", "aux", "mark", "obl")}
        if self._yet_to(n, max(hosts)):
            return True
        infinitive = "to" in self._children(n, "mark")
        return bool({"yet", "still", "far"} & near) and (infinitive or self._negated(n))

    def _yet_to(self, n: int, above: int) -> bool:
        """Whether "yet to" stands before a verb or behind the noun that is its subject."""
        near = range(max(0, n - 3), min(len(self._parse.tokens), above + 4) - 1)
        return any(self._tree.word(k) == "yet" and self._tree.word(k + 1) == "to" for k in near)

    def _conditional(self, n: int) -> bool:
        """Whether the clause of `n`, or one that hangs on it, is an if-clause."""
        for _ in range(_MOST_HOPS):
            if self._is_if(n) or any(self._is_if(k) for k in self._tree.children(n, "advcl")):
                return True
            if any(self._tree.word(k) in ("condition", "condition,") for k in self._tree.children(n, "obl", "nmod")):
                return True
            token = self._parse.tokens[n]
            if token.relation == "obl" and token.head >= 0 and token.tag == "NOUN":
                # "spoke of a walkout should the company go ahead"
                return any(self._is_if(k) and k > n for k in self._tree.children(token.head, "advcl", "ccomp"))
            if token.head < 0 or token.relation not in ("xcomp", "conj", "obj", "nsubj", "acl"):
                return False
            relative = token.relation == "acl" and "to" not in self._children(n, "mark")
            if relative or (token.relation in ("nsubj", "obj", "acl") and not self._unreal(token.head)):
                return False
            n = token.head
        return False

    def _is_if(self, n: int) -> bool:
        return bool(_CONDITIONS & set(self._children(n, "mark"))) or self._inverted(n)

    def _inverted(self, n: int) -> bool:
        """Whether the auxiliary comes before the subject: "Should the company go ahead", "Were it to be cancelled"."""
        subject = self._tree.subject(n)
        first = [k for k in self._tree.children(n, "aux") if self._tree.word(k) in ("should", "were", "had")]
        return bool(first) and subject is not None and first[0] < subject and "?" not in self._children(n, "punct")

    def _unreal(self, n: int) -> bool:
        return bool((_WILL | _WOULD | _MAY) & set(self._children(n, "aux")))

    def _auxiliary(self, n: int) -> Status | None:
        near = set(self._children(n, "aux"))
        adverbs = set(self._children(n, "advmod", "obl"))
        if near & (_WILL | _WOULD):
            guessed = bool(
                {"probably", "likely", "possibly", "perhaps", "surely", "inevitably", "likelihood"} & adverbs
            )
            return "predicted" if guessed or not self._decided(n) else "planned"
        if near & _MAY:
            return "predicted"
        # "is due to brief": the tree hangs "due to" on the verb
        beside = (k for k in self._tree.children(n, "mark", "advmod") if self._parse.tokens[k].tag == "ADJ")
        return next((found for k in beside if (found := self._table(self._tree.word(k)))), None)

    def _decided(self, n: int) -> bool:
        """Whether somebody decides what will happen; what only befalls them is foretold."""
        return not any(w in read_words("befalling_verbs") for w in lemmas(self._tree.word(n)))

    def _beside(self, n: int) -> Status | None:
        """What an attribute says: "a planned visit", "a possible attack", "the long-awaited verdict"."""
        for k in self._tree.children(n, "amod", "nmod", "compound"):
            word = self._tree.word(k)
            if word in ("upcoming", "forthcoming", "coming", "next", "future", "intended"):
                return "planned"
            if (found := self._table(word)) is not None and not self._tree.children(k, "case"):
                return found
        return None

    def _governed(self, n: int) -> Status | None:
        """What the words say on which it hangs: "plans to", "denied having", "was cancelled"."""
        for _ in range(_MOST_HOPS):
            token = self._parse.tokens[n]
            other = token.relation == "conj" and self._parse.tokens[token.head].tag != token.tag
            # "Norra will free the sailors who attacked Harn"
            relative = token.relation == "acl" and "to" not in self._children(n, "mark")
            if "to" in self._children(n, "mark") and _IS & set(self._children(n, "aux", "cop")):
                return "planned"  # "was to hold talks"
            if token.head < 0 or token.relation in ("root", "parataxis") or other or relative:
                return None
            if token.relation == "ccomp" and self._table(self._tree.word(token.head)) != "denied":
                # What somebody says or thinks stands as it is told; what is expected does not.
                told = self._table(self._tree.word(token.head))
                return told if told == "predicted" else None
            if token.relation in _GOVERNED and (found := self._by_governor(n)) is not None:
                return found
            if token.relation in ("advcl", "nmod", "obl"):
                return None
            n = token.head
        return None

    def _by_governor(self, n: int) -> Status | None:
        """What the word directly above says of `n`."""
        token = self._parse.tokens[n]
        above, relation = token.head, token.relation
        infinitive = "to" in self._children(n, "mark")
        found = self._from_table(n)
        if found is not None and (relation != "advcl" or (infinitive and found == "planned")):
            return "denied" if found == "planned" and self._negated(above) else found
        if infinitive and self._tree.word(above) in _IS:
            return "planned"
        if self._is_supposed(n):
            return "conditional"
        if relation in ("nsubj", "obj", "xcomp") and (later := self._auxiliary(above)) is not None:
            return later
        return "denied" if relation in ("nsubj", "obj") and self._negated(above) else None

    def _is_supposed(self, n: int) -> bool:
        """Whether a deed is only thought through: "an attack would require a response"."""
        token = self._parse.tokens[n]
        deeds = [n] if token.relation == "nsubj" else self._tree.children(token.head, "nsubj")
        noun = token.tag == "NOUN" and token.relation in ("nsubj", "obj")
        supposed = bool((_WOULD | {"could", "might"}) & set(self._children(token.head, "aux")))
        return noun and supposed and any(self._parse.tokens[k].mention == "event" for k in deeds)

    def _from_table(self, n: int) -> Status | None:
        """What the list has of the word above `n`, in the part that `n` has there."""
        token = self._parse.tokens[n]
        found = self._told_by(token.head)
        if token.relation in ("nmod", "obl") and self._tree.case(n) in _CIRCUMSTANCES:
            return None  # "refused after the talks" says nothing of the talks
        if token.relation == "nsubj":
            if found == "planned" and not self._is_participle(token.head):
                return None
            # "a recession looks all but certain"
            said = (self._table(self._tree.word(k)) for k in self._tree.children(token.head, "xcomp"))
            return found or next((x for x in said if x in ("predicted", "not_yet")), None)
        return found

    def _told_by(self, n: int) -> Status | None:
        """What the list has of a word, with the particle behind it where the two are listed: "called off"."""
        table = read_table("event_statuses")
        behind = self._tree.word(n + 1) if n + 1 < len(self._parse.tokens) else ""
        both = (f"{form} {behind}" for form in lemmas(self._tree.word(n)))
        found = next((cast(Status, table[words]) for words in both if words in table), None)
        return found or self._table(self._tree.word(n))

    def _is_participle(self, n: int) -> bool:
        """Whether a verb is passive: "the talks were cancelled", "the visit is planned"."""
        return bool({"be", "been", "being", "is", "are", "was", "were"} & set(self._children(n, "aux", "cop")))

    @staticmethod
    def _table(word: str) -> Status | None:
        table = read_table("event_statuses")
        return next((cast(Status, table[w]) for w in lemmas(word) if w in table), None)
