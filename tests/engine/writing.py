"""A writer of a PostgreSQL record: argv is the address, which reports it has, and where to die, if so.

Its pipeline is the real one with "real" as the third word, else one that finds nothing, and takes its time for it.
"""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest

from onrecord import pipeline
from onrecord.engine import build_record
from onrecord.record import Analysis, Report
from tests.engine.conftest import Readings, replace_pipeline
from tests.engine.reports import make_reports

ALL = 60


def main() -> None:
    where, which, kind, *dies_at = sys.argv[1:]
    first, last = map(int, which.split("-"))
    if kind != "real":
        readings = Slow()
        replace_pipeline(pytest.MonkeyPatch(), readings)

    def tell(stage: str, done: int, total: int | None) -> None:
        if dies_at and dies_at == [stage, str(done), "before" if total is None else "within"][: len(dies_at)]:
            os.kill(os.getpid(), signal.SIGKILL)

    print(flush=True)
    sys.stdin.readline()
    build_record(make_reports(ALL)[first:last], where, progress=tell)


class Slow(Readings):
    def extract(self, report: Report, reader: pipeline.Reader) -> Analysis:
        time.sleep(0.01)
        return super().extract(report, reader)


if __name__ == "__main__":
    main()
