"""A word to the run of offices and names that begins with it, and to the people who are named in that."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.knowledge import read_lists, read_words
from onrecord.language import Parse, Tree
from onrecord.record import Entity

_LONGEST_RUN = 40
_IN_TITLES = frozenset(("of", "for", "to", "at", "with"))


class NameRuns:
    """The runs of names in one parse; `named` are the entities of which each word is a part of the name."""

    def __init__(self, parse: Parse, tree: Tree, named: Mapping[int, Entity]) -> None:
        self._parse, self._tree, self._named = parse, tree, named

    def people(self, first: int, owners: bool = False) -> list[Entity]:
        """The people named in the run of words of office and names that begins with the word `first`, in order.

        Long titles hold more than a tree can hang on one another: "Norran Vice Foreign Minister Emil Veck and Republic
        of Senn First Vice Foreign Minister Ada Rusk". Of "a spokesman for President Holm" nobody is named.
        """
        tokens = self._parse.tokens
        found: list[Entity] = []
        case: int | None = None
        n = first
        while n < len(tokens) and n - first < _LONGEST_RUN and self._goes_on(n, first, bool(found)):
            entity = self._named.get(n)
            if entity is None or entity.type != "person":
                if tokens[n].tag == "ADP":
                    case = n
                elif tokens[n].tag in ("CCONJ", "PUNCT"):
                    case = None
                n += 1
                continue
            whose = self.is_demonym(n) or (case is not None and self._is_owner(case, n))
            # "met Veck, Holm said": the other one is the subject of what follows.
            after = n > first and self._tree.word(n - 1) == "," and tokens[n].relation == "nsubj"
            while n < len(tokens) and self._named.get(n) is entity:
                n += 1
            owner = not owners and n < len(tokens) and tokens[n].tag == "PART" and tokens[n].relation == "case"
            if not (whose or after or owner or entity in found):
                found.append(entity)
            case = None
        return found

    def _is_owner(self, case: int, n: int) -> bool:
        """Whether the name at `n` is of somebody's master, behind the preposition `case`: "envoy of Holm"."""
        between = {self._tree.word(k) for k in range(case + 1, n)}
        offices = read_lists("offices", "people_nouns")
        return not between or (bool(between & offices) and self._tree.word(case - 1) in offices)

    def _goes_on(self, n: int, first: int, named: bool) -> bool:
        """Whether the word can stand in a run of names and offices."""
        token, word = self._parse.tokens[n], self._tree.word(n)
        if token.mention == "time" or (
            n > first
            and self._parse.sentence_at(token.span.start)
            != self._parse.sentence_at(self._parse.tokens[first].span.start)
        ):
            return False
        if token.tag == "ADP":
            of_office = n > first and self._tree.word(n - 1) in read_words("offices")
            return (word in _IN_TITLES and not (named and word != "of")) or (word == "on" and of_office)
        if token.tag == "PUNCT":
            return word in "()-–/" or (word == "," and n + 1 < len(self._parse.tokens) and self._opens(n + 1))
        return token.tag in ("PROPN", "NOUN", "ADJ", "DET", "NUM", "PART", "CCONJ", "X") or (
            token.tag == "PRON" and token.relation == "nmod"
        )

    def is_demonym(self, n: int) -> bool:
        """Whether what was read as a name only says whose minister somebody is: "Sierra Leonean Foreign Minister"."""
        entity, end = self._named[n], n
        while self._named.get(end) is entity:
            end += 1
        if end < len(self._parse.tokens) and " " not in entity.name and self._parse.tokens[end].tag == "NOUN":
            return self._parse.tokens[end].head == n or self._parse.tokens[n].head == end  # "her Norran counterpart"
        behind = range(end, min(end + 2, len(self._parse.tokens)))
        runs_on = all(self._parse.tokens[k].tag in ("ADJ", "NOUN", "PROPN") for k in behind)
        return runs_on and any(self._tree.word(k) in read_words("offices") for k in behind)

    def _opens(self, n: int) -> bool:
        """Whether another office or name may follow a comma, as in a list: "the emir, Prime Minister Veck, and …"."""
        word = self._tree.word(n)
        return (
            word in ("and", "his", "her")
            or word in read_words("offices")
            or word in read_words("honorifics")
            or word in read_words("office_modifiers")
            # "her new colleague of Norra, Ada Rusk"; "the ministers of Norra, Senn and Harn, Ada Rusk, Emil Veck and …"
            or (n in self._named and self._parse.tokens[n].relation in ("appos", "nmod", "conj", "flat"))
        )
