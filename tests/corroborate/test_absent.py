from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Any

from msgspec.structs import replace

from onrecord.corroborate import build_absent, join_affairs, rank
from onrecord.record import Absent, Analysis, Attribution, Entity, Publication, Record, SpeakerClass, Story
from tests.corroborate.telling import person, relay, telling, untraced
from tests.records import analysis, attribution, days, given

SAID = "The Norvian Foreign Ministry's note says the grain road is shut"


def report(id: str, outlet: str | None, day: str | None, *said: Attribution) -> Analysis:
    return analysis(id, outlet, SAID, given(day) if day else Publication(), attributions=said)


def said(id: str, speaker: str, class_: SpeakerClass, day: str | None = None, **fields: Any) -> Attribution:
    when = days(day) if day else None
    return attribution(id, SAID, "the grain road is shut", speaker=speaker, class_=class_, said=when, **fields)


def cites(
    id: str, outlet: str, published: str, *cited: tuple[str, str | None], class_: SpeakerClass = "outlet"
) -> Analysis:
    """A report that cites outlets, each with its day."""
    named = [said(f"a{n}", name, class_, day) for n, (name, day) in enumerate(cited)]
    return report(id, outlet, published, *named)


def found(*reports: Analysis, stories: Sequence[Story] = ()) -> list[tuple[str, str | None, tuple[str, ...]]]:
    """Name, day and reports of each absent source; the same in whatever order the reports are given."""
    entries = {
        build_absent(sorted(order, key=rank), order_of_stories)
        for order in permutations(reports)
        for order_of_stories in (stories, stories[::-1])
    }
    (entry,) = entries
    return [(a.name, str(a.when.earliest) if a.when else None, a.cited_by) for a in entry]


def story(id: str, *reports: str) -> Story:
    return Story(id=id, title="Rain", reports=reports, earliest=None, latest=None)


def with_outlet(report: Analysis, name: str) -> Analysis:
    return replace(report, entities=(Entity("e1", name, "outlet", (), ()),))


def test_outlets_are_absent_that_are_cited_and_published_none_of_the_reports() -> None:
    cited = with_outlet(telling("r1", "Norvia Post", "Radio Sarn (Ada Holm)", "an envoy"), "Radio Sarn")
    again = relay("r2", "Kesland Herald", "the Radio Sarn")
    sarn = Absent(name="Radio Sarn", class_="outlet", when=None, cited_by=("r2", "r1"))
    assert build_absent([cited, again]) == build_absent([again, cited]) == (sarn,)
    assert build_absent([telling("r1", "Norvia Post", "an aide", "an envoy"), untraced("r2", None)]) == ()


def test_absent_stand_in_order_of_their_names() -> None:
    assert [a[0] for a in found(relay("r1", "Post", "Zephyr Radio"), relay("r2", "Post", "Amber Radio"))] == [
        "Amber Radio",
        "Zephyr Radio",
    ]


def test_an_outlet_is_absent_with_the_report_of_a_day_on_which_it_published_none_on_record() -> None:
    citing = cites("r1", "Norvia Post", "2031-04-12", ("the Tern agency", "2031-04-11"))
    assert found(citing, report("r2", "Tern News Agency", "2031-04-04")) == [
        ("Tern News Agency", "2031-04-11", ("r1",))
    ]
    for day in ("2031-04-10", "2031-04-11", "2031-04-12", None):
        assert found(citing, report("r2", "Tern News Agency", day)) == []


def test_a_report_that_came_out_after_the_one_that_cites_is_not_the_cited_one() -> None:
    citing = cites("r1", "Norvia Post", "2031-04-12", ("Radio Sarn", None))
    assert found(citing, report("r2", "Radio Sarn", "2031-04-20")) == [("Radio Sarn", None, ("r1",))]
    assert found(citing, report("r2", "Radio Sarn", "2031-02-20")) == []


def test_an_undated_citation_is_of_the_only_day_that_the_same_report_gives() -> None:
    one = cites("r1", "Norvia Post", "2031-04-12", ("Radio Sarn", "2031-04-11"), ("Radio Sarn", None))
    other = cites("r2", "Norvia Post", "2031-04-12", ("Radio Sarn", None))
    both = cites("r3", "Post", "2031-04-12", *(("Radio Sarn", d) for d in ("2031-04-11", "2031-04-04", None)))
    assert found(one) == [("Radio Sarn", "2031-04-11", ("r1",))]
    assert found(one, other) == [("Radio Sarn", "2031-04-11", ("r1",)), ("Radio Sarn", None, ("r2",))]
    assert [day for _, day, _ in found(both)] == ["2031-04-04", "2031-04-11", None]


def test_an_outlet_that_was_told_is_absent_with_the_day_of_the_telling() -> None:
    told = said(
        "a1", "an envoy", "anonymous_official", "2031-04-11", chain=("Radio Sarn", "an envoy"), addressee="Radio Sarn"
    )
    inner = replace(told, id="a2", chain=("Radio Sarn", "an envoy", "Ada Holm"), said=days("2031-04-03"), within="a1")
    assert found(report("r1", "Norvia Post", "2031-04-12", told, inner)) == [("Radio Sarn", "2031-04-11", ("r1",))]


def test_a_company_that_was_told_is_no_outlet() -> None:
    told = said("a1", "an aide", "anonymous_other", chain=("Velrail", "an aide"), addressee="Velrail")
    assert found(report("r1", "Norvia Post", "2031-04-12", told)) == []
    assert found(report("r1", "Norvia Post", "2031-04-12", told), report("r2", "Velrail", "2031-05-12")) != []


