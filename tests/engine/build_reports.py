"""The build that test_kill kills: argv is the record, the number of reports and of workers, and where to die, if so."""

from __future__ import annotations

import os
import signal
import sys

from onrecord.engine import build_record
from tests.engine.reports import make_reports


def main() -> None:
    path, count, workers, *dies_at = sys.argv[1:]

    def tell(stage: str, done: int, total: int | None) -> None:
        if dies_at == [stage, str(done)]:
            os.kill(os.getpid(), signal.SIGKILL)

    print(flush=True)
    build_record(make_reports(int(count)), path, workers=int(workers), progress=tell)


if __name__ == "__main__":
    main()
