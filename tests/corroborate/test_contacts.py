from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from onrecord.corroborate import build_contacts
from onrecord.corroborate.contacts import find_statements
from onrecord.corroborate.origins import fold_copies
from onrecord.link import fact
from onrecord.record import (
    Analysis,
    Attribution,
    AttributionMember,
    Contact,
    Entity,
    Event,
    EventEntry,
    EventMember,
    Turn,
)
from tests.records import analysis, attribution, days, event, given, part

SPOKE = "Ilse Varrun spoke by phone with Omar Teshk on Tuesday"
TEXT = f"{SPOKE}, an envoy said. Varrun promised grain. Ina Sorel said that it rained. Varrun met Sorel. Varrun wept."
CALL = event("v1", TEXT, "spoke by phone", f"{SPOKE}, an envoy said.", when=days("2031-03-04"))
MEETING = event(
    "v2", TEXT, "met", "Varrun met Sorel.", contact="meeting", kind="meeting", recipients=("Ina Sorel",), when=None
)


def report(id: str, *events: Event, attributions: tuple[Attribution, ...] = (), **fields: Any) -> Analysis:
    plain: dict[str, Any] = {"outlet": f"Outlet {id}"} | fields
    outlet = plain.pop("outlet")
    return analysis(id, outlet, TEXT, given("2031-03-05"), attributions=attributions, events=events)


def built(*reports: Analysis) -> tuple[list[EventEntry], list[Contact]]:
    """One entry of all the first events, and one each of the others."""
    facts = {fact(r.id, e.id): (r, e) for r in reports for e in r.events}
    firsts = [fact(r.id, r.events[0].id) for r in reports]
    clusters = [firsts, *([key] for key in facts if key not in firsts)]
    events, contacts = build_contacts(clusters, facts, fold_copies({r.id: r for r in reports}, []), {firsts[0]: 0.7})
    return list(events), list(contacts)


def say(id: str, content: str, speaker: str, **fields: Any) -> Attribution:
    return attribution(id, TEXT, content, speaker=speaker, **fields)


def test_a_contact_is_an_event_too_under_one_id() -> None:
    (told,), (contact,) = built(report("r1", CALL), report("r2", CALL))
    assert told.id == contact.id
    assert told.id.startswith("v-")
    assert (told.kind, contact.kind) == ("phone call", "call")
    assert contact.participants == ("Ilse Varrun", "Omar Teshk")
    assert contact.members == told.members == (EventMember("r1", "v1"), EventMember("r2", "v1"))
    shared = set(EventEntry.__struct_fields__) - {"kind"}
    assert all(getattr(told, name) == getattr(contact, name) for name in shared)


def test_its_confidence_is_how_surely_its_members_belong_together() -> None:
    (told,), (contact,) = built(report("r1", CALL), report("r2", CALL))
    assert told.confidence == contact.confidence == 0.7
    facts = {fact("r1", "v1"): (report("r1", CALL), CALL)}
    ((alone,), _) = build_contacts([list(facts)], facts, {"r1": "r1"}, {})
    assert alone.confidence == 1.0


def test_what_is_no_contact_is_an_event_alone() -> None:
    strike = event("v1", TEXT, "wept", "Varrun wept.", contact=None, type="PROTEST", kind="strike")
    (told,), contacts = built(report("r1", strike))
    assert (told.kind, contacts) == ("strike", [])


def test_the_first_day_that_is_known_and_happened_if_anybody_says_so() -> None:
    planned = event("v1", TEXT, "spoke", SPOKE, when=None, status="planned")
    (told,), _ = built(report("r1", planned), report("r2", CALL))
    assert (told.when, told.status) == (days("2031-03-04"), "happened")
    (told,), _ = built(report("r1", planned))
    assert (told.when, told.status) == (None, "planned")


def test_origins_are_those_who_tell_of_it() -> None:
    envoy = say("a1", SPOKE, "an envoy", class_="anonymous_official")
    beside = say("a2", "it rained", "Ina Sorel")
    (told,), _ = built(report("r1", CALL, attributions=(envoy, beside)), report("r2", CALL))
    assert [(o.name, o.reports) for o in told.origins] == [("an envoy", ("r1",))]
    assert told.independent == 1


def test_of_a_citation_the_one_who_is_cited_tells_of_it() -> None:
    radio = say("a1", SPOKE, "Radio Sarn", class_="outlet")
    envoy = say("a2", SPOKE, "an envoy", class_="anonymous_official", chain=("Radio Sarn", "an envoy"), within="a1")
    (told,), _ = built(report("r1", CALL, attributions=(radio, envoy)))
    assert [o.name for o in told.origins] == ["an envoy"]


def test_who_is_told_to_have_told_is_no_origin() -> None:
    ministry = say("a1", f"{SPOKE}, an envoy said", "the Foreign Ministry", class_="named_organisation")
    envoy = say("a2", SPOKE, "an envoy", class_="anonymous_official", within="a1")
    (told,), _ = built(report("r1", CALL, attributions=(ministry, envoy)))
    assert [o.name for o in told.origins] == ["the Foreign Ministry"]


