"""The program from Python: paths to a record, and a record to rows."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast, overload

from msgspec import Struct

from onrecord.ask.brief import find_brief
from onrecord.ask.claims import find_claims
from onrecord.ask.compare import compare
from onrecord.ask.contacts import ContactRow, find_contacts
from onrecord.ask.disputes import find_disputes
from onrecord.ask.events import find_events
from onrecord.ask.frame import Frame, frame_days
from onrecord.ask.news import NewRow, find_new
from onrecord.ask.quoted import quote_thing
from onrecord.ask.search import Hit, search_like, search_words
from onrecord.ask.shelf import Reading, Shelf
from onrecord.ask.sources import explain
from onrecord.ask.statements import find_said
from onrecord.ask.things import find_thing
from onrecord.ask.trace import TraceRow, trace
from onrecord.engine import blaming, build_record, extract_reports, list_record
from onrecord.export.brief import write_brief
from onrecord.export.cite import STYLES
from onrecord.ingest import Notice, read_reports
from onrecord.location import Location, locate
from onrecord.record import Analysis, OnrecordError, Record
from onrecord.store import read_record
from onrecord.terminal.frames import to_columns, to_html
from onrecord.terminal.progress import Course
from onrecord.views import Answer
from onrecord.views.chains import ClaimTree
from onrecord.views.claims import ClaimRow
from onrecord.views.disagreements import DisagreementRow
from onrecord.views.statements import Statement
from onrecord.views.timeline import Moment
from onrecord.views.wording import word_count

if TYPE_CHECKING:
    import pandas
    import polars

R = TypeVar("R", bound=Struct)
Paths = str | Path | Iterable[str | Path]
# Days as in EDTF or in words ("2031-05", "last week"), or a date.
Days = str | date | None


class Rows(Sequence[R]):
    """The rows that answer a question, in their order; `summary` is the answer in a line.

    `notes` say how the question was taken, where it could have been taken otherwise. A notebook shows a table.
    """

    def __init__(self, answer: Answer) -> None:
        self.title, self.summary, self.notes = answer.title, answer.summary, answer.notes
        self._row, self._rows = answer.row, cast("Sequence[R]", answer.rows)

    @overload
    def __getitem__(self, at: int) -> R: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[R]: ...

    def __getitem__(self, at: int | slice) -> R | Sequence[R]:
        return self._rows[at]

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"<{self.title}: {self.summary}>"

    def to_frame(self, library: str = "pandas") -> pandas.DataFrame | polars.DataFrame:
        """A data frame of `library` ("pandas" or "polars"), a row each, several values of one cell as a list.

        Days and words take several columns ("said_earliest", "words_quote").

        Raises:
            OnrecordError: `library` is neither, or isn't installed.
        """
        if library not in ("pandas", "polars"):
            raise OnrecordError(f'"{library}" is no library of data frames that is known; there are: pandas, polars')
        try:
            frames = __import__(library)
        except ImportError:
            raise OnrecordError(f"{library} isn't installed: pip install 'onrecord[{library}]'") from None
        made: pandas.DataFrame | polars.DataFrame = frames.DataFrame(to_columns(self._rows, self._row))
        return made

    def _repr_html_(self) -> str:
        return to_html(self.title, self.summary, self._rows, self._row)


class RecordFile:
    """An open record. Each question sees its last completed build; close it, or use it in a `with` block.

    Where a name or an id is asked for, it is taken as on the command line. `since`, `until` and `when` are days (all
    of `when`), `min_confidence` goes from 0 to 1, `limit` is how many rows at most.

    A question raises `NothingFound` where nobody and nothing of a name or an id is in the record.
    """

    def __init__(self, path: str | Location) -> None:
        self.path = locate(path)
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        list_record(self.path)
        self._shelf = Shelf(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        # Also of one that was closed: a notebook shows what it is told to.
        if isinstance(self.path, Path) and not self.path.exists():
            return f"<record at {self.path}, which is gone>"
        with self._reading() as reading:
            number = len(reading.entries("reports").ids)
        return f"<record of {word_count(number, 'report', 'reports')} at {self.path}>"

    def close(self) -> None:
        """Let the file go; a record that was built without a path is gone then."""
        if self._temporary:
            self._temporary.cleanup()

    def add(self, paths: Paths, *, published: str | None = None, workers: int = 1) -> None:
        """Read more reports into the record, as `build`."""
        _build(paths, self.path, published, workers, None, ())

    def statements(
        self,
        *,
        by: str | None = None,
        about: str | None = None,
        to: str | None = None,
        outlet: str | None = None,
        kinds: Sequence[str] = (),
        unnamed: bool = False,
        min_reports: int = 1,
        since: Days = None,
        until: Days = None,
        when: Days = None,
        min_confidence: float = 0.0,
        limit: int | None = None,
    ) -> Rows[Statement]:
        """Who said what about whom, and to whom; `kinds` are direct, indirect and mixed."""

        def ask(reading: Reading) -> Answer:
            return find_said(
                reading,
                _frame(since, until, when, min_confidence, limit),
                by=by,
                about=about,
                to=to,
                outlet=outlet,
                quotes=kinds,
                unnamed=unnamed,
                min_reports=min_reports,
            )

        return self._rows(ask)

    def contacts(
        self,
        *,
        between: Sequence[str] = (),
        kinds: Sequence[str] = (),
        since: Days = None,
        until: Days = None,
        when: Days = None,
        min_confidence: float = 0.0,
        limit: int | None = None,
    ) -> Rows[ContactRow]:
        """Who called, met or wrote to whom, with each side's readout; all of `between` took part."""
        frame = _frame(since, until, when, min_confidence, limit)
        return self._rows(lambda reading: find_contacts(reading, frame, between=between, kinds=kinds))

    def events(
        self,
        *,
        who: str | None = None,
        place: str | None = None,
        types: Sequence[str] = (),
        statuses: Sequence[str] = (),
        since: Days = None,
        until: Days = None,
        when: Days = None,
        min_confidence: float = 0.0,
        limit: int | None = None,
    ) -> Rows[Moment]:
        """What happened, by day; `types` are PLOVER's ("CONSULT"), `statuses` the record's ("planned")."""
        frame = _frame(since, until, when, min_confidence, limit)
        return self._rows(
            lambda reading: find_events(reading, frame, who=who, place=place, types=types, statuses=statuses)
        )

    def claims(
        self,
        *,
        by: str | None = None,
        about: str | None = None,
        min_reports: int = 1,
        min_origins: int = 0,
        since: Days = None,
        until: Days = None,
        when: Days = None,
        min_confidence: float = 0.0,
        limit: int | None = None,
    ) -> Rows[ClaimRow]:
        """What is claimed and what stands behind it, the claims that most reports hold first."""
        frame = _frame(since, until, when, min_confidence, limit)
        return self._rows(
            lambda reading: find_claims(
                reading, frame, by=by, about=about, min_reports=min_reports, min_origins=min_origins
            )
        )

    def search(self, words: str | None = None, *, like: str | None = None, limit: int | None = None) -> Rows[Hit]:
        """The passages that hold all of `words`, best first; or those whose meaning is `like` that of some words.

        Raises:
            OnrecordError: neither was given, or both were.
        """
        if bool(words) == bool(like):
            raise OnrecordError("search for words, or for what is like some")
        frame = Frame(limit=limit)
        return self._rows(
            lambda reading: search_like(reading, frame, like) if like else search_words(reading, frame, words or "")
        )

    def sources(self, id: str) -> ClaimTree:
        """What stands behind a claim, a statement or an event, each step with the words that prove it."""
        with self._reading() as reading:
            return explain(reading, find_thing(reading, id))

    def trace(self, id: str) -> Rows[TraceRow]:
        """The reports that hold a claim, a statement or an event, as they appeared, and through whom each has it."""
        return self._rows(lambda reading: trace(reading, find_thing(reading, id)))

    def disputes(self, id: str | None = None, *, kinds: Sequence[str] = ()) -> Rows[DisagreementRow]:
        """What does not agree, with a claim, statement, event or report if one is given."""

        def ask(reading: Reading) -> Answer:
            return find_disputes(reading, Frame(), find_thing(reading, id) if id else None, kinds)

        return self._rows(ask)

    def diff(self, a: str, b: str) -> Rows[Any]:
        """What two versions of a report differ in, or what only one of two accounts says."""
        return self._rows(lambda reading: compare(reading, find_thing(reading, a), find_thing(reading, b)))

    def new(self, since: Days = "yesterday") -> Rows[NewRow]:
        """The reports that came on that day or later, and what each adds.

        Raises:
            OnrecordError: `since` has no first day.
        """
        first = _frame(since, None, None, 0.0, None).since
        if first is None:
            raise OnrecordError(f'"{since}" has no first day')
        return self._rows(lambda reading: find_new(reading, Frame(), first))

    def cite(self, id: str, style: str = "text") -> str:
        """Words cited so that others can check them; `style` is text, annotation, bibtex or claimreview.

        Raises:
            OnrecordError: there is no such style.
        """
        if style not in STYLES:
            raise OnrecordError(f'"{style}" is no style of a citation; there are: {", ".join(STYLES)}')
        with self._reading() as reading:
            return STYLES[style](quote_thing(reading, find_thing(reading, id)))

    def brief(self, about: str, *, limit: int = 12) -> str:
        """A page of Markdown about a name, some words or a story, each sentence with the footnote that proves it."""
        with self._reading() as reading:
            return write_brief(find_brief(reading, Frame(limit=limit), about))

    def data(self) -> Record:
        """All of it, as `onrecord export --format json` writes it."""
        with blaming(self.path):
            return read_record(self.path)

    def _reading(self) -> Any:
        return self._shelf.reading(long=True)

    def _rows(self, ask: Callable[[Reading], Answer]) -> Rows[Any]:
        with self._reading() as reading:
            return Rows(ask(reading))


