from __future__ import annotations

import re

from onrecord.corroborate.entries import entry_id


def test_an_id_is_of_its_kind_report_and_fact() -> None:
    first = entry_id("c", "r1", "a1")
    assert re.fullmatch(r"c-[0-9a-f]{10}", first)
    assert first == entry_id("c", "r1", "a1")
    assert len({first, entry_id("v", "r1", "a1"), entry_id("c", "r2", "a1"), entry_id("c", "r1", "a2")}) == 4
