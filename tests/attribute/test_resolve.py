from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.attribute.resolve import Resolver
from onrecord.language import Parse, Tree
from onrecord.record import Entity, Speaker
from tests.parses import Names, Roles, make_entities, make_parse, parsed, places, said, with_tree

PEOPLE: Names = {"Ada Holm": "person", "Bela Renko": "person"}
NOBODY = Speaker(None, None, "unspecified", None)


def speakers(text: str, *sources: str, names: Names | None = None, roles: Roles | None = None) -> list[Speaker]:
    """Who the sources are, each looked for behind the one before."""
    resolver, at, out = _resolver(make_parse(text), make_entities(text, names or {}, roles)), 0, []
    for source in sources:
        span = next(s for s in places(text, source) if s.start >= at)
        at = span.end
        out.append(resolver.resolve((span,)))
    return out


def names_of(text: str, *sources: str, names: Names | None = None, roles: Roles | None = None) -> list[str | None]:
    return [s.name for s in speakers(text, *sources, names=names, roles=roles)]


def one(text: str, source: str, names: Names, roles: Roles | None = None) -> Speaker:
    return speakers(text, source, names=names, roles=roles)[0]


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        ("Holm", "e1"),
        ("Foreign Minister Ada Holm", "e1"),
        ("the Minister of Ports Ada Holm", "e1"),
        ("Ada Holm, the minister of ports,", "e1"),
        ("Ada Holm of the Grain Chamber", "e1"),
        ("Renko's spokeswoman, Ada Holm,", "e1"),
        ("a friend of Minister Ada Holm", None),
        ("Ada Holm's office", None),
        ("Ada Holm’s spokesman", None),
        ("officials close to Ada Holm", None),
    ],
)
def test_a_person_speaks_only_where_the_head_names_them(source: str, entity: str | None) -> None:
    assert one(f"{source} said so.", source, PEOPLE).entity == entity


@pytest.mark.parametrize(
    ("source", "name", "class_"),
    [
        ("the Pentagon", "Pentagon", "named_organisation"),
        ("US officials", "US officials", "anonymous_official"),
        ("the US Pentagon", "Pentagon", "named_organisation"),
        ("Lothan state broadcaster Reuters", "Reuters", "outlet"),
        ("Reuters, the Lothan agency,", "Reuters", "outlet"),
        ("an officer at the Pentagon", "an officer at the Pentagon", "anonymous_official"),
        ("Lothan", "Lothan", "named_organisation"),
    ],
)
def test_bodies_and_the_states_that_they_belong_to(source: str, name: str, class_: str) -> None:
    names: Names = {"US": "place", "Lothan": "place", "Pentagon": "organisation", "Reuters": "outlet"}
    speaker = one(f"On Monday {source} said so.", source, names)
    assert (speaker.name, speaker.class_) == (name, class_)


def test_of_two_who_speak_together_the_first_in_the_text_is_given() -> None:
    text = "On Monday Bela Renko and Ada Holm said so."
    assert names_of(text, "Bela Renko and Ada Holm", names=PEOPLE) == ["Bela Renko"]


def test_a_description_said_again_is_the_fuller_one() -> None:
    text = "A Lothan customs official said one thing. Two envoys said another. The official said a third."
    assert speakers(text, "A Lothan customs official", "Two envoys", "The official") == [
        Speaker(None, "A Lothan customs official", "anonymous_official", 1),
        Speaker(None, "Two envoys", "anonymous_official", 2),
        Speaker(None, "A Lothan customs official", "anonymous_official", 1),
    ]


def test_another_body_of_the_same_kind_is_another_speaker() -> None:
    text = (
        "The Lothan foreign ministry said little. The Sennish foreign ministry said yes. The foreign ministry added so."
    )
    sources = ("The Lothan foreign ministry", "The Sennish foreign ministry", "The foreign ministry")
    assert names_of(text, *sources) == [sources[0], sources[1], sources[1]]
    held: Names = {"Lothan Foreign Ministry": "organisation"}
    text = "The Lothan Foreign Ministry said little. The Sennish foreign ministry said yes. The ministry knew."
    both = ("Lothan Foreign Ministry", "The Sennish foreign ministry")
    assert names_of(text, *both, names=held) == list(both)
    assert names_of(text, "Lothan Foreign Ministry", "The ministry", names=held) == ["Lothan Foreign Ministry"] * 2


