from __future__ import annotations

from onrecord.attribute import find_attributions
from onrecord.record import Noise, Span
from tests.parses import Names, make_entities, make_parse, read, said, words

OUTLETS: Names = {"Ansel Gazette": "outlet", "Radio Times": "outlet", "Ada Holm": "person"}


def test_ids_stand_in_order_of_place() -> None:
    text = "The port is shut, Ada Holm said. Two envoys said that it was open. “Never,” she said."
    found = read(
        text,
        said(text, "“Never,”", "she", "said"),
        said(text, "that it was open", "Two envoys", "said"),
        said(text, "The port is shut", "Ada Holm", "said"),
        names={"Ada Holm": "person"},
    )
    assert [(a.id, a.speaker.name, a.quote) for a in found] == [
        ("a1", "Ada Holm", "indirect"),
        ("a2", "Two envoys", "indirect"),
        ("a3", "Ada Holm", "direct"),
    ]
    assert [a.content for a in found] == sorted(a.content for a in found)
    assert all(a.within is None and a.chain == (a.speaker.name,) and 0.5 < a.confidence < 1 for a in found)


def test_how_it_was_said() -> None:
    text = "Ada Holm told the Ansel Gazette in an interview: “We will shut the port if no rent comes.”"
    (found,) = read(text, said(text, "“We will shut the port if no rent comes.”", "Ada Holm", "told"), names=OUTLETS)
    assert (found.addressee, found.channel, found.quote) == ("Ansel Gazette", "interview", "direct")
    assert (found.polarity, found.modality) == ("affirmed", "conditional")
    text = "Ada Holm denied having shut the port. She threatened to flood it."
    denied, threatened = read(
        text,
        said(text, "having shut the port", "Ada Holm", "denied"),
        said(text, "to flood it", "She", "threatened"),
        names=OUTLETS,
    )
    assert (denied.polarity, denied.modality) == ("denied", "asserted")
    assert (threatened.speaker, threatened.modality) == (denied.speaker, "threatened")


def test_an_outlet_that_was_told_is_a_link_of_the_chain() -> None:
    text = "Two envoys told the Ansel Gazette that the port was shut."
    relation = said(text, "that the port was shut", "Two envoys", "told")
    (found,) = read(text, relation, names=OUTLETS, outlet="Radio Times")
    assert found.chain == ("Ansel Gazette", "Two envoys")
    text = "Two envoys told Ada Holm of the Ansel Gazette that the port was shut."
    (found,) = read(text, said(text, "that the port was shut", "Two envoys", "told"), names=OUTLETS)
    assert found.chain == ("Ansel Gazette (Ada Holm)", "Two envoys")
    text = "Two envoys told Ada Holm that the port was shut."
    (found,) = read(text, said(text, "that the port was shut", "Two envoys", "told"), names=OUTLETS)
    assert (found.chain, found.addressee) == (("Two envoys",), "Ada Holm")


def test_the_report_s_own_outlet_is_no_link() -> None:
    text = "Two envoys told the Gazette that the port was shut."
    relation = said(text, "that the port was shut", "Two envoys", "told")
    (found,) = read(text, relation, names={"Gazette": "outlet"}, outlet="The Ansel Gazette")
    assert (found.chain, found.addressee) == (("Two envoys",), None)


def test_no_source_is_nobody_without_a_chain() -> None:
    text = "It was said that the port was shut."
    (found,) = read(text, said(text, "that the port was shut", "", "said"))
    assert (found.speaker.class_, found.source, found.chain) == ("unspecified", (), ())


def test_a_citation_gives_two_with_one_content() -> None:
    text = "The Radio Times reported, citing two envoys, that the port was shut."
    relation = said(text, "that the port was shut", "The Radio Times", "reported")
    outer, inner = read(text, relation, names=OUTLETS, outlet="Ansel Gazette")
    assert words(text, outer.content) == ["that the port was shut"]
    assert inner.content == outer.content
    assert (outer.id, outer.within, inner.id, inner.within) == ("a1", None, "a2", "a1")
    assert (outer.chain, inner.chain) == (("Radio Times",), ("Radio Times", "two envoys"))
    assert (words(text, inner.source), words(text, inner.cue)) == (["two envoys"], ["citing"])
    assert (inner.speaker.class_, inner.speaker.count) == ("anonymous_official", 2)


