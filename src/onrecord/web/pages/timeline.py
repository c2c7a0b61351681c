"""Filters to what happened and what was said over the days, as a picture and as a list."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from onrecord.ask.columns import within
from onrecord.ask.shelf import Reading
from onrecord.record import OnrecordError
from onrecord.store import Coded
from onrecord.views.index import Index
from onrecord.views.timeline import Moment, tell_event, tell_statement
from onrecord.views.wording import MONTHS, STATUSES, word_count
from onrecord.web.filters import Codes, Found, find_rows
from onrecord.web.links import Links
from onrecord.web.pages.statements import in_story, summary
from onrecord.web.pictures import draw_density, draw_legend, draw_timeline
from onrecord.web.query import Query

FACETS = ("by", "status", "kind", "story")
# So many are drawn one by one; of more, how many there are in each stretch of time.
DRAWN = 80
DRAWN_AT_ONCE = 400
_BY = {"event": "day of event", "statement": "day of statement"}
_STATUSES = (*STATUSES, "statement")


class Moments(Struct, frozen=True):
    """Columns of events and of statements, each claim and day of saying once, in their order in time.

    `of` is the position in the list of events, where it `is_event`, or among the statements, of which each is one with
    the others of the list of statements in `members`, from its border to the next one.
    """

    earliest: NDArray[np.int32]
    latest: NDArray[np.int32]
    confidence: NDArray[np.float32]
    status: NDArray[np.int32]
    kind: NDArray[np.int32]
    kinds: Sequence[str]
    reports: Coded
    of: NDArray[np.int64]
    is_event: NDArray[np.bool_]
    members: NDArray[np.int64]
    borders: NDArray[np.int64]

    def rows_of(self, statement: int) -> NDArray[np.int64]:
        """The rows of the list of statements that are one in this."""
        return self.members[self.borders[statement] : self.borders[statement + 1]]


def show_timeline(reading: Reading, query: Query, links: Links) -> dict[str, Any]:
    """What the timeline shows."""
    moments = reading.lists.once("moments", lambda: _moments(reading))
    found = _find(reading, moments, query, links)

    def picture() -> tuple[str, int, tuple[date, date] | None]:
        dated, span = _find_span(moments, found.positions, query)
        drawn = _draw(reading, moments, dated, span, query, links) if span else ""
        return drawn, len(found.positions) - len(dated), span

    # That of all days is drawn once.
    drawn, lacking, span = picture() if query.params() else reading.lists.once(f"all days, {links.live}", picture)
    return {
        "title": "What happened, in order",
        "rows": read_moments(reading, moments, found.shown),
        "picture": drawn,
        "legend": draw_legend(),
        "undrawn": _tell_undrawn(lacking),
        "switch": _switch(query, links),
        "zoom": _zoom(span, query, links) if span else [],
        "filters": found.filters,
        "pager": found.pager,
        "summary": summary(len(found.positions), "entry", "entries", reading, bool(query.params())),
    }


def read_moments(reading: Reading, moments: Moments, positions: Sequence[int]) -> list[Moment]:
    """The rows at these positions, in their order."""
    ids, columns = reading.entries("events").ids, reading.statements
    events = {n: ids[moments.of[n]] for n in positions if moments.is_event[n]}
    said = {n: [columns.member(m) for m in moments.rows_of(int(moments.of[n]))] for n in positions if n not in events}
    part = reading.part(ids=list(events.values()), statements=[m for members in said.values() for m in members])
    index = Index(part)
    entries = {e.id: e for e in part.events}
    parties = {c.id: c.participants for c in part.contacts}
    return [
        tell_statement(index, said[n])
        if n in said
        else tell_event(index, entries[events[n]], parties.get(events[n], ()))
        for n in positions
    ]


def _find(reading: Reading, moments: Moments, query: Query, links: Links) -> Found:
    rows = moments.confidence >= query.least
    rows &= within(moments.earliest, moments.latest, query)
    by = query.facets.get("by")
    if by not in (None, *_BY):
        raise OnrecordError(f'"{by}" is no way to order the timeline; there are: {", ".join(_BY)}')
    if by:
        rows &= moments.is_event if by == "event" else ~moments.is_event
    if "story" in query.facets:
        rows &= in_story(reading, moments.reports, query.facets["story"])

    def address(**params: Any) -> str:
        return links.page("timeline", **params)

    facets = reading.lists.once("moment facets", lambda: _facets(moments))
    return find_rows(query, address, facets, rows, searched=False)


def _facets(moments: Moments) -> dict[str, Codes]:
    words = {key: text.removeprefix("reported as ") for key, text in STATUSES.items()} | {"statement": "statement"}
    return {
        "status": Codes("Status", moments.status, _STATUSES, words),
        "kind": Codes("Kind", moments.kind, moments.kinds),
    }


def _find_span(
    moments: Moments, positions: NDArray[np.int64], query: Query
) -> tuple[NDArray[np.int64], tuple[date, date] | None]:
    """Those of the rows that have a day, and the days that a picture of them covers."""
    dated = positions[(moments.earliest[positions] > 0) | (moments.latest[positions] > 0)]
    return dated, _span(moments, dated, query) if len(dated) else None


def _tell_undrawn(lacking: int) -> str:
    """What the picture leaves out."""
    words = word_count(lacking, "entry has", "entries have")
    return f"{words} no known day and can't be drawn." if lacking else ""


def _draw(
    reading: Reading,
    moments: Moments,
    dated: NDArray[np.int64],
    span: tuple[date, date],
    query: Query,
    links: Links,
) -> str:
    """The picture of what was found and has a day."""
    first, last = span
    if len(dated) <= (DRAWN if links.live else DRAWN_AT_ONCE):
        rows = read_moments(reading, moments, [int(n) for n in dated])
        return draw_timeline(rows, first, last, lambda m: links.words(m.words))
    low, high = moments.earliest[dated], moments.latest[dated]

    def href(since: date, until: date) -> str:
        return links.page("timeline", **query.params(since=since.isoformat(), until=until.isoformat()))

    return draw_density(np.where(low > 0, low, high), np.where(high > 0, high, low), first, last, href)


def _span(moments: Moments, dated: NDArray[np.int64], query: Query) -> tuple[date, date]:
    """The days that a picture covers: those asked for, else from the first mark in it to the last one."""
    low, high = moments.earliest[dated], moments.latest[dated]
    ends = np.concatenate((low[low > 0], high[high > 0]))
    first = query.since.toordinal() if query.since else int(ends.min())
    last = query.until.toordinal() if query.until else int(ends.max())
    # What is told in passing, of long ago or of years to come, would press all others into one corner.
    if not (query.since or query.until):
        near, far = (int(q) for q in np.quantile(ends, [0.1, 0.9]))
        around = max(7, far - near)
        shown = ends[(ends >= near - around) & (ends <= far + around)]
        first, last = int(shown.min()), int(shown.max())
    return date.fromordinal(max(1, first)), date.fromordinal(max(first, last))


def _switch(query: Query, links: Links) -> list[tuple[str, str, bool]]:
    now = query.facets.get("by")
    choices: list[tuple[str, str | None]] = [("both", None), *((words, by) for by, words in _BY.items())]
    return [(words, links.page("timeline", **query.params(by=by)), now == by) for words, by in choices]


def _zoom(span: tuple[date, date], query: Query, links: Links) -> list[tuple[str, str, bool]]:
    """All days, the year and the month looked at, and what lies before and after."""
    first, last = span
    middle = date.fromordinal((first.toordinal() + last.toordinal()) // 2)
    month, end = middle.replace(day=1), middle.replace(day=monthrange(middle.year, middle.month)[1])
    monday = _shift(middle, -middle.weekday())
    stretches = [
        (f"{middle.year}", date(middle.year, 1, 1), date(middle.year, 12, 31)),
        (f"{MONTHS[month.month - 1]} {month.year}", month, end),
        (f"week of {monday.day} {MONTHS[monday.month - 1]}", monday, _shift(monday, 6)),
    ]
    length = (last - first).days + 1
    if query.since and query.until:
        stretches.append(("← earlier", _shift(first, -length), _shift(first, -1)))
        stretches.append(("later →", _shift(last, 1), _shift(last, length)))
    whole = ("all days", links.page("timeline", **query.params(since=None, until=None)), not query.since)
    return [
        whole,
        *(
            (words, links.page("timeline", **query.params(since=a.isoformat(), until=b.isoformat())), (a, b) == held)
            for words, a, b in stretches
            for held in [(query.since, query.until)]
        ),
    ]


def _shift(day: date, days: int) -> date:
    return date.fromordinal(min(max(1, day.toordinal() + days), date.max.toordinal()))


def _moments(reading: Reading) -> Moments:
    """The columns of events and of dated statements as one list."""
    events, said = reading.entries("events"), reading.statements
    dated = np.flatnonzero((said.earliest > 0) | (said.latest > 0))
    # One without a claim stands by itself.
    claim = np.where(said.claim.codes[dated] >= 0, said.claim.codes[dated], -1 - dated)
    keys = (said.latest[dated], said.earliest[dated], claim)
    sorted_ = np.lexsort(keys)
    differs = np.logical_or.reduce([np.diff(key[sorted_], prepend=key[sorted_[:1]] - 1) != 0 for key in keys])
    borders = np.append(np.flatnonzero(differs), len(dated))
    members = dated[sorted_]
    heads = members[borders[:-1]]
    place = dict(said.report.numbers)
    for name in events.report.values:
        place.setdefault(name, len(place))
    recoded = np.array([*(place[name] for name in events.report.values), -1], dtype=np.int32)
    statuses = np.array([*(_STATUSES.index(s) for s in events.status.values), -1], dtype=np.int32)
    earliest = np.concatenate((events.earliest, said.earliest[heads]))
    latest = np.concatenate((events.latest, said.latest[heads]))
    day = np.where(earliest > 0, earliest, np.where(latest > 0, latest, np.iinfo(np.int32).max))
    order = np.lexsort((np.where(latest > 0, latest, np.iinfo(np.int32).max), day))
    return Moments(
        earliest=earliest[order],
        latest=latest[order],
        confidence=np.concatenate((events.confidence, said.confidence[heads]))[order],
        status=np.concatenate((statuses[events.status.codes], np.full(len(heads), len(STATUSES), np.int32)))[order],
        kind=np.concatenate((events.noun.codes, np.full(len(heads), -1, np.int32)))[order],
        kinds=events.noun.values,
        reports=Coded(
            np.concatenate((recoded[events.report.codes], said.report.codes[heads]))[order], list(place), place
        ),
        of=np.concatenate((np.arange(len(events.ids)), np.arange(len(heads))))[order],
        is_event=order < len(events.ids),
        members=members,
        borders=borders,
    )
