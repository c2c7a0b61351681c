"""What is PostgreSQL's own of a record: the rest is asked of both databases by the tests beside this one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner

from onrecord import cli
from onrecord.location import Address
from onrecord.record import OnrecordError
from onrecord.store import Store, is_there, postgres_tables, read_record
from onrecord.store.placeholders import number_placeholders
from onrecord.store.schema import MIGRATIONS
from onrecord.store.tokens import TOKENIZE, Tokens
from tests.postgres import DATABASE, GUARDED, PASSWORD, Place, address
from tests.store.filled import LINKER, MAKER, RECORD, fill, stage, tamper


@pytest.fixture
def where(socket: Path, request: pytest.FixtureRequest) -> Iterator[Address]:
    made = address(socket, request.node.name[:60])
    yield made
    with psycopg.connect(made.connection) as owner:
        owner.execute(f'DROP SCHEMA IF EXISTS "{made.schema}" CASCADE'.encode())


def refusal(where: Address) -> str:
    """The one line with which `where` is refused to a reader and to a writer, and by the command."""
    lines = []
    for attempt in (Store.open, Store.create_or_open):
        with pytest.raises(OnrecordError) as refused, attempt(where) as store:
            store.record()
        lines.append(str(refused.value))
    assert lines[0] == lines[1]
    words = where.connection + ("&" if "?" in where.connection else "?") + f"schema={where.schema}"
    answer = CliRunner().invoke(cli.app, ["check", words])
    assert (answer.exit_code, answer.stderr) == (2, f"onrecord: {lines[0]}\n")
    assert "\n" not in lines[0]
    assert PASSWORD not in lines[0]
    return lines[0].removeprefix(f"{where}: ")


def test_a_wrong_password(socket: Path) -> None:
    right = Address(f"postgresql://{GUARDED}:{PASSWORD}@/{DATABASE}?host={socket}", "x")
    assert not is_there(right)
    wrong = Address(f"postgresql://{GUARDED}:{PASSWORD}x@/{DATABASE}?host={socket}", "x")
    assert refusal(wrong) == f'cannot be reached (password authentication failed for user "{GUARDED}")'


def test_no_such_server(tmp_path: Path) -> None:
    line = refusal(Address(f"postgresql://ann:{PASSWORD}@/news?host={tmp_path}"))
    assert line.startswith("cannot be reached (connection")
    assert "No such file or directory" in line


def test_no_such_database(socket: Path) -> None:
    assert refusal(address(socket, "x", database="none")) == 'cannot be reached (database "none" does not exist)'


def test_an_address_that_postgresql_cannot_read() -> None:
    assert refusal(Address("postgresql://ann@[db/news")).startswith("cannot be reached (")


def test_none_there_and_none_made_by_asking(where: Address) -> None:
    with pytest.raises(OnrecordError, match=r"no such record$"):
        read_record(where)
    assert not is_there(where)


def test_a_schema_of_another_program_is_left_as_it_is(where: Address) -> None:
    with psycopg.connect(where.connection) as owner:
        owner.execute(f'CREATE SCHEMA "{where.schema}"; CREATE TABLE "{where.schema}".notes (a INTEGER)'.encode())
    assert refusal(where) == "no record (a schema of another program)"


def test_a_newer_version(where: Address) -> None:
    fill(where)
    tamper(where, "UPDATE onrecord SET format = 99")
    assert refusal(where) == "made by a newer Onrecord (format 99; this one reads up to 4)"


def test_a_database_in_another_encoding(socket: Path) -> None:
    with pytest.raises(OnrecordError, match="not in UTF-8"):
        Store.create_or_open(address(socket, "x", user="postgres", database="latin"))


def test_a_right_that_is_missing_is_named(socket: Path) -> None:
    where = Address(f"postgresql://{GUARDED}:{PASSWORD}@/{DATABASE}?host={socket}", "mine")
    with pytest.raises(OnrecordError, match=f"permission denied for database {DATABASE}$"):
        Store.create_or_open(where)


def test_an_empty_schema_that_was_made_for_it_is_enough(socket: Path) -> None:
    where = Address(f"postgresql://{GUARDED}:{PASSWORD}@/{DATABASE}?host={socket}", "given")
    with psycopg.connect(address(socket, "", user="postgres").connection) as admin:
        admin.execute(f"CREATE SCHEMA given AUTHORIZATION {GUARDED}".encode())
    assert read_record(fill(where)) == RECORD
    # Others may be let in to read, and to read alone.
    with psycopg.connect(where.connection) as owner:
        owner.execute("GRANT USAGE ON SCHEMA given TO newsroom; GRANT SELECT ON ALL TABLES IN SCHEMA given TO newsroom")
    reader = address(socket, "given")
    assert read_record(reader) == RECORD
    with pytest.raises(OnrecordError, match="permission denied"), Store.create_or_open(reader) as store:
        stage(store, RECORD.analyses)
        store.keep(RECORD.analyses, MAKER)
        store.plan(MAKER, LINKER)
        with store.completing(MAKER, LINKER, ()):
            pass


def test_a_first_build_that_was_interrupted_is_no_record_yet(where: Address) -> None:
    with Store.create_or_open(where) as store:
        stage(store, RECORD.analyses)
    with pytest.raises(OnrecordError, match="no record yet"):
        read_record(where)
    assert read_record(fill(where)) == RECORD


def test_records_beside_one_another_know_nothing_of_each_other(where: Address, place: Place) -> None:
    fill(where)
    with Store.create_or_open(place("other")) as store:
        assert store.count() == {}
        # A writer of another schema is not waited for.
        with store.alone():
            fill(where, maker="newer")


def test_an_older_schema_is_migrated(where: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(where)
    more = (*postgres_tables.MIGRATIONS, "CREATE TABLE more (a INTEGER);")
    monkeypatch.setattr(postgres_tables, "MIGRATIONS", more)
    assert read_record(where) == RECORD
    with Store.open(where) as store:
        assert store.whole().format() == len(more)
    failing = (*more, "CREATE TABLE most (a INTEGER); CREATE TABLE more (b INTEGER);")
    monkeypatch.setattr(postgres_tables, "MIGRATIONS", failing)
    with pytest.raises(OnrecordError, match='"more" already exists'):
        read_record(where)
    monkeypatch.setattr(postgres_tables, "MIGRATIONS", more)
    assert read_record(where) == RECORD


def test_what_others_tools_show_can_be_read(where: Address) -> None:
    fill(where)
    for view in ("reports", "statements", "claims", "events", "contacts", "disagreements"):
        kind = {"statements": "analyses"}.get(view, view)
        assert len(tamper(where, f"SELECT * FROM readable_{view}")) >= bool(getattr(RECORD, kind))  # noqa: S608
    ((words, text),) = tamper(
        where,
        'SELECT w.words, substr(t.text, p.start + 1, p."end" - p.start) FROM passage_words w'
        " JOIN passages p USING (id) JOIN texts t USING (report) ORDER BY id LIMIT 1",
    )
    assert words == text


def test_words_that_are_not_found_any_more_are_damage(where: Address) -> None:
    fill(where)
    with Store.open(where) as store:
        assert store.whole().damage() == []
    tamper(where, "DELETE FROM search WHERE id = (SELECT min(id) FROM search)")
    with Store.open(where) as store:
        assert store.whole().damage() == ["1 passages and the words by which they are found do not go together"]


def test_words_are_cut_as_in_a_file() -> None:
    assert f"tokenize = '{TOKENIZE}'" in MIGRATIONS[0]
    tokens = Tokens()
    assert tokens.cut([(7, "Ferries, the FERRY; Brehm's café!"), (9, "")]) == {
        7: {"ferri": [1, 3], "the": [2], "brehm": [4], "s": [5], "cafe": [6]},
        9: {},
    }
    assert tokens.cut_phrase("a ferry a") == ("a", "ferri", "a")
    tokens.close()


def test_a_text_longer_than_postgresql_counts_is_found_by_its_words(where: Address) -> None:
    long = " ".join(f"w{n}" for n in range(200_000))
    with Store.create_or_open(where) as store:
        store.plan(MAKER, LINKER)
        with store.completing(MAKER, LINKER, ()):
            database = store._database
            database.execute("INSERT INTO texts VALUES ('x', ?)", (long,))
            database.execute('INSERT INTO passages (id, report, start, "end") VALUES (1, ?, 0, ?)', ("x", len(long)))
            database.search.add([(1, long)])
        assert store._database.search.reports('"w16000" "w12"') == ["x"]


def test_without_the_extra_one_line_says_how_to_have_it() -> None:
    script = "import sys; sys.modules['psycopg'] = None; from onrecord.cli import main; main()"
    words = [sys.executable, "-c", script, "check", "postgresql://db/news"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    line = 'onrecord: postgresql://db/news: psycopg isn\'t installed: pip install "onrecord[postgres]"\n'
    assert done.stderr == line


def test_signs_for_values() -> None:
    assert number_placeholders("a = ?1 OR b = ?2 OR c = ?1") == "a = $1 OR b = $2 OR c = $1"
    assert number_placeholders("'?' = ? AND '$.a' = ?") == "'?' = $1 AND '$.a' = $2"
