"""Filters to the disagreements, expectations and absent sources that they leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from onrecord.ask.columns import Grouped, within
from onrecord.ask.disputes import FOREMOST
from onrecord.ask.shelf import Reading
from onrecord.record import Absent, Interval
from onrecord.views.absent import AbsentRow, find_citing, list_absent
from onrecord.views.disagreements import KINDS as UNLIKE
from onrecord.views.expectations import KINDS as EXPECTED
from onrecord.views.expectations import OUTCOMES, list_expectations
from onrecord.views.wording import word_class
from onrecord.web.filters import Codes, find_rows, page
from onrecord.web.links import Links
from onrecord.web.pages.statements import in_story, summary
from onrecord.web.query import Query
from onrecord.web.rows import list_sides

DISAGREEMENT_FACETS = ("kind", "story")
EXPECTATION_FACETS = ("kind", "outcome", "story")
ABSENT_FACETS = ("class",)


def show_disagreements(reading: Reading, query: Query, links: Links) -> dict[str, Any]:
    """What the page of disagreements shows: what denies or excludes another first, then what one merely leaves out."""
    columns = reading.entries("disagreements")
    rows = np.ones(len(columns.ids), dtype=bool)
    if "story" in query.facets:
        rows &= in_story(reading, columns.report, query.facets["story"])
    turn = np.array([FOREMOST.index(kind) for kind in columns.noun.values], dtype=np.int32)
    order = np.lexsort((np.arange(len(columns.ids)), turn[columns.noun.codes] if len(turn) else turn))

    def address(**params: Any) -> str:
        return links.page("disagreements", **params)

    facets = {"kind": Codes("Kind", columns.noun.codes, columns.noun.values, UNLIKE)}
    found = find_rows(query, address, facets, rows, order=order, searched=False, dated=False, graded=False, size=_PAIRS)
    ids = [columns.ids[n] for n in found.shown]
    held = {s.row.id: s for s in list_sides(reading.part(ids=ids))}
    return {
        "title": "What does not agree",
        "rows": [held[id] for id in ids],
        "filters": found.filters,
        "pager": found.pager,
        "summary": summary(len(found.positions), "disagreement", "disagreements", reading, bool(query.params())),
    }


def show_expectations(reading: Reading, query: Query, links: Links) -> dict[str, Any]:
    """What the page of expectations shows, by the days for which they were."""
    columns = reading.entries("expectations")
    rows = within(columns.earliest, columns.latest, query) & (columns.confidence >= query.least)
    if "story" in query.facets:
        rows &= in_story(reading, columns.report, query.facets["story"])

    def address(**params: Any) -> str:
        return links.page("expectations", **params)

    facets = {
        "kind": Codes("Kind", columns.noun.codes, columns.noun.values, EXPECTED),
        "outcome": Codes("What came of it", columns.status.codes, columns.status.values, OUTCOMES),
    }
    found = find_rows(query, address, facets, rows, searched=False)
    ids = [columns.ids[n] for n in found.shown]
    held = {row.id: row for row in list_expectations(reading.part(ids=ids))}
    return {
        "title": "What was threatened, foretold, promised or planned",
        "rows": [held[id] for id in ids],
        "filters": found.filters,
        "pager": found.pager,
        "summary": summary(len(found.positions), "expectation", "expectations", reading, bool(query.params())),
    }


def show_absent(reading: Reading, query: Query, links: Links) -> dict[str, Any]:
    """What the page of absent sources shows: those first that most reports cite."""
    absent = reading.absent()
    if absent is None:
        waiting = "Which sources are cited and not in this record is being worked out."
        pager = page(0, query, links.page)
        return {"title": _ABSENT, "rows": [], "filters": None, "pager": pager, "summary": waiting, "again": True}
    codes, order = reading.lists.once("absent sources", lambda: _sort_absent(absent))

    def address(**params: Any) -> str:
        return links.page("absent", **params)

    facets = {"class": codes}
    rows = np.ones(len(absent), dtype=bool)
    found = find_rows(query, address, facets, rows, order=order, searched=False, dated=False, graded=False, size=_SIZE)
    shown = [absent[n] for n in found.shown]
    return {
        "title": _ABSENT,
        "again": False,
        "rows": _read_absent(reading, shown),
        "filters": found.filters,
        "pager": found.pager,
        "summary": summary(len(absent), "absent source", "absent sources", reading, bool(query.params())),
    }


def _sort_absent(absent: Sequence[Absent]) -> tuple[Codes, NDArray[np.int64]]:
    """The class of each, and their order: those first that most reports cite."""
    classes = list(dict.fromkeys(a.class_ for a in absent))
    codes = np.fromiter((classes.index(a.class_) for a in absent), np.int32, len(absent))
    cited = np.fromiter((len(a.cited_by) for a in absent), int, len(absent))
    order = np.lexsort((np.arange(len(absent)), -cited))
    return Codes("Kind of source", codes, classes, {c: word_class(c) for c in classes}), order


def _read_absent(reading: Reading, shown: Sequence[Absent]) -> list[AbsentRow]:
    """The rows of absent sources, by the first reports that cite each: a source may be cited by all of a record."""
    few = [replace(a, cited_by=a.cited_by[:_CITING]) for a in shown]
    reports = list(dict.fromkeys(r for a in few for r in a.cited_by))
    citing = find_citing(replace(reading.part(reports=reports), absent=tuple(few)))
    said = reading.statements
    there = reading.lists.once("statements of reports", lambda: Grouped.of(said.report)).rows(reports)
    held = {int(said.claim.codes[n]) for n in there if said.member(int(n)) in citing}
    claims = [said.claim.values[n] for n in sorted(held) if n >= 0]
    telling = reading.lists.once("statements of claims", lambda: Grouped.of(said.claim)).rows(claims)
    beside = reading.store.unlike({said.report.values[n] for n in np.unique(said.report.codes[telling])})
    part = reading.part(ids=[*claims, *beside], reports=reports)
    counts = {_key(a): len(a.cited_by) for a in shown}
    rows = [
        replace(row, cited_by_count=counts[row.name, row.when.earliest, row.when.latest])
        for row in list_absent(replace(part, absent=tuple(few)))
    ]
    return sorted(rows, key=lambda row: -row.cited_by_count)


def _key(absent: Absent) -> tuple[str, date | None, date | None]:
    when = absent.when or Interval()
    return absent.name, when.earliest, when.latest


_ABSENT = "Cited, and not in this record"
# Pairs stand side by side, so that few fill a page.
_PAIRS = 20
# How many absent sources stand on a page, and of the reports that cite one, how many are read for what hangs on it.
_SIZE, _CITING = 10, 3
