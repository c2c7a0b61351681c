"""What was given of one report, several times, to one report and all its keys."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

import msgspec

from onrecord.record import Clue, Report

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def merge_givens(givens: Sequence[Report]) -> tuple[Report, tuple[str, ...]]:
    """One report of the same id as all of `givens`, and their keys, sorted; the same in any order of `givens`.

    It has the first of the keys, the earliest date with the clues that came with it and, of each other field, the
    smallest value that was given.
    """
    keys = tuple(sorted({given.key for given in givens}))
    dates = [given.published for given in givens if given.published is not None]
    published = min(dates, key=publication_order, default=None)
    return Report(
        id=givens[0].id,
        key=keys[0],
        url=_smallest([given.url for given in givens]),
        outlet=_smallest([given.outlet for given in givens]),
        author=_smallest([given.author for given in givens]),
        title=_smallest([given.title for given in givens]),
        language=_smallest([given.language for given in givens]),
        published=published,
        text=givens[0].text,
        clues=_clues(given for given in givens if given.published == published),
    ), keys


def publication_order(published: str) -> tuple[date, int, float, str]:
    """What sorts dates as given: by day, each local to its own offset, and within a day by instant.

    On the same day one with a time stands before one without, since it says more of the same; a time without an offset
    counts as UTC's, after those that have one. What is no ISO 8601 comes last.

    >>> min(["2031-05-04", "2031-05-04T18:30+02:00", "2031-05-04T17:00Z"], key=publication_order)
    '2031-05-04T18:30+02:00'
    """
    try:
        return date.fromisoformat(published), 2, 0.0, published
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return date.max, 3, 0.0, published
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.date(), 0 if moment.tzinfo else 1, (aware - EPOCH).total_seconds(), published


def hash_metadata(report: Report) -> str:
    """32 hexadecimal digits for all that is known of `report` beside its text; its key tells a reading nothing."""
    bare = msgspec.structs.replace(report, key="", text="")
    return hashlib.sha256(msgspec.json.encode(bare)).hexdigest()[:32]


def _clues(givens: Iterable[Report]) -> tuple[Clue, ...]:
    """The clues of the given that has the most of them, the smallest of equals."""
    return min((given.clues for given in givens), key=lambda c: (-len(c), msgspec.json.encode(c)), default=())


def _smallest(values: Sequence[str | None]) -> str | None:
    return min((value for value in values if value is not None), default=None)
