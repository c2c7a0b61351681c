from __future__ import annotations

from msgspec.structs import replace

from onrecord.record import Correction, Span, Target
from onrecord.store import Store
from tests.postgres import Place
from tests.records import ANALYSES
from tests.store.filled import LINKER, MAKER, fill

FIRST = Correction(
    id="f-2",
    kind="speaker",
    about="attribution",
    target=Target("r1", (Span(3, 9),), (Span(0, 2),)),
    value="Ada Holm",
    class_="named_person",
    by="Zbigla Tohrem",
    when="2031-06-01T10:00:00.000+02:00",
)
SECOND = replace(FIRST, id="f-1", kind="same", value=None, class_=None, other=Target("r2"), when="2031-05-01T10:00Z")


def test_the_log_is_read_as_it_was_written_in_the_order_in_which_it_was_said(place: Place) -> None:
    path = fill(place("a.onrecord"))
    for said in ([FIRST], [SECOND, FIRST]):
        with Store.create_or_open(path) as store:
            store.plan(MAKER, LINKER)
            with store.completing(MAKER, LINKER, ()) as completion:
                completion.say(said)
    with Store.open(path) as store:
        assert store.corrections() == [FIRST, SECOND]


def test_what_was_found_is_read_of_the_reports_that_there_are(place: Place) -> None:
    with Store.open(fill(place("a.onrecord"))) as store:
        assert store.found(["r2", "r9", "r1"]) == [ANALYSES[1], ANALYSES[0]]
