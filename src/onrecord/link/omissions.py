"""The accounts of one contact to what one side tells of it and the other leaves out.

Two accounts are compared where they rest on different origins: each ministry's readout of a call, or a readout and the
sources of a newspaper. A report may also say itself that an account leaves something out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations

from onrecord.knowledge import read_words
from onrecord.link.contents import ContentSight, Piece, see_sentence
from onrecord.link.disputes import Dispute
from onrecord.link.pairs import cosine
from onrecord.link.propositions import held_words
from onrecord.link.rarity import body
from onrecord.link.sights import Words, idf, stem
from onrecord.record import Analysis, Contact, Place, Span

# What means less alike than this is not the same, whatever words it shares.
_TOLD = 0.5
_WHY = "left out by the other account"
# How sure it is that an account leaves something out, by what is compared, and by what a report says.
_MISSING, _SAID = 0.5, 0.7
# So far before a content its cue may stand.
_CUE = 60
# Of what one side leaves out, so much is listed for each account, and nothing that has fewer telling words.
_MOST, _LEAST_WORDS = 2, 3
# "It made no mention of the crew": what else tells of them shares such words with what stands behind the phrase.
_LEAST_HELD, _TELLING = 0.25, 0.4
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class _Account:
    """What a report tells of a contact, and all that it says at all; `place` is where it first tells of the contact."""

    told: Sequence[tuple[ContentSight, Piece]]
    all: Sequence[Piece]
    place: Place


def find_omissions(
    contacts: Sequence[Contact], analyses: Mapping[str, Analysis], sights: Sequence[ContentSight]
) -> Iterator[Dispute]:
    """What an account of a contact tells and another of different origin does not, in the order of the contacts."""
    by_report: dict[str, list[ContentSight]] = {}
    for sight in sights:
        by_report.setdefault(sight.report, []).append(sight)
    for contact in contacts:
        ends = [frozenset(o.reports) for o in contact.origins]
        reports = sorted({r for end in ends for r in end})
        accounts = {r: _account(contact, analyses[r], by_report.get(r, ())) for r in reports}
        for one, other in permutations(ends, 2):
            if one.isdisjoint(other):
                yield from _left_out([accounts[r] for r in sorted(one)], [accounts[r] for r in sorted(other)])


def _account(contact: Contact, analysis: Analysis, sights: Sequence[ContentSight]) -> _Account:
    mine = {m.event for m in contact.members if m.report == analysis.id}
    events = [e for e in analysis.events if e.id in mine]
    made = {m.attribution for m in contact.statements if m.report == analysis.id}
    statements = [s for s in sights if s.attribution and s.attribution.id in made and s.attribution.within not in made]
    triggers = [t for e in events for t in e.trigger]
    # That they spoke is what both tell.
    told = [
        (s, p) for s in statements for p in s.clauses if not any(p.span.start <= t.start < p.span.end for t in triggers)
    ]
    pieces = [p for s in sights for p in s.clauses if not _phrases().search(analysis.text, *p.span)]
    return _Account(told, pieces, Place(analysis.id, events[0].evidence[0]))


def _left_out(one: Sequence[_Account], other: Sequence[_Account]) -> Iterator[Dispute]:
    """What the first side tells first and the other side nowhere."""
    told = [(s, p) for a in one for s, p in a.told if len(p.words) >= _LEAST_WORDS]
    missing = [(s, p) for s, p in told if not any(_alike(p, q) for b in other for q in b.all)]
    for sight, piece in missing[:_MOST]:
        yield Dispute("omission", Place(sight.report, piece.span), other[0].place, _WHY, _MISSING)


def _alike(piece: Piece, other: Piece) -> bool:
    return cosine(piece.vector, other.vector) >= _TOLD


def find_said_omissions(analyses: Sequence[Analysis], sights: Sequence[ContentSight]) -> Iterator[Dispute]:
    """What a report says an account leaves out, with the place in another report that tells of it best."""
    texts = {a.id: a.text for a in analyses}
    # What somebody says, and not that an account leaves it out.
    said = [s for s in sights if s.attribution and not _leaves_out(texts[s.report], s.whole.span)]
    plain = [(s, p) for s in said for p in s.clauses]
    for analysis in analyses:
        for span in body(analysis):
            found = _phrases().search(analysis.text, *span)
            words = _telling(analysis.text[found.end() : span.end]) if found else frozenset()
            piece = see_sentence(analysis, span) if words else None
            if piece is None:
                continue
            others = [(_likeness(words, piece, p), s.key, s, p) for s, p in plain if s.report != analysis.id]
            held = [x for x in others if held_words(words, x[3].words) >= _LEAST_HELD]
            if held:
                _, _, other, told = max(held, key=lambda x: x[:2])
                why = "a report says that the account leaves it out"
                yield Dispute("omission", Place(other.report, told.span), Place(analysis.id, span), why, _SAID)


def _leaves_out(text: str, span: Span) -> bool:
    return _phrases().search(text, max(0, span.start - _CUE), span.end) is not None


def _likeness(words: Words, piece: Piece, other: Piece) -> float:
    return held_words(words, other.words) + cosine(piece.vector, other.vector)


def _telling(text: str) -> Words:
    """The stems of the words that tell something."""
    found = _WORD.findall(text.casefold())
    return frozenset(stem(w) for w in found if w not in read_words("function_words") and idf(w) >= _TELLING)


@cache
def _phrases() -> re.Pattern[str]:
    phrases = sorted(read_words("omission_phrases"), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.I)
