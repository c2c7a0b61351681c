"""A report's id, and what of it is asked for, to what the reader shows."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from onrecord.ask.shelf import Reading
from onrecord.record import OnrecordError, Part, Record
from onrecord.web.links import Links
from onrecord.web.reader import find_panel, segment_text


def show_report(
    reading: Reading, id: str, links: Links, fact: str | None, chars: Part, anchors: Collection[int] = ()
) -> dict[str, Any]:
    """What the reader shows: the text with its facts marked, and beside it the one that was asked for.

    At the characters `anchors` begins what other pages of the same file quote.

    Raises:
        OnrecordError: there is no such report, or no such fact in it.
    """
    part = read_report(reading, id)
    analysis = next((a for a in part.analyses if a.id == id), None)
    if analysis is None:
        raise OnrecordError(f'there is no report "{id}" in this record')
    panel = find_panel(part, id, fact, links)
    chosen = chars or panel.spans
    return {
        "title": analysis.title or analysis.outlet or analysis.key,
        "report": analysis,
        "segments": segment_text(analysis, chosen, anchors),
        "anchors": anchors,
        "panel": panel,
        "chosen": chosen,
    }


def read_report(reading: Reading, id: str) -> Record:
    """The part of the record that a report's facts stand in."""
    said = reading.statements
    if id not in reading.entries("reports").ids:
        return Record()
    members = [said.member(n) for n in np.flatnonzero(said.report.rows_with(id))]
    return reading.part(ids=reading.store.entries_of(id), statements=members, reports=[id], copies=True)
