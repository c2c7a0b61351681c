from __future__ import annotations

import csv
import getpass
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from onrecord import cli
from onrecord.record import Analysis, Report
from onrecord.store import read_record
from tests import harbour
from tests.correct.saying import layered
from tests.engine.correcting import build_of
from tests.records import HOSTILE_TEXT, analysis, attribution, given
from tests.web.site import make_record

HOSTILE = analysis(
    "h1",
    "Out|let",
    HOSTILE_TEXT,
    given("2031-03-06"),
    attributions=(attribution("a1", HOSTILE_TEXT, HOSTILE_TEXT, speaker="=cmd"),),
)
READINGS = (layered(), layered(id="r2"), HOSTILE)


def report_of(a: Analysis) -> Report:
    day = a.published.edtf
    return Report(id=a.id, key=a.key, outlet=a.outlet, published=day, language="en", text=a.text)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    at = tmp_path / "quay.onrecord"
    build_of(READINGS, monkeypatch)(str(at), [report_of(a) for a in READINGS])
    return at


def run(path: Path, *words: str) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(cli.app, ["fix", str(path), *words])


def first_id(result: Result) -> str:
    return result.stderr.removeprefix("onrecord: ").split(":")[0]


def log_of(path: Path) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(run(path, "log", "--format", "json").stdout)
    return rows


def test_a_fix_says_what_it_did_and_how_to_take_it_back(path: Path) -> None:
    result = run(path, "speaker", 'r1-key:"The quay stays ours"', "Omar Teshk", "--by", "Ada Holm")
    assert (result.exit_code, result.stdout) == (0, "")
    id = first_id(result)
    assert result.stderr.splitlines() == [
        f"onrecord: {id}: “The quay stays ours,” Varrun told [r1-key]: said by Omar Teshk",
        f"onrecord: the record is linked anew; to take it back: onrecord fix {path} undo {id}",
    ]
    speakers = {x.speaker.name for a in read_record(path).analyses if a.id == "r1" for x in a.attributions}
    assert "Omar Teshk" in speakers


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["same", "r1/a1", "r2/a2"], "one claim"),
        (["same", "r1:called", "r2:called"], "one event"),
        (["different", "r1:Omar Teshk", "r2:Omar Teshk"], "two names"),
        (["different", "r1", "r2"], "two stories"),
        (["date", "r1:called", "2031-03"], "was 2031-03"),
        (["date", "r1/a1", "2031-03"], "said 2031-03"),
        (["date", "r1-key", "2031-03-04"], "published 2031-03-04"),
        (["reject", "r1:called"], "no event"),
        (["speaker", "r1/a1", "the port", "--class", "document"], "said by the port"),
    ],
)
def test_each_kind_of_word(path: Path, words: list[str], said: str) -> None:
    before = read_record(path)
    result = run(path, *words)
    assert result.exit_code == 0
    assert [row["said"] for row in log_of(path)] == [said]
    assert run(path, "undo", first_id(result), "--quiet").stderr == ""
    assert read_record(path) == before
    assert [row["state"] for row in log_of(path)] == ["undone", "stands"]


def test_the_class_of_a_speaker_is_the_one_given(path: Path) -> None:
    run(path, "speaker", "r1/a1", "the port", "--class", "document")
    (found,) = [a for a in read_record(path).analyses if a.id == "r1"]
    assert [x.speaker.class_ for x in found.attributions if x.id == "a1"] == ["document"]


def test_the_log_says_who_said_what_when_on_which_words_and_what_became_of_it(path: Path) -> None:
    run(path, "reject", "r1:called", "--by", "Ada Holm")
    run(path, "date", "r2:called", "2031-03-04", "--by", "Bela Renko")
    run(path, "undo", str(log_of(path)[0]["id"]), "--by", "Bela Renko")
    result = run(path, "log")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "3 corrections in this record" in result.stdout
    lines = result.stdout.splitlines()
    first = next(n for n, line in enumerate(lines) if str(log_of(path)[0]["id"]) in line)
    assert [word in lines[first] for word in ("Ada Holm", "no event", "called [r1-key]", "undone")] == [True] * 4
    rows = list(csv.DictReader(io.StringIO(run(path, "log", "--format", "csv").stdout)))
    assert [row["by"] for row in rows] == ["Ada Holm", "Bela Renko", "Bela Renko"]
    assert rows[2]["said"] == f"undoes {rows[0]['id']}"
    assert len({row["when"] for row in rows}) == 3


