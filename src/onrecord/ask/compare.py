"""Two versions of a report, or two reports of one affair, to what stands in one and not in the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from onrecord.ask.columns import coded_in
from onrecord.ask.disputes import spans_of, unlike
from onrecord.ask.shelf import Reading
from onrecord.ask.texts import compare_texts
from onrecord.ask.things import Thing
from onrecord.record import Analysis, AttributionMember, Disagreement, OnrecordError, Record
from onrecord.views import Answer
from onrecord.views.disagreements import KINDS
from onrecord.views.index import Evidence, Index
from onrecord.views.statements import Statement, state
from onrecord.views.wording import word_count


class Change(Struct, frozen=True, kw_only=True):
    """A stretch that both texts have, or only the first (out), or only the second (in)."""

    kind: Literal["same", "out", "in"]
    text: str


class Beside(Struct, frozen=True, kw_only=True):
    """What two accounts say of one matter; one side is empty where it says nothing of it."""

    what: str
    a: str | None
    b: str | None


def compare(reading: Reading, a: Thing, b: Thing) -> Answer:
    """The differences of two reports, or of the words of two statements.

    Versions and copies of one text are compared word by word; other reports by what they say: claims that both hold,
    what does not agree, and the statements that only one of them has.

    Raises:
        OnrecordError: they are not two reports or two statements.
    """
    if a.member and b.member:
        index = Index(reading.part(statements=[a.member, b.member]))
        one, other = (index.evidence(m.report, index.attribution(m).content) for m in (a.member, b.member))
        return _words(one.label, other.label, one.quote, other.quote)
    if a.kind != "report" or b.kind != "report":
        raise OnrecordError("two reports (R-…) or two statements (S-…) can be compared")
    rows_of = np.flatnonzero(coded_in(reading.statements.report, [a.id, b.id]))
    members = [reading.statements.member(int(n)) for n in rows_of]
    part = reading.part(reports=[a.id, b.id], statements=members, copies=True)
    index = Index(part)
    if _is_one_text(part, a.id, b.id):
        return _words(index.label(a.id), index.label(b.id), index.analyses[a.id].text, index.analyses[b.id].text)
    near = reading.part(ids=reading.store.unlike([a.id]), reports=[a.id, b.id])
    between = [d for d in near.disagreements if d.b and {d.a.report, d.b.report} == {a.id, b.id}]
    rows = [*_both(index, a.id, b.id), *_disputed(Index(near), between, a.id), *_alone(index, between, a.id, b.id)]
    both = sum(row.what == "both say" for row in rows)
    summary = f"{word_count(both, 'claim', 'claims')} in both; A: {index.label(a.id)}; B: {index.label(b.id)}"
    return Answer("Two accounts side by side", "beside", Beside, rows, summary)


def _is_one_text(part: Record, a: str, b: str) -> bool:
    versions = next((r.versions for r in part.reports if r.id == a), ())
    return b in versions or any({c.a, c.b} == {a, b} and c.relation == "copy" for c in part.copies)


def _words(one: str, other: str, a: str, b: str) -> Answer:
    rows = [Change(kind=change.kind, text=change.text) for change in compare_texts(a, b)]
    changed = sum(row.kind != "same" for row in rows)
    summary = f"{word_count(changed, 'difference', 'differences')} between {one} and {other}"
    # The same text twice is no answer to what differs.
    return Answer("What differs", "changes", Change, rows if changed else [], summary)


def _statements(index: Index, analysis: Analysis) -> Iterable[tuple[AttributionMember, Statement]]:
    return ((m, state(index, m)) for m in index.statements(analysis))


def _both(index: Index, a: str, b: str) -> Iterable[Beside]:
    """The claims of which both hold a member, in the order of the first."""
    other = {c.id: said for m, said in _statements(index, index.analyses[b]) if (c := index.claim(m))}
    seen = set()
    for m, said in _statements(index, index.analyses[a]):
        claim = index.claim(m)
        if claim and claim.id in other and claim.id not in seen:
            seen.add(claim.id)
            yield Beside(what="both say", a=_tell(said), b=_tell(other[claim.id]))


def _alone(index: Index, between: Sequence[Disagreement], a: str, b: str) -> Iterable[Beside]:
    """The statements of a claim, or of none, that the other report does not hold, nor disagrees with."""
    disputed = replace(Record(), disagreements=tuple(between))
    for here, there in ((a, b), (b, a)):
        for m, said in _statements(index, index.analyses[here]):
            claim = index.claim(m)
            if unlike(disputed, spans_of(index, [m])):
                continue
            if claim is None or all(x.report != there for x in claim.members):
                sides = (_tell(said), None) if here == a else (None, _tell(said))
                yield Beside(what=f"only {'A' if here == a else 'B'} says", a=sides[0], b=sides[1])


def _disputed(index: Index, between: Sequence[Disagreement], a: str) -> Iterable[Beside]:
    """The disagreements between the two."""
    for d in between:
        if d.b:
            here, there = (d.a, d.b) if d.a.report == a else (d.b, d.a)
            yield Beside(what=KINDS[d.kind], a=_quote(index.place(here)), b=_quote(index.place(there)))


def _tell(said: Statement) -> str:
    return f"{said.speaker}: {_quote(said.words)}"


def _quote(words: Evidence) -> str:
    return words.quote
