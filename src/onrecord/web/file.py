"""A record to one page that holds all of its views, opens from a disk and asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from onrecord.ask.disputes import read_claim
from onrecord.ask.shelf import Reading, Shelf
from onrecord.engine import list_record, read_log
from onrecord.location import Location
from onrecord.record import OnrecordError
from onrecord.views.corrections import list_corrections
from onrecord.web.links import FileLinks, anchor
from onrecord.web.pages import calls, claims, others, people, report, start, statements, timeline
from onrecord.web.query import ALL
from onrecord.web.reader import list_panels
from onrecord.web.render import render

STATIC = Path(__file__).parent / "static"
STYLES = ("style.css", "views.css", "reader.css", "pictures.css", "file.css")
# Beyond so many reports no browser shows it all at once; `serve` does.
MOST = 1000


def write_page(path: Location, out: BinaryIO) -> None:
    """The record at `path` as one HTML page, each view and each report, claim and name a part of it.

    Raises:
        OnrecordError: there is no record at `path`, or it holds too many reports for one page.
    """
    style = "\n".join((STATIC / name).read_text(encoding="utf-8") for name in STYLES)
    policy = f"default-src 'none'; style-src 'sha256-{_hash(style)}'; base-uri 'none'; form-action 'none'"
    list_record(path)
    shelf = Shelf(path)
    with shelf.reading() as reading:
        number = len(reading.entries("reports").ids)
        if number > MOST:
            raise OnrecordError(f"{path}: {number:,} reports are too many for one page (at most {MOST:,}); use `serve`")
        links = FileLinks(reading.store.names())
        # A file cannot be loaded again: what takes long is waited for.
        reading.lists.absent().result()
        parts = _parts(reading, path, links)
        page = render("file.html", links, record=path.name, style=style, policy=policy, parts=parts)
        out.write(page.encode())


def _parts(reading: Reading, path: Location, links: FileLinks) -> Iterator[tuple[str, str, str]]:
    """The name, title and content of each part; the start first, the reports last."""
    views: dict[str, Any] = {
        "reports": lambda reading, query, links: start.show_reports(reading, query, links, None),
        "timeline": timeline.show_timeline,
        "calls": calls.show_calls,
        "statements": statements.show_statements,
        "claims": claims.show_claims,
        "disagreements": others.show_disagreements,
        "expectations": others.show_expectations,
        "absent": others.show_absent,
        "people": people.show_people,
    }
    yield _part("start", "start", path, links, start.show_start(reading, ALL, links, None))
    for name, show in views.items():
        yield _part(name, name, path, links, show(reading, ALL, links))
    yield _part("corrections", "corrections", path, links, _corrections(path))
    for id in reading.entries("claims").ids:
        yield _part(anchor(id), "claim", path, links, claims.show_claim(read_claim(reading, id), id, links, None))
    for id in reading.entries("entities").ids:
        yield _part(anchor(id), "entity", path, links, people.show_entity(reading, id, links))
    # Last, since only now is it known to which of their words all the others lead.
    reports = reading.entries("reports").ids
    panels = {id: list_panels(report.read_report(reading, id), id, links) for id in reports}
    for id in reports:
        report.show_report(reading, id, links, None, ())
    for id in reports:
        shown = report.show_report(reading, id, links, None, (), links.quoted.get(id, ()))
        yield _part(anchor(id), "report", path, links, {**shown, "panels": panels[id]})


def _part(name: str, template: str, path: Location, links: FileLinks, shown: dict[str, Any]) -> tuple[str, str, str]:
    common = {"layout": "bare.html", "record": path.name, "here": "", "token": "", "by": "", "back": ""}
    return name, shown["title"], render(f"{template}.html", links, **{**common, **shown})


def _corrections(path: Location) -> dict[str, Any]:
    log = read_log(path)
    rows = list_corrections(log.corrections, log.states, log.reports)
    return {"title": "Corrections", "rows": rows, "done": ()}


def _hash(style: str) -> str:
    """What a policy calls a style by."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
