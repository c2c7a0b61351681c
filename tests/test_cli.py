from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import onrecord.engine
from onrecord import cli
from onrecord.engine import Summary
from onrecord.ingest import Notice
from onrecord.record import Analysis, OnrecordError, Record, Report
from onrecord.store import Store
from onrecord.views import VIEWS
from tests.records import ANALYSES, HOSTILE
from tests.store.filled import LINKER, RECORD, complete


def run(*words: object, stdin: str | None = None) -> Result:
    """The command, run in this process; CliRunner's streams are no terminal."""
    return CliRunner(env={"COLUMNS": "100"}).invoke(cli.app, [str(word) for word in words], input=stdin)


def start(*words: object, **options: Any) -> subprocess.Popen[str]:
    """The command as a process of its own."""
    line = [sys.executable, "-m", "onrecord", *map(str, words)]
    return subprocess.Popen(line, text=True, encoding="utf-8", stderr=subprocess.PIPE, **options)


def write_record(path: Path, record: Record) -> Path:
    reports = [Report(id=a.id, key=a.key, outlet=a.outlet, text=a.text) for a in record.analyses]
    with Store.create_or_open(path) as store:
        store.stage(reports)
        store.plan("test", LINKER)
        store.keep(record.analyses, "test")
        complete(store, record)
    return path


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_record(tmp_path_factory.mktemp("records") / "grain.onrecord", RECORD)


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """An engine that finds nothing in any report, without a model; the options it was given are noted here."""
    given: dict[str, Any] = {}

    def extract(items: Iterable[Report | Notice], **options: Any) -> Iterator[Analysis | Notice]:
        given.update(options)
        for item in items:
            yield item if isinstance(item, Notice) else ANALYSES[0]

    def build(items: Iterable[Report | Notice], path: str, **options: Any) -> Summary:
        given.update(options, path=path)
        held = list(items)
        notices = tuple(item for item in held if isinstance(item, Notice))
        number = len(held) - len(notices)
        options["progress"]("read", number, None)
        return Summary(given=number, new=number, notices=notices, reports=number, attributions=3, contacts=1, claims=2)

    monkeypatch.setattr(onrecord.engine, "extract_reports", extract)
    monkeypatch.setattr(onrecord.engine, "build_record", build)
    return given


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "post.txt"
    path.write_text("Ilse Varrun said that the grain road stays open.")
    return path


def test_views_and_formats_of_the_help_are_those_there_are() -> None:
    assert tuple(VIEWS) == cli.WHAT
    assert all(name in run("show", "--help").stdout for name in VIEWS)


def test_help_loads_nothing_heavy() -> None:
    heavy = "{'numpy', 'onnxruntime', 'tokenizers', 'sqlite3', 'rich', 'onrecord.engine', 'onrecord.views'}"
    code = f"import sys, onrecord.cli; print(*{heavy} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "\n"


def test_version_is_printed() -> None:
    result = run("--version")
    assert (result.exit_code, result.stdout.split()[0]) == (0, "onrecord")


@pytest.mark.parametrize(
    "words", [[], ["shw"], ["show"], ["build", "a.txt"], ["extract", "a.txt", "--workers", "0"], ["schema"]]
)
def test_wrong_usage_is_status_2(words: list[str]) -> None:
    assert run(*words).exit_code == 2


@pytest.mark.parametrize("what", cli.WHAT)
def test_each_view_is_shown(record: Path, what: str) -> None:
    result = run("show", record, what)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "in these 5 reports" in result.stdout
    assert "\x1b" not in result.stdout


def test_view_goes_out_in_other_formats(record: Path) -> None:
    rows = json.loads(run("show", record, "claims", "--format", "json").stdout)
    assert [row["author"] for row in rows] == ["Ilse Varrun", "a Norvian official"]
    lines = list(csv.DictReader(io.StringIO(run("show", record, "claims", "--format", "csv").stdout)))
    assert lines[0]["standing"] == "3 reports, 2 traced origins, 1 doesn't say"
    assert run("show", record, "claims", "--format", "md").stdout.startswith("| ref | text | author |")


def test_claims_are_shown_with_the_ids_that_ask_on(record: Path) -> None:
    table = run("show", record, "claims").stdout
    assert all(claim.id in table for claim in RECORD.claims)
    assert "onrecord sources RECORD ID --why" in table


