from __future__ import annotations

import csv
import io
from typing import Any, get_args

import pytest

from onrecord.export import FORMATS, choose_writer
from onrecord.record import (
    Contact,
    ContactKind,
    EntityEntry,
    EntityType,
    EventMember,
    EventType,
    Origin,
    Place,
    Record,
    Span,
)
from tests.records import HOSTILE, RECORD, analysis, days, entry, event, given, happened

TEXT = "Ilse Varrun and\nOmar Teshk spoke by phone.\r\nThe call was short."
OTHER = "They met in Port Ister.\tIt rained."
ANALYSES = (
    analysis(
        "r1",
        "Norvia Post",
        TEXT,
        given("2031-03-04"),
        events=(event("v1", TEXT, "spoke", TEXT), event("v2", TEXT, "call", "The call")),
    ),
    analysis("r2", "Kesland Herald", OTHER, given("2031-03-05"), events=(event("v1", OTHER, "met", OTHER),)),
)
FIRST, SECOND = EventMember("r1", "v1"), EventMember("r2", "v1")


def entity(name: str, *roles: str, type: EntityType = "person", in_report: str = "r1", **fields: Any) -> EntityEntry:
    plain: dict[str, Any] = {"id": f"{name} {in_report} {type}", "aliases": ()}
    return EntityEntry(name=name, type=type, roles=roles, mentions=(Place(in_report, Span(0, 1)),), **plain | fields)


def record(*events: Any, entities: tuple[EntityEntry, ...] = (), contacts: tuple[Contact, ...] = ()) -> Record:
    return Record(
        reports=tuple(map(entry, ANALYSES)), analyses=ANALYSES, events=events, entities=entities, contacts=contacts
    )


def rows(of: Record) -> list[dict[str, str]]:
    out = io.BytesIO()
    choose_writer("plover")(of, out)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8"), newline="")))


def row(*entities: EntityEntry, contacts: tuple[Contact, ...] = (), **fields: Any) -> dict[str, str]:
    """The row of one event of the report r1."""
    (only,) = rows(record(happened("x1", FIRST, **fields), entities=entities, contacts=contacts))
    return only


def contact_of(kind: ContactKind) -> Contact:
    call = happened("x1", FIRST)
    shared = {name: getattr(call, name) for name in call.__struct_fields__ if name != "kind"}
    return Contact(kind=kind, participants=(), topics=(), statements=(), **shared)


def test_an_event_is_one_row_that_says_all_of_it() -> None:
    call = happened(
        "x1",
        FIRST,
        SECOND,
        EventMember("r1", "v2"),
        actors=("Ilse Varrun", "Jon Holm"),
        intermediaries=("Ada Sund",),
        place="Port Ister, Norway",
        when=days("2031-03-04"),
        origins=(Origin("the ministry", "named_organisation", ("r1",)), Origin("an aide", "anonymous_other", ("r2",))),
        independent=2,
    )
    people = (
        entity("Ilse Varrun", "Norwegian Foreign Minister"),
        entity("Jon Holm", "adviser to Kenya's president"),
        entity("Omar Teshk", "Foreign Minister of Chile"),
    )
    (found,) = rows(record(call, entities=people))
    assert list(found.items()) == [
        ("event_id", "x1"),
        ("event_date", "2031-03-04"),
        ("event_date_earliest", "2031-03-04"),
        ("event_date_latest", "2031-03-04"),
        ("event_type", "CONSULT"),
        ("event_mode", "phone"),
        ("context", ""),
        ("cameo", "04"),
        ("kind", "phone call"),
        ("status", "happened"),
        ("actor", "Ilse Varrun; Jon Holm"),
        ("actor_country", "NOR"),
        ("recipient", "Omar Teshk"),
        ("recipient_country", "CHL"),
        ("intermediary", "Ada Sund"),
        ("place", "Port Ister, Norway"),
        ("place_country", "NOR"),
        ("reports", "2"),
        ("report_ids", "r1; r2"),
        ("origins", "the ministry; an aide"),
        ("independent", "2"),
        ("sentence", "Ilse Varrun and Omar Teshk spoke by phone. The call was short."),
        ("confidence", "0.96"),
    ]


