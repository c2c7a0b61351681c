"""Two sketches to how probably their reports are of one story: a pure function of the two, whatever else is on record.

Compared are the vectors of the leads, the telling words, names and numbers, and the days.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.link.bags import Bags
from onrecord.link.traits import Sketch, sketch
from onrecord.link.windows import Scale, Windows

__all__ = [
    "DAYS",
    "Likeness",
    "Nearness",
    "Sketch",
    "alike",
    "compared_pairs",
    "days_speak",
    "near_pairs",
    "scored_pairs",
    "sketch",
]

# Reports that are certainly more days apart are of different stories.
DAYS = 14
# Two that are as alike as this are near to each other. Those that share so much of their telling names and words may be
# near if nothing is nearer, as the machine translation of a report or a follow-up twelve days later.
NEAR, _MAY_BE, _NAMES, _WORDS = 0.6, 0.05, 0.3, 0.1
# No more is asked of pairs whose leads are less near than this.
_FLOOR = 0.3
# Log-odds of one story, by a logistic regression over pairs of reports (training/stories.py), with vectors and without.
# Leads that are nearer than this are of one form, such as two readouts of one ministry, and not yet of one story.
SAME_FORM = 0.7
_LEAD, _BESIDE, _BIAS = 7.4, (9.0, 3.3, 2.6), -9.9
_ALONE, _BIAS_ALONE = (13.0, 4.3, 3.0), -7.4
# And by hand: two undated reports whose latest years differ, the logarithm of the days between two dated ones, and how
# many times as much that is where both tell of one day, as an inquiry tells of the accident, and where each tells of
# its own days, as reports on a meeting that is held every week.
_OTHER_YEAR, _DAYS_APART, _DAY_SHARED, _OWN_DAYS = -0.8, -1.4, 0.3, 1.5
_NEVER = 10_000_000

# `probability` has four places.
_ROUNDING = 0.01


class Likeness(NamedTuple):
    """The cosines of the leads, None where one has no vectors, and of the words, names and numbers of two reports."""

    lead: float | None
    words: float
    names: float
    numbers: float


def alike(a: Sketch, b: Sketch) -> float:
    """The probability that both are of one story; the order of the two changes nothing."""
    return next((score for _, _, score in scored_pairs([a], [b], least=0.0)), 0.0)


class Nearness(NamedTuple):
    """Two places of which the reports are `near` to each other or may be, and how `close`, among those of one kind."""

    i: int
    j: int
    near: bool
    close: float


def near_pairs(new: Sequence[Sketch], known: Sequence[Sketch] | None = None) -> Iterator[Nearness]:
    """The pairs, one of `new` and one of `known`, that are near to each other or may be, by their places; in no order.

    Without `known` those among `new`, each once and the earlier place first.
    """
    others = new if known is None else known
    for i, j, likeness in _worth(new, known, _MAY_BE, NEAR, may_be=True):
        score = probability(new[i], others[j], likeness)
        if score >= NEAR:
            yield Nearness(i, j, True, score)
        elif likeness.names >= _NAMES and likeness.words >= _WORDS:
            yield Nearness(i, j, False, likeness.names + likeness.words)


def scored_pairs(
    new: Sequence[Sketch], known: Sequence[Sketch] | None = None, least: float = 0.0
) -> Iterator[tuple[int, int, float]]:
    """All such pairs that are alike by `least` or more, with how alike they are."""
    others = new if known is None else known
    for i, j, likeness in _worth(new, known, least, least):
        score = probability(new[i], others[j], likeness)
        if score >= least:
            yield i, j, score


def compared_pairs(
    new: Sequence[Sketch], known: Sequence[Sketch] | None = None, least: float = 0.0
) -> Iterator[tuple[int, int, Likeness]]:
    """What the texts of all such pairs have in common; few pairs that cannot be alike by `least` are among them."""
    return _worth(new, known, least, 0.0)


def _worth(
    new: Sequence[Sketch], known: Sequence[Sketch] | None, least: float, score: float, may_be: bool = False
) -> Iterator[tuple[int, int, Likeness]]:
    """Those of them of which `probability` may be `score` or more, and with `may_be` those that may be near."""
    own = Windows(new, _scale(least))
    others = own if known is None else Windows(known, _scale(least))
    mine, theirs = _bags(new), _bags(new if known is None else known)
    bound = _log_odds(score) - _ROUNDING
    for i, found in others.near(own, DAYS):
        kept = np.ones(len(found.places), dtype=bool) if known is not None else found.places > i
        places, leads = found.places[kept], found.leads[kept]
        cosines = [bags.cosines(places, own_bags, i) for bags, own_bags in zip(theirs, mine, strict=True)]
        passed = _odds(leads, cosines) >= bound
        if may_be:
            passed |= (cosines[1] >= _NAMES) & (cosines[0] >= _WORDS)
        for n in np.flatnonzero(passed).tolist():
            lead = float(leads[n])
            likeness = Likeness(None if math.isnan(lead) else lead, *(float(of[n]) for of in cosines))
            yield i, int(places[n]), likeness


def _bags(sketches: Sequence[Sketch]) -> tuple[Bags, ...]:
    return tuple(Bags([getattr(s, kind) for s in sketches]) for kind in ("words", "names", "numbers"))


def _odds(leads: NDArray[np.float64], cosines: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """The log-odds of `probability` for many pairs at once, without what their days take from them."""
    alone = sum(w * x for w, x in zip(_ALONE, cosines, strict=True)) + _BIAS_ALONE
    beside = sum(w * x for w, x in zip(_BESIDE, cosines, strict=True)) + _BIAS + _LEAD * np.minimum(leads, SAME_FORM)
    odds: NDArray[np.float64] = np.where(np.isnan(leads), alone, beside)
    return odds


def _log_odds(share: float) -> float:
    return math.log(share / (1 - share)) if share else -math.inf


def _scale(least: float) -> Scale:
    """Never less than what `probability` makes of a likeness, be it with vectors or without."""
    return Scale(
        lead=_LEAD,
        most=SAME_FORM,
        others=tuple(map(max, _BESIDE, _ALONE)),
        bias=max(_BIAS, _BIAS_ALONE - _LEAD * SAME_FORM),
        least=_log_odds(least),
        days=_DAYS_APART * _DAY_SHARED,
        floor=_FLOOR,
    )


def probability(a: Sketch, b: Sketch, likeness: Likeness) -> float:
    """That both are of one story."""
    lead, *others = likeness
    if lead is None:
        odds = sum(w * x for w, x in zip(_ALONE, others, strict=True)) + _BIAS_ALONE
    else:
        odds = _LEAD * min(lead, SAME_FORM) + sum(w * x for w, x in zip(_BESIDE, others, strict=True)) + _BIAS
    return round(1 / (1 + math.exp(-odds - days_speak(a, b))), 4)


def days_speak(a: Sketch, b: Sketch) -> float:
    """The log-odds that days and years give to one story: none where they are not known, else 0 or less."""
    gap = max(0, (a.earliest or 0) - (b.latest or _NEVER), (b.earliest or 0) - (a.latest or _NEVER))
    clash = not _dated(a, b) and a.year is not None and b.year is not None and a.year != b.year
    return _OTHER_YEAR * clash + _DAYS_APART * math.log(max(1, gap)) * _telling(a, b)


def _telling(a: Sketch, b: Sketch) -> float:
    if not a.told or not b.told:
        return 1.0
    return _OWN_DAYS if set(a.told).isdisjoint(b.told) else _DAY_SHARED


def _dated(a: Sketch, b: Sketch) -> bool:
    return None not in (a.earliest, a.latest, b.earliest, b.latest)
