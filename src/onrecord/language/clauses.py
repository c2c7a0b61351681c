"""A stretch of a text to its clauses: what is said in it, one proposition after the other."""

from __future__ import annotations

from onrecord.language.parse import Parse
from onrecord.language.tree import Tree
from onrecord.record import Span

# "The boat was inside the zone and its skipper had ignored two warnings": either may be what another report repeats.
_BESIDE = ("conj", "parataxis", "list")
# What is shorter ("and left") says too little by itself.
_LEAST_WORDS = 3


def find_clauses(parse: Parse, tree: Tree, span: Span) -> list[Span]:
    """The clauses of `span` in order, from each verb that stands beside another, or heads a sentence, to the next.

    Together they are the whole of it, but for the blanks between them; a clause of fewer than three words stays with
    the one before it. One that is the whole `span` stands alone.
    """
    words = tree.words_in(span)
    if not words:
        return []
    starts = {words[0]} | {_first(parse, tree, n) for n in words if _begins(parse, tree, n, words)}
    cuts: list[int] = []
    for n in sorted(n for n in starts if n in words):
        if not cuts or _count(parse, cuts[-1], n) >= _LEAST_WORDS:
            cuts.append(n)
    if len(cuts) > 1 and _count(parse, cuts[-1], words[-1] + 1) < _LEAST_WORDS:
        cuts.pop()
    tokens = parse.tokens
    ends = [tokens[n - 1].span.end for n in cuts[1:]] + [span.end]
    begins = [span.start] + [tokens[n].span.start for n in cuts[1:]]
    return [Span(a, b) for a, b in zip(begins, ends, strict=True)]


def _count(parse: Parse, first: int, end: int) -> int:
    return sum(t.tag != "PUNCT" for t in parse.tokens[first:end])


def _first(parse: Parse, tree: Tree, number: int) -> int:
    """The first word of what hangs on that one, behind a comma."""
    return next(n for n in tree.below(number) if parse.tokens[n].tag != "PUNCT" or n == number)


def _begins(parse: Parse, tree: Tree, number: int, words: range) -> bool:
    """Whether that word is the verb of a clause beside another, or the head of a sentence, of the stretch."""
    token = parse.tokens[number]
    if token.head == number or token.head not in words:
        return number != words[0] and token.relation == "root"
    head = parse.tokens[token.head]
    verbs = all(t.tag in ("VERB", "AUX") or tree.children(n, "cop") for t, n in ((token, number), (head, token.head)))
    return token.relation.split(":")[0] in _BESIDE and verbs
