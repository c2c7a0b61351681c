"""The same questions of the same record in a file and in a PostgreSQL database: the same answers, word for word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.location import Address, Location
from onrecord.store import Store
from tests import harbour
from tests.postgres import address
from tests.questions import ARRIVED, ask
from tests.store.filled import tamper
from tests.web.site import make_record

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
    claim = harbour.record().claims[0].id
    status, answer = ask(question.format(file, claim=claim))
    assert status in (0, 1), answer
    other_status, other = ask(question.format(f"'{words}'", claim=claim))
    assert other_status == status
    assert other.replace(str(schema), "RECORD").replace(schema.name, "NAME") == answer.replace(
        str(file), "RECORD"
    ).replace(file.name, "NAME")


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
