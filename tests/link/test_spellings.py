import pytest

from onrecord.link.spellings import letters, likeness, skeleton, sound


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        ("O’Varra", "O'Vàrra", 3),
        ("Weiß", "Weiss", 3),
        ("Mohammed", "Muhammad", 2),
        ("Müller", "Mueller", 2),
        ("Zelnevskyy", "Zelnevskiy", 2),
        ("Sissi", "Sisi", 2),
        ("Husayn", "Hussein", 2),
        ("Khamir", "Hamir", 2),
        ("Zhivan", "Djivan", 2),
        ("Yusuf", "Youssef", 1),
        ("Qaddar", "Gadhar", 1),
        ("Hansen", "Hanson", 1),
        ("Ana", "Ina", 0),
        ("Vell", "Voll", 0),
        ("Jon", "Jan", 0),
        ("Marsh", "Holm", 0),
        ("", "Holm", 0),
    ],
)
def test_likeness_is_the_same_from_either_side(a: str, b: str, alike: int) -> None:
    assert (likeness(a, b), likeness(b, a)) == (alike, alike)
    assert not alike or skeleton(a) == skeleton(b)


@pytest.mark.parametrize("word", ["", "’", "Io", "Ah", "Ææ", "Żółć", "李"])
def test_every_word_has_a_skeleton_if_it_has_a_letter(word: str) -> None:
    assert bool(skeleton(word)) == bool(letters(word))
    assert sound(sound(word)) == sound(word)
