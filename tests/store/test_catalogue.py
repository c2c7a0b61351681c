import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from onrecord.location import Location
from onrecord.record import AttributionMember, Record
from onrecord.store import Catalogue, Store
from onrecord.store.packed import unpack
from onrecord.views.chains import explain_claim
from onrecord.views.claims import list_claims
from onrecord.views.disagreements import list_disagreements
from onrecord.views.expectations import list_expectations
from onrecord.views.index import Index
from onrecord.views.statements import list_statements, state
from tests import harbour
from tests.postgres import Place, places
from tests.store.filled import RECORD, fill, tamper
from tests.web.site import MAKER, make_record

PACKED = ("SELECT * FROM lists ORDER BY affair, kind", "SELECT * FROM bundles ORDER BY affair, kind")


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Location]:
    for place in places(request, tmp_path_factory.mktemp("store")):
        yield make_record(place("r.onrecord"), harbour.reports(), harbour.analyses())


@pytest.fixture(scope="module")
def whole(path: Location) -> Record:
    with Store.open(path) as store:
        return store.record()


@pytest.fixture
def catalogue(path: Location) -> Iterator[Catalogue]:
    with Store.open(path) as store:
        yield store.catalogue()


def test_the_part_of_a_claim_shows_what_the_whole_shows_of_it(catalogue: Catalogue, whole: Record) -> None:
    for row in list_claims(whole):
        part = catalogue.part(ids=[row.id], copies=True)
        assert [r for r in list_claims(part) if r.id == row.id] == [row]
        assert explain_claim(part, row.id) == explain_claim(whole, row.id)


@pytest.mark.parametrize("view", [list_disagreements, list_expectations])
def test_the_part_of_an_entry_shows_what_the_whole_shows_of_it(
    view: object, catalogue: Catalogue, whole: Record
) -> None:
    rows = view(whole)  # type: ignore[operator]
    assert rows
    for row in rows:
        part = catalogue.part(ids=[row.id])
        assert [r for r in view(part) if r.id == row.id] == [row]  # type: ignore[operator]


def test_the_part_of_a_statement_shows_what_the_whole_shows_of_it(catalogue: Catalogue, whole: Record) -> None:
    index = Index(whole)
    for member in (m for a in whole.analyses for m in index.statements(a)):
        part = catalogue.part(statements=[member])
        assert state(Index(part), member) == state(index, member)


def test_what_was_read_before_is_read_alike(catalogue: Catalogue, whole: Record) -> None:
    held: dict[tuple[str, str], object] = {}
    ids = [c.id for c in whole.claims]
    first = catalogue.part(ids=ids, cache=held)
    assert held
    assert catalogue.part(ids=ids, cache=held) == first == catalogue.part(ids=ids)


def test_what_there_is_not_has_no_part(catalogue: Catalogue) -> None:
    part = catalogue.part(ids=["c-none"], reports=["none"], statements=[AttributionMember("none", "a1")], copies=True)
    assert part == Record()


def test_statements_stand_in_the_order_of_the_record(catalogue: Catalogue, whole: Record) -> None:
    columns = catalogue.statement_columns()
    shown = [(m.report, m.attribution) for m in map(columns.member, range(len(columns.id)))]
    assert shown == [(row.words.report, row.id) for row in list_statements(whole)]
    speakers = [columns.speaker.values[c] if c >= 0 else None for c in columns.speaker.codes]
    assert speakers == [Index(whole).attribution(AttributionMember(*member)).speaker.name for member in shown]


@pytest.mark.parametrize("kind", ["reports", "stories", "events", "contacts", "claims", "expectations", "entities"])
def test_entries_are_those_of_the_record(kind: str, catalogue: Catalogue, whole: Record) -> None:
    columns, entries = catalogue.entry_columns(kind), {e.id: e for e in getattr(whole, kind)}
    assert sorted(columns.ids) == sorted(entries)
    days = [int(a or b) for a, b in zip(columns.earliest, columns.latest, strict=True)]
    known = [day for day in days if day]
    if kind != "claims":
        assert days[: len(known)] == sorted(known)
    for n, id in enumerate(columns.ids):
        if hasattr(entries[id], "independent"):
            assert columns.independent[n] == entries[id].independent


