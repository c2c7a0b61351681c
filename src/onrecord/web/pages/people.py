"""Filters to the people and bodies that they leave, and one of them to what is on record of it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
from msgspec import Struct

from onrecord.ask.contacts import read_sheets
from onrecord.ask.shelf import Reading
from onrecord.record import OnrecordError
from onrecord.views.refs import refer
from onrecord.views.wording import word_count
from onrecord.web.filters import Codes, find_rows
from onrecord.web.links import Links
from onrecord.web.pages.statements import list_rows, read_statements, summary
from onrecord.web.query import Query

FACETS = ("type",)
# Of each list on the page of one; the whole list is a click away.
_SHOWN = 8


class PersonRow(Struct, frozen=True):
    """A person or body, in how many reports it is named, and how many statements are its own."""

    id: str
    name: str
    type: str
    roles: tuple[str, ...]
    reports: int
    said: int


def show_people(reading: Reading, query: Query, links: Links) -> dict[str, Any]:
    """What the page of people and bodies shows: those first who said most."""
    columns = reading.entries("entities")
    said, order = reading.lists.once("people", lambda: _rank(reading))
    rows = np.ones(len(columns.ids), dtype=bool)
    if query.words:
        wanted = query.words.casefold()
        names = [wanted in name.casefold() for name in columns.label.values]
        rows &= np.array([*names, False])[columns.label.codes]

    def address(**params: Any) -> str:
        return links.page("people", **params)

    facets = {"type": Codes("Type", columns.noun.codes, columns.noun.values)}
    found = find_rows(query, address, facets, rows, order=order, dated=False, graded=False)
    return {
        "title": "Who is named",
        "rows": [
            PersonRow(
                id=columns.ids[n],
                name=columns.label.values[columns.label.codes[n]],
                type=columns.noun.values[columns.noun.codes[n]],
                roles=columns.roles(n),
                reports=int(columns.reports[n]),
                said=int(said[n]),
            )
            for n in found.shown
        ],
        "filters": found.filters,
        "pager": found.pager,
        "summary": summary(len(found.positions), "name", "names", reading, bool(query.params())),
    }


def show_entity(reading: Reading, id: str, links: Links) -> dict[str, Any]:
    """What the page of one person or body shows.

    Raises:
        OnrecordError: there is none of that id.
    """
    who = next((e for e in reading.part(ids=[id]).entities if e.id == id), None)
    if who is None:
        raise OnrecordError(f'nobody of the id "{id}" is named in this record')
    said, spoken = (_few(reading, links, **{facet: id}) for facet in ("entity", "about"))
    names = {who.name, *who.aliases}
    contacts = reading.entries("contacts").ids
    of = reading.lists.once("contacts of names", lambda: _contacts_of_names(reading))
    held = [contacts[n] for n in sorted({n for name in names for n in of.get(name, ())})]
    reports = len({m.report for m in who.mentions})
    return {
        "title": who.name,
        "who": who,
        "ref": refer("entity", id),
        "said": read_statements(reading, said[0][:_SHOWN], links),
        "calls": read_sheets(reading, held[:_SHOWN]),
        "spoken": read_statements(reading, spoken[0][:_SHOWN], links),
        "more": {
            "said": links.page("statements", entity=id) if len(said[0]) > _SHOWN else None,
            "calls": links.page("calls", party=who.name) if len(held) > _SHOWN else None,
            "spoken": links.page("statements", about=id) if len(spoken[0]) > _SHOWN else None,
        },
        "counts": [
            (f"named in {word_count(reports, 'report', 'reports')}", None),
            (word_count(len(said[0]), "statement", "statements"), links.page("statements", entity=id)),
            (word_count(len(held), "contact", "contacts"), links.page("calls", party=who.name)),
            (f"spoken of in {word_count(len(spoken[0]), 'statement', 'statements')}", spoken[1]),
        ],
    }


def _few(reading: Reading, links: Links, **facets: str) -> tuple[list[int], str]:
    """The statements with these facets, and where all of them are listed."""
    query = Query("", None, None, 0.0, 1, facets)
    return np.flatnonzero(list_rows(reading, query)).tolist(), links.page("statements", **facets)


def _contacts_of_names(reading: Reading) -> dict[str, list[int]]:
    """The rows of the contacts to which somebody of a name was party."""
    parties = reading.lists.once("parties", reading.store.parties)
    found: dict[str, list[int]] = defaultdict(list)
    for n, id in enumerate(reading.entries("contacts").ids):
        for name in parties.get(id, ()):
            found[name].append(n)
    return found


def _rank(reading: Reading) -> tuple[Any, Any]:
    """How many statements each has made, and the order by it, then by the reports that name them, then by name."""
    columns, statements = reading.entries("entities"), reading.statements
    counts = np.bincount(statements.entity.codes[statements.entity.codes >= 0], minlength=len(statements.entity.values))
    made = dict(zip(statements.entity.values, counts, strict=False))
    said = np.fromiter((made.get(id, 0) for id in columns.ids), np.int64, len(columns.ids))
    # By name at last, so that the order does not hang on ids.
    names = np.argsort(np.argsort([columns.label.values[c] if c >= 0 else "" for c in columns.label.codes]))
    return said, np.lexsort((names, -columns.reports, -said))
