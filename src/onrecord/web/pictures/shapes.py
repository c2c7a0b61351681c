"""The status of a moment to its shape, which tells it apart without colour."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from onrecord.views.timeline import Moment
from onrecord.views.wording import STATUSES
from onrecord.web.pictures.svg import add, begin, write

KINDS: dict[str, str] = {
    **{kind: words.removeprefix("reported as ") for kind, words in STATUSES.items()},
    "statement": "statement",
}
# How far a shape reaches from its middle.
REACH = 5.0
_BY_WORDS: dict[str, str] = {words: kind for kind, words in STATUSES.items()}


def kind_of(moment: Moment) -> str:
    """Which of KINDS a moment is."""
    return "statement" if moment.kind == "statement" else _BY_WORDS[moment.status]


def draw_shape(parent: Element, kind: str, x: float, y: float, r: float = REACH) -> None:
    """Add the shape of a kind, no further than `r` from its middle; its colour is that of class pic-KIND around it."""
    match kind:
        case "planned":
            side = 1.8 * r
            add(parent, "rect", class_="pic-hollow", x=x - side / 2, y=y - side / 2, width=side, height=side)
        case "predicted":
            _polygon(parent, (x, y - r), (x + r, y + 0.8 * r), (x - r, y + 0.8 * r))
        case "conditional":
            _polygon(parent, (x, y - r), (x + r, y), (x, y + r), (x - r, y))
        case "denied":
            d = 0.75 * r
            lines = f"M{x - d:.1f} {y - d:.1f}l{2 * d:.1f} {2 * d:.1f}m0 {-2 * d:.1f}l{-2 * d:.1f} {2 * d:.1f}"
            add(parent, "path", class_="pic-cross", d=lines)
        case "not_yet":
            add(parent, "circle", class_="pic-hollow", cx=x, cy=y, r=0.9 * r)
            add(parent, "path", class_="pic-bar", d=f"M{x - 0.5 * r:.1f} {y:.1f}h{r:.1f}")
        case "statement":
            add(parent, "path", class_="pic-filled", d=_bubble(x, y, r))
        case _:
            add(parent, "circle", class_="pic-filled", cx=x, cy=y, r=0.9 * r)


def draw_legend() -> str:
    """The shapes with their words, in HTML that wraps where the page is narrow."""
    root = Element("span", {"class": "pic-legend", "role": "list", "aria-label": "What the shapes mean"})
    for kind, words in KINDS.items():
        picture = _entry(root, words, 16)
        draw_shape(add(picture, "g", class_=f"pic-{kind}"), kind, 8, 8)
    picture = _entry(root, "on one of these days", 34)
    held = add(picture, "g", class_="pic-happened")
    add(held, "rect", class_="pic-band", x=1, y=2, width=32, height=12, rx=3)
    draw_held(held, "happened", 17, 8)
    picture = _entry(root, "day worked out", 16)
    draw_shape(add(picture, "g", class_="pic-happened pic-worked-out"), "happened", 8, 8)
    return write(root)


def draw_held(parent: Element, kind: str, x: float, y: float) -> None:
    """Add the shape of a kind as a bar carries it: small and in a ring, since it stands for no day."""
    add(parent, "circle", class_="pic-ring", cx=x, cy=y, r=6.5)
    draw_shape(parent, kind, x, y, 3.6)


def _entry(root: Element, words: str, width: int) -> Element:
    item = add(root, "span", class_="pic-legend-item", role="listitem")
    picture = begin(width, 16, "pic-key", aria_hidden="true", focusable="false")
    item.append(picture)
    add(item, "span", words)
    return picture


def _polygon(parent: Element, *corners: tuple[float, float]) -> None:
    add(parent, "polygon", class_="pic-hollow", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in corners))


def _bubble(x: float, y: float, r: float) -> str:
    """A speech mark: a small rounded field with a tail at its lower left."""
    left, top, width, height = x - r, y - 0.8 * r, 2 * r, 1.25 * r
    return (
        f"M{left + 1:.1f} {top:.1f}h{width - 2:.1f}q1 0 1 1v{height - 2:.1f}q0 1 -1 1h{-0.9 * r:.1f}"
        f"l{-0.55 * r:.1f} {0.5 * r:.1f}v{-0.5 * r:.1f}h{-(width - 2 - 1.45 * r):.1f}q-1 0 -1 -1v{2 - height:.1f}"
        "q0 -1 1 -1z"
    )
