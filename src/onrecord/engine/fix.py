"""What a person says to a record that is linked anew by it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from onrecord import pipeline
from onrecord.correct import State, find_idle, log_states, make_corrections, make_undo
from onrecord.dating import with_date
from onrecord.engine.relink import relink
from onrecord.location import Location
from onrecord.record import Analysis, Correction, CorrectionKind, SpeakerClass
from onrecord.store import Store, read_record


class Log(NamedTuple):
    """All corrections in order, what has become of each by its id, and the reports that they are about, as found."""

    corrections: tuple[Correction, ...]
    states: dict[str, State]
    reports: dict[str, Analysis]


def fix_record(
    path: str | Location, kind: CorrectionKind, words: Sequence[str], *, by: str, class_: SpeakerClass | None = None
) -> list[Correction]:
    """Correct the record at `path`, which is linked anew without a model, and note who said so.

    `words` are those of `onrecord fix`: two places for "same" and "different", a place and a name for "speaker", a
    place and days in EDTF for "date", a place for "reject". `class_` is the speaker's, if the record cannot tell.

    Raises:
        OnrecordError: there is no such record, a place or value is none, or another writer is at work.
    """
    made = make_corrections(read_record(path), kind, words, by=by, when=_now(), class_=class_)
    _put(path, made)
    return made


def undo_corrections(path: str | Location, ids: Sequence[str], *, by: str) -> list[Correction]:
    """Undo the corrections of these ids, and what was undone by them, if they undid one; the log keeps them all.

    Raises:
        OnrecordError: there is no such record, no such correction, or it is undone already; nothing was changed.
    """
    with Store.open(path) as store:
        log = store.corrections()
    when, made = _now(), list[Correction]()
    for id in ids:
        made.append(make_undo([*log, *made], id, by=by, when=when))
    _put(path, made)
    return made


def read_log(path: str | Location) -> Log:
    """What people said of the record at `path`.

    Raises:
        OnrecordError: there is no record there that this version can read.
    """
    with Store.open(path) as store:
        corrections = store.corrections()
        named = sorted({r for c in corrections for r in c.reports})
        reports = {a.id: a for a in store.found(named)}
    idle = find_idle(list(reports.values()), corrections, with_date)
    return Log(tuple(corrections), log_states(corrections, idle), reports)


def _now() -> str:
    return datetime.now(UTC).astimezone().isoformat(timespec="milliseconds")


def _put(path: str | Location, corrections: Sequence[Correction]) -> None:
    """Add to the log, and link anew what it is about."""
    with Store.create_or_open(path) as store, store.alone():
        store.stage(())
        store.plan(store.maker() or "", pipeline.linker(), anew={r for c in corrections for r in c.reports})
        relink(store, store.maker() or "", said=corrections)
