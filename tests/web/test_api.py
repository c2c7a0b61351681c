from pathlib import Path
from typing import Any

import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from starlette.testclient import TestClient

from onrecord.record import Record
from onrecord.store import read_record
from onrecord.web.api import LISTS


@pytest.fixture(scope="module")
def record(harbour_path: Path) -> Record:
    return read_record(harbour_path)


@pytest.fixture
def described(site: TestClient) -> Any:
    return schemathesis.openapi.from_asgi("/api/openapi.json", site.app)


lazy = schemathesis.pytest.from_fixture("described")


@lazy.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_request_gets_an_answer_that_is_not_described(case: Any) -> None:
    case.headers = {**(case.headers or {}), "host": "127.0.0.1:8321"}
    case.call_and_validate()


@pytest.mark.parametrize("name", sorted(set(LISTS) - {"statements", "events"}))
def test_the_pages_of_a_list_are_the_list_of_the_export(name: str, site: TestClient, record: Record) -> None:
    whole = msgspec.to_builtins(getattr(record, name))
    items: list[Any] = []
    number, total = 1, 1
    while len(items) < total:
        got = site.get(f"/api/{name}", params={"page": number}).json()
        assert got["items"] or not got["total"]
        items, total, number = [*items, *got["items"]], got["total"], number + 1
    assert sorted(map(repr, items)) == sorted(map(repr, whole))


def test_a_statement_is_an_attribution_of_its_report(site: TestClient, record: Record) -> None:
    held = {a.id: {t.id: msgspec.to_builtins(t) for t in a.attributions} for a in record.analyses}
    for item in site.get("/api/statements").json()["items"]:
        assert held[item["report"]][item["attribution"]["id"]] == item["attribution"]


def test_a_report_is_what_extract_gives_of_it(site: TestClient, record: Record) -> None:
    analysis = record.analyses[0]
    assert site.get(f"/api/reports/{analysis.id}").json() == msgspec.to_builtins(analysis)


def test_a_page_behind_the_last_is_empty(site: TestClient) -> None:
    assert site.get("/api/claims", params={"page": 1000}).json()["items"] == []


@pytest.mark.parametrize("at", ["/api/reports/none", "/api/claims/c-0", "/api/claims/c-0/tree", "/api/none"])
def test_what_there_is_not_is_said_as_json(at: str, site: TestClient) -> None:
    got = site.get(at)
    assert (got.status_code, got.headers["content-type"]) == (404, "application/json")
    assert got.json()["detail"]
