from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from onrecord.record import Channel, ContactKind, Modality, Polarity, Publication, SpeakerClass, Status
from onrecord.views import wording


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ("2031-03-04", "2031-03-04", "Tue 4 March 2031"),
        ("2031-03-04", "2031-03-05", "4 or 5 March 2031"),
        ("2031-02-28", "2031-03-01", "28 February or 1 March 2031"),
        ("2030-12-31", "2031-01-01", "31 December 2030 or 1 January 2031"),
        ("2031-03-04", "2031-03-09", "between 4 and 9 March 2031"),
        ("2031-02-27", "2031-03-03", "between 27 February and 3 March 2031"),
        ("2030-12-30", "2031-01-03", "between 30 December 2030 and 3 January 2031"),
        ("2031-03-01", "2031-03-31", "in March 2031"),
        ("2032-02-01", "2032-02-29", "in February 2032"),
        ("2032-02-01", "2032-02-28", "between 1 and 28 February 2032"),
        ("2031-01-01", "2031-12-31", "in 2031"),
        ("2030-01-01", "2031-12-31", "between 1 January 2030 and 31 December 2031"),
        ("2031-03-01", "2031-04-30", "between 1 March and 30 April 2031"),
        (None, "2031-03-09", "on or before 9 March 2031"),
        ("2031-03-04", None, "on or after 4 March 2031"),
        (None, None, ""),
    ],
)
def test_days_are_worded_as_a_person_says_them(earliest: str | None, latest: str | None, words: str) -> None:
    first, last = (date.fromisoformat(day) if day else None for day in (earliest, latest))
    assert wording.word_days(first, last) == words


@pytest.mark.parametrize(
    ("reports", "independent", "untraced", "words"),
    [
        (9, 2, 3, "9 reports, 2 traced origins, 3 don't say"),
        (1, 1, 0, "1 report, 1 traced origin"),
        (2, 0, 2, "2 reports, no traced origin, 2 don't say"),
        (2, 1, 1, "2 reports, 1 traced origin, 1 doesn't say"),
        (1200, 2, 0, "1,200 reports, 2 traced origins"),
    ],
)
def test_standing_is_never_a_bare_number(reports: int, independent: int, untraced: int, words: str) -> None:
    assert wording.word_standing(reports, independent, untraced) == words


def test_every_value_of_the_record_has_its_words() -> None:
    for words, values in (
        (wording.CLASSES, SpeakerClass),
        (wording.CHANNELS, Channel),
        (wording.POLARITIES, Polarity),
        (wording.MODALITIES, Modality),
        (wording.CONTACTS, ContactKind),
        (wording.STATUSES, Status),
    ):
        assert set(words) == set(get_args(values))


def test_class_counts_its_people() -> None:
    assert wording.word_class("anonymous_official") == "unnamed official"
    assert wording.word_class("anonymous_official", 1) == "unnamed official"
    assert wording.word_class("anonymous_official", 3) == "3 unnamed officials"


def test_published_is_marked_unless_it_was_given() -> None:
    day = date(2031, 3, 4)
    assert wording.word_published(Publication(earliest=day, latest=day, given=True)) == "4 March 2031"
    assert wording.word_published(Publication(earliest=day, latest=day)) == "4 March 2031 (worked out)"
    assert wording.word_published(Publication(latest=day)) == "on or before 4 March 2031 (worked out)"
    assert wording.word_published(Publication()) is None


def test_lists_and_reports_read_as_sentences() -> None:
    assert [wording.join_words(w) for w in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert wording.word_reports(1) == "in this report"
    assert wording.word_reports(8) == "in these 8 reports"
