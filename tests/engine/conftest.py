from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from msgspec.structs import replace

from onrecord import pipeline
from onrecord.dating import Habits
from onrecord.record import Analysis, Correction, OnrecordError, Publication, Record, Report, ReportEntry

FAILS = "fails"
REFUSED = "refused"


class Readings:
    """A pipeline that finds nothing in a report, and tells what was asked of it."""

    def __init__(self) -> None:
        self.maker = "1"
        self.extracted: list[Report] = []
        self.built: list[list[str]] = []

    def extract(self, report: Report, reader: pipeline.Reader) -> Analysis:
        if report.author == FAILS:
            raise ZeroDivisionError("no such thing")
        if report.author == REFUSED:
            raise OnrecordError("not today")
        self.extracted.append(report)
        return Analysis(
            id=report.id,
            key=report.key,
            url=report.url,
            outlet=report.outlet,
            author=report.author,
            title=report.title,
            language=report.language,
            text=report.text,
            noise=(),
            published=Publication(edtf=report.published, given=report.published is not None),
            entities=(),
            timexes=(),
            attributions=(),
            events=(),
        )

    def build_affair(
        self,
        analyses: Sequence[Analysis],
        keys: Mapping[str, Sequence[str]],
        habits: Habits,
        corrections: Sequence[Correction],
    ) -> Record:
        """Its reports and analyses, as they come."""
        self.built.append([analysis.id for analysis in analyses])
        entries = (
            ReportEntry(
                id=analysis.id,
                key=analysis.key,
                keys=tuple(keys[analysis.id]),
                outlet=analysis.outlet,
                title=analysis.title,
                url=analysis.url,
                published=analysis.published,
                versions=(),
            )
            for analysis in analyses
        )
        return Record(reports=tuple(entries), analyses=tuple(replace(analysis) for analysis in analyses))


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> Readings:
    """The pipeline of this process, replaced."""
    found = Readings()
    replace_pipeline(monkeypatch, found)
    return found


def replace_pipeline(monkeypatch: pytest.MonkeyPatch, found: Readings) -> None:
    """Let `found` do what the pipeline does."""

    class Reader:
        def __init__(self, model: str | None = None, knowledge: Sequence[str] = ()) -> None:
            if model is not None:
                raise OnrecordError(f"{model}: no model here")
            self.maker = found.maker

    monkeypatch.setattr(pipeline, "Reader", Reader)
    monkeypatch.setattr(pipeline, "extract", found.extract)
    monkeypatch.setattr(pipeline, "build_affair", found.build_affair)
