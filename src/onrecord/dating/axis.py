"""The days on which a report may have been published, as one axis on which clues are weighed."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# From the first newspapers that are read by machine to the end of the century; no clock of the machine is asked.
FIRST, LAST = date(1880, 1, 1), date(2099, 12, 31)
SIZE = (LAST - FIRST).days + 1
_ORIGIN = FIRST.toordinal()

DAYS: Ints = np.arange(SIZE, dtype=np.int64)
WEEKDAY: Ints = (DAYS + FIRST.weekday()) % 7 + 1
_DATES = np.datetime64(FIRST) + DAYS.astype("timedelta64[D]")
YEAR: Ints = _DATES.astype("datetime64[Y]").astype(np.int64) + 1970


def place(day: date) -> int:
    """The place of `day` on the axis, which may lie outside of it."""
    return day.toordinal() - _ORIGIN


def day_at(place: int) -> date:
    """The day at a place of the axis."""
    return FIRST + timedelta(days=int(place))
