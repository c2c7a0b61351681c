"""Reports that are given on the page to the record, by a process of its own that can be watched and cancelled."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import re
import secrets
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec
from msgspec import Struct

from onrecord.engine import Summary, build_record
from onrecord.engine.interrupts import hold_interrupts
from onrecord.ingest import Notice, read_reports
from onrecord.location import Location
from onrecord.record import OnrecordError, Report
from onrecord.store import Store

# How long, in seconds, a process that was told to stop may take to leave the file in order.
PATIENCE = 10.0
# Jobs that are remembered: a page may still be open that asks for one.
KEPT = 50
# Seconds between two words on how far the work is.
_PAUSE = 0.1
# Bytes of a file's name; file systems take 255.
_LONGEST_NAME = 180
# Of the key of a pasted text: how many of its words, and how many characters of these.
_KEY_WORDS, _LONGEST_KEY = 6, 60
_WORD = re.compile(r"\w+")
# Controls, what Windows takes for something else, halves of characters, and what turns the way of reading round.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f<>:\"|?*\ud800-\udfff\u200e\u200f\u2028-\u202e\u2066-\u2069]")
# To Windows these are machines, whatever the ending.
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)", re.IGNORECASE)

State = Literal["running", "done", "failed", "cancelled"]


class Outcome(Struct, frozen=True):
    """What a job did; `added` are the ids of the reports that are new on the record, each with what it is called."""

    summary: Summary
    added: tuple[tuple[str, str], ...]


class Job(Struct, frozen=True, kw_only=True):
    """How far reports are on their way to the record.

    `stage` is "start", or one of `engine.Progress`, of which `done` steps of `total` are done; `why` says in one line
    what is amiss with a job that failed, or was cancelled too late.
    """

    id: str
    state: State = "running"
    stage: str = "start"
    done: int = 0
    total: int | None = None
    outcome: Outcome | None = None
    why: str = ""


class Work:
    """The jobs of one record, of which one runs at a time. Several threads may use it at once."""

    def __init__(self, record: Location) -> None:
        self._record = record
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}
        self._running: _Running | None = None

    def start(self, inputs: Sequence[str], published: str | None = None, folder: Path | None = None) -> Job:
        """The job, just begun, that adds the reports of `inputs`; `published` is the date of those that give none.

        `folder` is removed when the job ends.

        Raises:
            OnrecordError: another one is running, or `published` is no date; `folder` is then left to the caller.
        """
        check_published(published)
        with self._lock:
            if self._running:
                raise OnrecordError("reports are being added already; wait for that to end, or cancel it")
            job = Job(id=secrets.token_hex(8))
            before = _count_reports(self._record)
            pipe, process = _start(self._record, inputs, published)
            running = _Running(job.id, process, pipe, before, folder)
            self._jobs = dict(list(self._jobs.items())[1 - KEPT :]) | {job.id: job}
            self._running = running
            running.thread = threading.Thread(target=self._follow, args=(running,), daemon=True)
            running.thread.start()
            return job

    def job(self, id: str) -> Job | None:
        """The job of that id, as far as it is; None if there is none."""
        with self._lock:
            return self._jobs.get(id)

    def running(self) -> Job | None:
        """The job that is at work, if one is."""
        with self._lock:
            return self._jobs[self._running.id] if self._running else None

    def cancel(self, id: str) -> Job | None:
        """The job of that id, which is over now; the record is as it was. One that was over stays what it was."""
        with self._lock:
            running = self._running if self._running and self._running.id == id else None
        if running:
            running.stop()
        return self.job(id)

    def close(self) -> None:
        """Cancel what is running."""
        if job := self.running():
            self.cancel(job.id)

    def _follow(self, running: _Running) -> None:
        """Note what the process says until it is gone."""
        said: Outcome | str | None = None
        with suppress(EOFError, OSError):
            while said is None:
                message: tuple[str, int, int | None] | Outcome | str = running.pipe.recv()
                if isinstance(message, tuple):
                    stage, done, total = message
                    self._note(running.id, stage=stage, done=done, total=total)
                else:
                    said = message
        running.process.join(PATIENCE)
        if running.process.is_alive():
            running.process.kill()
            running.process.join()
        running.pipe.close()
        if running.folder:
            shutil.rmtree(running.folder, ignore_errors=True)
        end = _end(running, said, self._record)
        with self._lock:
            self._jobs[running.id] = msgspec.structs.replace(self._jobs[running.id], **end)
            self._running = None

    def _note(self, id: str, **changes: object) -> None:
        with self._lock:
            self._jobs[id] = msgspec.structs.replace(self._jobs[id], **changes)


class _Running:
    """A process at work, our end of the pipe from it, and the thread that listens there."""

    thread: threading.Thread

    def __init__(self, id: str, process: BaseProcess, pipe: Connection, before: int, folder: Path | None) -> None:
        self.id, self.process, self.pipe, self.before, self.folder = id, process, pipe, before, folder
        self.cancelled = False

    def stop(self) -> None:
        """End the process, and wait until what it leaves is noted."""
        self.cancelled = True
        self.process.terminate()
        self.thread.join(PATIENCE)
        if self.thread.is_alive():
            # In the middle of a long computation; SQLite takes back what is not committed.
            self.process.kill()
            self.thread.join()


def _end(running: _Running, said: Outcome | str | None, record: Location) -> dict[str, object]:
    """What becomes of a job whose process is gone."""
    if isinstance(said, Outcome):
        return {"state": "done", "outcome": said}
    if isinstance(said, str):
        return {"state": "failed", "why": said}
    late = _is_changed(running, record)
    if running.cancelled:
        return {"state": "cancelled", "why": "it came too late: the reports are on the record already" if late else ""}
    status = running.process.exitcode or 0
    how = f"signal {-status}" if status < 0 else f"exit status {status}"
    came = "what was given is on the record" if late else "nothing was added"
    return {"state": "failed", "why": f"the process that read the reports ended by itself ({how}); {came}"}


def _is_changed(running: _Running, record: Location) -> bool:
    """Whether a process that was ended had put its reports on the record before, and only not said so yet."""
    try:
        return _count_reports(record) != running.before
    except OnrecordError:
        return False


def _start(record: Location, inputs: Sequence[str], published: str | None) -> tuple[Connection, BaseProcess]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, record, tuple(inputs), published), daemon=True)
    with hold_interrupts():
        process.start()
    theirs.close()
    return ours, process


def _work(pipe: Connection, record: str, inputs: tuple[str, ...], published: str | None) -> None:
    """Add the reports, say how far that is and at last what was done; in a process of its own."""
    signal.signal(signal.SIGTERM, _leave)
    # Whoever listened is gone: nobody waits for the reports any more.
    with suppress(BrokenPipeError):
        try:
            said: Outcome | str = _add(pipe, record, inputs, published)
        except OnrecordError as error:
            said = str(error)
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise
            said = error.strerror or str(error)
        except Exception as error:
            said = f"a fault of onrecord's own: {type(error).__name__}: {error}"
        pipe.send(said)


def _add(pipe: Connection, record: str, inputs: tuple[str, ...], published: str | None) -> Outcome:
    before = _reports_of(record)
    seen: dict[str, str] = {}
    items = _noted(read_reports(inputs, published=published), seen)
    summary = build_record(items, record, progress=_Teller(pipe))
    after = _reports_of(record)
    added = tuple((id, name) for id, name in seen.items() if id in after and id not in before)
    notices = tuple(map(_named_plainly, summary.notices))
    return Outcome(msgspec.structs.replace(summary, notices=notices), added)


def _leave(number: int, _: object) -> None:
    """End as if by a fault, so that all that is open is closed."""
    raise SystemExit(128 + number)


class _Teller:
    """Says through a pipe how far the work is, not more often than a reader could see."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._stage, self._last = "", 0.0

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        if stage != self._stage or done == total or now - self._last >= _PAUSE:
            self._pipe.send((stage, done, total))
            self._stage, self._last = stage, now


