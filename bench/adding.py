"""The figures of `bench.large` to a picture: `python -m bench.adding RESULT.json -o PICTURE.svg`.

Seconds of linking each added report against the reports on record, the latter by their logarithm: a dot where `added`
came at once, a ring where one came by itself. What grows by the logarithm lies on a line.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path
from typing import Any

_LEFT, _WIDTH, _TOP, _HEIGHT = 60, 520, 20, 220
_SHAPES = {"add_many": ("many at once", "#1f6feb", "#1f6feb"), "add_one": ("one by itself (median)", "none", "#8a4600")}


def draw(sizes: list[dict[str, Any]]) -> str:
    """The picture as SVG, of the sizes that `bench.large` prints."""
    points = {name: [(s["reports"], s[name]["link_seconds"] / s[name]["lacking"]) for s in sizes] for name in _SHAPES}
    logs = [math.log10(s["reports"]) for s in sizes]
    low, high = min(logs), max(*logs, min(logs) + 1e-9)
    tops = {name: _round_up(max(y for _, y in held)) for name, held in points.items()}
    rows = [f'<path d="M{_LEFT} {_TOP}v{_HEIGHT}h{_WIDTH}" fill="none" stroke="#666"/>']
    for reports, log in zip((s["reports"] for s in sizes), logs, strict=True):
        x = _LEFT + _WIDTH * (log - low) / (high - low)
        rows.append(f'<text x="{x:.1f}" y="{_TOP + _HEIGHT + 18}" text-anchor="middle">{reports:,}</text>')
    for turn, (name, (label, fill, stroke)) in enumerate(_SHAPES.items()):
        top = tops[name]
        places = [
            (_LEFT + _WIDTH * (math.log10(x) - low) / (high - low), _TOP + _HEIGHT * (1 - y / top))
            for x, y in points[name]
        ]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        rows.append(f'<polyline points="{line}" fill="none" stroke="{stroke}"/>')
        for (x, y), (_, seconds) in zip(places, points[name], strict=True):
            rows.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{fill}" stroke="{stroke}"/>')
            rows.append(f'<text x="{x:.1f}" y="{y - 8:.1f}" text-anchor="middle" fill="{stroke}">{seconds:.3g}</text>')
        at = _TOP + _HEIGHT + 40 + 18 * turn
        rows.append(f'<circle cx="{_LEFT + 6}" cy="{at - 4}" r="4" fill="{fill}" stroke="{stroke}"/>')
        rows.append(f'<text x="{_LEFT + 18}" y="{at}">{label}; the top of the axis is {top:g} s</text>')
    size = f'width="{_LEFT + _WIDTH + 60}" height="{_TOP + _HEIGHT + 70}"'
    style = 'font-family="sans-serif" font-size="12"'
    ground = '<rect width="100%" height="100%" fill="white"/>'
    words = "Seconds of each added report, against reports on record"
    title = f'<title>{words}</title><text x="{_LEFT + 8}" y="14">{words}</text>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>{ground}{title}{"".join(rows)}</svg>\n'


def _round_up(value: float) -> float:
    """The next of 1, 2 and 5 times a power of ten, so that the highest point has room above it."""
    power = 10.0 ** math.floor(math.log10(value * 1.2))
    return next(step * power for step in (1.0, 2.0, 5.0, 10.0) if step * power >= value * 1.2)


def main() -> None:
    """Reads the command line, writes one picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("result", type=Path, help="what `bench.large` printed")
    parser.add_argument("-o", "--output", type=Path, required=True)
    args = parser.parse_args()
    args.output.write_text(draw(json.loads(args.result.read_text(encoding="utf-8"))["sizes"]), encoding="utf-8")


if __name__ == "__main__":
    main()
