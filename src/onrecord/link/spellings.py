"""Spellings of a name to what they have in common: letters without marks, sounds, and bare consonants."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache

# Letters that no decomposition takes apart.
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i"})
# One sound in several transcriptions: Yusuf and Youssef, Mohammed and Muhammad, Sergei and Sergey.
_SOUNDS = (
    ("tch", "ch"),
    ("tsch", "ch"),
    ("sch", "sh"),
    ("cz", "ch"),
    ("dzh", "ʒ"),
    ("zh", "ʒ"),
    ("dj", "ʒ"),
    ("kh", "h"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("ph", "f"),
    ("ck", "k"),
    ("x", "ks"),
    ("q", "k"),
    ("oo", "u"),
    ("ou", "u"),
    ("oe", "o"),
    ("ue", "u"),
    ("ae", "a"),
    ("ee", "i"),
    ("w", "v"),
    ("y", "i"),
    ("j", "i"),
    ("e", "a"),
    ("o", "u"),
)
_CONSONANTS = (("ch", "s"), ("sh", "s"), ("ts", "s"), ("tz", "s"), ("c", "k"), ("g", "k"), ("z", "s"), ("v", "f"))
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aiu]")
# How much of two words must be the same; more of it where few consonants say that they are one ("Vell" and "Voll").
_ALIKE, _ALIKE_IF_SHORT, _SHORT = 0.75, 0.8, 3


@cache
def letters(word: str) -> str:
    """A word's letters and digits, without case, accents and marks.

    >>> letters("O’Réilly"), letters("Weiß")
    ('oreilly', 'weiss')
    """
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    return "".join(c for c in plain if c.isalnum())


@cache
def sound(word: str) -> str:
    """What the transcriptions of one name have in common, vowels kept in three classes.

    >>> sound("Mohammed") == sound("Muhammad"), sound("Zelenskyy") == sound("Zelensky"), sound("Holm") == sound("Helm")
    (True, True, False)
    """
    out = letters(word)
    for written, heard in _SOUNDS:
        out = out.replace(written, heard)
    return _DOUBLE.sub(r"\1", out)


@cache
def skeleton(word: str) -> str:
    """The consonants of `sound`, those that transcriptions confuse as one; the letters of a word that has none.

    >>> skeleton("Qaddafi") == skeleton("Gadhafi"), skeleton("Müller") == skeleton("Mueller"), skeleton("Io")
    (True, True, 'io')
    """
    out = sound(word)
    for heard, kept in _CONSONANTS:
        out = out.replace(heard, kept)
    out = _VOWELS.sub("", out)
    out = _DOUBLE.sub(r"\1", out[:1] + out[1:].replace("h", ""))
    return out or letters(word)


def likeness(one: str, other: str) -> int:
    """How alike two words are as spellings of one name.

    3 for the same letters, 2 for the same sounds, 1 for the same consonants in much the same word, else 0.
    """
    a, b = letters(one), letters(other)
    if a == b:
        return 3
    if sound(a) == sound(b):
        return 2
    first, second = sorted((sound(a), sound(b)))
    if skeleton(a) != skeleton(b):
        return 0
    needed = _ALIKE_IF_SHORT if len(skeleton(a)) < _SHORT else _ALIKE
    return 1 if SequenceMatcher(None, first, second, autojunk=False).ratio() >= needed else 0
