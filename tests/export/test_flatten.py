from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import asdict

from onrecord.export import slices
from onrecord.export.flatten import flatten, name_entities, slice_whole
from onrecord.export.rows import ROWS
from onrecord.record import EntityEntry, Place, Record, Span
from onrecord.store import Store
from tests.records import HERALD, HOSTILE, POST
from tests.records import RECORD as PLAIN
from tests.store.filled import RECORD, fill

Rows = list[tuple[str, Struct]]


def whole(record: Record) -> Rows:
    return list(flatten(slice_whole(record)))


def streamed(path: Path) -> Rows:
    with Store.open(path) as store:
        return [row for slice in slices.iter_slices(store.catalogue(), lambda part: part) for row in flatten(slice)]


def of_kind(kind: str, record: Record = PLAIN) -> list[dict[str, Any]]:
    return [asdict(row) for name, row in whole(record) if name == kind]


@pytest.mark.parametrize("at_once", [1, 2, 500])
def test_slices_give_the_rows_of_the_whole(monkeypatch: pytest.MonkeyPatch, grain_path: Path, at_once: int) -> None:
    monkeypatch.setattr(slices, "AT_ONCE", at_once)
    rows = streamed(grain_path)
    assert len(rows) == len(set(map(repr, rows)))
    assert sorted(map(repr, rows)) == sorted(map(repr, whole(RECORD)))


def test_no_slice_is_of_more_reports_than_are_read_at_once(monkeypatch: pytest.MonkeyPatch, grain_path: Path) -> None:
    monkeypatch.setattr(slices, "AT_ONCE", 2)
    with Store.open(grain_path) as store:
        own = [s.own for s in slices.iter_slices(store.catalogue(), lambda part: part)]
    assert [len(list(o["analyses"])) for o in own if "analyses" in o] == [2, 2, 1]


def test_every_kind_has_rows() -> None:
    assert {kind for kind, _ in whole(PLAIN)} == set(ROWS)


def test_hostile_record_and_empty_record_are_flat_too(tmp_path: Path) -> None:
    assert {kind for kind, _ in whole(HOSTILE)} == {"reports", "statements"}
    assert sorted(map(repr, streamed(fill(tmp_path / "x.onrecord", HOSTILE)))) == sorted(map(repr, whole(HOSTILE)))
    assert whole(Record()) == []


def test_report_says_what_is_known_of_it() -> None:
    first, *_, last = of_kind("reports")
    assert first == {
        "id": "r1",
        "key": "r1-key",
        "keys": ("r1-key",),
        "outlet": "Norvia Post",
        "author": None,
        "title": "Grain road stays open, minister says",
        "url": None,
        "language": "en",
        "published_earliest": date(2031, 3, 4),
        "published_latest": date(2031, 3, 4),
        "published_given": True,
        "versions": ("r1",),
        "statements": 2,
        "events": 1,
        "text": POST,
    }
    assert (last["outlet"], last["published_earliest"], last["published_given"]) == (None, None, False)


def test_statement_has_its_words_and_where_they_stand() -> None:
    found = of_kind("statements")[0]
    assert found["id"] == "r1/a1"
    assert found["content"] == "“The grain road,” … “stays open in every season.”"
    assert [POST[int(a) : int(b)] for a, b in (span.split(":") for span in found["spans"])] == [
        "“The grain road,”",
        "“stays open in every season.”",
    ]
    assert POST[found["start"] : found["end"]].endswith("season.”")
    assert found["chain"] == ("the Norvian Foreign Ministry", "Ilse Varrun")
    assert (found["claim"], found["speaker_entity"], found["relay"]) == ("m1", "p1", False)


def test_relay_and_what_it_relays_are_told_apart() -> None:
    outer, inner = (s for s in of_kind("statements") if s["report"] == "r3")
    assert (outer["relay"], outer["within"], outer["claim"]) == (True, None, None)
    assert (inner["relay"], inner["within"], inner["claim"]) == (False, "r3/a1", "m2")


def test_statements_of_a_claim_and_a_contact_are_rows() -> None:
    ids = {s["id"] for s in of_kind("statements")}
    claims, contacts = of_kind("claims"), of_kind("contacts")
    assert [set(c["statements"]) <= ids for c in (*claims, *contacts)] == [True] * 4
    assert (claims[1]["reports"], claims[1]["independent"], claims[1]["untraced"]) == (3, 2, ("r5",))


def test_those_who_stand_behind_an_entry_are_said_once() -> None:
    assert [(o["kind"], o["entry"], o["name"]) for o in of_kind("origins") if o["name"] == "a Kesland official"] == [
        ("event", "c1", "a Kesland official"),
        ("claim", "m1", "a Kesland official"),
    ]


def test_sides_of_a_disagreement_have_their_words() -> None:
    denial, omission = of_kind("disagreements")
    assert denial["b_words"] == "Ilse Varrun denied that Norvia would close the grain road"
    assert (omission["b_report"], omission["b_words"]) == (None, None)
    assert POST[omission["a_start"] : omission["a_end"]] == omission["a_words"]


def test_expectation_has_the_words_of_its_statement() -> None:
    pledge = of_kind("expectations")[1]
    assert pledge["words"] == HERALD[HERALD.index("Varrun promised") : HERALD.index(", the official said.")]
    assert (pledge["window_earliest"], pledge["window_latest"]) == (date(2031, 3, 5), None)


def test_name_goes_to_whom_most_reports_name() -> None:
    def entity(id: str, *reports: str) -> EntityEntry:
        places = tuple(Place(r, Span(0, 1)) for r in reports)
        return EntityEntry(id=id, name="Holm", type="person", aliases=(), roles=(), mentions=places)

    assert name_entities([entity("p2", "r1", "r1", "r1"), entity("p1", "r1", "r2"), entity("p3", "r2", "r3")]) == {
        "Holm": "p1"
    }
