"""Pages as they are seen: on a phone, on paper, by those who see no colours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from onrecord.store import read_record
from tests.browser.conftest import Opener
from tests.browser.driving import AXE, find_serious, serve
from tests.browser.test_journeys import VIEWS
from tests.web.bare import NUMBER, make_bare

if TYPE_CHECKING:
    from playwright.sync_api import Page

PHONE = {"width": 390, "height": 844}
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


@pytest.fixture(scope="module")
def bare_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_bare(tmp_path_factory.mktemp("pages") / "bare.onrecord")


@pytest.fixture(scope="module")
def bare_site(bare_record: Path) -> Iterator[str]:
    with serve(bare_record) as base:
        yield base


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_are_told_from_plain_words_by_more_than_a_tint(
    scheme: str, open_page: Opener, bare_site: str, bare_record: Path
) -> None:
    report = read_record(bare_record).reports[0].id
    page = open_page(bare_site, f"/report/{report}", color_scheme=scheme)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run('.text', {runOnly: {type: 'rule', values: ['link-in-text-block']}})")
    # It looks at a link only where most of the words around are none.
    assert any("c1" in node["html"] for rule in found["passes"] for node in rule["nodes"])
    assert found["violations"] == []
    assert found["incomplete"] == []
    page.locator("label.key-c input").uncheck()
    assert page.locator(".text a.c").first.evaluate("mark => getComputedStyle(mark).borderBottomWidth") == "0px"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_timeline_on_a_phone_begins_at_its_first_mark(scripts: bool, open_page: Opener, harbour_site: str) -> None:
    page = open_page(harbour_site, "/timeline", viewport=PHONE, java_script_enabled=scripts)
    assert _first_mark(page) < PHONE["width"] / 2


def test_so_it_does_where_days_were_asked_for(open_page: Opener, harbour_site: str) -> None:
    page = open_page(harbour_site, "/timeline?since=2019-07-01&until=2019-10-31", viewport=PHONE)
    assert 0 <= _first_mark(page) < PHONE["width"] / 2
    page.get_by_role("link", name="day of statement").click()
    page.locator("nav a[aria-current]", has_text="day of statement").wait_for()
    for _ in range(100):
        if page.locator(".picture").evaluate("picture => picture.scrollLeft") > 100:
            break
        page.wait_for_timeout(50)
    assert 0 <= _first_mark(page) < PHONE["width"] / 2


def _first_mark(page: Page) -> float:
    """How far from the left the first mark of the picture stands."""
    return min(box["x"] for mark in page.locator(".pic-timeline .pic-hit").all() if (box := mark.bounding_box()))


@pytest.mark.parametrize("at", VIEWS)
def test_long_keys_are_read_on_a_phone(at: str, open_page: Opener, bare_site: str) -> None:
    page = open_page(bare_site, at, viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert find_serious(page) == []


def test_a_report_with_a_long_key_is_read_on_a_phone(open_page: Opener, bare_site: str, bare_record: Path) -> None:
    record = read_record(bare_record)
    for at in (f"/report/{record.reports[0].id}?fact=a1", f"/claim/{record.claims[0].id}"):
        page = open_page(bare_site, at, viewport=PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], at


@pytest.mark.parametrize("at", VIEWS)
def test_a_view_is_printed_without_what_only_a_screen_needs(at: str, open_page: Opener, harbour_site: str) -> None:
    page = open_page(harbour_site, at)
    page.emulate_media(media="print")
    for left_out in (".filters", ".to-filters", ".bar", ".pager", ".switches", ".fix", ".keys"):
        assert page.locator(f"{left_out}:visible").count() == 0, left_out
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("at", [at for at in VIEWS if at not in ("/people", "/corrections", "/add")])
def test_on_paper_every_row_says_where_to_find_it(
    at: str, open_page: Opener, harbour_site: str, harbour_record: Path
) -> None:
    outlets = {r.outlet for r in read_record(harbour_record).reports}
    page = open_page(harbour_site, at)
    page.emulate_media(media="print")
    rows = page.locator(".row").all_inner_texts()
    assert rows
    for row in rows:
        assert re.search(r"\b[A-Z]-[0-9a-f]{8,10}\b", row) or any(o in row for o in outlets if o), row
    quoted = page.locator(".words")
    sources = page.locator(".words footer")
    assert sources.count() == quoted.count()
    assert all(words.strip() for words in sources.all_inner_texts())


def test_a_claim_and_a_report_are_printed_with_their_sources(
    open_page: Opener, harbour_site: str, harbour_record: Path
) -> None:
    record = read_record(harbour_record)
    page = open_page(harbour_site, f"/claim/{record.claims[0].id}")
    page.emulate_media(media="print")
    assert page.locator(".fix:visible").count() == 0
    assert all(label.is_visible() for label in page.locator(".tree > li > a").all())
    assert page.locator("#citation").is_visible()
    page = open_page(harbour_site, f"/report/{record.reports[0].id}")
    page.emulate_media(media="print")
    assert page.locator(".shown:visible, .fix:visible, .citing:visible").count() == 0
    assert f"R-{record.reports[0].id[:8]}" in page.locator(".panel").inner_text()


def test_on_paper_nothing_is_folded(open_page: Opener, bare_site: str) -> None:
    page = open_page(bare_site, "/calls")
    last = page.locator(".rest .words").last
    assert page.locator(".rest .words").count() == NUMBER - 10
    assert not last.is_visible()
    page.emulate_media(media="print")
    assert last.is_visible()
    assert last.evaluate("words => words.checkVisibility({contentVisibilityAuto: true})")


def test_a_browser_reads_the_pages_as_they_are_written(
    open_page: Opener, harbour_site: str, harbour_record: Path
) -> None:
    record = read_record(harbour_record)
    page = open_page(harbour_site)
    for at in (*VIEWS, f"/report/{record.reports[0].id}", f"/claim/{record.claims[0].id}"):
        with urlopen(harbour_site + at) as got:  # noqa: S310
            text = got.read().decode()
        seen = page.evaluate(_OUTLINE, text)
        assert _outline(text) == seen, at


_OUTLINE = """text => {
  const depth = element => element.parentElement ? 1 + depth(element.parentElement) : 0;
  const all = new DOMParser().parseFromString(text, "text/html").querySelectorAll("*");
  return [...all].map(element => `${depth(element)} ${element.localName.toLowerCase()}`);
}"""


class _Outline(HTMLParser):
    """Each element with its depth, as the tags are written; nothing is mended."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(f"{self.depth} {tag}")
        self.depth += tag not in _VOID

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(f"{self.depth} {tag}")

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1


def _outline(text: str) -> list[str]:
    reader = _Outline()
    reader.feed(text)
    return reader.found
