from __future__ import annotations

from msgspec.structs import replace

from onrecord.record import Absent, AttributionMember, Disagreement, Place, Record, SpeakerClass
from onrecord.views.absent import AbsentRow, list_absent
from tests.records import MINISTRY, POST, RECORD, WIRE, days, part


def row(
    name: str, day: str | None, *cited_by: str, class_: SpeakerClass = "outlet", record: Record = RECORD
) -> AbsentRow:
    absent = Absent(name=name, class_=class_, when=days(day) if day else None, cited_by=cited_by)
    (found,) = list_absent(replace(record, absent=(absent,)))
    return found


def test_most_cited_source_stands_first() -> None:
    sarn, review = list_absent(RECORD)
    assert (sarn.name, sarn.class_words, sarn.cited_by_count) == ("Radio Sarn", "outlet", 2)
    assert str(sarn.when) == "5 or 6 March 2031"
    assert review.cited_by == ("Kesland Herald, 5 March 2031",)


def test_the_title_is_what_to_look_for() -> None:
    assert row("Radio Sarn", "2031-03-05", "r3").title == "Radio Sarn of 5 March 2031"
    assert row("Radio Sarn", None, "r3").title == "Radio Sarn"
    assert row("Radio Sarn", "2031-03-11", "r4").title == "Radio Sarn of 11 March 2031 (worked out)"
    assert list_absent(RECORD)[0].title == "Radio Sarn, 5 or 6 March 2031"
    post = replace(RECORD.analyses[0].attributions[1], channel="post")
    posted = replace(RECORD, analyses=(replace(RECORD.analyses[0], attributions=(post,)),), claims=())
    ministry = row("The Norvian Foreign Ministry", None, "r1", class_="named_organisation", record=posted)
    assert ministry.title == "Post by the Norvian Foreign Ministry"


def test_claims_that_rest_on_one_origin_or_are_disputed_would_be_settled() -> None:
    assert row("Radio Sarn", None, "r3").settles == "would settle 1 claim"
    ministry = row(MINISTRY, None, "r1", class_="named_organisation")
    assert (ministry.claim_count, ministry.settles) == (0, "")
    disputed = Disagreement(id="d3", kind="denial", a=Place("r1", part(POST, "stays open in every")[0]), b=None, why="")
    record = replace(RECORD, disagreements=(disputed,))
    assert row(MINISTRY, None, "r1", class_="named_organisation", record=record).claim_count == 1


def test_a_claim_counts_once_though_several_of_its_members_came_by_the_source() -> None:
    (claim,) = (c for c in RECORD.claims if c.id == "m2")
    both = replace(claim, members=(*claim.members, AttributionMember("r3", "a1")))
    assert row("Radio Sarn", None, "r3", record=replace(RECORD, claims=(both,))).claim_count == 1


def test_first_words_are_the_quoted_ones_if_there_are_any() -> None:
    words = row(MINISTRY, None, "r1", class_="named_organisation").words
    assert words is not None
    assert words.quote == "“The grain road,” … “stays open in every season.”"
    sarn = row("the Radio Sarn", None, "r3").words
    assert sarn is not None
    assert sarn.quote == WIRE[: WIRE.index(", Radio")]
    assert row("Amber Radio", None, "r3").words is None


def test_words_of_another_day_are_another_report() -> None:
    wire = next(a for a in RECORD.analyses if a.id == "r3")
    dated = replace(wire, attributions=(replace(wire.attributions[0], said=days("2031-03-05")),))
    record = replace(RECORD, analyses=tuple(dated if a.id == "r3" else a for a in RECORD.analyses), claims=())
    assert row("Radio Sarn", "2031-03-05", "r3", record=record).words is not None
    assert row("Radio Sarn", "2031-02-25", "r3", record=record).words is None


def test_a_paper_is_cited_where_the_report_goes_on_with_it() -> None:
    wire = next(a for a in RECORD.analyses if a.id == "r3")
    goes_on = replace(wire.attributions[0], chain=("The draft",))
    record = replace(RECORD, analyses=(replace(wire, attributions=(goes_on,)),), claims=())
    assert row("a leaked draft", None, "r3", class_="document", record=record).words is not None
    assert row("the leaked draft", None, "r3", class_="document", record=record).words is None
