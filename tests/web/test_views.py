"""What the views say of a record, and how: of eight reports by name, and of some that say nothing about themselves."""

from __future__ import annotations

import io
import re
import shutil
import threading
from concurrent.futures import Future
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.ask import shelf
from onrecord.ask.shelf import Lists
from onrecord.store import read_record
from onrecord.views.claims import list_claims
from onrecord.views.refs import refer, refer_statement
from onrecord.web.file import write_page
from tests.web.bare import NUMBER, key_of, make_bare
from tests.web.site import open_site

_FORM = re.compile(r'<form method="post" action="/fix">(.*?)</form>', re.DOTALL)


@pytest.fixture(scope="module")
def bare_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_bare(tmp_path_factory.mktemp("views") / "its own.onrecord")


@pytest.fixture(scope="module")
def bare(bare_path: Path) -> TestClient:
    return open_site(bare_path)


def lead(page: str) -> str:
    """The answer in a line."""
    found = re.search(r'<p class="lead">(.*?)</p>', page, re.DOTALL)
    assert found
    return " ".join(re.sub("<.*?>", "", found[1]).split())


def test_reports_are_counted_once(site: TestClient) -> None:
    assert lead(site.get("/reports").text) == "8 reports."
    assert lead(site.get("/reports?outlet=Quayside").text) == "1 of these 8 reports."
    assert lead(site.get("/reports?q=zyzzyva").text) == "No reports with these filters."


def test_no_two_filters_have_one_title(site: TestClient) -> None:
    page = site.get("/statements").text
    titles = re.findall(r"<summary>([^<]+)</summary>\s*<ul>", page) + re.findall(r'<label for="\w+">([^<]+)<', page)
    assert "Kind of quotation" in titles
    assert sorted(titles) == sorted(set(titles))


@pytest.mark.parametrize("at", ["/", "/reports"])
def test_a_long_title_of_a_story_is_cut_between_words(at: str, bare: TestClient, bare_path: Path) -> None:
    (story,) = read_record(bare_path).stories
    shown = re.search(r'title="([^"]+)">([^<]+)…</a>', bare.get(at).text)
    assert shown
    whole, begun = map(unescape, shown.groups())
    assert whole == story.title
    assert story.title.startswith(begun)
    assert not (begun + story.title[len(begun)]).isalnum()
    assert story.title[len(begun)] == " "


def test_a_title_that_is_not_cut_is_not_told_twice(site: TestClient) -> None:
    assert "title=" not in site.get("/").text.split("<main")[1].split("<svg")[0]


def test_of_many_reports_of_a_contact_some_stand_open(bare: TestClient) -> None:
    page = bare.get("/calls").text
    opened, _, rest = page.partition('<details class="rest">')
    assert f"<summary>and {NUMBER - 10} more</summary>" in rest
    assert opened.count('<blockquote class="words">') == 10
    assert rest.split("</details>")[0].count('<blockquote class="words">') == NUMBER - 10


def test_of_few_reports_all_stand_open(site: TestClient) -> None:
    assert 'class="rest"' not in site.get("/calls").text


def test_things_stand_with_the_ids_that_the_terminal_takes(site: TestClient, harbour_path: Path) -> None:
    record = read_record(harbour_path)
    wanted = {
        "/statements": [f"S-{said['words']['report'][:8]}." for said in site.get("/statements.json").json()[:1]],
        "/calls": [refer("contact", c.id) for c in record.contacts],
        "/claims": [row.ref for row in list_claims(record)[:10]],
        "/disagreements": [refer("disagreement", d.id) for d in record.disagreements],
        "/": [refer("story", s.id) for s in record.stories],
        f"/claim/{record.claims[0].id}": [refer("claim", record.claims[0].id)],
        f"/entity/{record.entities[0].id}": [refer("entity", record.entities[0].id)],
    }
    for at, refs in wanted.items():
        shown = "".join(f"[{ref}]" for ref in re.findall(r'<code class="ref">([^<]+)</code>', site.get(at).text))
        assert all(f"[{ref}" in shown for ref in refs), at
    said = record.analyses[0].attributions[0].id
    panel = site.get(f"/report/{record.analyses[0].id}?fact={said}").text
    assert refer_statement(record.analyses[0].id, said) in panel


