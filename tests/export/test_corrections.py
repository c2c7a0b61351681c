from __future__ import annotations

import json
from pathlib import Path

from onrecord.cli_out import export_record
from onrecord.engine import fix_record, read_log
from onrecord.export.corrections import write_lessons
from onrecord.record import Report
from tests.records import ANALYSES, POST
from tests.web.site import make_record


def test_log_is_one_lesson_a_line(tmp_path: Path) -> None:
    reports = [Report(id=a.id, key=a.key, outlet=a.outlet, text=a.text) for a in ANALYSES]
    path = make_record(tmp_path / "grain.onrecord", reports, ANALYSES)
    fix_record(str(path), "speaker", ['r1-key:"asked for the release"', "Ilse Varrun"], by="Ada Holm")
    export_record(path, "corrections", tmp_path / "log.jsonl", lambda: (_ for _ in ()).throw(AssertionError))
    (line,) = (tmp_path / "log.jsonl").read_bytes().splitlines(keepends=True)
    assert line == write_lessons(read_log(str(path)))
    lesson = json.loads(line)
    assert (lesson["kind"], lesson["value"], lesson["by"], lesson["state"]) == (
        "speaker",
        "Ilse Varrun",
        "Ada Holm",
        "stands",
    )
    assert lesson["target"]["words"] == ["Teshk asked for the release of the eleven sailors"]
    assert lesson["target"]["paragraph"] == POST.split("\n")[1]
    export_record(path, "corrections", tmp_path / "short.jsonl", lambda: (_ for _ in ()).throw(AssertionError), True)
    short = json.loads((tmp_path / "short.jsonl").read_bytes())
    assert short["target"]["words"] == lesson["target"]["words"]
    assert "the ministry added" not in short["target"]["paragraph"]
