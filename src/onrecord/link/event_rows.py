"""Pairs of events to numbers: what speaks for and against the two being one, a row each, many pairs at a time.

All products are sums of whole numbers, and so exact: a pair gets the same row in whatever company it is compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from onrecord.link.sights import Bag, EventSight, Numbers, ReportSight, Words

EVENT_COLUMNS = (
    "word stem prefix trigger meaning report away sentence names who not_who whom not_whom across where not_where when"
    " not_when type not_type numbers rare content near around parties no_party first idf saying light status in_both"
    " affair stem_trigger stem_near stem_around stem_names stem_parties stem_no_party stem_idf stem_saying"
    " stem_report stem_first first_trigger near_trigger report_trigger report_near stem_affair affair_trigger"
).split()
# What a report has in common with itself.
OWN_AFFAIR = 3.0
# A report's first sentences say what it is about.
_FIRST = 3
# So many events are compared with those behind them at once.
_BLOCK = 400
# Weights of words are rounded to so small a part.
_PART = 2.0**20
# Ordinals of days for a side that is open.
_OPEN = 10_000_000

Ints = NDArray[np.int64]
Float = TypeVar("Float", np.float32, np.float64)
# Of two places among the events of a block, what is asked of each pair.
Pairs = tuple[Ints, Ints]


def compare_events(
    sights: Sequence[EventSight],
    pairs: Pairs,
    seen: Mapping[int, ReportSight],
    affairs: Mapping[tuple[int, int], float],
) -> Numbers:
    """(pairs, EVENT_COLUMNS) of events by their places in `sights`: the first of each pair, sorted, and the second.

    `seen` are their reports by their numbers, and `affairs` the log-odds that two of these, the first before the
    second, are of one affair.
    """
    left, right = pairs
    parts = [np.zeros((0, len(EVENT_COLUMNS)))]
    for first in range(0, len(sights), _BLOCK):
        begin, end = np.searchsorted(left, (first, first + _BLOCK))
        if begin < end:
            i, j = left[begin:end] - first, right[begin:end] - first
            block = _Block(sights[first : first + int(max(i.max(), j.max())) + 1], int(i.max()) + 1)
            parts.append(np.stack(block.columns((i, j), seen, affairs), axis=1))
    return np.concatenate(parts)


class _Common(NamedTuple):
    """Of each pair how many words both hold, and how many each."""

    both: Numbers
    one: Numbers
    other: Numbers

    @property
    def part(self) -> Numbers:
        """The part of the words of both that both have."""
        found: Numbers = self.both / np.maximum(self.one + self.other - self.both, 1)
        return found

    @property
    def agree(self) -> tuple[Numbers, Numbers]:
        """Whether both hold some and have one in common, and whether both hold some and have none."""
        common = self.both > 0
        named = (self.one > 0) & (self.other > 0)
        return common.astype(np.float64), (named & ~common).astype(np.float64)


class _Block:
    """Some events, of which the first `rows` are compared with all."""

    def __init__(self, sights: Sequence[EventSight], rows: int) -> None:
        self._sights, self._rows = sights, rows

    def columns(
        self, at: Pairs, seen: Mapping[int, ReportSight], affairs: Mapping[tuple[int, int], float]
    ) -> list[Numbers]:
        """The EVENT_COLUMNS of the pairs `at`."""
        i, j = at
        stem, report = self._same(lambda s: s.stem, at), self._same(lambda s: s.report, at)
        vectors = np.array([s.vector.row for s in self._sights]), self._numbers(lambda s: s.vector.norm)
        meanings = np.array([s.meaning.row for s in self._sights]), self._numbers(lambda s: s.meaning.norm)
        trigger, meaning = self._cosine(*vectors, at), self._cosine(*meanings, at)
        near, around = self._weights(lambda s: s.near, at), self._weights(lambda s: s.around, at)
        parties = self._common(lambda s: s.parties, at)
        names, party, no_party = self._common(lambda s: s.names, at).part, parties.part, parties.agree[1]
        place, idf = self._numbers(lambda s: s.place), self._numbers(lambda s: s.idf)
        says, light = self._numbers(lambda s: s.says), self._numbers(lambda s: s.light)
        first = 1.0 * (place[i] <= _FIRST) + (place[j] <= _FIRST) - 1.0
        rarer, saying = np.maximum(idf[i], idf[j]), says[i] * says[j]
        affair = np.where(report > 0, OWN_AFFAIR, self._affairs(affairs, at))
        return [
            self._same(lambda s: s.word, at),
            stem,
            self._prefix(at),
            trigger,
            meaning,
            report,
            np.log1p(abs(place[i] - place[j])) * report,
            report * (place[i] == place[j]),
            names,
            *self._common(lambda s: s.who, at).agree,
            *self._common(lambda s: s.whom, at).agree,
            self._across(at),
            *self._common(lambda s: s.where, at).agree,
            *self._days(at),
            *self._types(at),
            self._common(lambda s: s.numbers, at).part,
            self._common(lambda s: s.rare, at).part,
            self._common(lambda s: s.content, at).part,
            near,
            around,
            party,
            no_party,
            first,
            rarer,
            saying,
            np.maximum(light[i], light[j]),
            self._same(lambda s: s.event.status, at),
            (1 - stem) * self._in_both(seen, at),
            affair,
            stem * trigger,
            stem * near,
            stem * around,
            stem * names,
            stem * party,
            stem * no_party,
            stem * rarer,
            stem * saying,
            stem * report,
            stem * first,
            first * trigger,
            near * trigger,
            report * trigger,
            report * near,
            stem * affair,
            affair * trigger,
        ]

    def _numbers(self, of: Callable[[EventSight], float]) -> Numbers:
        return np.fromiter(map(of, self._sights), np.float64, len(self._sights))

    def _codes(self, of: Callable[[EventSight], object]) -> Ints:
        known: dict[object, int] = {}
        return np.fromiter((known.setdefault(of(s), len(known)) for s in self._sights), np.int64, len(self._sights))

    def _same(self, of: Callable[[EventSight], object], at: Pairs) -> Numbers:
        codes, (i, j) = self._codes(of), at
        same: NDArray[np.bool_] = codes[i] == codes[j]
        return same.astype(np.float64)

    def _cosine(self, rows: Numbers, norms: Numbers, at: Pairs) -> Numbers:
        i, j = at
        found: Numbers = (rows[: self._rows] @ rows.T)[i, j] / (norms[i] * norms[j])
        return found

    def _held(self, bags: Sequence[Words | Bag], kind: type[Float]) -> NDArray[Float]:
        """(events, words that several hold): how much each event holds of each, in parts."""
        counts = Counter(w for bag in bags for w in bag)
        words = {w: n for n, w in enumerate(w for w, times in counts.items() if times > 1)}
        grid = np.zeros((len(bags), len(words)), kind)
        for row, bag in zip(grid, bags, strict=True):
            for word in bag:
                if (n := words.get(word)) is not None:
                    row[n] = round(bag[word] * _PART) if isinstance(bag, Mapping) else 1
        return grid

    def _weights(self, of: Callable[[EventSight], Bag], at: Pairs) -> Numbers:
        """The cosines of bags of words."""
        held = self._held([of(s) for s in self._sights], np.float64)
        found: Numbers = (held[: self._rows] @ held.T)[at].astype(np.float64) / _PART**2
        return found

    def _common(self, of: Callable[[EventSight], Words], at: Pairs) -> _Common:
        bags = [of(s) for s in self._sights]
        held, sizes = self._held(bags, np.float32), np.fromiter(map(len, bags), np.float64, len(bags))
        return _Common((held[: self._rows] @ held.T)[at].astype(np.float64), sizes[at[0]], sizes[at[1]])

    def _across(self, at: Pairs) -> Numbers:
        """Whether who did the one suffered the other."""
        who, whom = [s.who for s in self._sights], [s.whom for s in self._sights]
        held = self._held([*who, *whom], np.float32)
        did, suffered = held[: len(who)], held[len(who) :]
        found = did[: self._rows] @ suffered.T + suffered[: self._rows] @ did.T
        return (found[at] > 0).astype(np.float64)

    def _days(self, at: Pairs) -> tuple[Numbers, Numbers]:
        """Whether both have days that agree, and whether both have such as cannot."""
        i, j = at
        dated = self._numbers(lambda s: s.event.when is not None) > 0
        earliest = self._numbers(lambda s: _ordinal(s, "earliest", -_OPEN))
        latest = self._numbers(lambda s: _ordinal(s, "latest", _OPEN))
        both, miss = dated[i] & dated[j], (latest[i] < earliest[j]) | (latest[j] < earliest[i])
        return (both & ~miss).astype(np.float64), (both & miss).astype(np.float64)

    def _types(self, at: Pairs) -> tuple[Numbers, Numbers]:
        i, j = at
        typed, same = self._numbers(lambda s: bool(s.event.type)), self._same(lambda s: s.event.type, at)
        both = typed[i] * typed[j]
        return both * same, both * (1 - same)

    def _prefix(self, at: Pairs) -> Numbers:
        """How much of the longer stem begins both: verbs and nouns of one root, as "acquire" and "acquisition"."""
        stems = [s.stem for s in self._sights]
        codes = self._codes(lambda s: s.stem)
        named = dict(zip(codes.tolist(), stems, strict=True))
        both, back = np.unique(codes[at[0]] * len(stems) + codes[at[1]], return_inverse=True)
        found = [_prefix(named[n // len(stems)], named[n % len(stems)]) for n in both.tolist()]
        out: Numbers = np.array(found)[back]
        return out

    def _in_both(self, seen: Mapping[int, ReportSight], at: Pairs) -> Numbers:
        """How many of the two triggers the report of the other has too."""
        (i, j), reports = at, sorted({s.report for s in self._sights})
        known = {s.stem: [s.stem in seen[r].stems for r in reports] for s in self._sights}
        held = np.array([known[s.stem] for s in self._sights], np.float64)
        own = np.searchsorted(reports, [s.report for s in self._sights])
        found: Numbers = held[i, own[j]] + held[j, own[i]]
        return found

    def _affairs(self, affairs: Mapping[tuple[int, int], float], at: Pairs) -> Numbers:
        (i, j), number = at, 1 + max(s.report for s in self._sights)
        report = self._numbers(lambda s: s.report).astype(np.int64)
        both, back = np.unique(report[i] * number + report[j], return_inverse=True)
        found: Numbers = np.array([affairs.get(divmod(n, number), 0.0) for n in both.tolist()])[back]
        return found


def _ordinal(sight: EventSight, side: str, unknown: int) -> int:
    day = getattr(sight.event.when, side, None)
    return day.toordinal() if day else unknown


def _prefix(a: str, b: str) -> float:
    length = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        length += 1
    return length / max(len(a), len(b), 1)
