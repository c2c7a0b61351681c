"""Reports to their canonical order, in which all that is listed stands."""

from __future__ import annotations

from onrecord.record import Analysis


def rank(analysis: Analysis) -> tuple[str, str, str]:
    """What sorts reports: day, outlet, id; and the date given, since ids must not change with one worked out."""
    day = analysis.published.earliest if analysis.published.given else None
    return (day.isoformat() if day else "9999-12-31", analysis.outlet or "", analysis.id)
