"""The record as JSON under /api/, page by page, in the shapes of the export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response
from msgspec import Struct
from msgspec.structs import replace

from onrecord.ask.columns import within
from onrecord.ask.shelf import Reading, Shelf
from onrecord.record import (
    Absent,
    Analysis,
    Attribution,
    Claim,
    Contact,
    Disagreement,
    EntityEntry,
    EventEntry,
    Expectation,
    OnrecordError,
    ReportEntry,
    Story,
)
from onrecord.views.chains import ClaimTree, explain_claim
from onrecord.web.filters import Found, find_rows, page
from onrecord.web.links import ServerLinks
from onrecord.web.pages import claims, statements
from onrecord.web.query import Query, read_query

_PLAIN: dict[str, dict[str, Any]] = {
    "page": {"type": "integer", "minimum": 1, "maximum": 1_000_000},
    "q": {"type": "string", "maxLength": 300},
    "since": {"type": "string", "format": "date"},
    "until": {"type": "string", "format": "date"},
    "least": {"type": "number", "minimum": 0, "maximum": 1},
}
# So many entries fill a page.
PAGE = 40
_TEXT = {"type": "string", "maxLength": 300}
_NOWHERE = ServerLinks(lambda name: None)


class StatementItem(Struct, frozen=True):
    """An attribution with its report and the claim that it stands in."""

    report: str
    attribution: Attribution
    claim: str | None


class StatementPage(Struct, frozen=True):
    """A page of statements, of `total` in all."""

    total: int
    page: int
    items: tuple[StatementItem, ...]


class Failure(Struct, frozen=True):
    """Why there is no answer."""

    detail: str


Lister = Callable[[Reading, Query], tuple[int, Sequence[Any]]]


class _List(Struct, frozen=True):
    """A list: what its items are, by which names it can be filtered, and what lists it."""

    item: Any
    says: str
    names: tuple[str, ...]
    lister: Lister


def api_routes(shelf: Shelf) -> APIRouter:
    """The routes of the API of a record."""
    router = APIRouter(tags=["record"])
    for name, listed in LISTS.items():
        router.add_api_route(
            f"/{name}",
            _list_view(shelf, listed),
            methods=["GET"],
            name=f"list {name}",
            summary=listed.says,
            responses=_responses(f"{name}_page"),
            openapi_extra={"parameters": [_parameter(n) for n in listed.names]},
        )
    for path, (name, says, find) in ONES.items():
        router.add_api_route(
            path,
            _one_view(shelf, find),
            methods=["GET"],
            name=f"one {name}",
            summary=says,
            responses=_responses(name),
        )
    return router


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description of an app with these routes, with the schemas of what they answer."""
    from fastapi.openapi.utils import get_openapi

    told = get_openapi(title="Onrecord", version="1", routes=app.routes, summary=__doc__)
    schemas = told.setdefault("components", {}).setdefault("schemas", {})
    types = [Failure, StatementPage, Analysis, ClaimTree, *(listed.item for listed in LISTS.values())]
    _, held = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    schemas |= held
    for name, listed in LISTS.items():
        if listed.item is not StatementItem:
            schemas[f"{name}_page"] = _page_schema(listed.item.__name__)
    schemas["statements_page"] = {"$ref": "#/components/schemas/StatementPage"}
    return told


def _page_schema(item: str) -> dict[str, Any]:
    items = {"type": "array", "items": {"$ref": f"#/components/schemas/{item}"}}
    number = {"type": "integer", "minimum": 0}
    return {
        "type": "object",
        "properties": {"total": number, "page": number, "items": items},
        "required": ["total", "page", "items"],
    }


def _list_view(shelf: Shelf, listed: _List) -> Callable[[Request], Response]:
    facets = tuple(n for n in listed.names if n not in _PLAIN)

    def view(request: Request) -> Response:
        query = replace(read_query(request.query_params, facets), size=PAGE)
        # Absent sources are waited for, if need be.
        with shelf.reading(long=listed.item is Absent) as reading:
            total, items = listed.lister(reading, query)
        return _answer({"total": total, "page": query.page, "items": items})

    return view


def _one_view(shelf: Shelf, find: Callable[[Reading, str], Any]) -> Callable[[str], Response]:
    def view(id: str) -> Response:
        with shelf.reading() as reading:
            found = find(reading, id)
            if found is None:
                raise OnrecordError(f'there is no "{id}" in this record')
            return _answer(found)

    return view


def _answer(found: object) -> Response:
    return Response(msgspec.json.encode(found), media_type="application/json")


