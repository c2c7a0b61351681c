from __future__ import annotations

import pytest

from onrecord.attribute.inner import passed_over, relayed, with_inner, with_outer_source
from onrecord.language import Parse, Relation, Spans, Tree
from tests.parses import make_parse, said, with_tree


def _set(text: str, relation: Relation) -> tuple[Parse, Tree, Relation]:
    parse = with_tree(make_parse(text, relation))
    return parse, Tree(parse), relation


@pytest.mark.parametrize(
    ("text", "outer", "source", "content"),
    [
        (
            "Holm said that two customers had threatened to leave.",
            "that two customers had threatened to leave",
            "two customers",
            "to leave",
        ),
        (
            "Holm said that the union had demanded a pay rise.",
            "that the union had demanded a pay rise",
            "the union",
            "a pay rise",
        ),
        (
            "Holm said that the mayor had asked for more guards.",
            "that the mayor had asked for more guards",
            "the mayor",
            "for more guards",
        ),
    ],
)
def test_the_speech_in_the_main_clause_of_a_content(text: str, outer: str, source: str, content: str) -> None:
    parse, tree, relation = _set(text, said(text, outer, "Holm", "said"))
    (inner,) = with_inner(parse, tree, relation).nested
    assert (parse.quote(inner.source), parse.quote(inner.content)) == (source, content)


def test_what_is_done_is_not_said() -> None:
    text = "Holm said that the union had sold its house and offered nothing."
    parse, tree, relation = _set(
        text, said(text, "that the union had sold its house and offered nothing", "Holm", "said")
    )
    assert with_inner(parse, tree, relation).nested == ()


def test_a_relation_read_already_is_not_given_twice_and_gains_its_source() -> None:
    text = "Holm said that the union had promised to stay."
    known = said(text, "to stay", "", "had promised")
    outer = said(text, "that the union had promised to stay", "Holm", "said")
    relation = Relation(outer.content, outer.source, outer.cue, 0.9, (known,))
    parse, tree, relation = _set(text, relation)
    (inner,) = with_inner(parse, tree, relation).nested
    assert parse.quote(inner.source) == "the union"


def test_a_quotation_has_its_source_from_outside() -> None:
    text = "“The minister stressed that the port is safe,” said press secretary Pat Orme."
    parse, tree, relation = _set(
        text, said(text, "“The minister stressed that the port is safe,”", "The minister", "stressed")
    )
    found = with_outer_source(parse, tree, relation)
    assert parse.quote(found.source) == "press secretary Pat Orme"
    assert parse.quote(found.cue) == "said"
    same = said(text, "“The minister stressed that the port is safe,”", "press secretary Pat Orme", "said")
    assert with_outer_source(parse, tree, same) == same


def test_according_to_gives_the_source_that_it_stands_before() -> None:
    text = "According to the minutes, the director cautioned the board that money was short."
    content = "the director cautioned the board that money was short"
    parse, tree, relation = _set(text, said(text, content, "the director", "According to"))
    assert parse.quote(with_outer_source(parse, tree, relation).source) == "the minutes"


def test_who_announces_that_somebody_said_it_is_the_outer_one() -> None:
    text = "The strait will be shut, Defence Minister Tomas Orel told his colleague, the ministry announced."
    parse, tree, relation = _set(
        text, said(text, "The strait will be shut", "Defence Minister Tomas Orel", "announced")
    )
    both = relayed(parse, tree, relation)
    assert both is not None
    outer, inner = both
    assert parse.quote(outer.source) == "the ministry"
    assert parse.quote(inner.source).endswith("Tomas Orel")
    assert parse.quote(inner.cue) == "told"


def test_one_who_says_it_alone_is_relayed_by_nobody() -> None:
    text = "The strait will be shut, the ministry said."
    parse, tree, relation = _set(text, said(text, "The strait will be shut", "the ministry", "said"))
    assert relayed(parse, tree, relation) is None


def test_a_verb_that_was_passed_over_is_found_unless_something_stands_there() -> None:
    text = "The rebels have vowed to return."
    parse = with_tree(make_parse(text))
    tree = Tree(parse)
    (found,) = passed_over(parse, tree, Spans(()))
    assert (parse.quote(found.source), parse.quote(found.content)) == ("The rebels", "to return")
    assert passed_over(parse, tree, Spans(said(text, "to return").content)) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The founder is believed to be living abroad.", ["The founder", "to be living abroad"]),
        ("It was reported that the bridge was closed.", ["that the bridge was closed"]),
    ],
)
def test_what_is_said_by_nobody_has_no_source(text: str, content: list[str]) -> None:
    parse = with_tree(make_parse(text))
    (found,) = passed_over(parse, Tree(parse), Spans(()))
    assert found.source == ()
    assert [text[a:b] for a, b in found.content] == content


def test_who_is_told_does_not_say_it() -> None:
    text = "The crew were told that the bridge was closed."
    parse = with_tree(make_parse(text))
    (found,) = passed_over(parse, Tree(parse), Spans(()))
    assert found.source == ()
    assert parse.quote(found.content) == "that the bridge was closed"
