"""A record file is SQLite: tools that know nothing of it can look at it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from datasette.app import Datasette

from onrecord.store import read_record
from tests import harbour
from tests.web.site import make_record


def ask(coroutine: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(coroutine)


async def get(path: Path, address: str) -> Any:
    held = Datasette(immutables=[str(path)], settings={"num_sql_threads": 0})
    await held.invoke_startup()
    answer = await held.client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


def rows(path: Path, sql: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(get(path, f"/{path.stem}.json?sql={sql}&_shape=array"))
    return found


def test_tables_are_listed_and_nothing_is_written(grain_path: Path) -> None:
    before = grain_path.read_bytes()
    held = ask(get(grain_path, f"/{grain_path.stem}.json"))
    tables = {table["name"]: table for table in held["tables"]}
    assert {"reports", "statements", "entries", "corrections"} <= tables.keys()
    assert (tables["reports"]["count"], tables["statements"]["count"]) == (5, 7)
    assert "speaker" in tables["statements"]["columns"]
    assert grain_path.read_bytes() == before


def test_views_show_it_under_words_that_a_reader_knows(grain_path: Path) -> None:
    said = rows(grain_path, "select outlet, speaker, words from readable_statements where report = 'r2'")
    words = "Varrun promised that the grain road would stay open"
    assert said == [{"outlet": "Kesland Herald", "speaker": "a Kesland official", "words": words}]
    reports = rows(grain_path, "select published_earliest as day from readable_reports where id = 'r1'")
    assert reports == [{"day": "2031-03-04"}]
    held = ask(get(grain_path, f"/{grain_path.stem}.json"))
    views = {view["name"] for view in held["views"]}
    kinds = ("reports", "statements", "claims", "events", "contacts", "disagreements")
    assert {f"readable_{kind}" for kind in kinds} <= views
    shown = {kind: ask(get(grain_path, f"/{grain_path.stem}/readable_{kind}.json?_shape=array")) for kind in kinds}
    assert (len(shown["reports"]), len(shown["statements"]), len(shown["claims"])) == (5, 7, 2)
    assert all(shown[kind] for kind in ("events", "contacts"))


def test_both_sides_of_a_disagreement_are_their_own_words(tmp_path: Path) -> None:
    path = make_record(tmp_path / "quay.onrecord", harbour.reports(), harbour.analyses())
    texts = {a.id: a.text for a in harbour.analyses()}
    record = read_record(path)
    told = {d.id: (d.a, d.b) for d in record.disagreements}
    found = rows(path, "select id, a_words, b_words from readable_disagreements")
    assert len(found) == len(told) > 0
    for row in found:
        for place, words in zip(told[row["id"]], (row["a_words"], row["b_words"]), strict=True):
            assert words == (texts[place.report][slice(*place.span)] if place else None)


def test_entries_are_json_that_sqlite_reads(grain_path: Path) -> None:
    found = rows(
        grain_path,
        "select json_extract(json, '$.author') as author, independent from entries where kind = 'claims' order by id",
    )
    assert found == [{"author": "Ilse Varrun", "independent": 2}, {"author": "a Norvian official", "independent": 1}]


def test_words_are_found(grain_path: Path) -> None:
    found = rows(grain_path, "select count(*) as number from search where search match 'sailors'")
    assert found[0]["number"] > 0
