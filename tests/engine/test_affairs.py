"""Affairs are built here or elsewhere, and only those that something has changed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from onrecord import link, pipeline
from onrecord.engine import relink as relinking
from onrecord.engine.affairs import Affair, Built, build_affairs
from onrecord.location import locate
from onrecord.record import Analysis, Correction, OnrecordError
from onrecord.store import Store, read_record
from tests.harbour import analyses, reports

MAKER = "test"


def affairs_of(some: Sequence[Analysis]) -> list[Affair]:
    by_id = {a.id: a for a in some}
    groups = link.group_reports(map(link.mark, some))
    return [Affair([by_id[r] for r in g], {r: (by_id[r].key,) for r in g}, []) for g in groups]


def written(built: Iterator[Built]) -> list[bytes]:
    return [msgspec.json.encode(one) for one in built]


def test_processes_of_their_own_build_the_same_in_the_same_order() -> None:
    affairs = affairs_of(analyses())
    assert len(affairs) > 1
    assert written(build_affairs(affairs, (), 2)) == written(build_affairs(affairs, (), 1))


def _die(affair: Affair, corrections: Sequence[Correction]) -> Built:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def test_a_process_that_is_killed_is_told_of_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.engine.affairs._build", _die)
    with pytest.raises(OnrecordError, match="a worker process ended while it linked reports; try --workers 1"):
        list(build_affairs(affairs_of(analyses()), (), 2))


def put(path: Path, given: Sequence[int]) -> list[int]:
    """One build of the reports with these numbers; how many reports each affair has that it built."""
    known, sizes = {a.id: a for a in analyses()}, []

    def count(affairs: Iterator[Affair], corrections: Sequence[Correction], workers: int) -> Iterator[Built]:
        for affair in affairs:
            sizes.append(len(affair.analyses))
            yield from build_affairs([affair], corrections, workers)

    with pytest.MonkeyPatch.context() as patched, Store.create_or_open(locate(str(path))) as store:
        patched.setattr(relinking, "build_affairs", count)
        store.stage([reports()[n] for n in given])
        store.keep([known[report] for report in store.plan(MAKER, pipeline.linker())], MAKER)
        relinking.relink(store, MAKER)
    return sizes


def test_an_affair_that_comes_out_as_it_was_is_not_built_again(tmp_path: Path) -> None:
    some, whole = tmp_path / "some.onrecord", tmp_path / "whole.onrecord"
    first, *others = affairs_of(analyses())
    place = {report.id: n for n, report in enumerate(reports())}
    alone = [place[a.id] for a in min(others, key=lambda one: len(one.analyses)).analyses]
    rest = [n for n in range(len(place)) if n not in alone]
    assert sum(put(some, rest)) == len(rest)
    assert put(some, alone) == [len(alone)]
    put(whole, range(len(place)))
    assert read_record(locate(str(some))) == read_record(locate(str(whole)))
    assert first.analyses