def test_an_indefinite_description_is_a_new_person() -> None:
    text = "A senior official said little. An official said yes."
    assert names_of(text, "A senior official", "An official") == ["A senior official", "An official"]


def test_an_office_is_the_one_who_holds_it() -> None:
    text = "Ports Minister Ada Holm met Bela Renko. The minister said no, the envoy said yes, the president nothing."
    roles = {"Ada Holm": ("Ports Minister",), "Bela Renko": ("envoy of Senn",)}
    who = speakers(text, "The minister", "the envoy", "the president", names=PEOPLE, roles=roles)
    assert [s.entity for s in who] == ["e1", "e2", None]


def test_of_two_who_hold_an_office_the_nearest_or_the_one_so_described() -> None:
    text = "Ada Holm and Bela Renko met. The minister said little. The ports minister said yes. The ministers left."
    roles = {"Ada Holm": ("ports minister",), "Bela Renko": ("minister of grain",)}
    who = speakers(text, "The minister", "The ports minister", "The ministers", names=PEOPLE, roles=roles)
    assert [s.entity for s in who] == ["e2", "e1", None]


@pytest.mark.parametrize(
    ("text", "sources", "last"),
    [
        ("Ada Holm said little. She said so twice.", ("Ada Holm", "She"), "Ada Holm"),
        ("Ada Holm said little. Mr Renko was there. She left.", ("Ada Holm", "She"), "Ada Holm"),
        ("Ada Holm met Mr Renko in Senn. She said no.", ("She",), "Ada Holm"),
        ("Mr Renko met Ada Holm in Senn. She said no.", ("She",), "Ada Holm"),
        ("An angler said little. He said so twice.", ("An angler", "He"), "An angler"),
        ("A clerk said little. Ada Holm met the envoy. She said yes.", ("A clerk", "She"), "Ada Holm"),
        ("Two anglers said little. He said yes.", ("Two anglers", "He"), None),
        ("Two anglers said little. They said so twice.", ("Two anglers", "They"), "Two anglers"),
        ("An angler said little. They said yes.", ("An angler", "They"), None),
        (
            "The ministry said little. Ada Holm said yes. It said so.",
            ("The ministry", "Ada Holm", "It"),
            "The ministry",
        ),
        ("Ada Holm said little. It said yes.", ("Ada Holm", "It"), None),
        ("Nobody knew Ada Holm, who said no.", ("who",), "Ada Holm"),
        ("One driver, who asked not to be named, said no.", ("One driver", "who"), "One driver"),
        ("So we said no.", ("we",), None),
        ("She said no.", ("She",), None),
    ],
)
def test_pronouns(text: str, sources: tuple[str, ...], last: str | None) -> None:
    assert names_of(text, *sources, names={"Ada Holm": "person", "Bela Renko": "person"})[-1] == last


def test_whom_a_speaker_names_is_spoken_of() -> None:
    text = "Ada Holm said little. One voice held that Bela Renko lied. She left."
    parse = make_parse(text, said(text, "that Bela Renko lied", "One voice", "held"))
    resolver = _resolver(parse, make_entities(text, PEOPLE))
    found = [resolver.resolve((places(text, source)[0],)).name for source in ("Ada Holm", "She")]
    assert found == ["Ada Holm", "Ada Holm"]


def test_he_is_not_she() -> None:
    text = "Ada Holm said little. She said so twice. Bela Renko said yes. He said so. She said no again."
    assert names_of(text, "Ada Holm", "She", "Bela Renko", "He", "She", names=PEOPLE)[-2:] == ["Bela Renko", "Ada Holm"]


def test_a_speaker_far_off_is_nobody_s_pronoun() -> None:
    text = "Ada Holm said little. It rained. It blew. It snowed. It froze. She said so."
    assert speakers(text, "Ada Holm", "She", names={"Ada Holm": "person"})[-1] == NOBODY


def test_no_source_is_nobody_and_what_was_resolved_becomes_a_mention() -> None:
    text = "Ports Minister Ada Holm said little. She said so. The minister left."
    resolver = _resolver(
        make_parse(text), make_entities(text, {"Ada Holm": "person"}, {"Ada Holm": ("Ports Minister",)})
    )
    assert resolver.resolve(()) == NOBODY
    for source in ("Ports Minister Ada Holm", "She", "The minister"):
        assert resolver.resolve((places(text, source)[0],)).entity == "e1"
    found = [(entity, text[m.span.start : m.span.end], m.form) for entity, m in resolver.mentions]
    assert found == [("e1", "She", "pronoun"), ("e1", "The minister", "nominal")]


