"""Records of analyses that are at hand, corrected without a model."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from msgspec.structs import replace

from onrecord import pipeline
from onrecord.engine import build_record
from onrecord.record import Analysis, Report

Build = Callable[[str, Sequence[Report]], None]


def build_of(analyses: Sequence[Analysis], monkeypatch: pytest.MonkeyPatch, maker: str = "1") -> Build:
    """What builds a record, by a model of which these are all the readings."""
    found = {a.id: a for a in analyses}

    class Reader:
        def __init__(self, model: str | None = None, knowledge: Sequence[str] = ()) -> None:
            self.maker = maker

    def build(path: str, reports: Sequence[Report]) -> None:
        # Only while it is built: a correction reads nothing.
        with monkeypatch.context() as patch:
            patch.setattr(pipeline, "Reader", Reader)
            patch.setattr(pipeline, "extract", lambda report, reader: replace(found[report.id], key=report.key))
            build_record(reports, path)

    return build
