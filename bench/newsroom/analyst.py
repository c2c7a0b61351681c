"""Written reports to their analyses, with one reading by the model for all reports of one mould."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from bench.newsroom.derive import derive, model_of, to_report
from bench.newsroom.stream import Written
from onrecord.engine.extract import extract_reports
from onrecord.pipeline import Reader
from onrecord.record import Analysis


class Analyst:
    """Keeps what the model read in `folder`, by the `maker` of it."""

    def __init__(self, folder: Path, workers: int = 1) -> None:
        self.maker = Reader().maker
        self._workers = workers
        self._file = folder / f"read-{self.maker}.jsonl"
        self._known: dict[str, Analysis] = {}
        if self._file.exists():
            decode = msgspec.json.Decoder(Analysis).decode
            self._known = {analysis.key: analysis for analysis in map(decode, self._file.read_bytes().splitlines())}

    def analyses(self, written: Sequence[Written]) -> Iterator[Analysis]:
        """The analysis of each report, in their order."""
        self._read({_key(one): one for one in written if _key(one) not in self._known})
        for one in written:
            yield derive(self._known[_key(one)], model_of(one), one)

    def _read(self, lacking: dict[str, Written]) -> None:
        reports = (msgspec.structs.replace(to_report(model_of(one).report), key=key) for key, one in lacking.items())
        with self._file.open("ab") as file:
            for analysis in extract_reports(reports, workers=self._workers):
                if not isinstance(analysis, Analysis):
                    raise RuntimeError(f"{analysis}")
                self._known[analysis.key] = analysis
                file.write(msgspec.json.encode(analysis) + b"\n")


def _key(written: Written) -> str:
    return f"{written.mould.name}{'' if 'published' in written.report else ', undated'}"
