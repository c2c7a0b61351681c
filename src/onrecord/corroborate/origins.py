"""The attributions behind an entry to its origins: who tells the public or an outlet, each counted once.

The first, cautious form: an origin is the speaker at the end of a chain. Named ones are one by their name. Unnamed
ones who say the same are one where the same outlet was told or copied, whatever they are called, and count apart where
two outlets each say that their own source told them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from onrecord.record import Analysis, Attribution, Copy, Origin, SpeakerClass


def trace_origins(
    members: Iterable[tuple[Analysis, Attribution]], roots: Mapping[str, str]
) -> tuple[tuple[Origin, ...], tuple[str, ...]]:
    """The origins in the order of their first member, and the ids of the reports that state no source.

    `roots` gives each report the first of those that it copies or is copied by (`fold_copies`).
    """
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    names: dict[tuple[str, ...], tuple[str, SpeakerClass]] = {}
    untraced: list[str] = []
    members = list(members)
    for analysis, attribution in members:
        speaker = attribution.speaker
        if speaker.class_ == "unspecified" or not speaker.name:
            untraced.append(analysis.id)
            continue
        key = _key(analysis, attribution, roots, [a for a, _ in members])
        names.setdefault(key, (speaker.name, speaker.class_))
        if analysis.id not in found[key]:
            found[key].append(analysis.id)
    traced = {r for reports in found.values() for r in reports}
    origins = tuple(Origin(*names[k], tuple(reports)) for k, reports in found.items())
    return origins, tuple(dict.fromkeys(r for r in untraced if r not in traced))


def fold_copies(reports: Iterable[str], copies: Iterable[Copy]) -> dict[str, str]:
    """Each report's root: the first in order of the reports that it is joined to by copying."""
    root = {r: r for r in reports}
    place = {r: n for n, r in enumerate(root)}

    def find(r: str) -> str:
        while root[r] != r:
            r = root[r]
        return r

    for copy in copies:
        a, b = sorted((find(copy.a), find(copy.b)), key=place.__getitem__)
        root[b] = a
    return {r: find(r) for r in root}


def fold(name: str) -> str:
    """A speaker's name for comparison: lower case, no article."""
    words = name.casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words)


def _key(
    analysis: Analysis, attribution: Attribution, roots: Mapping[str, str], tellers: Iterable[Analysis]
) -> tuple[str, ...]:
    """What two members share whose origin is one: the name, or for the unnamed the report at the root of the telling."""
    speaker = attribution.speaker
    if speaker.class_ != "document" and not speaker.class_.startswith("anonymous"):
        return ("named", fold(speaker.name or ""))
    if len(attribution.chain) < 2:
        return ("unnamed", roots[analysis.id])
    told = fold(attribution.chain[0].split(" (")[0])
    # "told the Tern agency", where the agency's own report is at hand: one source, in its own words and relayed.
    report = next((a for a in tellers if a.outlet and _is_short_form(told, fold(a.outlet))), None)
    return ("unnamed", roots[report.id] if report else told)


def _is_short_form(name: str, outlet: str) -> bool:
    return set(name.split()) - {"agency", "newspaper"} <= set(outlet.split())
