"""The origins of a claim to what would lower their number: those that may be one, though nothing says that they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from onrecord.corroborate.origins import Traced, heads
from onrecord.corroborate.voices import Voice
from onrecord.record import Doubt


def find_doubts(traced: Traced, owners: Mapping[str, str]) -> tuple[Doubt, ...]:
    """Each reason with the names of the origins that it would make one, and the number that would be left.

    `owners` gives reports the owner of their outlet, where the user's own file names one.
    """
    number = len(traced.ends)
    return tuple(
        Doubt(why, tuple(v.name for v in group), number - len(group) + 1)  # type: ignore[arg-type]
        for why, group in _groups(traced, owners)
    )


def _groups(traced: Traced, owners: Mapping[str, str]) -> Iterator[tuple[str, Sequence[Voice]]]:
    unnamed = [v for v, _ in traced.ends if v.class_.startswith("anonymous")]
    alike = [v for v in unnamed if any(v is not w and _may_be_one(v, w) for w in unnamed)]
    if alike:
        yield "unnamed", alike
    owned: dict[str, list[Voice]] = defaultdict(list)
    for voice, ways in traced.ends:
        held = {owners.get(w.report) for w in ways}
        if len(held) == 1 and (owner := held.pop()):
            owned[owner].append(voice)
    for _, group in sorted(owned.items()):
        if len(group) > 1:
            yield "one_owner", group
    for (one, _), (other, _) in combinations(traced.ends, 2):
        if heads(one, other) or heads(other, one):
            yield "one_body", (one, other)


def _may_be_one(one: Voice, other: Voice) -> bool:
    """Whether nothing in the two descriptions tells them apart: "an official", "a senior official in Senn"."""
    return not one.telling or not other.telling or not one.telling.isdisjoint(other.telling)
