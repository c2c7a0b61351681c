from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

from onrecord import RecordFile
from onrecord.engine.check import blaming, check_record
from onrecord.record import OnrecordError
from onrecord.store.packed import pack, unpack
from tests.ask.asking import CALL, DENIED, MINE, MISSING, PLAN, PLEDGE, RECORD, REOPENS, put
from tests.ask.reports import IDS

Change = Callable[[Any], None]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put(tmp_path_factory.mktemp("check") / "sound.onrecord", RECORD)


@pytest.fixture
def copied(sound: Path, tmp_path: Path) -> Path:
    path = tmp_path / "broken.onrecord"
    copyfile(sound, path)
    return path


def run(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        changed = database.execute(statement, values).rowcount
        assert changed > 0


def edit(path: Path, table: str, column: str, where: str, value: str, change: Change) -> None:
    """Change the JSON in a column of the one row where `where` has `value`."""
    with closing(sqlite3.connect(path)) as database, database:
        (held,) = database.execute(f"SELECT {column} FROM {table} WHERE {where} = ?", (value,)).fetchall()  # noqa: S608
        packed = isinstance(held[0], bytes)
        found = json.loads(unpack(held[0]) if packed else held[0])
        change(found)
        written = json.dumps(found, ensure_ascii=False)
        database.execute(
            f"UPDATE {table} SET {column} = ? WHERE {where} = ?",  # noqa: S608
            (pack(written) if packed else written, value),
        )


def faults(path: Path) -> tuple[str, ...]:
    return check_record(str(path)).faults


def test_a_sound_record_is_proved(sound: Path) -> None:
    found = check_record(str(sound))
    assert found.faults == ()
    assert found.reports == len(RECORD.analyses)
    spans = sum(len(s.content) + len(s.cue) + len(s.source) for a in RECORD.analyses for s in a.attributions)
    assert found.spans >= spans
    entries = (RECORD.stories, RECORD.entities, RECORD.events, RECORD.contacts, RECORD.claims, RECORD.disagreements)
    assert found.entries >= sum(map(len, entries)) - len(RECORD.contacts)


def test_the_examples_are_sound(tmp_path: Path) -> None:
    from tests import harbour
    from tests.web.site import make_record

    path = make_record(tmp_path / "harbour.onrecord", harbour.reports(), harbour.analyses())
    found = check_record(str(path))
    assert found.faults == ()
    assert found.reports == 8


def test_progress_is_told(sound: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    check_record(str(sound), lambda stage, done, total: told.append((stage, done, total)))
    assert told
    assert all(total is None or done <= total for _, done, total in told)


def test_nothing_is_changed(copied: Path) -> None:
    before = copied.read_bytes()
    faults(copied)
    assert copied.read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE texts SET text = text || ' ' WHERE report = ?",
        "UPDATE texts SET text = replace(text, '40', '41') WHERE report = ?",
    ],
)
def test_a_text_that_was_changed_is_told_by_its_hash(copied: Path, change: str) -> None:
    run(copied, change, IDS["ost-1"])
    (fault,) = faults(copied)
    assert IDS["ost-1"] in fault or "ost-1" in fault
    assert "text" in fault


def first_attribution(change: Change) -> Change:
    return lambda analysis: change(analysis["attributions"][0])


def put_content(*spans: list[int]) -> Change:
    return first_attribution(lambda said: said.update(content=list(spans)))


ANALYSIS_FAULTS: dict[str, Change] = {
    "a content past the end": put_content([10, 100_000]),
    "a content before the beginning": put_content([-3, 5]),
    "an end before its start": put_content([20, 10]),
    "an empty span": put_content([10, 10]),
    "no words in a span": put_content([4, 5]),
    "a cue past the end": first_attribution(lambda said: said.update(cue=[[500_000, 500_003]])),
    "a source past the end": first_attribution(lambda said: said.update(source=[[500_000, 500_003]])),
    "a mention past the end": lambda a: a["entities"][0]["mentions"][0].update(span=[500_000, 500_004]),
    "a trigger past the end": lambda a: a["events"][0].update(trigger=[[500_000, 500_004]]),
    "evidence past the end": lambda a: a["events"][0].update(evidence=[[500_000, 500_004]]),
    "a speaker who is nobody of the report": first_attribution(lambda said: said["speaker"].update(entity="e99")),
    "an attribution within none": first_attribution(lambda said: said.update(within="a99")),
    "an event within none": lambda a: a["events"][0].update(within="a99"),
    "noise past the end": lambda a: a.update(noise=[{"span": [0, 500_000], "kind": "headline"}]),
    "a time past the end": lambda a: a.update(
        timexes=[
            {
                "span": [0, 500_000],
                "type": "DATE",
                "value": "2031",
                "earliest": None,
                "latest": None,
                "reading": "none",
                "anchor": None,
            }
        ]
    ),
}


