from __future__ import annotations

from itertools import pairwise
from typing import Any

from lxml import etree

from bench.adding import draw


def size(reports: int, many: float, one: float) -> dict[str, Any]:
    added = {"add_many": {"lacking": 100, "link_seconds": many}, "add_one": {"lacking": 1, "link_seconds": one}}
    return {"reports": reports, **added}


def test_what_grows_by_the_logarithm_lies_on_a_line() -> None:
    root = etree.fromstring(draw([size(100, 10.0, 1.0), size(1000, 20.0, 1.0), size(10_000, 30.0, 1.0)]))
    lines = [line.get("points", "").split() for line in root.iter("{http://www.w3.org/2000/svg}polyline")]
    many, one = ([tuple(map(float, point.split(","))) for point in line] for line in lines)
    assert [b[0] - a[0] for a, b in pairwise(many)] == [260, 260]
    falls = [round(a[1] - b[1], 1) for a, b in pairwise(many)]
    assert falls[0] == falls[1] > 0
    assert len({y for _, y in one}) == 1
    words = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"100", "1,000", "10,000", "0.1", "0.2", "0.3"} <= set(words)
