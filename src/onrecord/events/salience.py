"""Events to how much each is what its report is about."""

from __future__ import annotations

from onrecord.language import Parse, Tree
from onrecord.record import Event

# What counts for an event, and how much; all together make one.
_LEAD, _AGAIN, _MAIN, _NAMED, _DATED, _REAL = 0.35, 0.2, 0.15, 0.1, 0.1, 0.1
# Told in so many places, it is surely what the report is about.
_OFTEN = 3


def weigh_salience(parse: Parse, tree: Tree, event: Event) -> float:
    """From 0 to 1: how early it is told and how often, in a main clause, with names and a day.

    Reports put first what they are about (the inverted pyramid), and come back to it.
    """
    first = parse.sentence_at(event.trigger[0].start)
    early = 1 / (1 + first / 2)
    again = min(len(event.evidence) - 1, _OFTEN - 1) / (_OFTEN - 1)
    words = tree.words_in(event.trigger[0])
    relation = parse.tokens[words[0]].relation if len(words) else ""
    main = relation in ("root", "ccomp", "conj") or (relation in ("nsubj", "obj") and event.contact is not None)
    named = bool(event.actors) + bool(event.recipients)
    real = event.status == "happened" and event.within is None
    return round(
        _LEAD * early
        + _AGAIN * again
        + _MAIN * main
        + _NAMED * named / 2
        + _DATED * (event.when is not None)
        + _REAL * real,
        4,
    )
