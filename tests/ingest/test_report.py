import itertools
from typing import Any

import pytest

from onrecord.ingest import report_id
from onrecord.ingest.report import LONGEST_REPORT, LONGEST_WORD, build_report, valid_published
from onrecord.record import OnrecordError

TEXT = "The ferry to Lower Tamsin sank at dawn."


def test_an_id_is_the_same_for_the_same_three_for_ever() -> None:
    assert report_id("Tamsin Post", None, TEXT) == "fcc1f74add3b9291"
    assert report_id(None, None, TEXT) == report_id("", "", TEXT)


def test_no_field_of_an_id_runs_into_the_next() -> None:
    given = [
        ("ab", "c", "d"),
        ("a", "bc", "d"),
        ("a", "b", "cd"),
        ("", "ab", "cd"),
        ("ab", "", "cd"),
        ('a","b', "", "d"),
    ]
    for one, other in itertools.combinations(given, 2):
        assert report_id(*one) != report_id(*other)


def test_a_lone_surrogate_is_replaced_before_the_id_is_made() -> None:
    report = build_report(key="\udcff", text="\ud83dA storm.", title="\udc00x")
    assert (report.key, report.text, report.title) == ("\ufffd", "\ufffdA storm.", "\ufffdx")
    assert report.id == report_id(None, None, "\ud83dA storm.") == report_id(None, None, report.text)


def test_a_nul_stands_in_no_name_or_title() -> None:
    report = build_report(
        key="k\0", text=TEXT, outlet="Radio\0 Sarn", title="A \0storm", author="\0", url="http://a.org/\0b"
    )
    assert (report.key, report.outlet, report.title, report.author) == ("k", "Radio Sarn", "A storm", None)
    assert report.url == "http://a.org/b"


def test_blank_fields_are_absent_and_others_trimmed() -> None:
    report = build_report(key="k", text=TEXT, outlet=" ", title=" Ferry sinks ", author="", published="")
    assert (report.outlet, report.title, report.author, report.published) == (None, "Ferry sinks", None, None)


@pytest.mark.parametrize(
    "given",
    ["2024-05-31", "2024-05-31T18:30", "2024-05-31T18:30:00Z", "2024-05-31 18:30+02:00", "2024-W22-5", "20240531"],
)
def test_iso_dates_are_kept_as_given(given: str) -> None:
    assert valid_published(f" {given}\n") == given


@pytest.mark.parametrize(
    "given", ["", "yesterday", "31/05/2024", "2024-13-01", "0999-01-01", "10000-01-01", "٢٠٢٤-٠٥-٣١"]
)
def test_other_dates_are_refused(given: str) -> None:
    with pytest.raises(OnrecordError, match="no ISO 8601 date"):
        valid_published(given)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \r\n\u3000", "empty"),
        ("a\0b", "binary, not text"),
        ("\x01\x02\x03 word", "binary, not text"),
        ("x" * (LONGEST_WORD + 1), "100,001 characters without a space"),
        ("ab " * (LONGEST_REPORT // 3 + 1), "11 MB; the limit for one report is 10 MB"),
    ],
)
def test_what_is_no_prose_is_refused(text: str, reason: str) -> None:
    with pytest.raises(OnrecordError) as refusal:
        build_report(key="k", text=text)
    assert str(refusal.value) == reason


@pytest.mark.parametrize("text", ["x" * LONGEST_WORD, "a\fpage\tof text with one stray \x02 sign" + " word" * 100])
def test_what_may_be_prose_is_kept(text: str) -> None:
    assert build_report(key="k", text=text, language="en").text == text


def test_a_given_language_is_believed() -> None:
    fields: dict[str, Any] = {"key": "k", "text": TEXT}
    assert build_report(**fields, language="de-AT").language == "de"
    assert build_report(**fields, language="???").language == "en"
