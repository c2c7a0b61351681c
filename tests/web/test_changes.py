from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi import Request
from markupsafe import escape
from starlette.testclient import TestClient

from onrecord.engine import fix_record, read_log
from onrecord.record import Record
from onrecord.store import Store, read_record
from onrecord.web import changes
from onrecord.web.changes import just_done, read_by
from tests.web.changing import SCRIPT, SILOS, TOKEN, make_record, open_client
from tests.web.test_fix_forms import LIVE, forms


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return make_record(tmp_path / "quay.onrecord", monkeypatch)


@pytest.fixture
def client(record: Path) -> Iterator[TestClient]:
    with open_client(record) as made:
        yield made


def say(client: TestClient, kind: str, place: str, *others: str, **fields: str) -> Any:
    held: dict[str, Any] = {
        "token": TOKEN,
        "by": "Ada Holm",
        "back": "/report/r1?fact=a1",
        "kind": kind,
        "place": place,
    }
    return client.post("/fix", data={**held, "other": list(others), **fields})


def done_ids(answer: Any) -> list[str]:
    return re.findall("f-[0-9a-f]{8}", answer.headers["location"])


def standing(record: Path) -> list[str]:
    log = read_log(str(record))
    return [c.id for c in log.corrections if log.states[c.id] == "stands" and c.kind != "undo"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("same", "r1/a1", "r2/a2"), "one claim"),
        (("different", "r1/v2", "r2/v2"), "two events"),
        (("speaker", "r1/a1", "Omar Teshk"), "said by Omar Teshk"),
        (("date", "r1/v2", "2031-03"), "was 2031-03"),
        (("date", "r1", "2031-03-04"), "published 2031-03-04"),
        (("reject", "r1/v2"), "no event"),
    ],
)
def test_each_kind_is_said_by_a_form_and_taken_back_by_another(
    client: TestClient, record: Path, words: tuple[str, ...], said: str
) -> None:
    before = read_record(record)
    answer = say(client, *words)
    assert answer.status_code == 303
    (id,) = done_ids(answer)
    assert answer.headers["location"] == f"/report/r1?fact=a1&done={id}"
    page = client.get(f"/corrections?done={id}").text
    assert f"<strong>{said}</strong>" in page
    assert standing(record) == [id]
    undone = client.post("/undo", data={"token": TOKEN, "by": "Ada Holm", "ids": id, "back": "/corrections"})
    assert undone.status_code == 303
    assert read_record(record) == before
    (undo,) = done_ids(undone)
    assert ">Redo</button>" in client.get("/corrections").text
    client.post("/undo", data={"token": TOKEN, "by": "Ada Holm", "ids": undo})
    assert standing(record) == [id]


def test_the_class_of_a_speaker_is_the_one_given(client: TestClient, record: Path) -> None:
    say(client, "speaker", "r1/a1", "the port", cls="document")
    (found,) = [a for a in read_record(record).analyses if a.id == "r1"]
    assert {x.speaker.class_ for x in found.attributions if x.speaker.name == "the port"} == {"document"}


def test_one_member_is_split_off_from_all_others(client: TestClient, record: Path) -> None:
    members = ["r1/v2", "r2/v2", "r1/v1"]
    answer = say(client, "different", "r1/v2", *members)
    assert len(done_ids(answer)) == 2
    assert [c.kind for c in read_log(str(record)).corrections] == ["different"] * 2
    page = client.get(answer.headers["location"].replace("/report/r1", "/corrections")).text
    assert page.count(" fresh") == 2
    assert sorted(re.findall(r'name="ids" value="(f-\w+)"', page.split("<h1>")[1].split("<table")[0])) == sorted(
        done_ids(answer)
    )


def test_where_one_of_several_fails_none_stands(client: TestClient, record: Path) -> None:
    before = read_record(record)
    assert say(client, "different", "r1/v2", "r2/v2", "r9/v9").status_code == 400
    assert standing(record) == []
    assert read_record(record) == before


def test_what_was_said_at_once_is_taken_back_at_once(client: TestClient, record: Path) -> None:
    (both,) = [e for e in read_record(record).events if len(e.members) == 2 and e.kind == "phone call"][:1]
    answer = say(client, "reject", both.id)
    assert len(done_ids(answer)) == 1
    assert len(standing(record)) == 2
    rows = just_done(record, request_of(answer.headers["location"]))
    assert [row.id for row in rows] == standing(record)