def _noted(items: Iterator[Report | Notice], seen: dict[str, str]) -> Iterator[Report | Notice]:
    """`items`, of which each report is noted in `seen` by its id, with what it is called."""
    for item in items:
        if isinstance(item, Report):
            seen.setdefault(item.id, ", ".join(filter(None, (item.outlet, item.title or item.key))))
        yield item


def _named_plainly(notice: Notice) -> Notice:
    """The notice with the name of the file alone: where it was kept meanwhile is nobody's concern."""
    return msgspec.structs.replace(notice, input=Path(notice.input).name)


def _reports_of(record: str) -> set[str]:
    with Store.open(record) as store:
        affairs = store.affairs()
        return affairs.reports(affairs.all())


def _count_reports(record: Location) -> int:
    with Store.open(record) as store:
        return store.affairs().count()


def check_published(published: str | None) -> None:
    """Refuse what is no date of publication.

    Raises:
        OnrecordError: it is none.
    """
    # The same that the command line says; no input is read.
    read_reports((), published=published)


def make_folder() -> Path:
    """An empty folder for what is given, which nobody else may read."""
    return Path(tempfile.mkdtemp(prefix="onrecord-"))


def keep_text(folder: Path, text: str, about: Mapping[str, str | None]) -> str:
    """The path in `folder` of a pasted text, with what was said about it: outlet, title, published and url."""
    # A form sends its lines as mail does.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    key = _name_text(text, about.get("title") or "")
    path = folder / "pasted text.jsonl"
    path.write_text(json.dumps({"id": key, "text": text, **about}) + "\n", encoding="utf-8")
    return str(path)


def _name_text(text: str, title: str) -> str:
    """A key that a reader knows the text by, and that is not that of another one which begins with the same words."""
    words = islice((word[0] for told in (title, text) for word in _WORD.finditer(told)), _KEY_WORDS)
    first = "-".join(words).casefold()[:_LONGEST_KEY].strip("-")
    return f"{first or 'pasted'}-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:6]}"


def keep_file(folder: Path, number: int, name: str, file: BinaryIO) -> str:
    """The path in `folder` of a file that was given under `name`; `number` tells it from others of that name."""
    own = folder / str(number)
    own.mkdir()
    path = own / plain_name(name)
    with path.open("xb") as out:
        shutil.copyfileobj(file, out)
    return str(path)


def plain_name(name: str) -> str:
    r"""The last part of a path of any system, with what a file system might take amiss replaced; its ending stays.

    >>> plain_name("../../etc/passwd"), plain_name("C:\\x\\a?.txt"), plain_name(".."), plain_name("con.txt")
    ('passwd', 'a_.txt', 'unnamed', '_con.txt')
    """
    # Windows drops what stands last if it is a dot or a blank, so that two names would be one.
    last = _UNSAFE.sub("_", re.split(r"[/\\]", name)[-1]).strip().rstrip(". ")
    last = f"_{last}" if _DEVICE.match(last) else last
    raw = last.encode()
    if len(raw) > _LONGEST_NAME:
        start, end = raw[: _LONGEST_NAME - 20], raw[-20:]
        last = start.decode(errors="ignore") + end.decode(errors="ignore")
    return last or "unnamed"