def test_rows_stand_by_date_and_then_by_id() -> None:
    dates = {"b": "2031-03-04", "a": "2031-03-04", "e": None, "d": None, "c": "2030-01-01"}
    events = [happened(id, FIRST, when=days(day) if day else None) for id, day in dates.items()]
    before = happened("f", FIRST, when=days("", "2030-06-01"))
    assert [r["event_id"] for r in rows(record(*events, before))] == ["c", "f", "a", "b", "d", "e"]


@pytest.mark.parametrize(
    ("when", "cells"),
    [
        (None, ("", "", "")),
        (days("2031-03-04"), ("2031-03-04", "2031-03-04", "2031-03-04")),
        (days("2031-03-04", "2031-03-06"), ("", "2031-03-04", "2031-03-06")),
        (days("2031-03-04", ""), ("", "2031-03-04", "")),
        (days("", "2031-03-06"), ("", "", "2031-03-06")),
        (days("", ""), ("", "", "")),
    ],
)
def test_a_day_is_given_only_where_it_is_the_only_one(when: Any, cells: tuple[str, ...]) -> None:
    found = row(when=when)
    assert (found["event_date"], found["event_date_earliest"], found["event_date_latest"]) == cells


def test_what_no_type_fits_is_left_out() -> None:
    assert [r["event_id"] for r in rows(record(happened("x1", FIRST, type=None), happened("x2", SECOND)))] == ["x2"]


def test_a_record_without_events_has_the_names_of_the_columns() -> None:
    for empty in (Record(), HOSTILE):
        out = io.BytesIO()
        FORMATS["plover"](empty, out)
        assert out.getvalue().startswith(b"event_id,event_date,")
        assert out.getvalue().endswith(b",sentence,confidence\r\n")
        assert out.getvalue().count(b"\n") == 1


@pytest.mark.parametrize(
    ("contact", "kind", "type", "mode"),
    [
        ("call", "talks", "CONSULT", "phone"),
        ("visit", "trip", "CONSULT", "visit"),
        ("meeting", "summit", "CONSULT", "meeting"),
        ("virtual_meeting", "talks", "CONSULT", "virtual"),
        ("message", "phone call", "CONSULT", ""),
        (None, "phone call", "CONSULT", "phone"),
        (None, "Visit", "CONSULT", "visit"),
        (None, "virtual meeting", "CONSULT", "virtual"),
        (None, "mediation", "CONSULT", ""),
        (None, "call for", "CONSULT", ""),
        (None, "visit", "REJECT", ""),
    ],
)
def test_mode_is_how_they_consulted(contact: ContactKind | None, kind: str, type: str, mode: str) -> None:
    found = row(contacts=(contact_of(contact),) if contact else (), kind=kind, type=type)
    assert (found["event_mode"], found["kind"], found["event_type"]) == (mode, kind, type)


@pytest.mark.parametrize(
    ("type", "codes"),
    [("CONSULT", "04"), ("CONCEDE", "08"), ("RETREAT", "08"), ("ACCUSE", "09; 11"), ("ASSAULT", "18; 19; 20")],
)
def test_cameo_is_the_roots_that_go_into_the_type(type: str, codes: str) -> None:
    assert row(type=type)["cameo"] == codes


@pytest.mark.parametrize(
    ("status", "context"),
    [("happened", ""), ("planned", "future"), ("conditional", "hypothetical"), ("not_yet", "negation")],
)
def test_context_is_whether_it_was(status: str, context: str) -> None:
    assert row(status=status)["context"] == context


def test_every_type_has_a_root_of_cameo() -> None:
    assert all(row(type=type)["cameo"] for type in get_args(EventType))


