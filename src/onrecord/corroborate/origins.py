"""The attributions behind an entry to its origins: who tells the public or an outlet, each counted once.

The first, cautious form: an origin is the speaker at the end of a chain. Named ones are one by their name, a short form
being that of the full one. Unnamed ones who say the same are one where the same outlet was told or copied, whatever
they are called, and count apart where two outlets each say that their own source told them. An outlet that is merely
cited is an origin only as long as nobody is on record who told it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from onrecord.record import Analysis, Attribution, Copy, Origin, SpeakerClass

# "the Tern agency" is the Tern News Agency.
_PLAIN = frozenset("the a an agency newspaper".split())


class _Voice(NamedTuple):
    """A speaker, and the outlets through which the words came, first the one that was told, as sets of words."""

    name: str
    class_: SpeakerClass
    outlets: tuple[frozenset[str], ...]

    @property
    def words(self) -> frozenset[str]:
        return _words(self.name)


def trace_origins(
    members: Iterable[tuple[Analysis, Attribution]], roots: Mapping[str, str]
) -> tuple[tuple[Origin, ...], tuple[str, ...]]:
    """The origins in the order of their first member, and the ids of the reports that state no source.

    `roots` gives each report the outlet that it copies, or its own (`fold_copies`). The order of the members changes
    nothing else.
    """
    voices: list[tuple[str, _Voice]] = []
    untraced: list[str] = []
    for analysis, attribution in members:
        speaker = attribution.speaker
        if speaker.class_ == "unspecified" or not speaker.name:
            untraced.append(analysis.id)
        else:
            voices.append((analysis.id, _voice(analysis, attribution, roots)))
    ends = _find_ends({v for _, v in voices})
    found: dict[_Voice, dict[str, None]] = {}
    for report, voice in voices:
        for end in ends[voice]:
            found.setdefault(end, {})[report] = None
    traced = {report for report, _ in voices}
    origins = tuple(Origin(end.name, end.class_, tuple(reports)) for end, reports in found.items())
    return origins, tuple(dict.fromkeys(r for r in untraced if r not in traced))


def fold_copies(analyses: Mapping[str, Analysis], copies: Iterable[Copy]) -> dict[str, str]:
    """Each report's root: the outlet, else the id, of the first in order of the reports that copying joins it to."""
    root = {r: r for r in analyses}
    place = {r: n for n, r in enumerate(root)}

    def find(r: str) -> str:
        while root[r] != r:
            r = root[r]
        return r

    for copy in copies:
        a, b = sorted((find(copy.a), find(copy.b)), key=place.__getitem__)
        root[b] = a
    return {r: analyses[find(r)].outlet or find(r) for r in root}


def fold(name: str) -> str:
    """A speaker's name for comparison: lower case, no article."""
    words = name.casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words)


def _voice(analysis: Analysis, attribution: Attribution, roots: Mapping[str, str]) -> _Voice:
    links = [link.split(" (")[0] for link in reversed(attribution.chain[:-1])]
    outlets = tuple(_words(name) for name in (*links, roots[analysis.id]))
    return _Voice(attribution.speaker.name or "", attribution.speaker.class_, outlets)


def _find_ends(voices: Iterable[_Voice]) -> dict[_Voice, list[_Voice]]:
    """The origins that each voice leads to: itself, a fuller form of itself, or for an outlet those who told it."""
    ends: dict[_Voice, list[_Voice]] = {}
    for voice in sorted(
        voices, key=lambda v: (v.class_ == "outlet", -len(v.words), v.name, v.class_, [sorted(o) for o in v.outlets])
    ):
        told = [v for v in ends if voice.class_ == "outlet" != v.class_ and any(voice.words <= o for o in v.outlets)]
        fuller = [v for v in ends if _one(voice, v)]
        ends[voice] = list(dict.fromkeys(end for v in told or fuller[:1] for end in ends[v])) or [voice]
    return ends


def _one(voice: _Voice, fuller: _Voice) -> bool:
    if _is_named(voice) != _is_named(fuller):
        return False
    if _is_named(voice):
        return voice.words <= fuller.words
    one, other = voice.outlets[0], fuller.outlets[0]
    return one <= other or other <= one


def _is_named(voice: _Voice) -> bool:
    """Whether the name alone tells who it is; a document's seldom does ("the statement")."""
    return voice.class_ != "document" and not voice.class_.startswith("anonymous")


def _words(name: str) -> frozenset[str]:
    """The words of a name without case, accents and the plain ones, if others are left."""
    letters = (c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = frozenset("".join(c if c.isalnum() else " " for c in letters).split())
    return words - _PLAIN or words
