"""A record to the site that shows it."""

from __future__ import annotations

import functools
import secrets
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from onrecord.ask.disputes import read_claim
from onrecord.ask.shelf import Reading, Shelf
from onrecord.record import OnrecordError
from onrecord.terminal.flat import write_csv, write_json
from onrecord.views.chains import explain_claim
from onrecord.views.claims import ClaimRow
from onrecord.views.statements import Statement
from onrecord.web.api import api_routes, describe
from onrecord.web.changes import change_routes, just_done, read_by
from onrecord.web.links import ServerLinks
from onrecord.web.pages import calls, claims, others, people, report, start, statements, timeline
from onrecord.web.pages.diff import show_diff
from onrecord.web.pictures import draw_card
from onrecord.web.query import Query, read_part, read_query
from onrecord.web.render import render
from onrecord.web.safety import Safety
from onrecord.web.turns import Turns

STATIC = Path(__file__).parent / "static"
# A visit ends when nothing was looked at for so long; what came later is new at the next one.
_VISIT = 30 * 60
_YEAR = 365 * 24 * 3600

Show = Callable[[Reading, Query, ServerLinks], dict[str, Any]]

LISTS: dict[str, tuple[tuple[str, ...], Show]] = {
    "timeline": (timeline.FACETS, timeline.show_timeline),
    "calls": (calls.FACETS, calls.show_calls),
    "statements": (statements.FACETS, statements.show_statements),
    "claims": (claims.FACETS, claims.show_claims),
    "disagreements": (others.DISAGREEMENT_FACETS, others.show_disagreements),
    "expectations": (others.EXPECTATION_FACETS, others.show_expectations),
    "absent": (others.ABSENT_FACETS, others.show_absent),
    "people": (people.FACETS, people.show_people),
}


def make_app(shelf: Shelf, hosts: frozenset[str]) -> FastAPI:
    """The site of a record, which answers to the names `hosts`."""
    app = FastAPI(title="Onrecord", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.mount("/static", StaticFiles(directory=STATIC))
    site = Site(shelf, secrets.token_urlsafe(24))
    for name in LISTS:
        app.add_api_route(f"/{name}", site.list_view(name), methods=["GET"], include_in_schema=False)
    for path, view in site.views().items():
        app.add_api_route(path, view, methods=["GET"], include_in_schema=False)
    app.include_router(change_routes(shelf.path, site.token, site.show), include_in_schema=False)
    app.include_router(api_routes(shelf), prefix="/api")
    app.add_exception_handler(OnrecordError, site.refuse)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, site.fail)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, site.misread)  # type: ignore[arg-type]
    app.add_middleware(Turns)
    app.add_middleware(Safety, hosts=hosts)
    app.openapi = functools.cache(lambda: describe(app))  # type: ignore[method-assign]
    return app