@pytest.mark.parametrize(
    ("role", "country"),
    [
        ("Norwegian Foreign Minister", "NOR"),
        ("US Secretary of Defense", "USA"),
        ("Minister for Foreign Affairs of Chile", "CHL"),
        ("spokesman for the Kenyan army", "KEN"),
        ("Kenya's ambassador to the Kingdom of Norway", "KEN"),
        ("ambassador to Kenya", ""),
        ("UN envoy for Chile", ""),
        ("Kenya expert", ""),
        ("Norran Foreign Minister", ""),
    ],
)
def test_country_of_a_person_is_that_of_the_role(role: str, country: str) -> None:
    assert row(entity("Ilse Varrun", role))["actor_country"] == country
    assert row(entity("Ilse Varrun, minister", role, aliases=("Ilse Varrun",)))["actor_country"] == country


@pytest.mark.parametrize(
    ("name", "type", "country"),
    [
        ("Chad Weller", "person", ""),
        ("Norway", "person", ""),
        ("Chad Weller", None, ""),
        ("Jordan de Weller", None, ""),
        ("Kenya", None, "KEN"),
        ("Norwegian officials", None, "NOR"),
        ("the Chilean Navy", None, "CHL"),
        ("Kenya", "place", "KEN"),
        # The kind may be read wrongly.
        ("Chad Weller", "place", ""),
        ("Kenya Red Cross", "organisation", "KEN"),
        ("Norway-backed rebels", "group", ""),
        ("Varrun Group", "organisation", ""),
    ],
)
def test_country_is_in_a_name_that_is_no_persons(name: str, type: EntityType | None, country: str) -> None:
    entities = (entity(name, type=type),) if type else ()
    assert row(*entities, actors=(name,), recipients=(name,))["actor_country"] == country
    assert row(*entities, actors=(), recipients=(name,))["recipient_country"] == country


def test_countries_stand_once_in_the_order_of_the_names() -> None:
    found = row(actors=("Norway", "Kenya", "Norwegian officials"), recipients=())
    assert (found["actor_country"], found["recipient_country"]) == ("NOR; KEN", "")


def test_of_two_of_one_name_the_one_in_the_reports_counts() -> None:
    here, there = entity("Ilse Varrun", "Kenyan judge"), entity("Ilse Varrun", "Chilean judge", in_report="r2")
    assert row(here, there)["actor_country"] == "KEN"
    also_here = entity("Ilse Varrun", "Chilean judge", id="other")
    assert row(here, also_here)["actor_country"] == ""
    silent = entity("Ilse Varrun", type="place")
    assert row(here, silent)["actor_country"] == "KEN"


@pytest.mark.parametrize(
    ("place", "country"),
    [
        (None, ""),
        ("Kenya", "KEN"),
        ("southern Chile", "CHL"),
        ("Port Ister, Norway", "NOR"),
        ("Paris, Texas", ""),
        ("the Norwegian embassy", ""),
        ("Port Ister", ""),
    ],
)
def test_country_of_a_place_is_named_by_it(place: str | None, country: str) -> None:
    found = row(place=place)
    assert (found["place"], found["place_country"]) == (place or "", country)


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_a_spreadsheet_runs_nothing(formula: str) -> None:
    found = row(actors=(formula, "=2"), place=formula, kind=formula)
    assert (found["actor"], found["place"], found["kind"]) == (f"'{formula}; =2", f"'{formula}", f"'{formula}")


def test_sentence_is_of_the_first_member_and_on_one_line() -> None:
    found = rows(record(happened("x1", SECOND, FIRST)))[0]
    assert found["sentence"] == OTHER
    split = ("A\nB",)
    names = row(actors=split, recipients=split, intermediaries=split)
    assert [names[n] for n in ("actor", "recipient", "intermediary")] == ["A B"] * 3


def test_order_of_the_record_changes_nothing() -> None:
    turned = Record(**{n: getattr(RECORD, n)[::-1] for n in ("reports", "analyses", "events", "contacts", "entities")})
    assert [r["event_id"] for r in rows(RECORD)] == ["c1", "c2", "s1"]
    assert rows(turned) == rows(RECORD)
