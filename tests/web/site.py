"""The site of a record, asked without a socket."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from urllib.parse import urljoin

from starlette.testclient import TestClient

from onrecord import pipeline
from onrecord.ask.shelf import Shelf
from onrecord.engine.relink import relink
from onrecord.location import Location
from onrecord.record import Analysis, Report
from onrecord.store import Store
from onrecord.web.app import make_app
from onrecord.web.safety import own_hosts
from tests.store.filled import Where

MAKER = "test"
BASE = "http://127.0.0.1:8321"
_HREF = re.compile(r'(?:href|src|action)="([^"]*)"')


def make_record(path: Where, reports: Sequence[Report], analyses: Sequence[Analysis]) -> Where:
    """The record of reports that were read already."""
    with Store.create_or_open(path) as store:
        store.stage(reports)
        store.plan(MAKER, pipeline.linker())
        store.keep(analyses, MAKER)
        relink(store, MAKER)
    return path


def open_site(path: Location) -> TestClient:
    """A client of the site of the record at `path`."""
    app = make_app(Shelf(path), own_hosts("127.0.0.1"))
    return TestClient(app, base_url=BASE, raise_server_exceptions=True)


def addresses(page: str, at: str) -> list[str]:
    """All addresses on a page that lead anywhere within the site, without their fragments, in order."""
    found = [urljoin(BASE + at, unescape(href)).split("#")[0] for href in _HREF.findall(page)]
    return list(dict.fromkeys(f.removeprefix(BASE) or "/" for f in found if f.startswith(BASE)))
