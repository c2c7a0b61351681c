"""A contact to what it was about: short phrases, verbatim."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.knowledge import read_words
from onrecord.language import Parse, Tree, lemmas
from onrecord.record import Part, Span

_ABOUT = frozenset(("about", "on", "over", "regarding", "concerning"))
_APART = ("appos", "punct", "conj", "cc", "case", "advcl", "parataxis", "mark")
# So many sentences on, a report is still telling what was spoken of.
_FEW = 3
_LONGEST, _MOST = 12, 8


def find_topics(parse: Parse, tree: Tree, words: list[int], until: int) -> Part:
    """The phrases that tell what a contact was about, in order.

    They stand behind "about" at one of its `words`, and as objects of "discussed" and its like in its sentence and a
    few that follow, none from the offset `until` on.
    """
    found: list[Span] = []
    for word in words:
        number = parse.sentence_at(parse.tokens[word].span.start)
        end = min(until, parse.sentences[min(number + _FEW, len(parse.sentences) - 1)].end)
        first = parse.sentences[number].start
        held = tree.words_in(Span(first, max(first, end)))
        heads = [k for k in tree.children(word, "nmod", "obl") if tree.case(k) in _ABOUT]
        heads += [k for n in held for k in _objects(parse, tree, n)]
        matters = (k for n in heads for k in (n, *tree.children(n, "conj")) if parse.tokens[k].mention != "time")
        found += [_phrase(parse, tree, k) for k in matters]
    kept = [s for s in dict.fromkeys(sorted(found)) if s.end - s.start > 2]
    return tuple(s for i, s in enumerate(kept) if not i or s.start >= kept[i - 1].end)[:_MOST]


def _objects(parse: Parse, tree: Tree, n: int) -> Iterator[int]:
    """What is discussed, where the word is a verb for that."""
    if parse.tokens[n].tag == "VERB" and any(w in read_words("topic_verbs") for w in lemmas(tree.word(n))):
        for k in (*tree.children(n, "obj"), *(k for k in tree.children(n, "obl") if tree.case(k) in _ABOUT)):
            if parse.tokens[k].mention != "time" and parse.tokens[k].tag in ("NOUN", "PROPN"):
                yield k


def _phrase(parse: Parse, tree: Tree, n: int) -> Span:
    """The phrase of a word, not many words long."""
    held = [k for k in tree.below(n, _APART) if abs(k - n) < _LONGEST]
    while held[-1] - held[0] >= _LONGEST and held[-1] > n:
        held.pop()
    return Span(parse.tokens[held[0]].span.start, parse.tokens[held[-1]].span.end)
