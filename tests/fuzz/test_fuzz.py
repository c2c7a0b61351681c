"""5,000 mutated inputs, none of which does worse than being refused; and that the watch over them sees what it must."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from onrecord.ingest import Notice, read_reports
from onrecord.record import Report
from tests.fuzz import survive as survival
from tests.fuzz.inputs import make
from tests.fuzz.run import SHARES, chunks, run
from tests.fuzz.survive import ENDINGS, survive
from tests.fuzz.valid import VALID

INPUTS = 5_000
ROOT = Path(__file__).parents[2]


def test_each_input_is_read_or_refused() -> None:
    tallies = list(run(chunks(INPUTS), processes=2))
    assert [failure for tally in tallies for failure in tally.failures] == []
    assert sum(tally.inputs for tally in tallies) == INPUTS
    # The mutations leave enough to be read, and damage enough.
    assert sum(tally.read for tally in tallies) > INPUTS / 4 < 2 * sum(tally.refused for tally in tallies)


@pytest.mark.parametrize("kind", [kind for kind in VALID if kind != "words"])
def test_what_is_not_mutated_is_read(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"pier{ENDINGS.get(kind, '.' + kind)}"
    path.write_bytes(VALID[kind](Random(7)))
    items = list(read_reports([str(path)]))
    assert any(isinstance(item, Report) for item in items)
    assert [item for item in items if isinstance(item, Notice) and item.left_out] == []


def digest() -> str:
    """The hash of some inputs of each kind."""
    return hashlib.sha256(b"".join(make(kind, number) for kind in SHARES for number in range(9))).hexdigest()


def test_an_input_is_made_again_in_another_process() -> None:
    code = "from tests.fuzz.test_fuzz import digest; print(digest())"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
    )
    assert ran.stdout.strip() == digest(), ran.stderr


def test_a_run_goes_on_from_where_one_ended() -> None:
    numbers = {kind: sorted(n for c in found for n in range(c.first, c.first + c.size) if c.kind == kind)
               for found in [chunks(4_000) + chunks(11_000, 4_000)] for kind in SHARES}  # fmt: skip
    assert numbers == {kind: list(range(11 * share)) for kind, share in SHARES.items()}
    assert sum(SHARES.values()) == 1_000


def test_an_error_is_a_failure_and_the_next_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(report: Report) -> None:
        raise KeyError("where")

    monkeypatch.setattr(survival, "READERS", {"text": lambda watch, inputs: survival.read_files(watch, inputs, write)})
    tally = survive("text", 0, 12)
    assert tally.inputs == 12 and tally.read > 1
    assert len(tally.failures) == tally.read
    assert tally.failures[0].reason.startswith("KeyError: 'where' (test_fuzz.py:")


def test_a_parser_that_failed_in_its_own_process_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = Notice("pier.rss", None, "could not be parsed (KeyError: 'where')", True)
    monkeypatch.setattr(survival, "read_reports", lambda inputs: (lost for _ in inputs))
    assert [failure.reason for failure in survive("rss", 0, 2).failures] == [lost.reason] * 2


def test_what_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survival, "MOST_SECONDS", 0.5)
    monkeypatch.setattr(survival, "read_when", lambda *_: all(iter(lambda: True, False)))
    before = signal.getsignal(signal.SIGPROF)
    tally = survive("words", 0, 1)
    assert [failure.reason for failure in tally.failures] == ["took more than 1 seconds", "took 1 seconds"]
    assert signal.getsignal(signal.SIGPROF) is before


def test_what_takes_too_much_memory_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    peaks = iter([900, 1_500, 1_500, 1_500, 1_500, 1_500])
    monkeypatch.setattr(survival, "_peak", lambda: next(peaks, 1_500))
    assert [failure.reason for failure in survive("words", 0, 2).failures] == ["took 1500 MB"]
