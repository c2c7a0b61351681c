from __future__ import annotations

import pytest

from onrecord.language import is_dateline
from onrecord.record import Span


def _of(text: str, day: str) -> bool:
    at = text.index(day)
    return is_dateline(text, Span(at, at + len(day)))


@pytest.mark.parametrize("behind", [" - Norra", " — Norra", "\t-- Norra", " (Tern) – Norra", "(Tern/Norpress) - Norra"])
def test_a_dash_ends_it_behind_an_agency_or_none(behind: str) -> None:
    assert _of(f"PORT ISTER, Sept 4{behind} will close the strait.", "Sept 4")


@pytest.mark.parametrize("behind", [" (Tern) Norra", "-5 Norra", " and Norra", ", Norra", ""])
def test_what_is_no_dash_does_not(behind: str) -> None:
    assert not _of(f"PORT ISTER, Sept 4{behind}", "Sept 4")


def test_a_dash_within_a_sentence_ends_no_dateline() -> None:
    assert not _of("Lendal boss Oskar Vorn rang Real Ister yesterday - and cut his offer.", "yesterday")
    assert not _of("The ministers met on Monday (their second talks) - and parted in anger.", "Monday")


def test_a_day_alone_or_behind_a_place_in_capitals_begins_a_report() -> None:
    assert _of("Sept 4 (Tern) - Norra will close the strait.", "Sept 4")
    assert _of("An old line.\nPORT ISTER Friday — Norra will close the strait.", "Friday")
