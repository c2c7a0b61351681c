from __future__ import annotations

import pytest

from onrecord.attribute.credit import find_credit

BODY = "The port of Norra will open on Monday, Ada Holm said."


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"PORT HESPER (AP) — {BODY}", "AP"),
        (f"NORRA, March 3 (Reuters) - {BODY}", "Reuters"),
        (f"Norra opens its port\n\nNORRA (AFP) – {BODY}", "AFP"),
        (f"By The Associated Press\n\n{BODY}", "Associated Press"),
        (f"{BODY}\n\n(Reuters)", "Reuters"),
        (f"{BODY}\nSource: dpa", "dpa"),
        (BODY, None),
        (f"{BODY} She spoke to Reuters.", None),
        (f"{BODY}\n\nThe call was first reported by the AP (AP) and others.", None),
        ("", None),
    ],
)
def test_an_agency_is_credited_by_its_dateline_or_by_a_line_of_its_own(text: str, agency: str | None) -> None:
    assert find_credit(text) == agency
