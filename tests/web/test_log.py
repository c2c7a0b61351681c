from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.engine import fix_record, read_log, remove_reports
from onrecord.export.corrections import write_lessons
from onrecord.record import Report
from onrecord.web.links import ServerLinks
from onrecord.web.log import find_done, list_log, own_path, say_done
from tests.correct.saying import layered
from tests.engine.correcting import build_of

READINGS = (layered(), layered(id="r2"))
LINKS = ServerLinks(lambda name: None)


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    at = str(tmp_path / "quay.onrecord")
    build_of(READINGS, monkeypatch)(at, [Report(id=a.id, key=a.key, language="en", text=a.text) for a in READINGS])
    return at


def lessons(record: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in write_lessons(read_log(record)).splitlines()]


def test_a_lesson_holds_all_that_it_is_about(record: str) -> None:
    fix_record(record, "same", ["r1/a1", "r2/a1"], by="Ada Holm")
    fix_record(record, "speaker", ["r1/a4", "the port"], by="Bela Renko", class_="document")
    same, speaker = lessons(record)
    assert (same["kind"], same["about"], same["state"]) == ("same", "attribution", "stands")
    assert (same["target"]["report"], same["other"]["report"]) == ("r1", "r2")
    assert (speaker["value"], speaker["class"], speaker["by"], speaker["other"]) == (
        "the port",
        "document",
        "Bela Renko",
        None,
    )
    target = speaker["target"]
    assert target["words"] == ["“The quay stays ours,”"]
    assert target["paragraph"] == "She called Omar Teshk on Monday. “The quay stays ours,” Varrun told him."
    at = target["paragraph_start"]
    assert [target["paragraph"][a - at : b - at] for a, b in target["spans"]] == target["words"]


def test_what_is_no_longer_on_record_is_no_longer_told(record: str) -> None:
    fix_record(record, "date", ["r1", "2031-03-05"], by="Ada Holm")
    fix_record(record, "reject", ["r1/v2"], by="Ada Holm")
    assert (lessons(record)[0]["target"]["words"], lessons(record)[0]["target"]["key"]) == ([], "r1-key")
    remove_reports(record, ["r1"])
    whole, event = (lesson["target"] for lesson in lessons(record))
    assert (whole["words"], whole["paragraph"]) == ([], None)
    assert (event["words"], event["paragraph"], event["key"]) == ([], None, None)
    assert [row.places for row in list_log(read_log(record), LINKS)] == [(("(report no longer on record)", None),)] * 2


def test_a_row_leads_to_its_words(record: str) -> None:
    fix_record(record, "reject", ["r1/v2"], by="Ada Holm")
    fix_record(record, "different", ["r1", "r2"], by="Ada Holm")
    event, stories = list_log(read_log(record), LINKS)
    ((words, href),) = event.places
    text = READINGS[0].text
    at = text.index("called")
    assert (words, href) == ("called [r1-key]", f"/report/r1?char={at},{at + 6}#here")
    assert [href for _, href in stories.places] == ["/report/r1", "/report/r2"]
    assert event.stands
    assert not event.undoes


def test_what_was_said_at_once_is_found_by_one_id(record: str) -> None:
    made = fix_record(record, "same", ["r1/v2", "r2/v2"], by="Ada Holm")
    fix_record(record, "reject", ["r1/v1"], by="Ada Holm")
    log = read_log(record)
    assert [row.id for row in find_done(log, f"{made[0].id},f-00000000,<b>")] == [made[0].id]
    assert find_done(log, "") == []
    assert say_done("/calls?page=2", made) == f"/calls?page=2&done={made[0].id}"


@pytest.mark.parametrize(
    "given",
    [
        *("//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "javascript:alert(1)"),
        *("", "evil", "/\t/evil.example", "/\n/evil.example", "/\x00", "///evil.example", "/x\\..", "/" + "x" * 3000),
        *("/\u202e", "/\x85/evil.example", " /x", "\t//evil.example"),
    ],
)
def test_no_path_leads_elsewhere(given: str) -> None:
    assert own_path(given) == "/"


@pytest.mark.parametrize("given", ["/", "/report/r1?fact=a1#here", "/statements?speaker=Žofie&q=a//b", "/a//b"])
def test_a_path_of_this_site_stays(given: str) -> None:
    assert own_path(given) == given