def test_of_events_those_that_are_read_surely_enough(catalogue: Catalogue) -> None:
    all_, sure = catalogue.entry_columns("events"), catalogue.entry_columns("events", 0.4)
    assert 0 < len(sure.ids) < len(all_.ids)
    assert set(sure.ids) == {id for id, reading in zip(all_.ids, all_.reading, strict=True) if reading >= 0.4}


def test_a_search_finds_statements_and_says_where_its_words_stand(catalogue: Catalogue) -> None:
    columns = catalogue.statement_columns()
    hits = catalogue.search_statements("florins")
    assert set(hits) <= set(columns.id)
    assert len(hits) > 1
    marked = catalogue.highlight("florins", [int(n) for n in hits])
    held = {int(id): n for n, id in enumerate(columns.id)}
    for id, spans in marked.items():
        n = held[id]
        report = columns.report.values[columns.report.codes[n]]
        text = catalogue.part(reports=[report]).analyses[0].text
        start = int(columns.start[n])
        assert {text[start + s.start : start + s.end].casefold() for s in spans} == {"florins"}
    assert len(catalogue.search_statements('"')) == 0


def test_names_lead_to_who_bears_them(catalogue: Catalogue, whole: Record) -> None:
    names = catalogue.names()
    by_id = {e.id: e for e in whole.entities}
    assert all(name in (by_id[id].name, *by_id[id].aliases) for name, id in names.items())
    assert set(names) == {n for e in whole.entities for n in (e.name, *e.aliases)}


def test_the_list_of_people_has_their_offices(catalogue: Catalogue, whole: Record) -> None:
    columns, roles = catalogue.entry_columns("entities"), {e.id: e.roles for e in whole.entities}
    assert any(roles.values())
    assert {id: columns.roles(n) for n, id in enumerate(columns.ids)} == roles


def test_a_name_leads_to_the_homes_of_all_who_bear_it(catalogue: Catalogue, whole: Record) -> None:
    columns = catalogue.entry_columns("entities")
    rows = {**{id: n for n, id in enumerate(columns.ids)}, **columns.homes}
    borne = {(n, e.id) for e in whole.entities for n in (e.name, *e.aliases)}
    assert {(n, columns.ids[rows[home]]) for n, home in catalogue.homes_of({n for n, _ in borne})} == borne


def test_absent_sources_are_those_of_the_record(catalogue: Catalogue, whole: Record) -> None:
    assert catalogue.absent() == whole.absent


def test_who_is_spoken_of(catalogue: Catalogue, whole: Record) -> None:
    columns = catalogue.statement_columns()
    held = {int(id): n for n, id in enumerate(columns.id)}
    entity = max(whole.entities, key=lambda e: len(catalogue.spoken_of(e.id)))
    found = catalogue.spoken_of(entity.id)
    assert len(found) > 1
    places = {(m.report, m.span) for m in entity.mentions}
    analyses = {a.id: a for a in whole.analyses}
    for id in (int(i) for i in found if int(i) in held):
        n = held[id]
        report = columns.report.values[columns.report.codes[n]]
        said = next(t for t in analyses[report].attributions if t.id == columns.attribution.at(n))
        assert any(r == report and c.start <= s.start and s.end <= c.end for r, s in places for c in said.content)


