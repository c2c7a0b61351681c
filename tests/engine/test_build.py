from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from onrecord import pipeline
from onrecord.engine import Summary, build_record, remove_reports
from onrecord.ingest import Notice
from onrecord.location import Location
from onrecord.record import OnrecordError, Record, Report
from onrecord.store import is_there, read_record
from tests.engine.conftest import FAILS, Readings
from tests.engine.reports import make_reports, shuffled
from tests.postgres import Place

REPORTS = make_reports(12)
# Two of them once more, under other keys and with more said about them.
TWICE = [
    *REPORTS,
    replace(REPORTS[3], key="again", published="2030-01-01", title="Tunnel"),
    replace(REPORTS[4], key="also", published="2032-01-01", author="Yelda Corrant"),
]
BAD = Notice("a.jsonl", 3, "no JSON", True)


@pytest.fixture
def path(place: Place) -> Location:
    return place("a.onrecord")


def built(path: Location, *runs: Iterable[Report | Notice], workers: int = 1) -> bytes:
    for run in runs:
        build_record(run, path, workers=workers)
    return msgspec.json.encode(read_record(path))


def test_the_same_record_in_any_order_and_any_number_of_runs(readings: Readings, place: Place) -> None:
    expected = built(place("whole"), TWICE)
    for seed in range(8):
        order = shuffled(TWICE, seed)
        cut = random.Random(seed).randrange(1, len(order))
        assert built(place(f"{seed}"), order[:cut], order[cut:]) == expected
    assert built(place("singly"), *[[report] for report in shuffled(TWICE, 9)]) == expected


def test_the_same_record_with_any_number_of_workers(place: Place) -> None:
    expected = built(place("1"), REPORTS)
    assert built(place("2"), REPORTS, workers=2) == expected
    assert built(place("4"), shuffled(REPORTS, 1), workers=4) == expected


def test_what_is_new_is_added_and_nothing_is_done_again(readings: Readings, path: Location) -> None:
    first = build_record([*REPORTS[:5], REPORTS[0], BAD], path)
    assert replace(first, seconds=0) == Summary(given=6, new=5, extracted=5, notices=(BAD,), reports=5)
    readings.extracted.clear()
    readings.built.clear()
    again = build_record(REPORTS[:5], path)
    assert replace(again, seconds=0) == Summary(given=5, known=5, reports=5)
    assert readings.extracted == []
    assert readings.built == []
    more = build_record(REPORTS[:6], path)
    assert replace(more, seconds=0) == Summary(given=6, new=1, known=5, extracted=1, reports=6)
    assert readings.extracted == [REPORTS[5]]
    assert [report for affair in readings.built for report in affair if report == REPORTS[5].id]


def test_only_the_affairs_are_built_anew_that_a_report_touches(readings: Readings, path: Location) -> None:
    build_record(REPORTS[:5], path)
    readings.built.clear()
    other = replace(REPORTS[5], id="other", text="Snow fell on Lake Brun all week. Skaters had it to themselves.")
    build_record([other], path)
    assert readings.built == [["other"]]
    readings.built.clear()
    remove_reports(path, ["other"])
    assert readings.built == []
    build_record([replace(REPORTS[0], id="copy", outlet="Late Copy")], path)
    assert {report for affair in readings.built for report in affair} >= {REPORTS[0].id, "copy"}


def test_a_report_given_again_has_both_keys_the_earliest_date_and_is_read_with_it(
    readings: Readings, path: str
) -> None:
    build_record(TWICE, path)
    entries = {entry.id: entry for entry in read_record(path).reports}
    assert len(entries) == len(REPORTS)
    entry = entries[REPORTS[3].id]
    assert (entry.key, entry.keys) == ("again", ("again", REPORTS[3].key))
    assert (entry.published.edtf, entry.title) == ("2030-01-01", "Tunnel")
    readings.extracted.clear()
    build_record([replace(REPORTS[0], key="0")], path)
    assert readings.extracted == []
    assert [analysis.key for analysis in read_record(path).analyses if analysis.id == REPORTS[0].id] == ["0"]
    build_record([replace(REPORTS[0], published="2029-01-01")], path)
    assert [report.published for report in readings.extracted] == ["2029-01-01"]


