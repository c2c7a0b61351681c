from __future__ import annotations

import re

import pytest

from onrecord.knowledge import country_code, find_countries, find_country_codes, read_table


def test_each_country_has_a_code_of_its_own() -> None:
    codes = read_table("countries", "")
    assert set(read_table("country_words").values()) == set(codes)
    assert len(codes) >= 195
    assert [c for c in codes.values() if not re.fullmatch("[A-Z]{3}", c)] == []
    assert len(set(codes.values())) == len(codes)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Norway", ("NOR",)),
        ("the Norwegian Refugee Council in Kenya", ("KEN", "NOR")),
        ("South Korea and North Korea", ("KOR", "PRK")),
        ("Papua New Guinea", ("PNG",)),
        ("U.S. and UK officials", ("GBR", "USA")),
        ("Chile’s navy", ("CHL",)),
        ("Norwegian-Chilean talks", ("CHL", "NOR")),
        ("New Mexico and South America", ()),
        ("the Organization of American States", ()),
        ("the Indian Ocean, the South China Sea and the Gulf of Oman", ()),
        ("a pro-Kenyan, Norway-backed militia", ()),
        ("the Kenyatta Hospital", ()),
        ("Norran officials", ()),
    ],
)
def test_countries_are_found_by_their_words(text: str, codes: tuple[str, ...]) -> None:
    assert find_country_codes(text) == codes
    assert len(find_countries(text)) >= len(codes)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kenya", "KEN"),
        ("the Netherlands", "NLD"),
        ("southern Chile", "CHL"),
        ("Eastern Norway", "NOR"),
        ("South Korea", "KOR"),
        ("South Georgia", None),
        ("Central America", None),
        ("Kenya Street", None),
        ("Port Ister", None),
        ("", None),
    ],
)
def test_only_a_whole_name_is_a_country(name: str, code: str | None) -> None:
    assert country_code(name) == code
