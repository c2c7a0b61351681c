"""A report to the interval of days in which it was published."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from onrecord.record import Clue, Publication, Report

_WEEK = re.compile(r"\d{4}-?W\d\d")


def find_publication(report: Report) -> Publication:
    """The day that was given with the report, local to its own offset; without one nothing is known yet.

    Of a week without a day ("2026-W15") all seven days are kept.
    """
    if report.published is None:
        return Publication(basis=report.clues)
    first = last = datetime.fromisoformat(report.published).date()
    if _WEEK.fullmatch(report.published):
        last += timedelta(days=6)
    edtf = f"{first}" if first == last else f"{first}/{last}"
    basis = report.clues or (Clue(None, "given with the report"),)
    return Publication(earliest=first, latest=last, edtf=edtf, given=True, basis=basis)