def test_a_claim_is_shown_as_a_tree_and_in_other_formats(record: Path) -> None:
    result = run("show", record, "sources", "--claim", "m1")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Origin 2: a Kesland official (unnamed)" in result.stdout
    assert "\x1b" not in result.stdout
    tree = json.loads(run("show", record, "sources", "--claim", "m1", "--format", "json").stdout)
    assert [origin["name"] for origin in tree["origins"]][1] == "a Kesland official (unnamed)"
    rows = list(csv.DictReader(io.StringIO(run("show", record, "sources", "--claim", "m1", "--format", "csv").stdout)))
    assert list(rows[0]) == ["origin", "report", "step", "words", "key", "start", "end"]
    assert run("show", record, "sources", "--claim", "m1", "--format", "md").stdout.startswith("| origin | report |")


def test_uncertain_rows_are_left_out(record: Path) -> None:
    result = run("show", record, "calls", "--min-confidence", "0.9", "--format", "json")
    assert [row["id"] for row in json.loads(result.stdout)] == ["c1"]


def test_question_that_finds_nothing_is_status_1(tmp_path: Path) -> None:
    hostile = write_record(tmp_path / "hostile.onrecord", HOSTILE)
    result = run("show", hostile, "disagreements")
    assert (result.exit_code, result.stdout) == (1, "No disagreements found in this report.\n")
    result = run("show", hostile, "disagreements", "--format", "json")
    assert (result.exit_code, result.stdout) == (1, "[]\n")
    assert result.stderr == "onrecord: No disagreements found in this report.\n"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["show", "RECORD", "gossip"], '"gossip" is no view; there are: calls, timeline,'),
        (["show", "RECORD", "calls", "--format", "odt"], "there are: table, json, jsonl, csv, md"),
        (["show", "RECORD", "calls", "--claim", "m1"], "--claim goes with sources alone: onrecord show "),
        (
            ["show", "RECORD", "sources", "--claim", "c-9"],
            'no claim "c-9" in this record; `onrecord show RECORD claims`',
        ),
        (["show", "RECORD", "sources", "--claim", "m"], "give more of the one you mean: m"),
        (["show", "nowhere.onrecord", "calls"], "build one: onrecord build INPUT… -o nowhere.onrecord"),
        (["export", "nowhere.onrecord"], "there is no record at nowhere.onrecord"),
        (["export", "RECORD", "--format", "odt"], '"odt" is no format; there are: json'),
        (["export", "RECORD", "--format", "csv"], '"csv" is a folder of files: say where to with -o FOLDER'),
        (["remove", "nowhere.onrecord", "r1"], "there is no record at nowhere.onrecord"),
        (["remove", "RECORD", "no-such-key"], "no-such-key"),
        (["show", "GOOD", "calls"], "no record"),
        (["extract", "GOOD", "--published", "yesterday"], '"yesterday" is no ISO 8601 date'),
        (["export", "RECORD", "-o", "no/such/folder.json"], "no/such/folder.json: No such file or directory"),
    ],
)
def test_refusal_is_one_line_that_helps(record: Path, good: Path, words: list[str], reason: str) -> None:
    result = run(*(str({"RECORD": record, "GOOD": good}.get(word, word)) for word in words))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("onrecord: ")
    assert result.stderr.count("\n") == 1
    assert reason in result.stderr


@pytest.mark.parametrize("words", [["show", "claims"], ["export", "--format", "json"]])
def test_a_record_that_contradicts_itself_is_called_damaged(record: Path, tmp_path: Path, words: list[str]) -> None:
    path = tmp_path / "broken.onrecord"
    path.write_bytes(record.read_bytes())
    with closing(sqlite3.connect(path)) as database, database:
        database.execute('UPDATE entries SET json = replace(json, \'"report":"r1"\', \'"report":"r0"\')')
    result = run(words[0], path, *words[1:])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"onrecord: {path}: damaged: ")
    assert result.stderr.endswith(" in all; onrecord check tells them)\n")


