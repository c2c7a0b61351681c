from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.record import Clue, Report
from onrecord.store.merge import hash_metadata, merge_givens, publication_order

PLAIN = Report(id="a", key="k", text="The ferry to Ostrene sails again.")

reports = st.builds(
    Report,
    id=st.just("a"),
    key=st.sampled_from("klm"),
    url=st.none() | st.sampled_from(["https://one.example", "https://two.example"]),
    outlet=st.none() | st.sampled_from(["Ostrene Wire", "Quessa Post"]),
    author=st.none() | st.sampled_from(["A. Brehm", "B. Corrant"]),
    title=st.none() | st.sampled_from(["Ferry", "Harbour"]),
    language=st.none() | st.sampled_from(["en", "fr"]),
    published=st.none()
    | st.dates().map(str)
    | st.datetimes(timezones=st.none() | st.timezones()).map(lambda moment: moment.isoformat())
    | st.text(max_size=4),
    text=st.just(PLAIN.text),
)


@given(st.lists(reports, min_size=1, max_size=4))
def test_order_and_repetition_do_not_matter(givens: list[Report]) -> None:
    expected = merge_givens(givens)
    assert all(merge_givens(order) == expected for order in permutations(givens))
    assert merge_givens(givens * 2) == expected
    merged, _ = expected
    assert merge_givens([merged, *givens])[0] == merged


def test_keys_are_all_and_sorted_and_the_first_is_the_report_s() -> None:
    merged, keys = merge_givens([replace(PLAIN, key=key) for key in ("b", "c", "a", "b")])
    assert keys == ("a", "b", "c")
    assert merged.key == "a"


def test_what_one_lacks_comes_from_another() -> None:
    merged, _ = merge_givens([replace(PLAIN, title="Ferry"), replace(PLAIN, author="A. Brehm"), PLAIN])
    assert (merged.title, merged.author, merged.outlet) == ("Ferry", "A. Brehm", None)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2031-05-03", "2031-05-04"),
        ("2031-05-03T23:00-05:00", "2031-05-04T01:00+09:00"),  # an instant later, but the day before
        ("2031-05-04T09:00+02:00", "2031-05-04T08:00Z"),
        ("2031-05-04T23:59Z", "2031-05-04"),
        ("2031-05-04T23:59Z", "2031-05-04T10:00"),
        ("2031-05-04T10:00", "2031-05-04T11:00"),
        ("9999-12-30", "last week"),
        ("0001-01-01T00:00+14:00", "0001-01-01T00:00-14:00"),
    ],
)
def test_publication_order(earlier: str, later: str) -> None:
    assert publication_order(earlier) < publication_order(later)


def test_metadata_change_the_hash_and_keys_do_not() -> None:
    assert hash_metadata(PLAIN) == hash_metadata(replace(PLAIN, key="other"))
    for field in ("url", "outlet", "author", "title", "language", "published"):
        assert hash_metadata(PLAIN) != hash_metadata(replace(PLAIN, **{field: "x"}))


def test_the_clues_are_those_that_came_with_the_date_that_was_kept() -> None:
    early = replace(PLAIN, published="2031-05-04", clues=(Clue(None, "the page's own field"),))
    late = replace(PLAIN, published="2031-05-06", clues=(Clue(None, "one"), Clue(None, "two")))
    bare = replace(PLAIN, published="2031-05-04", key="m")
    for order in permutations((early, late, bare)):
        assert merge_givens(order)[0].clues == early.clues
