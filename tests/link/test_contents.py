from __future__ import annotations

import pytest
from msgspec.structs import replace

from onrecord.link.contents import see_contents, see_sentences
from onrecord.record import Entity, Mention, Noise, Span
from tests.link.saying import saying, with_vectors
from tests.records import analysis, given, part

SAID = "No shot was fired, which nobody disputes"


@pytest.mark.parametrize(
    ("line", "negated"),
    [
        (SAID, True),
        ("The roof, which could not carry the ash, fell on the market", False),
        ("the crew had not been heard", True),
        ("the crew wasn't heard at all", True),
        ("the crew was heard before nobody could stop it", False),
        ("the crew was heard", False),
    ],
)
def test_a_clause_is_negated_by_its_own_words_alone(line: str, negated: bool) -> None:
    (sight,) = see_contents(saying("r1", line))
    assert sight.whole.negated is negated
    (denied,) = see_contents(saying("r1", line, polarity="denied"))
    assert denied.whole.negated is not negated


def test_what_says_too_little_is_not_compared() -> None:
    assert see_contents(saying("r1", "to comment")) == []


def test_a_pronoun_names_whom_it_stands_for() -> None:
    text = "Ada Holm spoke.\nshe will open the road to Senn"
    report = saying("r1", "she will open the road to Senn", text=text)
    holm = Entity(
        "e1",
        "Ada Holm",
        "person",
        (),
        (Mention(part(text, "Ada Holm")[0], "name"), Mention(part(text, "she")[0], "pronoun")),
    )
    (sight,) = see_contents(replace(report, entities=(holm,)))
    assert {"ada", "holm"} <= sight.whole.names


def test_the_sentences_that_a_report_tells_itself() -> None:
    text = "Ferry sinks off Senn coast\nThe ferry sank on Monday in the strait.\nan officer saw the bow door open wide"
    report = saying("r1", "an officer saw the bow door open wide", text=text)
    report = replace(report, noise=(Noise(Span(0, 26), "headline"),))
    assert [text[slice(*s.whole.span)].strip() for s in see_sentences(report)] == [
        "The ferry sank on Monday in the strait."
    ]
    assert all(s.attribution is None and s.polarity == "affirmed" for s in see_sentences(report))


def test_clauses_are_what_has_a_vector_within_the_content() -> None:
    line = "the road is shut for the winter, and the bridge at Senn has fallen"
    report = with_vectors(analysis("r1", "Post", line, given("2031-03-04")))
    assert see_contents(report) == []
    (sight,) = see_contents(saying("r1", line))
    assert sight.clauses == sight.pieces == (sight.whole,)
