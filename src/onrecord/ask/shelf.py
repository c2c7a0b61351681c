"""A record file to what is asked of it: its lists as columns in memory, and the parts that an answer shows."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping
from concurrent.futures import Future
from contextlib import contextmanager, nullcontext
from typing import Any, TypeVar

from onrecord.engine import blaming, check_record
from onrecord.location import Location
from onrecord.record import Absent, AttributionMember, Record
from onrecord.store import Catalogue, EntryColumns, StatementColumns, Store
from onrecord.views.timeline import SURE

T = TypeVar("T")

# What was shown last is likely to be shown next. Of reports, some 100 KB each, and of entries, some 2 KB.
KEPT = {"analysis": 1024, "entry": 30_000}
# How long a question waits, in seconds, for what hangs on the whole record.
PATIENCE = 2.0


class Shelf:
    """A record that is asked, by several at once too; each reads what it needs, as of the last completed build."""

    def __init__(self, path: Location) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._lists: Lists | None = None
        self._turn = Turn()

    @contextmanager
    def reading(self, long: bool = False) -> Iterator[Reading]:
        """The record as it is now, the same throughout the block. What takes `long` waits for none and keeps none.

        Raises:
            OnrecordError: there is no such record any more, or it cannot be read.
        """
        with nullcontext() if long else self._turn, blaming(self.path, self._faults), Store.open(self.path) as store:
            catalogue = store.catalogue()
            with catalogue.steady():
                yield Reading(catalogue, self._lists_of(catalogue))

    def _faults(self) -> tuple[str, ...]:
        return self._lists.faults() if self._lists else check_record(self.path).faults

    def _lists_of(self, catalogue: Catalogue) -> Lists:
        number = catalogue.number()
        with self._lock:
            if self._lists is None or self._lists.number != number:
                self._lists = Lists(self.path, number)
            return self._lists


class Turn:
    """One at a time, in the order in which they came: no lock of Python's own promises that, and some would wait long.

    Python runs one thread at a time: more at once would only keep one another from ending.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()

    def __enter__(self) -> None:
        with self._lock:
            if not self._taken:
                self._taken = True
                return
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        # Whoever is done hands the turn on by letting this go.
        mine.acquire()

    def __exit__(self, *failed: object) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


class Lists:
    """What is kept in memory of one build of a record; each list is read when it is first asked for."""

    def __init__(self, path: Location, number: int) -> None:
        self.number = number
        self.read = Recent(KEPT)
        self._path = path
        # Again by the same thread: what is made of lists reads them.
        self._lock = threading.RLock()
        self._entries: dict[str, EntryColumns] = {}
        self._statements: StatementColumns | None = None
        self._made: dict[str, object] = {}
        self._absent: Future[tuple[Absent, ...]] | None = None

    def statements(self, store: Catalogue) -> StatementColumns:
        """The columns of all statements."""
        with self._lock:
            if self._statements is None:
                self._statements = store.statement_columns()
            return self._statements

    def entries(self, store: Catalogue, kind: str) -> EntryColumns:
        """The columns of all entries of a kind; of events those that are read surely enough."""
        with self._lock:
            if kind not in self._entries:
                self._entries[kind] = store.entry_columns(kind, SURE if kind == "events" else 0.0)
            return self._entries[kind]

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives, made once for this build."""
        with self._lock:
            if name not in self._made:
                self._made[name] = make()
            return self._made[name]  # type: ignore[return-value]

    def faults(self) -> tuple[str, ...]:
        """What `onrecord check` finds wrong, looked for once."""
        return self.once("faults", lambda: check_record(self._path).faults)

    def absent(self) -> Future[tuple[Absent, ...]]:
        """The absent sources, which hang on all reports: worked out beside the requests."""
        with self._lock:
            # What failed once may have been a record that was being replaced.
            if self._absent is None or (self._absent.done() and self._absent.exception()):
                self._absent = Future()
                threading.Thread(target=self._find_absent, args=(self._absent,), daemon=True).start()
            return self._absent

    def _find_absent(self, found: Future[tuple[Absent, ...]]) -> None:
        try:
            with Store.open(self._path) as store:
                found.set_result(store.catalogue().absent())
        except Exception as error:
            found.set_exception(error)


class Reading:
    """One build of a record, open for one question."""

    def __init__(self, store: Catalogue, lists: Lists) -> None:
        self.store, self.lists = store, lists

    def absent(self) -> tuple[Absent, ...] | None:
        """The absent sources; None while they are being worked out."""
        try:
            return self.lists.absent().result(PATIENCE)
        except TimeoutError:
            return None

    @property
    def statements(self) -> StatementColumns:
        """The columns of all statements, in the order of the record."""
        return self.lists.statements(self.store)

    def entries(self, kind: str) -> EntryColumns:
        """The columns of all entries of a kind ("claims"), by day."""
        return self.lists.entries(self.store, kind)

    def rows(self, kind: str) -> Mapping[str, int]:
        """The row of each entry of a kind in its columns, by its id; of entities by their home too."""
        columns = self.entries(kind)
        return self.lists.once(
            f"rows of {kind}", lambda: {**{id: n for n, id in enumerate(columns.ids)}, **columns.homes}
        )

    def citing(self, reports: Collection[str], copies: bool = False) -> Record:
        """What is known of these reports beside their texts, as they are called; with `copies` what copies what."""
        return self.store.part(named=reports, copies=copies, cache=self.lists.read)

    def part(
        self,
        *,
        ids: Collection[str] = (),
        statements: Collection[AttributionMember] = (),
        reports: Collection[str] = (),
        copies: bool = False,
    ) -> Record:
        """The part of the record that these need (`Catalogue.part`)."""
        read = self.lists.read
        return self.store.part(ids=ids, statements=statements, reports=reports, copies=copies, cache=read)


class Recent(MutableMapping[tuple[str, str], Any]):
    """What was used last, of each sort at most so many. Several threads may use it at once."""

    def __init__(self, most: Mapping[str, int]) -> None:
        self._most, self._lock = most, threading.Lock()
        self._held = {sort: OrderedDict[tuple[str, str], Any]() for sort in most}

    def __getitem__(self, key: tuple[str, str]) -> Any:
        with self._lock:
            held = self._held[key[0]]
            held.move_to_end(key)
            return held[key]

    def __setitem__(self, key: tuple[str, str], value: Any) -> None:
        with self._lock:
            held = self._held[key[0]]
            held[key] = value
            held.move_to_end(key)
            if len(held) > self._most[key[0]]:
                held.popitem(last=False)

    def __delitem__(self, key: tuple[str, str]) -> None:
        with self._lock:
            del self._held[key[0]][key]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter([key for held in self._held.values() for key in held])

    def __len__(self) -> int:
        return sum(map(len, self._held.values()))


@contextmanager
def open_reading(path: Location) -> Iterator[Reading]:
    """The record at `path` for one question; a file of an older version is linked anew before.

    Raises:
        OnrecordError: there is no record there that this version can read.
    """
    with Store.open(path) as store:
        listed = store.catalogue().is_listed()
    if not listed:
        # Loads all that links, which a question does without.
        from onrecord.engine import list_record

        list_record(path)
    with Shelf(path).reading(long=True) as reading:
        yield reading
