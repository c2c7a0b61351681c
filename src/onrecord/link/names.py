"""Reports to links by the names that they share: people, bodies and places that few reports name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from onrecord.knowledge import read_table
from onrecord.record import Analysis, Link

MAKER = "link.names"
_LEAST_LETTERS = 3
# Names in more reports than this are everybody's, and are left out.
_COMMON, _HALF = 30, 4


def link_names(analyses: Sequence[Analysis], least: int) -> list[Link]:
    """Links "same" between reports that share so many rare words of names; the score is n / (n + 4) for n of them.

    People whose office or times are known are left out: they bound the date of a report by themselves, and reports
    that name them may lie years apart. Unlike the words of `link_stories` names hold in a record of a single affair
    too, in which every report has all the words.
    """
    public = frozenset(w for a in analyses for w in _known(a))
    names = [_names(a) - public for a in analyses]
    holders: dict[str, list[int]] = defaultdict(list)
    for at, own in enumerate(names):
        for name in sorted(own):
            holders[name].append(at)
    shared = Counter[tuple[int, int]]()
    for group in holders.values():
        if len(group) <= _COMMON:
            shared.update(combinations(group, 2))
    return [
        Link(
            left=analyses[i].id,
            right=analyses[j].id,
            relation="same",
            score=round(n / (n + _HALF), 4),
            evidence=(),
            by=MAKER,
        )
        for (i, j), n in sorted(shared.items())
        if n >= least
    ]


def _known(analysis: Analysis) -> Iterator[str]:
    """The words of the names of people whom a clue of the report's date rests on."""
    for hint in analysis.hints:
        if hint.span and hint.kind.startswith(("office", "person")):
            yield from re.findall(r"\w+", analysis.text[hint.span.start : hint.span.end].casefold())


def _names(analysis: Analysis) -> frozenset[str]:
    """The words of the names in the report, countries and their people left out."""
    countries = read_table("country_words")
    written = {
        analysis.text[mention.span.start : mention.span.end]
        for entity in analysis.entities
        for mention in entity.mentions
        if mention.form == "name"
    }
    words = (re.findall(r"\w+", name.casefold()) for name in written if name not in countries)
    return frozenset(w for found in words for w in found if len(w) >= _LEAST_LETTERS)
