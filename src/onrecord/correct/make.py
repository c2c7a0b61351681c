"""What a person says to the corrections that it makes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from onrecord.correct.choose import NOUNS, choose_fact, choose_pair
from onrecord.correct.days import read_days
from onrecord.correct.facts import Fact
from onrecord.correct.log import log_states
from onrecord.correct.places import Pointer, read_place
from onrecord.correct.speakers import find_speaker
from onrecord.record import Correction, CorrectionKind, FactKind, OnrecordError, Record, SpeakerClass, Target

# How many places, and what stands beside them.
_WORDS = {
    "same": "PLACE PLACE",
    "different": "PLACE PLACE",
    "speaker": "PLACE NAME",
    "date": "PLACE DATE",
    "reject": "PLACE",
}
_KINDS: dict[CorrectionKind, tuple[FactKind, ...]] = {
    "speaker": ("attribution",),
    "date": ("event", "attribution", "report"),
    "reject": ("event", "attribution", "entity"),
}


def make_corrections(
    record: Record,
    kind: CorrectionKind,
    words: Sequence[str],
    *,
    by: str,
    when: str,
    class_: SpeakerClass | None = None,
) -> list[Correction]:
    """The corrections that `words` (of the command line: places, then a name or date) mean in `record`.

    They are several where a date or a rejection is of an entry that several reports tell of: one for each. A link of
    two entries is one of their first members. `class_` is the speaker's, where that cannot be known from the record.

    Raises:
        OnrecordError: a place or a value is none, or it is not clear which fact is meant.
    """
    if len(words) != len(_WORDS[kind].split()):
        raise OnrecordError(f'"{kind}" takes {_WORDS[kind]}')
    if not by.strip():
        raise OnrecordError("a correction needs the name of the person who makes it")
    base = Correction(id="", kind=kind, about="report", target=Target(""), by=by.strip(), when=when)
    if kind in ("same", "different"):
        return [_named(_link(record, base, words[0], words[1]))]
    pointers = read_place(record, words[0])
    if kind == "speaker":
        return [_named(_speaker(record, base, _only(record, pointers, words[0]), words[1], class_))]
    value = words[1].strip() if kind == "date" else None
    if value is not None:
        read_days(value)
    return [_named(replace(_at(record, base, pointer), value=value)) for pointer in pointers]


def make_undo(log: Sequence[Correction], id: str, *, by: str, when: str) -> Correction:
    """The correction that undoes the one of that id.

    Raises:
        OnrecordError: there is none of that id in `log`, or it is undone already.
    """
    undone = next((c for c in log if c.id == id), None)
    if undone is None:
        raise OnrecordError(f'there is no correction "{id}"; `onrecord fix RECORD log` lists them')
    if log_states(log, ())[id] == "undone":
        raise OnrecordError(f"{id} is undone already; `onrecord fix RECORD log` says by what")
    if not by.strip():
        raise OnrecordError("a correction needs the name of the person who makes it")
    return _named(replace(undone, kind="undo", value=id, class_=None, by=by.strip(), when=when))


def _link(record: Record, base: Correction, one: str, other: str) -> Correction:
    if one == other:
        raise OnrecordError(f'"{one}" is given twice; to part an entry, name two of its members')
    pointers = [read_place(record, place)[0] for place in (one, other)]
    by_id = {a.id: a for a in record.analyses}
    left, right = choose_pair([by_id[p.report] for p in pointers], pointers)
    if (pointers[0].report, left.id) == (pointers[1].report, right.id):
        raise OnrecordError(f"both places are of one {NOUNS[left.about]} in one report")
    second = Target(pointers[1].report, right.spans, right.cue)
    return replace(_about(base, pointers[0].report, left), other=second)


def _speaker(record: Record, base: Correction, pointer: Pointer, name: str, class_: SpeakerClass | None) -> Correction:
    if not name.strip():
        raise OnrecordError("a speaker needs a name; to take a statement out: onrecord fix RECORD reject PLACE")
    found = find_speaker(record, pointer.report, " ".join(name.split()))
    return replace(_at(record, base, pointer), value=found.name, class_=class_ or found.class_)


def _at(record: Record, base: Correction, pointer: Pointer) -> Correction:
    analysis = next(a for a in record.analyses if a.id == pointer.report)
    if base.kind == "reject" and pointer.about == "report":
        raise OnrecordError(
            f'"{analysis.key}" is a whole report; to take it out: onrecord remove RECORD {analysis.key}'
        )
    return _about(base, pointer.report, choose_fact(analysis, pointer, _KINDS[base.kind]))


def _about(base: Correction, report: str, fact: Fact) -> Correction:
    return replace(base, about=fact.about, target=Target(report, fact.spans, fact.cue))


def _only(record: Record, pointers: Sequence[Pointer], place: str) -> Pointer:
    """The only member of an entry: several may have several speakers."""
    if len(pointers) > 1:
        keys = {a.id: a.key for a in record.analyses}
        told = ", ".join(f"{keys[p.report]}/{p.id}" for p in pointers)
        raise OnrecordError(f'"{place}" has {len(pointers)} members, each with a speaker of its own; name one: {told}')
    return pointers[0]


def _named(correction: Correction) -> Correction:
    """The correction with its id: "f-" and eight hex digits of all that it says."""
    return replace(correction, id=f"f-{hashlib.sha256(msgspec.json.encode(correction)).hexdigest()[:8]}")
