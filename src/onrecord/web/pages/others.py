"""Filters to the disagreements, expectations and absent sources that they leave."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np

from onrecord.record import Record
from onrecord.views.absent import list_absent
from onrecord.views.disagreements import KINDS as UNLIKE
from onrecord.views.expectations import KINDS as EXPECTED
from onrecord.views.expectations import OUTCOMES, list_expectations
from onrecord.views.wording import word_class
from onrecord.web.filters import Codes, find_rows, page, within
from onrecord.web.links import Links
from onrecord.web.pages.statements import in_story, summary
from onrecord.web.query import Query
from onrecord.web.rows import list_sides
from onrecord.web.shelf import Reading

DISAGREEMENT_FACETS = ("kind", "story")
EXPECTATION_FACETS = ("kind", "outcome", "story")
ABSENT_FACETS = ("class",)
# What each kind is a matter of, from the plain contradiction down.
_FOREMOST = ("denial", "contradiction", "specificity", "hedge", "omission")


def show_disagreements(reading: Reading, query: Query, links: Links) -> dict[str, Any]:
    """What the page of disagreements shows: what denies or excludes another first, then what one merely leaves out."""
    columns = reading.entries("disagreements")
    rows = np.ones(len(columns.ids), dtype=bool)
    if "story" in query.facets:
        rows &= in_story(reading, columns.report.codes, columns.report.values, query.facets["story"])
    turn = np.array([_FOREMOST.index(kind) for kind in columns.noun.values], dtype=np.int32)
    order = np.lexsort((np.arange(len(columns.ids)), turn[columns.noun.codes] if len(turn) else turn))

    def address(**params: Any) -> str:
        return links.page("disagreements", **params)

    facets = {"kind": Codes("Kind", columns.noun.codes, columns.noun.values, UNLIKE)}
    found = find_rows(query, address, facets, rows, order=order, searched=False, dated=False)
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
    rows = within(columns.earliest, columns.latest, query)
    if "story" in query.facets:
        rows &= in_story(reading, columns.report.codes, columns.report.values, query.facets["story"])

    def address(**params: Any) -> str:
        return links.page("expectations", **params)

    facets = {
        "kind": Codes("Kind", columns.noun.codes, columns.noun.values, EXPECTED),
        "outcome": Codes("What came of it", columns.status.codes, columns.status.values, OUTCOMES),
    }
    found = find_rows(query, address, facets, rows, searched=False)
    ids = [columns.ids[n] for n in found.shown]
    held = {row.id: row for row in list_expectations(reading.part(ids=ids), query.least)}
    return {
        "title": "What was threatened, foretold, promised or planned",
        "rows": [held[id] for id in ids if id in held],
        "filters": found.filters,
        "pager": found.pager,
        "summary": summary(len(found.positions), "expectation", "expectations", reading, bool(query.params())),
    }


def show_absent(reading: Reading, query: Query, links: Links) -> dict[str, Any]:
    """What the page of absent sources shows: those first that most reports cite."""
    absent = reading.absent()
    if absent is None:
        waiting = (
            "Which sources are cited and not in this record is being worked out; load this page again in a moment."
        )
        found = page(0, query, links.page)
        return {"title": _ABSENT, "rows": [], "filters": None, "pager": found, "summary": waiting}
    classes = list(dict.fromkeys(a.class_ for a in absent))
    codes = np.fromiter((classes.index(a.class_) for a in absent), np.int32, len(absent))
    order = np.lexsort((np.arange(len(absent)), -np.fromiter((len(a.cited_by) for a in absent), int, len(absent))))

    def address(**params: Any) -> str:
        return links.page("absent", **params)

    facets = {"class": Codes("Kind of source", codes, classes, {c: word_class(c) for c in classes})}
    rows = np.ones(len(absent), dtype=bool)
    found_rows = find_rows(query, address, facets, rows, order=order, searched=False, dated=False)
    shown = tuple(absent[n] for n in found_rows.shown)
    citing = list(dict.fromkeys(r for a in shown for r in a.cited_by[:_CITING]))
    few = tuple(msgspec.structs.replace(a, cited_by=a.cited_by[:_CITING]) for a in shown)
    held: Record = msgspec.structs.replace(reading.citing(citing), absent=few)
    counts = {(a.name, a.class_, a.when): len(a.cited_by) for a in shown}
    return {
        "title": _ABSENT,
        "rows": list_absent(held),
        "counts": counts,
        "filters": found_rows.filters,
        "pager": found_rows.pager,
        "summary": summary(len(absent), "absent source", "absent sources", reading, bool(query.params())),
    }


_ABSENT = "Cited, and not in this record"
# Of the reports that cite a source, those that are named.
_CITING = 5
