"""The columns of a list and a query to what it leaves, and to the choices beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from onrecord.ask.columns import Mask
from onrecord.web.query import PAGE, Query

Address = Callable[..., str]

# Of the values of a facet those that most rows have are offered; the search finds the others.
OFFERED = 12
# The number of no value, not even of none.
_NONE = -2
CONFIDENCES = ((0.0, "any"), (0.4, "40% or more"), (0.6, "60% or more"), (0.8, "80% or more"), (0.95, "95% or more"))


class Codes(Struct, frozen=True, dict=True):
    """One facet of all rows: a number for each, -1 for none, into `values`; `words` say a value for a reader."""

    title: str
    codes: NDArray[np.int32]
    values: Sequence[str]
    words: Mapping[Any, str] = {}

    @property
    def is_flag(self) -> bool:
        """Whether it is a matter of having it or not."""
        return len(self.values) == 1 and bool((self.codes < 0).any())

    def mask(self, value: str) -> Mask:
        """The rows that have `value`."""
        chosen: Mask = self.codes == (self.values.index(value) if value in self.values else _NONE)
        return chosen

    def count(self, rows: Mask) -> NDArray[np.int64]:
        """How many of `rows` have each value."""
        return self.totals if rows.all() else self._count(self.codes[rows])

    @cached_property
    def totals(self) -> NDArray[np.int64]:
        """How many of all rows have each value."""
        return self._count(self.codes)

    def _count(self, codes: NDArray[np.int32]) -> NDArray[np.int64]:
        return np.bincount(codes[codes >= 0], minlength=len(self.values))


class Choice(Struct, frozen=True):
    """A value that may be chosen; `href` chooses it, or lets it go."""

    label: str
    count: int
    chosen: bool
    href: str


class Facet(Struct, frozen=True):
    """A filter with its choices, of which `more` are not offered."""

    name: str
    title: str
    choices: tuple[Choice, ...]
    more: int
    open: bool


class Filters(Struct, frozen=True, kw_only=True):
    """What stands beside a list. `words` and `days` are None where the list has none."""

    action: str
    held: tuple[tuple[str, str], ...]
    words: str | None
    days: tuple[str, str] | None
    least: float
    confidences: tuple[tuple[float, str], ...]
    facets: tuple[Facet, ...]
    clear: str | None


class Pager(Struct, frozen=True):
    """Where a page stands in its list; `before` and `after` are the addresses of its neighbours."""

    first: int
    last: int
    total: int
    before: str | None
    after: str | None


class Found(Struct, frozen=True):
    """The rows that a query leaves, as positions in their order, with what stands beside them."""

    positions: NDArray[np.int64]
    filters: Filters
    pager: Pager

    @property
    def shown(self) -> list[int]:
        """The positions on this page."""
        first = self.pager.first - 1
        return [int(n) for n in self.positions[first : self.pager.last]] if self.pager.total else []


def find_rows(
    query: Query,
    address: Address,
    facets: Mapping[str, Codes],
    base: Mask,
    *,
    order: NDArray[np.int64] | None = None,
    searched: bool = True,
    dated: bool = True,
    graded: bool = True,
    size: int = PAGE,
) -> Found:
    """The rows of `base` (in which words, days and confidence are seen to) that have all chosen values.

    `address` makes the address of the list with given filters; `order` are all positions in the order of the list.
    One may be `searched` by words, by days if `dated`, and by confidence if `graded`.
    """
    chosen = {name: facets[name].mask(value) for name, value in query.facets.items() if name in facets}
    left = base.copy()
    for mask in chosen.values():
        left &= mask
    positions = np.flatnonzero(left) if order is None else order if left.all() else order[left[order]]
    beside = tuple(_facet(name, codes, query, address, _without(name, base, chosen)) for name, codes in facets.items())
    return Found(
        positions=positions,
        filters=Filters(
            action=address(),
            held=tuple(query.facets.items()),
            words=query.words if searched else None,
            days=(_iso(query.since), _iso(query.until)) if dated else None,
            least=query.least,
            confidences=_confidences(query) if graded else (),
            # One value that all rows have tells none from another.
            facets=tuple(f for f in beside if len(f.choices) > 1 or f.open or facets[f.name].is_flag),
            clear=address() if query.params() else None,
        ),
        pager=page(len(positions), query, address, size),
    )


def page(total: int, query: Query, address: Address, size: int = PAGE) -> Pager:
    """The page of `total` rows that a query asks for; the last one where there are not so many."""
    size = query.size or size
    number = min(query.page, max(1, -(-total // size)))
    first = (number - 1) * size
    last = min(total, first + size)
    return Pager(
        first=first + 1,
        last=last,
        total=total,
        before=address(**query.params(page=number - 1 if number > 2 else None)) if number > 1 else None,
        after=address(**query.params(page=number + 1)) if last < total else None,
    )


def _without(name: str, base: Mask, chosen: Mapping[str, Mask]) -> Mask:
    """The rows that a facet's own choices are counted over: as if nothing of it had been chosen."""
    rows = base.copy()
    for other, mask in chosen.items():
        if other != name:
            rows &= mask
    return rows


def _facet(name: str, codes: Codes, query: Query, address: Address, rows: Mask) -> Facet:
    counts = codes.count(rows)
    held = query.facets.get(name)
    order = [int(n) for n in np.argsort(-counts, kind="stable")[: OFFERED + 1] if counts[n]]
    offered = order[:OFFERED]
    if held in codes.values and codes.values.index(held) not in offered:
        offered.append(codes.values.index(held))
    choices = tuple(
        Choice(
            label=codes.words.get(codes.values[n], codes.values[n]),
            count=int(counts[n]),
            chosen=codes.values[n] == held,
            href=address(**query.params(**{name: None if codes.values[n] == held else codes.values[n]})),
        )
        for n in offered
    )
    return Facet(name, codes.title, choices, int((counts > 0).sum()) - len(offered), held is not None)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _confidences(query: Query) -> tuple[tuple[float, str], ...]:
    """Those that are offered, and the one that is asked for."""
    own = (
        () if any(query.least == least for least, _ in CONFIDENCES) else ((query.least, f"{query.least:.0%} or more"),)
    )
    return (*CONFIDENCES, *own)
