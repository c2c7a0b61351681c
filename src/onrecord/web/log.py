"""The log of corrections to what pages show of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from msgspec import Struct

from onrecord.engine import Log
from onrecord.record import Correction, Target
from onrecord.views.corrections import CorrectionRow, list_corrections
from onrecord.web.links import Links, word_part

_LONGEST_PATH = 2000
_ID = re.compile(r"f-[0-9a-f]{8}")


class LogRow(Struct, frozen=True):
    """A correction; `places` are the words that it is about, each with its address where the record still has it."""

    row: CorrectionRow
    places: tuple[tuple[str, str | None], ...]
    undoes: bool
    stands: bool


def log_rows(log: Log) -> list[CorrectionRow]:
    """All corrections in the order in which they were made."""
    return list_corrections(log.corrections, log.states, log.reports)


def list_log(log: Log, links: Links) -> list[LogRow]:
    """All corrections in the order in which they were made, with what a page leads to."""
    return [
        LogRow(
            row=row,
            places=tuple(zip(row.words, _addresses(c, log, links), strict=True)),
            undoes=c.kind == "undo",
            stands=row.state == "stands",
        )
        for c, row in zip(log.corrections, log_rows(log), strict=True)
    ]


def find_done(log: Log, given: str) -> list[CorrectionRow]:
    """What was said with the corrections whose ids an address names: all that one person said of one kind at once."""
    ids = set(_ID.findall(given[:_LONGEST_PATH]))
    at_once = {(c.by, c.when, c.kind) for c in log.corrections if c.id in ids}
    held = {c.id for c in log.corrections if (c.by, c.when, c.kind) in at_once}
    return [row for row in log_rows(log) if row.id in held]


def say_done(path: str, made: Sequence[Correction]) -> str:
    """A path of this site that also names what was just said, one id for all that was said at once.

    >>> say_done("/report/r1?fact=a1&done=f-00000000#here", ())
    '/report/r1?fact=a1#here'
    """
    parts = urlsplit(path)
    held = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "done"]
    first = {(c.by, c.when, c.kind): c.id for c in reversed(made)}
    if first:
        held.append(("done", ",".join(reversed(first.values()))))
    return urlunsplit(("", "", parts.path, urlencode(held, safe=",;"), parts.fragment))


def own_path(given: str) -> str:
    r"""`given` if it leads nowhere but to this site; else "/".

    >>> own_path("/report/r1?fact=a1"), own_path("//evil.example"), own_path("/\\evil.example")
    ('/report/r1?fact=a1', '/', '/')
    """
    begins = given.startswith("/") and not given.startswith("//")
    return given if begins and "\\" not in given and given.isprintable() and len(given) <= _LONGEST_PATH else "/"


def _addresses(c: Correction, log: Log, links: Links) -> list[str | None]:
    return [_address(t, links) if t.report in log.reports else None for t in (c.target, c.other) if t]


def _address(target: Target, links: Links) -> str:
    # The same address as of an evidence, of which only the place is known.
    report = links.report(target.report)
    return f"{report}?char={word_part(target.spans)}#here" if target.spans else report
