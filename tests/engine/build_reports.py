"""The build that test_kill kills: argv is the record, the number of reports, and where to die."""

from __future__ import annotations

import os
import signal
import sys

from onrecord.engine import build, build_record
from tests.engine.reports import make_reports

# So many analyses are put by at once, so that a test need not wait for the fiftieth.
KEPT = 2


def main() -> None:
    path, count, *dies_at = sys.argv[1:]

    def tell(stage: str, done: int, total: int | None) -> None:
        if dies_at == [stage, str(done)]:
            os.kill(os.getpid(), signal.SIGKILL)

    build.BATCH = KEPT
    build_record(make_reports(int(count)), path, progress=tell)


if __name__ == "__main__":
    main()
