"""A report to the interval of days in which it was published, with the clues that gave it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from onrecord.dating.axis import Floats, place
from onrecord.dating.weigh import likelihood, load_lags, narrowest, weigh
from onrecord.record import Clue, Hint, Publication, Report

_WEEK = re.compile(r"\d{4}-?W\d\d")
# The interval holds so much of the probability; one of more days than the second says no more than that nobody knows.
SHARE, MOST_DAYS = 0.95, 4000
# A clue that makes the interval less likely by this than the days that it likes best was set aside.
_AGAINST = 0.05


def find_publication(report: Report, hints: Sequence[Hint] = ()) -> Publication:
    """The day that was given with the report, local to its own offset, else what `hints` make of it.

    Of a week without a day ("2026-W15") all seven days are kept.
    """
    if report.published is None and not hints:
        return Publication(basis=report.clues)
    if report.published is None:
        return weighed(hints, weigh(hints, load_lags()), report.clues)
    first = last = datetime.fromisoformat(report.published).date()
    if _WEEK.fullmatch(report.published):
        last += timedelta(days=6)
    basis = report.clues or (Clue(None, "given with the report"),)
    return Publication(earliest=first, latest=last, edtf=_edtf(first, last), given=True, basis=basis)


def weighed(hints: Sequence[Hint], mass: Floats, beside: tuple[Clue, ...] = ()) -> Publication:
    """The shortest interval that holds most of `mass`; nothing where that is longer than a decade.

    `basis` names each clue with what it implied, those that the interval goes against as set aside.
    """
    first, last = narrowest(mass, SHARE)
    if (last - first).days >= MOST_DAYS:
        return Publication(basis=beside)
    basis = tuple(Clue(h.span, why) for h in hints if (why := _implied(h, first, last)))
    return Publication(earliest=first, latest=last, edtf=_edtf(first, last), basis=(*basis, *beside))


def _edtf(first: date, last: date) -> str:
    """The interval in EDTF (ISO 8601-2): a year or month where it is just that, else its two ends."""
    if first == last:
        return f"{first}"
    month = (last + timedelta(days=1)).day == 1 and first.day == 1
    if month and first.year == last.year and first.month == last.month:
        return f"{first:%Y-%m}"
    if month and first.year == last.year and (first.month, last.month) == (1, 12):
        return f"{first.year:04}"
    return f"{first}/{last}"


_SAYS = {
    "weekday.back": "published on that day or soon after",
    "weekday.ahead": "published before that day",
    "weekday.line": "in the dateline: published on that day or soon after",
    "weekday.fixed": "fixes the day of the week",
    "day": "published not far from that date",
    "known.day": "published not far from that date",
    "month": "published not far from that month",
    "dated": "published on that date or after it",
    "year": "published in that year or after it",
    "feast": "published not far from it",
    "event.once": "published after it began, or shortly before",
    "event.again": "published near one of them",
    "bound": "published where the one can name the other",
    "office.former": "published after that time",
    "office": "published in that time",
    "person": "published when the name was in the news",
    "since": "published since then",
    "until": "published by then, or not long after",
    "age": "published in that year of life",
    "mark": "published in that year",
    "cited": "published on that day",
    "copy": "published at about the same time",
    "rewrite": "published at about the same time",
    "story": "published at about the same time",
    "alike": "published at about the same time",
}


def _implied(hint: Hint, first: date, last: date) -> str:
    """The clue in words, with what it implied and whether the interval has it so; empty for one that says nothing."""
    shape = likelihood(hint, load_lags())
    if shape is None:
        return ""
    says = next((text for kind, text in sorted(_SAYS.items(), reverse=True) if hint.kind.startswith(kind)), "")
    inside = shape[place(first) : place(last) + 1].max()
    aside = "; set aside, the other clues being stronger" if inside < _AGAINST * shape.max() else ""
    return f"{hint.why}: {says}{aside}"
