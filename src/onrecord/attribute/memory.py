"""The speakers of one report so far, as later sources may refer to them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.attribute.speaker import Head, find_head
from onrecord.record import Speaker

_PLURAL = frozenset(("they", "them", "their", "these", "those"))
# What stands for a body or a document.
THING = frozenset(("it", "its", "this"))
# Of so many sources that share a noun, whichever was given farther back is not remembered.
_MOST_BETWEEN = 200


@dataclass(slots=True)
class Memory:
    """What each kind of reference finds is kept at hand: no source is compared with all that were before it."""

    last: Speaker | None = None
    _plural: Speaker | None = None
    _thing: Speaker | None = None
    # By the number of the sentence and by noun, whoever spoke last at the end.
    _spoke: dict[int, dict[Speaker, None]] = field(default_factory=dict)
    _described: dict[str, dict[Speaker, frozenset[str]]] = field(default_factory=dict)

    def add(self, speaker: Speaker, sentence: int) -> None:
        """Remembers who is the source in the sentence of that number."""
        self.last = speaker
        if speaker.class_ in ("anonymous_official", "anonymous_other") and speaker.count != 1:
            self._plural = speaker
        if speaker.class_ in ("named_organisation", "outlet", "document"):
            self._thing = speaker
        if is_one(speaker):
            spoke = self._spoke.setdefault(sentence, {})
            spoke.pop(speaker, None)
            spoke[speaker] = None
        if not speaker.entity and speaker.name:
            head = find_head(speaker.name)
            described = self._described.setdefault(head.noun, {})
            described.pop(speaker, None)
            described[speaker] = frozenset(head.words)

    def of_pronoun(self, word: str) -> Speaker | None:
        """Whom "they" or "it" and their like refer to; None for other words."""
        return self._plural if word in _PLURAL else self._thing if word in THING else None

    def spoke(self, sentence: int) -> Iterator[Speaker]:
        """The single people who spoke in the sentence of that number, the last first."""
        return reversed(self._spoke.get(sentence, {}))

    def described(self, head: Head, modifiers: set[str]) -> Speaker | None:
        """The last source without a name that had the noun of `head` and all `modifiers`."""
        known = self._described.get(head.noun, {})
        recent = itertools.islice(reversed(known.items()), _MOST_BETWEEN)
        return next((speaker for speaker, words in recent if modifiers <= words), None)


def is_one(speaker: Speaker) -> bool:
    """Whether `speaker` is one human being."""
    return speaker.class_ == "named_person" or (speaker.class_.startswith("anonymous") and speaker.count == 1)
