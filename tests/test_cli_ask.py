"""The verbs that ask a record, as a person types them."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from onrecord import cli
from tests.ask.asking import MISSING, RECORD, REOPENS, VISIT, put, ref, report_ref
from tests.ask.reports import BY_KEY, FIRST, IDS

CLAIM, CONTACT = "Q-a000000002", "C-1c00000001"


def run(*words: object) -> Result:
    """The command, run in this process; CliRunner's streams are no terminal."""
    return CliRunner(env={"COLUMNS": "120"}).invoke(cli.app, [str(word) for word in words])


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put(tmp_path_factory.mktemp("records") / "mine.onrecord", RECORD)


def filled(words: list[str], record: Path) -> list[str]:
    return [str(record) if word == "RECORD" else word for word in words]


QUESTIONS = [
    ["said", "RECORD"],
    ["said", "RECORD", "--by", "avila", "--about", "mine", "--since", "2031-05"],
    ["said", "RECORD", "--to", "Marta Brenn", "--kind", "direct", "--outlet", "gazette"],
    ["said", "RECORD", "--unnamed"],
    ["said", "RECORD", "--min-reports", "2", "--min-confidence", "0.5", "--limit", "3"],
    ["said", "RECORD", "--lang", "de"],
    ["contacts", "RECORD"],
    ["contacts", "RECORD", "--between", "avila", "brenn"],
    ["contacts", "RECORD", "--of", "pell brenn", "--kind", "meeting", "--from", "2031-05-04/.."],
    ["events", "RECORD"],
    ["events", "RECORD", "--from", "2031-05-01", "--to", "2031-05-31", "--place", "Port Hask"],
    ["events", "RECORD", "--who", "soldiers", "--type", "ASSAULT", "--status", "happened"],
    ["sources", "RECORD", CLAIM],
    ["sources", "RECORD", MISSING, "--why"],
    ["sources", "RECORD", "C-1c00000001"],
    ["disputes", "RECORD"],
    ["disputes", "RECORD", REOPENS, "--kind", "denial"],
    ["trace", "RECORD", CLAIM],
    ["trace", "RECORD", "Q-a000000001"],
    ["diff", "RECORD", "gaz-1", "gaz-2"],
    ["diff", "RECORD", "gaz-1", "dis-1"],
    ["new", "RECORD", "--since", "2000-01-01"],
    ["search", "RECORD", "miners"],
    ["search", "RECORD", "José", "Ávila"],
]


@pytest.mark.parametrize("words", QUESTIONS, ids=" ".join)
def test_each_question_is_answered_in_every_format(record: Path, words: list[str]) -> None:
    line = filled(words, record)
    table = run(*line)
    assert table.exit_code == 0, table.stderr
    assert table.stdout
    assert "\x1b" not in table.stdout
    held = json.loads(run(*line, "--format", "json").stdout)
    rows = [json.loads(row) for row in run(*line, "--format", "jsonl").stdout.splitlines()]
    lines = list(csv.reader(io.StringIO(run(*line, "--format", "csv").stdout)))
    page = run(*line, "--format", "md").stdout.splitlines()
    assert held
    assert rows
    assert len({len(cells) for cells in lines}) == 1
    assert len(lines) > 1
    assert page[0].startswith("| ")
    assert set(page[1]) <= set("|-: ")
    if "--why" not in words:
        assert held == rows
        assert len(lines) - 1 == len(held)
        assert len(page) - 2 == len(held)


