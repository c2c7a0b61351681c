"""The example reports of examples/harbour-crisis, read once with the shipped model, and what is expected of them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from onrecord.ingest import Notice, read_reports
from onrecord.pipeline import Reader, build, extract
from onrecord.record import Analysis, Record, Report, Span

FOLDER = Path(__file__).parents[1] / "examples" / "harbour-crisis"


@cache
def reader() -> Reader:
    return Reader()


@cache
def reports() -> tuple[Report, ...]:
    found = list(read_reports([str(FOLDER / "reports.jsonl")]))
    assert not [item for item in found if isinstance(item, Notice)]
    return tuple(item for item in found if isinstance(item, Report))


@cache
def analyses() -> tuple[Analysis, ...]:
    return tuple(extract(report, reader()) for report in reports())


@cache
def record() -> Record:
    return build(analyses(), {a.id: (a.key,) for a in analyses()})


@cache
def expected() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "expectations.json").read_text(encoding="utf-8"))
    return found


def find_quote(text: str, quote: str, nth: int = 1) -> Span:
    """The place where `quote` stands for the `nth` time."""
    at = -1
    for _ in range(nth):
        at = text.index(quote, at + 1)
    return Span(at, at + len(quote))