def test_a_removed_report_leaves_no_row(place: Place) -> None:
    from onrecord.engine import remove_reports

    path = make_record(place("r.onrecord"), harbour.reports(), harbour.analyses())
    gone = harbour.reports()[0].id
    remove_reports(path, [gone])
    for table in ("statements", "arrivals", "passages", "marks", "texts", "givens", "cache"):
        assert tamper(path, f"SELECT count(*) FROM {table} WHERE report = '{gone}'") == [(0,)]  # noqa: S608
    assert tamper(path, "SELECT count(*) FROM spoken_of WHERE statement NOT IN (SELECT id FROM passages)") == [(0,)]
    named = "SELECT count(*) FROM entity_names WHERE id NOT IN (SELECT id FROM entries WHERE kind = 'entities')"
    assert tamper(path, named) == [(0,)]


def test_when_a_report_came_outlives_a_rebuild(place: Place) -> None:
    path = fill(place("r.onrecord"))
    with Store.open(path) as store:
        before = store.catalogue().new_since(0)
        number = store.catalogue().number()
        assert store.catalogue().new_since(int(time.time()) + 10) == []
    tamper(path, "UPDATE arrivals SET at = 1000")
    fill(path, maker="another")
    with Store.open(path) as store:
        assert store.catalogue().new_since(999) == before
        assert store.catalogue().new_since(1000) == []
        assert store.catalogue().number() == number + 1
    assert len(before) == len(RECORD.reports)


def test_a_file_of_before_is_listed_when_it_is_linked_anew(tmp_path: Path) -> None:
    from onrecord.engine import list_record
    from onrecord.store.schema import MIGRATIONS

    path = make_record(tmp_path / "r.onrecord", harbour.reports(), harbour.analyses())
    database = sqlite3.connect(path)
    database.create_function("plain", 1, lambda packed: packed and unpack(packed).decode())
    # As the second version left it.
    old = sqlite3.connect(tmp_path / "old.onrecord")
    old.executescript(f"{MIGRATIONS[0]};{MIGRATIONS[1]};PRAGMA user_version = 2;")
    database.execute("UPDATE cache SET analysis = plain(analysis)")
    database.execute("UPDATE reports SET told = plain(told)")
    for table in ("texts", "givens", "cache", "reports", "passages", "marks", "mark_keys", "entity_keys"):
        rows = database.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
        old.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)  # noqa: S608
    database.rollback()
    kept = "SELECT affair, kind, position, id, report, json FROM entries"
    old.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)", database.execute(kept).fetchall())
    old.execute("INSERT INTO search (search) VALUES ('rebuild')")
    old.execute("INSERT INTO completed VALUES (?, 'linker')", (MAKER,))
    old.commit()
    old.close()
    with Store.open(tmp_path / "old.onrecord") as store:
        assert not store.catalogue().is_listed()
        assert store.record().claims
    list_record(str(tmp_path / "old.onrecord"))
    with Store.open(tmp_path / "old.onrecord") as store, Store.open(path) as new:
        assert store.catalogue().is_listed()
        before, after = (held.catalogue().statement_columns() for held in (store, new))
        assert [*map(before.member, range(len(before.id)))] == [*map(after.member, range(len(after.id)))]


def test_a_migration_packs_lists_and_bundles_as_a_build_does(tmp_path: Path) -> None:
    path = make_record(tmp_path / "r.onrecord", harbour.reports(), harbour.analyses())
    with closing(sqlite3.connect(path)) as database:
        packed = [database.execute(rows).fetchall() for rows in PACKED]
        # As the fifth version left it.
        for affair, kind, _, entries in packed[1]:
            held = enumerate(msgspec.json.decode(unpack(entries)))
            rows = [(affair, kind, n, msgspec.json.encode(entry).decode()) for n, entry in held]
            database.executemany("INSERT INTO entries (affair, kind, position, json) VALUES (?, ?, ?, ?)", rows)
        database.executescript(
            "DROP TABLE lists; DROP TABLE bundles; DROP TABLE entity_blocks; PRAGMA user_version = 5;"
            " UPDATE entries SET noun = NULL WHERE kind = 'reports';"
        )
    assert all(packed)
    Store.create_or_open(path).close()
    with closing(sqlite3.connect(path)) as database:
        assert [database.execute(rows).fetchall() for rows in PACKED] == packed
