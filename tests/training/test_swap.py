"""Names changed for others of their kind."""

from __future__ import annotations

import random

from bench.data import Example, Word
from training.swap import name_pool, swap_names

TEXT = "Ada Holm didn't go to Norra."
FORMS = (("Ada", 4), ("Holm", 0), ("did", 4), ("n't", 4), ("go", -1), ("to", 6), ("Norra", 4), (".", 4))
FIRST = Example(
    "one",
    TEXT,
    mentions=((0, 8, "person"), (22, 27, "place")),
    words=tuple(Word(TEXT.index(f), TEXT.index(f) + len(f), "X", head, "dep") for f, head in FORMS),
)


def words(example: Example) -> list[str]:
    return [example.text[w.start : w.end] for w in example.words or ()]


def named(example: Example) -> list[tuple[str, str]]:
    return [(example.text[a:b], kind) for a, b, kind in example.mentions or ()]


def test_swapped_names_keep_all_else_in_place() -> None:
    first = FIRST
    pool: dict[tuple[str, int], list[tuple[str, ...]]] = {
        ("person", 2): [("Emil", "Vorac-Lindqvist")],
        ("place", 1): [("Ost",)],
    }
    swapped = {swap_names(first, pool, random.Random(n)).text for n in range(20)}
    assert swapped == {
        f"{who} didn't go to {where}." for who in ("Ada Holm", "Emil Vorac-Lindqvist") for where in ("Norra", "Ost")
    }
    for n in range(20):
        new = swap_names(first, pool, random.Random(n))
        assert [k for _, k in named(new)] == ["person", "place"]
        assert words(new)[2:6] == ["did", "n't", "go", "to"]
        assert [w.head for w in new.words or ()] == [w.head for w in first.words or ()]


def test_the_pool_holds_names_by_kind_and_length() -> None:
    assert name_pool([FIRST]) == {
        ("person", 2): [("Ada", "Holm")],
        ("place", 1): [("Norra",)],
    }
