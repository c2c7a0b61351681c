from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from onrecord.cli import app
from onrecord.cluster import build_on_spark, session
from onrecord.location import Address
from onrecord.record import OnrecordError


def test_without_java_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(session, "find_spec", lambda _: object())
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(OnrecordError, match="openjdk-17"), session.open_session():
        pass


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "find_spec", lambda _: None)
    with pytest.raises(OnrecordError, match=r"pip install 'onrecord\[spark\]'"), session.open_session():
        pass


def test_there_must_be_a_folder_or_a_file(tmp_path: Path) -> None:
    for output in (tmp_path / "a.onrecord", Address("postgresql://db.example/news")):
        with pytest.raises(OnrecordError, match="Spark makes a folder"):
            build_on_spark([], output, tmp_path / "b.onrecord")


@pytest.mark.parametrize("words", [["--fetch"], ["--refresh"], ["--workers", "3"]])
def test_what_spark_does_not_do_is_refused(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    done = CliRunner().invoke(app, ["build", "x.jsonl", "-o", str(tmp_path / "out"), "--engine", "spark", *words])
    assert done.exit_code == 2
    assert "do not go with --engine spark" in done.stderr


def test_another_engine_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["build", "x.jsonl", "-o", str(tmp_path / "out"), "--engine", "steam"])
    assert done.exit_code == 2
    assert '"steam" is no engine' in done.stderr
