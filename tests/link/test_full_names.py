import pytest

from onrecord.link.full_names import ALIKE, APART, EXACT, FULLER, LOOSE, FullName, compare, is_office, parse_name


def parsed(name: str) -> FullName:
    found = parse_name(name)
    assert found
    return found


@pytest.mark.parametrize(
    ("name", "words", "generation"),
    [
        ("Speaker Antony J. Vell (R-Ister)", "antony j vell", None),
        ("Harbour Board Co-Chairwoman Ada Holm", "ada holm", None),
        ("Ada Holm of Port Ister", "ada holm", None),
        ("Ada Holm of", "ada holm", None),
        ("of State Ada Holm", "ada holm", None),
        ("Omar Vell, Jr.", "omar vell", "jr"),
        ("Omar Vell III", "omar vell", "iii"),
        ("Ada Holm, Republican of Ister", "ada holm", None),
        ("skipper-turned-tycoon Ada Holm", "ada holm", None),
        ("J.D. Vell", "j d vell", None),
        ("JD Vell", "j d vell", None),
        ("Omar al-Teshk", "omar teshk", None),
        ("el-Teshk", "teshk", None),
        ("Ash Holm", "ash holm", None),
        ("Ida von der Quay", "ida von der quay", None),
        ("Zhao Lin-feng", "zhao lin feng", None),
        ("Peter King", "peter king", None),
        ("D’Orrin", "dorrin", None),
    ],
)
def test_a_name_is_read_without_what_is_no_part_of_it(name: str, words: str, generation: str | None) -> None:
    assert (" ".join(parsed(name).words), parsed(name).generation) == (words, generation)


@pytest.mark.parametrize(
    "name",
    ["the president", "President", "the defence minister of Arland", "Norra's foreign minister", "Norran President"],
)
def test_an_office_is_no_name(name: str) -> None:
    assert is_office(name)
    assert parse_name(name) is None


@pytest.mark.parametrize("name", ["Ada Holm", "President Holm", "Holm", "Ada King", "Peter Bishop Vell", ""])
def test_a_name_is_no_office(name: str) -> None:
    assert not is_office(name)


def test_several_people_are_no_name() -> None:
    assert parse_name("Ada and Bela Holm") is None


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("Ada Holm", "Ada Hólm", EXACT),
        ("Antony J. Vell", "Antony Vell", FULLER),
        ("Antony J. B. Vell", "Antony B. Vell", FULLER),
        ("Antony J. Vell", "Antony B. Vell", APART),
        ("A. Vell", "Antony Vell", FULLER),
        ("J. Edgar Vell", "Edgar Vell", FULLER),
        ("Ali Hassan Vell", "Hassan Vell", ALIKE),
        ("Orrin Belk", "Debbie Orrin Belk", ALIKE),
        ("Omar Vell", "Omar Vell Jr", ALIKE),
        ("Omar Vell Sr", "Omar Vell Jr", APART),
        ("Mike Vell", "Michael Vell", ALIKE),
        ("Ana Vell", "Anna Vell", ALIKE),
        ("Ana Vell", "Ina Vell", APART),
        ("Jon Müller", "Jon Mueller", ALIKE),
        ("Ana Hansen", "Ana Hanson", LOOSE),
        ("Jane Hansen", "Ada Hanson", APART),
        ("Zhao Minwei", "Minwei Zhao", FULLER),
        ("Ada Holm", "Ada Vell", APART),
    ],
)
def test_how_far_two_names_may_be_one_persons(a: str, b: str, level: int) -> None:
    assert (compare(parsed(a), parsed(b)), compare(parsed(b), parsed(a))) == (level, level)
