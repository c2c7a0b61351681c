"""What stands behind a claim to one card that can be handed on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from xml.etree.ElementTree import Element

from onrecord.views.chains import ClaimTree
from onrecord.web.pictures.svg import add, begin, measure, wrap, write

_WIDTH, _HEIGHT, _EDGE = 1200.0, 630.0, 72.0
_TEXT = 690.0
# It looks the same wherever it is shown, so its colours are its own.
_PAPER, _INK, _SOFT, _LINE, _ACCENT = "#fbfaf7", "#1d1f23", "#5c6068", "#c9c6bd", "#1f5f8b"
_FONT = "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
_SERIF = "Georgia, 'Times New Roman', serif"
# The picture's columns and rows.
_REPORTS, _ORIGINS = 850.0, 1070.0
_TOP, _BOTTOM = 96.0, 392.0
_MOST_REPORTS, _MOST_ORIGINS = 24, 9


def draw_card(tree: ClaimTree, made: str) -> str:
    """A claim, who said it and what stands behind it, as an SVG of its own in fixed colours, 1200 by 630.

    `made` says by what and of what it was made, and stands small at its foot.
    """
    root = begin(_WIDTH, _HEIGHT, "pic-card", role="img", font_family=_FONT)
    root.set("aria-label", f"{tree.author}: {' '.join(wrap(tree.text, 4000, 20, 1))}. {tree.standing}")
    add(root, "rect", width=_WIDTH, height=_HEIGHT, fill=_PAPER)
    add(root, "rect", width=_WIDTH, height=8, fill=_ACCENT)
    _write_claim(root, tree)
    _draw_picture(root, tree)
    _write_foot(root, tree, made)
    return write(root)


def _write_claim(root: Element, tree: ClaimTree) -> None:
    """Add who said what, in letters the larger the shorter it is, and the standing under it."""
    y = _write(root, wrap(tree.author, _TEXT, 22, 1), 96, 22, _SOFT)
    size, lines = next(
        ((size, lines) for size in (44, 38, 33) if len(lines := wrap(tree.text, _TEXT, size, 20)) * size <= 190),
        (29, wrap(tree.text, _TEXT, 29, 6)),
    )
    y = _write(root, lines, y + size * 1.25 - 10, size, _INK, font_family=_SERIF)
    size = next((s for s in (34, 30, 26) if measure(tree.standing, s) <= _WIDTH - 2 * _EDGE - 420), 24)
    _write(root, wrap(tree.standing, _TEXT + 20, size, 1), 424, size, _ACCENT, font_weight="600")


def _write_foot(root: Element, tree: ClaimTree, made: str) -> None:
    """Add what would lower the number of origins, what it is not, and by what the card was made."""
    add(root, "path", d=f"M{_EDGE} 452H{_WIDTH - _EDGE}", stroke=_LINE, stroke_width=1.5)
    y = 488.0
    if tree.doubts:
        y = _write(root, wrap(f"What would lower it: {tree.doubts[0]}", _WIDTH - 2 * _EDGE, 21, 2), y, 21, _INK) + 4
    _write(root, wrap(tree.caution, _WIDTH - 2 * _EDGE, 20, 1), y, 20, _SOFT)
    _write(root, wrap(made, _WIDTH - 2 * _EDGE, 16, 1), 596, 16, _SOFT)


def _write(root: Element, lines: Sequence[str], y: float, size: float, fill: str, **attributes: str | float) -> float:
    """Add lines of text from `y` on; says where the next one stands."""
    for line in lines:
        add(root, "text", line, x=_EDGE, y=y, font_size=size, fill=fill, **attributes)
        y += size * 1.32
    return y


def _draw_picture(root: Element, tree: ClaimTree) -> None:
    """Add a dot for each report, a line from it to its origin, and an open end where it doesn't say."""
    origins = [list(dict.fromkeys(b.report for b in o.reports)) for o in tree.origins]
    untraced = [b.report for b in tree.untraced]
    reports = _choose([*origins[:_MOST_ORIGINS], untraced])
    shown = dict(zip(reports, _spread(len(reports)), strict=True))
    ends = _spread(min(len(origins), _MOST_ORIGINS))
    for n, y in enumerate(ends):
        for report in origins[n]:
            if report in shown:
                _draw_edge(root, shown[report], y)
    for report in untraced:
        if report in shown:
            add(root, "path", d=f"M{_REPORTS} {shown[report]:.1f}h74", stroke=_SOFT, stroke_dasharray="5 5")
            add(root, "circle", cx=_REPORTS + 81, cy=shown[report], r=6, fill=_PAPER, stroke=_SOFT, stroke_width=1.5)
    for y in shown.values():
        add(root, "circle", cx=_REPORTS, cy=y, r=5.5, fill=_INK)
    for n, y in enumerate(ends, 1):
        add(root, "circle", cx=_ORIGINS, cy=y, r=15, fill=_ACCENT)
        add(root, "text", str(n), x=_ORIGINS, y=y + 6, font_size=17, fill=_PAPER, text_anchor="middle")
    total = len({report for group in (*origins, untraced) for report in group})
    _name_columns(root, total - len(shown), len(origins) - len(ends), bool(origins))


def _choose(groups: Sequence[Sequence[str]]) -> list[str]:
    """At most _MOST_REPORTS reports in the order of their groups, as many of each as others leave room for."""
    longest = max(map(len, groups))
    in_turn = dict.fromkeys(group[n] for n in range(longest) for group in groups if n < len(group))
    chosen = frozenset(islice(in_turn, _MOST_REPORTS))
    return [report for report in dict.fromkeys(r for group in groups for r in group) if report in chosen]


def _name_columns(root: Element, reports: int, origins: int, named: bool) -> None:
    """Add what the dots are, and how many more there are of each."""
    columns = [(_REPORTS, "reports", reports), (_ORIGINS, "origins", origins)][: 2 if named else 1]
    for x, words, more in columns:
        add(root, "text", words, x=x, y=_TOP - 24, font_size=17, fill=_SOFT, text_anchor="middle")
        if more > 0:
            add(root, "text", f"+{more:,}", x=x, y=_BOTTOM + 28, font_size=17, fill=_SOFT, text_anchor="middle")


def _draw_edge(root: Element, y: float, to_y: float) -> None:
    middle = (_REPORTS + _ORIGINS) / 2
    line = f"M{_REPORTS} {y:.1f}C{middle} {y:.1f} {middle} {to_y:.1f} {_ORIGINS} {to_y:.1f}"
    add(root, "path", d=line, fill="none", stroke=_LINE, stroke_width=2)


def _spread(number: int) -> list[float]:
    """So many places from top to bottom, evenly, and no further apart than looks of a piece."""
    pitch = min(56.0, (_BOTTOM - _TOP) / max(1, number - 1))
    middle = (_TOP + _BOTTOM) / 2
    return [middle + (n - (number - 1) / 2) * pitch for n in range(number)]
