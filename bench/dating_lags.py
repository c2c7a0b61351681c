"""Clues of reports whose day is known to how often each kind of clue has each lag: what `weigh` is shipped with.

`python -m bench.dating_lags --data FOLDER` counts over the pool of bench/dating_pool.py and writes
src/onrecord/dating/data/lags.json. Clues of other reports are counted with those reports' dates shown.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from bench.dating_pool import Dated, read_pool
from onrecord.dating import find_hints, find_timexes
from onrecord.dating.axis import place
from onrecord.dating.redate import hints_of_others
from onrecord.dating.weigh import EDGES, KNOWN, YEAR_EDGES, Lags, around_places, bound_places, lag_bin, lag_of
from onrecord.ingest import find_noise
from onrecord.knowledge import Knowledge
from onrecord.language import Model, find_entities, load_model, parse
from onrecord.link import find_copies, link_affairs
from onrecord.link.affairs import NAMES
from onrecord.link.names import link_names
from onrecord.record import Analysis, Hint, Interval, Publication

# What is law, and what the pool has too few of, by so many cases as if they had been counted: lags in days, of
# weekdays the days behind, for "cited" inside and outside.
SET: dict[str, dict[int, float]] = {
    "cited": {0: 19, 1: 1},
    "copy": {-3: 1, -1: 2, 0: 12, 1: 9, 2: 5, 3: 4, 6: 3, 12: 1},
    "dated.line": {0: 4, 1: 2},
    "day.fixed": {0: 10},
    "feast.fixed": {0: 10},
    "feast.line": {0: 4, 1: 2},
    "month.line": {0: 2},
    "rewrite": {-20: 1, -4: 1, -1: 3, 0: 12, 1: 10, 2: 3, 3: 2, 6: 2, 20: 1},
    "weekday.fixed": {0: 20},
    "weekday.line": {0: 12, 1: 4},
}
SMOOTH = 0.3
# Of what names one day by another, as if so many had been right, near and far off beside those counted.
PRIOR = np.array([0.7, 0.25, 0.05])
# The pool has no affairs of dated and undated reports: the right, near and far ones of events that two reports tell of,
# by how probably these are one, counted on the cases that were read while tuning.
SAME = {9: (0.85, 0.1, 0.05), 8: (0.5, 0.35, 0.15), 7: (0.5, 0.35, 0.15), 6: (0.5, 0.35, 0.15), 5: (0.3, 0.4, 0.3)}


def read_analyses(model: Model, knowledge: Knowledge, pool: Sequence[Dated]) -> tuple[list[Analysis], list[Analysis]]:
    """Each text as a report without a date, with its clues, and as one whose date is shown."""
    hidden: list[Analysis] = []
    shown: list[Analysis] = []
    for one in pool:
        parsed = parse(one.text, model, coreference=False)
        noise = find_noise(one.text, None)
        entities = find_entities(parsed, noise, one.outlet)
        timexes = find_timexes(parsed, Publication())
        hints = find_hints(parsed, timexes, entities, noise, knowledge)
        given = Publication(earliest=one.day, latest=one.day, edtf=f"{one.day}", given=True)
        for out, published, own, found in (
            (hidden, Publication(), hints, timexes),
            (shown, given, (), find_timexes(parsed, given)),
        ):
            out.append(
                Analysis(
                    id=one.name,
                    key=one.name,
                    url=None,
                    outlet=one.outlet,
                    author=None,
                    title=None,
                    language="en",
                    text=one.text,
                    noise=noise,
                    published=published,
                    entities=entities,
                    timexes=found,
                    attributions=(),
                    events=(),
                    hints=own,
                )
            )
    return hidden, shown


def read_others(
    hidden: Sequence[Analysis], shown: Sequence[Analysis]
) -> tuple[dict[str, list[Hint]], dict[str, list[Hint]]]:
    """For each of `hidden` what the others prove of it, and what is counted.

    In a large record names link only the pairs that words do not, in a small one all: of names all pairs are counted.
    """
    copies, links = find_copies(shown), link_affairs(hidden)
    used = hints_of_others(hidden, shown, copies, links)
    named = hints_of_others(hidden, shown, copies, link_names(hidden, NAMES))
    counted = {i: [h for h in used[i] if h.kind.startswith("alike")] + named[i] for i in used}
    return used, counted


def count_lags(known: Iterable[tuple[Sequence[Hint], date]], knowledge: Knowledge) -> Lags:
    """The share of each bin of each kind, over reports with their clues and their true day."""
    pairs = list(known)
    counts: dict[str, np.ndarray] = {}
    for hints, day in pairs:
        number = Counter(h.kind for h in hints)
        for hint in hints:
            if found := _bin(hint, day):
                row = counts.setdefault(hint.kind.removeprefix(KNOWN), np.zeros(found[0]))
                row[found[1]] += number[hint.kind] ** -0.5
    for kind, cases in SET.items():
        size = 2 if kind == "cited" else 7 if kind.startswith("weekday") else len(EDGES) - 1
        row = counts.setdefault(kind, np.zeros(size))
        for lag, cases_of_it in cases.items():
            row[lag_bin(lag) if size > 7 else lag] += cases_of_it
    people, offices = _exposures(Counter(day.replace(day=1) for _, day in pairs), knowledge)
    shares: dict[str, list[float]] = {}
    for kind, row in sorted(counts.items()):
        if kind.startswith(("office", "person")):
            # How often somebody is named in, before and behind a time, by how many could have been.
            rates = (row + 0.5) / ((people if kind == "person" else offices) + 1)
            values = rates / rates.max()
        elif kind.startswith("bound"):
            values = (row + PRIOR) / (row.sum() + PRIOR.sum())
        else:
            values = (row + SMOOTH) / (row.sum() + SMOOTH * len(row))
        shares[kind] = [float(f"{v:.4g}") for v in values]
    shares |= {f"bound.same.{tenth}": list(values) for tenth, values in SAME.items()}
    return Lags(shares)


def _bin(hint: Hint, day: date) -> tuple[int, int] | None:
    """How many bins a kind has, and in which the true day falls."""
    if hint.kind.startswith("bound"):
        places = bound_places(hint)
        at = place(day)
        return (3, 0 if at in places else 1 if at in around_places(hint) else 2) if places else None
    if hint.kind.startswith("weekday"):
        return 7, (day.isoweekday() - int(hint.reading.split(" ")[1])) % 7
    if hint.kind.startswith("year"):
        return len(YEAR_EDGES) - 1, lag_bin(day.year - int(hint.reading), YEAR_EDGES)
    if hint.kind.startswith(("office", "person", "until")):
        return 6, _standing(hint.days, day)
    if hint.kind.startswith(("age", "mark", "cited")):
        inside = any(d.earliest and d.latest and d.earliest <= day <= d.latest for d in hint.days)
        return 2, int(not inside)
    lag = lag_of(hint, day)
    return None if lag is None else (len(EDGES) - 1, lag_bin(lag))


def _standing(times: Sequence[Interval], day: date) -> int:
    """0 before all of `times`, 1 in one, 2 to 5 so long behind the last that was over."""
    found = [0]
    for days in times:
        if days.earliest and day < days.earliest:
            continue
        years = (day - days.latest).days // 365 if days.latest and day > days.latest else -1
        found.append(1 if years < 0 else 2 + int(np.searchsorted((1, 3, 10), years, side="right")))
    return min(found[1:], default=0)


def _exposures(months: Counter[date], knowledge: Knowledge) -> tuple[np.ndarray, np.ndarray]:
    """How many holders, and how many tenures, stood in each way to the reports' days."""
    people, offices = np.zeros(6), np.zeros(6)
    for tenures in knowledge.holders().values():
        times = [Interval(t.earliest, t.latest) for t in tenures]
        for day, number in months.items():
            people[_standing(times, day)] += number
            for one in times:
                offices[_standing((one,), day)] += number
    return people, offices


def main() -> None:
    """Reads the command line, writes the file that is shipped."""
    from onrecord.knowledge import load_knowledge

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    pool, knowledge = read_pool(args.data), load_knowledge()
    hidden, shown = read_analyses(load_model(None), knowledge, pool)
    _, counted = read_others(hidden, shown)
    known = [((*a.hints, *counted[a.id]), one.day) for a, one in zip(hidden, pool, strict=True)]
    out = Path("src/onrecord/dating/data/lags.json")
    out.write_text(json.dumps(count_lags(known, knowledge).shares, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
