from pathlib import Path
from typing import get_args

import pytest

import onrecord.knowledge
from onrecord.knowledge import read_table, read_words
from onrecord.record import Channel, ContactKind, Modality, Polarity, Status

FOLDER = Path(onrecord.knowledge.__file__).parent / "data"
LISTS = sorted(FOLDER.glob("*/*.txt"))
# Numbers stand in the order of counting.
UNSORTED = {"numbers"}

each_list = pytest.mark.parametrize("path", LISTS, ids=lambda path: f"{path.parent.name}-{path.stem}")


def entries(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").split("\n")[:-1] if not line.startswith("#")]


def is_table(path: Path) -> bool:
    return any("\t" in line for line in entries(path))


def test_there_are_lists_and_tables() -> None:
    assert {path.suffix for path in FOLDER.glob("*/*")} == {".txt"}
    assert {"offices", "honorifics", "agencies", "outlets"} <= {path.stem for path in LISTS}
    assert {"channels", "contact_nouns"} <= {path.stem for path in LISTS if is_table(path)}


@each_list
def test_a_list_states_its_origin_at_its_top(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [n for n, line in enumerate(lines) if line.startswith("#")]
    assert head == list(range(len(head)))
    assert any("project's authors" in lines[n] for n in head)


@each_list
def test_entries_are_neither_empty_nor_double(path: Path) -> None:
    found = [line.split("\t")[0] for line in entries(path)]
    assert found
    assert all(entry == " ".join(entry.split()) != "" for entry in found)
    assert len(set(found)) == len(found)


@each_list
def test_entries_are_sorted(path: Path) -> None:
    found = [line.split("\t")[0] for line in entries(path)]
    assert path.stem in UNSORTED or found == sorted(found)


@each_list
def test_a_list_is_read_as_it_stands(path: Path) -> None:
    language = path.parent.name
    if is_table(path):
        table = read_table(path.stem, language)
        assert [f"{key}\t{value}" for key, value in table.items()] == entries(path)
        assert all(value and "\t" not in value for value in table.values())
    else:
        assert read_words(path.stem, language) == set(entries(path))


@each_list
def test_a_list_that_calls_itself_lower_cased_is_so(path: Path) -> None:
    if "lower-cased" in path.read_text(encoding="utf-8").split("\n")[0]:
        assert [entry for entry in entries(path) if entry != entry.casefold()] == []


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("channels", {*get_args(Channel)}),
        ("contact_nouns", {*get_args(ContactKind)}),
        ("contact_ways", {*get_args(ContactKind)}),
        ("event_statuses", {*get_args(Status)}),
        ("modalities", {*get_args(Modality)}),
        ("polarities", {*get_args(Polarity)}),
    ],
)
def test_a_table_leads_to_words_of_the_record(name: str, values: set[str]) -> None:
    table = read_table(name)
    assert set(table.values()) <= values
    assert all(key == key.casefold() for key in table)


def test_number_words_lead_to_numbers() -> None:
    assert {word: int(value) for word, value in read_table("numbers").items()}["two"] == 2


def test_english_is_the_language_unless_told() -> None:
    assert read_words("offices") == read_words("offices", "en")


def test_a_list_that_is_not_there_is_no_empty_list() -> None:
    with pytest.raises(FileNotFoundError):
        read_words("offices", "xx")