@pytest.mark.parametrize(
    "words",
    [
        ["said", "RECORD", "--by", "Zebulon Quax"],
        ["said", "RECORD", "--by", "an aide", "--kind", "direct"],
        ["said", "RECORD", "--since", "2040"],
        ["contacts", "RECORD", "--between", "avila", "pell brenn"],
        ["events", "RECORD", "--place", "Zebulon"],
        ["events", "RECORD", "--status", "denied"],
        ["sources", "RECORD", "Q-ffffffffff"],
        ["disputes", "RECORD", "--kind", "specificity"],
        ["trace", "RECORD", "no-such-key"],
        ["cite", "RECORD", "S-00000000.1"],
        ["diff", "RECORD", "gaz-1", "no-such-key"],
        ["new", "RECORD", "--since", "2999-01-01"],
        ["search", "RECORD", "qwxzj"],
        ["brief", "RECORD", "--about", "Zebulon Quax"],
    ],
    ids=" ".join,
)
def test_nothing_found_is_status_1(record: Path, words: list[str]) -> None:
    result = run(*filled(words, record))
    assert result.exit_code == 1
    assert (result.stdout + result.stderr).strip()
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "md"])
def test_nothing_found_is_read_by_a_program_too(record: Path, format: str) -> None:
    result = run("said", record, "--by", "an aide", "--kind", "direct", "--format", format)
    assert result.exit_code == 1
    if format == "json":
        assert json.loads(result.stdout) == []
    if format == "jsonl":
        assert result.stdout == ""


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["said", "nowhere.onrecord"], "nowhere.onrecord"),
        (["said", "RECORD", "--format", "odt"], "odt"),
        (["said", "RECORD", "--kind", "whispered"], "whispered"),
        (["said", "RECORD", "--since", "soon"], "soon"),
        (["said", "RECORD", "--since", "2031-05-04", "--until", "2031-05-03"], ""),
        (["contacts", "RECORD", "--kind", "seance"], "seance"),
        pytest.param(
            ["events", "RECORD", "--type", "DANCE"],
            "DANCE",
        ),
        (["events", "RECORD", "--status", "perhaps"], "perhaps"),
        (["events", "RECORD", "--from", "2031-13"], "2031-13"),
        (["disputes", "RECORD", "--kind", "quarrel"], "quarrel"),
        (["cite", "RECORD", "S-071306b9.1", "--as", "limerick"], "limerick"),
        pytest.param(
            ["cite", "RECORD", "P-bb00000002"],
            "bb00000002",
        ),
        (["sources", "RECORD", "Q-a00"], "Q-a000000001"),
        (["sources", "RECORD", "gaz-1"], ""),
        (["trace", "RECORD", "T-50000000aa"], ""),
        (["diff", "RECORD", "gaz-1", CLAIM], ""),
        (["search", "RECORD"], ""),
        (["new", "RECORD", "--since", "soon"], "soon"),
        (["check", "nowhere.onrecord"], "nowhere.onrecord"),
    ],
)
def test_what_cannot_be_asked_is_status_2_in_a_line(record: Path, words: list[str], reason: str) -> None:
    result = run(*filled(words, record))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert reason in result.stderr
    assert result.stderr.startswith("onrecord: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["said", "RECORD", "--by", "Marta Bren"], "Marta Brenn"),
        (["contacts", "RECORD", "--between", "Jose Avilla", "Marta Brenn"], "José Ávila"),
        (["events", "RECORD", "--place", "Prot Hask"], "Port Hask"),
        (["trace", "RECORD", "gaz1"], "gaz-1"),
        (["sources", "RECORD", "Q-a00000002"], "Q-a000000002"),
        (["brief", "RECORD", "--about", "Pell Bren"], "Pell Brenn"),
    ],
)
def test_a_slip_is_asked_back(record: Path, words: list[str], meant: str) -> None:
    result = run(*filled(words, record))
    assert result.exit_code == 1
    assert re.search(f'did you mean .*"{meant}"', result.stderr)
    assert result.stderr.count("\n") == 1


def test_a_line_stays_a_line_whatever_was_typed(record: Path) -> None:
    for words in (["said", record, "--by", "two\nlines\x1b[31m"], ["trace", record, "two\nlines"]):
        result = run(*words)
        assert result.exit_code == 1
        assert result.stderr.count("\n") == 1
        assert "\x1b" not in result.stderr


def rows(*words: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(*words, "--format", "json").stdout)
    return found


def test_options_are_the_conditions_they_are_called(record: Path) -> None:
    assert [r["ref"] for r in rows("said", record, "--by", "avila", "--kind", "direct")] == [ref("gaz-1", "a3")]
    assert [r["ref"] for r in rows("said", record, "--min-reports", 3, "--by", "pell brenn")] == [ref("ost-1", "a1")]
    assert [r["ref"] for r in rows("said", record, "--when", "2031-05-10")] == [ref("bot-1", "a1")]
    assert len(rows("said", record, "--limit", 4)) == 4
    assert [r["ref"] for r in rows("contacts", record, "--between", "avila", "brenn")] == [CONTACT]
    assert [r["ref"] for r in rows("events", record, "--type", "ASSAULT")] == ["E-2e00000004"]
    kinds = rows("said", record, "--kind", "direct", "--kind", "indirect")
    assert len(kinds) == len(rows("said", record))


def test_types_of_events_may_be_typed_small(record: Path) -> None:
    assert rows("events", record, "--type", "assault") == rows("events", record, "--type", "ASSAULT")


def test_rows_show_the_words_of_the_text(record: Path) -> None:
    for row in rows("said", record):
        words = row["words"]
        text = BY_KEY[words["key"]].text
        assert words["quote"] == " … ".join(text[start:end] for start, end in words["spans"])


