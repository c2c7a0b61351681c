from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from onrecord.engine import extract_reports
from onrecord.engine.workers import AHEAD
from onrecord.ingest import Notice
from onrecord.record import OnrecordError, Report
from tests.engine.reports import make_reports


class Deadly(Report, frozen=True, kw_only=True):
    """A report that ends the process which receives it."""

    def __reduce__(self) -> Any:
        return os._exit, (9,)


def names(found: Iterable[Any]) -> list[str]:
    return [one.input if isinstance(one, Notice) else one.key for one in found]


def test_the_order_is_the_input_s_and_the_processes_end() -> None:
    bad = Notice("a.txt", None, "empty", True)
    items: list[Report | Notice] = [*make_reports(9), bad, *make_reports(2, seed=1)]
    found = list(extract_reports(items, workers=2))
    assert names(found) == names(items)
    assert found[9] is bad
    assert multiprocessing.active_children() == []


def test_more_that_is_done_than_is_read_ahead_does_not_end_it() -> None:
    bad = [Notice("a.jsonl", line, "no JSON", True) for line in range(5 * AHEAD)]
    quick = make_reports(5 * AHEAD)
    slow = replace(quick[0], text=quick[0].text * 40)
    items: list[Report | Notice] = [*bad, slow, *quick, *bad]
    assert names(extract_reports(items, workers=2)) == names(items)


def test_a_worker_that_dies_loses_one_report() -> None:
    reports = make_reports(8)
    deadly = [Deadly(id=key, key=key, text="") for key in ("first", "second")]
    items: list[Report | Notice] = [deadly[0], *reports[:4], deadly[1], *reports[4:]]
    found = list(extract_reports(items, workers=2))
    assert names(found) == names(items)
    assert [one for one in found if isinstance(one, Notice)] == [
        Notice(key, None, "its worker process ended (exit status 9)", True) for key in ("first", "second")
    ]


def test_a_worker_that_is_killed_while_idle_loses_none() -> None:
    reports = make_reports(3 * AHEAD)
    found = extract_reports(reports, workers=2)
    read = [next(found)]
    time.sleep(0.2)
    for child in multiprocessing.active_children():
        child.kill()
        child.join()
    read += found
    lost = [one for one in read if isinstance(one, Notice)]
    assert names(read) == names(reports)
    # Each may have had a report in hand.
    assert len(lost) <= 2
    assert all(one.reason == "its worker process ended (signal 9)" for one in lost)


def test_only_a_few_reports_are_read_ahead() -> None:
    taken: list[str] = []

    def given() -> Iterator[Report]:
        for report in make_reports(100):
            taken.append(report.id)
            yield report

    found = extract_reports(given(), workers=2)
    for _ in range(3):
        next(found)
    assert len(taken) <= 3 + 2 * AHEAD
    found.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def test_a_model_that_cannot_be_loaded_ends_it() -> None:
    with pytest.raises(OnrecordError, match="no model here"):
        list(extract_reports(make_reports(3), model="/nowhere", workers=2))
    assert multiprocessing.active_children() == []


# While the workers start, while they load their models, and while they work.
@pytest.mark.parametrize("delay", [0.0, 0.1, 0.3, 1.5])
def test_an_interrupt_ends_it_at_once_and_quietly(delay: float) -> None:
    script = (
        "import itertools, sys\n"
        "from onrecord.engine import extract_reports\n"
        "from tests.engine.reports import make_reports\n"
        "try:\n"
        "    print(flush=True)\n"
        "    for _ in extract_reports(itertools.cycle(make_reports(5)), workers=2): pass\n"
        "except KeyboardInterrupt:\n"
        "    sys.exit(130)\n"
    )
    work = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    assert work.stdout
    work.stdout.readline()
    time.sleep(delay)
    asked = time.monotonic()
    os.killpg(work.pid, signal.SIGINT)
    _, said = work.communicate(timeout=20)
    assert time.monotonic() - asked < 5
    assert (work.returncode, said) == (130, b"")
