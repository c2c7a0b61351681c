"""The command: `python -m training.event_links --data FOLDER` fits what `link/scorer.py` judges events by.

FOLDER holds `ecbplus/`, of which only the train split is read, by the stories that `link_stories` finds in it; beside
it are read the affairs that were written for this project, each a story (affairs.py). Prints, for each way to fit and
each threshold, how well the events are linked by weights that never saw their topic (five parts, of whole topics).
Every topic weighs the same: one with five times the mentions has twenty-five times the pairs.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from bench.event_links import figures, stories_of
from bench.event_mentions import Marked, read_marked
from onrecord.link.event_rows import EVENT_COLUMNS
from onrecord.link.events import ONE, Candidates, candidates, judge
from onrecord.link.linkage import join_likely
from onrecord.link.pairs import REPORT_COLUMNS, as_rows, compare_reports
from onrecord.link.scorer import Judge, Scorer, probability
from onrecord.link.sights import Numbers, see_report
from onrecord.pipeline import Reader
from training.affairs import affairs_of, is_affair, read_affairs

OUT = Path(__file__).parents[1] / "src" / "onrecord" / "link" / "data" / "events.npz"
FOLDS, ITERATIONS = 5, 150
# Hidden units and how strongly weights are drawn to nought: of reports, and of events, the first of which is shipped.
REPORTS = (0, 30.0)
EVENTS = ((16, 500.0), (8, 500.0), (0, 1000.0))
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
_WIDEST = 5.0


def fit(rows: Numbers, right: Numbers, weights: Numbers, units: int, l2: float) -> Judge:
    """The judge under which `right` is likeliest."""
    columns = rows.shape[1]
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-3
    seen = np.clip((rows - mean) / scale, -_WIDEST, _WIDEST).astype(np.float32)
    wanted, shares = right.astype(np.float32), (weights / weights.mean()).astype(np.float32)

    def parts(flat: Numbers) -> tuple[Numbers, ...]:
        cuts = np.cumsum([columns, 1, columns * units, units])
        straight, bias, hidden, hidden_bias, out = np.split(flat, cuts)
        return straight, bias, hidden.reshape(columns, units), hidden_bias, out

    def loss(flat: Numbers) -> tuple[float, Numbers]:
        straight, bias, hidden, hidden_bias, out = (p.astype(np.float32) for p in parts(flat))
        active = np.maximum(seen @ hidden + hidden_bias, 0)
        odds = seen @ straight + bias + active @ out
        value = float((shares * (np.logaddexp(0, odds) - wanted * odds)).sum())
        slope = shares * ((1 + np.tanh(odds / 2)) / 2 - wanted)
        inner = (slope[:, None] * out) * (active > 0)
        found = [seen.T @ slope, [slope.sum()], (seen.T @ inner).ravel(), inner.sum(axis=0), active.T @ slope]
        drawn = np.where(np.arange(len(flat)) == columns, 0, flat)
        return value + l2 / 2 * float((drawn * drawn).sum()), np.concatenate(found).astype(np.float64) + l2 * drawn

    random = np.random.default_rng(0)
    hidden = random.normal(0, columns**-0.5, columns * units)
    out = random.normal(0, max(units, 1) ** -0.5, units)
    start = np.concatenate([np.zeros(columns + 1), hidden, np.zeros(units), out])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS}).x
    straight, bias, inner, inner_bias, outer = parts(found)
    return Judge(mean, scale, straight, bias[0], inner, inner_bias, outer)


def fold_of(marked: Sequence[Marked]) -> dict[int, int]:
    """The part in which each topic is held out."""
    return {topic: n % FOLDS for n, topic in enumerate(sorted({m.topic for m in marked}))}


def fit_reports(marked: Sequence[Marked], but: int | None) -> Judge:
    """Whether two reports of one topic are of one subtopic, learned from the topics that are not in part `but`."""
    folds, seen = fold_of(marked), [see_report(m.analysis) for m in marked]
    used = [
        (i, j)
        for i in range(len(marked))
        for j in range(i + 1, len(marked))
        if marked[i].topic == marked[j].topic and folds[marked[i].topic] != but
    ]
    rows = as_rows([compare_reports(seen[i], seen[j]) for i, j in used], len(REPORT_COLUMNS))
    right = np.array([marked[i].subtopic == marked[j].subtopic for i, j in used])
    sizes = Counter(marked[i].topic for i, _ in used)
    return fit(rows, right, np.array([sizes[marked[i].topic] ** -0.5 for i, _ in used]), *REPORTS)


class Pairs:
    """The pairs of all stories: their rows, whether they are one, and the topic of the first."""

    def __init__(self, marked: Sequence[Marked], stories: Sequence[Sequence[str]]) -> None:
        by_id = {m.analysis.id: m for m in marked}
        self.held = [candidates([by_id[r].analysis for r in story], within=True) for story in stories]
        self.chains = {f"{m.analysis.id}/{k}": c for m in marked for k, c in m.chains.items()}
        topics = {m.analysis.id: m.topic for m in marked}
        of = [pair for one in self.held for pair in one.named()]
        self.topics = np.array([topics[a.rpartition("/")[0]] for a, _ in of])
        self.right = np.array([self.chains[a] == self.chains[b] for a, b in of])
        sizes = Counter(self.topics.tolist())
        self.weights = np.array([1 / sizes[t] for t in self.topics.tolist()])

    def rows(self, judge: Callable[[Candidates], Judge]) -> Numbers:
        """The rows, with what `judge` of each story thinks of its reports."""
        return np.vstack([one.rows(judge(one)) for one in self.held if len(one.pairs[0])])

    def clusters(self, rows: Numbers, odds: Numbers, least: float) -> dict[str, str]:
        """The cluster of each event."""
        out: dict[str, str] = {}
        at = 0
        for one in self.held:
            mine = slice(at, at + len(one.pairs[0]))
            at = mine.stop
            judged = judge(one, rows[mine], probability(odds[mine]))
            out |= join_likely([s.key for s in one.sights], judged.scores, judged.apart, least)
        return out


def cross_validate(pairs: Pairs, rows: Numbers, folds: Mapping[int, int], units: int, l2: float) -> Numbers:
    """(pairs,): the log-odds of each by weights that never saw its topic."""
    fold = np.array([folds[t] for t in pairs.topics.tolist()])
    odds = np.zeros(len(fold))
    for n in range(FOLDS):
        use = fold != n
        odds[~use] = fit(rows[use], pairs.right[use], pairs.weights[use], units, l2).odds(rows[~use])
    return odds


def train(marked: Sequence[Marked], cross: bool = True) -> Scorer:
    """Both judges by all of `marked`; prints how weights by a part of it do on the rest."""
    stories, folds = [*stories_of([m for m in marked if not is_affair(m)]), *affairs_of(marked)], fold_of(marked)
    pairs = Pairs(marked, stories)
    topics = {m.analysis.id: m.topic for m in marked}
    apart = [fit_reports(marked, n) for n in range(FOLDS)]
    rows = pairs.rows(lambda one: apart[folds[topics[one.given[0].id]]])
    for units, l2 in EVENTS if cross else ():
        odds = cross_validate(pairs, rows, folds, units, l2)
        for least in THRESHOLDS:
            found = figures(marked, stories, pairs.clusters(rows, odds, least))
            print(json.dumps({"units": units, "l2": l2, "least": least, **found}), flush=True)
    return Scorer(fit_reports(marked, None), fit(rows, pairs.right, pairs.weights, *EVENTS[0]))


def write(scorer: Scorer, path: Path) -> None:
    """The weights as one file."""
    judges = {"reports": scorer.of_reports, "events": scorer.of_events}
    names = Judge.__dataclass_fields__
    np.savez(path, **{f"{k}_{n}": np.asarray(getattr(j, n), np.float32) for k, j in judges.items() for n in names})  # type: ignore[arg-type]


def main() -> None:
    """Reads the words of the command line, fits and writes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds ecbplus/")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    print(json.dumps({"columns": len(EVENT_COLUMNS), "threshold": ONE}))
    reader = Reader()
    write(train([*read_marked(args.data / "ecbplus", "train", reader), *read_affairs(reader)]), args.out)


if __name__ == "__main__":
    main()
