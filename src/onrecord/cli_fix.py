"""The words of `onrecord fix` to corrections, and their log to the terminal."""

from __future__ import annotations

import getpass
import shlex
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast, get_args

from onrecord.ask.shelf import open_reading
from onrecord.ask.things import find_thing, is_id
from onrecord.engine import fix_record, read_log, undo_corrections
from onrecord.location import Location
from onrecord.record import CorrectionKind, OnrecordError, SpeakerClass
from onrecord.terminal.progress import say
from onrecord.views.corrections import CorrectionRow, list_corrections
from onrecord.views.wording import word_count

if TYPE_CHECKING:
    from onrecord.record import Correction

CLASSES: tuple[SpeakerClass, ...] = get_args(SpeakerClass)


def fix(record: Location, what: str, words: Sequence[str], by: str | None, class_: str | None, quiet: bool) -> None:
    """Make or undo corrections of the record, and say which."""
    who = by if by is not None else _login()
    if what == "undo":
        if not words:
            raise OnrecordError(f"undo which? `onrecord fix {shlex.quote(str(record))} log` lists the ids")
        made: Sequence[Correction] = undo_corrections(record, words, by=who)
    else:
        kind, speaker = cast(CorrectionKind, what), cast("SpeakerClass | None", class_)
        made = fix_record(record, kind, _own_ids(record, kind, words), by=who, class_=speaker)
    if quiet:
        return
    new = {c.id for c in made}
    for row in _rows(record):
        if row.id in new:
            say(f"{row.id}: {'; '.join(row.words)}: {row.said}")
    ids = " ".join(c.id for c in made)
    say(f"the record is linked anew; to take it back: onrecord fix {shlex.quote(str(record))} undo {ids}")


def show_log(record: Location, format: str, quiet: bool) -> bool:
    """Write the log to standard output; whether there is anything in it."""
    rows = _rows(record)
    summary = f"{word_count(len(rows), 'correction', 'corrections')} in this record"
    if not rows:
        summary = "No corrections in this record."
    if format != "table":
        from onrecord.terminal.flat import FLAT

        sys.stdout.buffer.write(FLAT[format](rows, CorrectionRow).encode())
        if not rows and not quiet:
            say(summary)
    elif rows:
        from onrecord.terminal.console import print_drawn
        from onrecord.terminal.log import print_log

        print_drawn(lambda console: print_log(console, rows, summary))
    else:
        print(summary)
    return bool(rows)


def _own_ids(record: Location, kind: CorrectionKind, words: Sequence[str]) -> list[str]:
    """The same words with the record's own ids for short ones ("C-94b8"); a name or date behind a place stays."""
    places = 1 if kind in ("speaker", "date") else len(words)
    if not any(map(is_id, words[:places])):
        return list(words)
    with open_reading(record) as reading:
        return [find_thing(reading, word).id if is_id(word) and n < places else word for n, word in enumerate(words)]


def _rows(record: Location) -> list[CorrectionRow]:
    log = read_log(record)
    return list_corrections(log.corrections, log.states, log.reports)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        # A container may run under a number that nobody bears.
        return "unknown"
