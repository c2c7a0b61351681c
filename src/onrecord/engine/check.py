"""A record to the proof that each of its facts still stands on its words, or to what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec import Struct

from onrecord.ingest import report_id
from onrecord.record import Analysis, Claim, Contact, EventEntry, Place, Span
from onrecord.store import Store
from onrecord.store.whole import Whole

# Facts whose words may be none: a source that is not stated, a cue that is none.
_MAY_BE_EMPTY = frozenset(("cue", "source", "hints"))


class Soundness(Struct, frozen=True):
    """What was proved: how many reports by their hashes, how many spans by their words, how many entries by both.

    `faults` are lines that name what is wrong and where.
    """

    reports: int
    spans: int
    entries: int
    faults: tuple[str, ...]


def check_record(path: str, progress: Callable[[str, int, int | None], None] | None = None) -> Soundness:
    """Read all of the record at `path`, a report at a time, and prove it.

    A report's id must be the hash of its outlet, address and text; each span must lie in its text and hold words; each
    member, origin and text of an entry must be there.

    Raises:
        OnrecordError: there is no record there that this version can read.
    """
    with Store.open(path) as store:
        whole, checker = store.whole(), _Checker()
        total = whole.count("reports")
        faults = [f"the file: {line}" for line in whole.damage()]
        faults += checker.hashes(whole)
        for done, analysis in enumerate(whole.analyses(), 1):
            faults += checker.analysis(analysis)
            if progress:
                progress("reports checked", done, total)
        faults += checker.entries(whole)
    return Soundness(len(checker.facts), checker.spans, checker.seen, tuple(faults))


class _Checker:
    """What was seen of a record so far."""

    def __init__(self) -> None:
        self.facts: dict[str, frozenset[str]] = {}
        self.contents: dict[tuple[str, str], str] = {}
        self.lengths: dict[str, int] = {}
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
        for said in analysis.attributions:
            if said.within and said.within not in self.facts[analysis.id]:
                yield f"{where}: {said.id} lies within {said.within}, which is not there"

    def entries(self, whole: Whole) -> Iterator[str]:
        for kind in ("events", "contacts", "claims", "expectations", "disagreements", "entities"):
            for entry in whole.entries(kind):
                self.seen += 1
                yield from (f"{kind} {entry.id}: {fault}" for fault in self._entry(entry))

    def _entry(self, entry: Any) -> Iterator[str]:
        members = [*getattr(entry, "members", ()), *filter(None, (getattr(entry, "member", None),))]
        for m in members:
            fact = getattr(m, "attribution", None) or getattr(m, "event", None)
            if fact not in self.facts.get(m.report, ()):
                yield f"its member {m.report}/{fact} is not there"
        yield from self._places(entry)
        if isinstance(entry, Claim | EventEntry | Contact):
            reports = {m.report for m in entry.members}
            for origin in entry.origins:
                if not reports.issuperset(origin.reports):
                    yield f"its origin {origin.name} rests on a report that does not tell of it"
            if entry.independent > len(entry.origins):
                yield f"it counts {entry.independent} origins and names {len(entry.origins)}"
        if isinstance(entry, Claim) and not any(entry.text in words for words in self._told(entry)):
            yield "its text stands in none of its members' words"

    def _told(self, claim: Claim) -> list[str]:
        return [self.contents.get((m.report, m.attribution), "") for m in claim.members]

    def _places(self, entry: Any) -> Iterator[str]:
        places = [*getattr(entry, "mentions", ()), *(getattr(entry, side, None) for side in ("a", "b"))]
        for place in places:
            if isinstance(place, Place):
                self.spans += 1
                if not 0 <= place.span.start < place.span.end <= self.lengths.get(place.report, -1):
                    yield f"characters {place.span.start} to {place.span.end} of {place.report} are not there"


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
