import re
from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient

from onrecord.store import read_record
from onrecord.views import VIEWS
from onrecord.views.claims import list_claims
from onrecord.web.app import LISTS
from tests import harbour
from tests.web.site import addresses, make_record, open_site

_MOST = 1500


def test_every_address_on_every_page_leads_somewhere(site: TestClient) -> None:
    seen, coming = {"/"}, ["/"]
    while coming and len(seen) < _MOST:
        at = coming.pop(0)
        got = site.get(at)
        assert got.status_code == 200, (at, got.text[:500])
        assert "Content-Security-Policy" in got.headers
        if got.headers["content-type"].startswith("text/html"):
            new = [a for a in addresses(got.text, at) if a not in seen and not a.startswith(("/fix", "/undo"))]
            # A choice of filters leads to ever more of them.
            new = [a for a in new if len(re.findall("[?&]", a)) < 2]
            seen.update(new)
            coming += new
    assert len(seen) > 100


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_record_says_so(name: str, tmp_path: Path) -> None:
    page = open_site(make_record(tmp_path / "empty.onrecord", (), ())).get(f"/{name}")
    assert page.status_code == 200
    assert "No reports in this record." in page.text


def test_no_page_holds_code_or_style_of_its_own(site: TestClient, harbour_path: Path) -> None:
    record = read_record(harbour_path)
    pages = ["/", "/add", "/corrections", *(f"/{name}" for name in LISTS), f"/report/{record.reports[0].id}"]
    pages += [f"/claim/{record.claims[0].id}", f"/entity/{record.entities[0].id}"]
    for at in pages:
        page = site.get(at).text
        assert not re.search(r"<style|<script(?![^>]* src=)|\sstyle=|\son\w+=", page), at


@pytest.mark.parametrize("name", ["calls", "disagreements", "expectations", "absent"])
def test_a_list_holds_what_the_terminal_shows(name: str, site: TestClient, harbour_path: Path) -> None:
    rows = VIEWS[name].rows(read_record(harbour_path), 0.0)
    page = site.get(f"/{name}").text
    assert rows
    assert re.search(rf"\b{len(rows)} \w+ ?\w* in these 8 reports", page)


def test_statements_are_filtered_by_speaker_and_words(site: TestClient) -> None:
    said = site.get("/statements.json").json()
    speaker = max({s["speaker"] for s in said}, key=lambda name: sum(s["speaker"] == name for s in said))
    own = site.get("/statements.json", params={"speaker": speaker}).json()
    assert {s["speaker"] for s in own} == {speaker}
    assert len(own) == sum(s["speaker"] == speaker for s in said)
    word = own[0]["words"]["quote"].split()[1]
    hits = site.get("/statements.json", params={"speaker": speaker, "q": f'"{word}"'}).json()
    assert own[0]["id"] in {s["id"] for s in hits}
    assert site.get("/statements.json", params={"q": "zyzzyva"}).json() == []


def test_a_file_of_statements_has_a_line_for_each(site: TestClient) -> None:
    got = site.get("/statements.csv")
    assert got.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in got.headers["content-disposition"]
    assert got.text.splitlines()[0].startswith("id,ref,speaker,")


def test_claims_stand_by_reports_as_in_the_terminal(site: TestClient, harbour_path: Path) -> None:
    rows = list_claims(read_record(harbour_path))
    shown = site.get("/claims.json").json()
    assert shown == msgspec.json.decode(msgspec.json.encode(rows))


def test_a_claim_says_what_stands_behind_it(site: TestClient, harbour_path: Path) -> None:
    row = list_claims(read_record(harbour_path))[0]
    page = site.get(f"/claim/{row.id}").text
    assert row.standing in page
    card = site.get(f"/claim/{row.id}/card.svg")
    assert card.headers["content-type"].startswith("image/svg+xml")
    assert row.standing in card.text


def test_words_lead_to_their_report_with_the_very_words_marked(site: TestClient) -> None:
    statement = site.get("/statements.json").json()[0]
    words = statement["words"]
    part = ";".join(f"{a},{b}" for a, b in words["spans"])
    page = site.get(f"/report/{words['report']}", params={"char": part}).text
    assert 'id="here"' in page


@pytest.mark.parametrize(
    ("at", "status"),
    [
        ("/nothing", 404),
        ("/report/none", 404),
        ("/report/none/../../x", 404),
        ("/claim/c-none", 404),
        ("/claim/c-none/card.svg", 404),
        ("/entity/e-none", 404),
        ("/statements?page=x", 400),
        ("/statements?least=2", 400),
        ("/timeline?since=Thursday", 400),
        ("/timeline?by=magic", 400),
        ("/diff", 422),
        ("/static/../app.py", 404),
        ("/static/%2e%2e/app.py", 404),
    ],
)
def test_what_there_is_not_is_said_in_a_line(at: str, status: int, site: TestClient) -> None:
    got = site.get(at)
    assert got.status_code == status
    assert "Traceback" not in got.text


def test_a_page_behind_the_last_is_the_last(site: TestClient) -> None:
    assert site.get("/statements?page=999").status_code == 200


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days_too(day: str, site: TestClient) -> None:
    for name in ("since", "until"):
        assert site.get("/timeline", params={name: day}).status_code == 200
    assert site.get("/timeline", params={"since": day, "until": day}).status_code == 200


def test_a_report_that_no_longer_is_on_record_is_gone_from_all_lists(tmp_path: Path) -> None:
    from onrecord.engine import remove_reports

    path = make_record(tmp_path / "r.onrecord", harbour.reports(), harbour.analyses())
    site = open_site(path)
    first = harbour.reports()[0]
    assert site.get(f"/report/{first.id}").status_code == 200
    remove_reports(str(path), [first.id])
    assert site.get(f"/report/{first.id}").status_code == 404
    assert site.get("/api/reports").json()["total"] == len(harbour.reports()) - 1


def test_what_came_after_the_last_visit_is_new(tmp_path: Path) -> None:
    site = open_site(make_record(tmp_path / "r.onrecord", harbour.reports(), harbour.analyses()))
    site.get("/", headers={"cookie": "visit=0.1000"})
    page = site.get("/", headers={"cookie": "visit=0.1000"}).text
    assert "new" in page.casefold()
