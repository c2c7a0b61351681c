"""Words and their vectors to the mentions of one report, and what each and every two of them show.

What a pair shows is weighed in `coreference`: the product of two vectors, and words, kinds, places and parts in the
sentence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from onrecord.knowledge import read_words
from onrecord.language.paths import Floats
from onrecord.language.pieces import Ints
from onrecord.language.scores import NOMINALS, REFERENT_SIZE
from onrecord.language.tokens import Token
from onrecord.record import Span

Form = Literal["name", "nominal", "pronoun"]
FORMS: tuple[Form, ...] = ("name", "nominal", "pronoun")

# A mention looks back at so many mentions, and beyond them at the last few with the same head word.
NEAR, ALIKE = 60, 4
# So many of a mention's words are compared.
MOST_WORDS = 6

# Pronouns by what they can mean; anything else is of the last class.
_PRONOUNS = (
    "i me my mine myself",
    "we us our ours ourselves",
    "you your yours yourself yourselves",
    "he him his himself",
    "she her hers herself",
    "it its itself",
    "they them their theirs themselves",
    "this that these those",
    "who whom whose which",
)
_CLASS = {word: n for n, words in enumerate(_PRONOUNS) for word in words.split()}
_OTHER = len(_PRONOUNS)
# The classes of "he" and of "she".
SEXES = (_CLASS["he"], _CLASS["she"])
# "you" and "who" may be one or several.
_NUMBER = {
    word: number
    for number, words in (
        (1, "i me my mine myself he him his himself she her hers herself it its itself this that yourself"),
        (2, "we us our ours ourselves they them their theirs themselves these those yourselves"),
    )
    for word in words.split()
}
_DETERMINERS = {"the": 1, "this": 2, "that": 2, "these": 2, "those": 2, "a": 3, "an": 3, "some": 3, "no": 3}
# Edges of the classes of distance: in sentences and in mentions.
_SENTENCES, _MENTIONS = (1, 2, 3, 5, 9, 17), (2, 3, 5, 9, 17, 33, 65)
# What depends on the head of a mention and is no part of it.
_OUTSIDE = frozenset(
    "cc conj mark cop aux nsubj csubj parataxis discourse advcl appos expl dislocated vocative punct".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention by its characters; `head` is the number of the word that heads it, `kind` what that word names.

    `probability` is that of meaning what those before it in its cluster mean; of the first one, of being a mention.
    """

    span: Span
    head: int
    form: Form
    kind: str
    probability: float


def find_mentions(words: Sequence[Token]) -> list[Mention]:
    """The mentions that `words` head, in order of their heads."""
    children: dict[int, list[int]] = defaultdict(list)
    for n, word in enumerate(words):
        children[word.head].append(n)
    out = []
    for n, word in enumerate(words):
        if _heads_mention(word):
            form: Form = "name" if word.tag == "PROPN" else "pronoun" if _is_pronoun(word) else "nominal"
            first, last = _extent(words, children, n)
            span = Span(words[first].span.start, words[last].span.end)
            out.append(Mention(span, n, form, word.mention or "O", word.mention_probability))
    return out


def _heads_mention(word: Token) -> bool:
    """Whether the word heads a mention; the second word of a name may look as if it did."""
    return word.mention is not None and word.relation not in ("flat", "goeswith")


def _is_pronoun(word: Token) -> bool:
    return word.tag == "PRON" or (word.tag == "DET" and word.relation != "det")


def _extent(words: Sequence[Token], children: dict[int, list[int]], head: int) -> tuple[int, int]:
    """The first and the last word that belong to the mention: its head and what depends on that.

    A preposition before it is outside, "'s" behind it inside.
    """
    first = last = head
    waiting = [
        n
        for n in children[head]
        if words[n].relation not in _OUTSIDE and not (words[n].relation == "case" and n < head)
    ]
    while waiting:
        n = waiting.pop()
        first, last = min(first, n), max(last, n)
        waiting += [k for k in children[n] if words[k].relation != "punct"]
    return first, last


@dataclass(frozen=True, slots=True)
class Scene:
    """The mentions of a report as columns of numbers, an item a mention, from which pairs are compared."""

    mentions: Sequence[Mention]
    asks: Floats
    answers: Floats
    form: Ints
    kind: Ints
    pronoun: Ints
    determiner: Ints
    relation: Ints
    sentence: Ints
    quoted: Ints
    number: Ints  # 0 not known, 1 one, 2 several
    sex: Ints  # 0 not known, 1 male, 2 female
    word: Ints  # the number of the head word
    governor: Ints  # and of the word on which that depends
    head: Ints  # numbers of head words in small letters
    phrase: Ints  # of all words but the determiner
    words: Ints  # (mentions, MOST_WORDS) numbers of the longer words of each, -1 where there are fewer


