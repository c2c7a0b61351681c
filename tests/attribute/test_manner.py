from __future__ import annotations

import pytest

from onrecord.attribute.manner import Hearer, around, find_addressee, find_channel, find_polarity, find_quote
from onrecord.attribute.resolve import Resolver
from onrecord.language import Relation, Tree
from onrecord.record import Channel, Polarity, Quote
from tests.parses import Names, make_entities, make_parse, said, with_tree
from tests.records import part

NAMES: Names = {
    "Ada Holm": "person",
    "Bela Renko": "person",
    "Ansel Gazette": "outlet",
    "Grain Chamber": "organisation",
}


@pytest.mark.parametrize(
    ("text", "content", "quote"),
    [
        ("She said “the port is shut”.", ["“the port is shut”"], "direct"),
        ('"The port," she said, "is shut."', ['"The port,"', '"is shut."'], "direct"),
        ("She said the port was “shut for good”.", ["the port was “shut for good”"], "mixed"),
        ("She said the port was shut.", ["the port was shut"], "indirect"),
        ("She said: ‘It’s shut for good.’", ["‘It’s shut for good.’"], "direct"),
        ("She said the ‘port’ was shut.", ["the ‘port’ was shut"], "indirect"),
        ("« Le port », she said, was shut.", ["« Le port »", "was shut"], "mixed"),
        ("“Shut,” he said. She said the port was open.", ["the port was open"], "indirect"),
    ],
)
def test_quote(text: str, content: list[str], quote: Quote) -> None:
    assert find_quote(make_parse(text), part(text, *content)) == quote


def test_the_marks_of_whoever_tells_it_are_not_those_of_an_inner_speaker() -> None:
    text = "“He told me that the port was shut,” she said."
    parse = make_parse(text)
    assert find_quote(parse, part(text, "that the port was shut"), nested=True) == "indirect"
    assert find_quote(parse, part(text, "“He told me that the port was shut,”")) == "direct"


@pytest.mark.parametrize(
    ("words", "cue", "channel"),
    [
        ("Holm said by phone", "said", "phone_call"),
        ("Holm told him in a telephone call", "told", "phone_call"),
        ("Holm said at the meeting", "said", "meeting"),
        ("the ministry said in a statement", "said", "statement"),
        ("According to the statement", "According to", "statement"),
        ("Holm told reporters", "told", "press_briefing"),
        ("Holm said at a news conference", "said", "press_briefing"),
        ("Holm", "tweeted", "post"),
        ("Holm wrote on social media", "wrote", "post"),
        ("Holm said in an interview with reporters", "said", "interview"),
        ("Holm wrote to the board in a letter", "wrote", "letter"),
        ("Senn's answer was conveyed by Lothan", "conveyed", "message_via_intermediary"),
        ("Holm said", "said", "unspecified"),
        ("Holm said of the iPhone called X", "said", "unspecified"),
    ],
)
def test_channel(words: str, cue: str, channel: Channel) -> None:
    assert find_channel(words, cue) == channel


@pytest.mark.parametrize(
    ("text", "cue", "content", "polarity"),
    [
        (
            "Holm did not directly dispute that the road is shut.",
            "did not directly dispute",
            "that the road is shut",
            "declined",
        ),
        ("Holm has never denied that the road is shut.", "has never denied", "that the road is shut", "declined"),
        ("Holm said that the port was shut.", "said", "that the port was shut", "affirmed"),
        ("Holm denied that the port was shut.", "denied", "that the port was shut", "denied"),
        ("Holm dismissed as untrue reports of a raid.", "dismissed as untrue", "reports of a raid", "denied"),
        ("Holm said it was not true that she had gone.", "said", "it was not true that she had gone", "denied"),
        ("Holm neither confirmed nor denied the raid.", "neither confirmed nor denied", "the raid", "declined"),
        ("Holm declined to comment on it.", "declined", "to comment on it", "declined"),
        ("Holm refused to say who had gone.", "refused", "to say who had gone", "declined"),
        ("Holm refused to pay the fine.", "refused", "to pay the fine", "affirmed"),
        ("Holm would not be drawn on the raid.", "would not be drawn", "on the raid", "declined"),
        ("The clerk, who declined to be named, said it rained.", "said", "it rained", "affirmed"),
    ],
)
def test_polarity(text: str, cue: str, content: str, polarity: Polarity) -> None:
    assert find_polarity(make_parse(text), said(text, content, "", cue), "") == polarity