def test_what_to_type_in_a_terminal_can_be_copied_as_it_stands(bare: TestClient, bare_path: Path) -> None:
    record = read_record(bare_path)
    typed = re.findall(r"In a terminal: <code>([^<]+)</code>", bare.get(f"/claim/{record.claims[0].id}").text)
    claim = refer("claim", record.claims[0].id)
    assert [unescape(words) for words in typed] == [f"onrecord sources 'its own.onrecord' {claim} --why"]
    typed = re.findall(r"In a terminal: <code>([^<]+)</code>", bare.get("/calls").text)
    contact = refer("contact", record.contacts[0].id)
    assert [unescape(words) for words in typed] == [f"onrecord cite 'its own.onrecord' {contact}"]


def test_two_stories_are_made_one_on_the_first_page_and_two_again(harbour_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.onrecord"
    shutil.copy(harbour_path, path)
    site = open_site(path)
    before = read_record(path).stories
    assert len(before) == 2
    chosen, typed = _FORM.findall(site.get("/").text)[:2]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', chosen)) | {"by": "Ada Holm"}
    (other,) = re.findall(r'<option value="([^"]+)"', chosen)
    assert {fields["place"], other} == {story.id for story in before}
    assert fields["kind"] == "same"
    said = site.post("/fix", data={**fields, "other": other})
    assert "Noted, and the record is linked anew" in said.text
    assert len(read_record(path).stories) == 1
    ids = re.findall(r'name="ids" value="([^"]+)"', said.text)
    site.post("/undo", data={**fields, "ids": ids})
    assert read_record(path).stories == before
    # The same by the short id that the other card shows.
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', typed)) | {"by": "Ada Holm"}
    site.post("/fix", data={**fields, "other": refer("story", other)})
    assert len(read_record(path).stories) == 1


def test_forms_take_the_short_ids_that_the_pages_show(harbour_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.onrecord"
    shutil.copy(harbour_path, path)
    site, record = open_site(path), read_record(path)
    token = re.search(r'name="token" value="([^"]+)"', site.get("/add").text)
    assert token
    said = record.analyses[0].attributions[0]
    fields = {"token": token[1], "by": "Ada Holm", "kind": "reject", "back": "/"}
    for ref in (refer("contact", record.contacts[0].id), refer_statement(record.analyses[0].id, said.id)):
        assert site.post("/fix", data={**fields, "place": ref}).status_code == 200
    after = read_record(path)
    assert record.contacts[0].id not in {c.id for c in after.contacts}
    assert said.id not in {x.id for a in after.analyses if a.id == record.analyses[0].id for x in a.attributions}
    refused = site.post("/fix", data={**fields, "place": "Q-0123456789"})
    assert (refused.status_code, "there is no &#34;Q-0123456789&#34;" in refused.text) == (400, True)


def test_a_story_alone_is_of_no_other(bare: TestClient) -> None:
    assert not _FORM.findall(bare.get("/").text)


def test_a_report_without_outlet_and_title_is_called_by_its_key(bare: TestClient, bare_path: Path) -> None:
    id = read_record(bare_path).reports[0].id
    for at in ("/", "/reports", "/statements", "/calls", f"/report/{id}"):
        page = bare.get(at).text
        assert key_of(0) in page, at
        shown = re.sub(r"<textarea.*?</textarea>|<select.*?</select>|<[^>]*>", " ", page, flags=re.DOTALL)
        assert id not in shown, at


def test_what_takes_long_to_work_out_is_shown_when_it_is_there(
    harbour_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    coming: Future[object] = Future()
    asked = threading.Event()

    def absent(self: Lists) -> Future[object]:
        asked.set()
        return coming

    monkeypatch.setattr(Lists, "absent", absent)
    monkeypatch.setattr(shelf, "PATIENCE", 0.01)
    site = open_site(harbour_path)
    page = site.get("/absent").text
    assert asked.is_set()
    assert "is being worked out. Load this page again in a moment." in lead(page)
    assert '<a href="/absent">Load this page again</a>' in page
    # Nobody else waits for it.
    assert site.get("/claims").status_code == 200
    coming.set_result(read_record(harbour_path).absent)
    page = site.get("/absent").text
    assert "being worked out" not in page
    assert 'class="row item"' in page


def test_a_file_is_written_when_all_is_worked_out(harbour_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "PATIENCE", 0.0)
    out = io.BytesIO()
    write_page(harbour_path, out)
    assert b"being worked out" not in out.getvalue()