def test_another_model_reads_all_again(readings: Readings, path: Location) -> None:
    build_record(REPORTS[:3], path)
    readings.extracted.clear()
    readings.maker = "2"
    assert build_record([], path).extracted == 3
    assert {report.id for report in readings.extracted} == {report.id for report in REPORTS[:3]}


def test_an_interrupted_build_changes_nothing_and_keeps_what_it_found(
    readings: Readings, path: Location, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.engine.build.BATCH", 2)

    def interrupt(stage: str, done: int, total: int | None) -> None:
        if (stage, done, total) == ("extract", 5, 10):
            raise KeyboardInterrupt

    before = built(path, REPORTS[:2])
    with pytest.raises(KeyboardInterrupt):
        build_record(REPORTS, path, progress=interrupt)
    assert msgspec.json.encode(read_record(path)) == before
    assert build_record(REPORTS, path).extracted == 10 - 4
    assert msgspec.json.encode(read_record(path)) == built(place("whole"), REPORTS)
    if isinstance(path, Path):
        assert not [found for found in path.parent.iterdir() if "-" in found.name]


def test_a_failing_phase_2_changes_nothing(readings: Readings, path: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    before = built(path, REPORTS[:2])
    monkeypatch.setattr(pipeline, "build_affair", lambda *given: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        build_record(REPORTS, path)
    assert msgspec.json.encode(read_record(path)) == before


def test_a_report_that_fails_is_left_out(readings: Readings, path: Location, place: Place) -> None:
    before = built(path, REPORTS[:2])
    worse = [replace(report, author=FAILS) for report in REPORTS[:3]]
    done = build_record([*worse, REPORTS[3]], path)
    assert (done.new, done.known, done.extracted, done.reports) == (1, 0, 1, 3)
    assert {notice.input for notice in done.notices} == {report.key for report in worse}
    assert built(path, []) != before
    assert built(path, [REPORTS[2]]) == built(place("2"), [*REPORTS[:4]])


def test_progress_tells_the_stages_and_the_total(readings: Readings, path: Location) -> None:
    told: list[tuple[str, int, int | None]] = []
    build_record(REPORTS[:2], path, progress=lambda *step: told.append(step))
    assert told == [
        *[("read", 1, None), ("read", 2, None), ("extract", 1, 2), ("extract", 2, 2)],
        *[("link", 0, None), ("link", 0, 2), ("link", 1, 2)],
    ]


def test_no_file_is_made_for_nothing(readings: Readings, tmp_path: Path) -> None:
    path = tmp_path / "a.onrecord"
    assert replace(build_record([BAD], path), seconds=0) == Summary(notices=(BAD,))
    with pytest.raises(OnrecordError, match="no model here"):
        build_record(REPORTS, path, model="none")
    assert list(tmp_path.iterdir()) == []


def test_the_second_of_two_builds_is_refused_and_the_first_loses_nothing(readings: Readings, tmp_path: Path) -> None:
    path = tmp_path / "a.onrecord"

    def given() -> Iterator[Report]:
        yield from REPORTS[:2]
        with pytest.raises(OnrecordError, match="another onrecord is writing to it"):
            build_record(REPORTS[6:], path)
        yield from REPORTS[2:6]

    assert built(path, given()) == built(tmp_path / "alone", REPORTS[:6])


def test_what_is_removed_might_never_have_been_given(readings: Readings, path: Location, place: Place) -> None:
    build_record(TWICE, path)
    readings.extracted.clear()
    done = remove_reports(path, ["again", REPORTS[7].id])
    assert replace(done, seconds=0) == Summary(removed=2, reports=10)
    assert readings.extracted == []
    left = [report for report in TWICE if report.id not in (REPORTS[3].id, REPORTS[7].id)]
    assert msgspec.json.encode(read_record(path)) == built(place("left"), left)
    if isinstance(path, Path):
        assert REPORTS[3].text.encode() not in path.read_bytes()
    remove_reports(path, [report.id for report in left])
    assert read_record(path) == Record()


def test_what_is_not_there_is_not_removed(readings: Readings, path: Location, place: Place) -> None:
    with pytest.raises(OnrecordError, match="no such record"):
        remove_reports(path, ["r0-1"])
    assert not is_there(path)
    before = built(path, REPORTS)
    with pytest.raises(OnrecordError, match=r'no report "r0-x", did you mean'):
        remove_reports(path, ["r0-1", "r0-x"])
    assert msgspec.json.encode(read_record(path)) == before
