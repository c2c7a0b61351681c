from __future__ import annotations

from itertools import pairwise

import pytest

from onrecord.language import Tree, find_clauses
from onrecord.record import Span
from tests.parses import make_parse, with_tree


def clauses(text: str, within: str | None = None) -> list[str]:
    parsed = with_tree(make_parse(text))
    start = text.index(within) if within else 0
    span = Span(start, start + len(within or text))
    found = find_clauses(parsed, Tree(parsed), span)
    if found:
        assert (found[0].start, found[-1].end) == span
        assert all(not text[a.end : b.start].strip() for a, b in pairwise(found))
    return [text[a:b] for a, b in found]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The crew came home.", 1),
        ("The ferry had left the harbour and its master had ignored two warnings.", 2),
        ("Two shots were fired, the boat was boarded and three men were taken away.", 3),
        ("We do not sell grain. The offer was never made.", 2),
        ("The ferry sank and burned.", 1),
    ],
)
def test_one_clause_for_each_verb_that_stands_beside_another(text: str, parts: int) -> None:
    assert len(clauses(text)) == parts


def test_of_a_stretch_alone() -> None:
    text = "The minister said that the road was open and that the bridge would follow on Monday, and left."
    said = "that the road was open and that the bridge would follow on Monday"
    assert clauses(text, said) == ["that the road was open", "and that the bridge would follow on Monday"]


def test_nothing_of_nothing() -> None:
    assert clauses("   ") == []