class Site:
    """The pages of one record."""

    def __init__(self, shelf: Shelf, token: str) -> None:
        self.shelf, self.token = shelf, token

    def show(self, template: str, request: Request, status: int = 200, **context: Any) -> HTMLResponse:
        """A page, with what all of them show."""
        links = context.pop("links", None) or ServerLinks(lambda name: None)
        common = {
            "layout": "base.html",
            "record": self.shelf.path.name,
            "here": "",
            "token": self.token,
            "by": read_by(request),
            "done": just_done(self.shelf.path, request),
            "back": _own_address(request),
        }
        page = render(template, links, **{**common, **context})
        return HTMLResponse(page, status)

    def list_view(self, name: str) -> Callable[[Request], Response]:
        """The view of that name."""
        facets, show = LISTS[name]

        def view(request: Request) -> Response:
            query = read_query(request.query_params, facets)
            with self.shelf.reading() as reading:
                links = _links(reading)
                return self.show(f"{name}.html", request, links=links, here=name, **show(reading, query, links))

        return view

    def views(self) -> Mapping[str, Callable[..., Response]]:
        """The other views by their paths."""
        return {
            "/": self.start,
            "/reports": self.reports,
            "/report/{id}": self.report,
            "/diff": self.diff,
            "/claim/{id}": self.claim,
            "/claim/{id}/card.svg": self.card,
            "/entity/{id}": self.entity,
            "/statements.csv": self.statements_csv,
            "/statements.json": self.statements_json,
            "/claims.csv": self.claims_csv,
            "/claims.json": self.claims_json,
        }

    def start(self, request: Request) -> Response:
        """What the record holds."""
        query, visited = read_query(request.query_params), _visited(request)
        with self.shelf.reading() as reading:
            links = _links(reading)
            shown = start.show_start(reading, query, links, visited)
            page = self.show("start.html", request, links=links, **shown)
        _note_visit(page, request)
        return page

    def reports(self, request: Request) -> Response:
        """The list of reports."""
        query = read_query(request.query_params, start.REPORT_FACETS)
        with self.shelf.reading() as reading:
            links = _links(reading)
            shown = start.show_reports(reading, query, links, _visited(request))
            return self.show("reports.html", request, links=links, here="reports", **shown)

    def report(self, request: Request, id: str, fact: str | None = None, char: str = "") -> Response:
        """A report with its facts."""
        chars = read_part(char)
        with self.shelf.reading() as reading:
            links = _links(reading)
            shown = report.show_report(reading, id, links, fact, chars)
            return self.show("report.html", request, links=links, here="reports", **shown)

    def diff(self, request: Request, a: str, b: str) -> Response:
        """Two versions, or two readouts, and what is other in one."""
        with self.shelf.reading() as reading:
            links = _links(reading)
            shown = show_diff(reading.part(reports=[a, b]), a, b)
            return self.show("diff.html", request, links=links, here="reports", **shown)

    def claim(self, request: Request, id: str) -> Response:
        """A claim and what stands behind it."""
        with self.shelf.reading() as reading:
            links = _links(reading)
            part = read_claim(reading, id)
            shown = claims.show_claim(part, id, links, f"{links.claim(id)}/card.svg")
            return self.show("claim.html", request, links=links, here="claims", **shown)

    def card(self, id: str) -> Response:
        """A claim as one picture to hand on."""
        with self.shelf.reading() as reading:
            tree = explain_claim(reading.part(ids=[id], copies=True), id)
        return Response(draw_card(tree, f"Onrecord, {self.shelf.path.name}"), media_type="image/svg+xml")

    def entity(self, request: Request, id: str) -> Response:
        """A person or body."""
        with self.shelf.reading() as reading:
            links = _links(reading)
            return self.show(
                "entity.html", request, links=links, here="people", **people.show_entity(reading, id, links)
            )

    def statements_csv(self, request: Request) -> Response:
        """The statements of a query, for a spreadsheet."""
        return _file(write_csv(self._statements(request), Statement), "text/csv; charset=utf-8", "statements.csv")

    def statements_json(self, request: Request) -> Response:
        """The statements of a query, for a program."""
        return _file(write_json(self._statements(request), Statement), "application/json", "statements.json")

    def claims_csv(self, request: Request) -> Response:
        """The claims of a query, for a spreadsheet."""
        return _file(write_csv(self._claims(request), ClaimRow), "text/csv; charset=utf-8", "claims.csv")

    def claims_json(self, request: Request) -> Response:
        """The claims of a query, for a program."""
        return _file(write_json(self._claims(request), ClaimRow), "application/json", "claims.json")

    def _statements(self, request: Request) -> list[Statement]:
        query = read_query(request.query_params, statements.FACETS)
        with self.shelf.reading(long=True) as reading:
            return statements.list_shown(reading, query, _links(reading))

    def _claims(self, request: Request) -> list[ClaimRow]:
        query = read_query(request.query_params, claims.FACETS)
        with self.shelf.reading(long=True) as reading:
            return claims.list_shown(reading, query, _links(reading))

    async def refuse(self, request: Request, error: OnrecordError) -> Response:
        """What is wrong with a request, in its one line."""
        missing = str(error).startswith(("there is no", "nobody of"))
        return self._error(request, str(error), 404 if missing else 400)

    async def fail(self, request: Request, error: HTTPException) -> Response:
        """What the server has no page for, or does not let happen."""
        words = "There is no such page." if error.status_code == 404 else str(error.detail)
        return self._error(request, words, error.status_code)

    async def misread(self, request: Request, error: RequestValidationError) -> Response:
        """What lacks in a request or is of another kind than it should be."""
        lacks = "; ".join(f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors())
        return self._error(request, lacks, 422)

    def _error(self, request: Request, words: str, status: int) -> Response:
        if request.url.path.startswith("/api/"):
            from fastapi.responses import JSONResponse

            return JSONResponse({"detail": words}, status)
        if "text/html" not in request.headers.get("accept", "text/html"):
            return PlainTextResponse(f"{words}\n", status)
        return self.show(
            "error.html", request, status, title="Not found" if status == 404 else "Not done", message=words, back="/"
        )


def _links(reading: Reading) -> ServerLinks:
    names = reading.lists.once("names", reading.store.names)
    return ServerLinks(names.get)


def _own_address(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _file(content: str, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _visited(request: Request) -> int | None:
    """When the last visit began, by the reader's own cookie: "before.now"."""
    before, _ = _visit(request)
    return before


def _visit(request: Request) -> tuple[int | None, int]:
    """When the visit before this one was last seen, and when this one was."""
    now = int(time.time())
    held = request.cookies.get("visit", "").split(".")
    if len(held) != 2 or not all(part.isdecimal() and len(part) < 12 for part in held):
        return None, now
    before, last = int(held[0]), int(held[1])
    if now - last > _VISIT:
        return last, now
    return before or None, now


def _note_visit(page: Response, request: Request) -> None:
    before, now = _visit(request)
    page.set_cookie("visit", f"{before or 0}.{now}", max_age=_YEAR, httponly=True, samesite="strict")