def set_scene(
    text: str, words: Sequence[Token], sentences: Sequence[Span], quotations: Sequence[Span], vectors: Floats
) -> Scene:
    """The mentions that `words` head; `vectors` has a row for each word of the kind of one."""
    mentions = find_mentions(words)
    vectors = vectors[[_heads_mention(word) for word in words if word.mention is not None]]
    heads = [text[slice(*words[m.head].span)].casefold() for m in mentions]
    begins = [word.span.start for word in words]
    phrases = [
        [
            text[slice(*word.span)].casefold()
            for word in words[bisect_left(begins, m.span.start) : bisect_left(begins, m.span.end)]
            if word.tag not in ("PUNCT", "PART")
        ]
        for m in mentions
    ]
    bare = [tuple(p[1:] if len(p) > 1 and p[0] in _DETERMINERS else p) for p in phrases]
    number: dict[object, int] = {}

    def numbered(items: Iterable[object]) -> list[int]:
        return [number.setdefault(item, len(number)) for item in items]

    joined = {w.head for w in words if w.relation == "conj"}
    relations = {"nsubj": 1, "obj": 2, "obl": 3, "nmod": 4, "appos": 5, "root": 6}
    starts, quotes = [s.start for s in sentences], [q.start for q in quotations]
    at = [bisect_right(quotes, m.span.start) - 1 for m in mentions]
    return Scene(
        mentions=mentions,
        asks=vectors[:, :REFERENT_SIZE],
        answers=vectors[:, REFERENT_SIZE:],
        form=np.array([FORMS.index(m.form) for m in mentions], dtype=np.int64),
        kind=np.array([NOMINALS.index(m.kind) for m in mentions], dtype=np.int64),
        pronoun=np.array(
            [
                _CLASS.get(h, _OTHER) if m.form == "pronoun" else _OTHER + 1
                for m, h in zip(mentions, heads, strict=True)
            ],
            dtype=np.int64,
        ),
        determiner=np.array([_DETERMINERS.get(p[0], 0) if p else 0 for p in phrases], dtype=np.int64),
        relation=np.array([relations.get(words[m.head].relation, 0) for m in mentions], dtype=np.int64),
        sentence=np.array([bisect_right(starts, m.span.start) for m in mentions], dtype=np.int64),
        quoted=np.array(
            [n >= 0 and quotations[n].end > m.span.start for n, m in zip(at, mentions, strict=True)], dtype=np.int64
        ),
        number=np.array(
            [_number(h, m, m.head in joined) for h, m in zip(heads, mentions, strict=True)], dtype=np.int64
        ),
        sex=np.array([_sex(h, p) for h, p in zip(heads, phrases, strict=True)], dtype=np.int64),
        word=np.array([m.head for m in mentions], dtype=np.int64),
        governor=np.array([words[m.head].head for m in mentions], dtype=np.int64),
        head=np.array(numbered(heads), dtype=np.int64),
        phrase=np.array(numbered(bare), dtype=np.int64),
        words=np.array([_row(numbered(w for w in p if len(w) > 2)) for p in bare], dtype=np.int64).reshape(
            -1, MOST_WORDS
        ),
    )


def _number(head: str, mention: Mention, joined: bool) -> int:
    """Whether a mention is of one or several, as its head word shows; nouns with an s are taken for several."""
    if mention.form == "pronoun":
        return _NUMBER.get(head, 0)
    if joined:
        return 0
    return 2 if mention.form == "nominal" and head.endswith("s") and not head.endswith(("ss", "us", "is")) else 1


def _sex(head: str, phrase: Sequence[str]) -> int:
    """Whether a mention is of a man or a woman, as its pronoun, its words or its given name show."""
    if head in _CLASS:
        return {_CLASS["he"]: 1, _CLASS["she"]: 2}.get(_CLASS[head], 0)
    shown = {word.strip(".,'’") for word in phrase}
    for words in ("words", "given_names"):
        male, female = (bool(shown & read_words(f"{sex}_{words}")) for sex in ("male", "female"))
        if male != female:
            return 1 if male else 2
    return 0


def _row(numbers: list[int]) -> list[int]:
    kept = numbers[-MOST_WORDS:]
    return kept + [-1] * (MOST_WORDS - len(kept))


