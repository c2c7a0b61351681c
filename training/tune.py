"""Readings of the dev splits to the leaning that serves them best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from bench.attribution_scores import count_report, figures
from bench.data import Example
from bench.language_scores import (
    char_names,
    char_relations,
    count_frames,
    count_names,
    f1_figures,
    frame_figures,
    gold_relations,
)
from bench.timex import count as count_timexes
from bench.timex import figures as timex_figures
from onrecord.language.decode import Leaning, find_spans, link_spans
from onrecord.language.pieces import Pieces, Window
from onrecord.language.scores import ROLES, Scores, Tables
from onrecord.language.spans import Spans
from onrecord.language.timexes import find_certain
from onrecord.record import Span

Read = tuple[Example, Pieces, list[Window], list[Scores]]
# A leaning to how well it serves some readings.
Worth = Callable[[Leaning], float]

_STEPS = {
    "least": (0.0, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8),
    "begin": (0.0, 0.5, 1.0),
    "content": (-0.5, 0.0, 0.25, 0.5),
    "source": (-0.5, 0.0, 0.25, 0.5, 1.0),
    "cue": (-0.5, 0.0, 0.25, 0.5),
    "no_source": (-1.0, -0.5, 0.0, 0.5, 1.0),
}
_ONE = (-2.0, -1.5, -1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0)


def tune(speech: Sequence[Read], words: Sequence[Read], times: Sequence[Read], tables: Tables) -> Leaning:
    """The leaning that serves attributions, names, arguments and time expressions best, each of its own readings."""
    best = _best(Leaning(), _STEPS, _attributions(speech, tables), rounds=2)
    best = _best(best, {"name": _ONE}, _names(words, tables))
    best = _best(best, {"argument": _ONE}, _arguments(words, tables))
    return _best(best, {"timex": _ONE}, _timexes(times, tables))


def _best(start: Leaning, steps: dict[str, tuple[float, ...]], worth: Worth, rounds: int = 1) -> Leaning:
    """The leaning of most worth, one value changed at a time, so many times over."""
    best, top = start, worth(start)
    for _ in range(rounds):
        for name, values in steps.items():
            for value in values:
                trial = replace(best, **{name: value})
                if (score := worth(trial)) > top:
                    best, top = trial, score
    return best


def _attributions(read: Sequence[Read], tables: Tables) -> Worth:
    """The link score and exact fragments.

    The link score alone buys precision with long sources and cues: half a point more of it costs a point of these.
    """

    def worth(leaning: Leaning) -> float:
        total = Counter[str]()
        for example, pieces, windows, scores in read:
            spans, *_ = find_spans(windows, scores, tables, leaning)
            relations = link_spans(spans, windows, scores, tables, leaning)
            total += count_report(example.text, char_relations(relations, pieces), gold_relations(example))
        found = figures(total)
        return found["link_dice50"] + sum(found[f"{role}_fragment"] for role in ROLES) / len(ROLES)

    return worth


def _names(read: Sequence[Read], tables: Tables) -> Worth:
    def worth(leaning: Leaning) -> float:
        total = Counter[str]()
        for example, pieces, windows, scores in read:
            if example.mentions is not None:
                total += count_names(example, char_names(find_spans(windows, scores, tables, leaning)[1], pieces))
        return f1_figures(total)["names_f1"]

    return worth


def _arguments(read: Sequence[Read], tables: Tables) -> Worth:
    def worth(leaning: Leaning) -> float:
        total = Counter[str]()
        for example, pieces, windows, scores in read:
            total += count_frames(example, pieces, windows, scores, tables, leaning.argument)
        return frame_figures(total)["arguments_f1"]

    return worth


def _timexes(read: Sequence[Read], tables: Tables) -> Worth:
    def worth(leaning: Leaning) -> float:
        total = Counter[str]()
        for example, pieces, windows, scores in read:
            found = char_names(find_spans(windows, scores, tables, leaning)[2], pieces)
            taken = Spans(Span(a, b) for a, b, _ in found)
            found += [(*span, "DATE") for span in find_certain(example.text) if not taken.meets(span)]
            total += count_timexes(example.timexes or (), found)
        return timex_figures(total)["relaxed_f1"] + timex_figures(total)["strict_f1"] / 2

    return worth
