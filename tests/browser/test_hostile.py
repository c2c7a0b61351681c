from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from onrecord.store import read_record
from tests.browser.conftest import Opener
from tests.browser.driving import serve
from tests.browser.hostile import list_payloads, make_hostile

_VIEWS = (
    "/",
    "/reports",
    "/timeline",
    "/calls",
    "/statements",
    "/claims",
    "/expectations",
    "/disagreements",
    "/absent",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_hostile(tmp_path_factory.mktemp("hostile") / "hostile.onrecord")


@pytest.fixture(scope="module")
def site(hostile: Path) -> Iterator[str]:
    with serve(hostile) as base:
        yield base


def test_there_are_enough_of_them() -> None:
    assert len(list_payloads()) >= 200


def test_no_text_of_a_record_does_anything_on_any_page(open_page: Opener, site: str, hostile: Path) -> None:
    page = open_page(site)
    record = read_record(hostile)
    ways = [f"{view}?page={n}" for view in (*_VIEWS, "/people") for n in range(1, 8)]
    ways += [f"/report/{r.id}?fact=a1" for r in record.reports]
    ways += [f"/claim/{c.id}" for c in record.claims[::8]] + [f"/entity/{e.id}" for e in record.entities[::8]]
    for at in ways:
        got = page.goto(site + at)
        assert got and got.status == 200, at
        assert page.evaluate("window.hacked") is None, at
        for href in page.eval_on_selector_all(
            "a[href], form", "all => all.map(a => a.href?.baseVal ?? a.href ?? a.action)"
        ):
            assert re.match(r"https?:|/|#|\?", href), (at, href)


def test_search_and_filters_take_them_as_words(open_page: Opener, site: str) -> None:
    page = open_page(site)
    for payload in list_payloads()[::20]:
        page.goto(f"{site}/statements")
        page.locator("#words").fill(payload[:200])
        page.locator(".filters button").click()
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.hacked") is None


def test_the_page_in_one_file_holds_them_as_text(open_page: Opener, hostile: Path, tmp_path: Path) -> None:
    from onrecord.web.file import write_page

    out = tmp_path / "page.html"
    with out.open("wb") as file:
        write_page(hostile, file)
    page = open_page(f"file://{out}", "")
    assert page.evaluate("window.hacked") is None
    assert page.locator("script").count() == 0


def test_files_and_cards_are_no_pages(site: str, hostile: Path) -> None:
    claim = read_record(hostile).claims[0].id
    kinds = {
        "/statements.csv": "text/csv",
        "/statements.json": "application/json",
        "/api/statements": "application/json",
        f"/claim/{claim}/card.svg": "image/svg+xml",
        "/corrections.csv": "text/csv",
    }
    for at, kind in kinds.items():
        with urlopen(site + at) as got:  # noqa: S310
            assert got.headers["content-type"].startswith(kind)
            assert got.headers["x-content-type-options"] == "nosniff"
            assert "script-src 'self'" in got.headers["content-security-policy"]
            body = got.read().decode()
        if kind == "image/svg+xml":
            assert "<script" not in body
