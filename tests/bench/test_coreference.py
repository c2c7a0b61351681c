import pytest

from bench.coreference import Counts, Key, count_pronouns, gold_clusters
from bench.data import Example, Mention, Word
from onrecord.language.mentions import Mention as Given
from onrecord.record import Span


def keyed(*clusters: str) -> list[set[Key]]:
    """A letter a mention."""
    return [{(ord(m), ord(m) + 1) for m in cluster} for cluster in clusters]


def figures(gold: list[set[Key]], given: list[set[Key]]) -> dict[str, float]:
    counts = Counts()
    counts.add(gold, given)
    return counts.figures()


def test_the_same_clusters_are_all_right() -> None:
    found = figures(keyed("abc", "de"), keyed("abc", "de"))
    assert set(found.values()) == {1.0}


def test_scores_are_those_of_the_papers() -> None:
    """Bagga and Baldwin 1998: two of three clusters made one. MUC 9/10 and 1, B3 16/21 and 1; CEAF-e of Luo 2005."""
    gold = keyed("12345", "67", "89abc")
    found = figures(gold, keyed("12345", "6789abc"))
    assert found["muc"] == pytest.approx(2 * 0.9 / 1.9, abs=1e-4)
    assert found["b3"] == pytest.approx(2 * (16 / 21) / (1 + 16 / 21), abs=1e-4)
    precision, recall = (2 * 5 / 12 + 1) / 2, (2 * 5 / 12 + 1) / 3
    assert found["ceafe"] == pytest.approx(2 * precision * recall / (precision + recall), abs=1e-4)


def test_a_mention_that_one_side_lacks_costs() -> None:
    assert 0 < figures(keyed("abc"), keyed("ab"))["conll"] < 1
    assert figures(keyed("abc"), [])["conll"] == 0


TEXT = "Ada met Emil. She left."
WORDS = tuple(
    Word(TEXT.index(w), TEXT.index(w) + len(w), t, -1, "x")
    for w, t in (("Ada", "PROPN"), ("Emil", "PROPN"), ("She", "PRON"))
)
GOLD = Example("one", TEXT, words=WORDS, clusters=((Mention(0, 0, 0), Mention(2, 2, 2)), (Mention(1, 1, 1),)))
HEADS = [(w.start, w.end) for w in WORDS]


def given(*numbers: int) -> tuple[Given, ...]:
    forms = ("name", "name", "pronoun")
    return tuple(Given(Span(*HEADS[n]), n, forms[n], "person", 0.9) for n in numbers)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("clusters", "answered", "right"),
    [([given(0, 2)], 1, 1), ([given(1, 2)], 1, 0), ([given(0, 1, 2)], 1, 0), ([], 0, 0)],
)
def test_a_pronoun_is_right_with_the_names_of_its_thing_alone(
    clusters: list[tuple[Given, ...]], answered: int, right: int
) -> None:
    found = count_pronouns(GOLD, clusters, HEADS)
    assert (found["all"], found["answered"], found["right"]) == (1, answered, right)


def test_gold_leaves_out_what_is_mentioned_once() -> None:
    assert gold_clusters(GOLD, "heads") == [{HEADS[0], HEADS[2]}]
