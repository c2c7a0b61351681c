"""Heads of phrases to the named parties of a contact: people, bodies and countries, or an office with whose it is."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.events.actors import Actors
from onrecord.events.predicates import Predicate
from onrecord.knowledge import read_words
from onrecord.language import Parse, Tree, lemmas, words_of
from onrecord.record import Entity

_PRESS = frozenset(
    "reporter reporters journalist journalists press media newspaper correspondents crowd audience".split()
)
_PAIRS = frozenset(("pair", "two", "duo", "both", "they"))
# So many words on, the other side still follows.
_REACH = 16


class Parties:
    """Finds the parties that phrases of one parse name."""

    def __init__(self, parse: Parse, tree: Tree, actors: Actors) -> None:
        self._parse, self._tree, self._actors = parse, tree, actors

    def of(self, words: Sequence[int] | None, owners: bool = False) -> tuple[str, ...]:
        """The named parties among the phrases headed by `words`, each once."""
        out: list[str] = []
        for given in words or ():
            word = self._actors.antecedent(given)
            if self._parse.tokens[word].mention == "time":
                continue
            # "The two ministers, Veck and Rusk" need no more names.
            office = self.office_of_several([word]) is not None
            found = [e.name for e in self._actors.people(self._begins(word), owners) if self._is_known(e)]
            holders = self._actors.holders(word)
            found = found or [e.name for e in holders if len(holders) == 2]
            found = found or [name for n in self._actors.joined(word) if (name := self._one(n, n != word and office))]
            # "with Veck and with Rusk"; "Mara Veck, the premier of Senn, and Ada Rusk"
            more = [k for k in self._tree.children(word, "conj") if self._tree.children(k, "case") or self._is_apart(k)]
            out += [name for name in dict.fromkeys((*found, *self.of(more))) if name not in out]
        return tuple(out)

    def owner(self, n: int) -> tuple[str, ...]:
        """Whose the noun is by the "'s" before it, wherever the tree hangs that: "Emil Veck's phone call"."""
        while n > 0 and self._parse.tokens[n - 1].tag in ("NOUN", "ADJ", "NUM"):
            n -= 1
        entity = self._actors.named(n - 2) if n > 1 and self._tree.word(n - 1) in ("'s", "’s") else None
        return (entity.name,) if entity is not None and entity.type == "person" and self._is_known(entity) else ()

    def before(self, one: Predicate) -> tuple[str, ...]:
        """Whoever is named directly before a verb whose subject the tree did not find."""
        entity = self._actors.named(one.word - 1)
        return (entity.name,) if entity is not None and self._is_known(entity) and entity.type == "person" else ()

    def behind(self, one: Predicate, ways: Sequence[str]) -> tuple[str, ...]:
        """The parties behind one of the prepositions, wherever the tree hangs them: "met today in Senn, with …"."""
        return self.behind_word(one.word, ways)

    def behind_word(self, word: int, ways: Sequence[str]) -> tuple[str, ...]:
        """The parties behind one of the prepositions that follow `word` in its clause, not many words on."""
        tokens, tree = self._parse.tokens, self._tree
        for n in range(word + 1, min(len(tokens) - 1, word + _REACH)):
            if tokens[n].tag in ("VERB", "AUX", "SCONJ") or tree.word(n) in (".", ";", ":"):
                return ()
            if tree.word(n) in ways and tokens[n].tag == "ADP":
                return tuple(e.name for e in self._actors.people(n + 1) if self._is_known(e))
        return ()

    def counterpart(self, words: Sequence[int], of: str) -> str | None:
        """The name behind "her Norran counterpart", where the report or the knowledge of offices allows."""
        named = (self._actors.counterpart(n, of) for n in words if self._tree.word(n) in ("counterpart", "colleague"))
        return next((n for n in named if n), None)

    def office_of_several(self, words: Sequence[int]) -> str | None:
        """The office of several holders in one of the phrases, "" for "the pair"; None where there is none."""
        for n in words:
            if self._tree.word(n) in _PAIRS:
                return ""
            plain = next((w for w in lemmas(self._tree.word(n))[1:] if w in read_words("offices")), None)
            if plain and self._parse.tokens[n].tag in ("NOUN", "PROPN"):
                # "The prime ministers" are not the foreign ministers of whom was told before.
                beside = (self._tree.word(k) for k in self._tree.children(n, "amod", "compound"))
                return " ".join([*(w for w in beside if w in read_words("office_modifiers")), plain])
        return None

    def _is_apart(self, n: int) -> bool:
        """Whether the phrase at `n`, behind "and", is of a person, on the side of the verb of what it is joined to.

        The tree may join "Veck spoke today with President and Minister Rusk" to Veck.
        """
        word = self._parse.tokens[n].head
        beyond = (n < self._parse.tokens[word].head) != (word < self._parse.tokens[word].head)
        entity = self._actors.entity(n) if self._tree.children(n, "cc") and not beyond else None
        return entity is not None and entity.type == "person"

    def _one(self, n: int, known: bool = False) -> str | None:
        """A party's name: a person, body or country of the report, or an office with whose it is."""
        entity = self._actors.entity(n)
        if entity is not None:
            return entity.name if (known or self._is_known(entity)) and entity.type != "outlet" else None
        token = self._parse.tokens[n]
        if token.tag not in ("NOUN", "PROPN") or self._tree.word(n) in _PRESS:
            return None
        name = self._actors.name(n)
        if name and name == self._actors.set_beside(n):
            return name
        words = [w for w, _ in words_of(name)] if name else []
        beside = [self._tree.word(k) for k in self._tree.below(n, ("acl", "appos", "conj"))]
        # "the foreign minister of Norra", "King Orlan II"
        office = any(w in read_words("offices") for w in (*lemmas(self._tree.word(n)), *beside))
        whose = any(w[:1].isupper() for w in words)
        # "The Foreign Minister telephoned …": in a ministry's own words it needs no name.
        titled = token.tag == "PROPN" and len(words) > 1
        return name if office and (whose or titled) and len(words) > 1 else None

    def _begins(self, word: int) -> int:
        """The first word of a phrase, behind its preposition."""
        held = self._tree.below(word, ("acl", "case", "parataxis", "conj", "cc", "appos", "punct"))
        before = [n for n in held if n <= word]
        cases = self._tree.children(word, "case")
        return max(before[0], max((c for c in cases if c < word), default=-1) + 1)

    @staticmethod
    def _is_known(entity: Entity) -> bool:
        """Whether the report tells who a person is.

        News gives a person's full name or office once; a single word that never has either is rather a misread place.
        """
        return entity.type != "person" or " " in entity.name or bool(entity.roles) or len(entity.mentions) > 1
