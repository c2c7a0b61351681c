from __future__ import annotations

import pytest

from onrecord.language import ends_dateline


@pytest.mark.parametrize("behind", [" - Norra", " — Norra", "\t-- Norra", " (Tern) – Norra", "(Tern/Norpress) - Norra"])
def test_a_dash_ends_it_behind_an_agency_or_none(behind: str) -> None:
    assert ends_dateline(f"PORT ISTER, Sept 4{behind} will close the strait.", len("PORT ISTER, Sept 4"))


@pytest.mark.parametrize("behind", [" (Tern) Norra", "-5 Norra", " and Norra", ", Norra", ""])
def test_what_is_no_dash_does_not(behind: str) -> None:
    assert not ends_dateline(f"PORT ISTER, Sept 4{behind}", len("PORT ISTER, Sept 4"))
