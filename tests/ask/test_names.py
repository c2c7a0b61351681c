from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.ask.frame import Frame
from onrecord.ask.names import Names, did_you_mean, holds_words, names_of, words_of
from onrecord.ask.shelf import Reading, open_reading
from onrecord.ask.statements import find_said
from tests.ask.asking import AVILA_ID, MARTA_ID, PELL_ID, RECORD, put
from tests.ask.reports import IDS
from tests.records import part

NAMES = {
    "José Ávila": "e-1",
    "Ávila": "e-1",
    "Marta Brenn": "e-2",
    "Pell Brenn": "e-3",
    "the Harbour Authority of Koril": "e-4",
    "Koril": "e-5",
    "Çelik Öz": "e-6",
    "O'Hara": "e-7",
}


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("José Ávila", {"e-1"}),
        ("jose avila", {"e-1"}),
        ("JOSÉ ÁVILA", {"e-1"}),
        ("Avila", {"e-1"}),
        ("Jose\u0301 A\u0301vila", {"e-1"}),
        ("  José   Ávila ", {"e-1"}),
        ("celik oz", {"e-6"}),
        ("Marta Brenn", {"e-2"}),
        ("Brenn", {"e-2", "e-3"}),
        ("brenn", {"e-2", "e-3"}),
        ("Brenn Marta", {"e-2"}),
        ("Koril", {"e-5"}),
        ("Harbour Authority", {"e-4"}),
        ("The Harbour Authority of Koril", {"e-4"}),
        ("O'Hara", {"e-7"}),
        ("O’Hara", {"e-7"}),
        ("Bren", set()),
        ("Nobody", set()),
        ("", set()),
        ("the", set()),
    ],
)
def test_a_name_is_found_as_people_type_it(name: str, ids: set[str]) -> None:
    assert Names(NAMES).find(name).ids == ids


def test_all_names_of_a_person_come_together() -> None:
    assert Names(NAMES).find("avila").names == {"José Ávila", "Ávila"}


def test_who_several_people_are_taken_for_is_noted() -> None:
    note = Names(NAMES).find("Brenn").note
    assert note is not None
    assert "Marta Brenn" in note
    assert "Pell Brenn" in note
    assert Names(NAMES).find("Marta Brenn").note is None
    assert Names(NAMES).find("Ávila").note is None


def test_the_fullest_name_is_that_of_most_words() -> None:
    assert Names(NAMES).full("e-1") == "José Ávila"


@given(st.sampled_from(sorted(NAMES)), st.sampled_from(["NFC", "NFD"]), st.data())
def test_case_and_accents_never_hide_a_name(name: str, form: str, data: st.DataObject) -> None:
    typed = unicodedata.normalize(form, name)  # type: ignore[arg-type]
    typed = "".join(c.swapcase() if data.draw(st.booleans()) else c for c in typed)
    assert NAMES[name] in Names(NAMES).find(typed).ids


@given(st.text(max_size=40))
def test_any_name_can_be_asked_for(name: str) -> None:
    found = Names(NAMES).find(name)
    assert found.ids <= set(NAMES.values())
    assert bool(found.ids) == bool(found.names)


def test_words_of_a_name_are_without_case_accents_and_article() -> None:
    assert words_of("THE  Ministry of José Ávila") == ("ministry", "of", "jose", "avila")
    assert words_of("") == ()


def test_values_that_hold_all_words_are_found_in_any_order() -> None:
    values = ["a Quenland official", "an official", "a Quenland officer", "Official of QUENLAND"]
    assert holds_words(values, "Quenland official") == ["a Quenland official", "Official of QUENLAND"]


def test_a_slip_of_the_pen_is_asked_back() -> None:
    assert 'did you mean "Marta Brenn"?' in did_you_mean("Marta Bren", ["Marta Brenn", "José Ávila"])
    assert 'did you mean "José Ávila"?' in did_you_mean("jose avilla", ["Marta Brenn", "José Ávila"])
    assert did_you_mean("Qwxzj", ["Marta Brenn", "José Ávila"]) == ""


def test_names_of_a_record_are_those_of_its_entities(mine: Reading) -> None:
    names = names_of(mine)
    assert names.find("Ávila").ids == {AVILA_ID}
    assert names.find("brenn").ids == {MARTA_ID, PELL_ID}


def test_a_surname_that_both_go_by_takes_both(tmp_path: Path) -> None:
    """As a record has it where reports call each of them by the surname alone."""
    entities = tuple(
        replace(e, aliases=(*e.aliases, "Brenn")) if e.id in (MARTA_ID, PELL_ID) else e for e in RECORD.entities
    )
    with open_reading(put(tmp_path / "both.onrecord", replace(RECORD, entities=entities))) as reading:
        assert names_of(reading).find("Brenn").ids == {MARTA_ID, PELL_ID}
        answer = find_said(reading, Frame(), by="Brenn")
        assert {row.speaker for row in answer.rows} == {"Marta Brenn", "Pell Brenn"}  # type: ignore[attr-defined]
        assert any("Marta Brenn" in note and "Pell Brenn" in note for note in answer.notes)


def test_all_spellings_of_one_person_are_one(tmp_path: Path) -> None:
    """A report that calls the speaker by the surname is found under the full name, and the other way round."""
    short = []
    for a in RECORD.analyses:
        if a.id == IDS["gaz-2"]:
            first = replace(a.attributions[0], speaker=replace(a.attributions[0].speaker, name="Ávila"))
            assert first.content == part(a.text, "that the salt mine at Koril would reopen in June")
            short.append(replace(a, attributions=(first, *a.attributions[1:])))
        else:
            short.append(a)
    with open_reading(put(tmp_path / "short.onrecord", replace(RECORD, analyses=tuple(short)))) as reading:
        for name in ("José Ávila", "avila", "Jose Avila"):
            reports = [row.words.key for row in find_said(reading, Frame(), by=name).rows]  # type: ignore[attr-defined]
            assert reports == ["gaz-1", "gaz-1", "gaz-2"]
