"""The text of a report to stretches, each with all that was found there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from msgspec import Struct

from onrecord.record import Analysis, Part, Span
from onrecord.views.timeline import SURE

# Contents inside contents are shown so deep.
DEPTH = 3


class Mark(Struct, frozen=True):
    """A stretch that a fact covers; `style` are the classes by which it is shown, `rank` breaks ties of length."""

    span: Span
    style: str
    fact: str
    rank: int


class Segment(Struct, frozen=True):
    """A stretch of text under the same marks: its classes, the fact that a click on it opens, its first character.

    `here` says whether it is the first of those that were asked for.
    """

    text: str
    style: str
    fact: str | None
    start: int
    here: bool


def segment_text(analysis: Analysis, chosen: Part = (), cuts: Collection[int] = ()) -> list[Segment]:
    """The whole text in order, cut where a mark, noise or one of the `chosen` spans begins or ends, and at `cuts`."""
    length = len(analysis.text)
    marks = [m for m in list_marks(analysis) if m.span.start < m.span.end <= length]
    noise = [n.span for n in analysis.noise]
    wanted = [s for s in chosen if s.start < s.end]
    borders = {0, length, *(b for m in marks for b in m.span)}
    borders |= {min(b, length) for s in (*noise, *wanted) for b in s}
    borders |= {cut for cut in cuts if cut < length}
    open_, begin = set[int](), dict[int, list[int]]()
    for n, mark in enumerate(marks):
        begin.setdefault(mark.span.start, []).append(n)
    out: list[Segment] = []
    first = min((s.start for s in wanted), default=-1)
    for start, end in pairwise(sorted(borders)):
        open_ = {n for n in open_ if marks[n].span.end > start} | set(begin.get(start, ()))
        over = [marks[n] for n in sorted(open_)]
        styles = [m.style for m in over]
        styles += ["noise"] if any(s.start <= start < s.end for s in noise) else []
        styles += ["chosen"] if any(s.start <= start < s.end for s in wanted) else []
        top = min(over, key=lambda m: (m.span.end - m.span.start, m.rank), default=None)
        out.append(
            Segment(
                text=analysis.text[start:end],
                style=" ".join(dict.fromkeys(" ".join(styles).split())),
                # Nobody can see a link that holds blanks only.
                fact=top.fact if top and not analysis.text[start:end].isspace() else None,
                start=start,
                here=start == first,
            )
        )
    return out


def list_marks(analysis: Analysis) -> Iterator[Mark]:
    """All stretches that facts of a report cover, of events those that are read surely enough."""
    depths = find_depths(analysis)
    for said in analysis.attributions:
        style = f"c c{min(depths[said.id], DEPTH)}"
        yield from (Mark(span, style, said.id, 3) for span in said.content)
        yield from (Mark(span, "s", said.id, 2) for span in said.source)
        yield from (Mark(span, "k", said.id, 2) for span in said.cue)
    for event in (e for e in analysis.events if e.confidence >= SURE):
        yield from (Mark(span, f"v {event.status}", event.id, 1) for span in event.trigger)
    for entity in analysis.entities:
        yield from (Mark(m.span, "n", entity.id, 0) for m in entity.mentions if m.form == "name")
    for timex in analysis.timexes:
        yield Mark(timex.span, "t", f"t{timex.span.start}", 0)


def find_depths(analysis: Analysis) -> dict[str, int]:
    """How many contents each attribution stands in, itself counted."""
    within = {said.id: said.within for said in analysis.attributions}
    depths: dict[str, int] = {}
    for id, at in within.items():
        depth = 1
        while at is not None and at in within and depth < len(within):
            depth, at = depth + 1, within[at]  # noqa: PLW2901  # upwards, from each anew
        depths[id] = depth
    return depths
