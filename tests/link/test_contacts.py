from __future__ import annotations

from typing import Any

from onrecord.link import Parties, cluster, fact, link_contacts
from onrecord.record import Analysis, Copy, Entity, Event, Interval
from tests.records import analysis, days, event, given

TEXT = "They spoke."
COPY = (Copy("r1", "r2", "copy", 0.9),)


def report(id: str, *whens: Interval | None, on: str = "2031-03-31", **fields: Any) -> Analysis:
    events = tuple(event(f"v{n}", TEXT, "spoke", "They spoke.", when=when, **fields) for n, when in enumerate(whens, 1))
    return analysis(id, "Post", TEXT, given(on), events=events)


def grouped(*reports: Analysis, copies: tuple[Copy, ...] = ()) -> list[list[str]]:
    nodes = [fact(r.id, e.id) for r in reports for e in r.events]
    return cluster(nodes, link_contacts(reports, copies, parties(*reports)))


def parties(*reports: Analysis) -> Parties:
    """By name alone: the reports list no entities."""
    return Parties(reports, [])


def test_the_same_day_is_one_contact_and_a_week_later_another() -> None:
    first, second = days("2031-03-06"), days("2031-03-13")
    assert grouped(report("r1", first), report("r2", first, second), report("r3", second)) == [
        ["r1/v1", "r2/v1"],
        ["r2/v2", "r3/v1"],
    ]


def test_what_can_be_no_other_contact_of_the_affair_is_one() -> None:
    assert grouped(report("r1", None), report("r2", None)) == [["r1/v1", "r2/v1"]]
    assert grouped(report("r1", days("2031-03-06")), report("r2", None)) == [["r1/v1", "r2/v1"]]


def test_what_fits_all_others_that_fit_one_another_is_one_with_them() -> None:
    reports = report("r1", days("2031-03-06")), report("r2", None), report("r3", days("2031-03-01", "2031-03-31"))
    assert grouped(*reports) == [["r1/v1", "r2/v1", "r3/v1"]]


def test_what_was_still_to_come_is_not_what_was_over_by_then() -> None:
    """ "They agreed to speak again", said on the 9th, is not their call of the 4th."""
    over = report("r1", days("2031-03-04"), on="2031-03-04")
    coming = report("r2", None, on="2031-03-09", status="planned")
    assert grouped(over, coming) == [["r1/v1"], ["r2/v1"]]
    # It may be a later one, and what is told of as over without a day is no later one than its report.
    assert grouped(report("r1", days("2031-03-12")), coming) == [["r1/v1", "r2/v1"]]
    assert grouped(report("r1", days("2031-03-12")), report("r2", None, on="2031-03-09")) == [["r1/v1"], ["r2/v1"]]


def test_what_can_be_either_of_two_is_neither() -> None:
    first, second = report("r1", days("2031-03-06")), report("r2", days("2031-03-13"))
    assert grouped(first, second, report("r3", None)) == [["r1/v1"], ["r2/v1"], ["r3/v1"]]
    wide = report("r3", days("2031-03-01", "2031-03-31"))
    assert grouped(first, second, wide) == [["r1/v1"], ["r2/v1"], ["r3/v1"]]
    narrow = report("r3", days("2031-03-10", "2031-03-31"))
    assert grouped(first, second, narrow) == [["r1/v1"], ["r2/v1", "r3/v1"]]


def test_a_copy_tells_of_the_same_contact_unless_its_day_is_another() -> None:
    assert grouped(report("r1", None), report("r2", None), copies=COPY) == [["r1/v1", "r2/v1"]]
    assert grouped(report("r1", None), report("r2", days("2031-03-06")), copies=COPY) == [["r1/v1", "r2/v1"]]
    apart = report("r1", days("2031-03-06")), report("r2", days("2031-03-07"))
    assert grouped(*apart, copies=COPY) == [["r1/v1"], ["r2/v1"]]


def test_what_one_report_tells_apart_stays_apart() -> None:
    day = days("2031-03-06")
    assert grouped(report("r1", day, None), report("r2", day)) == [["r1/v1", "r2/v1"], ["r1/v2"]]
    assert grouped(report("r1", day, day), report("r2", None)) == [["r1/v1"], ["r1/v2"], ["r2/v1"]]


def test_other_parties_and_other_kinds_are_other_contacts() -> None:
    day = days("2031-03-06")
    first = report("r1", day)
    assert len(grouped(first, report("r2", day, recipients=("Ina Sorel",)))) == 2
    assert len(grouped(first, report("r2", day, contact="meeting"))) == 2
    assert len(grouped(first, report("r2", day, contact="message"))) == 2


def test_parties_are_the_same_in_either_order_and_with_accents() -> None:
    day = days("2031-03-06")
    turned = report("r2", day, actors=("Omár Teshk",), recipients=("Ilse Varrun",))
    assert grouped(report("r1", day), turned) == [["r1/v1", "r2/v1"]]


DAY = days("2031-03-06")


def loose(id: str = "r9", when: Interval | None = DAY, kind: str = "call", **fields: Any) -> Analysis:
    """A report that says no more of a contact than its kind and, if any, its day."""
    return report(id, when, **({"kind": kind, "contact": None, "actors": (), "recipients": ()} | fields))


def joined(*reports: Analysis) -> list[tuple[set[str], str]]:
    """The links to what is told of loosely."""
    links = link_contacts(reports, (), parties(*reports))
    return [({k.left, k.right}, k.relation) for k in links if "r9/v1" in (k.left, k.right)]


