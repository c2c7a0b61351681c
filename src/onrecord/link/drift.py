"""What two reports say alike to what one of them says with less care, or more exactly.

Where a report relays another, a hedge, a number's "about" or the source may be lost on the way. Where two say the same,
one may count or date what the other leaves vague.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from onrecord.link.contents import ContentSight, Piece
from onrecord.link.disputes import Dispute
from onrecord.link.pairs import cosine
from onrecord.link.propositions import cites, share_words
from onrecord.link.quantities import Quantity, agree
from onrecord.record import Analysis, Copy, Interval, Link, Modality, Place, Span

# By what is compared; nothing was labelled.
_SURE = 0.7
# A sentence that the relay tells itself is the other's statement where both mean and say nearly the same.
_TOLD, _WORDS = 0.8, 0.6
# Days that are known so much more exactly that it matters.
_WEEK = 7
_HEDGES: Mapping[Modality, str] = {
    "hedged": "a hedge",
    "predicted": "that it was only foretold",
    "conditional": "its condition",
    "intended": "that it was only a plan",
}


def find_drift(
    links: Sequence[Link],
    sights: Mapping[str, ContentSight],
    analyses: Mapping[str, Analysis],
    copies: Sequence[Copy],
) -> Iterator[Dispute]:
    """Losses from an original (`a`) to its relay (`b`), and what is told more exactly (`a`) than elsewhere (`b`).

    `links` say which attributions give the same, with the clause of each; each loss of a pair of reports is told once.
    """
    models = {(c.a, c.b) for c in copies}
    seen: set[tuple[str, str, str]] = set()
    for link in links:
        pair = _clauses(link, sights)
        if link.relation != "same" or pair is None or pair[0][0].report == pair[1][0].report:
            continue
        for one, other in (pair, pair[::-1]):
            relays = _relays(one[0], other[0], analyses, models)
            for dispute in [*(_lost(one, other) if relays else ()), *_more_exact(one, other)]:
                key = (dispute.why, dispute.a.report, dispute.b.report if dispute.b else "")
                if key not in seen:
                    seen.add(key)
                    yield dispute
    yield from _unsourced(sights, models)


_Told = tuple[ContentSight, Piece]


def _clauses(link: Link, sights: Mapping[str, ContentSight]) -> tuple[_Told, _Told] | None:
    """The two contents with the clause that both share."""
    found = [(sights.get(key), place.span) for key, place in zip((link.left, link.right), link.evidence, strict=True)]
    if any(sight is None for sight, _ in found):
        return None
    one, other = ((s, _piece(s, span)) for s, span in found if s)
    return one, other


def _piece(sight: ContentSight, span: Span) -> Piece:
    return next((p for p in sight.pieces if p.span == span), sight.whole)


def _relays(
    model: ContentSight, relay: ContentSight, analyses: Mapping[str, Analysis], models: set[tuple[str, str]]
) -> bool:
    """Whether the second takes over the first's words, or names its outlet as a source."""
    return (model.report, relay.report) in models or cites(relay, analyses[model.report].outlet)


def _lost(model: _Told, relay: _Told) -> Iterator[Dispute]:
    (one, p), (other, q) = model, relay
    if one.modality in _HEDGES and other.modality == "asserted":
        yield _dispute("hedge", one, p, other, q, f"{_HEDGES[one.modality]} is lost")
    for x in p.quantities:
        if _is_loose(x) and any(agree(x, y) and not _is_loose(y) for y in q.quantities):
            yield _dispute("hedge", one, p, other, q, "the number is no longer given as about, at least or at most")
            return


def _is_loose(quantity: Quantity) -> bool:
    return quantity.approximate or math.isinf(quantity.most) or quantity.least < quantity.most


def _more_exact(exact: _Told, vague: _Told) -> Iterator[Dispute]:
    """Where the first gives one number, or days within a week, of what the second gives loosely."""
    (one, p), (other, q) = exact, vague
    for x in p.quantities:
        if not _is_loose(x) and any(agree(x, y) and y.least < y.most for y in q.quantities):
            yield _dispute("specificity", one, p, other, q, "one gives the number, the other a range")
            return
    for days in p.days:
        if any(_is_wider(other_days, days) for other_days in q.days):
            yield _dispute("specificity", one, p, other, q, "one names the days more exactly")
            return


def _is_wider(wide: Interval, narrow: Interval) -> bool:
    """Whether the first holds the second and is longer by a week; an open side is no length."""
    if not (wide.earliest and wide.latest and narrow.earliest and narrow.latest):
        return False
    more = (wide.latest - wide.earliest).days - (narrow.latest - narrow.earliest).days
    return more >= _WEEK and wide.earliest <= narrow.earliest and narrow.latest <= wide.latest


def _unsourced(sights: Mapping[str, ContentSight], models: set[tuple[str, str]]) -> Iterator[Dispute]:
    """What a model gives to a source and its copy tells as its own."""
    by_report: dict[str, list[ContentSight]] = {}
    for key in sorted(sights):
        by_report.setdefault(sights[key].report, []).append(sights[key])
    for model, relay in sorted(models):
        for sight in by_report.get(model, ()):
            speaker = sight.attribution.speaker.name if sight.attribution else None
            told = _best(sight, by_report.get(relay, ())) if speaker else None
            if told:
                yield _dispute("hedge", sight, sight.whole, told, told.whole, f"the source, {speaker}, is lost")


def _best(sight: ContentSight, others: Sequence[ContentSight]) -> ContentSight | None:
    """The report's own sentence that tells a statement, unless somebody is given with it there too."""
    alike = [s for s in others if _tells(sight, s)]
    return None if any(s.attribution for s in alike) else next(iter(alike), None)


def _tells(sight: ContentSight, other: ContentSight) -> bool:
    p, q = sight.whole, other.whole
    return cosine(p.vector, q.vector) >= _TOLD and share_words(p, q) >= _WORDS


def _dispute(kind: str, one: ContentSight, p: Piece, other: ContentSight, q: Piece, why: str) -> Dispute:
    return Dispute(kind, Place(one.report, p.span), Place(other.report, q.span), why, _SURE)  # type: ignore[arg-type]
