from __future__ import annotations

import pytest

from tests.events.reading import contacts, parties, told


@pytest.mark.parametrize(
    ("text", "trigger", "actor", "recipient"),
    [
        ("Norran troops attacked Port Senn on Monday.", "attacked", "Norran troops", "Port Senn"),
        ("Norra expelled two Sennish diplomats on Monday.", "expelled", "Norra", "two Sennish diplomats"),
        ("Ada Holm, 61, was killed in Port Senn on Monday by rebels.", "killed", "rebels", "Ada Holm"),
        ("Two Sennish diplomats were expelled by Norra.", "expelled", "Norra", "Two Sennish diplomats"),
        ("The trawler was seized by the Norran navy on Tuesday.", "seized", "Norran navy", "trawler"),
        ("The arrest of Bela Renko by the Norran police angered Senn.", "arrest", "Norran police", "Bela Renko"),
        ("Norra's attack on Senn began on Monday.", "attack", "Norra", "Senn"),
        ("The Norran army launched an attack on Port Senn.", "attack", "Norran army", "Port Senn"),
        ("An air strike was carried out by the Norran army on Port Senn.", "strike", "Norran army", "Port Senn"),
        ("The rebels, who attacked Port Senn on Monday, have left.", "attacked", "rebels", "Port Senn"),
        ("The trawler, which was seized by the Norran navy, lies off Harn.", "seized", "Norran navy", "trawler"),
        ("Norra threatened to attack Port Senn on Monday.", "attack", "Norra", "Port Senn"),
        ("President Ada Holm urged Senn to release the sailors.", "release", "Senn", "sailors"),
        ("President Ada Holm demanded that Senn release the sailors.", "release", "Senn", "sailors"),
        ("Norra said that it had signed a fishing treaty with Senn.", "signed", "Norra", "Senn"),
    ],
)
def test_who_did_it_to_whom(text: str, trigger: str, actor: str, recipient: str) -> None:
    found = told(text, trigger)
    assert (found.actors, found.recipients) == ((actor,), (recipient,))


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        ("President Ada Holm and Prime Minister Bela Renko signed the treaty on Monday.", "signed", 2),
        ("The treaty was signed on Monday by President Ada Holm and Prime Minister Bela Renko.", "signed", 2),
        ("President Ada Holm signed the treaty with Senn on Monday.", "signed", 1),
    ],
)
def test_all_who_act_together_are_named(text: str, trigger: str, actors: int) -> None:
    assert told(text, trigger).actors == ("Ada Holm", "Bela Renko")[:actors]


@pytest.mark.parametrize(
    ("text", "trigger", "name"),
    [
        ("The foreign minister of Norra, Ada Holm, resigned on Monday.", "resigned", "Ada Holm"),
        ("Former Norran Foreign Minister Ada Holm resigned on Monday.", "resigned", "Ada Holm"),
        ("Ada Holm met envoys. On Tuesday Holm resigned over the treaty.", "resigned", "Ada Holm"),
        ("President Ada Holm left Harn. On Tuesday the president resigned.", "resigned", "Ada Holm"),
        ("Ada Holm, who resigned on Monday, has left Harn.", "resigned", "Ada Holm"),
    ],
)
def test_an_actor_bears_the_fullest_name(text: str, trigger: str, name: str) -> None:
    assert told(text, trigger).actors == (name,)


@pytest.mark.parametrize("article", ["The", "A", "His", "Their"])
def test_a_description_stands_without_its_article(article: str) -> None:
    assert told(f"{article} brigade attacked Port Senn on Monday.", "attacked").actors == ("brigade",)


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("Norran soldiers arrested Bela Renko in Port Senn on Monday.", "arrested", "Port Senn"),
        ("General Bela Renko was arrested in Port Senn on Tuesday.", "arrested", "Port Senn"),
        ("Thousands of dockers protested in Port Senn on Monday.", "protested", "Port Senn"),
        ("General Bela Renko was arrested on Tuesday.", "arrested", None),
    ],
)
def test_place(text: str, trigger: str, place: str | None) -> None:
    assert told(text, trigger).place == place


@pytest.mark.parametrize(
    ("text", "both"),
    [
        (
            "Deputy Foreign Minister Ada Holm of Norra met Sennish Prime Minister Bela Renko in Harn on Monday.",
            {"Holm", "Renko"},
        ),
        (
            "Norran First Deputy Foreign Minister Ada Holm and Sennish Defence Minister Bela Renko met in Harn.",
            {"Holm", "Renko"},
        ),
        ("Foreign Minister Ada Holm met Bela Renko, the Sennish minister of ports, in Harn.", {"Holm", "Renko"}),
        ("Foreign Minister Ada Holm met President Bela Renko's envoy Ina Sorel in Harn.", {"Holm", "Sorel"}),
        ("Foreign Minister Ada Holm met Ina Sorel, an envoy of President Bela Renko, in Harn.", {"Holm", "Sorel"}),
    ],
)
def test_long_titles_hold_one_party_each(text: str, both: set[str]) -> None:
    (found,) = contacts(text)
    people = {w for name in parties(found) for w in name.split() if w in ("Holm", "Renko", "Sorel")}
    assert people == both


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        ("“I signed the order on Monday,” Governor Silje Tan said.", "signed", {"Silje Tan"}),
        # Named behind, where the one before was spoken of last.
        (
            "The mayor of Holm, Aksel Brun, told the Courier that a clerk was missing.\n\n"
            "“I carried my neighbour to the roof.” – Greta Moll, 81, from Eben.",
            "carried",
            {"Greta Moll"},
        ),
    ],
)
def test_in_quotation_marks_i_is_whoever_is_quoted(text: str, trigger: str, actors: set[str]) -> None:
    assert set(told(text, trigger).actors) == actors