@pytest.mark.parametrize("name", sorted(ANALYSIS_FAULTS))
def test_a_fault_of_a_reading_is_named_with_its_report(copied: Path, name: str) -> None:
    edit(copied, "cache", "analysis", "report", IDS["ost-1"], ANALYSIS_FAULTS[name])
    found = faults(copied)
    assert found
    assert any(IDS["ost-1"] in fault or "ost-1" in fault for fault in found)
    assert all("\n" not in fault for fault in found)


def test_a_span_says_which_characters(copied: Path) -> None:
    edit(copied, "cache", "analysis", "report", IDS["mol-1"], put_content([10, 100_000]))
    assert any("100000" in fault.replace(",", "") for fault in faults(copied))


ENTRY_FAULTS: dict[str, tuple[str, Change]] = {
    "a member that its report has not": (MISSING, lambda c: c["members"][0].update(attribution="a99")),
    "a member of no report": (MISSING, lambda c: c["members"][0].update(report="0" * 16)),
    "a text that no member says": (REOPENS, lambda c: c.update(text="that the salt mine at Koril would close")),
    "an origin of no report": (MISSING, lambda c: c["origins"][0].update(reports=["0" * 16])),
    "an untraced report that is none": (MISSING, lambda c: c.update(untraced=["0" * 16])),
    "an expectation of no statement": (PLEDGE, lambda x: x["member"].update(attribution="a99")),
    "an expectation of no event": (PLAN, lambda x: x.update(event="v-ffffffffff")),
    "a disagreement past the end": (DENIED, lambda d: d["a"].update(span=[0, 500_000])),
    "a disagreement's other side past the end": (DENIED, lambda d: d["b"].update(span=[0, 500_000])),
    "a disagreement of no report": (DENIED, lambda d: d["b"].update(report="0" * 16)),
    "a story of no report": (MINE, lambda s: s["reports"].append("0" * 16)),
}


@pytest.mark.parametrize("name", sorted(ENTRY_FAULTS))
def test_a_fault_of_an_entry_is_named_with_its_id(copied: Path, name: str) -> None:
    id, change = ENTRY_FAULTS[name]
    edit(copied, "entries", "json", "id", id, change)
    found = faults(copied)
    digits = id.partition("-")[2]
    assert any(digits in fault for fault in found)


def edit_events(path: Path, kind: str, change: Change) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        ((held,),) = database.execute("SELECT json FROM entries WHERE id = ? AND kind = ?", (CALL, kind)).fetchall()
        found = json.loads(held)
        change(found)
        database.execute("UPDATE entries SET json = ? WHERE id = ? AND kind = ?", (json.dumps(found), CALL, kind))


@pytest.mark.parametrize("kind", ["events", "contacts"])
def test_a_member_that_is_no_event_is_named(copied: Path, kind: str) -> None:
    edit_events(copied, kind, lambda e: e["members"][1].update(event="v99"))
    assert any(CALL.partition("-")[2] in fault for fault in faults(copied))


def test_a_statement_of_a_contact_that_is_none_is_named(copied: Path) -> None:
    edit_events(copied, "contacts", lambda c: c["statements"][0].update(attribution="a99"))
    assert any(CALL.partition("-")[2] in fault for fault in faults(copied))


def test_a_mention_of_an_entity_past_the_end_is_named(copied: Path) -> None:
    id = RECORD.entities[0].id
    edit(copied, "entries", "json", "id", id, lambda e: e["mentions"][0].update(span=[0, 500_000]))
    assert any(id.partition("-")[2] in fault for fault in faults(copied))


