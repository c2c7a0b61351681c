from __future__ import annotations

import math

import pytest

from onrecord.link.quantities import Quantity, agree, conflict, find_quantities

INF = math.inf

# Each sentence with the quotes of its numbers, the least and the most of each, and what it counts.
COUNTS = [
    ("The launch brought back seven captured border guards.", [("seven", 7, 7, "guard")]),
    ("The ferry line owes 400,000 crowns to the port.", [("400,000", 400_000, 400_000, "crown")]),
    ("It owes 150 000 crowns.", [("150 000", 150_000, 150_000, "crown")]),
    ("Velmark shipped 1.2 million barrels.", [("1.2 million", 1_200_000, 1_200_000, "barrel")]),
    ("A fund of $3.5bn was promised.", [("$3.5bn", 3.5e9, 3.5e9, "$")]),
    ("A fund of €3.5 billion was promised.", [("€3.5 billion", 3.5e9, 3.5e9, "€")]),
    ("Tolls rose by 12 percent.", [("12 percent", 12, 12, "%")]),
    ("Tolls rose from 9 to 12%.", [("9", 9, 9, "%"), ("12%", 12, 12, "%")]),
    ("Three of the five members resigned.", [("Three", 3, 3, "member"), ("five", 5, 5, "member")]),
    ("They put the number of fishermen at nine.", [("nine", 9, 9, "fisherman")]),
    ("The death toll rose to 14.", [("14", 14, 14, "toll")]),
    ("By morning four had died.", [("four", 4, 4, "die")]),
    ("Nine were hurt and 14 injured.", [("Nine", 9, 9, "hurt"), ("14", 14, 14, "injure")]),
    ("The slide killed 14, the mayor said.", [("14", 14, 14, "kill")]),
    ("A crew of 12 slept aboard.", [("12", 12, 12, "crew")]),
    ("They freed a dozen sheep and half a dozen dogs.", [("a dozen", 12, 12, "sheep"), ("half a dozen", 6, 6, "dog")]),
    ("Two hundred and forty women marched.", [("Two hundred and forty", 240, 240, "woman")]),
    ("Half a million people live there.", [("Half a million", 5e5, 5e5, "person")]),
    ("A single flare was seen, but no shot was heard.", [("A single", 1, 1, "flare"), ("no", 0, 0, "shot")]),
    ("Not a single lorry passed.", [("Not a single", 0, 0, "lorry")]),
    ("One of the guards fled; one man stayed.", [("One", 1, 1, "guard"), ("one", 1, 1, "man")]),
    ("Both sides signed.", [("Both", 2, 2, "side")]),
    ("At least 400 people came.", [("400", 400, INF, "person")]),
    ("More than 400 people came.", [("400", 400, INF, "person")]),
    ("No fewer than 400 people came.", [("400", 400, INF, "person")]),
    ("400 people or more came.", [("400", 400, INF, "person")]),
    ("Up to 400 people came.", [("400", 0, 400, "person")]),
    ("Fewer than 400 people came.", [("400", 0, 400, "person")]),
    ("Between 3 and 5 boats sank.", [("3 and 5", 3, 5, "boat")]),
    ("The sea took 3 to 5 boats.", [("3 to 5", 3, 5, "boat")]),
    ("The sea took three or four boats.", [("three or four", 3, 4, "boat")]),
    ("It needs 3–5 million crowns.", [("3–5 million", 3e6, 5e6, "crown")]),
    ("Tens of thousands of herders left.", [("Tens of thousands", 10_000, INF, "herder")]),
    ("A three-day strike by five customs officers", [("three", 3, 3, "day"), ("five", 5, 5, "officer")]),
    ("No crew member spoke.", [("No", 0, 0, "member")]),
    ("He has 12 aircraft and 40 square kilometres.", [("12", 12, 12, "aircraft"), ("40", 40, 40, "kilometre")]),
    ("He asked for ten.", [("ten", 10, 10, "")]),
]

NONE = [
    "The pilot left at 21.40, and again at 8 o'clock and half past nine.",
    "At 21.40 rescuers came; at 6:15 p.m. they left.",
    "They met on 24 September, on 15 March 2019, on May 3 and from 12 to 15 June.",
    "In 2019 soldiers left; the treaty of 1931 holds until 2040.",
    "Call +41 22 555 01 34 or 555 0134.",
    "No one came, and one said so.",
    "It was the 3rd raid, the twenty-first since the thaw.",
    "Two-thirds of the members left, one in three of them for good.",
    "An F-16 passed over Gate B12.",
    "Velmark won 3-1.",
    "They left at nine and no longer wait.",
]


