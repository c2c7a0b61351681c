import pytest

from onrecord.language.timexes import find_certain


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("On Monday, 3 May 2031 and on Oct. 12", ["Monday, 3 May 2031", "Oct. 12"]),
        ("March 3rd, 1998; May 2004; 2031-05-06", ["March 3rd, 1998", "May 2004", "2031-05-06"]),
        ("in 1994, since 2001, in the 1990s", ["1994", "2001"]),
        ("on Tuesday morning, yesterday", ["Tuesday morning", "yesterday"]),
        ("May said that the March on Norra may fall in second place", []),
        ("Flight 1998, 2,000 troops, in 2000 houses, in 1,994 rooms, pages 1990-1995", []),
        ("May 12-year-olds enter? On May 12,000 came.", []),
        ("Mondays and todays", []),
    ],
)
def test_what_the_calendar_makes_certain(text: str, certain: list[str]) -> None:
    assert [text[a:b] for a, b in find_certain(text)] == certain