def request_of(address: str, cookie: str = "") -> Request:
    path, _, query = address.partition("?")
    headers = [(b"cookie", cookie.encode())] if cookie else []
    return Request({"type": "http", "path": path, "query_string": query.encode(), "headers": headers})


@pytest.mark.parametrize("name", ["Ada Holm", "Žofie Renková", "a%20b; c=d", "李", '"quoted"'])
def test_the_name_is_kept_for_the_next_time(client: TestClient, record: Path, name: str) -> None:
    answer = say(client, "reject", "r1/v2", by=name)
    assert "SameSite=strict" in answer.headers["set-cookie"]
    assert read_log(str(record)).corrections[0].by == name
    assert f'name="by" value="{escape(name)}"' in client.get("/corrections").text
    cookie = answer.headers["set-cookie"].split(";")[0]
    assert read_by(request_of("/", cookie)) == name


@pytest.mark.parametrize("back", ["//evil.example", "/\\evil.example", "/\t/evil.example"])
def test_it_leads_back_to_nowhere_but_here(client: TestClient, back: str) -> None:
    (id,) = done_ids(answer := say(client, "reject", "r1/v2", back=back))
    assert answer.headers["location"] == f"/?done={id}"


def test_the_way_back_keeps_its_place_and_forgets_what_was_said_before(client: TestClient) -> None:
    answer = say(client, "reject", "r1/v2", back="/report/r1?char=3,9;12,20&done=f-00000000#here")
    (id,) = done_ids(answer)
    assert answer.headers["location"] == f"/report/r1?char=3,9;12,20&done={id}#here"


PLACES = ["r9/a1", "r1/a99", SCRIPT, "r1:" + SCRIPT, "r1", "", "\x00", "r1:120-999999", "x" * 3000, "v-0000000000"]


@pytest.mark.parametrize("place", PLACES)
def test_what_cannot_be_done_is_said_in_a_line_and_changes_nothing(
    client: TestClient, record: Path, place: str
) -> None:
    before = record.read_bytes()
    answer = say(client, "reject", place)
    assert answer.status_code == 400
    assert "<script>" not in answer.text
    assert "href='/report/r1?fact=a1'" in answer.text
    assert record.read_bytes() == before


@pytest.mark.parametrize(
    "fields",
    [
        *({"kind": "merge"}, {"kind": "undo"}, {"kind": ""}, {"by": ""}, {"by": "  "}, {"by": "x" * 101}),
        *({"by": "a\nb"}, {"cls": "king"}, {"kind": "speaker", "other": ""}, {"kind": "date", "other": "May"}),
    ],
)
def test_what_lacks_or_is_none_is_refused(client: TestClient, record: Path, fields: dict[str, str]) -> None:
    held = {"token": TOKEN, "kind": "reject", "place": "r1/v2", "by": "Ada Holm", "back": "/"}
    assert client.post("/fix", data={**held, **fields}).status_code == 400
    assert read_log(str(record)).corrections == ()


@pytest.mark.parametrize("path", ["/fix", "/undo", "/add", "/add/x/cancel", "/remove"])
@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN + "x", "ß"])
def test_without_the_token_nothing_is_changed(client: TestClient, record: Path, path: str, token: str | None) -> None:
    before = record.read_bytes()
    fields = {"kind": "reject", "place": "r1/v2", "by": "Ada Holm", "ids": "f-00000000", "report": "r1", "text": SILOS}
    assert client.post(path, data=fields | ({"token": token} if token is not None else {})).status_code == 403
    assert client.post(path, json=fields | {"token": TOKEN}).status_code == 403
    assert client.post(path, files={"token": ("x", b"y")}).status_code == 403
    assert record.read_bytes() == before


def test_another_writer_is_waited_for_by_the_reader(client: TestClient, record: Path) -> None:
    with Store.create_or_open(record):
        answer = say(client, "reject", "r1/v2")
        assert client.post("/remove", data={"token": TOKEN, "report": "r1"}).status_code == 409
    assert answer.status_code == 409
    assert "another onrecord is writing to it; nothing was changed" in answer.text
    assert read_log(str(record)).corrections == ()


