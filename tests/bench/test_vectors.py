import numpy as np

from bench.vectors import Story, figures
from onrecord.record import Span

HERE = (Span(0, 1),)


def story(name: str, topic: int, *chains: str) -> Story:
    return Story(name, topic, "x\n", HERE, (frozenset(chains),))


def test_pairs_of_one_event_that_are_nearest_give_one() -> None:
    stories = [story("a", 1, "fire"), story("b", 1, "fire"), story("c", 2, "vote"), story("d", 1, "flood")]
    vectors = np.array([[1, 0], [0.9, 0.1], [0, 1], [0.5, 0.5]], dtype=np.float32)
    found = figures(stories, vectors)
    assert (found["auc"], found["auc_topic"], found["same"]) == (1.0, 1.0, 1)
    assert figures(stories, vectors[::-1])["auc"] < 1
