"""What is claimed, about whom and by whom, with what stands behind it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace

from onrecord.ask.columns import Mask, within
from onrecord.ask.frame import Frame
from onrecord.ask.shelf import Reading
from onrecord.ask.statements import RUN, about_mask, by_mask, count, in_language
from onrecord.record import Claim, Record
from onrecord.store import named_reports
from onrecord.views import Answer
from onrecord.views.claims import ClaimRow, list_claims


def find_claims(
    reading: Reading,
    frame: Frame,
    *,
    by: str | None = None,
    about: str | None = None,
    min_reports: int = 1,
    min_origins: int = 0,
) -> Answer:
    """The claims that most reports hold first; with a member by whom `by` names, or about what `about` names.

    Raises:
        NothingFound: nobody of that name is in the record.
    """
    columns, said, notes = reading.entries("claims"), reading.statements, list[str]()
    rows: Mask = columns.confidence >= frame.least
    rows &= within(columns.earliest, columns.latest, frame)
    rows &= in_language(reading, columns.report, frame.language)
    rows &= (columns.reports >= min_reports) & (columns.independent >= min_origins)
    held = np.ones(len(said.id), dtype=bool)
    if by:
        held &= by_mask(reading, said, by, notes)
    if about:
        held &= about_mask(reading, said, about, notes)
    if by or about:
        of_them = {said.claim.values[c] for c in np.unique(said.claim.codes[held]) if c >= 0}
        rows &= np.fromiter((id in of_them for id in columns.ids), bool, len(columns.ids))
    order = np.lexsort((np.arange(len(columns.ids)), -columns.independent, -columns.reports))
    ids = [columns.ids[n] for n in order[rows[order]]]
    kept = ids[: frame.limit]
    found = [row for first in range(0, len(kept), RUN) for row in read_claims(reading, kept[first : first + RUN])]
    summary = count(reading, len(ids), "claim", shown=len(found))
    title = "What is claimed, and what stands behind it"
    return Answer(title, "claims", ClaimRow, found, summary, tuple(notes), total=len(ids))


def read_claims(reading: Reading, ids: list[str], quoted: bool = True) -> list[ClaimRow]:
    """The rows of the claims of these ids, in their order; of what is not `quoted` without the evidence."""
    rows = {row.id: row for row in list_claims(reading.part(ids=ids) if quoted else _cite(reading, ids), quoted=quoted)}
    return [rows[id] for id in ids if id in rows]


def _cite(reading: Reading, ids: Sequence[str]) -> Record:
    """These claims, with no more of their reports than what they are called by."""
    claims: list[Claim] = reading.store.entries("claims", ids)
    return replace(reading.citing({r for c in claims for r in named_reports(c)}), claims=tuple(claims))