def test_export_goes_to_standard_output_or_a_file(record: Path, tmp_path: Path) -> None:
    result = run("export", record, "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["claims"][0]["id"] == RECORD.claims[0].id
    assert run("export", record, "-o", tmp_path / "out.json").stdout == ""
    assert (tmp_path / "out.json").read_bytes() == result.stdout_bytes


@pytest.mark.parametrize("what", ["extract", "export"])
def test_schema_is_printed(what: str) -> None:
    result = run("schema", what)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["$schema"].endswith("2020-12/schema")


def test_extract_writes_a_line_a_report_and_hands_its_options_on(good: Path, reading: dict[str, Any]) -> None:
    result = run("extract", good, good, "--workers", "2", "--model", "mine", "--published", "2031-03-04")
    assert (result.exit_code, result.stderr) == (0, "")
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["r1", "r1"]
    assert reading == {"workers": 2, "model": "mine", "knowledge": ()}


@pytest.mark.usefixtures("reading")
@pytest.mark.parametrize("quiet", [[], ["--quiet"]])
def test_input_left_out_is_named_and_status_3(good: Path, tmp_path: Path, quiet: list[str]) -> None:
    result = run("extract", good, tmp_path / "gone.txt", *quiet)
    assert result.exit_code == 3
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr.startswith("onrecord: ")
    assert "gone.txt: no such file" in result.stderr


@pytest.mark.usefixtures("reading")
def test_no_readable_input_is_status_2(tmp_path: Path) -> None:
    for words in (["extract", tmp_path], ["build", tmp_path, "-o", tmp_path / "x"]):
        result = run(*words)
        assert result.exit_code == 2
        assert result.stderr.endswith("onrecord: nothing was read\n")


@pytest.mark.usefixtures("reading")
def test_remark_that_leaves_nothing_out_is_no_failure(tmp_path: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes(
        "Die Straße bleibt offen, sagte die Ministerin für Äußeres am Dienstag in Östenberg.".encode("cp1252")
    )
    loud, quiet = run("extract", path), run("extract", path, "--quiet")
    assert (loud.exit_code, quiet.exit_code) == (0, 0)
    assert "not UTF-8" in loud.stderr
    assert quiet.stderr == ""


@pytest.mark.usefixtures("reading")
def test_standard_input_is_read(reading: dict[str, Any]) -> None:
    line = json.dumps({"text": "Omar Teshk said that the grain road stays open."})
    result = run("extract", "-", stdin=f"{line}\n{line}\n")
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 2)


def test_build_sums_up_what_it_did(good: Path, tmp_path: Path, reading: dict[str, Any]) -> None:
    result = run("build", good, tmp_path / "gone.txt", "-o", tmp_path / "my record")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "onrecord: read 1 report: 1 new, 0 already on record\n" in result.stderr
    assert "onrecord: left out 1: no such file or folder (1)\n" in result.stderr
    assert "1 report with 3 statements, 1 contact, 2 claims" in result.stderr
    assert f"onrecord show '{tmp_path / 'my record'}' calls" in result.stderr
    assert reading["path"] == tmp_path / "my record"


@pytest.mark.usefixtures("reading")
def test_quiet_build_says_nothing(good: Path, tmp_path: Path) -> None:
    result = run("build", good, "-o", tmp_path / "x", "--quiet")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_report_is_taken_out(tmp_path: Path) -> None:
    path = write_record(tmp_path / "grain.onrecord", RECORD)
    assert run("remove", path, "r5-key").exit_code == 0
    assert "r5" not in [a["id"] for a in json.loads(run("export", path).stdout)["analyses"]]


@pytest.mark.parametrize(
    ("error", "status", "line"),
    [
        (KeyboardInterrupt(), 130, "stopped"),
        (OnrecordError("the model is broken"), 2, "the model is broken"),
        (OSError(28, "No space left on device"), 2, "No space left on device"),
        (ZeroDivisionError("division by zero"), 2, "a fault of onrecord's own: ZeroDivisionError: division by zero"),
    ],
)
def test_failure_is_one_line(
    monkeypatch: pytest.MonkeyPatch, good: Path, error: BaseException, status: int, line: str
) -> None:
    def fail(items: object, **_: object) -> Iterator[Analysis]:
        raise error

    monkeypatch.setattr(onrecord.engine, "extract_reports", fail)
    result = run("extract", good)
    assert result.exit_code == status
    assert result.stderr.startswith(f"onrecord: {line}")
    assert result.stderr.count("\n") == 1


def test_reader_who_has_enough_ends_it_quietly(record: Path) -> None:
    for format in ("json", "table"):
        read, write = os.pipe()
        os.close(read)
        process = start("show", record, "statements", "--format", format, stdout=write)
        os.close(write)
        assert (process.communicate()[1], process.returncode) == ("", 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_full_disk_is_one_line(record: Path) -> None:
    with Path("/dev/full").open("w") as full:
        process = start("export", record, stdout=full)
    assert (process.communicate()[1], process.returncode) == ("onrecord: No space left on device\n", 2)


def test_closed_standard_output_is_one_line(record: Path) -> None:
    line = f'"{sys.executable}" -m onrecord export "{record}" >&-'
    result = subprocess.run(["sh", "-c", line], check=False, capture_output=True, text=True)
    assert result.returncode == 2
    assert result.stderr == "onrecord: standard output is closed: there is nowhere to write to\n"


def test_output_is_utf_8_whatever_the_locale(record: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "latin-1"}
    process = start("show", record, "statements", stdout=subprocess.PIPE, env=os.environ | plain)
    shown, errors = process.communicate()
    assert (process.returncode, errors) == (0, "")
    assert "“The grain" in shown
    assert "←" in shown