def test_a_contact_without_names_is_the_one_of_its_kind_and_day() -> None:
    same = [({"r1/v1", "r9/v1"}, "same")]
    assert joined(report("r1", DAY), loose()) == joined(loose(), report("r1", DAY)) == same
    assert joined(report("r1", DAY), loose(kind="telephone conversation")) == same
    assert joined(report("r1", DAY), loose(kind="first", actors=("the two ministers",))) == same
    # The other contacts of the affair are of another day, or another kind.
    later = report("r2", days("2031-03-07"), recipients=("Ina Sorel",))
    visited = report("r3", DAY, contact="visit", recipients=("Ina Sorel",))
    assert joined(report("r1", DAY), later, visited, loose()) == same


def test_two_contacts_of_one_day_leave_one_without_names_alone() -> None:
    assert joined(report("r1", DAY), report("r2", DAY, recipients=("Ina Sorel",)), loose()) == []


def test_a_contact_without_names_of_another_kind_or_day_is_left_alone() -> None:
    first = report("r1", DAY)
    assert joined(first, loose(kind="meeting")) == []
    assert joined(first, loose(when=days("2031-03-07"))) == []


def _without_names(word: str, *actors: str) -> Analysis:
    text = f"The drill {word}."
    bare = event("v1", text, word, text, kind=word, contact=None, when=DAY, actors=actors, recipients=())
    return analysis("r9", "Post", text, given("2031-03-06"), events=(bare,))


def test_what_nobody_did_and_words_of_many_senses_are_no_contact_told_without_names() -> None:
    visit = report("r1", DAY, contact="visit")
    assert joined(visit, _without_names("arrived")) == [({"r1/v1", "r9/v1"}, "same")]
    assert joined(visit, _without_names("arrived", "the second drill")) == []
    assert joined(visit, _without_names("returned")) == []
    assert joined(report("r1", DAY, contact="meeting"), _without_names("seen")) == []


def test_a_contact_whose_one_day_is_not_known_is_never_found_by_it() -> None:
    for when in (None, days("2031-03-05", "2031-03-07"), days("2031-03-06", "")):
        assert joined(report("r1", DAY), loose(when=when)) == []
        assert joined(report("r1", when), loose()) == []
        assert joined(report("r1", when), loose(when=when)) == []


def test_what_stands_in_the_report_of_the_contact_is_not_joined_by_day() -> None:
    call, bare = report("r1", DAY).events[0], event("v2", TEXT, "spoke", TEXT, kind="call", contact=None, when=DAY)
    both = analysis("r1", "Post", TEXT, given("2031-03-06"), events=(call, bare))
    assert [k for k in link_contacts([both], (), parties(both)) if k.relation == "same"] == []


def named(id: str, *events: Event, **roles: tuple[str, ...]) -> Analysis:
    """A report that lists its people, with their offices by their surnames."""
    people = {n for e in events for n in (*e.actors, *e.recipients) if " " in n and "inister" not in n}
    entities = tuple(
        Entity(f"e{n}", name, "person", roles.get(name.split()[-1], ()), ()) for n, name in enumerate(sorted(people), 1)
    )
    return analysis(id, "Post", TEXT, given("2031-03-06"), entities=entities, events=events)


def test_an_office_is_who_holds_it_by_another_report() -> None:
    call = report("r1", DAY).events[0]
    full = named("r1", call, Teshk=("Foreign Minister of Kesland",))
    office = named("r2", report("r2", DAY, recipients=("the foreign minister",)).events[0])
    other = named("r3", report("r3", DAY, recipients=("the finance minister",)).events[0])
    who = Parties([full, office, other], [["r1/e1"], ["r1/e2", "r2/e1", "r3/e1"]])
    nodes = ["r1/v1", "r2/v1", "r3/v1"]
    assert cluster(nodes, link_contacts([full, office, other], (), who)) == [["r1/v1", "r2/v1"], ["r3/v1"]]


def test_an_office_that_was_taken_for_a_name_is_who_holds_it() -> None:
    call = report("r1", DAY).events[0]
    full = named("r1", call, Teshk=("Minister of Trade",))
    told = report("r2", DAY, recipients=("Minister of Foreign Affairs",)).events[0]
    office = analysis(
        "r2",
        "Post",
        TEXT,
        given("2031-03-06"),
        entities=(Entity("e1", "Minister of Foreign Affairs", "person", (), ()),),
        events=(told,),
    )
    who = Parties([full, office], [["r1/e1"], ["r1/e2"], ["r2/e1"]])
    assert who.are_one("r1", "Omár Teshk", "r2", "Minister of Foreign Affairs") is False
    full = named("r1", call, Teshk=("Minister of Foreign Affairs",))
    who = Parties([full, office], [["r1/e1"], ["r1/e2"], ["r2/e1"]])
    assert who.are_one("r1", "Omár Teshk", "r2", "Minister of Foreign Affairs") is True
    assert who.are_one("r2", "Minister of Foreign Affairs", "r1", "Omár Teshk") is True


def test_somebody_else_named_is_no_party_of_the_contact() -> None:
    full = named("r1", report("r1", DAY).events[0])
    talk = loose("r9", kind="talks", actors=("Ina Sorel",)).events[0]
    other = named("r9", talk)
    who = Parties([full, other], [["r1/e1"], ["r1/e2"], ["r9/e1"]])
    assert [k for k in link_contacts([full, other], (), who) if k.relation == "same"] == []