def build(
    paths: Paths,
    output: str | Location | None = None,
    *,
    published: str | None = None,
    workers: int = 1,
    model: str | None = None,
    knowledge: Sequence[str] = (),
) -> RecordFile:
    """The record of the reports at `paths` (files, folders), at `output`, where they are added to what is there.

    Without `output` it stands in a temporary file, and is gone when it is closed. What cannot be read is left out, with
    a warning that names it.

    Raises:
        OnrecordError: there was nothing to read, or `output` is no record.
    """
    if output:
        _build(paths, locate(output), published, workers, model, knowledge)
        return RecordFile(output)
    temporary = tempfile.TemporaryDirectory(prefix="onrecord-")
    try:
        path = Path(temporary.name, "built.onrecord")
        _build(paths, path, published, workers, model, knowledge)
        record = RecordFile(path)
    except BaseException:
        temporary.cleanup()
        raise
    record._temporary = temporary
    return record


def open(path: str | Location) -> RecordFile:
    """The record at `path`.

    Raises:
        OnrecordError: there is no record there that this version can read.
    """
    return RecordFile(path)


def extract(paths: Paths, *, published: str | None = None, model: str | None = None) -> list[Analysis]:
    """What is found in each of the reports at `paths` alone, in their order; what cannot be read gives a warning."""
    found = []
    for item in extract_reports(read_reports(_listed(paths), published=published), model=model):
        if isinstance(item, Notice):
            _warn(item, 3)
        else:
            found.append(item)
    return found


def _build(
    paths: Paths, path: Location, published: str | None, workers: int, model: str | None, knowledge: Sequence[str]
) -> None:
    with Course(True) as course:
        items = read_reports(_listed(paths), published=published)
        done = build_record(items, path, model=model, knowledge=knowledge, workers=workers, progress=course)
    for notice in done.notices:
        _warn(notice, 4)
    if not done.new and not done.known:
        raise OnrecordError("nothing was read: no report at the given paths")


def _warn(notice: Notice, level: int) -> None:
    """Warns of what was left out, at the line that called the library: so many calls above."""
    if notice.left_out:
        warnings.warn(str(notice), stacklevel=level)


def _listed(paths: Paths) -> list[str]:
    return [str(paths)] if isinstance(paths, str | Path) else [str(path) for path in paths]


def _frame(since: Days, until: Days, when: Days, least: float, limit: int | None) -> Frame:
    # Of a time, which is a date to Python, the day.
    words = [day.isoformat()[:10] if isinstance(day, date) else day for day in (since, until, when)]
    first, last = frame_days(words[0], words[1], words[2], datetime.now().astimezone().date())
    return Frame(since=first, until=last, least=least, limit=limit)
