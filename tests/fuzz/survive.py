"""Inputs of one kind, read as the program reads them, to what became of them and what they took."""

from __future__ import annotations

import resource
import signal
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from types import FrameType, ModuleType
from typing import overload

import msgspec
from msgspec import Struct

from onrecord import RecordFile
from onrecord.ask.frame import read_when
from onrecord.cli_out import export_record
from onrecord.correct.places import read_place
from onrecord.engine import blaming, check_record
from onrecord.export import FOLDERS, FORMATS
from onrecord.ingest import Notice, read_reports
from onrecord.pipeline import Reader, extract
from onrecord.record import OnrecordError, Record, Report
from onrecord.store import Store, file, match_all, split_words
from tests.fuzz.inputs import make
from tests.records import RECORD

# Of processor time, as what parses in a process of its own is bounded too: a busy machine makes no failures.
MOST_SECONDS = 10.0
MOST_MB = 1024
ENDINGS = {"page": ".html", "text": ".txt", "analysis": ".txt", "mail": ".eml", "record": ".onrecord", "words": ".txt"}
# What a notice says of a parser that failed, was lost, or went beyond its limits.
LOST = ("could not be parsed", "could not be analysed", "took more than", "the process that parsed it")
TODAY = date(2031, 5, 5)


class Failure(Struct, frozen=True):
    """An input that did worse than being refused."""

    kind: str
    number: int
    reason: str


class Tally(Struct, frozen=True):
    """What became of inputs of one kind: of how many something was read, and how many were refused whole.

    `seconds` and `slowest` are by the clock, `peak_mb` is of the largest process.
    """

    kind: str
    inputs: int
    read: int
    refused: int
    seconds: float
    slowest: float
    peak_mb: int
    failures: tuple[Failure, ...]


class TooLong(BaseException):
    """An input takes longer than anything may; no handler of errors catches it."""


class Watch:
    """What was seen of the inputs of one kind so far."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.inputs = self.read = self.refused = 0
        self.slowest = 0.0
        self.failures: list[Failure] = []
        self._number = 0

    def begin(self, number: int) -> None:
        """The input of that number is given now."""
        self._number, self._found, self._peak = number, False, _peak()
        self._started, self._used = time.monotonic(), time.process_time()
        signal.setitimer(signal.ITIMER_PROF, 2 * MOST_SECONDS)

    def found(self) -> None:
        """Something was read in it."""
        self._found = True

    def fail(self, reason: str) -> None:
        """It is a failure."""
        self.failures.append(Failure(self.kind, self._number, reason))

    def end(self) -> None:
        """It is done with."""
        signal.setitimer(signal.ITIMER_PROF, 0)
        used = time.process_time() - self._used
        self.inputs += 1
        self.read += self._found
        self.refused += not self._found
        self.slowest = max(self.slowest, time.monotonic() - self._started)
        if used > MOST_SECONDS:
            self.fail(f"took {used:.0f} seconds")
        if _peak() > MOST_MB >= self._peak:
            self.fail(f"took {_peak()} MB")

    @contextmanager
    def surviving(self) -> Iterator[None]:
        """The block, in which an input is read; what it raises is a failure of it, unless it is the one line."""
        try:
            yield
        except OnrecordError as error:
            if not str(error):
                self.fail("refused without a word")
        except TooLong:
            self.fail(f"took more than {2 * MOST_SECONDS:.0f} seconds")
        except Exception as error:  # any failure whatever is what is looked for
            self.fail(f"{type(error).__name__}: {error} ({_place(error)})")


class Inputs(Sequence[str]):
    """Paths of inputs, each of which is written when it is asked for, and gone when the next one is."""

    def __init__(self, watch: Watch, numbers: range, folder: Path) -> None:
        self.left = numbers
        self._watch, self._path = watch, folder / f"pier{ENDINGS.get(watch.kind, '.' + watch.kind)}"

    def __iter__(self) -> Iterator[str]:
        while self.left:
            number, self.left = self.left[0], self.left[1:]
            self._path.write_bytes(make(self._watch.kind, number))
            self._watch.begin(number)
            yield str(self._path)
            self._watch.end()

    def __len__(self) -> int:
        return len(self.left)

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...

    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        raise TypeError("they are read in their order")


def survive(kind: str, first: int, count: int) -> Tally:
    """Read `count` inputs of that kind from the number `first` on, in the main thread, for the sake of the timer."""
    started, watch = time.monotonic(), Watch(kind)
    before = signal.signal(signal.SIGPROF, _too_long)
    try:
        with tempfile.TemporaryDirectory() as folder:
            READERS.get(kind, read_files)(watch, Inputs(watch, range(first, first + count), Path(folder)))
    finally:
        signal.signal(signal.SIGPROF, before)
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return Tally(
        kind=kind,
        inputs=watch.inputs,
        read=watch.read,
        refused=watch.refused,
        seconds=round(time.monotonic() - started, 2),
        slowest=round(watch.slowest, 2),
        peak_mb=max(children, _peak()),
        failures=tuple(watch.failures),
    )


def _too_long(_: int, __: FrameType | None) -> None:
    raise TooLong


def _peak() -> int:
    """The most that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _place(error: BaseException) -> str:
    """Where it was raised."""
    at = error.__traceback__
    while at and at.tb_next:
        at = at.tb_next
    return f"{Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}" if at else "nowhere"


