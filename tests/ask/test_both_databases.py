"""The same questions of the same record in a file and in a PostgreSQL database: the same answers, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import onrecord
from onrecord.location import Address, Location
from onrecord.store import Store
from tests import harbour
from tests.postgres import address
from tests.questions import ARRIVED, ask
from tests.store.filled import tamper
from tests.test_mcp import NAMES, call, question
from tests.web.site import make_record, open_site

QUESTIONS = (
    "said {} --by Vorác",
    "said {} --about rent --format json",
    "contacts {} --between Vorác Averill",
    "events {} --when 2019-09",
    "sources {} {claim} --why",
    "trace {} {claim}",
    "disputes {}",
    "new {} --since 2019-09-23",
    "brief {} --about Vorác",
    "search {} florins",
    "search {} '\"the rent\" harbour'",
    "search {} 'Vorác rents' --format json",
    "search {} 'the of' --limit 40",
    "search {} ships --lang en",
    "search {} zebra",
    "search {} --like 'money for the harbour'",
    "show {} calls",
    "show {} timeline",
    "show {} claims --format json",
    "export {} --format json",
    "export {} --format markdown",
    "export {} --format corrections",
    "cite {} {claim}",
    "diff {} {one} {other}",
    "check {}",
    "fix {} log",
)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, socket: Path) -> Iterator[tuple[Location, Location]]:
    """The example record in a file and in a schema."""
    file, schema = tmp_path_factory.mktemp("both") / "demo.onrecord", address(socket, "both")
    for place in (file, schema):
        make_record(place, harbour.reports(), harbour.analyses())
        tamper(place, f"UPDATE arrivals SET at = {ARRIVED}")  # noqa: S608
    yield file, schema
    tamper(schema, 'DROP SCHEMA "both" CASCADE')


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_has_one_answer(both: tuple[Path, Address], question: str) -> None:
    file, schema = both
    words = f"{schema.connection}&schema={schema.schema}"
    record = harbour.record()
    told = {"claim": record.claims[0].id, "one": record.reports[0].id, "other": record.reports[1].id}
    status, answer = ask(question.format(file, **told))
    assert status in (0, 1), answer
    other_status, other = ask(question.format(f"'{words}'", **told))
    assert other_status == status
    assert other.replace(str(schema), "RECORD").replace(schema.name, "NAME") == answer.replace(
        str(file), "RECORD"
    ).replace(file.name, "NAME")


_TOKEN = re.compile(r'name="token" value="[^"]*"')
PAGES = (
    *(
        "/",
        "/reports",
        "/timeline?by=event",
        "/calls",
        "/statements?q=rent",
        "/statements?page=2",
        "/claims",
        "/absent",
    ),
    *(
        "/absent",
        "/disagreements",
        "/expectations",
        "/people",
        "/corrections",
        "/add",
        "/statements.csv",
        "/claims.json",
    ),
    *("/claim/{claim}", "/claim/{claim}/card.svg", "/report/{one}", "/diff?a={one}&b={other}", "/entity/{who}"),
    *("/api/statements", "/api/claims/{claim}/tree", "/api/reports/{one}", "/claim/none", "/timeline?since=soon"),
)


def test_every_page_is_one(both: tuple[Path, Address]) -> None:
    record = harbour.record()
    told = {"claim": record.claims[0].id, "one": record.reports[0].id, "other": record.reports[1].id}
    told["who"] = record.entities[0].id

    def read(place: Location, path: str) -> str:
        answer = sites[place].get(path)
        # The name of the record, and the token of each run.
        text = _TOKEN.sub("", answer.text.replace(place.name, "NAME"))
        return f"{answer.status_code}\n{text}"

    sites: dict[Location, TestClient] = {place: open_site(place) for place in both}
    for path in PAGES:
        one, other = (read(place, path.format(**told)) for place in both)
        assert one == other, path
        assert one.startswith("200") or path in PAGES[-2:], path


def test_an_assistant_and_a_program_are_answered_alike(both: tuple[Path, Address]) -> None:
    for tool in NAMES:
        one, other = (call(place, tool, **question(place, tool)).structured_content for place in both)
        assert one
        assert one == other, tool
    with onrecord.open(both[0]) as file, onrecord.open(f"{both[1].connection}&schema={both[1].schema}") as schema:
        assert [*schema.statements(by="Vorác")] == [*file.statements(by="Vorác")] != []
        assert schema.data() == file.data()


def test_all_that_is_searched_is_found_in_the_same_order_with_the_same_words(both: tuple[Path, Address]) -> None:
    words = {word.strip('.,;:"“”()?!').lower() for a in harbour.analyses() for word in a.text.split()}
    asked = sorted(word for word in words if any(map(str.isalnum, word)))
    with Store.open(both[0]) as file, Store.open(both[1]) as schema:
        here, there = file.catalogue(), schema.catalogue()
        for first, second in zip(asked[::3], asked[7::3], strict=False):
            for query in (f'"{first}"', f'("{first}" OR "—" OR "{second}") AND "the"'):
                assert there.passages(query, 30) == here.passages(query, 30), query
        for phrase in ('"in the harbour"', '"the the"', "rent-free harbours", "VORÁC vorac", "'s", "—", '"of the"'):
            found = here.search_statements(phrase)
            assert list(there.search_statements(phrase)) == list(found), phrase
            ids = [int(id) for id in here.statement_columns().id]
            assert there.highlight(phrase, ids) == here.highlight(phrase, ids)
            assert there.search_reports(phrase) == here.search_reports(phrase)
            for report in here.search_reports(phrase):
                assert there.matches(f'"{phrase}"', report) == here.matches(f'"{phrase}"', report)
