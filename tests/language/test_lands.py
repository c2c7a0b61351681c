import pytest

from onrecord.language import find_entities, peoples_of
from onrecord.language.lands import is_land
from onrecord.record import Span
from tests.language.test_entities import parsed


@pytest.mark.parametrize(
    ("place", "people", "of_it"),
    [
        ("Norra", "Norran", True),
        ("Azmar", "Azmari", True),
        ("Varland", "Varlandish", True),
        ("Varland", "Varran", False),
    ],
)
def test_peoples_of_a_place(place: str, people: str, of_it: bool) -> None:
    assert (people in peoples_of(place)) is of_it


@pytest.mark.parametrize(
    "text",
    [
        "The foreign ministers of Azmar met.",
        "Azmar's foreign minister resigned.",
        "Azmar’s coast was hit by a storm.",
        "Eleven people were hurt in Azmar on Monday.",
        "Prices rose across Azmar.",
        "Talks between Senn and Azmar go on.",
        "Azmar and Senn agreed on a line.",
        "AZMAR (Tern) - The harbour is shut.",
        "AZMAR, 4 May - The harbour is shut.",
    ],
)
def test_the_words_beside_a_name_show_a_land(text: str) -> None:
    start = text.upper().index("AZMAR")
    assert is_land(text, Span(start, start + 5), {"Senn"})


@pytest.mark.parametrize(
    "text",
    [
        "Azmar said that she would go.",
        "In Azmar's view the line is dead.",
        "She lives in Azmar Street.",
        "Azmar's lawyer and Azmar's aides were there.",
        "Azmar and Lind agreed on a line.",
    ],
)
def test_words_beside_people_s_names_show_none(text: str) -> None:
    start = text.upper().index("AZMAR")
    assert not is_land(text, Span(start, start + 5), {"Senn"})


def test_what_was_read_as_a_person_is_a_place_in_the_whole_report() -> None:
    text = "Azmar has let Senn know. Fog lay over the harbours in Azmar."
    assert [(e.name, e.type, len(e.mentions)) for e in find_entities(parsed(text, ("Azmar", "person")))] == [
        ("Azmar", "place", 2)
    ]


@pytest.mark.parametrize("known", ["Ada Azmar spoke first.", "Mr Azmar spoke first.", "President Azmar spoke first."])
def test_whoever_bears_a_full_name_or_a_title_is_none(known: str) -> None:
    text = f"{known} There is little hope in Azmar, she said."
    name = "Ada Azmar" if "Ada" in known else "Azmar"
    assert {e.type for e in find_entities(parsed(text, (name, "person")))} == {"person"}
