from __future__ import annotations

import pytest

from onrecord.attribute.manner import around, find_addressee, find_channel, find_modality, find_polarity, find_quote
from onrecord.attribute.mentions import Mentions
from onrecord.record import Channel, Modality, Polarity, Quote
from tests.parses import Names, make_entities, make_parse, said
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
        ("« Le port », she said, was shut.", ["« Le port »", "was shut"], "mixed"),
        ("“Shut,” he said. She said the port was open.", ["the port was open"], "indirect"),
    ],
)
def test_quote(text: str, content: list[str], quote: Quote) -> None:
    assert find_quote(make_parse(text), part(text, *content)) == quote


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
    ("cue", "words", "polarity"),
    [
        ("said", "Holm said", "affirmed"),
        ("denied", "Holm denied on Monday", "denied"),
        ("would neither confirm nor deny", "", "declined"),
        ("declined", "Holm declined", "declined"),
        ("refused to say", "", "declined"),
        ("", "The ministry declined to comment", "declined"),
        ("said", "The clerk who declined to be named said", "affirmed"),
        ("", "The ministry on the denial", "affirmed"),
    ],
)
def test_polarity(cue: str, words: str, polarity: Polarity) -> None:
    assert find_polarity(cue, words) == polarity


@pytest.mark.parametrize(
    ("cue", "content", "modality"),
    [
        ("said", "the port is shut", "asserted"),
        ("threatened", "to shut the port if no rent came", "threatened"),
        ("demanded", "that the port open unless it snowed", "requested"),
        ("said", "the port will open if rent comes", "conditional"),
        ("promised", "to open the port unless it snowed", "conditional"),
        ("pledged", "to open the port", "committed"),
        ("expects", "the port to open", "predicted"),
        ("plans", "to open the port", "intended"),
        ("believes", "the port is shut", "hedged"),
        ("said", "the ships drift, whiffling", "asserted"),
    ],
)
def test_modality(cue: str, content: str, modality: Modality) -> None:
    assert find_modality(cue, content) == modality


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
    entities = make_entities(text, NAMES)
    found = find_addressee(make_parse(text), part(text, cue), part(text, content), Mentions(entities))
    assert found == addressee


def test_the_words_around_are_those_of_the_sentence_without_the_content() -> None:
    text = "It rained. Ada Holm said in a statement that the port was shut on Monday. It blew."
    relation = said(text, "that the port was shut", "Ada Holm", "said")
    words = around(make_parse(text), relation.content, relation.cue, relation.source)
    assert words == "Ada Holm said in a statement on Monday."
    assert around(make_parse(text), relation.content, (), ()) == words
