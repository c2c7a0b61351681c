from __future__ import annotations

import io
import json
import multiprocessing
import os
import re
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import pytest

from onrecord.engine import build_record
from onrecord.ingest import read_reports
from onrecord.record import OnrecordError, Report
from onrecord.store import Store, read_record
from onrecord.web.work import Job, Work, keep_file, keep_text, make_folder, plain_name
from tests.web.names import NAMES

QUAY = "The quay at Port Ister reopens on Monday, harbour master Ada Holm said. “No ship will wait,” she told the Tern."
SILOS = "The silos are full, Bela Renko told the Mercury on Friday. He denied that grain had been sold."
WAIT = 60
# What a terminal, or a reader's eye, would take for something else.
OBEYED = "[\\x00-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    (folder / "quay.txt").write_text(QUAY, encoding="utf-8")
    build_record(read_reports([str(folder / "quay.txt")], published="2031-05-02"), str(folder / "quay.onrecord"))
    return folder / "quay.onrecord"


@pytest.fixture
def record(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(built, tmp_path / "quay.onrecord"))


@pytest.fixture
def work(record: Path) -> Iterator[Work]:
    made = Work(record)
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "given").mkdir()
    return tmp_path / "given"


def wait(work: Work, job: Job) -> Job:
    """The job when it is over."""
    over = threading.Event()
    for _ in range(WAIT * 20):
        found = work.job(job.id)
        assert found
        if found.state != "running":
            return found
        over.wait(0.05)
    raise AssertionError("the job does not end")


def children() -> list[multiprocessing.process.BaseProcess]:
    return multiprocessing.active_children()


def test_what_is_given_is_added_and_what_was_done_is_told(work: Work, record: Path, folder: Path) -> None:
    inputs = [
        keep_text(folder, SILOS, {"outlet": "Mercury", "title": "Silos full", "published": "2031-05-03", "url": None}),
        keep_file(folder, 0, "quay.txt", io.BytesIO(QUAY.encode())),
        keep_file(folder, 1, "notes.odt", io.BytesIO(b"x")),
    ]
    job = wait(work, work.start(inputs, "2031-05-02", folder))
    assert (job.state, job.why) == ("done", "")
    assert job.outcome
    summary = job.outcome.summary
    assert (summary.given, summary.new, summary.known, summary.reports) == (2, 1, 1, 2)
    ((id, name),) = job.outcome.added
    assert name == "Mercury, Silos full"
    assert {a.id: a.text for a in read_record(record).analyses}[id] == SILOS
    (left_out,) = [str(n) for n in summary.notices if n.left_out]
    assert left_out.startswith("notes.odt: not a kind that is read (.txt, ")
    assert not folder.exists()
    assert work.running() is None


def test_a_cancelled_job_leaves_the_record_as_it_was(work: Work, record: Path, folder: Path) -> None:
    before = read_record(record)
    lines = [json.dumps({"text": f"{SILOS} It was day {n} of the blockade.", "outlet": "Mercury"}) for n in range(400)]
    path = keep_file(folder, 0, "many.jsonl", io.BytesIO("\n".join(lines).encode()))
    job = work.start([path], None, folder)
    for _ in range(WAIT * 20):
        found = work.job(job.id)
        if found and found.stage == "extract" and found.done:
            break
        threading.Event().wait(0.05)
    over = work.cancel(job.id)
    assert over
    assert (over.state, over.why, over.total) == ("cancelled", "", 400)
    assert read_record(record) == before
    assert not folder.exists()
    assert children() == []
    assert work.cancel(job.id) == over
    # The file was left in order, and the next writer need not wait.
    Store.create_or_open(record).close()


def test_one_at_a_time(work: Work, folder: Path) -> None:
    path = keep_text(folder, SILOS, {})
    first = work.start([path])
    with pytest.raises(OnrecordError, match="being added already"):
        work.start([path], None, folder)
    assert work.running() == work.job(first.id)
    assert folder.exists()
    work.cancel(first.id)
    assert wait(work, work.start([path], None, folder)).state == "done"