def candidates(scene: Scene) -> tuple[Ints, Ints]:
    """All pairs to be compared: the later mention's number and the earlier one's, sorted by the later."""
    later, earlier = [], []
    alike: dict[int, list[int]] = defaultdict(list)
    for n, head in enumerate(scene.head.tolist()):
        near = range(max(0, n - NEAR), n)
        older = bisect_left(alike[head], near.start)
        far = alike[head][max(0, older - ALIKE) : older] if scene.form[n] != FORMS.index("pronoun") else []
        earlier += [*far, *near]
        later += [n] * (len(far) + len(near))
        alike[head].append(n)
    return np.array(later, dtype=np.int64), np.array(earlier, dtype=np.int64)


def _clash(one: Ints, other: Ints) -> NDArray[np.bool_]:
    clash: NDArray[np.bool_] = (one != other) & (one > 0) & (other > 0)
    return clash


def _hot(values: Ints, size: int) -> Floats:
    return np.eye(size, dtype=np.float32)[np.minimum(values, size - 1)]


def mention_features(scene: Scene) -> Floats:
    """What each mention shows by itself: (mentions, MENTION)."""
    return np.concatenate(
        [
            _hot(scene.form, 3),
            _hot(scene.kind, len(NOMINALS)),
            _hot(scene.pronoun, _OTHER + 2),
            _hot(scene.determiner, 4),
            _hot(scene.relation, 7),
            _hot(scene.quoted, 2),
            _hot(scene.number, 3),
            _hot(scene.sex, 3),
        ],
        axis=1,
    )


def alone_features(scene: Scene, first: Floats) -> Floats:
    """What shows whether each mention is the first of its thing: (mentions, ALONE)."""
    seen: set[int] = set()
    again = np.zeros((len(scene.head), 1), dtype=np.float32)
    for n, head in enumerate(scene.head.tolist()):
        again[n] = head in seen
        seen.add(head)
    asks = (scene.asks @ first / REFERENT_SIZE**0.5)[:, None]
    return np.concatenate([asks, again, mention_features(scene)], axis=1)


def pair_features(scene: Scene, later: Ints, earlier: Ints) -> Floats:
    """What each pair shows beside what its mentions show by themselves: (pairs, PAIR)."""
    spans = np.array([m.span for m in scene.mentions], dtype=np.int64).reshape(-1, 2)
    mine, theirs = scene.words[later], scene.words[earlier]
    shared = ((mine[:, :, None] == theirs[:, None, :]) & (mine >= 0)[:, :, None]).any(axis=2).sum(axis=1)
    shorter = np.minimum((mine >= 0).sum(axis=1), (theirs >= 0).sum(axis=1))
    nested = (spans[earlier, 0] <= spans[later, 0]) & (spans[later, 1] <= spans[earlier, 1])
    nests = (spans[later, 0] <= spans[earlier, 0]) & (spans[earlier, 1] <= spans[later, 1])
    between = np.searchsorted(_SENTENCES, scene.sentence[later] - scene.sentence[earlier], side="right")
    away = np.searchsorted(_MENTIONS, later - earlier, side="right")
    shown = [
        np.einsum("pd,pd->p", scene.asks[later], scene.answers[earlier]) / REFERENT_SIZE**0.5,
        scene.head[later] == scene.head[earlier],
        scene.phrase[later] == scene.phrase[earlier],
        shared > 0,
        (shared > 0) & (shared >= shorter),
        scene.kind[later] == scene.kind[earlier],
        scene.pronoun[later] == scene.pronoun[earlier],
        scene.relation[later] == scene.relation[earlier],
        scene.quoted[later] == scene.quoted[earlier],
        nested,
        nests,
        # "She thanked him": what one verb governs is two things, unless a word says otherwise.
        scene.governor[later] == scene.governor[earlier],
        scene.governor[later] == scene.word[earlier],
        scene.governor[earlier] == scene.word[later],
        _clash(scene.number[later], scene.number[earlier]),
        _clash(scene.sex[later], scene.sex[earlier]),
        (scene.sex[later] == scene.sex[earlier]) & (scene.sex[later] > 0),
    ]
    forms = _hot(scene.form[later] * 3 + scene.form[earlier], 9)
    rest = [forms, _hot(between, len(_SENTENCES) + 1), _hot(away, len(_MENTIONS) + 1)]
    return np.concatenate([np.array(shown, dtype=np.float32).T, *rest], axis=1)


# How wide the features are of a mention, of one that may be the first of its thing, and of a pair.
MENTION = 3 + len(NOMINALS) + _OTHER + 2 + 4 + 7 + 2 + 3 + 3
ALONE = 2 + MENTION
PAIR = 17 + 9 + len(_SENTENCES) + 1 + len(_MENTIONS) + 1