def test_no_entity_is_needed() -> None:
    empty: tuple[Entity, ...] = ()
    text = "The official said no."
    assert _resolver(make_parse(text), empty).resolve((places(text, "The official")[0],)).name == "The official"


def test_it_is_the_body_that_the_sentence_before_speaks_of() -> None:
    # The Lothan ministry spoke last; the Sennish one is who "it" is.
    text = "The Lothan ministry denied it. The Sennish ministry went further. In a note it said more."
    words = (
        ("The", "DET", 3, "det"), ("Lothan", "ADJ", 3, "amod"), ("ministry", "NOUN", 4, "nsubj"),
        ("denied", "VERB", 0, "root"), ("it", "PRON", 4, "obj"), (".", "PUNCT", 4, "punct"),
        ("The", "DET", 9, "det"), ("Sennish", "ADJ", 9, "amod"), ("ministry", "NOUN", 10, "nsubj"),
        ("went", "VERB", 0, "root"), ("further", "ADV", 10, "advmod"), (".", "PUNCT", 10, "punct"),
        ("In", "ADP", 15, "case"), ("a", "DET", 15, "det"), ("note", "NOUN", 17, "obl"),
        ("it", "PRON", 17, "nsubj"), ("said", "VERB", 0, "root"), ("more", "ADV", 17, "advmod"),
        (".", "PUNCT", 17, "punct"),
    )  # fmt: skip
    resolver = _resolver(replace(make_parse(text), tokens=parsed(text, *words)), ())
    first, it = places(text, "The Lothan ministry")[0], places(text, "it")[1]
    assert resolver.resolve((first,)).name == "The Lothan ministry"
    assert resolver.resolve((it,)).name == "The Sennish ministry"
    # Without syntax it is the body that spoke last.
    assert names_of(text, "The Lothan ministry", "it")[-1] == "The Lothan ministry"


def test_it_is_no_subject_that_is_a_person() -> None:
    text = "The Lothan ministry denied that. Ada Holm went. It said more."
    words = (
        ("The", "DET", 3, "det"), ("Lothan", "ADJ", 3, "amod"), ("ministry", "NOUN", 4, "nsubj"),
        ("denied", "VERB", 0, "root"), ("that", "PRON", 4, "obj"), (".", "PUNCT", 4, "punct"),
        ("Ada", "PROPN", 9, "nsubj"), ("Holm", "PROPN", 7, "flat"), ("went", "VERB", 0, "root"),
        (".", "PUNCT", 9, "punct"), ("It", "PRON", 12, "nsubj"), ("said", "VERB", 0, "root"),
        ("more", "ADV", 12, "advmod"), (".", "PUNCT", 12, "punct"),
    )  # fmt: skip
    parse = replace(make_parse(text), tokens=parsed(text, *words))
    resolver = _resolver(parse, make_entities(text, {"Ada Holm": "person"}))
    resolver.resolve((places(text, "The Lothan ministry")[0],))
    assert resolver.resolve((places(text, "It")[0],)).name == "The Lothan ministry"


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("Striker Leo Maraz has left Dynamo. The striker said no.", "The striker", "Leo Maraz"),
        ("Ada Holm, a harpist, left Senn. The harpist said no.", "The harpist", "Ada Holm"),
        ("Ada Holm left Senn. The harpist said no.", "The harpist", "The harpist"),
        ("Ada Holm left Senn. The harpist, 31, said no.", "The harpist, 31", "Ada Holm"),
        ("Ada Holm met Bela Renko. The two women said no.", "The two women", "Ada Holm and Bela Renko"),
        ("Ada Holm met Bela Renko and Leo Maraz. The two women said no.", "The two women", "The two women"),
        ("A statement by the Grain Chamber said no.", "A statement by the Grain Chamber", "Grain Chamber"),
        ("A memorandum seen by the Grain Chamber said no.", "A memorandum seen by the Grain Chamber", None),
    ],
)
def test_whom_a_description_can_only_mean(text: str, source: str, name: str | None) -> None:
    names: Names = {**PEOPLE, "Leo Maraz": "person", "Grain Chamber": "organisation"}
    parse = with_tree(make_parse(text))
    found = _resolver(parse, make_entities(text, names)).resolve((places(text, source)[0],))
    assert found.name == (name or source)


def _resolver(parse: Parse, entities: tuple[Entity, ...]) -> Resolver:
    return Resolver(parse, Tree(parse), entities)
