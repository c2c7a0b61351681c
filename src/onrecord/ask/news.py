"""What came into the record of late, and what it adds to what was there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from msgspec import Struct

from onrecord.ask.frame import Frame
from onrecord.ask.shelf import Reading
from onrecord.ask.statements import count
from onrecord.record import Claim, Record
from onrecord.views import Answer
from onrecord.views.claims import ClaimRow, list_claims
from onrecord.views.index import Index, When
from onrecord.views.refs import refer


class NewRow(Struct, frozen=True, kw_only=True):
    """A report that came, in its story; `brings` are claims that none before it held, `repeats` those that were there.

    `arrived` is in local time, to the minute; `disputes` counts the disagreements of which one side stands in it.
    """

    ref: str
    arrived: str
    report: str
    published: When
    title: str | None
    story: str | None
    brings: tuple[str, ...]
    repeats: tuple[str, ...]
    disputes: int


def find_new(reading: Reading, frame: Frame, since: date) -> Answer:
    """The reports that came on `since` or later, by the clock of this machine, the latest first."""
    start = datetime.combine(since, time.min).astimezone()
    reports = reading.store.new_since(int(start.timestamp()) - 1)
    if frame.language:
        wanted = set(reading.store.written_in(frame.language))
        reports = [report for report in reports if report in wanted]
    total, reports = len(reports), reports[: frame.limit]
    arrivals, stories = reading.store.arrivals(reports), reading.store.stories()
    rows = [_row(reading, report, arrivals[report], stories.get(report)) for report in reports]
    return Answer(
        "What came of late", "new", NewRow, rows, count(reading, total, "new report", shown=len(rows)), total=total
    )


def _row(reading: Reading, report: str, at: int, story: tuple[str, str] | None) -> NewRow:
    ids = [id for id in reading.store.entries_of(report) if id.startswith("c-")]
    part = reading.part(ids=ids, reports=[report])
    index = Index(part)
    claims = {c.id: c for c in part.claims if c.id in set(ids)}
    rows = {row.id: row for row in list_claims(part)}
    own = [c for c in claims.values() if any(m.report == report for m in c.members)]
    entry = next(r for r in part.reports if r.id == report)
    first = _first_holders(reading, part, own)
    return NewRow(
        ref=refer("report", report),
        arrived=datetime.fromtimestamp(at, UTC).astimezone().isoformat(sep=" ", timespec="minutes")[:16],
        report=index.label(report),
        published=index.published(report),
        title=entry.title,
        story=story[1] if story else None,
        brings=tuple(_word(rows[c.id]) for c in own if first[c.id] == report),
        repeats=tuple(_word(rows[c.id]) for c in own if first[c.id] != report),
        disputes=len(reading.store.unlike([report])),
    )


def _first_holders(reading: Reading, part: Record, claims: Sequence[Claim]) -> dict[str, str]:
    """The report with which each claim came; of several that came at once the first in the order of the record."""
    place = {analysis.id: n for n, analysis in enumerate(part.analyses)}
    came = reading.store.arrivals({m.report for c in claims for m in c.members})
    return {c.id: min((m.report for m in c.members), key=lambda r: (came.get(r, 0), place[r])) for c in claims}


def _word(row: ClaimRow) -> str:
    """A claim in a line: its words, its author, what stands behind it."""
    return f"{row.text} — {row.author} ({row.standing}) {row.ref}"