def test_the_log_shows_who_said_what_of_which_words(client: TestClient, record: Path) -> None:
    assert "Nobody has put anything right yet" in client.get("/corrections").text
    say(client, "speaker", "r1/a4", SCRIPT, by=f"Ada {SCRIPT}")
    say(client, "reject", "h1/a1")
    page = client.get("/corrections").text
    assert "<script>alert" not in page
    assert "2 corrections" in page
    assert '<a class="words" href="/report/r1?char=' in page
    assert "“The quay stays ours,” Varrun told" in unescape(page)
    assert page.index("no statement") < page.index("said by")


def test_the_log_has_pages(client: TestClient, record: Path) -> None:
    for n in range(3):
        say(client, "date", "r1/v2", f"2031-03-0{n + 1}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changes, "PAGE", 2)
        patch.setattr("onrecord.web.filters.page.__defaults__", (2,))
        assert [client.get(f"/corrections?page={n}").text.count('class="row') for n in (1, 2)] == [2, 1]
    assert client.get("/corrections").text.count("replaced") == 2


def test_the_log_can_be_taken_away_to_learn_from(client: TestClient) -> None:
    say(client, "same", "r1/a1", "r2/a1")
    answer = client.get("/corrections.jsonl")
    assert answer.headers["content-disposition"] == 'attachment; filename="corrections.jsonl"'
    assert [json.loads(line)["kind"] for line in answer.text.splitlines()] == ["same"]


def test_a_spreadsheet_obeys_nothing(client: TestClient) -> None:
    say(client, "reject", "h1/a1", by="=cmd()")
    (row,) = csv.DictReader(io.StringIO(client.get("/corrections.csv").text))
    assert row["by"] == "'=cmd()"
    assert "\x1b" not in row["words"]


def test_reports_are_taken_out_after_a_question(client: TestClient, record: Path) -> None:
    page = client.get("/remove?report=h1&back=/timeline")
    assert "This cannot be undone" in page.text
    assert "<script>" not in page.text.split("<h1>")[1]
    assert 'name="report" value="h1"' in page.text
    assert "h1" in {a.id for a in read_record(record).analyses}
    answer = client.post("/remove", data={"token": TOKEN, "report": ["h1"], "back": "/timeline"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/timeline")
    assert {a.id for a in read_record(record).analyses} == {"r1", "r2"}
    # Back to a page that is gone would be an error.
    answer = client.post("/remove", data={"token": TOKEN, "report": ["r1"], "back": "/report/r1?fact=a1"})
    assert answer.headers["location"] == "/reports"


@pytest.mark.parametrize("query", ["", "?report=", "?report=r9", "?report=r1&report=r9", "?report=" + SCRIPT])
def test_what_is_not_there_cannot_be_taken_out(client: TestClient, query: str) -> None:
    assert client.get(f"/remove{query}").status_code == 404


def test_taking_out_nothing_is_refused(client: TestClient, record: Path) -> None:
    before = record.read_bytes()
    assert client.post("/remove", data={"token": TOKEN, "back": "/"}).status_code == 400
    assert client.post("/remove", data={"token": TOKEN, "report": SCRIPT}).status_code == 400
    assert record.read_bytes() == before


def test_every_form_of_the_pages_can_be_sent(client: TestClient, record: Path) -> None:
    held: Record = read_record(record)
    (entry,) = [e for e in held.events if len(e.members) == 2 and e.kind == "phone call"][:1]
    members = [(f"{m.report}/{m.event}", m.report) for m in entry.members]
    html = forms("entry_forms")(LIVE, TOKEN, "Ada Holm", entry.id, members, "/calls", "contact")
    form = html.split("<form")[1]
    fields = {n: unescape(v) for n, v in re.findall(r'name="(\w+)" value="([^"]*)"', form)}
    assert client.post("/fix", data=fields).status_code == 303
    parted = read_record(record)
    assert all(len(e.members) == 1 for e in parted.events if e.kind == "phone call")
    fix_record(str(record), "reject", ["r1/v1"], by="Bela Renko")
    rows = just_done(record, request_of(f"/calls?done={read_log(str(record)).corrections[0].id}"))
    note = forms("done_note")(LIVE, TOKEN, "Ada Holm", rows, "/calls")
    fields = {n: unescape(v) for n, v in re.findall(r'name="(\w+)" value="([^"]*)"', note)}
    assert client.post("/undo", data=fields).headers["location"].startswith("/calls?done=f-")
    assert len(standing(record)) == 1
    assert not forms("done_note")(LIVE, TOKEN, "", [], "/").strip()