def test_a_short_form_is_the_only_full_one_and_else_stands_apart() -> None:
    short, full = relay("r1", "Echo", "the Post"), relay("r2", "Echo", "Norvia Post")
    assert found(short, full) == [("Norvia Post", None, ("r1", "r2"))]
    assert len(found(short, full, relay("r3", "Echo", "Kesland Post"))) == 3


def test_outlets_without_a_name_cannot_be_looked_up() -> None:
    for name in ("state radio", "the newspaper", "Norvian media", "local newspapers"):
        assert found(relay("r1", "Echo", name)) == []
    assert found(relay("r1", "Echo", "Norvian state radio")) != []


def test_people_and_unnamed_sources_are_not_listed() -> None:
    assert found(person("r1", "Echo", "Ada Holm"), telling("r2", "Echo", "an envoy"), untraced("r3", None)) == []


def test_a_body_is_absent_with_what_it_put_in_writing() -> None:
    name = "the Norvian Foreign Ministry"
    spoken = said("a1", name, "named_organisation")
    written = said("a1", name, "named_organisation", "2031-04-11", channel="notice")
    note = replace(spoken, source=attribution("a1", SAID, SAID[: SAID.index(" says")], speaker=name).content)
    assert found(report("r1", "Echo", None, spoken)) == []
    assert found(report("r1", "Echo", None, note)) == [(name, None, ("r1",))]
    citing = report("r1", "Echo", "2031-04-12", written)
    assert build_absent([citing])[0].class_ == "named_organisation"
    assert found(citing, report("r2", "Norvian Foreign Ministry", "2031-04-11")) == []
    assert found(citing, report("r2", "Norvian Foreign Ministry", "2031-04-02")) == [(name, "2031-04-11", ("r1",))]


def test_a_body_is_the_same_by_another_form_of_its_name() -> None:
    written = said("a1", "the Norvian fisheries ministry", "named_organisation", channel="statement")
    citing = report("r1", "Echo", None, written)
    assert found(citing, report("r2", "Ministry of Fisheries of Norvia", None)) == []
    assert found(citing, report("r2", "Ministry of Fisheries of Kesland", None)) != []
    assert found(citing, report("r2", "Fisheries Institute of Norvia", None)) != []


def test_a_body_with_releases_on_record_is_no_outlet() -> None:
    through = said("a1", "Ada Holm", "named_person", chain=("the Senn Ministry", "Ada Holm"))
    assert found(report("r1", "Echo", "2031-04-12", through), report("r2", "Senn Ministry", "2031-05-12")) == []


def test_a_state_is_not_the_outlet_that_bears_its_name() -> None:
    written = said("a1", "Kesland", "named_organisation", channel="statement")
    assert found(report("r1", "Echo", None, written), report("r2", "Kesland Herald", None)) != []


def test_a_body_that_is_only_called_one_is_left_out() -> None:
    for name in ("the ministry", "her office", "Police"):
        assert found(report("r1", "Echo", None, said("a1", name, "named_organisation", channel="statement"))) == []


def test_papers_are_listed_unless_nothing_but_the_word_is_known() -> None:
    for name in ("a leaked draft", "the log", "the ministry's statement"):
        assert found(report("r1", "Echo", None, said("a1", name, "document"))) == [(name, None, ("r1",))]
    for name in ("the statement", "Documents", "A note", "a log"):
        assert found(report("r1", "Echo", None, said("a1", name, "document"))) == []


def test_a_paper_that_a_report_introduces_is_the_one_that_it_goes_on_citing() -> None:
    first, again = (
        said(f"a{n}", name, "document") for n, name in enumerate(("a leaked draft of the lease", "the draft"))
    )
    assert [name for name, _, _ in found(report("r1", "Echo", None, first, again))] == ["a leaked draft of the lease"]
    other = said("a2", "an older draft", "document")
    assert len(found(report("r1", "Echo", None, first, again, other))) == 3


def test_the_statement_of_a_body_is_listed_under_the_body() -> None:
    name = "the Norvian Foreign Ministry"
    owned = said("a1", "The statement", "document", chain=(name, "The statement"))
    bodies = (Entity("e1", name, "organisation", (), ()),)
    assert found(replace(report("r1", "Echo", None, owned), entities=bodies)) == [(name, None, ("r1",))]
    log = said("a1", "The document", "document", chain=(name, "The document"))
    assert found(replace(report("r1", "Echo", None, log), entities=bodies)) == []


def test_what_has_no_proper_name_is_one_in_a_story_and_not_beyond() -> None:
    reports = [report(f"r{n}", "Echo", None, said("a1", "the harbour log", "document")) for n in (1, 2, 3)]
    stories = [story("s1", "r1", "r2"), story("s2", "r3")]
    assert [cited for _, _, cited in found(*reports, stories=stories)] == [("r1", "r2"), ("r3",)]
    named = [report(f"r{n}", "Echo", None, said("a1", "the Senn log", "document")) for n in (1, 2, 3)]
    assert [cited for _, _, cited in found(*named, stories=stories)] == [("r1", "r2", "r3")]


def test_who_published_a_report_of_another_affair_is_not_absent() -> None:
    parts = [Record(analyses=(relay(f"r{n}", "Echo", name),)) for n, name in enumerate(("Radio Sarn", "Amber Radio"))]
    own = Record(analyses=(telling("r3", "Radio Sarn of Norvia", "an envoy"),))
    assert [a.name for a in join_affairs(parts, {}).absent] == ["Amber Radio", "Radio Sarn"]
    assert [a.name for a in join_affairs([own, *parts], {}).absent] == ["Amber Radio"]
