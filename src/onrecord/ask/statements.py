"""Who said what about whom, and to whom, to the statements that answer it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.ask.columns import Mask, coded_in, within
from onrecord.ask.frame import Frame
from onrecord.ask.names import Who, called, did_you_mean, holds_words, must_be_there, names_of
from onrecord.ask.shelf import Reading
from onrecord.record import NothingFound
from onrecord.store import StatementColumns
from onrecord.views import Answer
from onrecord.views.index import Index
from onrecord.views.statements import Statement, state
from onrecord.views.wording import word_count, word_reports

# So many are read at once: their reports are held meanwhile.
RUN = 500


def find_said(
    reading: Reading,
    frame: Frame,
    *,
    by: str | None = None,
    about: str | None = None,
    to: str | None = None,
    outlet: str | None = None,
    quotes: Collection[str] = (),
    unnamed: bool = False,
    min_reports: int = 1,
) -> Answer:
    """The statements that meet all conditions, in the order of the reports and of their texts.

    `by` and `to` are names or what an unnamed source is called, `about` is a name or words of the content. `quotes`
    are of direct, indirect and mixed; `unnamed` are those that rest on unnamed sources alone; `min_reports` is how many
    reports must hold the same claim.

    Raises:
        NothingFound: nobody of that name is in the record.
    """
    columns, notes = reading.statements, list[str]()
    rows = _framed(reading, frame, columns)
    if by:
        rows &= by_mask(reading, columns, by, notes)
    if about:
        rows &= about_mask(reading, columns, about, notes)
    if to:
        who = names_of(reading).find(to)
        mask = called(columns.addressee, who, to)
        must_be_there(mask, to, "addressee", columns.addressee.values)
        rows &= mask
    if outlet:
        mask = coded_in(columns.outlet, holds_words(columns.outlet.values, outlet))
        must_be_there(mask, outlet, "outlet", columns.outlet.values)
        rows &= mask
    if quotes:
        rows &= coded_in(columns.quote, quotes)
    if unnamed:
        rows &= columns.unnamed
    if min_reports > 1:
        rows &= columns.reports >= min_reports
    at = [int(n) for n in np.flatnonzero(rows)]
    shown = at[: frame.limit]
    found = [row for first in range(0, len(shown), RUN) for row in _read(reading, shown[first : first + RUN])]
    summary = count(reading, len(at), "statement", shown=len(found))
    return Answer("Who said what", "statements", Statement, found, summary, tuple(notes), total=len(at))


def count(reading: Reading, total: int, one: str, many: str | None = None, shown: int | None = None) -> str:
    """The answer in a line: "12 statements in these 8 reports", or "No statements found in these 8 reports.".

    Where fewer are `shown`, it says how many.
    """
    many = many or f"{one}s"
    reports = len(reading.entries("reports").ids)
    if not reports:
        return "No reports in this record."
    if not total:
        return f"No {many} found {word_reports(reports)}."
    cut = f", of which {shown:,} {'is' if shown == 1 else 'are'} shown" if shown is not None and shown < total else ""
    return f"{word_count(total, one, many)} {word_reports(reports)}{cut}"


def in_language(reading: Reading, column: Any, language: str | None) -> Mask:
    """The rows whose report is in `language`; all of them without one."""
    if language is None:
        return np.ones(len(column.codes), dtype=bool)
    return coded_in(column, reading.store.written_in(language))


def _framed(reading: Reading, frame: Frame, columns: StatementColumns) -> Mask:
    rows: Mask = columns.confidence >= frame.least
    rows &= within(*_days(reading, columns), frame)
    return rows & in_language(reading, columns.report, frame.language)


def _days(reading: Reading, columns: StatementColumns) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The first and last day of each statement; of one whose day is not known those of its report, by which it was."""
    reports = reading.entries("reports")
    at = {id: n for n, id in enumerate(reports.ids)}
    rows = np.array([at[id] for id in columns.report.values], dtype=np.int64)[columns.report.codes]
    unknown = (columns.earliest == 0) & (columns.latest == 0)
    earliest = np.where(unknown, reports.earliest[rows], columns.earliest)
    return earliest, np.where(unknown, reports.latest[rows], columns.latest)


def by_mask(reading: Reading, columns: StatementColumns, by: str, notes: list[str]) -> Mask:
    """The statements of whom `by` names; whom it was taken for goes to `notes`.

    Raises:
        NothingFound: nobody is called so.
    """
    who = names_of(reading).find(by)
    mask = coded_in(columns.entity, who.ids) | called(columns.speaker, who, by)
    if not mask.any():
        mask = coded_in(columns.speaker, holds_words(columns.speaker.values, by))
    must_be_there(mask, by, "speaker", [*columns.speaker.values, *names_of(reading).ids])
    _note(who, notes)
    return mask


def about_mask(reading: Reading, columns: StatementColumns, about: str, notes: list[str]) -> Mask:
    """The statements whose contents name whom `about` names, or hold its words.

    Raises:
        NothingFound: there are none, and nobody is called so.
    """
    who = names_of(reading).find(about)
    mask = np.isin(columns.id, reading.store.search_statements(about))
    for id in who.ids:
        mask |= np.isin(columns.id, reading.store.spoken_of(id))
    # Whom the record knows may be spoken of by nobody.
    if not mask.any() and not who.ids:
        raise NothingFound(f'no statement about "{about}" in this record{did_you_mean(about, names_of(reading).ids)}')
    _note(who, notes)
    return mask


def _note(who: Who, notes: list[str]) -> None:
    if who.note:
        notes.append(who.note)


def _read(reading: Reading, positions: Sequence[int]) -> list[Statement]:
    members = [reading.statements.member(n) for n in positions]
    index = Index(reading.part(statements=members))
    return [state(index, member) for member in members]
