from __future__ import annotations

import json
import re
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.store import read_record
from onrecord.web import changes
from onrecord.web.work import Work
from tests.web.changing import SCRIPT, SILOS, TOKEN, make_record, open_client


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return make_record(tmp_path / "quay.onrecord", monkeypatch)


@pytest.fixture
def client(record: Path) -> Iterator[TestClient]:
    with open_client(record) as made:
        yield made


def finish(client: TestClient, address: str) -> str:
    pause = threading.Event()
    for _ in range(1200):
        page = client.get(address).text
        if "hx-trigger" not in page:
            return page
        assert '<meta http-equiv="refresh"' in page
        assert re.search(
            r"<progress[^>]*>(starting|reports taken in: \d|read \d of 5 reports|looking|linked \d of \d groups)", page
        )
        pause.wait(0.05)
    raise AssertionError("the job does not end")


def test_a_text_and_files_are_added(client: TestClient, record: Path) -> None:
    form = client.get("/add").text
    assert 'enctype="multipart/form-data"' in form
    fields = {"token": TOKEN, "text": SILOS, "outlet": SCRIPT, "published": "2031-05-03"}
    files = [("files", ("../note.txt", SILOS.encode() + b" The end.")), ("files", ("<b>.odt", b"x"))]
    answer = client.post("/add", data=fields, files=files)
    assert answer.status_code == 303
    page = finish(client, answer.headers["location"])
    assert "2 reports read: 2 new, 0 already on record; 1 left out" in page
    assert "<script>alert" not in page
    assert "<b>" not in page
    assert "note" in page
    links = re.findall(r'class="open" href="/report/([^"]+)"', page)
    assert {a.id for a in read_record(record).analyses} == {"r1", "r2", "h1", *links}
    assert len(links) == 2
    assert tempfile.gettempdir() not in page


def test_a_job_is_cancelled_once_and_again(client: TestClient, record: Path) -> None:
    before = read_record(record)
    lines = "\n".join(json.dumps({"text": f"{SILOS} Day {n}."}) for n in range(400))
    answer = client.post("/add", data={"token": TOKEN}, files={"files": ("many.jsonl", lines.encode())})
    job = answer.headers["location"]
    second = client.post("/add", data={"token": TOKEN, "text": SILOS})
    assert second.status_code == 409
    assert "being added already" in second.text
    assert f'href="{job}"' in client.get("/add").text
    for _ in range(2):
        answer = client.post(f"{job}/cancel", data={"token": TOKEN})
        assert (answer.status_code, answer.headers["location"]) == (303, job)
        assert "the record is as it was" in client.get(job).text
    assert read_record(record) == before


def test_when_the_server_ends_so_does_the_job(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[Work] = []
    monkeypatch.setattr(Work, "close", lambda self: closed.append(self))  # noqa: PLW0108
    with open_client(record):
        assert closed == []
    assert len(closed) == 1


@pytest.mark.parametrize("path", ["/add/x", "/add/%2e%2e", "/add/<script>"])
def test_an_unknown_job_is_not_there(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post("/add/x/cancel", data={"token": TOKEN}).status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        *({}, {"text": "  "}, {"text": SILOS, "published": "Thursday"}, {"text": SILOS, "date": "0001-01-01"}),
        *({"text": SILOS, "url": "javascript:alert(1)"}, {"text": SILOS, "outlet": "x" * 2001}),
    ],
)
def test_what_cannot_be_added_is_refused(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, fields: dict[str, str]
) -> None:
    def never() -> Path:
        raise AssertionError("nothing is kept")

    monkeypatch.setattr(changes, "make_folder", never)
    assert client.post("/add", data={"token": TOKEN, **fields}).status_code == 400


def test_too_much_at_once_is_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "LARGEST", 1000)
    answer = client.post("/add", data={"token": TOKEN, "text": "x" * 2000}, files={"files": ("", b"")})
    assert answer.status_code == 413
    monkeypatch.setattr(changes, "FILES", 2)
    monkeypatch.setattr(changes, "LARGEST", 2**20)
    files = [("files", (f"{n}.txt", b"x")) for n in range(3)]
    assert client.post("/add", data={"token": TOKEN}, files=files).status_code == 400


def test_a_text_of_more_than_a_megabyte_is_taken(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []

    def start(work: Work, inputs: list[str], *_: object) -> None:
        kept.extend(inputs)
        raise KeyError

    monkeypatch.setattr(Work, "start", start)
    with pytest.raises(KeyError):
        client.post("/add", data={"token": TOKEN, "text": "word " * 400_000}, files={"files": ("", b"")})
    assert len(kept) == 1
    # Nothing is left of what no job was made of.
    assert not Path(kept[0]).parent.exists()
