"""Marks that want room on one line to lanes in which none lies on another."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from onrecord.web.pictures.svg import cut, measure

SIZE = 12.0
# Between a mark and its words, and between two neighbours.
GAP = 4.0
_LEAST = 60.0
_LONGEST = 300.0
# Of words' widths, what is kept free for them before lanes are given out: the first at which there are lanes enough.
_KEPT = (250.0, 190.0, 130.0, 84.0, 0.0)


class Mark(Struct):
    """What is drawn of a moment from `left` to `right`, its words, and where both are put.

    `inside` is where words begin that have room for them in the mark, `words_at` where they then stand.
    """

    left: float
    right: float
    words: str
    inside: float | None = None
    lane: int | None = None
    shown: str = ""
    words_at: float = 0.0
    before: bool = False

    @property
    def box(self) -> tuple[float, float]:
        """From where to where it and its words reach."""
        if not self.shown or self.inside is not None:
            return self.left, self.right
        width = GAP + measure(self.shown, SIZE)
        return (self.left - width, self.right) if self.before else (self.left, self.right + width)


def give_lanes(marks: Sequence[Mark], left: float, right: float, most: int) -> bool:
    """Put each mark in the lowest lane that is free, with as many of its words as there is room for.

    False where they need more than `most` lanes even without words; then nothing has been put anywhere.
    """
    for kept in _KEPT:
        for mark in marks:
            _keep(mark, kept, left, right)
        if stack(marks, most) == 0:
            _widen(marks, right)
            return True
    for mark in marks:
        mark.lane = None
    return False


def stack(marks: Sequence[Mark], most: int) -> int:
    """Put each mark in the lowest free lane of `most`, from the left; says for how many there was none."""
    ends: list[float] = []
    homeless = 0
    for mark in sorted(marks, key=lambda m: m.box[0]):
        start, end = mark.box
        mark.lane = next((n for n, taken in enumerate(ends) if taken + GAP <= start), None)
        if mark.lane is not None:
            ends[mark.lane] = end
        elif len(ends) < most:
            mark.lane = len(ends)
            ends.append(end)
        else:
            homeless += 1
    return homeless


def _keep(mark: Mark, width: float, left: float, right: float) -> None:
    """Show as many words as fit into `width`, after the mark or, at the right edge, before it."""
    if mark.inside is not None:
        mark.shown, mark.words_at = cut(mark.words, mark.right - mark.inside - GAP, SIZE), mark.inside
        return
    mark.shown = cut(mark.words, width, SIZE) if width else ""
    taken = GAP + measure(mark.shown, SIZE)
    mark.before = mark.right + taken > right
    if mark.before and mark.left - taken < left:
        mark.shown, mark.before = "", False
    mark.words_at = mark.left - GAP if mark.before else mark.right + GAP


def _widen(marks: Sequence[Mark], right: float) -> None:
    """Show more of the words where the next mark of the lane is further off."""
    following: dict[int, float] = {}
    for mark in sorted(marks, key=lambda m: -m.box[0]):
        assert mark.lane is not None  # noqa: S101
        room = min(following.get(mark.lane, right) - 2 * GAP - mark.right, _LONGEST)
        following[mark.lane] = mark.box[0]
        if mark.inside is None and not mark.before and room >= _LEAST:
            mark.shown = cut(mark.words, room, SIZE)
            mark.words_at = mark.right + GAP
