from __future__ import annotations

import pytest

from onrecord.events.classify import load_classifiers, undone_type
from tests.events.reading import told


@pytest.mark.parametrize(
    ("text", "trigger", "type_"),
    [
        ("Norran troops attacked Port Senn on Monday.", "attacked", "ASSAULT"),
        ("Rebels killed eleven people in Port Senn on Monday.", "killed", "ASSAULT"),
        ("The Norran navy seized the trawler on Tuesday.", "seized", "COERCE"),
        ("General Bela Renko was arrested in Port Senn on Tuesday.", "arrested", "COERCE"),
        ("Thousands of dockers protested in Port Senn on Monday.", "protested", "PROTEST"),
        ("Norra expelled two Sennish diplomats on Monday.", "expelled", "SANCTION"),
        ("The rebels, who attacked Port Senn, have left the valley.", "left", "RETREAT"),
        ("Norra threatened to impose sanctions on Senn.", "threatened", "THREATEN"),
        ("President Ada Holm urged Senn to release the sailors.", "urged", "REQUEST"),
        ("Norra denied that its navy had seized the trawler.", "denied", "REJECT"),
        ("Foreign Minister Ada Holm met Bela Renko in Port Senn.", "met", "CONSULT"),
        ("A strong earthquake shook the island of Harn on Monday.", "earthquake", None),
        ("An election was held in Senn on Sunday.", "election", None),
        ("Prices rose in Senn on Monday.", "rose", None),
    ],
)
def test_what_has_happened(text: str, trigger: str, type_: str | None) -> None:
    assert told(text, trigger).type == type_


@pytest.mark.parametrize(
    ("text", "trigger", "type_"),
    [
        ("Norra will send grain to Senn next month.", "send", "AGREE"),
        ("President Ada Holm promised to send grain to Senn.", "send", "AGREE"),
        ("The police agreed to release the sailors on Monday.", "release", "AGREE"),
        ("Norra would impose sanctions on Senn if the trawler was not freed.", "impose", "THREATEN"),
        ("Norra will impose sanctions on Senn next week.", "impose", "THREATEN"),
        ("Norra may attack Port Senn within days, officials said.", "attack", "THREATEN"),
        ("Senn must release the sailors, President Ada Holm said on Monday.", "release", "REQUEST"),
        ("President Ada Holm demanded that Senn release the sailors.", "release", "REQUEST"),
        ("President Ada Holm urged Senn to release the sailors.", "release", "REQUEST"),
    ],
)
def test_what_is_promised_threatened_or_demanded(text: str, trigger: str, type_: str) -> None:
    assert told(text, trigger).type == type_


@pytest.mark.parametrize(
    ("type_", "status", "demanded", "coded"),
    [
        ("AID", "planned", False, "AGREE"),
        ("CONSULT", "predicted", False, "AGREE"),
        ("RETREAT", "conditional", False, "AGREE"),
        ("ASSAULT", "planned", False, "THREATEN"),
        ("SANCTION", "conditional", False, "THREATEN"),
        ("PROTEST", "predicted", False, "THREATEN"),
        ("ASSAULT", "happened", False, "ASSAULT"),
        ("AID", "denied", False, "AID"),
        ("AID", "not_yet", False, "AID"),
        ("ACCUSE", "planned", False, "ACCUSE"),
        ("AID", "planned", True, "REQUEST"),
        ("ASSAULT", "happened", True, "REQUEST"),
    ],
)
def test_the_type_of_what_is_not_done(type_: str, status: str, demanded: bool, coded: str) -> None:
    assert undone_type(type_, status, demanded) == coded


def test_a_contact_is_a_consultation_whatever_becomes_of_it() -> None:
    text = "Foreign Minister Ada Holm plans to meet Bela Renko."
    assert (told(text, "meet").status, told(text, "meet").type) == ("planned", "CONSULT")


def test_the_types_are_those_of_the_manual_and_none() -> None:
    types = load_classifiers().types
    assert len(set(types)) == len(types)
    assert {"CONSULT", "ASSAULT", "PROTEST", "NONE"} <= set(types)