def test_a_copy_of_no_report_is_named(copied: Path) -> None:
    with closing(sqlite3.connect(copied)) as database, database:
        ((held,),) = database.execute("SELECT entries FROM bundles WHERE kind = 'copies'").fetchall()
        copies = [copy | {"b": "0" * 16} for copy in json.loads(unpack(held))]
        database.execute("UPDATE bundles SET entries = ? WHERE kind = 'copies'", (pack(json.dumps(copies)),))
    assert any("0" * 16 in fault for fault in faults(copied))


def test_each_fault_has_a_line(copied: Path) -> None:
    edit(copied, "cache", "analysis", "report", IDS["mol-1"], put_content([10, 100_000]))
    edit(copied, "entries", "json", "id", DENIED, lambda d: d["b"].update(report="0" * 16))
    run(copied, "UPDATE texts SET text = text || '!' WHERE report = ?", IDS["bot-1"])
    found = faults(copied)
    assert len(found) >= 3
    assert len(set(found)) == len(found)


def test_a_text_that_is_gone_is_a_fault_or_a_refusal(copied: Path) -> None:
    run(copied, "DELETE FROM texts WHERE report = ?", IDS["bot-1"])
    try:
        found = faults(copied)
    except OnrecordError:
        return
    assert any(IDS["bot-1"] in fault or "bot-1" in fault for fault in found)


@pytest.mark.parametrize("held", [b"", b"no record", b"SQLite format 3\0" + b"\0" * 200])
def test_what_is_no_record_is_refused_in_a_line(tmp_path: Path, held: bytes) -> None:
    path = tmp_path / "x.onrecord"
    path.write_bytes(held)
    with pytest.raises(OnrecordError) as refusal:
        check_record(str(path))
    assert "\n" not in str(refusal.value)
    with pytest.raises(OnrecordError):
        check_record(str(tmp_path / "nowhere.onrecord"))


def test_a_record_that_cannot_be_read_on_is_told_as_that(copied: Path) -> None:
    run(copied, "UPDATE reports SET keys = '[]'")
    assert any("from here on it cannot be read (IndexError: " in fault for fault in faults(copied))


def test_values_of_another_kind_than_declared_are_a_fault(copied: Path) -> None:
    run(copied, "UPDATE completed SET number = 'pier'")
    assert "the file: 1 of the values of completed.number are no integer" in faults(copied)


def test_a_report_that_no_list_has_is_a_fault_and_no_question_stumbles_on_it(copied: Path) -> None:
    first = RECORD.analyses[0].id
    run(copied, "DELETE FROM entries WHERE kind = 'reports' AND id = ?", first)
    assert f"report {first} is on no list" in faults(copied)
    with pytest.raises(OnrecordError, match=f"damaged: report {first} is on no list"):
        RecordFile(str(copied)).statements()


def test_a_listed_statement_that_is_not_there_is_a_fault(copied: Path) -> None:
    first = RECORD.analyses[0].id
    edit(copied, "cache", "analysis", "report", first, lambda a: a["attributions"][0].update(id="a999"))
    assert f"the statement {first}/a1 is listed and not there" in faults(copied)


@pytest.mark.parametrize("kind", ["statements", "reports", "claims"])
def test_a_list_that_lacks_something_is_a_fault(kind: str, copied: Path) -> None:
    run(copied, "DELETE FROM lists WHERE kind = ?", kind)
    assert faults(copied) == (f"the list of {kind} and what it is made of do not go together",)


def test_entries_that_nobody_knows_are_a_fault(copied: Path) -> None:
    run(copied, "UPDATE entries SET kind = 'pier' WHERE kind = 'claims'")
    assert "there are no such entries as 'pier'" in faults(copied)


def lose_a_report(entry: Any) -> None:
    entry["members"][0].update(report="0" * 16)


@pytest.mark.parametrize("use", [lambda path: RecordFile(path).data(), lambda path: RecordFile(path).claims()])
def test_a_question_at_a_record_that_contradicts_itself_is_refused_with_its_first_fault(
    copied: Path, use: Callable[[str], object]
) -> None:
    (claim, *_) = RECORD.claims
    edit(copied, "entries", "json", "id", claim.id, lose_a_report)
    with pytest.raises(OnrecordError, match=r"damaged: .* is not there .*\(\d+ in all; onrecord check"):
        use(str(copied))


def test_an_error_at_a_sound_record_is_an_error(sound: Path) -> None:
    with pytest.raises(KeyError, match="pier"), blaming(str(sound)):
        raise KeyError("pier")
