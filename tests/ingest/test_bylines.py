import pytest

from onrecord.ingest.bylines import credits_agency, find_authors, is_byline, is_life, is_names


@pytest.mark.parametrize(
    "line",
    [
        "By Oda Brill",
        "BY ODA BRILL FOR THE TAMSIN POST",
        "by Oda Brill",
        "Words by Oda Brill and Jens van Aalst",
        "Guest post by Dr. Oda Brill",
        "Oda Brill, Harbour Correspondent",
        "Oda Brill | Harbour correspondent",
        "Reporting from Port Hesper",
        "Staff report",
        "oda.brill@tamsin.example",
        "Reporting by Oda Brill in Port Hesper and Jens Aalst in Sul; Writing by Pia Norden; Editing by Rob Castle",
        "(Editing by Rob Castle)",
        "[by Oda Brill, Port Hesper; edited by Rob Castle]",
        "Oda Brill and Jens Aalst contributed to this report.",
    ],
)
def test_bylines(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "By Reuters",
        "By Oda Brill, Associated Press",
        "By Monday, the ferries were running again",
        "By Oda Brill in a letter to the council",
        "Written by Oda Brill in 2019, the letter was",
        "Oda Brill, mayor of Lower Tamsin",
        "Edited by nobody",
        "By Oda Brill with agencies",
        "(Additional reporting by AFP)",
        "AFP contributed to this report.",
        "",
    ],
)
def test_no_bylines(line: str) -> None:
    assert not is_byline(line)


def test_names_alone() -> None:
    assert (
        is_names("Oda Brill") and is_names("ODA BRILL and Jens van Aalst in Port Hesper") and is_names("Europe editor")
    )
    assert not is_names("Oda Brill speaks") and not is_names("Oda")


def test_authors_are_found_in_bylines_alone() -> None:
    assert find_authors("By Dr. Oda Brill and JENS AALST") == ["oda brill", "jens aalst"]
    assert find_authors("BY ODA BRILL, Port Hesper") == find_authors("By Oda Brill in Port Hesper") == ["oda brill"]
    assert find_authors("BY ODA BRILL FOR THE TAMSIN POST") == ["oda brill"]
    assert find_authors("Oda Brill") == []


def test_a_life_begins_with_the_author() -> None:
    assert is_life("Oda Brill covers harbours.", {"oda brill"})
    assert is_life("Write to Oda Brill at oda@tamsin.example", {"oda brill"})
    assert not is_life("Rurik Falk is a friend of Oda Brill.", {"oda brill"})
    assert not is_life("Oda Brill said so.", {"oda brill"})
    assert not is_life("Oda Brill covers harbours.", set())


def test_agencies_known_or_not() -> None:
    assert credits_agency("AFP") and credits_agency("the Norvia news agency") and credits_agency("with wires")
    assert not credits_agency("Oda Brill")
