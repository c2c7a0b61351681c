from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from onrecord.record import Analysis, OnrecordError, Record, Report, Span
from onrecord.store import Store, read_record
from tests.postgres import Place
from tests.records import ANALYSES
from tests.store.filled import LINKER, MAKER, RECORD, complete, fill, report_of, stage, tamper

FERRY = Report(id="f", key="ferry", text="The ferry to Ostrene sails again, its captain Zbigla Tohrem said.")


def test_a_record_is_read_as_it_was_written(place: Place) -> None:
    path = fill(place("a.onrecord"))
    assert msgspec.json.encode(read_record(path)) == msgspec.json.encode(RECORD)


def test_an_empty_record_is_one(place: Place) -> None:
    assert read_record(fill(place("a.onrecord"), Record())) == Record()


def test_a_text_is_stored_once(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.onrecord")
    stored = path.read_bytes()
    assert [stored.count(analysis.text.encode()[:60]) for analysis in RECORD.analyses] == [1] * len(RECORD.analyses)


def test_nothing_of_a_build_is_seen_before_it_is_complete(place: Place) -> None:
    path = fill(place("a.onrecord"), Record(analyses=ANALYSES[:1]))
    with Store.create_or_open(path) as store:
        stage(store, ANALYSES)
        store.plan(MAKER, LINKER)
        store.keep(ANALYSES, MAKER)
        assert read_record(path).analyses == ANALYSES[:1]
        complete(store, RECORD)
        assert read_record(path) == RECORD


def test_what_an_interrupted_build_found_is_kept_and_what_it_was_given_is_not(place: Place) -> None:
    path = place("a.onrecord")
    with Store.create_or_open(path) as store:
        stage(store, ANALYSES)
        store.plan(MAKER, LINKER)
        store.keep(ANALYSES[:1], MAKER)
    with Store.create_or_open(path) as store:
        stage(store, ANALYSES[:2])
        assert store.plan(MAKER, LINKER) == [ANALYSES[1].id]
        ids = [analysis.id for analysis in ANALYSES]
        assert [report.id for report in store.analyses(ids, MAKER)] == ids[:1]
        assert list(store.report_keys(ids)) == ids[:2]


@pytest.mark.parametrize(
    ("change", "lacking"),
    [({"key": "other"}, []), ({"title": "Ferry"}, [ANALYSES[0].id]), ({"published": "2031-01-01"}, [ANALYSES[0].id])],
)
def test_metadata_are_read_again_and_keys_are_not(place: Place, change: dict[str, str], lacking: list[str]) -> None:
    with Store.create_or_open(fill(place("a.onrecord"))) as store:
        store.stage([replace(report_of(ANALYSES[0]), **change)])
        assert store.plan(MAKER, LINKER) == lacking


def test_another_maker_reads_all_again(place: Place) -> None:
    with Store.create_or_open(fill(place("a.onrecord"))) as store:
        store.stage(())
        assert store.plan("other", LINKER) == sorted(analysis.id for analysis in ANALYSES)


def test_a_report_given_twice_stands_once_with_both_keys(place: Place) -> None:
    with Store.create_or_open(place("a.onrecord")) as store:
        store.stage([replace(FERRY, published="2031-05-04"), replace(FERRY, key="boat", published="2031-05-03")])
        assert store.plan(MAKER, LINKER) == ["f"]
        assert store.report("f") == replace(FERRY, key="boat", published="2031-05-03")
        assert store.report_keys(["f"]) == {"f": ("boat", "ferry")}
        assert store.count_staged() == (1, 0)


def test_an_unstaged_report_that_is_on_the_record_stays_as_it_was(place: Place) -> None:
    with Store.create_or_open(fill(place("a.onrecord"))) as store:
        store.stage([replace(report_of(ANALYSES[0]), title="Ferry"), FERRY])
        assert store.plan(MAKER, LINKER) == sorted([ANALYSES[0].id, "f"])
        store.unstage([ANALYSES[0].id, "f"])
        assert store.plan(MAKER, LINKER) == []
        assert store.report_keys(["f"]) == {}


def test_only_what_the_record_rests_on_stays_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.onrecord"
    with Store.create_or_open(path) as store:  # interrupted
        store.stage([FERRY])
        store.plan(MAKER, LINKER)
        store.keep([replace(ANALYSES[0], id="f", author="Zbigla Tohrem")], MAKER)
    fill(path)
    assert b"Tohrem" not in path.read_bytes()
    fill(path, maker="newer")
    rows = sqlite3.connect(path)
    assert rows.execute("SELECT DISTINCT maker FROM cache").fetchall() == [("newer",)]
    rows.close()


def test_what_is_taken_out_leaves_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "a.onrecord"
    analyses = [only_words(f"n{number}", length=20 * number + 1) for number in range(30)]
    fill(path, Record(analyses=tuple(analyses)))
    # One that is long enough for pages of its own, and one that shares its pages with others.
    out = [analyses[3], analyses[-1]]
    left = [analysis for analysis in analyses if analysis not in out]
    with Store.create_or_open(path) as store:
        store.stage(())
        store.plan(MAKER, LINKER, without=[analysis.id for analysis in out])
        assert list(store.analyses([analysis.id for analysis in analyses], MAKER)) == left
        complete(store, Record(analyses=tuple(left)))
        store.shrink()
    assert read_record(path) == Record(analyses=tuple(sorted(left, key=lambda analysis: analysis.id)))
    stored = path.read_bytes()
    assert all(word.encode() in stored for word in left[3].text.split())
    assert not [word for analysis in out for word in analysis.text.split() if word.encode() in stored]


def only_words(id: str, length: int) -> Analysis:
    """An analysis of a text in which each word is in no other."""
    text = " ".join(f"{id}x{number:03}" for number in range(length))
    said = replace(RECORD.analyses[0].attributions[0], content=(Span(0, len(text)),))
    return replace(RECORD.analyses[0], id=id, key=f"key-{id}", title=None, text=text, attributions=(said,))


def test_reports_are_found_by_id_and_by_key(place: Place) -> None:
    two = [replace(FERRY, id=name, key="twice") for name in ("g", "h")]
    with Store.create_or_open(place("a.onrecord")) as store:
        store.stage([FERRY, replace(FERRY, key="boat"), replace(FERRY, id="i", key="f"), *two])
        store.plan(MAKER, LINKER)
        complete(store, Record())
        assert store.find_reports(["ferry", "boat", "f", "h"]) == ["f", "h"]
        with pytest.raises(OnrecordError, match=r'"twice" is the key of 2 reports, give an id: g, h'):
            store.find_reports(["twice"])
        with pytest.raises(OnrecordError, match=r'no report "fery", did you mean "ferry"\?; no report "xyz"$'):
            store.find_reports(["fery", "f", "xyz"])


def test_a_failing_statement_is_one_line_on_the_file(place: Place) -> None:
    path = fill(place("a.onrecord"))
    with pytest.raises(OnrecordError, match=f"^{re.escape(str(path))}: cannot be written$"), Store.open(path) as store:
        store.stage([FERRY])


def test_an_entry_that_cannot_be_read_is_one_line_on_the_file(place: Place) -> None:
    path = fill(place("a.onrecord"))
    tamper(path, "UPDATE entries SET json = '{}' WHERE kind = 'claims'")
    with pytest.raises(OnrecordError, match="made by another version"):
        read_record(path)


def test_an_interrupted_stage_takes_nothing_in(tmp_path: Path) -> None:
    def interrupted() -> list[Report]:
        raise KeyboardInterrupt

    path = fill(tmp_path / "a.onrecord")
    with pytest.raises(KeyboardInterrupt), Store.create_or_open(path) as store:
        store.stage(report for _ in range(2) for report in [FERRY, *interrupted()])
    assert read_record(path) == RECORD
    assert [found.name for found in tmp_path.iterdir()] == ["a.onrecord"]
