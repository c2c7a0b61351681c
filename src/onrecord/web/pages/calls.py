"""Filters to the contacts that they leave, each with both sides' readouts."""

from __future__ import annotations

from typing import Any

import numpy as np

from onrecord.ask.columns import within
from onrecord.ask.contacts import read_sheets
from onrecord.ask.shelf import Reading
from onrecord.views.wording import CONTACTS, STATUSES
from onrecord.web.filters import Codes, Found, find_rows
from onrecord.web.links import Links
from onrecord.web.pages.statements import in_story, summary
from onrecord.web.query import Query

FACETS = ("kind", "status", "party", "with", "story")
SIZE = 8


def find_calls(reading: Reading, query: Query, links: Links) -> Found:
    """The contacts that the filters leave, by day."""
    columns = reading.entries("contacts")
    rows = columns.confidence >= query.least
    rows &= within(columns.earliest, columns.latest, query)
    parties = reading.lists.once("parties", reading.store.parties)
    for name in ("party", "with"):
        if name in query.facets:
            held = {id for id, who in parties.items() if query.facets[name] in who}
            rows &= np.fromiter((id in held for id in columns.ids), bool, len(columns.ids))
    if "story" in query.facets:
        rows &= in_story(reading, columns.report, query.facets["story"])

    def address(**params: Any) -> str:
        return links.page("calls", **params)

    facets = {
        "kind": Codes("Kind", columns.noun.codes, columns.noun.values, {k: one for k, (one, _) in CONTACTS.items()}),
        "status": Codes("Status", columns.status.codes, columns.status.values, STATUSES),
    }
    return find_rows(query, address, facets, rows, searched=False, size=SIZE)


def show_calls(reading: Reading, query: Query, links: Links) -> dict[str, Any]:
    """What the call sheet shows."""
    found = find_calls(reading, query, links)
    columns = reading.entries("contacts")
    return {
        "title": "Who was in contact",
        "rows": read_sheets(reading, [columns.ids[n] for n in found.shown]),
        "filters": found.filters,
        "pager": found.pager,
        "summary": summary(len(found.positions), "contact", "contacts", reading, bool(query.params())),
    }
