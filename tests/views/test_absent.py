from __future__ import annotations

from onrecord.views.absent import list_absent
from tests.records import RECORD


def test_most_cited_source_stands_first() -> None:
    sarn, review = list_absent(RECORD)
    assert (sarn.name, sarn.class_words, sarn.cited_by_count) == ("Radio Sarn", "outlet", 2)
    assert str(sarn.when) == "5 or 6 March 2031"
    assert review.cited_by == ("Kesland Herald, 5 March 2031",)
