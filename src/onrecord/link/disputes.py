"""What the reports of an affair say to what does not agree: denials, and what cannot both be so.

Two clauses disagree where one denies what the other says, says the same with "not", or counts the same thing otherwise.
Rules that demand much: what a judge learned from likeness found was wrong four times in five. Two claims disagree once,
however many reports carry each; it is shown by the pair that a reader finds soonest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Literal, NamedTuple

import numpy as np

from onrecord.knowledge import read_table
from onrecord.link.contents import ContentSight, Piece
from onrecord.link.parties import Parties
from onrecord.link.propositions import (
    COLUMNS,
    closest_clauses,
    compare_clauses,
    dice,
    held_part,
    likeness,
    near_pairs,
    one_speaker,
)
from onrecord.link.quantities import conflict
from onrecord.link.sights import stem
from onrecord.record import Analysis, Copy, DisagreementKind, Place

# Clauses that mean less alike than this are not compared.
_ALIKE = 0.4
# What is denied is what the other says where they share so many plain words, and mean so much alike, or the one has
# nearly all words of the other; in other words where somebody says what means more alike still: "that it sanctioned
# discrimination against gays and lesbians", "that the law provides legal justification for discrimination".
_DENIED_WORDS, _DENIED_MEANING, _DENIED_HELD, _DENIED_ALIKE = 0.3, 0.65, 0.9, 0.75
# Without a word of denial it takes nearly the same words, once with and once without "not".
_NEGATED_WORDS, _NEGATED_MEANING = 0.5, 0.6
# Or the thing itself is ruled out, "There is no deal", of which somebody else speaks: nearly all of these words are in
# what he says, and he means something alike.
_RULED_OUT, _RULED_OUT_MEANING, _NONE = 0.8, 0.5, "no"
# Two numbers are of one thing where the clauses share so many plain words beside it, and mean so much alike.
_COUNTED_WORDS, _COUNTED_MEANING = 0.4, 0.5
# How sure each of the three is, by pairs of real reports that were labelled.
_SURE = {"denied": 0.7, "negated": 0.5, "counted": 0.7}
# "Denied that …", "denied having …", "rejected claims that …": a subpoena that is rejected is no claim.
_FIRST, _OPENINGS = 5, ("having", "any", "it", "there")
_OF_MONEY, _MONEY = 0.75, frozenset("$€£¥%")
# A run of so much of the shorter is a quotation that both have.
_QUOTED = 0.3
_MEANING, _PLAIN, _CONFLICT, _PARITY, _DENIED, _RUN, _NO_NAMES, _ONE_SPEAKER, _OTHER_SPEAKER = (
    COLUMNS.index(c) for c in "meaning plain conflict parity denied run no_names one_speaker other_speaker".split()
)
# So many claims are shown that one stands against.
_MOST = 2
# Pairs of two claims that are nearly as alike as the most alike show the disagreement as well.
_NEAR = 0.15


class Dispute(NamedTuple):
    """Two places that do not agree, why in a line, and how probable it is that they do not."""

    kind: DisagreementKind
    a: Place
    b: Place | None
    why: str
    score: float


class Pair(NamedTuple):
    """Two contents by a clause of each, and what is thought of them."""

    a: ContentSight
    b: ContentSight
    p: Piece
    q: Piece
    row: Sequence[float]


def find_disputes(
    sights: Sequence[ContentSight],
    homes: Mapping[str, str],
    order: Sequence[Analysis],
    parties: Parties,
    copies: Sequence[Copy] = (),
) -> list[Dispute]:
    """The disagreements, surest first; of each claim that is denied those with its best counterparts.

    `homes` gives each attribution the claim that it is of, `order` the reports in theirs. Between two reports of
    `copies` a "not" is another way to say the same: "will not unlock the basin", "the basin stays shut".
    """
    copied = {frozenset((c.a, c.b)) for c in copies}
    place = {a.id: n for n, a in enumerate(order)}
    groups: dict[frozenset[str], list[Pair]] = defaultdict(list)
    for pair in compare_clashes(sights, parties):
        one, other = (homes.get(s.key, s.key) for s in (pair.a, pair.b))
        rewritten = frozenset((pair.a.report, pair.b.report)) in copied and judge(pair) == "negated"
        if one != other and not rewritten:
            groups[frozenset((one, other))].append(pair)
    shown = sorted((_show(group, place) for group in groups.values()), key=lambda p: (-_likeness(p), p.a.key, p.b.key))
    best: dict[str, list[Pair]] = defaultdict(list)
    for pair in shown:
        best[homes.get(pair.a.key, pair.a.key)].append(pair)
    answered = {homes.get(s.key, s.key) for pairs in best.values() for pair in pairs for s in (pair.a, pair.b)}
    found = [_word_dispute(pair) for pairs in best.values() for pair in pairs[:_MOST]]
    found += _unanswered(sights, homes, answered)
    return sorted(found, key=lambda d: (-d.score, place[d.a.report], d.a.span))


def _unanswered(sights: Sequence[ContentSight], homes: Mapping[str, str], answered: Set[str]) -> Iterator[Dispute]:
    """The denials of what nobody on record says: somebody must have said it."""
    seen = set(answered)
    for sight in sights:
        home = homes.get(sight.key, sight.key)
        if sight.polarity == "denied" and _is_proposition(sight) and home not in seen:
            seen.add(home)
            name = sight.attribution.speaker.name if sight.attribution else None
            why = f"{name or 'somebody'} denied what nobody on record says"
            yield Dispute("denial", Place(sight.report, sight.clauses[0].span), None, why, _SURE["denied"])


def compare_clashes(sights: Sequence[ContentSight], parties: Parties) -> Iterator[Pair]:
    """The pairs that disagree: of two reports, or of two places of one that do not overlap."""
    for a, b in near_pairs(sights, _ALIKE):
        told = a.attribution is None and b.attribution is None
        if told or _overlap(a, b) or "requested" in (a.modality, b.modality) or not _may_clash(a, b):
            continue
        p, q = _closest(a, b)
        row = compare_clauses(a, b, (p, q), one_speaker(a, b, parties))
        pair = Pair(a, b, p, q, row)
        if judge(pair):
            yield pair


def _closest(a: ContentSight, b: ContentSight) -> tuple[Piece, Piece]:
    """The clauses that are most alike; what is denied speaks to what says the contrary, if anything of the other does.

    "Railnet denied that any warning had reached it", to "it had been sent two warnings, but the letters could not be
    found".
    """
    against = [(p, q) for p in a.clauses for q in b.clauses if p.negated != q.negated]
    if (a.polarity == "denied") != (b.polarity == "denied") and against:
        return max(against, key=lambda pq: likeness(*pq))
    return closest_clauses(a, b)


def judge(pair: Pair) -> str | None:
    """Why two clauses disagree: "denied", "negated" or "counted"; None where nothing says that they do."""
    meaning, plain = pair.row[_MEANING], pair.row[_PLAIN]
    if not pair.row[_PARITY]:
        one_thing = meaning >= _COUNTED_MEANING and not pair.row[_NO_NAMES]
        counted = pair.row[_CONFLICT] and one_thing and _beside_numbers(pair) >= _least_beside(pair)
        return "counted" if counted else None
    if pair.row[_ONE_SPEAKER]:
        return None
    said = pair.a.attribution is not None and pair.b.attribution is not None
    near = meaning >= _DENIED_MEANING or held_part(pair.p.plain, pair.q.plain) >= _DENIED_HELD
    same = (plain >= _DENIED_WORDS and near) or (said and meaning >= _DENIED_ALIKE)
    denied = pair.a if pair.a.polarity == "denied" else pair.b
    if pair.row[_DENIED] and same and _is_proposition(denied):
        return "denied"
    # Of one who is quoted in two reports, one may have broken the sentence off before the "not".
    two = pair.row[_OTHER_SPEAKER] and pair.row[_RUN] < _QUOTED
    if two and plain >= _NEGATED_WORDS and meaning >= _NEGATED_MEANING:
        return "negated"
    return "negated" if said and meaning >= _RULED_OUT_MEANING and _rules_out(pair) else None


def _rules_out(pair: Pair) -> bool:
    """Whether one says that there is none of what the other speaks of."""
    p, q = (pair.p, pair.q) if pair.p.negated else (pair.q, pair.p)
    words = {w: v for w, v in p.plain.items() if w != _NONE}
    return _NONE in p.plain and sum(v for w, v in words.items() if w in q.plain) > _RULED_OUT * sum(words.values())


def _least_beside(pair: Pair) -> float:
    """A sum of money or a share may be of anything: of these the words beside them must agree."""
    units = {q.unit for q in (*pair.p.quantities, *pair.q.quantities)}
    return _OF_MONEY if units & _MONEY else _COUNTED_WORDS


def _beside_numbers(pair: Pair) -> float:
    """The weight of the words that both have in that of all, what is counted and how often left out."""
    one, other = ({w: v for w, v in p.plain.items() if not _is_count(p, w)} for p in (pair.p, pair.q))
    return dice(one, other)


def _is_count(piece: Piece, word: str) -> bool:
    numbers = any(c.isdigit() for c in word) or word in read_table("large_numbers")
    return numbers or any(word == stem(q.unit) for q in piece.quantities if q.unit)


def _is_proposition(denied: ContentSight) -> bool:
    """Whether what is denied is something that may be so or not."""
    words = denied.folded.split()[:_FIRST]
    return "that" in words or words[0] in _OPENINGS


def _may_clash(a: ContentSight, b: ContentSight) -> bool:
    """Whether any two clauses of theirs are negated otherwise, or both count something."""
    return any(p.negated != q.negated or (p.quantities and q.quantities) for p in a.clauses for q in b.clauses)


def _overlap(a: ContentSight, b: ContentSight) -> bool:
    one, other = a.whole.span, b.whole.span
    return a.report == b.report and one.start < other.end and other.start < one.end


def _likeness(pair: Pair) -> float:
    return pair.row[_MEANING] + pair.row[_PLAIN]


def _show(group: Sequence[Pair], place: Mapping[str, int]) -> Pair:
    """Of what is about as alike, a pair within one report, then of the earliest; what denies, or came later, first."""
    best = max(map(_likeness, group))

    def turn(pair: Pair) -> tuple[object, ...]:
        first, last = sorted((place[pair.a.report], place[pair.b.report]))
        return first != last, last, first, -_likeness(pair), pair.p.span, pair.q.span

    pair = min((p for p in group if _likeness(p) >= best - _NEAR), key=turn)
    later = (place[pair.b.report], pair.q.span) > (place[pair.a.report], pair.p.span)
    first, second = ((s.polarity == "denied", piece.negated) for s, piece in ((pair.a, pair.p), (pair.b, pair.q)))
    turned = second > first or (second == first and later)
    return Pair(pair.b, pair.a, pair.q, pair.p, pair.row) if turned else pair


def _word_dispute(pair: Pair) -> Dispute:
    places = Place(pair.a.report, pair.p.span), Place(pair.b.report, pair.q.span)
    return Dispute(_kind(pair), *places, _why(pair), _SURE[judge(pair) or ""])


def _kind(pair: Pair) -> Literal["denial", "contradiction"]:
    """A denial is somebody's word against another's; what a report tells itself is only contradicted."""
    said = pair.a.attribution is not None and pair.b.attribution is not None
    return "denial" if said and pair.row[_PARITY] else "contradiction"


def _why(pair: Pair) -> str:
    speaker = pair.a.attribution.speaker.name if pair.a.attribution else None
    if pair.row[_PARITY]:
        who = speaker or "the report"
        return f"{who} denied what the other says" if pair.a.polarity == "denied" else f"{who} said that it is not so"
    x, y = next((x, y) for x in pair.p.quantities for y in pair.q.quantities if conflict(x, y))
    return f"{_word(x.least, x.most)} or {_word(y.least, y.most)} {x.unit}".strip()


def _word(least: float, most: float) -> str:
    """A number, or a range of numbers, in digits."""
    ends = [f"{n:,.10g}" for n in (least, most) if np.isfinite(n)]
    if len(ends) == 1:
        return f"{'at least' if np.isfinite(least) else 'at most'} {ends[0]}"
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
