"""Columns and conditions to the rows that meet them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.store import Coded

Mask = NDArray[np.bool_]


class Days(Protocol):
    """From one day to another, both included; None leaves a side open."""

    @property
    def since(self) -> date | None: ...  # noqa: D102
    @property
    def until(self) -> date | None: ...  # noqa: D102


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
