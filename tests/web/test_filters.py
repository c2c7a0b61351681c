from datetime import date

import numpy as np
import pytest

from onrecord.ask.columns import within
from onrecord.web.filters import Codes, find_rows, page
from onrecord.web.query import Query, read_query

OUTLETS = Codes("Outlet", np.array([0, 1, 0, -1, 1, 0], np.int32), ["The Tern", "Zrno"])
KINDS = Codes("Kind", np.array([0, 0, 1, 1, 0, 0], np.int32), ["call", "visit"], {"call": "a call"})
FACETS = {"outlet": OUTLETS, "kind": KINDS}


def address(**params: object) -> str:
    return "/?" + "&".join(f"{k}={v}" for k, v in params.items() if v is not None)


def test_all_chosen_values_hold() -> None:
    found = find_rows(
        read_query({"outlet": "The Tern", "kind": "call"}, tuple(FACETS)), address, FACETS, np.ones(6, bool)
    )
    assert list(found.positions) == [0, 5]


def test_a_facet_counts_as_if_nothing_of_it_were_chosen() -> None:
    found = find_rows(read_query({"outlet": "The Tern"}, tuple(FACETS)), address, FACETS, np.ones(6, bool))
    outlets, kinds = found.filters.facets
    assert [(c.label, c.count, c.chosen) for c in outlets.choices] == [("The Tern", 3, True), ("Zrno", 2, False)]
    assert [(c.label, c.count) for c in kinds.choices] == [("a call", 2), ("visit", 1)]


def test_a_choice_leads_to_it_and_a_chosen_one_away_from_it() -> None:
    found = find_rows(read_query({"outlet": "Zrno"}, tuple(FACETS)), address, FACETS, np.ones(6, bool))
    hrefs = {c.label: c.href for c in found.filters.facets[0].choices}
    assert hrefs == {"The Tern": "/?outlet=The Tern", "Zrno": "/?"}


def test_a_value_that_nothing_has_leaves_nothing() -> None:
    found = find_rows(read_query({"outlet": "Nobody"}, tuple(FACETS)), address, FACETS, np.ones(6, bool))
    assert list(found.positions) == []
    assert found.shown == []


def test_rows_stand_in_the_order_given() -> None:
    order = np.array([5, 4, 3, 2, 1, 0])
    found = find_rows(read_query({"kind": "call"}, tuple(FACETS)), address, FACETS, np.ones(6, bool), order=order)
    assert list(found.positions) == [5, 4, 1, 0]


@pytest.mark.parametrize(
    ("number", "first", "last", "before", "after"),
    [
        (1, 1, 25, None, "/?page=2"),
        (2, 26, 50, "/?", "/?page=3"),
        (4, 76, 90, "/?page=3", None),
        (9, 76, 90, "/?page=3", None),
    ],
)
def test_pages(number: int, first: int, last: int, before: str | None, after: str | None) -> None:
    found = page(90, Query("", None, None, 0.0, number, {}), address)
    assert (found.first, found.last, found.before, found.after) == (first, last, before, after)


def test_days_that_may_be_meant_are_kept() -> None:
    day = date(2031, 5, 4).toordinal()
    earliest = np.array([day, day - 9, 0, day, 0], np.int32)
    latest = np.array([day, day - 3, day, 0, 0], np.int32)

    def kept(**given: str) -> list[bool]:
        return [bool(k) for k in within(earliest, latest, read_query(given))]

    assert kept() == [True] * 5
    assert kept(since="2031-05-01") == [True, True, True, True, False]
    assert kept(since="2031-05-05") == [False, False, False, True, False]
    assert kept(until="2031-05-03") == [False, True, True, False, False]