def test_without_a_cue_the_sentence_tells_that_nothing_is_said() -> None:
    text = "The ministry declined to comment on the raid."
    relation = said(text, "the raid")
    assert find_polarity(make_parse(text), relation, "The ministry declined to comment on") == "declined"


@pytest.mark.parametrize(
    ("text", "cue", "content", "addressee"),
    [
        ("The envoy told Ada Holm that the port was shut.", "told", "that the port was shut", "Ada Holm"),
        ("The envoy told reporters in Senn that it was shut.", "told", "that it was shut", "reporters"),
        ("The envoy told the Ansel Gazette it was shut.", "told", "it was shut", "Ansel Gazette"),
        (
            "The envoy told Ada Holm of the Ansel Gazette it was shut.",
            "told",
            "it was shut",
            "Ansel Gazette (Ada Holm)",
        ),
        ("The envoy told Ansel Gazette's Ada Holm: it was shut.", "told", "it was shut", "Ansel Gazette (Ada Holm)"),
        ("“It is shut,” the envoy told the Grain Chamber.", "told", "“It is shut,”", "Grain Chamber"),
        ("The envoy stressed to Bela Renko that it was shut.", "stressed", "that it was shut", "Bela Renko"),
        ("The envoy told him that Ada Holm had left.", "told", "that Ada Holm had left", None),
        ("The envoy said that Ada Holm had left.", "said", "that Ada Holm had left", None),
        ("The envoy told them, said Ada Holm, that it was shut.", "told", "that it was shut", None),
        ("According to Ada Holm, it was shut.", "According to", "it was shut", None),
        ("“It is shut,” the envoy told them. Ada Holm wept.", "told", "“It is shut,”", None),
    ],
)
def test_addressee(text: str, cue: str, content: str, addressee: str | None) -> None:
    found = _hearer(text, said(text, content, "", cue))
    assert (found and found.name) == addressee


@pytest.mark.parametrize(
    ("hearer", "outlet"), [("the Ansel Gazette", True), ("Ada Holm of the Ansel Gazette", True), ("Ada Holm", False)]
)
def test_an_outlet_that_was_told_is_one(hearer: str, outlet: bool) -> None:
    text = f"The envoy told {hearer} that it was shut."
    found = _hearer(text, said(text, "that it was shut", "The envoy", "told"))
    assert found is not None and found.outlet == outlet


def test_an_interview_is_told_to_its_outlet_unless_it_is_the_report_s_own() -> None:
    text = "In an interview with the Ansel Gazette, the envoy said it was shut."
    relation = said(text, "it was shut", "the envoy", "said")
    found = _hearer(text, relation)
    assert found is not None and found.name == "Ansel Gazette" and found.outlet
    assert _hearer(text, relation, "The Ansel Gazette") is None


def _hearer(text: str, relation: Relation, outlet: str | None = None) -> Hearer | None:
    parse = with_tree(make_parse(text, relation))
    tree = Tree(parse)
    return find_addressee(parse, tree, relation, Resolver(parse, tree, make_entities(text, NAMES)), outlet)


def test_the_words_around_are_those_of_the_clause_of_the_cue() -> None:
    text = "It rained. Ada Holm said in a statement that the port was shut on Monday, and Bela Renko wrote a letter."
    parse = with_tree(make_parse(text))
    words = around(parse, Tree(parse), said(text, "that the port was shut", "Ada Holm", "said"))
    assert "in a statement" in words
    assert "letter" not in words and "port" not in words


def test_without_a_cue_the_words_around_are_those_of_the_sentence() -> None:
    text = "It rained. Ada Holm in a statement: the port is shut. It blew."
    parse = with_tree(make_parse(text))
    assert around(parse, Tree(parse), said(text, "the port is shut")) == "Ada Holm in a statement: ."
