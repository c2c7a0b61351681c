"""A claim, statement or event to the order in which reports came to hold it, and through whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from onrecord.ask.shelf import Reading
from onrecord.ask.sources import claim_with
from onrecord.ask.things import Thing, an, entry_of
from onrecord.record import AttributionMember, Claim, Contact, Copy, EventEntry, OnrecordError, Origin, Record
from onrecord.views import Answer
from onrecord.views.calls import tell
from onrecord.views.claims import name_origins
from onrecord.views.index import Evidence, Index, When
from onrecord.views.refs import refer, refer_statement
from onrecord.views.statements import state
from onrecord.views.wording import word_count


class TraceRow(Struct, frozen=True, kw_only=True):
    """A report that holds it: when it appeared, through whom it has it, whose words it copies, to whom it goes back.

    `first` says that no other can have been earlier.
    """

    ref: str
    published: When
    report: str
    first: bool
    chain: str
    takes_over: str
    origins: tuple[str, ...]
    words: Evidence


def trace(reading: Reading, thing: Thing) -> Answer:
    """The reports that hold `thing` in the order in which they appeared, those without a date at the end.

    Raises:
        OnrecordError: it is neither a claim nor a statement, event or contact.
    """
    if thing.member:
        claim = claim_with(reading, thing.member)
        # One that stands in no claim is held by its own report alone.
        part = reading.part(ids=[claim.id] if claim else (), statements=[thing.member], copies=True)
        rows = trace_claim(part, claim) if claim else [_told(Index(part), thing.member, part.copies, ())]
    elif thing.kind == "claim":
        part = reading.part(ids=[thing.id], copies=True)
        rows = trace_claim(part, next(c for c in part.claims if c.id == thing.id))
    elif thing.kind in ("event", "contact"):
        part = reading.part(ids=[thing.id], copies=True)
        rows = _ordered(_of_event(part, entry_of(reading, thing)))
    else:
        raise OnrecordError(f"{an(thing.kind)} cannot be traced; ask for a claim (Q-…), statement, event or contact")
    return Answer("Where it first appears, and through whom", "trace", TraceRow, rows, _summary(rows))


def trace_claim(part: Record, claim: Claim) -> list[TraceRow]:
    """The reports that hold a claim of `part`, in the order in which they appeared."""
    index = Index(part)
    inner = [m for m in claim.members if not index.is_relay(m)]
    return _ordered([_told(index, m, part.copies, claim.origins) for m in inner])


def _told(index: Index, member: AttributionMember, copies: Sequence[Copy], origins: Iterable[Origin]) -> TraceRow:
    said = state(index, member)
    return TraceRow(
        ref=said.ref,
        published=index.published(member.report),
        report=index.label(member.report),
        first=False,
        chain=said.chain or said.speaker,
        takes_over=_copied(index, member.report, copies),
        origins=_reached(origins, member.report),
        words=said.words,
    )


def _of_event(part: Record, entry: EventEntry | Contact) -> list[TraceRow]:
    index = Index(part)
    rows = []
    for m in entry.members:
        event = index.event(m)
        within = event.within
        holder = AttributionMember(m.report, within) if within else None
        said = index.attribution(holder) if holder else None
        rows.append(
            TraceRow(
                ref=refer_statement(m.report, within) if within else refer("report", m.report),
                published=index.published(m.report),
                report=index.label(m.report),
                first=False,
                chain=" ← ".join(said.chain) if said else "",
                takes_over=_copied(index, m.report, part.copies),
                origins=_reached(entry.origins, m.report),
                words=tell(index, m),
            )
        )
    return rows


def _copied(index: Index, report: str, copies: Sequence[Copy]) -> str:
    """The report whose words this one takes over most; empty of one that takes over none."""
    held = [c for c in copies if c.b == report]
    if not held:
        return ""
    copy = max(held, key=lambda c: c.share)
    return f"{copy.relation} of {index.label(copy.a)}, {copy.share:.0%}"


def _reached(origins: Iterable[Origin], report: str) -> tuple[str, ...]:
    return name_origins(tuple(origin for origin in origins if report in origin.reports))


def _ordered(rows: Sequence[TraceRow]) -> list[TraceRow]:
    """By the day of the report; the first is marked where no other can have been earlier."""
    ordered = sorted(rows, key=lambda row: row.published)
    if not ordered:
        return []
    head = ordered[0]
    # A report without a first day may have been before all.
    later = [row.published.earliest for row in ordered if row.words.report != head.words.report]
    sure = head.published.latest is not None and all(day and day > head.published.latest for day in later)
    firsts = {head.words.report} if sure else set()
    return [replace(row, first=row.words.report in firsts) for row in ordered]


def _summary(rows: Sequence[TraceRow]) -> str:
    reports = len({row.words.report for row in rows})
    held = f"held by {word_count(reports, 'report', 'reports')}"
    first = next((row for row in rows if row.first), None)
    if first:
        return f"{held}; first in {first.report}"
    return f"{held}; which came first is not known" if reports > 1 else held
