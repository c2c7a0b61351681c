from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from onrecord import cli_watch
from onrecord.engine import Summary
from onrecord.fetch.fetch import Fetched
from onrecord.fetch.watch import World
from onrecord.ingest.notice import Notice
from onrecord.record import OnrecordError, Report
from tests.fetch.web import Web, answer, feed, status

FEED, OTHER = "https://tern.example/feed", "https://gull.example/feed"
NEWS = answer(FEED, feed(("a", "/a")), "text/xml")


class Desk:
    """The command with a web of our own, and an engine that only counts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.web = Web()
        self.built: list[int] = []
        self.failures: list[OnrecordError] = []
        self.notices: tuple[Notice, ...] = ()

    def build(self, reports: Sequence[Report]) -> Summary:
        if self.failures:
            raise self.failures.pop()
        self.built.append(len(reports))
        return Summary(given=len(reports), new=len(reports), notices=self.notices)

    def watch(self, *feeds: str, every: float | None = None, rounds: int = 1, quiet: bool = False) -> int:
        """The status; ctrl-c is pressed in the wait after so many rounds."""
        listed = self.path / "feeds.txt"
        listed.write_text("\n".join(feeds))
        waits = 0

        def sleep(seconds: float) -> None:
            nonlocal waits
            # Between requests it waits for seconds, between rounds for minutes.
            if seconds > 100:
                waits += 1
                if waits == rounds:
                    raise KeyboardInterrupt
            self.web.sleep(seconds)

        world = World(self.web.get, lambda: self.web.now, sleep)
        return cli_watch.follow(listed, self.path / "grain.onrecord", self.build, every, 5, False, quiet, world)


@pytest.fixture
def desk(tmp_path: Path, parsers: None) -> Desk:
    desk = Desk(tmp_path)
    desk.web.put(FEED, NEWS)
    return desk


def test_one_round_is_said_in_one_line(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.watch(FEED) == 0
    assert capsys.readouterr().err == "onrecord: asked 1 feed, 1 answered: 1 new report\n"
    assert desk.watch(FEED, quiet=True) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("given", "code", "line"),
    [
        (answer(OTHER, feed(("b", "/b")), "text/xml"), 0, "asked 2 feeds, 2 answered: 2 new reports"),
        (status(OTHER, 404), 3, "https://gull.example/feed: answers 404 (not found)"),
    ],
)
def test_the_status_is_that_of_the_other_commands(
    desk: Desk, capsys: pytest.CaptureFixture[str], given: Fetched, code: int, line: str
) -> None:
    desk.web.put(OTHER, given)
    assert desk.watch(FEED, OTHER) == code
    assert f"onrecord: {line}\n" in capsys.readouterr().err


def test_if_no_feed_answers_nothing_is_done(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.watch(OTHER, quiet=True) == 2
    assert "answers 404" in capsys.readouterr().err
    assert desk.built == []


def test_a_report_that_could_not_be_analysed_is_left_out(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.notices = (Notice("a", None, "too strange", True),)
    assert desk.watch(FEED) == 3
    assert "onrecord: a: too strange\n" in capsys.readouterr().err


def test_a_list_that_cannot_be_read_stops_it(desk: Desk) -> None:
    with pytest.raises(OnrecordError, match="no feed in it"):
        desk.watch()
    assert desk.web.asked == []


def test_rounds_go_on_until_ctrl_c(desk: Desk) -> None:
    desk.web.put(FEED, NEWS, answer(FEED, feed(("b", "/b")), "text/xml"))
    assert desk.watch(FEED, every=30, rounds=3) == 0
    assert desk.built == [1, 1]
    starts = [at for at, url in desk.web.asked if url == FEED]
    assert starts == [5, 1_800, 3_600]


def test_a_record_that_is_written_to_elsewhere_is_tried_again(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.failures = [OnrecordError("another onrecord is writing to it")]
    assert desk.watch(FEED, every=30, rounds=2) == 3
    assert desk.built == [1]
    assert "writing to it; tried again in the next round" in capsys.readouterr().err
    desk.failures = [OnrecordError("another onrecord is writing to it")]
    desk.web.put(FEED, answer(FEED, feed(("c", "/c")), "text/xml"))
    with pytest.raises(OnrecordError):
        desk.watch(FEED)


def test_the_words_of_the_command_are_a_round_over_the_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parsers: None
) -> None:
    """With the network as it is, and no socket allowed: a feed inside is refused before it would be called."""
    listed, record = tmp_path / "feeds.opml", tmp_path / "grain.onrecord"
    listed.write_text("<opml><body><outline xmlUrl='http://10.0.0.1/feed'/></body></opml>")
    ran = CliRunner().invoke(cli_watch.verbs, [str(listed), str(record), "--once", "--no-pages"])
    assert (ran.exit_code, "10.0.0.1" in ran.stderr, "isn't public" in ran.stderr) == (2, True, True)
    assert not record.exists()
    given: dict[str, object] = {}

    def build(reports: Sequence[Report], path: str, **options: object) -> Summary:
        given.update(options, path=path, keys=[report.key for report in reports])
        return Summary(given=1, new=1)

    web = Web()
    web.put("http://10.0.0.1/feed", NEWS)
    monkeypatch.setattr("onrecord.engine.build_record", build)
    monkeypatch.setattr("onrecord.fetch.watch.OUTSIDE", web.world)
    ran = CliRunner().invoke(cli_watch.verbs, [str(listed), str(record), "--once", "--no-pages", "--workers", "2"])
    assert ran.exit_code == 0
    assert (given["path"], given["keys"], given["workers"]) == (record, ["a"], 2)


def test_a_folder_that_is_not_there_stops_it(desk: Desk) -> None:
    desk.path.joinpath("feeds.txt").write_text(FEED)
    with pytest.raises(OnrecordError, match="there is no folder"):
        record = desk.path / "none" / "a.onrecord"
        cli_watch.follow(desk.path / "feeds.txt", record, desk.build, None, 5, False, True, desk.web.world)
    assert desk.web.asked == []