def test_a_process_that_dies_is_told_of(work: Work, record: Path, folder: Path) -> None:
    before = read_record(record)
    job = work.start([keep_text(folder, SILOS, {})], None, folder)
    (process,) = children()
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    over = wait(work, job)
    assert over.state == "failed"
    assert over.why == "the process that read the reports ended by itself (signal 9); nothing was added"
    assert read_record(record) == before
    assert not folder.exists()


def test_why_nothing_could_be_done_is_told(work: Work, record: Path, folder: Path) -> None:
    with Store.create_or_open(record):
        job = wait(work, work.start([keep_text(folder, SILOS, {})], None, folder))
    assert (job.state, job.outcome) == ("failed", None)
    assert "another onrecord is writing to it; nothing was changed" in job.why


def test_what_is_no_date_is_refused_before_anything_begins(work: Work, folder: Path) -> None:
    with pytest.raises(OnrecordError, match="no ISO 8601 date"):
        work.start([keep_text(folder, SILOS, {})], "Thursday", folder)
    assert work.running() is None
    assert children() == []


def test_there_is_no_job_of_another_id(work: Work) -> None:
    assert work.job("x") is None
    assert work.cancel("x") is None


def test_closing_ends_what_runs(work: Work, folder: Path) -> None:
    job = work.start([keep_text(folder, SILOS, {})], None, folder)
    work.close()
    found = work.job(job.id)
    assert found
    assert found.state == "cancelled"
    assert children() == []


def test_a_pasted_text_is_kept_as_it_was_written(folder: Path) -> None:
    path = keep_text(folder, " One.\r\nTwo “three”.\r\n", {"title": '"],', "url": None})
    (report,) = read_reports([path])
    assert isinstance(report, Report)
    assert (report.text, report.title) == (" One.\nTwo “three”.\n", '"],')
    assert re.fullmatch("one-two-three-[0-9a-f]{6}", report.key)


def test_a_pasted_text_is_called_by_its_first_words(folder: Path) -> None:
    def key(text: str, title: str | None = None) -> str:
        (report,) = read_reports([keep_text(folder, text, {"title": title})])
        assert isinstance(report, Report)
        return report.key

    assert key(SILOS).startswith("the-silos-are-full-bela-renko-")
    assert key(SILOS, "Silos full").startswith("silos-full-the-silos-are-full-")
    # Two that begin alike are two; the same text is one.
    assert key(SILOS) != key(f"{SILOS} More.")
    assert key(SILOS) == key(SILOS)
    assert key("— …!").startswith("pasted-")
    assert len(key("x" * 5000)) < 80


def test_two_files_of_one_name_are_two(folder: Path) -> None:
    paths = [keep_file(folder, n, "a/b/report.txt", io.BytesIO(f"{n}".encode())) for n in range(2)]
    assert [Path(p).read_text(encoding="utf-8") for p in paths] == ["0", "1"]
    assert {Path(p).name for p in paths} == {"report.txt"}


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_hostile_name_stays_in_its_folder(folder: Path, name: str) -> None:
    path = Path(keep_file(folder, 7, name, io.BytesIO(b"text")))
    assert path.parent == folder / "7"
    assert path.resolve().parent == (folder / "7").resolve()
    assert [p.name for p in (folder / "7").iterdir()] == [path.name]
    assert path.name == plain_name(name)
    assert len(os.fsencode(path.name)) <= 255
    assert path.name.endswith(".txt") == name.rstrip(". ").endswith(".txt")
    assert not re.search(OBEYED, path.name)
    assert not PureWindowsPath(path.name).is_reserved()
    assert path.name == path.name.strip().rstrip(".")


def test_there_are_enough_hostile_names() -> None:
    assert len(set(NAMES)) == len(NAMES) >= 60


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other modes")
def test_nobody_else_may_read_what_is_given() -> None:
    made = make_folder()
    try:
        assert made.stat().st_mode & 0o077 == 0
    finally:
        made.rmdir()
