"""Events across reports, on ECB+: `python -m bench.event_links --data FOLDER [--split dev]`.

FOLDER is `ecbplus` or holds it. Mentions are gold's, each an event (event_mentions.py); stories are those that
`link_stories` finds. CoNLL is the mean of the F1 of MUC, B3 and CEAF-e. `kept_apart`: of the pairs with one lemma in
one story that are different events, the share in different clusters. The peer `lemma` takes all mentions of one lemma
in one story for one event. Weights and thresholds come from the train split alone (training/event_links.py), whose
figures there, but not here, they have seen.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from bench.event_mentions import Marked, read_marked
from bench.event_scores import agreement
from onrecord.link import cluster, link_events, link_stories
from onrecord.link.events import judge_events
from onrecord.pipeline import Reader

TARGETS = {"conll": 0.79, "lea": 0.68, "kept_apart": 0.60}


def stories_of(marked: Sequence[Marked]) -> list[list[str]]:
    """The reports of each predicted story."""
    return cluster([m.analysis.id for m in marked], link_stories([m.analysis for m in marked], ()))


def figures(
    marked: Sequence[Marked], stories: Sequence[Sequence[str]], found: Mapping[str, Hashable]
) -> dict[str, float]:
    """All measures of clusters of the mentions' keys, as names of clusters."""
    gold = {f"{m.analysis.id}/{k}": c for m in marked for k, c in m.chains.items()}
    alike = list(_different(marked, stories))
    apart = sum(found[a] != found[b] for a, b in alike) / len(alike) if alike else 0.0
    return {k: round(v, 4) for k, v in {**agreement(gold, found), "kept_apart": apart}.items()}


def _different(marked: Sequence[Marked], stories: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """The pairs of mentions with one lemma in one story that are different events."""
    by_id = {m.analysis.id: m for m in marked}
    for story in stories:
        held: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for report in story:
            one = by_id[report]
            for name, lemma in one.lemmas.items():
                held[lemma].append((f"{report}/{name}", one.chains[name]))
        for group in held.values():
            yield from ((a, b) for (a, x), (b, y) in combinations(group, 2) if x != y)


def by_lemma(marked: Sequence[Marked], stories: Sequence[Sequence[str]]) -> dict[str, Hashable]:
    """The peer's clusters."""
    home = {r: n for n, story in enumerate(stories) for r in story}
    return {f"{m.analysis.id}/{name}": (home[m.analysis.id], lemma) for m in marked for name, lemma in m.lemmas.items()}


def linked(marked: Sequence[Marked], stories: Sequence[Sequence[str]]) -> dict[str, Hashable]:
    """The product's clusters. No reader has seen yet that mentions of one report are different events."""
    keys = [f"{m.analysis.id}/{name}" for m in marked for name in m.heads]
    links = link_events([m.analysis for m in marked], (), stories, within=True)
    return {key: n for n, group in enumerate(cluster(keys, links)) for key in group}


def measure(marked: Sequence[Marked]) -> dict[str, object]:
    """The product beside the peer."""
    stories = stories_of(marked)
    started = time.perf_counter()
    found = linked(marked, stories)
    seconds = time.perf_counter() - started
    pairs = sum(len(one.scores) for one in judge_events([m.analysis for m in marked], (), stories, within=True))
    return {
        "reports": len(marked),
        "mentions": sum(len(m.heads) for m in marked),
        "stories": len(stories),
        **figures(marked, stories, found),
        "pairs_per_s": round(pairs / seconds),
        "peers": {"lemma": figures(marked, stories, by_lemma(marked, stories))},
        "targets": TARGETS,
    }


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="dev", choices=("dev", "train"))
    args = parser.parse_args()
    folder = args.data if args.data.name == "ecbplus" else args.data / "ecbplus"
    print(json.dumps(measure(list(read_marked(folder, args.split, Reader()))), indent=1))


if __name__ == "__main__":
    main()
