"""The figures of `bench.language` to a picture: `python -m bench.plot RESULT.json -o PICTURE.svg`.

A row a measure: a bar for packed windows, a ring for sentences alone, a diamond for `extract` on raw text, and a line
at what is asked.
"""

from __future__ import annotations

import argparse
import json
from html import escape
from pathlib import Path

_ROWS = {
    "attribution": ("link_dice50", "content_dice50", "source_fragment", "cue_fragment", "content_fragment"),
    "ewt": (
        "names_f1",
        "names_person",
        "names_organisation",
        "names_place",
        "upos",
        "uas",
        "las",
        "predicates_f1",
        "arguments_f1",
        "arguments_negation",
        "arguments_modality",
        "factuality_pearson",
    ),
    "gum": ("names_f1", "nominals_f1", "nominals_person", "nominals_organisation", "nominals_place", "upos", "las"),
}
_LABELS, _WIDTH, _STEP, _LOW = 210, 480, 22, 0.3


def draw(found: dict[str, dict[str, dict[str, float]]]) -> str:
    """The picture as SVG; scores from 0.3 to 1 along it."""

    def x(score: float) -> float:
        return round(_LABELS + _WIDTH * (max(score, _LOW) - _LOW) / (1 - _LOW), 1)

    parts: list[str] = []
    y = 40
    for name, measures in _ROWS.items():
        if name not in found:
            continue
        parts.append(f'<text x="8" y="{y}" font-weight="bold">{escape(name)}</text>')
        y += _STEP
        for measure in measures:
            forms = found[name]
            score = forms["packed"].get(measure)
            if score is None:
                continue
            parts.append(f'<text x="20" y="{y}">{measure.replace("_", " ")}</text>')
            parts.append(f'<rect x="{_LABELS}" y="{y - 11}" width="{x(score) - _LABELS}" height="12" fill="#7a9cc6"/>')
            parts.append(f'<text x="{_LABELS + _WIDTH + 10}" y="{y}">{score:.3f}</text>')
            if (alone := forms["single"].get(measure)) is not None:
                parts.append(f'<circle cx="{x(alone)}" cy="{y - 5}" r="4" fill="white" stroke="#222"/>')
            if (raw := forms["extract"].get(measure)) is not None:
                at = x(raw)
                parts.append(f'<path d="M{at} {y - 11}l5 6l-5 6l-5 -6z" fill="#222"/>')
            if (target := forms["target"].get(measure)) is not None:
                parts.append(f'<path d="M{x(target)} {y - 15}v19" stroke="#c0392b" stroke-width="2"/>')
            y += _STEP
        y += 8
    key = "bar: packed windows · ring: sentences alone · diamond: extract on raw text · red line: what is asked"
    width = _LABELS + _WIDTH + 70
    axis = "".join(
        f'<path d="M{x(n / 10)} 28V{y - 20}" stroke="#ddd"/>'
        f'<text x="{x(n / 10) - 8}" y="22" fill="#666">{n / 10}</text>'
        for n in range(3, 11)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {y + 16}"'
        f' font-family="sans-serif" font-size="12">'
        f'<rect width="{width}" height="{y + 16}" fill="white"/>{axis}{"".join(parts)}'
        f'<text x="8" y="{y + 4}" fill="#666">{key}</text></svg>\n'
    )


def main() -> None:
    """Reads the command line and writes the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("result", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.write_text(draw(json.loads(args.result.read_text(encoding="utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()