def _responses(schema: str) -> dict[int | str, dict[str, Any]]:
    def content(name: str) -> dict[str, Any]:
        return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}

    return {
        200: {"description": "found", "content": content(schema)},
        400: {"description": "a filter is none", "content": content("Failure")},
        404: {"description": "there is no such thing", "content": content("Failure")},
        422: {"description": "a parameter is none", "content": content("Failure")},
    }


def _parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": _PLAIN.get(name, _TEXT)}


def _statements(reading: Reading, query: Query) -> tuple[int, Sequence[Any]]:
    found = statements.find_statements(reading, query, _NOWHERE)
    columns = reading.statements
    members = [columns.member(n) for n in _asked(found, query)]
    part = reading.part(statements=members)
    held = {(a.id, t.id): t for a in part.analyses for t in a.attributions}
    stands = {(m.report, m.attribution): c.id for c in part.claims for m in c.members}
    items = [
        StatementItem(m.report, held[m.report, m.attribution], stands.get((m.report, m.attribution))) for m in members
    ]
    return len(found.positions), items


def _asked(found: Found, query: Query) -> list[int]:
    """The positions on the page that was asked for; a program that asks for one behind the last gets none."""
    return found.shown if (query.page - 1) * PAGE < max(1, found.pager.total) else []


def _entries(kind: str) -> Lister:
    """Lists the entries of a kind in the order of their columns, by day."""

    def lister(reading: Reading, query: Query) -> tuple[int, Sequence[Any]]:
        columns = reading.entries(kind)
        rows = within(columns.earliest, columns.latest, query)
        found = find_rows(query, lambda **params: "", {}, rows, searched=False)
        return len(found.positions), _read(reading, kind, [columns.ids[n] for n in _asked(found, query)])

    return lister


def _claims(reading: Reading, query: Query) -> tuple[int, Sequence[Any]]:
    found = claims.find_claims(reading, query, _NOWHERE)
    ids = reading.entries("claims").ids
    return len(found.positions), _read(reading, "claims", [ids[n] for n in _asked(found, query)])


def _absent(reading: Reading, query: Query) -> tuple[int, Sequence[Any]]:
    absent = reading.lists.absent().result()
    turn = page(len(absent), query, lambda **params: "")
    first = (query.page - 1) * PAGE
    return len(absent), absent[first : turn.last] if first < len(absent) else ()


def _read(reading: Reading, kind: str, ids: Sequence[str]) -> list[Any]:
    held = {entry.id: entry for entry in getattr(reading.part(ids=ids), kind)}
    return [held[id] for id in ids if id in held]


def _find(kind: str) -> Callable[[Reading, str], Any]:
    return lambda reading, id: next(iter(_read(reading, kind, [id])), None)


def _analysis(reading: Reading, id: str) -> Analysis | None:
    if id not in reading.entries("reports").ids:
        return None
    return next((a for a in reading.part(reports=[id]).analyses if a.id == id), None)


def _tree(reading: Reading, id: str) -> ClaimTree | None:
    part = reading.part(ids=[id], copies=True)
    return explain_claim(part, id) if any(c.id == id for c in part.claims) else None


_DAYS = ("page", "since", "until")
LISTS: dict[str, _List] = {
    "reports": _List(ReportEntry, "The reports, by day", _DAYS, _entries("reports")),
    "stories": _List(Story, "The stories, by day", _DAYS, _entries("stories")),
    "statements": _List(
        StatementItem, "Who said what, in the order of the reports", (*_PLAIN, *statements.FACETS), _statements
    ),
    "claims": _List(Claim, "What is claimed, most reports first", (*_PLAIN, *claims.FACETS), _claims),
    "events": _List(EventEntry, "What happened, by day", _DAYS, _entries("events")),
    "contacts": _List(Contact, "Who was in contact, by day", _DAYS, _entries("contacts")),
    "expectations": _List(Expectation, "What was expected, by day", _DAYS, _entries("expectations")),
    "disagreements": _List(Disagreement, "What does not agree", ("page",), _entries("disagreements")),
    "absent": _List(Absent, "What is cited and not in the record", ("page",), _absent),
    "entities": _List(EntityEntry, "Who and what is named", ("page",), _entries("entities")),
}
ONES: dict[str, tuple[str, str, Callable[[Reading, str], Any]]] = {
    "/reports/{id}": ("Analysis", "A report and all that was found in it", _analysis),
    "/claims/{id}": ("Claim", "A claim", _find("claims")),
    "/claims/{id}/tree": ("ClaimTree", "What stands behind a claim, with the words that prove it", _tree),
    "/events/{id}": ("EventEntry", "An event", _find("events")),
    "/contacts/{id}": ("Contact", "A contact", _find("contacts")),
    "/entities/{id}": ("EntityEntry", "A person, organisation, outlet, place or group", _find("entities")),
    "/stories/{id}": ("Story", "A story", _find("stories")),
}
