from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from lxml import etree

from onrecord.export import FOLDERS
from onrecord.export.flatten import slice_whole
from onrecord.export.timeml import mark_times
from onrecord.export.xml import make_writable
from onrecord.record import Analysis, Publication, Span, Timex
from tests.records import ANALYSES, HOSTILE, POST, RECORD, analysis, attribution, event, given, part


def read(report: Analysis) -> etree._Element:
    return etree.fromstring(mark_times(report))


def text_of(root: etree._Element) -> str:
    return "".join(str(t) for t in root.itertext())


@pytest.mark.parametrize("report", [*ANALYSES, *HOSTILE.analyses])
def test_text_without_tags_is_the_text(report: Analysis) -> None:
    assert text_of(read(report)) == make_writable(report.text)


@drawn(
    st.text(st.characters(codec=None, exclude_categories=())),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9))),
)
def test_any_text_is_well_formed_and_whole(text: str, places: list[tuple[int, int]]) -> None:
    spans = [Span(a, a + n) for a, n in places if a + n <= len(text)]
    report = analysis(
        "r1", None, text, Publication(), timexes=tuple(Timex(span, "DATE", "2031\x00-03") for span in spans)
    )
    assert text_of(read(report)) == make_writable(text)


def test_each_report_is_a_file(tmp_path: Path) -> None:
    FOLDERS["timeml"]([slice_whole(RECORD)], tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"r{n}.tml" for n in range(1, 6)]
    assert text_of(etree.fromstring((tmp_path / "r1.tml").read_bytes())) == POST


def test_times_and_events_stand_around_their_words() -> None:
    root = read(ANALYSES[0])
    assert root.tag == "TimeML"
    published, tuesday = root.findall("TIMEX3")
    assert {str(name): value for name, value in published.items()} == {
        "tid": "t0",
        "type": "DATE",
        "value": "2031-03-04",
        "functionInDocument": "PUBLICATION_TIME",
    }
    assert (tuesday.text, tuesday.get("tid"), tuesday.get("type"), tuesday.get("value")) == (
        "Tuesday",
        "t1",
        "DATE",
        "2031-03-04",
    )
    assert [(e.text, e.get("eid"), e.get("class")) for e in root.findall("EVENT")] == [("spoke", "e-v1", "OCCURRENCE")]
    assert [m.get("eventID") for m in root.findall("MAKEINSTANCE")] == ["e-v1"]


def test_event_is_linked_to_the_time_that_dates_it() -> None:
    text = "She denied that they spoke on Tuesday, Radio Sarn said."
    report = analysis(
        "r1",
        None,
        text,
        given("2031-03-05"),
        timexes=(Timex(part(text, "Tuesday")[0], "DATE", "2031-03-04"),),
        attributions=(attribution("a1", text, "She denied", speaker="Radio Sarn", cue=part(text, "said")),),
        events=(event("v1", text, "spoke", text, status="denied", when_by=part(text, "Tuesday")[0]),),
    )
    root = read(report)
    assert [(e.text, e.get("class")) for e in root.findall("EVENT")] == [("spoke", "OCCURRENCE"), ("said", "REPORTING")]
    assert {m.get("eventID"): m.get("polarity") for m in root.findall("MAKEINSTANCE")} == {"e-v1": "NEG", "e-a1": "POS"}
    (link,) = root.findall("TLINK")
    assert (link.get("eventInstanceID"), link.get("relatedToTime"), link.get("relType")) == (
        "i-v1",
        "t1",
        "IS_INCLUDED",
    )


def test_of_words_that_two_facts_share_one_is_marked() -> None:
    text = "the Tuesday talks"
    report = analysis(
        "r1",
        None,
        text,
        Publication(),
        timexes=(Timex(part(text, "Tuesday")[0], "DATE", "2031-03-04"),),
        events=(event("v1", text, "Tuesday talks", text),),
    )
    root = read(report)
    assert [e.text for e in root.findall("TIMEX3")] == [None, "Tuesday"]
    assert (root.findall("EVENT"), root.findall("MAKEINSTANCE")) == ([], [])
    assert root.findall("TIMEX3")[0].get("value") == "XXXX-XX-XX"
