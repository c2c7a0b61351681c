"""The record to the sources that its reports cite and that it does not hold, and to what hangs on each."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from onrecord.record import Absent, Attribution, AttributionMember, Channel, Place, Record, Span
from onrecord.views.index import Evidence, Index, When
from onrecord.views.wording import word_class, word_count, word_day

_PAPERS: dict[Channel, str] = {"statement": "Statement", "notice": "Notice", "post": "Post", "letter": "Letter"}
_PLAIN = frozenset("the a an agency newspaper his her its their our".split())


class AbsentRow(Struct, frozen=True, kw_only=True):
    """One source to look for, and the reports that cite it.

    `title` is what to look for, with its day; `claim_count` the number of claims behind which it stands that rest on
    one origin or are disputed, `settles` says it in words; `words` are the first that are quoted from it.
    """

    name: str
    class_words: str
    when: When
    cited_by_count: int
    cited_by: tuple[str, ...]
    title: str
    claim_count: int
    settles: str
    words: Evidence | None


def list_absent(record: Record, min_confidence: float = 0.0) -> list[AbsentRow]:
    """Every absent source, by the number of reports that cite it, then of claims that hang on it, then by name and day.

    They carry no probability.
    """
    index, unsettled = Index(record), _find_unsettled(record)
    rows = [_row(index, unsettled, absent) for absent in record.absent]
    return sorted(rows, key=lambda row: (-row.cited_by_count, -row.claim_count, row.name, row.when))


def find_citing(record: Record) -> set[AttributionMember]:
    """The attributions that came by one of the absent sources of `record`."""
    index = Index(record)
    return {member for absent in record.absent for member, _ in _citing(index, absent)}


def _row(index: Index, unsettled: dict[AttributionMember, str], absent: Absent) -> AbsentRow:
    citing = list(_citing(index, absent))
    claims = {unsettled[member] for member, _ in citing if member in unsettled}
    when = index.when(absent.when, absent.cited_by)
    # Words in quotation marks are the source's own.
    first = min(citing, key=lambda c: c[1].quote == "indirect", default=None)
    return AbsentRow(
        name=absent.name,
        class_words=word_class(absent.class_),
        when=when,
        cited_by_count=len(absent.cited_by),
        cited_by=index.labels(absent.cited_by),
        title=_title(absent, when, [one for _, one in citing]),
        claim_count=len(claims),
        settles=f"would settle {word_count(len(claims), 'claim', 'claims')}" if claims else "",
        words=index.evidence(first[0].report, first[1].content) if first else None,
    )


def _title(absent: Absent, when: When, citing: list[Attribution]) -> str:
    """What to ask for: "Meridian Wire of 11 April 2031", "Statement by the Norvian Foreign Ministry"."""
    name = absent.name
    if absent.class_ == "named_organisation":
        paper = next((_PAPERS[a.channel] for a in citing if a.channel in _PAPERS), "Statement")
        name = f"{paper} by {name[0].lower() + name[1:] if name.startswith(('The ', 'A ', 'An ')) else name}"
    if not (when.earliest or when.latest):
        return name
    marked = " (worked out)" if when.worked_out else ""
    one_day = when.earliest if when.earliest == when.latest else None
    return f"{name} of {word_day(one_day)}{marked}" if one_day else f"{name}, {when}"


def _citing(index: Index, absent: Absent) -> Iterator[tuple[AttributionMember, Attribution]]:
    """The attributions that came by the source, in the order of the reports and their texts."""
    for report in absent.cited_by:
        for one in sorted(index.analyses[report].attributions, key=lambda a: (a.content[:1], a.id)):
            named = [_names(link.split(" (", maxsplit=1)[0], absent) for link in one.chain]
            # What it said on another day stands elsewhere.
            other = absent.when and one.said and named[-1:] == [True] and one.said.misses(absent.when)
            if any(named) and not other:
                yield AttributionMember(report, one.id), one


def _names(link: str, absent: Absent) -> bool:
    """Whether a link of a chain means the source: by its name, a short form, or "the draft" for "a leaked draft"."""
    words, full = _words(link), _words(absent.name)
    if absent.class_ == "outlet":
        return words <= full
    begun, goes_on = absent.name.casefold().startswith("the "), link.casefold().startswith("the ")
    again = absent.class_ == "document" and goes_on and not begun and _words(link.rsplit(maxsplit=1)[-1]) <= full
    return words == full or again


def _find_unsettled(record: Record) -> dict[AttributionMember, str]:
    """The claim of each attribution in one that rests on a single origin or that something on record disagrees with."""
    places: dict[str, list[Span]] = defaultdict(list)
    for d in record.disagreements:
        for place in filter(None, (d.a, d.b)):
            places[place.report].append(place.span)
    at_issue = (a for a in record.analyses if a.id in places)
    contents = {AttributionMember(a.id, t.id): t.content for a in at_issue for t in a.attributions}
    found: dict[AttributionMember, str] = {}
    for claim in record.claims:
        held = (Place(m.report, span) for m in claim.members for span in contents.get(m, ()))
        if claim.independent == 1 or any(_meets(h, places) for h in held):
            found |= dict.fromkeys(claim.members, claim.id)
    return found


def _meets(place: Place, places: dict[str, list[Span]]) -> bool:
    return any(s.start < place.span.end and place.span.start < s.end for s in places.get(place.report, ()))


@lru_cache(maxsize=10_000)
def _words(name: str) -> frozenset[str]:
    """The words of a name without case, accents and the plain ones, if others are left."""
    letters = (c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = frozenset("".join(c if c.isalnum() else " " for c in letters).split())
    return words - _PLAIN or words