def test_statements_are_what_follows_of_the_parties_up_to_the_next_contact() -> None:
    said = (
        say("a1", "Varrun promised grain", "Omar Teshk"),
        say("a2", "it rained", "Ina Sorel"),
        say("a3", "Varrun wept", "Ina Sorel"),
    )
    told = report("r1", CALL, MEETING, attributions=said)
    assert [a.id for a in find_statements(told, CALL)] == ["a1"]
    assert [a.id for a in find_statements(told, MEETING)] == ["a3"]
    _, (call, meeting) = built(told)
    assert call.statements == (AttributionMember("r1", "a1"),)
    assert meeting.statements == (AttributionMember("r1", "a3"),)


def test_what_was_said_before_a_contact_was_not_said_in_it() -> None:
    early = say("a1", "Varrun promised grain", "Omar Teshk")
    assert find_statements(report("r1", MEETING, attributions=(early,)), MEETING) == []


def test_the_id_stays_while_later_reports_are_added() -> None:
    first, second = report("r1", CALL), report("r2", CALL)
    assert built(first)[0][0].id == built(first, second)[0][0].id != built(second)[0][0].id


def told_as(status: str, **fields: Any) -> Event:
    return event("v1", TEXT, "spoke by phone", SPOKE, status=status, **fields)


def reports(*events: Event) -> list[Analysis]:
    return [report(f"r{n}", e) for n, e in enumerate(events, 1)]


def test_what_was_planned_and_then_done_is_of_the_type_of_the_deed() -> None:
    pledge, deed = told_as("planned", type="PLEDGE", contact=None), told_as("happened", type="AID", contact=None)
    assert [told.type for told in built(*reports(pledge, deed))[0]] == ["AID"]
    assert [told.type for told in built(*reports(pledge, told_as("denied", type="AID", contact=None)))[0]] == ["PLEDGE"]


def test_the_day_is_that_of_the_member_that_tells_it_as_done() -> None:
    planned = told_as("planned", when=days("2031-03-02"))
    assert built(*reports(planned, CALL))[0][0].when == days("2031-03-04")
    assert built(*reports(planned, told_as("happened")))[0][0].when == days("2031-03-02")


def test_the_history_of_a_status_is_its_turns() -> None:
    events = [told_as(s) for s in ("planned", "planned", "predicted", "happened", "happened")]
    (told,), _ = built(*reports(*events))
    assert told.history == (Turn("planned", "r1"), Turn("predicted", "r3"), Turn("happened", "r4"))
    (told,), _ = built(*reports(told_as("happened")))
    assert told.history == (Turn("happened", "r1"),)


def test_what_was_announced_and_did_not_come_is_denied() -> None:
    (told,), _ = built(*reports(told_as("planned"), told_as("planned"), told_as("conditional"), told_as("denied")))
    assert told.status == "denied"


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ("happened planned planned", "happened"),
        ("planned planned happened", "happened"),
        ("planned planned happened planned", "planned"),
        ("planned denied denied happened denied planned planned planned happened", "planned"),
        ("denied planned denied", "denied"),
        ("planned denied denied", "denied"),
    ],
)
def test_it_happened_if_a_third_of_the_members_say_so_and_else_as_most_say(statuses: str, expected: str) -> None:
    told, contacts = built(*reports(*(told_as(s) for s in statuses.split())))
    assert [told[0].status, contacts[0].status] == [expected, expected]


def test_the_topics_of_all_members_stand_once_and_verbatim() -> None:
    grain, rained, envoy = (part(TEXT, phrase) for phrase in ("grain", "it rained", "an envoy"))
    first, second = told_as("happened", topics=grain + rained), told_as("happened", topics=envoy + grain)
    _, (contact,) = built(*reports(first, second, told_as("happened")))
    assert contact.topics == ("grain", "it rained", "an envoy")


def test_a_member_that_is_no_contact_joins_one_and_takes_its_kind_and_parties() -> None:
    bare = told_as("happened", kind="call", contact=None, actors=(), recipients=(), when=days("2031-03-04"))
    for members in (reports(bare, CALL), reports(CALL, bare)):
        (told,), (contact,) = built(*members)
        assert told.members == contact.members == (EventMember("r1", "v1"), EventMember("r2", "v1"))
        assert (told.kind, contact.kind) == ("phone call", "call")
        assert (told.actors, told.recipients) == (("Ilse Varrun",), ("Omar Teshk",))
        assert contact.participants == ("Ilse Varrun", "Omar Teshk")


def test_an_entry_has_the_names_of_the_report_that_names_most_of_its_parties() -> None:
    office = event("v1", TEXT, "spoke by phone", SPOKE, actors=("Varrun",), recipients=("the minister",), when=None)
    plain, full = report("r1", office), report("r2", CALL)
    people = tuple(Entity(f"e{n}", name, "person", (), ()) for n, name in enumerate(("Ilse Varrun", "Omar Teshk"), 1))
    _, (contact,) = built(plain, replace(full, entities=people))
    assert contact.participants == ("Ilse Varrun", "Omar Teshk")


def test_what_was_said_on_another_day_was_not_said_in_it() -> None:
    undated = replace(CALL, when=None)
    told = report("r1", CALL, attributions=(say("a1", "Varrun promised grain", "Omar Teshk", said=days("2031-03-09")),))
    assert find_statements(told, CALL) == []
    assert find_statements(told, undated, when=days("2031-03-04")) == []
    assert [a.id for a in find_statements(told, undated)] == ["a1"]
