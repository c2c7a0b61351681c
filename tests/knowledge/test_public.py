import json
from datetime import date
from pathlib import Path

import pytest

from onrecord.knowledge import Knowledge, find_countries, load_knowledge
from onrecord.knowledge.public import office_kinds
from onrecord.record import Interval, OnrecordError, Span


def entity(number: str, schema: str, **given: list[str]) -> dict[str, object]:
    return {"id": number, "schema": schema, "properties": given}


OWN = [
    entity("p", "Person", name=["Ada Holm"], alias=["A. Holm"], birthDate=["1970-05-01"]),
    entity("d", "Position", name=["Minister of Defence of Norra"], country=["nr"]),
    entity("o", "Occupancy", holder=["p"], post=["d"], startDate=["2031-03"], endDate=["2034"]),
    entity("e", "Event", name=["attack on the Norra consulate"], startDate=["2031-04-01"], country=["nr"]),
    entity("f", "Event", name=["Port Ister debate"], startDate=["2031-04-02"], country=["nr"]),
    entity("g", "Event", name=["Port Ister debate"], startDate=["2033-04-02"], country=["nr"]),
]


def found(text: str) -> list[tuple[str, list[str], bool]]:
    known = Knowledge(OWN)
    return [
        (text[s.start : s.end], [str(d.earliest) for d in e.days], e.once)
        for s, e in known.find_events(text, [Span(0, len(text))])
    ]


def test_a_tenure_is_found_by_name_and_office_and_bounds_by_what_is_known_of_its_dates() -> None:
    (tenure,) = Knowledge(OWN).find_tenures("Ada Holm", ["Norran defense minister"])
    assert (tenure.earliest, tenure.latest) == (date(2031, 3, 1), date(2034, 12, 31))
    assert Knowledge(OWN).find_tenures("Ada Holm", ["harbour master"]) == []
    assert Knowledge(OWN).find_tenures("Holm", ["Defence Minister"]) == [tenure]
    assert Knowledge(OWN).find_tenures("Bela Holm", ["Defence Minister"]) == []
    assert Knowledge(OWN).birth("Ada Holm") == date(1970, 5, 1)


def test_an_event_is_found_by_its_words_in_any_order_near_each_other() -> None:
    assert found("They blamed Norra for it. The consulate was shut.") == []
    assert found("The strike followed the attack on the Norra consulate.") == [
        ("attack on the Norra consulate", ["2031-04-01"], True)
    ]
    assert found("The consulate of Norra was attacked.")[0][1:] == (["2031-04-01"], True)
    assert found("At the Port Ister debate he spoke.") == [("Port Ister debate", ["2031-04-02", "2033-04-02"], False)]


def test_the_words_of_an_office_tell_its_kind() -> None:
    assert office_kinds("US Secretary of Defense") == {"defence_minister"}
    assert office_kinds("Vice President") == {"vice_president"}
    assert office_kinds("harbour master") == frozenset()


def test_countries_are_known_by_their_people_and_seats() -> None:
    assert find_countries("The Kremlin rang an Egyptian minister; us two were not told.") == {"ru", "eg"}


def test_the_shipped_knowledge_is_whole() -> None:
    known = load_knowledge()
    assert len(known.holders()) > 1000
    for tenures in known.holders().values():
        for tenure in tenures:
            assert tenure.kinds, tenure
            assert not (tenure.earliest and tenure.latest) or tenure.earliest <= tenure.latest


def test_a_users_own_file_is_added_and_a_bad_line_is_named(tmp_path: Path) -> None:
    own = tmp_path / "own.jsonl"
    own.write_text("\n".join(json.dumps(e) for e in OWN), encoding="utf-8")
    assert load_knowledge((str(own),)).find_tenures("Ada Holm", ["Defence Minister"])
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "x", "properties": {}}\n["y"]\n', encoding="utf-8")
    with pytest.raises(OnrecordError, match=r"bad\.jsonl: line 2"):
        load_knowledge((str(bad),))


HOLDERS = [
    *OWN,
    entity("q", "Person", name=["Bela Renko"], alias=["B. Renko", "Renko Bela"]),
    entity("r", "Occupancy", holder=["q"], post=["d"], startDate=["2035-01-01"]),
    entity("s", "Position", name=["Defence Minister"], country=["ks"]),
    entity("t", "Person", name=["Omar Teshk"]),
    entity("u", "Occupancy", holder=["t"], post=["s"]),
    entity("v", "Position", name=["Foreign Minister of Norra"], country=["nr"]),
    entity("w", "Person", name=["Ina Sorel"]),
    entity("x", "Occupancy", holder=["w"], post=["v"], endDate=["2032-06-30"]),
]


def holders(role: str, country: str, first: str, last: str | None = None) -> list[str]:
    days = Interval(date.fromisoformat(first), date.fromisoformat(last or first))
    return Knowledge(HOLDERS).find_holders(role, country, days)


def test_the_holders_of_an_office_are_found_by_its_words_and_its_country() -> None:
    assert holders("Norran defense minister", "nr", "2032-01-01") == ["Ada Holm"]
    assert holders("Defence Minister", "ks", "2032-01-01") == ["Omar Teshk"]
    assert holders("Foreign Minister", "nr", "2032-01-01") == ["Ina Sorel"]
    assert holders("Foreign Minister", "ks", "2032-01-01") == []
    assert holders("Defence Minister", "zz", "2032-01-01") == []
    assert holders("harbour master", "nr", "2032-01-01") == []


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2031-02-28", "2031-02-28", []),
        ("2031-03-01", "2031-03-01", ["Ada Holm"]),
        ("2034-12-31", "2034-12-31", ["Ada Holm"]),
        ("2031-03-01", "2034-12-31", ["Ada Holm"]),
        ("2031-02-28", "2031-03-02", []),
        ("2034-12-30", "2035-01-02", []),
        ("2035-01-01", "2099-01-01", ["Bela Renko"]),
    ],
)
def test_a_holder_held_the_office_on_all_of_the_days(first: str, last: str, expected: list[str]) -> None:
    assert holders("Minister of Defence", "nr", first, last) == expected


def test_days_that_are_open_are_in_no_tenure_that_ends_there() -> None:
    known, day = Knowledge(HOLDERS), date(2032, 1, 1)
    for days in (Interval(None, day), Interval(day, None), Interval(None, None)):
        assert known.find_holders("Defence Minister", "nr", days) == []
        assert known.find_holders("Defence Minister", "ks", days) == ["Omar Teshk"]
    assert known.find_holders("Foreign Minister", "nr", Interval(None, day)) == ["Ina Sorel"]
    assert known.find_holders("Foreign Minister", "nr", Interval(day, None)) == []
