"""Ids of the record to the short ones that people copy."""

from __future__ import annotations

from typing import Literal

Kind = Literal["report", "statement", "event", "contact", "entity", "claim", "disagreement", "expectation", "story"]

# A claim is what is in question; an entity is mostly a person; a story is a topic.
LETTERS: dict[Kind, str] = {
    "report": "R",
    "statement": "S",
    "event": "E",
    "contact": "C",
    "entity": "P",
    "claim": "Q",
    "disagreement": "D",
    "expectation": "X",
    "story": "T",
}
# Of a report's hash; two of a million may still share it, and then more is asked for.
REPORT_DIGITS = 8


def refer(kind: Kind, id: str) -> str:
    """The short id of a report or entry: its letter, and the digits of its own id.

    >>> refer("claim", "c-650bfca28a"), refer("report", "bb34e765dfb3cd54")
    ('Q-650bfca28a', 'R-bb34e765')
    """
    digits = id[:REPORT_DIGITS] if kind == "report" else id.partition("-")[2] or id
    return f"{LETTERS[kind]}-{digits}"


def refer_statement(report: str, attribution: str) -> str:
    """The short id of an attribution, by its report and its number there.

    >>> refer_statement("bb34e765dfb3cd54", "a3")
    'S-bb34e765.3'
    """
    return f"{LETTERS['statement']}-{report[:REPORT_DIGITS]}.{attribution.removeprefix('a')}"
