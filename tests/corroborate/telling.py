"""Reports in which somebody says one and the same thing, each in a line."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.corroborate import build_claims
from onrecord.corroborate.origins import fold_copies
from onrecord.link import fact
from onrecord.record import Analysis, Claim, Copy, SpeakerClass
from tests.records import analysis, attribution, given

WORDS = "The grain road to Senn will stay shut all winter"


def telling(
    id: str, outlet: str | None, *chain: str, class_: SpeakerClass = "anonymous_official", words: str = WORDS
) -> Analysis:
    """A report of `outlet` in which the last of `chain` says the words; an empty chain is nobody."""
    said = attribution("a1", words, words, speaker=chain[-1] if chain else None, chain=chain, class_=class_)
    return analysis(id, outlet, words, given("2031-03-04"), attributions=(said,))


def person(id: str, outlet: str | None, *chain: str) -> Analysis:
    return telling(id, outlet, *chain, class_="named_person")


def relay(id: str, outlet: str, of: str) -> Analysis:
    """A report that gives an outlet alone as its source."""
    return telling(id, outlet, of, class_="outlet")


def untraced(id: str, outlet: str | None) -> Analysis:
    return telling(id, outlet, class_="unspecified")


def claim(*reports: Analysis, copies: Sequence[Copy] = ()) -> Claim:
    """The one claim of these reports."""
    facts = {fact(r.id, a.id): (r, a) for r in reports for a in r.attributions}
    roots = fold_copies({r.id: r for r in reports}, copies)
    (found,) = build_claims([list(facts)], facts, roots, {next(iter(facts)): 0.8} if len(facts) > 1 else {}, {})
    return found
