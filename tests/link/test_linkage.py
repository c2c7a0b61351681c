from __future__ import annotations

from itertools import permutations

from onrecord.link.linkage import Pair, join_likely


def groups(
    nodes: str, scores: dict[Pair, float], different: tuple[Pair, ...] = (), least: float = 0.4
) -> set[frozenset[str]]:
    home = join_likely(list(nodes), scores, different, least)
    return {frozenset(n for n in nodes if home[n] == h) for h in home.values()}


def sets(*names: str) -> set[frozenset[str]]:
    return {frozenset(n) for n in names}


def test_the_likeliest_are_joined() -> None:
    assert groups("abc", {("a", "b"): 0.9, ("b", "c"): 0.1}) == sets("ab", "c")


def test_a_pair_that_is_just_likely_enough_is_joined() -> None:
    assert groups("ab", {("a", "b"): 0.4}) == sets("ab")
    assert groups("ab", {("a", "b"): 0.3999}) == sets("a", "b")


def test_one_likely_pair_does_not_join_two_clusters_that_are_unlike() -> None:
    chain = {("a", "b"): 0.9, ("b", "c"): 0.7, ("c", "d"): 0.9}
    assert groups("abcd", chain) == sets("ab", "cd")
    assert groups("abcd", {**chain, ("a", "c"): 0.6, ("a", "d"): 0.6, ("b", "d"): 0.6}) == sets("abcd")


def test_what_is_different_is_never_in_one_cluster() -> None:
    scores = {("a", "b"): 0.9, ("b", "c"): 0.8, ("a", "c"): 0.9}
    assert groups("abc", scores) == sets("abc")
    assert groups("abc", scores, (("a", "c"),)) == sets("ab", "c")
    assert groups("abc", scores, (("c", "a"),)) == sets("ab", "c")


def test_a_cluster_stays_apart_from_what_any_of_it_is_different_from() -> None:
    scores = {("a", "b"): 0.9, ("c", "d"): 0.9, ("a", "c"): 0.9, ("a", "d"): 0.9, ("b", "c"): 0.9, ("b", "d"): 0.9}
    assert groups("abcd", scores) == sets("abcd")
    assert groups("abcd", {**scores, ("a", "b"): 0.95, ("c", "d"): 0.95}, (("b", "d"),)) == sets("ab", "cd")


def test_the_order_of_what_is_given_changes_nothing() -> None:
    scores = {("a", "b"): 0.5, ("b", "c"): 0.5, ("c", "d"): 0.5, ("a", "d"): 0.5}
    expected = join_likely("abcd", scores, [("a", "c")], 0.4)
    for nodes in permutations("abcd"):
        for given in permutations(scores.items()):
            assert join_likely(nodes, dict(given), [("a", "c")], 0.4) == expected


def test_nothing_gives_nothing() -> None:
    assert join_likely([], {}, (), 0.4) == {}
