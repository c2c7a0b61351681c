"""What befell an input, to one line that a terminal can show."""

from __future__ import annotations

from msgspec import Struct

# How a notice begins of a file that is of another kind than its ending says: JSON, tables and XML hold all sorts.
OTHER_KIND = ("no reports: no object with", "no table of Media Cloud", "no feed (RSS, Atom)", "a web page, not a feed")
# What libraries raise at what their authors did not think of. No MemoryError: that says nothing of the input's form.
FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
INPUT_LONGEST = 70
REASON_LONGEST = 100


class Notice(Struct, frozen=True):
    """A remark on an input: why all of it (or its line `line`) is left out, or what to know about how it was read.

    In a file without lines, `line` is the number of what `unit` names: an entry, a record.
    """

    input: str
    line: int | None
    reason: str
    left_out: bool
    unit: str = "line"

    def __str__(self) -> str:
        """One printable line of less than 200 characters; of a long path its end is kept."""
        name = _printable(self.input[-INPUT_LONGEST:])
        if len(name) > INPUT_LONGEST or len(self.input) > INPUT_LONGEST:
            name = "…" + name[-INPUT_LONGEST:]
        reason = _printable(self.reason[: REASON_LONGEST + 1])
        if len(reason) > REASON_LONGEST:
            reason = reason[:REASON_LONGEST] + "…"
        where = "" if self.line is None else f", {self.unit} {self.line}"
        return f"{name or '(no name)'}{where}: {reason}"


def _printable(text: str) -> str:
    """`text` with escapes for what could move the cursor, turn the writing round or not be encoded."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
