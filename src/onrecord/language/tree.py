"""The words of one parse as a tree: what depends on what, and which words a phrase holds."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque

from onrecord.language.parse import Parse
from onrecord.record import Part, Span

# A clause is seldom longer; a sentence that has no end isn't walked through for each of its verbs.
_MOST = 200
_DASHES = frozenset("- -- – —".split())


class Tree:
    """What depends on each word of a parse, found once. Words are given by their numbers."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse
        self._starts = [token.span.start for token in parse.tokens]
        self._words = [parse.text[token.span.start : token.span.end].casefold() for token in parse.tokens]
        self._relations = [token.relation for token in parse.tokens]
        self._children: list[list[int]] = [[] for _ in parse.tokens]
        for n, token in enumerate(parse.tokens):
            if token.head != n and 0 <= token.head < len(parse.tokens):
                self._children[token.head].append(n)

    def words_in(self, span: Span) -> range:
        """The numbers of the words that begin in `span`."""
        first = bisect_left(self._starts, span.start)
        return range(first, bisect_left(self._starts, span.end, lo=first))

    def word(self, number: int) -> str:
        """A word as it stands, lower-cased."""
        return self._words[number]

    def heads(self, part: Part) -> list[int]:
        """The words that others of `part` depend on and that depend on none of them, in order; no punctuation."""
        heads = []
        for span in part:
            held = self.words_in(span)
            heads += [n for n in held if self._parse.tokens[n].head not in held or self._parse.tokens[n].head == n]
        return [n for n in heads if self._parse.tokens[n].tag != "PUNCT"]

    def head(self, part: Part) -> int | None:
        """The first verb among the heads of `part`, else the first head; None without."""
        heads = self.heads(part)
        return next((n for n in heads if self._parse.tokens[n].tag == "VERB"), heads[0] if heads else None)

    def children(self, number: int, *relations: str) -> list[int]:
        """The words that depend on that one in one of `relations`, or in any without them."""
        held = self._children[number]
        if not (held and relations):
            return [*held]
        return [n for n in held if self._relations[n] in relations]

    def subject(self, number: int, *also: str) -> int | None:
        """The subject of that word; one in a relation of `also`, such as the "it" of "it is said", counts too.

        Of several it is the first behind the dash of a dateline: "CAMP SENN, Norra, Oct 12 - Secretary Veck made".
        """
        found = self.children(number, "nsubj", *also)
        if len(found) < 2:
            return next(iter(found), None)
        dash = max((n for n in range(found[0], number) if self._is_dash(n)), default=-1)
        return next((n for n in found if n > dash), found[0])

    def _is_dash(self, n: int) -> bool:
        """Whether it is a dash by itself; that of "run-off" is none."""
        return self._words[n] in _DASHES and self._parse.text[self._starts[n] - 1 : self._starts[n]].isspace()

    def below(self, number: int, without: tuple[str, ...] = ()) -> list[int]:
        """That word and those that depend on it, directly or not, in order; what hangs on by `without` is left out."""
        held, waiting = [number], deque([number])
        while waiting and len(held) < _MOST:
            for n in self._children[waiting.popleft()]:
                if self._relations[n] not in without:
                    held.append(n)
                    waiting.append(n)
        return sorted(held)

    def phrase(self, number: int, without: tuple[str, ...] = ("acl", "appos", "punct", "case", "conj", "cc")) -> Span:
        """From the first to the last word of that one's phrase."""
        held = self.below(number, without)
        return Span(self._parse.tokens[held[0]].span.start, self._parse.tokens[held[-1]].span.end)

    def case(self, number: int) -> str:
        """The preposition before that word's phrase; "" without one."""
        return " ".join(self.word(n) for n in self.children(number, "case"))
