import json
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from bench import speed, speed_peers
from bench.speed_steps import REST, STEPS, Clock, read_steps
from onrecord.language.model import SHIPPED
from onrecord.pipeline import Reader
from onrecord.record import Report

TEXT = (
    "PORT SENN — The harbour will stay shut until Friday, Senn's transport ministry said.\n"
    '"Holm told me that the crew was safe," said Ada Veck, who met him on Tuesday.\n'
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture
def report() -> Report:
    return Report(id="1", key="senn", language="en", text=TEXT)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for name, words in (("a", "Holm left Senn.\nVeck stayed."), ("b", "Rusk spoke.")):
        for folder, file, held in (("text", f"{name}.txt", words), ("attributions", f"{name}_anna.ann", "")):
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / file).write_text(held, "utf-8")
    return tmp_path


def test_reports_have_so_many_words_and_begin_anew_behind_the_last_text(corpus: Path) -> None:
    reports = speed.make_reports(corpus, 3, 4)
    assert [len(r.text.split()) for r in reports] == [4, 4, 4]
    assert [r.text for r in reports] == [
        "Holm left Senn.\nVeck",
        "stayed.\nRusk spoke.\nHolm",
        "left Senn.\nVeck stayed.",
    ]


def test_a_step_is_given_its_own_time_alone() -> None:
    ticks = count()
    clock = Clock(lambda: float(next(ticks)))
    inner = clock.during("dating", lambda: None)
    clock.during("events", lambda: [inner(), inner()])()
    # One tick passes between any two looks at the clock: before, around and between the two inner ones.
    assert clock.seconds == {REST: 1.0, "events": 3.0, "dating": 2.0}


def test_what_is_done_anew_belongs_to_the_second_reading_and_an_error_ends_its_step() -> None:
    ticks = count()
    clock = Clock(lambda: float(next(ticks)))
    inner = clock.during("main model", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        clock.during("second readings", inner)()
    clock.during("main model", lambda: None)()
    assert clock.seconds == {REST: 2.0, "second readings": 1.0, "main model": 1.0}


def test_each_step_takes_time_and_leaves_the_functions_as_they_were(reader: Reader, report: Report) -> None:
    first = read_steps([report], reader)
    assert list(first) == [*STEPS, REST]
    assert all(first[step] > 0 for step in ("main model", "second readings", "likeness", "decoding"))
    assert read_steps([report], reader).keys() == first.keys()


def test_every_pass_is_counted_and_the_reader_is_as_it_was(reader: Reader, report: Report) -> None:
    model, vectors = reader.model, reader.vectors
    bare, every = speed.bare_passes(model, report), speed.every_pass(reader, report)
    graphs = [name for name, _ in every]
    # The content that holds another's words is read once more, and each of the sentences by the other model.
    assert graphs.count(speed.MAIN) > len(bare) == 1
    assert graphs.count(speed.LIKENESS) >= 2
    assert (reader.model, reader.vectors) == (model, vectors)


def test_the_bare_encoder_runs_all_that_extract_gives_to_the_models(
    reader: Reader, report: Report, tmp_path: Path
) -> None:
    speed.cut_encoder(SHIPPED / speed.MAIN, tmp_path / speed.MAIN)
    (tmp_path / speed.LIKENESS).symlink_to(SHIPPED / speed.LIKENESS)
    encoders = speed.Encoders(tmp_path)
    encoders.run(speed.every_pass(reader, report))
    found = speed.one_worker([report], reader, tmp_path, [speed.bare_passes(reader.model, report)], [[]], 1)
    assert 0 < found["share_of_encoder"] < 1
    assert found["share_with_every_pass"] < found["share_of_encoder"]


def test_a_share_is_the_median_of_the_rounds_own() -> None:
    found = speed.rates(10, ours=[10.0, 20.0, 10.0], bare=[2.0, 4.0, 9.0], every=[5.0, 10.0, 5.0])
    assert found == {
        "extract_reports_per_second": 1.0,
        "encoder_reports_per_second": 2.5,
        "every_pass_reports_per_second": 2.0,
        "share_of_encoder": 0.2,
        "share_with_every_pass": 0.5,
    }


def test_memory_is_told_after_each_tenth(monkeypatch: pytest.MonkeyPatch, report: Report) -> None:
    held, read = iter([100.0, 101.0, 99.0, 110.0, 105.0, 100.0, 100.0, 100.0, 100.0, 100.0]), list[Report]()
    monkeypatch.setattr(speed, "resident_mb", lambda: next(held))
    found = speed.growth([report] * 25, read.append)
    assert (len(read), found["reports"], found["largest_over_warm"]) == (25, 25, 1.1)
    assert found["resident_mb"] == [100.0, 101.0, 99.0, 110.0, 105.0, 100.0, 100.0, 100.0, 100.0, 100.0]


def test_a_process_holds_some_memory() -> None:
    assert 1 < speed.resident_mb() < 100_000


def test_a_peer_that_is_not_there_is_told_so() -> None:
    script = Path(speed_peers.__file__)
    # Without its site-packages no interpreter has a peer.
    command = [sys.executable, "-I", "-S", str(script)]
    done = subprocess.run(command, input=json.dumps([TEXT]), check=True, capture_output=True, text=True)
    assert json.loads(done.stdout) == {"textacy": "not installed"}
