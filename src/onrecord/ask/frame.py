"""Words for days, languages and numbers to the bounds of a question."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from onrecord.record import Interval, OnrecordError


class Frame(Struct, frozen=True, kw_only=True):
    """What bounds any question: days, the least confidence, the language of the reports, how many rows at most."""

    since: date | None = None
    until: date | None = None
    least: float = 0.0
    language: str | None = None
    limit: int | None = None


def read_when(words: str, today: date) -> Interval:
    """The days that `words` name: EDTF ("2031-05", "2031-05-04/..") or words ("last week", "3 days ago").

    Words are read as in a report of `today`; a weekday or a day without a year is the last one.

    Raises:
        OnrecordError: they name none.
    """
    # A grammar of all that reports call days by is no small thing to load.
    from onrecord.correct import read_days
    from onrecord.dating import read_words

    try:
        return read_days(words)
    except OnrecordError:
        found = read_words(words, today)
    if found is None:
        raise OnrecordError(
            f'"{words}" names no days; write 2031-05-04, 2031-05, 2031-05-04/2031-05-07, or words such as "last week"'
        )
    return found


def frame_days(since: str | None, until: str | None, when: str | None, today: date) -> tuple[date | None, date | None]:
    """The first and the last day of a question: from the first of `since` to the last of `until`, else those of `when`.

    Raises:
        OnrecordError: the words name no days, or end before they begin.
    """
    both = read_when(when, today) if when else Interval()
    first = read_when(since, today).earliest if since else both.earliest
    last = read_when(until, today).latest if until else both.latest
    if first and last and last < first:
        raise OnrecordError(f"the days end ({last}) before they begin ({first})")
    return first, last
