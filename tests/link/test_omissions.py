from __future__ import annotations

from typing import Any

from onrecord.link.contents import see_contents, see_sentences
from onrecord.link.omissions import find_omissions, find_said_omissions
from onrecord.record import Analysis, AttributionMember, Contact, EventMember, Origin
from tests.link.saying import saying, with_vectors
from tests.records import analysis, event, given

BODY: dict[str, Any] = {"class_": "named_organisation"}
ROAD, CREW = "the grain road to Senn stays open all winter", "the eleven sailors of the trawler will be sent home"
OPENING = "Ilse Varrun telephoned Omar Teshk on Tuesday"


def readout(id: str, *lines: str) -> Analysis:
    text = "\n".join((OPENING, *lines))
    report = saying(id, *lines, text=text, speaker="the ministry", **BODY)
    return with_vectors(
        analysis(
            id,
            f"Outlet {id}",
            text,
            given("2031-03-04"),
            attributions=report.attributions,
            events=(event("v1", text, "telephoned", OPENING),),
        )
    )


def contact(*reports: Analysis) -> Contact:
    return Contact(
        id="v-1",
        type="CONSULT",
        kind="call",
        actors=("Ilse Varrun",),
        recipients=("Omar Teshk",),
        intermediaries=(),
        participants=("Ilse Varrun", "Omar Teshk"),
        place=None,
        when=None,
        status="happened",
        topics=(),
        statements=tuple(AttributionMember(r.id, a.id) for r in reports for a in r.attributions),
        members=tuple(EventMember(r.id, "v1") for r in reports),
        origins=tuple(Origin(f"ministry {r.id}", "named_organisation", (r.id,)) for r in reports),
        independent=len(reports),
        confidence=0.9,
    )


def omitted(*reports: Analysis) -> list[tuple[str, str]]:
    sights = [s for r in reports for s in (*see_contents(r), *see_sentences(r))]
    found = list(find_omissions([contact(*reports)], {r.id: r for r in reports}, sights))
    texts = {r.id: r.text for r in reports}
    assert all(d.kind == "omission" and d.b and d.b.report != d.a.report for d in found)
    return [(d.a.report, texts[d.a.report][slice(*d.a.span)]) for d in found]


def test_what_one_account_tells_and_the_other_does_not_is_left_out() -> None:
    assert omitted(readout("r1", ROAD, CREW), readout("r2", ROAD)) == [("r1", CREW)]


def test_what_both_tell_in_other_words_is_not() -> None:
    again = "the road for grain to Senn will be kept open throughout the winter"
    assert omitted(readout("r1", ROAD), readout("r2", again)) == []


def test_two_reports_of_one_origin_leave_nothing_out() -> None:
    first, second = readout("r1", ROAD, CREW), readout("r2", ROAD)
    one = contact(first, second)
    shared = Contact(
        **{f: getattr(one, f) for f in one.__struct_fields__ if f != "origins"},
        origins=(Origin("the ministry", "named_organisation", ("r1", "r2")),),
    )
    sights = [s for r in (first, second) for s in see_contents(r)]
    assert list(find_omissions([shared], {"r1": first, "r2": second}, sights)) == []


def test_a_report_may_say_what_an_account_leaves_out() -> None:
    told = readout("r1", ROAD, CREW)
    text = "The Kesland text made no mention of the sailors of the trawler."
    says = with_vectors(analysis("r2", "Quay News", text, given("2031-03-05")))
    sights = [s for r in (told, says) for s in (*see_contents(r), *see_sentences(r))]
    (found,) = find_said_omissions([told, says], sights)
    assert told.text[slice(*found.a.span)] == CREW
    assert found.b is not None and found.b.report == "r2"
