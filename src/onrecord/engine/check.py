"""A record to the proof that each of its facts still stands on its words, or to what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

from onrecord.corroborate import ANCHORS
from onrecord.engine.people import list_ids
from onrecord.ingest import report_id
from onrecord.location import Location
from onrecord.record import (
    Analysis,
    AttributionMember,
    Claim,
    Contact,
    Copy,
    EventEntry,
    EventMember,
    Expectation,
    Link,
    OnrecordError,
    Origin,
    Place,
    ReportEntry,
    Span,
    Story,
    Turn,
    Way,
)
from onrecord.store import Store
from onrecord.store.rows import BUNDLED, TYPES
from onrecord.store.whole import Whole

# Facts whose words may be none: a source that is not stated, a cue that is none.
_MAY_BE_EMPTY = frozenset(("cue", "source", "hints"))
# What Python raises where a record speaks of what is not in it.
STUMBLES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
# Events come first, since expectations name them.
KINDS = ("events", *(kind for kind in TYPES if kind != "events"))


class Soundness(Struct, frozen=True):
    """What was proved: how many reports by their hashes, how many spans by their words, how many entries by both.

    `faults` are lines that name what is wrong and where.
    """

    reports: int
    spans: int
    entries: int
    faults: tuple[str, ...]


def check_record(path: str | Location, progress: Callable[[str, int, int | None], None] | None = None) -> Soundness:
    """Read all of the record at `path`, a report at a time, and prove it.

    A report's id must be the hash of its outlet, address and text; each span must lie in its text and hold words; each
    member, origin and text of an entry must be there.

    Raises:
        OnrecordError: there is no record there that this version can read.
    """
    faults, checker = list[str](), _Checker()
    try:
        with Store.open(path) as store:
            whole = store.whole()
            faults += [f"the file: {line}" for line in whole.damage()]
            faults += checker.hashes(whole)
            total = whole.count("reports")
            for done, analysis in enumerate(whole.analyses(), 1):
                faults += checker.analysis(analysis)
                if progress:
                    progress("reports checked", done, total)
            faults += checker.entries(whole)
            faults += checker.lists(whole)
            faults += checker.people(whole)
    except STUMBLES as error:
        faults.append(f"from here on it cannot be read ({_name(error)})")
    return Soundness(len(checker.facts), checker.spans, checker.seen, tuple(faults))


@contextmanager
def blaming(path: str | Location, check: Callable[[], tuple[str, ...]] | None = None) -> Iterator[None]:
    """The block, in which the record at `path` is read: what fails there for a fault of the record's is told as that.

    `check` gives the faults of the record, if they are known; else all of it is read to find them.

    Raises:
        OnrecordError: an error of Python's was raised, and the record is not sound.
    """
    try:
        yield
    except STUMBLES as error:
        faults = check() if check else check_record(path).faults
        if not faults:
            raise
        line = f"{path}: damaged: {faults[0]} ({len(faults)} in all; onrecord check tells them)"
        raise OnrecordError(line) from error


def _name(error: BaseException) -> str:
    """An error of Python's in a few words on one line."""
    return ascii(f"{type(error).__name__}: {error}"[:120])[1:-1]


