"""What was found not to agree to the record's disagreements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.corroborate.entries import entry_id
from onrecord.record import Analysis, Disagreement, DisagreementKind, Place

# Kind, both places (the second None where there is none), why, and how probable it is.
Found = tuple[DisagreementKind, Place, Place | None, str, float]


def build_disagreements(found: Iterable[Found], analyses: Sequence[Analysis]) -> tuple[Disagreement, ...]:
    """One entry a pair of places and kind, by the first place in the order of `analyses`."""
    place = {a.id: n for n, a in enumerate(analyses)}
    entries: dict[str, Disagreement] = {}
    for kind, a, b, why, _ in found:
        other = f"{b.report}/{b.span.start}-{b.span.end}" if b else ""
        id = entry_id("d", a.report, f"{kind}/{a.span.start}-{a.span.end}/{other}")
        entries.setdefault(id, Disagreement(id=id, kind=kind, a=a, b=b, why=why))
    return tuple(sorted(entries.values(), key=lambda d: (place[d.a.report], d.a.span, d.kind, d.id)))
