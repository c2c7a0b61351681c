from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest

from onrecord import link
from onrecord.cluster.blocks import WIDTH, pair_blocks

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.enable_socket

_NEVER = 10_000_000


def test_each_two_that_may_be_near_meet_once(spark: SparkSession) -> None:
    random, first = Random(3), date(2031, 1, 1).toordinal()
    rows = []
    for n in range(60):
        low = first + random.randrange(3 * WIDTH)
        known = random.random() < 0.8
        high = low + random.randrange(32) if known else random.choice([low + 90, _NEVER])
        rows.append((f"r{n:02}", f"r{n:02}".encode(), low if known or n % 3 else 0, high, known))
    marks = spark.createDataFrame(rows, "report string, mark binary, low long, high long, known boolean")
    cells: dict[object, tuple[list[str], list[str]]] = {}
    for one, other, side, mark in pair_blocks(marks, most=7).collect():
        cells.setdefault((one, other), ([], []))[side].append(bytes(mark).decode())
    met: dict[frozenset[str], int] = {}
    for left, right in cells.values():
        assert max(len(left), len(right)) < 30
        pairs = [(a, b) for a in left for b in right] if right else [(a, b) for a in left for b in left if a < b]
        for pair in pairs:
            met[frozenset(pair)] = met.get(frozenset(pair), 0) + 1
    days = {report: (low, high) for report, _, low, high, _ in rows}
    for a in days:
        for b in days:
            gap = max(days[a][0] - days[b][1], days[b][0] - days[a][1])
            if a < b and gap <= link.DAYS:
                assert met[frozenset((a, b))] == 1, (a, b)
    assert set(met.values()) == {1}
