"""Moments to a picture of their days: a mark for a day, a bar for days of which one is meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from xml.etree.ElementTree import Element

from msgspec import Struct

from onrecord.views.timeline import Moment
from onrecord.views.wording import word_count, word_day
from onrecord.web.pictures.axis import FOOT, Scale, divide, draw_axis, scale_between
from onrecord.web.pictures.density import draw_density
from onrecord.web.pictures.lanes import Mark, give_lanes, stack
from onrecord.web.pictures.shapes import REACH, draw_held, draw_shape, kind_of
from onrecord.web.pictures.svg import add, begin, cut, write

# More are counted instead.
MOST = 400
_EDGE = 14.0
_PITCH, _LANES = 20.0, 20
# Without words, where there are too many for lanes of that height.
_CLOSE, _CLOSE_LANES = 13.0, 30
_BAR, _CLOSE_BAR = 14.0, 10.0
# A bar holds a ring, however few its days.
_SHORTEST = 18.0
# How far an open side is drawn, in steps that fade.
_FADE = (26.0, 18.0, 14.0)
_TITLE_EMS = 90
_ROOMY = 90.0


class _Drawn(Struct):
    """A moment with its mark; of a bar, the kind of its ends: "open" days, days "beyond" the picture, or known."""

    moment: Moment
    mark: Mark
    is_day: bool
    ends: tuple[str, str]


def draw_timeline(
    moments: Sequence[Moment],
    first: date,
    last: date,
    href: Callable[[Moment], str],
    width: int = 1120,
    href_range: Callable[[date, date], str] | None = None,
) -> str:
    """The moments of these days as SVG, each a link; more than MOST of them as columns that count them.

    Moments without a day are left out (`count_undrawn`); what lies before or after the days is counted at the edge.
    """
    dated = [m for m in moments if _days(m)]
    if len(dated) > MOST:
        days = [day for m in dated if (day := _days(m))]
        return draw_density([a for a, _ in days], [b for _, b in days], first, last, href_range, width)
    scale = scale_between(first, last, _EDGE, width - _EDGE)
    drawn = [d for m in dated if (d := _mark(m, scale))]
    roomy = give_lanes([d.mark for d in drawn], scale.left, scale.right, _LANES)
    if not roomy:
        stack([d.mark for d in drawn], _CLOSE_LANES)
    return _draw(drawn, scale, href, roomy, _word_outside(dated, scale))


def count_undrawn(moments: Sequence[Moment]) -> int:
    """How many of the moments have no day at all, and so no place on a timeline."""
    return sum(_days(m) is None for m in moments)


def _days(moment: Moment) -> tuple[int, int] | None:
    """The days of a moment in order, one of them for both where only one is known."""
    known = sorted(d.toordinal() for d in (moment.when.earliest, moment.when.latest) if d)
    return (known[0], known[-1]) if known else None


def _mark(moment: Moment, scale: Scale) -> _Drawn | None:
    """Where a moment stands; None where that is outside the picture."""
    low, high = moment.when.earliest, moment.when.latest
    first, last = _days(moment) or (0, 0)
    if (low and first > scale.last) or (high and last < scale.first):
        return None
    words = _label(moment)
    if low and high and first == last:
        x = scale.middle(first)
        return _Drawn(moment, Mark(x - REACH - 1, x + REACH + 1, words), is_day=True, ends=("", ""))
    left, right, ends = _reach(low is not None, high is not None, first, last, scale)
    middle = (left + right) / 2
    inside = middle + 11 if right - middle - 11 >= _ROOMY else None
    return _Drawn(moment, Mark(left, right, words, inside), is_day=False, ends=ends)


def _reach(low: bool, high: bool, first: int, last: int, scale: Scale) -> tuple[float, float, tuple[str, str]]:
    """From where to where a bar is drawn, and the kind of its ends."""
    left, right = scale.start(max(first, scale.first)), scale.start(min(last, scale.last) + 1)
    if not high and first >= scale.first:
        right = min(left + sum(_FADE), scale.right)
        left = min(left, right - _SHORTEST)
    elif not low and last <= scale.last:
        left = max(right - sum(_FADE), scale.left)
        right = max(right, left + _SHORTEST)
    elif not (low and high):
        # Its known day lies outside, so that any day here may be meant.
        return scale.left, scale.right, ("beyond", "beyond")
    if right - left < _SHORTEST:
        middle = min(max((left + right) / 2, scale.left + _SHORTEST / 2), scale.right - _SHORTEST / 2)
        left, right = middle - _SHORTEST / 2, middle + _SHORTEST / 2
    ends = ("" if first >= scale.first else "beyond", "" if last <= scale.last else "beyond")
    return left, right, (ends[0] if low else "open", ends[1] if high else "open")


def _label(moment: Moment) -> str:
    """What stands beside a mark: "phone call: A and B", of a statement who says what."""
    if moment.kind == "statement":
        # Of "the ministry ← Ilse Varrun" she is the one who said it.
        return f"{moment.who.rsplit(' ← ', maxsplit=1)[-1]}: {moment.words.quote[:200]}"
    return f"{moment.kind}: {moment.who}" if moment.who else moment.kind


def _title(moment: Moment) -> str:
    """All that a pointer or a screen reader is told."""
    parts = (str(moment.when), moment.kind, moment.who, moment.status, moment.standing, moment.words.quote)
    return " · ".join(filter(None, (cut(part, _TITLE_EMS, 1) for part in parts)))


def _draw(
    drawn: list[_Drawn], scale: Scale, href: Callable[[Moment], str], roomy: bool, outside: tuple[str, str]
) -> str:
    placed = [d for d in drawn if d.mark.lane is not None]
    pitch = _PITCH if roomy else _CLOSE
    lanes = 1 + max((d.mark.lane or 0 for d in placed), default=1)
    head = 12.0 + 18.0 * any(outside) + 18.0 * (len(placed) < len(drawn))
    base = head + lanes * pitch + 8
    words = f"{word_count(len(drawn), 'entry', 'entries')} from {_word(scale.first)} to {_word(scale.last)}"
    root = begin(scale.right + _EDGE, base + FOOT, "pic-timeline", role="group", aria_label=words)
    draw_axis(root, scale, divide(scale), head - 6, base)
    for side, x, anchor in zip(outside, (scale.left, scale.right), ("start", "end"), strict=True):
        if side:
            add(root, "text", side, class_="pic-small", x=x, y=14, text_anchor=anchor)
    _count_homeless(root, [d.mark for d in drawn if d.mark.lane is None], head - 10, scale.right)
    for each in placed:
        y = base - 8 - pitch * ((each.mark.lane or 0) + 0.5)
        _draw_one(root, each, y, pitch, href(each.moment))
    return write(root)


def _draw_one(root: Element, drawn: _Drawn, y: float, pitch: float, href: str) -> None:
    """Add one moment as a link: its title, the field that answers to the pointer, its shape or bar, and its words."""
    mark, kind = drawn.mark, kind_of(drawn.moment)
    link = add(root, "a", class_="pic-entry", href=href)
    add(link, "title", _title(drawn.moment))
    left, right = mark.box
    height = pitch - 2
    add(link, "rect", class_="pic-hit", x=left - 1, y=y - height / 2, width=right - left + 2, height=height, rx=4)
    worked_out = " pic-worked-out" if drawn.moment.when.worked_out else ""
    group = add(link, "g", class_=f"pic-{kind}{worked_out}")
    if drawn.is_day:
        draw_shape(group, kind, (mark.left + mark.right) / 2, y)
    else:
        _draw_bar(group, drawn, y, _BAR if pitch == _PITCH else _CLOSE_BAR)
        draw_held(group, kind, (mark.left + mark.right) / 2, y)
    if mark.shown:
        anchor = "end" if mark.before else "start"
        add(link, "text", mark.shown, class_="pic-label", x=mark.words_at, y=y + 4, text_anchor=anchor)


def _draw_bar(group: Element, drawn: _Drawn, y: float, height: float) -> None:
    """Add the days from left to right; an end that is not known fades, one beyond the picture ends in a point."""
    left, right = drawn.mark.left, drawn.mark.right
    top = y - height / 2
    if "open" not in drawn.ends:
        shape = _outline(left, right, top, height, drawn.ends)
        add(group, "path", class_="pic-band", d=shape)
        return
    to_right = drawn.ends[1] == "open"
    total, done = sum(_FADE), 0.0
    for step, opacity in zip(_FADE, (1, 0.6, 0.3), strict=True):
        size = step / total * (right - left)
        x = left + done if to_right else right - done - size
        add(group, "rect", class_="pic-fade", x=x, y=top, width=size, height=height, opacity=opacity)
        done += size
    edge, tip, turn = (left, right, -1) if to_right else (right, left, 1)
    add(group, "path", class_="pic-stop", d=f"M{edge:.1f} {top:.1f}v{height:.1f}")
    add(group, "path", class_="pic-arrow", d=f"M{tip + 4 * turn:.1f} {y - 4:.1f}L{tip:.1f} {y:.1f}l{4 * turn} 4")


def _outline(left: float, right: float, top: float, height: float, ends: tuple[str, str]) -> str:
    """A bar's outline, pointed where it goes on beyond the picture."""
    half = height / 2
    path = [f"M{left + (half if ends[0] else 0):.1f} {top:.1f}H{right - (half if ends[1] else 0):.1f}"]
    path.append(f"l{half} {half}l{-half} {half}" if ends[1] else f"v{height}")
    path.append(f"H{left + (half if ends[0] else 0):.1f}")
    path.append(f"l{-half} {-half}z" if ends[0] else "z")
    return "".join(path)


def _count_homeless(root: Element, marks: list[Mark], y: float, right: float) -> None:
    """Add how many found no lane, at their days, those that are near together as one number."""
    groups: dict[int, list[Mark]] = {}
    for mark in marks:
        groups.setdefault(int((mark.left + mark.right) / 2 // 48), []).append(mark)
    for group in groups.values():
        x = min(sum(m.left + m.right for m in group) / 2 / len(group), right - 10)
        text = add(root, "text", f"+{len(group):,}", class_="pic-small", x=x, y=y, text_anchor="middle")
        add(text, "title", f"{len(group):,} more here than there is room for")


def _word_outside(moments: Sequence[Moment], scale: Scale) -> tuple[str, str]:
    """How many moments lie before the picture and how many after it."""
    low = high = 0
    for moment in moments:
        if _mark(moment, scale) is None:
            first, _ = _days(moment) or (0, 0)
            low, high = (low + 1, high) if first < scale.first else (low, high + 1)
    return (f"← {low:,} before" if low else "", f"{high:,} after →" if high else "")


def _word(day: int) -> str:
    return word_day(date.fromordinal(day))
