"""The questions that readers come with, each answered in at most two clicks from the first page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord.store import read_record
from onrecord.views.claims import list_claims
from tests.browser.conftest import Opener
from tests.browser.driving import find_serious

VIEWS = (
    *("/", "/reports", "/timeline", "/calls", "/statements", "/claims", "/disagreements", "/expectations", "/absent"),
    *("/people", "/corrections", "/add"),
)


def test_what_did_somebody_say_in_which_words_when_and_to_whom(open_page: Opener, harbour_site: str) -> None:
    page = open_page(harbour_site)
    page.get_by_role("link", name="Statements", exact=True).click()
    page.get_by_text("Speaker", exact=True).click()
    page.locator(".facet a", has_text="Emil Vorac").first.click()
    page.wait_for_url("**speaker=Emil+Vorac**")
    speakers = page.locator(".item h2 .name").all_inner_texts()
    assert speakers
    assert set(speakers) == {"Emil Vorac"}
    page.locator(".words > a").first.click()
    page.wait_for_url("**/report/**")
    assert page.locator("#here").is_visible()
    words = page.locator(".chosen").all_inner_texts()
    assert "".join(words) in page.locator(".text").inner_text()


def test_search_words_are_marked(open_page: Opener, harbour_site: str) -> None:
    page = open_page(harbour_site)
    page.keyboard.press("/")
    page.keyboard.type("florins")
    page.keyboard.press("Enter")
    page.wait_for_url("**/statements?q=florins")
    assert page.locator(".item").count() > 0
    assert {t.casefold() for t in page.locator(".words mark").all_inner_texts()} == {"florins"}


def test_through_whom_a_claim_came(open_page: Opener, harbour_site: str, harbour_record: Path) -> None:
    page = open_page(harbour_site)
    page.get_by_role("link", name="Claims", exact=True).click()
    page.locator(".item a.open").first.click()
    tree = page.locator("svg.pic-tree")
    assert tree.is_visible()
    row = list_claims(read_record(harbour_record))[0]
    assert row.standing in page.locator("main").inner_text()
    for name in row.origins:
        assert name.removesuffix(" (unnamed)") in page.locator("main").inner_text()


def test_how_many_origins_and_what_would_lower_it(open_page: Opener, harbour_site: str) -> None:
    page = open_page(harbour_site, "/claims")
    standing = page.locator("a.standing").first.inner_text()
    assert re.fullmatch(r"\d+ reports?, (\d+|no) traced origins?(, \d+ do(es)?n't say)?", standing)
    page.locator("a.standing").first.click()
    assert page.get_by_role("heading", name="What would lower the number").is_visible()
    with page.expect_request("**/card.svg"):
        page.get_by_role("link", name="This as a card").click()


def test_who_denies_it(open_page: Opener, harbour_site: str) -> None:
    page = open_page(harbour_site)
    page.get_by_role("link", name="Disagreements", exact=True).click()
    first = page.locator(".item").first
    assert "denied" in first.inner_text()
    assert page.locator(".sides mark").count() > 0


def test_what_happened_in_what_order(open_page: Opener, harbour_site: str) -> None:
    page = open_page(harbour_site)
    page.get_by_role("link", name="Timeline", exact=True).click()
    assert page.locator("svg.pic-timeline a").count() > 10
    page.get_by_role("link", name="day of statement").click()
    page.wait_for_url("**by=statement**")
    assert page.locator(".item h3").all_inner_texts()
    assert all(text.startswith("statement") for text in page.locator(".item h3").all_inner_texts())
    page.get_by_role("navigation", name="Zoom").get_by_role("link", name="September 2019").click()
    page.wait_for_url("**since=2019-09-01**")


def test_which_officials_were_in_contact_and_whose_readout(open_page: Opener, harbour_site: str) -> None:
    page = open_page(harbour_site)
    page.get_by_role("link", name="Call sheet", exact=True).click()
    assert page.locator(".call").count() > 1
    assert page.locator(".readout").count() > 1
    assert page.get_by_text("Only one side reported.").count() > 0
    page.locator(".parties a").first.click()
    assert page.get_by_role("heading", name="Whom they talked to").is_visible()


def test_what_rests_on_unnamed_sources_alone(open_page: Opener, harbour_site: str) -> None:
    page = open_page(harbour_site, "/statements")
    page.get_by_text("Only unnamed sources").click()
    page.get_by_role("link", name="rests on unnamed sources only").click()
    page.wait_for_url("**unnamed=1**")
    kinds = page.locator(".item > p.quiet:first-of-type").all_inner_texts()
    assert kinds
    assert any("unnamed" in kind for kind in kinds)


def test_what_changed_between_two_reports(open_page: Opener, harbour_site: str, harbour_record: Path) -> None:
    copy = read_record(harbour_record).copies[0]
    page = open_page(harbour_site, f"/report/{copy.b}")
    page.locator(".panel dd a", has_text=re.compile("copy|rewrite")).first.click()
    page.wait_for_url("**/diff?**")
    assert page.locator("del, ins").count() > 2


def test_a_citation_others_can_check(open_page: Opener, harbour_site: str) -> None:
    page = open_page(harbour_site, "/statements")
    page.locator(".words > a").first.click()
    page.locator(".text a.c").first.click()
    page.wait_for_url("**fact=**")
    assert page.get_by_role("heading", name="About").count() == 0
    page.get_by_text("Cite", exact=True).click()
    cited = page.locator("#panel textarea.cite").input_value()
    assert re.search(r"report [0-9a-f]{16}, characters \d+,\d+", cited)
    quoted = cited.splitlines()[0].strip("“”")
    assert quoted in page.locator(".text").inner_text()


def test_what_is_new_since_the_last_visit(open_page: Opener, own_site: str) -> None:
    page = open_page(own_site)
    assert page.get_by_role("heading", name="New since your last visit").count() == 0
    page.context.add_cookies([{"name": "visit", "value": "0.1000", "url": own_site}])
    page.reload()
    assert page.get_by_role("heading", name=re.compile("New since your last visit")).is_visible()


def test_a_correction_by_a_click_and_its_undo(open_page: Opener, own_site: str) -> None:
    page = open_page(own_site, "/statements")
    before = page.locator("p.lead").inner_text()
    page.locator(".words > a").first.click()
    page.locator(".text a.c").first.click()
    page.wait_for_url("**fact=**")
    page.locator("#panel details.fix summary").click()
    form = page.locator("#panel form:has(input[name=kind][value=reject])")
    form.locator("input[name=by]").fill("Ada Holm")
    form.get_by_role("button").click()
    page.wait_for_url("**done=**")
    assert page.locator(".note.done").is_visible()
    page.goto(own_site + "/statements")
    assert page.locator("p.lead").inner_text() != before
    page.goto(own_site + "/corrections")
    assert "Ada Holm" in page.locator("main").inner_text()
    page.get_by_role("button", name="Undo").first.click()
    page.wait_for_load_state()
    page.goto(own_site + "/statements")
    assert page.locator("p.lead").inner_text() == before


def test_a_text_is_pasted_read_and_on_record(open_page: Opener, own_site: str) -> None:
    page = open_page(own_site, "/add")
    page.get_by_label("Text").fill(
        "The Wend bridge will reopen on Monday, Transport Minister Ada Norra told reporters."
    )
    page.get_by_label("Outlet").fill("The Wend Courier")
    page.get_by_role("button", name=re.compile("Add|Read")).first.click()
    page.get_by_text(re.compile("1 new|1 report")).first.wait_for(timeout=120_000)
    page.goto(own_site + "/reports?outlet=The+Wend+Courier")
    assert page.locator(".item").count() == 1


def test_rows_are_walked_by_keys(open_page: Opener, harbour_site: str) -> None:
    page = open_page(harbour_site, "/claims")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator(".row.at").count() == 1
    href = page.locator(".row").nth(1).locator("a.open").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{href}")


@pytest.mark.parametrize("at", VIEWS)
def test_views_are_accessible_at_any_size_and_in_the_dark(at: str, open_page: Opener, harbour_site: str) -> None:
    for width, scheme in ((1280, "light"), (390, "dark")):
        page = open_page(harbour_site, at, viewport={"width": width, "height": 900}, color_scheme=scheme)
        assert find_serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()


def test_a_report_and_a_claim_are_accessible(open_page: Opener, harbour_site: str, harbour_record: Path) -> None:
    record = read_record(harbour_record)
    said = record.analyses[0].attributions[0].id
    for at in (f"/report/{record.reports[0].id}?fact={said}", f"/claim/{record.claims[0].id}"):
        for scheme in ("light", "dark"):
            page = open_page(harbour_site, at, color_scheme=scheme)
            assert find_serious(page) == []


@pytest.mark.parametrize("at", VIEWS)
def test_everything_can_be_read_without_scripts(at: str, open_page: Opener, harbour_site: str) -> None:
    page = open_page(harbour_site, at, java_script_enabled=False)
    assert page.locator("h1").inner_text()


def test_the_page_in_one_file_opens_from_a_disk_with_every_view(
    open_page: Opener, harbour_record: Path, tmp_path: Path
) -> None:
    from onrecord.web.file import write_page

    out = tmp_path / "page.html"
    with out.open("wb") as file:
        write_page(harbour_record, file)
    page = open_page(f"file://{out}", "")
    assert page.get_by_role("heading", name="What this record holds").is_visible()
    for name in ("Timeline", "Call sheet", "Statements", "Claims", "Disagreements", "Expectations", "Absent", "People"):
        page.get_by_role("link", name=name, exact=True).click()
        assert page.locator("section.part:visible").count() == 1
        assert page.locator("section.part:visible h1").inner_text()
    page.get_by_role("link", name="Claims", exact=True).click()
    page.locator("section.part:visible a.open").first.click()
    assert page.locator("section.part:visible svg.pic-tree").count() == 1
    page.locator("section.part:visible .words > a").first.click()
    assert page.locator("section.part:visible .text").count() == 1
