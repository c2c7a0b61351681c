"""A report to the interval of days in which it was published."""

from __future__ import annotations

from datetime import date

from onrecord.record import Clue, Publication, Report


def find_publication(report: Report) -> Publication:
    """The day that was given with the report, local to its own offset; without one nothing is known yet."""
    if report.published is None:
        return Publication()
    day = date.fromisoformat(report.published[:10]) if _plain(report.published) else _day(report.published)
    return Publication(
        earliest=day, latest=day, edtf=day.isoformat(), given=True, basis=(Clue(None, "given with the report"),)
    )


def _plain(text: str) -> bool:
    return len(text) >= 10 and text[4] == text[7] == "-" and text[5] != "W"


def _day(text: str) -> date:
    """The day of the other forms of ISO 8601: "20260411T0930", "2026-W15-4"."""
    from datetime import datetime

    return datetime.fromisoformat(text).date()