def read_files(watch: Watch, inputs: Inputs, use: Callable[[Report], object] = msgspec.json.encode) -> None:
    """As `onrecord build` reads them, all by the same processes."""
    while inputs.left:
        with watch.surviving():
            for item in read_reports(inputs):
                if isinstance(item, Report):
                    watch.found()
                    use(item)
                elif reason := _unfit(item):
                    watch.fail(reason)
            return
        # It ended within an input: what follows it is read anew.
        watch.end()


def _unfit(notice: Notice) -> str | None:
    if not str(notice).isprintable():
        return f"no printable line: {notice.reason!r}"
    return notice.reason if any(words in notice.reason for words in LOST) else None


@cache
def _reader() -> Reader:
    reader = Reader()
    # Loaded with the first report that needs it, and that takes its time.
    assert reader.knowledge
    return reader


def _analyse(report: Report) -> None:
    msgspec.json.encode(extract(report, _reader()))


def _read_analysed(watch: Watch, inputs: Inputs) -> None:
    # The model takes its time before the first input only.
    _reader()
    read_files(watch, inputs, _analyse)


def _read_records(watch: Watch, inputs: Inputs) -> None:
    """As what shows, checks and exports a record does."""
    with patched(file, "PATIENCE", 0.1):
        for path in inputs:
            for use in (check_record, _open, _ask, _export):
                with watch.surviving():
                    use(path)
                    watch.found()


@contextmanager
def patched(module: ModuleType, name: str, value: object) -> Iterator[None]:
    """The block, in which a name of a module stands for another value."""
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)


def _open(path: str) -> None:
    with blaming(path), Store.open(path) as store:
        store.record()
        store.corrections()
        store.count()


def _ask(path: str) -> None:
    with RecordFile(path) as record:
        record.statements()
        record.contacts()
        record.events()


def _export(path: str) -> None:
    raw = Path(path).read_bytes()
    name = Random(raw).choice((*FORMATS, *FOLDERS, "corrections"))
    with blaming(path):
        export_record(Path(path), name, Path(path).with_name(f"out-{name}"), BytesIO)


def _read_words(watch: Watch, inputs: Inputs) -> None:
    """As the command line reads what is typed for days, places and words."""
    for path in inputs:
        # What a shell hands over that is no UTF-8 has surrogates in its place.
        words = Path(path).read_bytes().decode("utf-8", "surrogateescape")
        for use in (_read_when, _read_place, _search):
            with watch.surviving():
                use(words)
                watch.found()


def _read_when(words: str) -> None:
    read_when(words, TODAY)


def _read_place(words: str) -> None:
    read_place(_record(), words)


def _search(words: str) -> None:
    query = match_all([split_words(words)])
    if query:
        _searched().execute("SELECT 1 FROM words WHERE said MATCH ?", (query,)).fetchall()


@cache
def _record() -> Record:
    return RECORD


@cache
def _searched() -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE words USING fts5(said)")
    return database


READERS: dict[str, Callable[[Watch, Inputs], None]] = {
    "analysis": _read_analysed,
    "record": _read_records,
    "words": _read_words,
}
