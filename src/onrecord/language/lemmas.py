"""Inflected English words to the plain forms that they may have."""

from __future__ import annotations

from functools import cache

from onrecord.knowledge import read_table


@cache
def lemmas(word: str) -> tuple[str, ...]:
    """The plain forms that `word`, in small letters, may be an inflection of, itself first.

    Those of irregular verbs are looked up; of a regular ending every reading is given ("planned": plann, planne, plan),
    since whoever asks compares them with words of a list.
    """
    out = [word]
    if (irregular := read_table("irregular_verbs").get(word)) is not None:
        out.append(irregular)
    for ending in ("ing", "ed", "es", "s", "d"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) > 1:
            out += [stem, stem + "e"]
            if len(stem) > 2 and stem[-1] == stem[-2]:
                out.append(stem[:-1])
            if stem.endswith("i"):
                out.append(stem[:-1] + "y")
    return tuple(dict.fromkeys(out))
