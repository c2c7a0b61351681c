from __future__ import annotations

from itertools import combinations
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from onrecord.link import cluster, fact, weigh_clusters
from onrecord.record import Link

NODES = [fact("r1", "a1"), fact("r1", "a2"), "r2/a1", "r2/a2", "r3/a1", "r4/a1"]


def link(left: str, right: str, relation: Literal["same", "different"] = "same", score: float = 0.9) -> Link:
    return Link(left=left, right=right, relation=relation, score=score, evidence=(), by="test")


LINKS = st.lists(
    st.builds(
        link,
        left=st.sampled_from(NODES),
        right=st.sampled_from([*NODES, "elsewhere/a1"]),
        relation=st.sampled_from(["same", "same", "different"]),
        score=st.sampled_from([0.5, 0.8, 0.9]),
    ),
    max_size=14,
)


def test_what_is_the_same_stands_together_in_the_order_of_the_nodes() -> None:
    assert cluster([], []) == []
    assert cluster(["c", "a", "b"], []) == [["c"], ["a"], ["b"]]
    assert cluster(["c", "a", "b", "d"], [link("b", "c"), link("d", "a")]) == [["c", "b"], ["a", "d"]]


def test_different_forbids_also_what_others_would_join() -> None:
    links = [link("a", "b"), link("b", "c"), link("a", "c", "different")]
    assert cluster(["a", "b", "c"], links) == [["a", "b"], ["c"]]


def test_the_surer_link_joins_first() -> None:
    links = [link("a", "b", score=0.5), link("b", "c", score=0.8), link("a", "c", "different")]
    assert cluster(["a", "b", "c"], links) == [["a"], ["b", "c"]]


@given(LINKS, st.randoms(use_true_random=False))
def test_the_order_of_the_links_changes_nothing(links: list[Link], draw: object) -> None:
    shuffled = list(links)
    draw.shuffle(shuffled)  # type: ignore[attr-defined]
    assert cluster(NODES, shuffled) == cluster(NODES, links)


@given(LINKS)
def test_every_node_stands_once_and_no_two_that_differ_stand_together(links: list[Link]) -> None:
    found = cluster(NODES, links)
    assert sorted(n for group in found for n in group) == sorted(NODES)
    apart = {frozenset((k.left, k.right)) for k in links if k.relation == "different"}
    assert not any(frozenset(pair) in apart for group in found for pair in combinations(group, 2))


@given(LINKS)
def test_a_link_joins_unless_something_forbids_it(links: list[Link]) -> None:
    home = {node: n for n, group in enumerate(cluster(NODES, links)) for node in group}
    apart = {frozenset((k.left, k.right)) for k in links if k.relation == "different"}
    for k in links:
        if k.relation == "same" and k.right in home and home[k.left] != home[k.right]:
            left, right = ([n for n in NODES if home[n] == home[side]] for side in (k.left, k.right))
            assert any(frozenset((a, b)) in apart for a in left for b in right)


def test_people_outrank_the_program() -> None:
    program = [link("a", "b", "different", 1.0), link("c", "d", score=1.0)]
    assert cluster(list("abcd"), program) == [["a"], ["b"], ["c", "d"]]
    assert cluster(list("abcd"), program, [link("a", "b"), link("c", "d", "different")]) == [["a", "b"], ["c"], ["d"]]


def test_a_person_joins_whole_clusters_whatever_keeps_their_members_apart() -> None:
    program = [link("a", "b"), link("c", "d"), link("b", "d", "different"), link("b", "c", "different")]
    assert cluster(list("abcd"), program) == [["a", "b"], ["c", "d"]]
    assert cluster(list("abcd"), program, [link("a", "c")]) == [["a", "b", "c", "d"]]


def test_no_chain_joins_what_a_person_parts() -> None:
    program = [link("a", "b", score=0.9), link("b", "c", score=0.8)]
    assert cluster(list("abc"), program, [link("a", "c", "different")]) == [["a", "b"], ["c"]]
    # Not by way of what a person joined either.
    program = [link("a", "b"), link("c", "d")]
    assert cluster(list("abcd"), program, [link("b", "c"), link("a", "d", "different")]) == [["a", "b", "c"], ["d"]]


def test_a_later_word_outranks_an_earlier_one_that_it_contradicts() -> None:
    same, parted = [link("a", "b"), link("b", "c")], link("a", "c", "different")
    assert cluster(list("abc"), [], [*same, parted]) == [["a", "b", "c"]]
    assert cluster(list("abc"), [], [parted, *same]) == [["a", "b"], ["c"]]


@given(LINKS, LINKS)
def test_the_latest_word_of_a_person_always_holds(links: list[Link], people: list[Link]) -> None:
    home = {node: n for n, group in enumerate(cluster(NODES, links, people)) for node in group}
    assert sorted(home) == sorted(NODES)
    for k in people[:1]:
        if k.left != k.right and k.right in home:
            assert (home[k.left] == home[k.right]) == (k.relation == "same")


@given(LINKS, LINKS, st.randoms(use_true_random=False))
def test_the_order_of_the_programs_links_changes_nothing_beside_peoples(
    links: list[Link], people: list[Link], draw: object
) -> None:
    shuffled = list(links)
    draw.shuffle(shuffled)  # type: ignore[attr-defined]
    assert cluster(NODES, shuffled, people) == cluster(NODES, links, people)


@given(LINKS, LINKS)
def test_people_change_nothing_where_they_say_what_the_program_says(links: list[Link], people: list[Link]) -> None:
    found = cluster(NODES, links, people)
    home = {node: n for n, group in enumerate(found) for node in group}
    agreed = [link(a, b, "same" if home[a] == home[b] else "different") for a, b in combinations(NODES, 2)]
    assert cluster(NODES, links, agreed) == found


def test_a_cluster_is_as_sure_as_its_most_loosely_held_node() -> None:
    held = (("a", "b", 0.9), ("b", "c", 0.6), ("a", "c", 0.4), ("d", "e", 0.8), ("a", "d", 1.0))
    links = [link(left, right, "same", score) for left, right, score in held]
    assert weigh_clusters([["a", "b", "c"], ["d", "e"], ["f"]], links) == {"a": 0.6, "d": 0.8}
    assert weigh_clusters([["d", "e"]], [link("d", "e", "different")]) == {"d": 0.0}