def test_days_in_words_are_the_reader_s(record: Path) -> None:
    """The record is of a year that no clock shows yet."""
    assert run("said", record, "--since", "yesterday", "--until", "today").exit_code == 1
    assert run("events", record, "--when", "last week").exit_code == 1


def test_ids_can_be_copied_from_an_answer(record: Path) -> None:
    shown = run("said", record, "--by", "pell brenn").stdout
    (id,) = re.findall(r"S-[0-9a-f]{8}\.\d+", shown)
    assert run("sources", record, id).exit_code == 0
    assert run("trace", record, id).exit_code == 0
    cited = run("cite", record, id)
    assert cited.exit_code == 0
    assert "Pell Brenn" in cited.stdout


def test_who_several_are_is_said_on_standard_error(record: Path) -> None:
    result = run("said", record, "--by", "Brenn")
    assert "Marta Brenn" in result.stderr
    assert "Pell Brenn" in result.stderr
    assert json.loads(run("said", record, "--by", "Brenn", "--format", "json").stdout)
    assert run("said", record, "--by", "Brenn", "--quiet").stderr == ""


@pytest.mark.parametrize("style", ["text", "annotation", "bibtex", "claimreview"])
def test_each_style_of_citation(record: Path, style: str) -> None:
    result = run("cite", record, ref("gaz-1", "a1"), "--as", style)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "that the salt mine at Koril would reopen" in result.stdout
    assert not re.search(r"\b[SQEC]-[0-9a-f]{3,}", result.stdout)
    if style in ("annotation", "claimreview"):
        json.loads(result.stdout)


def test_two_versions_of_an_address_differ_by_words(record: Path) -> None:
    changes = rows("diff", record, report_ref("gaz-1"), report_ref("gaz-2"))
    assert "".join(c["text"] for c in changes if c["kind"] != "in") == FIRST
    assert [r["what"] for r in rows("diff", record, "mol-1", "dis-1")].count("both say") == 1


def test_a_report_does_not_differ_from_itself(record: Path) -> None:
    assert run("diff", record, "gaz-1", "gaz-1").exit_code == 1


def test_a_brief_is_a_page(record: Path) -> None:
    result = run("brief", record, "--about", f"T-{VISIT.partition('-')[2]}")
    assert result.exit_code == 0
    assert result.stdout.startswith("# ")
    assert IDS["gaz-3"] in result.stdout
    assert IDS["dis-1"] not in result.stdout


def test_a_sound_record_is_status_0(record: Path) -> None:
    result = run("check", record)
    assert result.exit_code == 0
    assert "7 reports" in result.stdout + result.stderr


def test_each_fault_is_a_line_and_status_2(record: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.onrecord"
    copyfile(record, path)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE texts SET text = text || '!' WHERE report IN (?, ?)", (IDS["bot-1"], IDS["mol-1"]))
    result = run("check", path)
    assert result.exit_code == 2
    lines = (result.stdout + result.stderr).splitlines()
    for key in ("bot-1", "mol-1"):
        assert sum(IDS[key] in line for line in lines) == 1


def test_the_doctor_looks_at_a_record(record: Path) -> None:
    found = run("doctor", record)
    assert "7 reports" in found.stdout
    assert "older version" in found.stdout
    assert "SQLite" in run("doctor").stdout


def complete(*words: str) -> list[str]:
    """What a shell is offered for the last of `words`."""
    environment = {
        **os.environ,
        "_ONRECORD_COMPLETE": "complete_bash",
        "COMP_WORDS": " ".join(("onrecord", *words)),
        "COMP_CWORD": str(len(words)),
    }
    code = "from onrecord.cli import main; main()"
    line = [sys.executable, "-c", f"import sys; sys.argv[0] = 'onrecord'; {code}"]
    done = subprocess.run(line, check=False, capture_output=True, text=True, env=environment)
    assert "Traceback" not in done.stderr
    return done.stdout.split()


def test_a_shell_completes_verbs_options_and_their_words() -> None:
    assert {"said", "search", "sources"} <= set(complete("s"))
    assert "--min-reports" in complete("said", "x.onrecord", "--min")
    assert complete("said", "x.onrecord", "--kind", "d") == ["direct"]
    assert complete("cite", "x.onrecord", "S-1", "--as", "bib") == ["bibtex"]
    assert set(complete("said", "x.onrecord", "--format", "js")) == {"json", "jsonl"}


def test_completion_of_words_that_begin_none_offers_none() -> None:
    assert complete("said", "x.onrecord", "--kind", "zzz") == []
