from __future__ import annotations

import io
import sys

import pytest

from onrecord.terminal import progress
from onrecord.terminal.progress import Course, say


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, shown: bool, patience: float) -> str:
    """What stands on standard error after some work."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "PATIENCE", patience)
    with Course(shown) as course:
        course("reading", 1, 3)
        course("reading", 3, 3)
    return stream.getvalue()


def test_bar_shows_on_a_terminal_when_work_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "3/3" in run(monkeypatch, Terminal(), shown=True, patience=0.0)


@pytest.mark.parametrize(
    ("stream", "shown", "patience"),
    [(Terminal(), True, 60.0), (Terminal(), False, 0.0), (io.StringIO(), True, 0.0)],
    ids=["short work", "quiet", "no terminal"],
)
def test_else_there_is_no_bar(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, shown: bool, patience: float
) -> None:
    assert run(monkeypatch, stream, shown, patience) == ""


def test_message_is_one_harmless_line(capsys: pytest.CaptureFixture[str]) -> None:
    say("bad\nname\x1b[2J")
    assert capsys.readouterr().err == "onrecord: bad name\\x1b[2J\n"


def test_message_without_standard_error_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    say("nobody hears this")
