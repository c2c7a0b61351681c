"""The log of corrections to rows: who said what of which words, and what has become of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from onrecord.correct import NOUNS, State
from onrecord.record import Analysis, Correction, Target

GONE = "(report no longer on record)"


class CorrectionRow(Struct, frozen=True, kw_only=True):
    """One correction; `words` are those that it is about, each with the key of its report, `said` what it says."""

    id: str
    when: str
    by: str
    said: str
    words: tuple[str, ...]
    state: State


def list_corrections(
    corrections: Sequence[Correction], states: Mapping[str, State], reports: Mapping[str, Analysis]
) -> list[CorrectionRow]:
    """All `corrections` in the order in which they were made; `reports` are those that they are about."""
    return [
        CorrectionRow(
            id=c.id,
            when=c.when,
            by=c.by,
            said=_say(c),
            words=tuple(_quote(reports.get(t.report), t) for t in (c.target, c.other) if t),
            state=states[c.id],
        )
        for c in corrections
    ]


def _say(c: Correction) -> str:
    noun = NOUNS[c.about]
    sayings = {
        "same": "one story" if c.about == "report" else f"one {noun}" if c.about != "attribution" else "one claim",
        "different": "two stories"
        if c.about == "report"
        else f"two {noun}s"
        if c.about != "attribution"
        else "two claims",
        "speaker": f"said by {c.value}",
        "date": f"{_DATED.get(c.about, 'was')} {c.value}",
        "reject": f"no {noun}",
        "undo": f"undoes {c.value}",
    }
    return sayings[c.kind]


_DATED = {"report": "published", "attribution": "said", "event": "was"}


def _quote(report: Analysis | None, target: Target) -> str:
    """The words of a fact as they stand, an attribution's with its cue and source."""
    if report is None:
        return GONE
    if not target.spans:
        return f"the whole report [{report.key}]"
    out = ""
    last = None
    for start, end in sorted((*target.spans, *target.cue)):
        between = report.text[last:start] if last is not None else ""
        # Stretches with no word between them read as they stand.
        out += (" … " if any(c.isalnum() for c in between) else between) + report.text[start:end]
        last = end
    return f"{out} [{report.key}]"
