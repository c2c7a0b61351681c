import json
from pathlib import Path

import pytest

from onrecord.knowledge.own import OwnNames, load_own_names
from onrecord.record import OnrecordError


def entity(number: str, schema: str, **given: list[str]) -> dict[str, object]:
    return {"id": number, "schema": schema, "properties": given}


OWN = OwnNames(
    [
        entity("p", "Person", name=["Ada Hólm"], alias=["A. J. Holm"], weakAlias=["The Skipper"]),
        entity("o", "Organization", name=["Norra Grain Board"], alias=["NGB"]),
        entity("c", "Company", name=["Vell Ferries"]),
        entity("b", "PublicBody", name=["Ministry of Tides"]),
        entity("l", "LegalEntity", name=["Teshk Brothers"]),
        entity("x", "Person", name=["Bela Renko"]),
        entity("y", "Person", name=["Béla Renko"], alias=["B. Renko"]),
        entity("z", "Vessel", name=["Grey Heron"]),
        entity("k", "Company", name=["Ada Holm"]),
    ]
)


@pytest.mark.parametrize(
    ("name", "type", "id"),
    [
        ("ADA HOLM", "person", "p"),
        ("a j holm", "person", "p"),
        ("Skipper", "person", "p"),
        ("the Norra Grain Board", "organisation", "o"),
        ("NGB", "group", "o"),
        ("Vell Ferries", "outlet", "c"),
        ("Ministry of Tides", "organisation", "b"),
        ("Teshk Brothers", "organisation", "l"),
        ("Teshk Brothers", "person", "l"),
        ("Ada Holm", "organisation", "k"),
    ],
)
def test_a_name_or_alias_of_the_type_gives_the_id(name: str, type: str, id: str) -> None:
    assert OWN.find_id(name, type) == id


@pytest.mark.parametrize(
    ("name", "type"),
    [
        ("Bela Renko", "person"),
        ("Vell Ferries", "person"),
        ("Grey Heron", "organisation"),
        ("Holm", "person"),
        ("", "person"),
        ("NGB", "place"),
    ],
)
def test_what_two_bear_or_nobody_of_the_type_gives_none(name: str, type: str) -> None:
    assert OWN.find_id(name, type) is None


def test_the_names_of_one_entity_give_the_ids_of_all_that_bear_one() -> None:
    assert OWN.find_ids(["Bela Renko", "B. Renko"], "person") == ("y",)
    assert OWN.find_ids(["Ada Holm", "Skipper", "Nobody"], "person") == ("p",)
    assert OWN.find_ids(["B. Renko", "Ada Holm"], "person") == ("p", "y")
    assert OWN.find_ids([], "person") == ()


def test_files_are_read_together_and_a_bad_line_is_named(tmp_path: Path) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    one.write_text(json.dumps(entity("p", "Person", name=["Ada Holm"])), encoding="utf-8")
    two.write_text(json.dumps(entity("q", "Person", name=["Ada Holm"])), encoding="utf-8")
    assert load_own_names((str(one),)).find_id("Ada Holm", "person") == "p"
    assert load_own_names((str(one), str(two))).find_id("Ada Holm", "person") is None
    assert load_own_names(()).find_id("Ada Holm", "person") is None
    two.write_text("[]\n", encoding="utf-8")
    with pytest.raises(OnrecordError, match=r"two\.jsonl: line 1"):
        load_own_names((str(two),))
