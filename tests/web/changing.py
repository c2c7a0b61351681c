"""A small record of invented reports, one of them hostile, and a site that can do nothing but change it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from markupsafe import escape
from starlette.testclient import TestClient

from onrecord.record import Analysis, Report
from onrecord.web.changes import change_routes
from onrecord.web.links import ServerLinks
from onrecord.web.render import render
from tests.correct.saying import layered
from tests.engine.correcting import build_of
from tests.records import HOSTILE_TEXT, analysis, attribution, given

TOKEN = "of-this-run"  # noqa: S105
SCRIPT = '"><script>alert(1)</script>'
HOSTILE = analysis(
    "h1",
    SCRIPT,
    HOSTILE_TEXT,
    given("2031-03-06"),
    title=SCRIPT,
    attributions=(attribution("a1", HOSTILE_TEXT, HOSTILE_TEXT, speaker="=cmd"),),
)
READINGS = (layered(), layered(id="r2"), HOSTILE)
SILOS = "The silos are full, Bela Renko told the Mercury on Friday. He denied that grain had been sold."


def report_of(a: Analysis) -> Report:
    return Report(
        id=a.id, key=a.key, outlet=a.outlet, title=a.title, published=a.published.edtf, language="en", text=a.text
    )


def make_record(at: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    build_of(READINGS, monkeypatch)(str(at), [report_of(a) for a in READINGS])
    return at


def open_client(record: Path) -> TestClient:
    app = FastAPI()
    app.include_router(change_routes(record, TOKEN, show))
    return TestClient(app, follow_redirects=False)


def show(template: str, request: Request, status: int = 200, **context: Any) -> HTMLResponse:
    if template == "error.html":
        return HTMLResponse(f"<p>{escape(context['message'])}</p><a href='{escape(context['back'])}'>back</a>", status)
    held = {"layout": "base.html", "record": "quay.onrecord", "token": TOKEN, "by": "", "back": request.url.path}
    return HTMLResponse(render(template, ServerLinks(lambda name: None), **{**held, **context}), status)