class _Checker:
    """What was seen of a record so far."""

    def __init__(self) -> None:
        self.facts: dict[str, frozenset[str]] = {}
        self.contents: dict[tuple[str, str], str] = {}
        self.lengths: dict[str, int] = {}
        self.events: set[str] = set()
        self.listed: set[str] = set()
        self.spans = self.seen = 0

    def hashes(self, whole: Whole) -> Iterator[str]:
        for id, given in whole.given():
            if report_id(given.outlet, given.url, given.text) != id:
                yield f"report {id} ({given.key}): its text, outlet or address is not what it was"

    def analysis(self, analysis: Analysis) -> Iterator[str]:
        self.facts[analysis.id] = frozenset(
            fact.id for kind in ("entities", "attributions", "events") for fact in getattr(analysis, kind)
        )
        self.lengths[analysis.id] = len(analysis.text)
        for said in analysis.attributions:
            words = " … ".join(analysis.text[start:end] for start, end in said.content)
            self.contents[analysis.id, said.id] = words
        where = f"report {analysis.id} ({analysis.key})"
        for field, span in _spans(analysis):
            self.spans += 1
            if not 0 <= span.start <= span.end <= len(analysis.text):
                yield f"{where}: characters {span.start} to {span.end} of {field} lie outside of its text"
            elif not analysis.text[span.start : span.end].strip() and field not in _MAY_BE_EMPTY:
                yield f"{where}: characters {span.start} to {span.end} of {field} hold no words"
        inside = [(said.id, said.within) for said in analysis.attributions]
        for id, within in inside + [(event.id, event.within) for event in analysis.events]:
            if within and within not in self.facts[analysis.id]:
                yield f"{where}: {id} lies within {within}, which is not there"
        for said in analysis.attributions:
            if said.speaker.entity and said.speaker.entity not in self.facts[analysis.id]:
                yield f"{where}: {said.id} is of {said.speaker.entity}, which is not there"

    def entries(self, whole: Whole) -> Iterator[str]:
        """The faults of all entries."""
        yield from (f"there are no such entries as {ascii(kind)[:60]}" for kind in whole.kinds() if kind not in KINDS)
        for kind in KINDS:
            for entry in whole.entries(kind):
                self.seen += 1
                named = _call(entry)
                if kind == "events":
                    self.events.add(named)
                if kind == "reports":
                    self.listed.add(named)
                yield from (f"{kind} {named}: {fault}" for fault in self._entry(kind, entry))

    def lists(self, whole: Whole) -> Iterator[str]:
        """What is on no list, or on one and not on record."""
        yield from (f"report {id} is on no list" for id in self.facts if id not in self.listed)
        listed: dict[str, Counter[str]] = {kind: Counter() for kind in (*KINDS, "statements")}
        for kind, ids in whole.lists():
            if kind not in listed:
                yield f"there is no such list as {ascii(kind)[:60]}"
                continue
            listed[kind].update(ids)
        for kind, held in listed.items():
            if kind not in BUNDLED and held != Counter(whole.listed(kind)):
                yield f"the list of {kind} and what it is made of do not go together"
        for statement in listed["statements"]:
            report, _, attribution = statement.partition("/")
            if attribution not in self.facts.get(report, ()):
                yield f"the statement {statement} is listed and not there"

    def people(self, whole: Whole) -> Iterator[str]:
        """The keys of which other people or bodies are judged than have them."""
        for key, block, ids in whole.entity_blocks():
            if list_ids(block) != ids:
                yield f"who is judged by {ascii(key)[:60]} and who has that key do not go together"

    def _entry(self, kind: str, entry: Any) -> Iterator[str]:
        try:
            ANCHORS.get(kind, _call)(entry)
        except LookupError:
            yield "it rests on no report"
        for part in _parts(entry):
            yield from self._part(part)
        if isinstance(entry, Claim | EventEntry | Contact):
            reports = {m.report for m in entry.members}
            for origin in entry.origins:
                if not reports.issuperset(origin.reports):
                    yield f"its origin {origin.name} rests on a report that does not tell of it"
            if entry.independent > len(entry.origins):
                yield f"it counts {entry.independent} origins and names {len(entry.origins)}"
        if isinstance(entry, Claim) and not any(entry.text in words for words in self._told(entry)):
            yield "its text stands in none of its members' words"
        if isinstance(entry, Expectation) and entry.event and entry.event not in self.events:
            yield f"the event {entry.event} is not there"

    def _part(self, part: Any) -> Iterator[str]:
        """What is wrong with a fact, a place or a report that an entry names."""
        if isinstance(part, AttributionMember | EventMember | Way):
            fact = part.event if isinstance(part, EventMember) else part.attribution
            if fact not in self.facts.get(part.report, ()):
                yield f"{part.report}/{fact} is not there"
        elif isinstance(part, Place):
            self.spans += 1
            if not 0 <= part.span.start < part.span.end <= self.lengths.get(part.report, -1):
                yield f"characters {part.span.start} to {part.span.end} of {part.report} are not there"
        else:
            for report in _reports(part):
                if report not in self.facts:
                    yield f"the report {report} is not there"

    def _told(self, claim: Claim) -> list[str]:
        return [self.contents.get((m.report, m.attribution), "") for m in claim.members]


def _parts(value: Any) -> Iterator[Any]:
    """A value of the record, and all that stand within it."""
    if isinstance(value, Struct):
        yield value
        for name in value.__struct_fields__:
            yield from _parts(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _parts(part)


def _call(entry: Any) -> str:
    """What a line calls an entry: its id, its name, or the two things that it is about."""
    for fields in (("id",), ("name",), ("a", "b"), ("left", "right")):
        if hasattr(entry, fields[0]):
            return " and ".join(str(getattr(entry, field)) for field in fields)
    raise TypeError(type(entry).__name__)


def _reports(part: Any) -> tuple[str, ...]:
    """The reports that a value names by their ids."""
    if isinstance(part, ReportEntry):
        return (part.id,)
    if isinstance(part, Link):
        return (part.left.split("/")[0], part.right.split("/")[0])
    if isinstance(part, Story | Origin):
        return part.reports
    if isinstance(part, Claim):
        return part.untraced
    if isinstance(part, Copy):
        return (part.a, part.b)
    return (part.report,) if isinstance(part, Turn) else ()


def _spans(value: Any, field: str = "") -> Iterator[tuple[str, Span]]:
    """All spans within a value, each with the name of the field that holds it."""
    if isinstance(value, Span):
        yield field, value
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            if name != "vectors":
                yield from _spans(getattr(value, name), name if name != "span" else field)
    elif isinstance(value, Iterable) and not isinstance(value, str | bytes):
        for part in value:
            yield from _spans(part, field)
