"""A report to its telling words, names and numbers, each with a weight by how rare, how often and how early it is.

How rare a word is follows from its place in the vocabulary of the language model, which stands in the order of
frequency, and not from the record: one more report changes nothing between the others.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from onrecord.knowledge import read_table
from onrecord.language import lemmas, split_sentences
from onrecord.language.model import SHIPPED, load_tokenizer
from onrecord.record import Analysis, Span

LEAST_LETTERS = 3
# The first words of a report tell most of what it is about: each sentence counts so many times the next.
WORD_DECAY, NAME_DECAY = math.exp(0.1), math.exp(0.03)
# The vocabulary is in the order of frequency from this entry on; what it lacks is rarer than all.
_FIRST, _RAREST = 1996, 40_000
# A word of so low a rank begins to tell something; a name tells less, and one that is a common word nothing.
_COMMON_WORD, _COMMON_NAME, _NAME_FLOOR = 100, 300, 0.5
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

Weighed = Mapping[str, float]


def body(analysis: Analysis) -> list[Span]:
    """The sentences that are the report's own, its headline among them; all of them if there are none."""
    noise = [n.span for n in analysis.noise if n.kind != "headline"]
    sentences = [Span(*s) for s in split_sentences(analysis.text)]
    return [s for s in sentences if not any(n.start < s.end and s.start < n.end for n in noise)] or sentences


def weigh_words(analysis: Analysis, sentences: Sequence[Span]) -> Weighed:
    """The stems of the words."""
    heard, rarity = Counter[str](), dict[str, float]()
    for n, span in enumerate(sentences):
        for word in split_words(analysis.text[span.start : span.end]):
            own = stem(word)
            heard[own] += WORD_DECAY**-n  # type: ignore[assignment]
            rarity[own] = max(rarity.get(own, 0.0), math.log1p(rank(word) / _COMMON_WORD))
    return {word: math.log1p(n) * rarity[word] for word, n in heard.items()}


def weigh_names(analysis: Analysis, sentences: Sequence[Span]) -> Weighed:
    """The words of names, those of outlets and of countries left out."""
    countries, starts = read_table("country_words"), [s.start for s in sentences]
    heard = Counter[str]()
    for entity in analysis.entities:
        for mention in entity.mentions if entity.type != "outlet" else ():
            name = analysis.text[mention.span.start : mention.span.end]
            if mention.form == "name" and name not in countries:
                place = int(np.searchsorted(starts, mention.span.start, side="right")) - 1
                for word in split_words(name):
                    heard[word] += NAME_DECAY ** -max(0, place)  # type: ignore[assignment]
    rarity = {word: math.log1p(rank(word) / _COMMON_NAME) - _NAME_FLOOR for word in heard}
    return {word: math.log1p(n) * rarity[word] for word, n in heard.items() if rarity[word] > 0}


def weigh_numbers(analysis: Analysis, sentences: Sequence[Span]) -> Weighed:
    """The numbers but for years; a longer one tells more."""
    found = (n.rstrip(".,") for a, b in sentences for n in re.findall(r"\b\d[\d.,]*", analysis.text[a:b]))
    return {n: 1 + math.log(len(n)) for n in found if not _YEAR.fullmatch(n)}


def latest_year(text: str) -> int | None:
    """The latest year written in `text`, be it in a line of its date."""
    return max(map(int, _YEAR.findall(text)), default=None)


def split_words(text: str) -> list[str]:
    """The words of some length in small letters and without accents, as the vocabulary has them."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in folded if not unicodedata.combining(c))
    return [w for w in re.findall(r"[^\W\d_]+", bare) if len(w) >= LEAST_LETTERS]


@cache
def stem(word: str) -> str:
    """What the inflections of a word share, roughly."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


@cache
def rank(word: str) -> int:
    """How many words are more frequent in English than the most frequent form of this one, roughly."""
    ranks = [_vocabulary().get(form, 0) for form in lemmas(word)]
    return min((r - _FIRST for r in ranks if r >= _FIRST), default=_RAREST)


@cache
def _vocabulary() -> Mapping[str, int]:
    return dict(load_tokenizer(SHIPPED).get_vocab())
