"""The words that a correction is about to the fact that stands there now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from onrecord.record import Analysis, Entity, FactKind, Part, Span, Target

# So many of the characters that a fact of then or of now has are those of both, or it is another fact. A trigger may
# have been read as "call" and now as "held a call"; a statement that is twice as long says something else.
_LEAST: dict[FactKind, float] = {"entity": 1 / 3, "attribution": 1 / 2, "event": 1 / 3}


class Fact(NamedTuple):
    """A fact of one report and where it stands, as in `Target`; an entity stands at each of its mentions."""

    about: FactKind
    id: str
    spans: Part
    cue: Part = ()


def list_facts(analysis: Analysis, about: FactKind) -> Iterator[Fact]:
    """The facts of one kind, each span of them in order."""
    if about == "attribution":
        for x in analysis.attributions:
            yield Fact(about, x.id, join_spans(x.content), join_spans((*x.cue, *x.source)))
    elif about == "event":
        for e in analysis.events:
            yield Fact(about, e.id, join_spans(e.trigger))
    elif about == "entity":
        for entity in analysis.entities:
            for mention in entity.mentions:
                yield Fact(about, entity.id, (mention.span,))


def find_fact(analysis: Analysis, about: FactKind, target: Target) -> str | None:
    """The id of the fact that has most of its characters in common with `target`; None if none has enough of them.

    What two attributions of the same words differ in is who says them and by which word: with another cue and source
    it is another one. A whole report is found as "". Of equals it is the shortest, then the first.
    """
    if about == "report":
        return ""
    near = [(alike(f.spans, target.spans), alike(f.cue, target.cue), f) for f in list_facts(analysis, about)]
    near = [(n, cue, f) for n, cue, f in near if n >= _LEAST[about] and (cue or not (f.cue and target.cue))]
    best = min(near, key=lambda n: (-n[0] - n[1], size(n[2].spans), n[2].spans, n[2].id), default=None)
    return best[2].id if best else None


def name_mention(entity: Entity) -> Span:
    """Where an entity is pointed at: its first mention by name, else its first."""
    return min(entity.mentions, key=lambda m: (m.form != "name", m.span)).span


def alike(a: Part, b: Part) -> float:
    """The share of the characters of either that both have; both in order and without overlaps (`join_spans`)."""
    common = shared(a, b)
    return common / (size(a) + size(b) - common) if common else 0.0


def shared(a: Part, b: Part) -> int:
    """How many characters are in both."""
    return sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)


def size(part: Part) -> int:
    """How many characters a part has."""
    return sum(end - start for start, end in part)


def join_spans(spans: Iterable[Span]) -> Part:
    """`spans` in order, those that touch as one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(end, out[-1].end))
        else:
            out.append(Span(start, end))
    return tuple(out)
