from __future__ import annotations

from onrecord.record import Target
from onrecord.views.corrections import GONE, list_corrections
from tests.correct.saying import INNER, at, layered, said, target_of

LOG = [
    said(1, "speaker", "attribution", target_of(INNER), "Omar Teshk"),
    said(2, "same", "event", at("r1", "called"), other=at("r2", "called")),
    said(3, "date", "report", Target("r1"), "2031-05"),
]


def test_a_row_says_what_was_said_of_which_words_and_what_became_of_it() -> None:
    rows = list_corrections(LOG, {"f-1": "replaced", "f-2": "holds nothing now", "f-3": "stands"}, {"r1": layered()})
    assert [(row.id, row.said, row.state) for row in rows] == [
        ("f-1", "said by Omar Teshk", "replaced"),
        ("f-2", "one event", "holds nothing now"),
        ("f-3", "published 2031-05", "stands"),
    ]
    # As they stand in the text, whatever is content and whatever cue.
    words = "citing a Norvian official, that Ilse Varrun promised on Monday to reopen the quay [r1-key]"
    assert [row.words for row in rows] == [(words,), ("called [r1-key]", GONE), ("the whole report [r1-key]",)]
    assert {(row.by, row.when[:10]) for row in rows} >= {("Zbigla Tohrem", "2031-06-02")}
