import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.record import Analysis, OnrecordError, Record, Span
from onrecord.web.links import FileLinks, ServerLinks
from onrecord.web.reader import find_panel, list_panels
from onrecord.web.segments import DEPTH, find_depths, list_marks, segment_text
from tests import harbour

LINKS = ServerLinks(lambda name: None)


def facts(analysis: Analysis) -> list[str]:
    return [
        *(a.id for a in analysis.attributions),
        *(e.id for e in analysis.events),
        *(e.id for e in analysis.entities),
        *(f"t{t.span.start}" for t in analysis.timexes),
    ]


@pytest.mark.parametrize("analysis", harbour.analyses(), ids=lambda a: a.key)
def test_segments_join_to_the_text_and_lie_under_their_marks(analysis: Analysis) -> None:
    segments = segment_text(analysis)
    assert "".join(s.text for s in segments) == analysis.text
    marks = list(list_marks(analysis))
    for segment in segments:
        over = {m.fact for m in marks if m.span.start <= segment.start < m.span.end}
        assert segment.fact in over if segment.fact else not over or segment.text.isspace()


@pytest.mark.parametrize("analysis", harbour.analyses(), ids=lambda a: a.key)
def test_every_statement_can_be_opened_from_the_text(analysis: Analysis) -> None:
    opened = {s.fact for s in segment_text(analysis)}
    told = {a.content: [] for a in analysis.attributions if a.content and not a.within}  # type: ignore[var-annotated]
    for said in analysis.attributions:
        told.get(said.content, []).append(said.id)
    # Of two with the same words, the inner one says more and is opened.
    assert all(opened.intersection(ids) for ids in told.values())


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=8))
def test_chosen_characters_are_marked_and_no_others(pairs: list[tuple[int, int]]) -> None:
    analysis = harbour.analyses()[0]
    chosen = tuple(Span(a, b) for a, b in pairs)
    for segment in segment_text(analysis, chosen):
        for offset in range(segment.start, segment.start + len(segment.text)):
            assert ("chosen" in segment.style.split()) == any(a <= offset < b for a, b in chosen)


def test_the_place_asked_for_is_one_place() -> None:
    analysis = harbour.analyses()[0]
    assert sum(s.here for s in segment_text(analysis, (Span(10, 30), Span(50, 60)))) == 1
    assert sum(s.here for s in segment_text(analysis)) == 0


def test_contents_in_contents_are_deeper_and_a_ring_has_an_end() -> None:
    analysis = harbour.analyses()[0]
    first, second = analysis.attributions[:2]
    nested = (replace(first, within=None), replace(second, within=first.id))
    assert find_depths(replace(analysis, attributions=nested)) == {first.id: 1, second.id: 2}
    ring = (replace(first, within=second.id), replace(second, within=first.id))
    assert max(find_depths(replace(analysis, attributions=ring)).values()) <= DEPTH


@pytest.mark.parametrize("analysis", harbour.analyses(), ids=lambda a: a.key)
def test_every_fact_has_a_panel(analysis: Analysis) -> None:
    record = harbour.record()
    for fact in facts(analysis):
        panel = find_panel(record, analysis.id, fact, LINKS)
        assert panel.id == fact
        assert panel.lines
        assert all(line.items for line in panel.lines)
        assert all(0 <= s.start < s.end <= len(analysis.text) for s in panel.spans)


def test_a_panel_needs_no_more_than_the_names_of_other_reports() -> None:
    record = harbour.record()
    bare = [replace(a, text="", attributions=(), events=(), entities=()) for a in record.analyses[1:]]
    part = replace(record, analyses=(record.analyses[0], *bare))
    for fact in facts(record.analyses[0]):
        assert find_panel(part, record.analyses[0].id, fact, LINKS).lines


def test_a_statement_says_what_stands_behind_it_and_where_else_it_is() -> None:
    record = harbour.record()
    claim = next(c for c in record.claims if len({m.report for m in c.members}) > 1)
    member = claim.members[0]
    lines = {x.label: x.items for x in find_panel(record, member.report, member.attribution, LINKS).lines}
    assert lines["What stands behind it"][0].href == LINKS.claim(claim.id)
    others = {m.report for m in claim.members} - {member.report}
    assert {i.href.split("/")[2].split("?")[0] for i in lines["Also in"] if i.href} == others


def test_a_citation_names_the_report_and_its_characters_and_no_fact() -> None:
    analysis = harbour.analyses()[0]
    said = analysis.attributions[0]
    cite = find_panel(harbour.record(), analysis.id, said.id, LINKS).cite
    start, end = said.content[0]
    assert f"report {analysis.id}, characters {start},{end}" in cite
    assert analysis.text[start:end] in cite
    assert f" {said.id}" not in cite


def test_what_is_no_fact_is_refused() -> None:
    with pytest.raises(OnrecordError, match="no fact"):
        find_panel(harbour.record(), harbour.analyses()[0].id, "a999", LINKS)


def test_the_file_has_a_panel_for_each_mark() -> None:
    analysis = harbour.analyses()[0]
    panels = {p.id for p in list_panels(harbour.record(), analysis.id, FileLinks({}))}
    assert panels == {s.fact for s in segment_text(analysis) if s.fact}


def test_a_report_of_no_text_has_no_segments() -> None:
    empty = replace(harbour.analyses()[0], text="", noise=(), attributions=(), events=(), entities=(), timexes=())
    assert segment_text(empty) == []
    assert find_panel(Record(analyses=(empty,)), empty.id, None, LINKS).kind == "report"
