"""Records of the invented press, and what one more report does to them."""

from __future__ import annotations

from pathlib import Path

from bench.incremental import add, is_same_in_any_order, make_record
from bench.newsroom import Analyst, to_report, write
from onrecord.store import read_record

SEED, NUMBER = 9, 12


def test_a_record_is_made_of_derived_analyses_and_used_again(tmp_path: Path) -> None:
    written = list(write(NUMBER, SEED))
    path = tmp_path / "press.onrecord"
    assert make_record(path, written, Analyst(tmp_path))
    record = read_record(path)
    assert {a.id for a in record.analyses} == {to_report(one.report).id for one in written}
    assert {a.text for a in record.analyses} == {one.report["text"] for one in written}
    assert all(a.attributions and a.entities for a in record.analyses)
    assert make_record(path, written, Analyst(tmp_path)) is None


def test_what_the_model_read_is_kept(tmp_path: Path) -> None:
    written = list(write(3, SEED))
    first = list(Analyst(tmp_path).analyses(written))
    (kept,) = tmp_path.glob("read-*.jsonl")
    size = kept.stat().st_size
    assert list(Analyst(tmp_path).analyses(written)) == first
    assert kept.stat().st_size == size > 0


def test_adding_leaves_the_record_that_it_was_measured_on(tmp_path: Path) -> None:
    *written, one = write(4, SEED)
    path = tmp_path / "press.onrecord"
    make_record(path, written, Analyst(tmp_path))
    before = path.read_bytes()
    found = add(one, path, tmp_path)
    assert found["seconds"] > 0
    assert found["peak_mb"] > 50
    assert path.read_bytes() == before


def test_the_orders_are_compared_by_their_exports(tmp_path: Path) -> None:
    assert is_same_in_any_order(7, tmp_path)
    assert len(read_record(tmp_path / "one by one.onrecord").reports) == 7
