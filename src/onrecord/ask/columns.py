"""Columns and conditions to the rows that meet them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from onrecord.store import Coded

Mask = NDArray[np.bool_]


class Days(Protocol):
    """From one day to another, both included; None leaves a side open."""

    @property
    def since(self) -> date | None: ...  # noqa: D102
    @property
    def until(self) -> date | None: ...  # noqa: D102


class Grouped(Struct, frozen=True):
    """The rows of each value of a column, so that those of a few values are found without looking at all."""

    column: Coded
    order: NDArray[np.int64]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, column: Coded) -> Grouped:
        """The rows of `column` by their values."""
        order = np.argsort(column.codes, kind="stable")
        return cls(column, order, np.searchsorted(column.codes[order], np.arange(len(column.values) + 1)))

    def rows(self, values: Collection[str]) -> NDArray[np.int64]:
        """The rows that have one of `values`, in their order."""
        numbers = [self.column.numbers[v] for v in values if v in self.column.numbers]
        held = [self.order[self.starts[n] : self.starts[n + 1]] for n in numbers]
        return np.sort(np.concatenate(held)) if held else np.empty(0, np.int64)


def coded_in(column: Coded, values: Collection[str]) -> Mask:
    """The rows of a column that have one of `values`."""
    rows: Mask = np.isin(column.codes, [column.numbers[v] for v in values if v in column.numbers])
    return rows


def within(earliest: NDArray[np.int32], latest: NDArray[np.int32], days: Days) -> Mask:
    """The rows that may lie in `days`; 0 is a side that is not known. Without days all of them."""
    rows = np.ones(len(earliest), dtype=bool)
    if days.since:
        last = np.where(latest > 0, latest, np.where(earliest > 0, np.iinfo(np.int32).max, 0))
        rows &= last >= days.since.toordinal()
    if days.until:
        known = (earliest > 0) | (latest > 0)
        rows &= known & (earliest <= days.until.toordinal())
    return rows
