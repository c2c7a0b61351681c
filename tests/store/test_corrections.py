from __future__ import annotations

import sqlite3
from pathlib import Path

from msgspec.structs import replace

from onrecord.record import Correction, Span, Target
from onrecord.store import schema
from onrecord.store.corrections import add_corrections, read_corrections, read_found
from tests.records import ANALYSES
from tests.store.filled import fill

FIRST = Correction(
    id="f-2",
    kind="speaker",
    about="attribution",
    target=Target("r1", (Span(3, 9),), (Span(0, 2),)),
    value="Ada Holm",
    class_="named_person",
    by="Zbigla Tohrem",
    when="2031-06-01T10:00:00.000+02:00",
)
SECOND = replace(FIRST, id="f-1", kind="same", value=None, class_=None, other=Target("r2"), when="2031-05-01T10:00Z")


def test_the_log_is_read_as_it_was_written_in_the_order_in_which_it_was_said() -> None:
    database = sqlite3.connect(":memory:")
    schema.migrate(database)
    add_corrections(database, [FIRST])
    add_corrections(database, [SECOND, FIRST])
    assert read_corrections(database) == [FIRST, SECOND]


def test_what_was_found_is_read_of_the_reports_that_there_are(tmp_path: Path) -> None:
    database = sqlite3.connect(fill(tmp_path / "a.onrecord"))
    assert list(read_found(database, ["r2", "r9", "r1"])) == [ANALYSES[1], ANALYSES[0]]
    database.close()