def test_a_citation_is_no_part_of_the_content() -> None:
    text = "The Radio Times said the port was shut, citing two envoys."
    whole = said(text, "the port was shut, citing two envoys", "The Radio Times", "said")
    outer, inner = read(text, whole, names=OUTLETS)
    assert words(text, outer.content) == words(text, inner.content) == ["the port was shut"]
    text = "The Radio Times said, citing two envoys, that the port was shut."
    whole = said(text, "citing two envoys, that the port was shut", "The Radio Times", "said")
    outer, inner = read(text, whole, names=OUTLETS)
    assert words(text, outer.content) == words(text, inner.content) == ["that the port was shut"]


def test_a_citation_alone_in_its_sentence_is_of_the_sentence_before() -> None:
    text = "The port was shut by hand. The Radio Times reported, citing two envoys."
    relation = said(text, "citing two envoys", "The Radio Times", "reported")
    outer, inner = read(text, relation, names=OUTLETS)
    assert words(text, outer.content) == words(text, inner.content) == ["The port was shut by hand"]


def test_a_citation_belongs_to_the_source_that_it_follows() -> None:
    text = "Ada Holm said the port was open, but the Radio Times said, citing two envoys, that it was shut."
    found = read(
        text,
        said(text, "the port was open", "Ada Holm", "said"),
        said(text, "that it was shut", "the Radio Times", "said"),
        names=OUTLETS,
    )
    assert [a.chain for a in found] == [("Ada Holm",), ("Radio Times",), ("Radio Times", "two envoys")]


def test_a_citation_inside_the_words_said_is_the_speaker_s() -> None:
    text = "Ada Holm said the harbour master, citing two envoys, had shut the port."
    relation = said(text, "the harbour master, citing two envoys, had shut the port", "Ada Holm", "said")
    (found,) = read(text, relation, names=OUTLETS)
    assert found.chain == ("Ada Holm",)


def test_noise_is_left_out() -> None:
    text = "Port shut, envoy says\nThe port is shut, an envoy said."
    noise = [Noise(Span(0, 21), "headline")]
    relations = said(text, "Port shut", "envoy", "says"), said(text, "The port is shut", "an envoy", "said")
    (found,) = read(text, *relations, noise=noise)
    assert words(text, found.content) == ["The port is shut"]
    assert len(read(text, *relations)) == 2


def test_entities_gain_the_pronouns_and_offices_that_were_resolved_to_them() -> None:
    text = "Ports Minister Ada Holm said little. She said so twice."
    parse = make_parse(
        text, said(text, "little", "Ports Minister Ada Holm", "said"), said(text, "so twice", "She", "said")
    )
    given = make_entities(text, {"Ada Holm": "person"})
    _, (entity,) = find_attributions(parse, given, (), None)
    assert [(words(text, (m.span,)), m.form) for m in entity.mentions] == [(["Ada Holm"], "name"), (["She"], "pronoun")]


def test_nothing_said_nothing_found() -> None:
    assert find_attributions(make_parse(""), (), (), None) == ((), ())
    assert read("It rained.") == ()


def test_the_agency_whose_copy_a_report_is_stands_first_in_its_chains() -> None:
    text = "NORRA (AP) - The port will open, Ada Holm said."
    relation = said(text, "The port will open", "Ada Holm", "said")
    (relayed,) = read(text, relation, names={"Ada Holm": "person"}, outlet="Fairmont Ledger")
    assert relayed.chain == ("AP", "Ada Holm")
    (own,) = read(text, relation, names={"Ada Holm": "person"}, outlet="AP")
    assert own.chain == ("Ada Holm",)