def test_an_empty_log_is_status_1(path: Path) -> None:
    result = run(path, "log")
    assert (result.exit_code, result.stdout) == (1, "No corrections in this record.\n")
    result = run(path, "log", "--format", "json")
    assert (result.exit_code, result.stdout) == (1, "[]\n")
    assert result.stderr == "onrecord: No corrections in this record.\n"


def test_who_says_so_is_the_login_name_or_unknown(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "ada")
    run(path, "reject", "r1:called")

    def nobody() -> str:
        raise OSError("no such user")

    monkeypatch.setattr(getpass, "getuser", nobody)
    run(path, "reject", "r2:called")
    assert [row["by"] for row in log_of(path)] == ["ada", "unknown"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (
            ["merge", "r1", "r2"],
            '"merge" is no correction; there are: same, different, speaker, date, reject, undo, log',
        ),
        (["log", "--format", "odt"], '"odt" is no format of the log; there are: table, json, jsonl, csv, md'),
        (["reject"], '"reject" takes PLACE'),
        (["reject", "r9:called"], "begins with no report's key"),
        (["reject", "r1:Monday"], '"Monday" stands 2 times in "r1"; say which: r1:"Monday"#2'),
        (["date", "r1:called", "May"], '"May" is no date'),
        (
            ["speaker", "r1/a1", "Ada Holm", "--class", "king"],
            '"king" is no class of a speaker; there are: named_person',
        ),
        (["reject", "r1:called", "--by", ""], "needs the name of the person"),
        (["undo"], "undo which?"),
        (["undo", "f-00000000"], 'there is no correction "f-00000000"'),
    ],
)
def test_a_refusal_is_one_line_and_changes_nothing(path: Path, words: list[str], reason: str) -> None:
    before = path.read_bytes()
    result = run(path, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("onrecord: ")
    assert result.stderr.count("\n") == 1
    assert reason in result.stderr
    assert path.read_bytes() == before


def test_no_record_is_one_line(tmp_path: Path) -> None:
    result = run(tmp_path / "none", "log")
    assert result.exit_code == 2
    assert "there is no record at" in result.stderr


def test_hostile_words_do_nothing_to_the_terminal_or_a_spreadsheet(path: Path) -> None:
    result = run(path, "reject", "h1-key/a1", "--by", "=cmd|'/c calc'!A0")
    assert result.exit_code == 0
    shown = run(path, "log").stdout
    assert "\x1b" not in result.stderr + shown
    assert "\u202e" not in result.stderr + shown
    (row,) = csv.DictReader(io.StringIO(run(path, "log", "--format", "csv").stdout))
    assert row["by"].startswith("'=")
    assert row["words"].startswith("'=")


def test_a_place_may_be_a_short_id_and_a_name_may_look_like_one(tmp_path: Path) -> None:
    path = make_record(tmp_path / "demo.onrecord", harbour.reports(), harbour.analyses())
    said = json.loads(ask("said", path, "--by", "Silas Orme", "--limit", "1").stdout)[0]
    assert run(path, "speaker", said["ref"], "B-52").exit_code == 0
    assert [row["speaker"] for row in json.loads(ask("said", path, "--by", "B-52").stdout)] == ["B-52"]
    assert run(path, "reject", said["ref"]).exit_code == 0
    assert said["ref"] not in {row["ref"] for row in json.loads(ask("said", path).stdout)}
    missing = run(path, "reject", "Q-0123456789")
    assert (missing.exit_code, "Q-0123456789" in missing.stderr) == (1, True)


def ask(verb: str, path: Path, *words: str) -> Result:
    return CliRunner().invoke(cli.app, [verb, str(path), *words, "--format", "json"])
