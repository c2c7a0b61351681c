"""Reads news reports and builds the record behind them: who said what to whom, when, and through whom we know it.

As in a notebook::

    import onrecord

    record = onrecord.build("reports/")
    for said in record.statements(by="Ada Norra", about="the harbour"):
        print(said.said, said.words.quote, said.words.label)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.record import NothingFound, OnrecordError

if TYPE_CHECKING:
    from onrecord.public import RecordFile, Rows, build, extract, open

__all__ = ["NothingFound", "OnrecordError", "RecordFile", "Rows", "build", "extract", "open"]


def __getattr__(name: str) -> object:
    """A public name when it is first asked for: `onrecord --help` does without."""
    if name in __all__:
        from onrecord import public

        return getattr(public, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names, for completion."""
    return [*globals(), *__all__]
