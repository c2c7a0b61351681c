"""The words of a text, as the model and all other rooms see them."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.record import Span


@dataclass(frozen=True, slots=True)
class Token:
    """A syntactic word: "n't" is one of its own, as in Universal Dependencies.

    `tag` is its part of speech (UPOS), `head` the number of the token that governs it, -1 for the root of a sentence,
    `relation` how (without subtypes). `mention` is what it names or stands for where it heads a mention: person,
    organisation, place, event, time or thing. `probability` is that of tag, head and relation together.
    """

    span: Span
    tag: str
    head: int
    relation: str
    mention: str | None
    probability: float = 1.0
    mention_probability: float = 1.0
