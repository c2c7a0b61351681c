"""A verb of contact to whether it tells of one in its sentence: "called the vote a farce" does not."""

from __future__ import annotations

import re

from onrecord.events.actors import Actors
from onrecord.events.predicates import Predicate
from onrecord.knowledge import read_words
from onrecord.language import Parse, Tree, lemmas

# Words that may be a call as well as a meeting; a plain one ("the call") tells.
VAGUE = frozenset(
    "discussions talks consultations negotiations conversation speak talk consult confer brief exchange".split()
)
# These have other senses with a clause behind: "called the vote a farce", "welcomed the plan to".
_ALSO_OTHER = frozenset(("call", "ring", "receive", "welcome", "host", "see"))
# What two share who are in touch: "shook hands with", "exchanged views with".
_SHARED = {"shake": ("hand", "hands"), "exchange": ("views", "opinions", "words")}
# Verbs of many senses, which tell of a contact only by who and what stands beside them.
_NARROW = frozenset(("see", "brief", *_SHARED))


class Senses:
    """Tells the senses of the verbs of one parse apart."""

    def __init__(self, parse: Parse, tree: Tree, actors: Actors) -> None:
        self._parse, self._tree, self._actors = parse, tree, actors

    def is_contact(self, one: Predicate, word: str) -> bool:
        """Whether `word`, a verb of contact that `is_other` leaves, tells of one that took place or is to."""
        if word in _NARROW and not self._is_narrow(one, word):
            return False
        if self._goes_on(one, word):
            return False
        return word != "meet" or not any(self._is_contest(k) for k in self._tree.children(one.word, "obl"))

    def is_other(self, one: Predicate, word: str) -> bool:
        """Whether a clause or name for its object follows the verb: "called the vote a farce"."""
        if word not in _ALSO_OTHER:
            return False
        behind = self._tree.children(one.word, "xcomp", "ccomp")
        return behind != self.named_complements(one)

    def named_complements(self, one: Predicate) -> list[int]:
        """Whoever was called, where the tree takes the object for what somebody was called: without one, none was."""
        tree = self._tree
        if tree.children(one.word, "obj"):
            return []
        tokens = self._parse.tokens
        return [k for k in tree.children(one.word, "xcomp") if tokens[k].tag == "NOUN" and tree.children(k, "det")]

    def _is_narrow(self, one: Predicate, word: str) -> bool:
        """Whether a verb of many senses is one of contact: "shook hands with Veck", "saw Veck on Monday"."""
        tree = self._tree
        if word in _SHARED:
            return any(tree.word(k) in _SHARED[word] for k in tree.children(one.word, "obj"))
        beside = word == "brief" or any(self._parse.tokens[k].mention == "time" for k in tree.children(one.word, "obl"))
        seen = [self._actors.entity(self._actors.antecedent(k)) for k in (*one.actors, *one.recipients)]
        return beside and len(seen) > 1 and all(e is not None and e.type == "person" for e in seen)

    def _goes_on(self, one: Predicate, word: str) -> bool:
        """Whether two are said to be in touch these days and not once: "Norra and Senn are talking directly"."""
        going = word in VAGUE and self._tree.word(one.word).endswith("ing") and {"is", "are"} & self._aux(one.word)
        inside = self._tree.below(one.word, ("ccomp", "advcl", "parataxis", "conj"))
        return bool(going) and not any(self._parse.tokens[k].mention == "time" for k in inside)

    def _is_contest(self, n: int) -> bool:
        """Whether two who meet in it are rivals: "will meet in the final", "meet in a run-off on Sunday"."""
        end = self._parse.tokens[n].span.end
        # "run-off" is three words to the tree.
        word = re.split(r"[^\w-]", self._parse.text[max(0, end - 30) : end].casefold())[-1]
        return self._tree.case(n) in ("in", "for", "at") and any(w in read_words("contests") for w in lemmas(word))

    def _aux(self, n: int) -> set[str]:
        return {self._tree.word(k) for k in self._tree.children(n, "aux")}
