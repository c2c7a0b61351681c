from pathlib import Path
from typing import Any

import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import negative_data_rejection
from starlette.testclient import TestClient

from onrecord.record import Record
from onrecord.store import read_record
from onrecord.web.api import LISTS, ONES

HOST = {"host": "127.0.0.1:8321"}
PATHS = [f"/api/{name}" for name in LISTS] + [f"/api{path}" for path in ONES]
# Requests to each of them.
EACH = 300
Operation = APIOperation[Any, Any, Any, Any]


def builtins(value: object) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


@pytest.fixture(scope="module")
def record(harbour_path: Path) -> Record:
    return read_record(harbour_path)


@pytest.fixture(scope="module")
def operations(site: TestClient) -> dict[str, Operation]:
    """What the description of the API names, by path."""
    described = schemathesis.openapi.from_asgi("/api/openapi.json", site.app, headers=HOST)
    found = [found.ok() for found in described.get_all_operations() if isinstance(found, Ok)]
    return {operation.path: operation for operation in found}


def test_all_routes_are_described(operations: dict[str, Operation]) -> None:
    assert sorted(operations) == sorted(PATHS)
    assert len(PATHS) * EACH >= 5000


@pytest.mark.parametrize("path", PATHS)
def test_no_request_gets_an_answer_that_is_not_described(
    path: str, operations: dict[str, Operation], record: Record
) -> None:
    operation, statuses = operations[path], set[int]()
    kind = path.split("/")[2]
    ids = [entry.id for entry in getattr(record, kind)] if "{id}" in path else []
    right = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    wrong = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @given(case=right | wrong, id=st.sampled_from([None, *ids]))
    @settings(
        max_examples=EACH, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    def ask(case: Any, id: str | None) -> None:
        # Nobody would come upon an id of this record by chance.
        if id and "id" in case.path_parameters:
            case.path_parameters["id"] = id
        # Filters that are empty, as a form sends them, and such as are not described are passed over.
        statuses.add(case.call_and_validate(headers=HOST, excluded_checks=[negative_data_rejection]).status_code)

    ask()
    assert 200 in statuses
    # Other ids are none, and what no filter is refused.
    assert statuses > {200}


@pytest.mark.parametrize("name", sorted(set(LISTS) - {"statements", "events"}))
def test_the_pages_of_a_list_are_the_list_of_the_export(name: str, site: TestClient, record: Record) -> None:
    whole = builtins(getattr(record, name))
    items: list[Any] = []
    number, total = 1, 1
    while len(items) < total:
        got = site.get(f"/api/{name}", params={"page": number}).json()
        assert got["items"] or not got["total"]
        items, total, number = [*items, *got["items"]], got["total"], number + 1
    assert sorted(map(repr, items)) == sorted(map(repr, whole))


def test_a_statement_is_an_attribution_of_its_report(site: TestClient, record: Record) -> None:
    held = {a.id: {t.id: builtins(t) for t in a.attributions} for a in record.analyses}
    for item in site.get("/api/statements").json()["items"]:
        assert held[item["report"]][item["attribution"]["id"]] == item["attribution"]


def test_a_report_is_what_extract_gives_of_it(site: TestClient, record: Record) -> None:
    analysis = record.analyses[0]
    assert site.get(f"/api/reports/{analysis.id}").json() == builtins(analysis)


def test_a_page_behind_the_last_is_empty(site: TestClient) -> None:
    assert site.get("/api/claims", params={"page": 1000}).json()["items"] == []


@pytest.mark.parametrize("at", ["/api/reports/none", "/api/claims/c-0", "/api/claims/c-0/tree", "/api/none"])
def test_what_there_is_not_is_said_as_json(at: str, site: TestClient) -> None:
    got = site.get(at)
    assert (got.status_code, got.headers["content-type"]) == (404, "application/json")
    assert got.json()["detail"]
