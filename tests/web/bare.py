"""A record of reports that have no outlet, title or date, but a long key, and all tell of one call; made by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from onrecord.record import Analysis, Clue, Entity, Mention, Publication, Report
from tests import records
from tests.web.site import make_record

NUMBER = 14
# Most of it is of no statement, as a link in a text is to be seen among its words.
_TEXT = (
    "Number {n}. Rain fell over the salt marshes for the third day, and the ferries stayed where they were. "
    "Ilse Varrun spoke by phone on Tuesday with Omar Teshk. "
    "“The grain road stays open,” Varrun told him. "
    "Nobody waited at the gates of the mill, where the lamps had been lit since noon and the dogs had gone to sleep."
)


def key_of(n: int) -> str:
    """The key of a report: a path, and a word that no line could hold."""
    return f"archive/2031/quay-{n:02}/{'unbroken' * 24}"


def make_bare(path: Path) -> Path:
    """The record at `path`, of NUMBER reports."""
    analyses = [_analysis(n) for n in range(NUMBER)]
    reports = [Report(id=a.id, key=a.key, language="en", text=a.text) for a in analyses]
    return make_record(path, reports, analyses)


def _analysis(n: int) -> Analysis:
    text = _TEXT.format(n=n)
    day = date(2031, 3, 5)
    (at,) = records.part(text, "on Tuesday")
    (varrun,), (teshk,) = records.part(text, "Ilse Varrun"), records.part(text, "Omar Teshk")
    said: dict[str, Any] = {
        "speaker": "Ilse Varrun",
        "addressee": "Omar Teshk",
        "channel": "phone_call",
        "said": records.FIRST,
    }
    made = records.analysis(
        f"{n + 1:02x}{0:014x}",
        None,
        text,
        Publication(earliest=day, latest=day, edtf=day.isoformat(), basis=(Clue(at, "“Tuesday” was 4 March"),)),
        entities=(
            Entity("e1", "Ilse Varrun", "person", (), (Mention(varrun, "name"),)),
            Entity("e2", "Omar Teshk", "person", (), (Mention(teshk, "name"),)),
        ),
        attributions=(records.attribution("a1", text, "“The grain road stays open,”", **said),),
        events=(records.event("v1", text, "spoke", "Ilse Varrun spoke by phone on Tuesday", when=records.FIRST),),
    )
    return replace(made, key=key_of(n))
