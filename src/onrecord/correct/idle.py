"""Corrections to those that have nothing to correct any more."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.correct.amend import WithDate, amend_each
from onrecord.correct.links import find_pair
from onrecord.correct.log import standing
from onrecord.record import Analysis, Correction


def find_idle(analyses: Sequence[Analysis], corrections: Sequence[Correction], with_date: WithDate) -> frozenset[str]:
    """The ids of the `corrections` that stand and whose place holds no such fact now, or whose report is gone.

    `analyses` are as they were read, in any order; those of reports that no correction is about may be left out.
    """
    valid = standing(corrections)
    amended: dict[str, Analysis] = {}
    idle: set[str] = set()
    for analysis, nothing in amend_each(analyses, valid, with_date):
        amended[analysis.id] = analysis
        idle |= nothing
    idle |= {c.id for c in valid if c.target.report not in amended}
    idle |= {c.id for c in valid if c.kind in ("same", "different") and not find_pair(amended, c)}
    return frozenset(idle)
