"""Filters to the claims that they leave, and a claim's id to all that stands behind it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.ask.claims import read_claims
from onrecord.ask.columns import Mask, within
from onrecord.ask.shelf import Reading
from onrecord.record import OnrecordError, Record
from onrecord.views.chains import explain_claim
from onrecord.views.claims import ClaimRow, list_claims
from onrecord.views.index import Index
from onrecord.web.filters import Codes, Found, find_rows
from onrecord.web.links import Links
from onrecord.web.marks import mark_differing
from onrecord.web.pages.statements import in_story, summary
from onrecord.web.pictures import draw_tree
from onrecord.web.query import Query
from onrecord.web.rows import list_sides

FACETS = ("origins", "unnamed", "story")
_ORIGINS = ("none", "one", "several")


def find_claims(reading: Reading, query: Query, links: Links) -> Found:
    """The claims that the filters leave, those that most reports hold first."""
    columns = reading.entries("claims")
    rows = columns.confidence >= query.least
    rows &= within(columns.earliest, columns.latest, query)
    if query.words:
        said = reading.statements
        hits = np.isin(said.id, reading.store.search_statements(query.words))
        rows &= _held_by(reading, hits)
    if "story" in query.facets:
        rows &= in_story(reading, columns.report, query.facets["story"])

    def address(**params: Any) -> str:
        return links.page("claims", **params)

    facets, order = reading.lists.once("claim facets", lambda: (_facets(reading), _order(reading)))
    return find_rows(query, address, facets, rows, order=order)


def show_claims(reading: Reading, query: Query, links: Links) -> dict[str, Any]:
    """What the page of claims shows."""
    found = find_claims(reading, query, links)
    columns = reading.entries("claims")
    ids = [columns.ids[n] for n in found.shown]
    held = query.params()
    return {
        "title": "What is claimed, and what stands behind it",
        "rows": read_claims(reading, ids, quoted=False),
        "filters": found.filters,
        "pager": found.pager,
        "summary": summary(len(found.positions), "claim", "claims", reading, bool(held)),
        "downloads": [("CSV", links.page("claims.csv", **held)), ("JSON", links.page("claims.json", **held))],
    }


def list_shown(reading: Reading, query: Query, links: Links) -> list[ClaimRow]:
    """All claims that the filters leave, for a file."""
    columns, found = reading.entries("claims"), find_claims(reading, query, links)
    ids = [columns.ids[n] for n in found.positions]
    return [row for first in range(0, len(ids), 200) for row in read_claims(reading, ids[first : first + 200])]


def show_claim(record: Record, id: str, links: Links, card: str | None) -> dict[str, Any]:
    """What the page of one claim shows, of a record that holds it; `card` is the address of its card.

    Raises:
        OnrecordError: there is no such claim.
    """
    row = next((r for r in list_claims(record) if r.id == id), None)
    if row is None:
        raise OnrecordError(f'there is no claim "{id}" in this record')
    tree, index = explain_claim(record, id), Index(record)
    claim = next(c for c in record.claims if c.id == id)
    return {
        "title": row.text,
        "tree": tree,
        "row": row,
        "picture": draw_tree(tree, links.report),
        "members": [(e, mark_differing(e.quote, row.text)[0]) for e in row.evidence],
        "card": card,
        "cite": cite(row),
        "places": [(f"{m.report}/{m.attribution}", index.label(m.report)) for m in claim.members],
        "disputes": list_sides(record),
    }


def cite(row: ClaimRow) -> str:
    """What one writes so that others can check it: the words, what stands behind them, and where."""
    lines = [f"“{row.text}” — {row.author}", f"{row.standing}."]
    for e in row.evidence:
        spans = ";".join(f"{start},{end}" for start, end in e.spans)
        lines.append(f"{e.label}: report {e.report}, characters {spans}")
    return "\n".join(lines)


def _order(reading: Reading) -> Any:
    columns = reading.entries("claims")
    return np.lexsort((np.arange(len(columns.ids)), -columns.independent, -columns.reports))


def _held_by(reading: Reading, statements: Mask) -> Mask:
    """The claims that one of these statements holds."""
    columns, claim = reading.entries("claims"), reading.statements.claim

    def find() -> NDArray[np.int64]:
        at = {id: n for n, id in enumerate(columns.ids)}
        return np.array([at.get(id, -1) for id in claim.values], np.int64)

    rows = reading.lists.once("claims of statements", find)[np.unique(claim.codes[statements & (claim.codes >= 0)])]
    held = np.zeros(len(columns.ids), bool)
    held[rows[rows >= 0]] = True
    return held


def _facets(reading: Reading) -> dict[str, Codes]:
    columns = reading.entries("claims")
    alone = np.where(_held_by(reading, reading.statements.unnamed), 0, -1).astype(np.int32)
    return {
        "origins": Codes(
            "Traced origins",
            np.clip(columns.independent, 0, 2).astype(np.int32),
            _ORIGINS,
            {"none": "no traced origin", "one": "1 traced origin", "several": "2 traced origins or more"},
        ),
        "unnamed": Codes("Only unnamed sources", alone, ["1"], {"1": "rests on unnamed sources only"}),
    }
