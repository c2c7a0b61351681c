from __future__ import annotations

from onrecord.views.sources import list_origins
from tests.records import MINISTRY, RECORD


def test_origins_carry_what_rests_on_them() -> None:
    found = {o.name: (o.report_count, o.statement_count, o.event_count, o.named) for o in list_origins(RECORD)}
    assert found == {
        "a Kesland official": (1, 1, 1, False),
        "a Norvian official": (1, 1, 0, False),
        MINISTRY: (1, 1, 1, True),
        "her ministry": (1, 0, 1, True),
    }


def test_first_words_are_of_a_report_that_rests_on_the_origin() -> None:
    words = {o.name: o.words.quote if o.words else None for o in list_origins(RECORD)}
    assert words["a Kesland official"] == "Varrun promised that the grain road would stay open"
    assert words["her ministry"] is None


def test_entry_less_certain_than_asked_for_brings_no_origin() -> None:
    assert "her ministry" not in [o.name for o in list_origins(RECORD, 0.9)]
