"""Clusters against their law, told by a look at all names: slow, and plain enough to be right."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.language.clusters import MOST_ROLES, Cluster, Clusters
from onrecord.record import EntityType, Span

WORDS = ("Ada", "ada", "Bela", "E", "Holm", "Renko", "the")
names = st.lists(
    st.tuples(st.sampled_from(("person", "organisation")), st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)),
    max_size=30,
)
Named = tuple[EntityType, list[str]]


def fullest(names: list[str]) -> list[str]:
    forms = Counter(names)
    return max(forms, key=lambda n: (len(n.split()), forms[n])).casefold().split()


def is_form(words: list[str], whole: list[str], type_: EntityType) -> bool:
    if type_ != "person":
        bare = [w[1:] if w[0] == "the" and len(w) > 1 else w for w in (words, whole)]
        return bare[0] == bare[1]
    if len(words) == 1 or len(whole) == 1:
        lone, full = sorted((words, whole), key=len)
        # A lone first name is a form of the full one only where that came before.
        return len(full) > 1 and (lone[0] == full[-1] or (lone is words and lone[0] == full[0]))
    short, long = sorted((words, whole), key=len)
    return (short[0], short[-1]) == (long[0], long[-1]) and (len(short) == 2 or short == long)


def plainly(given: list[Named]) -> list[list[int]]:
    """The numbers of the names of each cluster, by comparing each name with all clusters."""
    found: list[list[int]] = []
    for number, (type_, words) in enumerate(given):
        name = " ".join(words)
        of_type = [c for c in found if given[c[0]][0] == type_]
        known = [c for c in of_type for n in c if " ".join(given[n][1]).casefold() == name.casefold()]
        known.sort(key=lambda c: max(n for n in c if " ".join(given[n][1]).casefold() == name.casefold()))
        low = name.casefold().split()
        forms = [c for c in of_type if is_form(low, fullest([" ".join(given[n][1]) for n in c]), type_)]
        short = max(forms, key=lambda c: c[-1], default=None)
        at = (known[-1] if known and not (type_ == "person" and len(words) == 1) else None) or short
        at = at or (known[-1] if known else None)
        if at is None:
            found.append([number])
        else:
            at.append(number)
    return found


@given(names)
def test_each_name_comes_to_the_cluster_that_a_look_at_all_would_find(given: list[Named]) -> None:
    clusters = Clusters()
    for number, (type_, words) in enumerate(given):
        clusters.add(" ".join(words), type_, Span(10 * number, 10 * number + 5))
    expected = plainly(given)
    assert [[s.start // 10 for _, s in c.names] for c in clusters.all] == expected
    for cluster, numbers in zip(clusters.all, expected, strict=True):
        assert cluster.name.casefold().split() == fullest([" ".join(given[n][1]) for n in numbers])


def test_offices_are_noted_once_and_not_without_end() -> None:
    cluster = Cluster("person")
    for role in ["mayor", "mayor", *map(str, range(2 * MOST_ROLES))]:
        cluster.add_role(role)
    assert cluster.roles == ["mayor", *map(str, range(MOST_ROLES - 1))]


def gathered(*names: str) -> list[tuple[str, int]]:
    """The people whom the names are of, each with the number of names."""
    clusters = Clusters()
    for number, name in enumerate(names):
        clusters.add(name, "person", Span(30 * number, 30 * number + len(name)))
    return [(c.name, len(c.names)) for c in clusters.all]


@pytest.mark.parametrize("whole", ["Ada J. Holm III", "Ada Holm Jr.", "Ada Holm Sr"])
def test_a_generation_is_no_surname(whole: str) -> None:
    assert gathered(whole, "Holm") == gathered("Holm", whole) == [(whole, 2)]
    assert gathered(whole, "Ada Holm") == [(whole, 2)]
    assert gathered(whole, "Bela Holm") == [(whole, 1), ("Bela Holm", 1)]
    # "Sr" alone is nobody's surname.
    ending = whole.rsplit(maxsplit=1)[-1]
    assert gathered(whole, ending) == [(whole, 1), (ending, 1)]


def test_of_two_words_the_second_is_the_surname_whatever_it_looks_like() -> None:
    assert gathered("Ada Sr", "Sr") == [("Ada Sr", 2)]