def only(text: str) -> Quantity:
    (found,) = find_quantities(text)
    return found


@pytest.mark.parametrize(("text", "expected"), COUNTS)
def test_a_number_has_its_bounds_and_what_it_counts(text: str, expected: list[tuple[str, float, float, str]]) -> None:
    assert [(text[q.start : q.end], q.least, q.most, q.unit) for q in find_quantities(text)] == expected


@pytest.mark.parametrize("text", NONE)
def test_days_times_and_what_else_counts_nothing_are_no_quantities(text: str) -> None:
    assert find_quantities(text) == ()


@pytest.mark.parametrize("words", ["aged 34", "34 years old", "a 34-year-old", "Ana Tolve, 34, left"])
def test_an_age_is_no_count_of_years(words: str) -> None:
    age = only(words)
    assert (age.least, age.unit, age.label) == (34, "year", "age")
    assert not agree(age, only("34 years")) and not conflict(age, only("12 years"))


@pytest.mark.parametrize(
    ("text", "label"), [("on channel 16", "channel"), ("near Line 4", "line"), ("aboard Orvel 9.", "orvel")]
)
def test_a_number_that_is_a_name_counts_nothing(text: str, label: str) -> None:
    assert (only(text).unit, only(text).label) == ("", label)


def test_the_words_before_the_head_are_kept() -> None:
    assert only("seven captured border guards").modifiers == {"captured", "border"}
    assert only("two other Norvian fishermen").modifiers == {"other", "norvian"}


@pytest.mark.parametrize(
    "text", ["about 400 men", "some 400 men", "400 or so men", "nearly 400 men", "hundreds of men"]
)
def test_what_is_about_right_is_approximate(text: str) -> None:
    assert only(text).approximate
    assert only(text).unit == "man"


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("twelve", "12"),
        ("forty-two", "42"),
        ("a hundred", "100"),
        ("three hundred and seven", "307"),
        ("two thousand three hundred", "2,300"),
        ("one hundred thousand", "100,000"),
        ("two and a half million", "2.5 million"),
        ("six million and twelve", "6,000,012"),
        ("three dozen", "36"),
        ("two to three hundred", "200-300"),
        ("twenty to thirty", "20 to 30"),
    ],
)
def test_a_number_in_words_equals_the_same_in_digits(words: str, digits: str) -> None:
    one, other = only(f"They saw {words} boats."), only(f"They saw {digits} boats.")
    assert one[2:] == other[2:]


@pytest.mark.parametrize("n", [*range(2, 40, 7), 250, 999, 1000, 12_345, 1_000_000])
def test_a_span_quotes_its_number(n: int) -> None:
    for figure in (str(n), f"{n:,}", f"{n:,}".replace(",", " ")):
        text = f"They counted {figure} wooden boats, no more."
        found = only(text)
        assert text[found.start : found.end] == figure
        assert (found.least, found.most, found.unit) == (n, n, "boat")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("seven guards", "nine guards"),
        ("400 people", "500 people"),
        ("at least 14 boats", "fewer than 9 boats"),
        ("no shots", "three shots"),
        ("about 400 men", "100 men"),
        ("channel 16", "channel 20"),
        ("seven captured guards", "nine captured border guards"),
    ],
)
def test_numbers_that_exclude_one_another_conflict(one: str, other: str) -> None:
    a, b = only(one), only(other)
    assert conflict(a, b) and conflict(b, a)
    assert not agree(a, b) and not agree(b, a)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("400 people", "430 people"),
        ("seven guards", "nine boats"),
        ("three injured guards", "five armed guards"),
        ("two more guards", "seven guards"),
        ("one of the guards", "seven guards"),
        ("channel 16", "16 channels"),
        ("He asked for ten.", "He asked for six."),
    ],
)
def test_what_is_round_or_counts_something_else_does_not_conflict(one: str, other: str) -> None:
    a, b = only(one), only(other)
    assert not conflict(a, b) and not conflict(b, a)
    assert not agree(a, b)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("seven guards", "7 border guards"),
        ("at least 400 people", "412 people"),
        ("3 to 5 boats", "four boats"),
        ("about 400 men", "420 men"),
        ("$3.5bn", "3.5 billion dollars"),
    ],
)
def test_numbers_that_may_be_equal_agree(one: str, other: str) -> None:
    a, b = only(one), only(other)
    assert agree(a, b) and agree(b, a)
    assert not conflict(a, b) and not conflict(b, a)
