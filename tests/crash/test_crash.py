"""A share of `make crash`, as it runs by itself: a record is disturbed in each way, nothing is lost, all is sound."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

TRIALS = {"kill": 25, "disk full": 5, "read-only": 5, "two writers": 3}


@pytest.fixture(scope="module")
def counts() -> Any:
    # From a process of its own: it forks, and so may have no threads.
    line = [sys.executable, "-m", "tests.crash", "--trials", *map(str, TRIALS.values())]
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(line, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=1200)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def test_nothing_is_lost_and_the_end_is_that_of_an_undisturbed_command(counts: Any) -> None:
    assert counts["trials"] == TRIALS
    assert counts["failures"] == []


def test_the_disturbances_hit(counts: Any) -> None:
    assert counts["hits"]["kill"] >= TRIALS["kill"] / 2
    assert counts["hits"]["disk full"] >= 1
    assert counts["hits"]["read-only"] >= 1
    # Of each scene there is at least one trial.
    assert len(counts["scenes"]) >= 12
