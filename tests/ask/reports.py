"""The reports of a small record that is asked: six outlets of two invented countries on a salt mine.

In canonical order, each by its key:

    gaz-1  3 May, Tarvel Gazette    Ávila: the mine would reopen; told Marta Brenn so on the phone on 2 May
    gaz-2  4 May, the same address  a later version of it
    dis-1  5 May, Quenland Dispatch Marta Brenn denies it; an official tells of the call, and of 40 missing miners
    mol-1  6 May, Ida Moll          40 miners missing, from nobody
    bot-1  10 May, Der Bote         German: the mine stays shut
    gaz-3  12 May, Tarvel Gazette   two people of the surname Brenn met between 5 and 11 May, by an aide of Radio Sill
    ost-1  no day, Radio Ostry      Pell Brenn: 40 miners missing; Port Hask shelled between 28 April and 1 May
"""

from __future__ import annotations

import re
from typing import Any

from msgspec.structs import replace

from onrecord.ingest.report import report_id
from onrecord.record import Analysis, Entity, EntityType, Mention, Publication, Span
from tests.records import analysis, attribution, days, event, given, part

ADDRESS = "https://gazette.example/salt"
FIRST = (
    "Salt mine to reopen, minister says\n"
    "José Ávila said on Friday that the salt mine at Koril would reopen. He telephoned Marta Brenn on Friday, the"
    " Tarvel foreign ministry said. “No miner,” Ávila told her, “will lose a day's pay.”"
)
LATER = (
    "Salt mine to reopen in June, minister says\n"
    "José Ávila said on Friday that the salt mine at Koril would reopen in June. He telephoned Marta Brenn on Friday,"
    " the Tarvel foreign ministry said."
)
DENIAL = (
    "Marta Brenn denied that the salt mine at Koril would reopen. Ávila and Brenn spoke by telephone, a Quenland"
    " official told the Dispatch. The official said that 40 miners were missing."
)
BARE = "Koril counts its dead. 40 miners are missing at Koril."
GERMAN = "Die Mine bleibt zu, sagte Marta Brenn am Samstag."
MET = (
    "Marta Brenn and Pell Brenn met in Port Hask last week, Radio Sill reported, citing an aide. Marta Brenn said that"
    " nobody would be paid."
)
UNDATED = (
    "Pell Brenn, the mayor of Koril, said that 40 miners were missing. Soldiers shelled Port Hask between Monday and"
    " Thursday."
)
MINISTRY, OFFICIAL = "the Tarvel foreign ministry", "a Quenland official"
CALL_DAY = days("2031-05-02")


def report(key: str, text: str, published: Publication, outlet: str | None, **fields: Any) -> Analysis:
    """The analysis of a report under the id that its outlet, address and text give it."""
    id = report_id(outlet, fields.get("url"), text)
    return replace(analysis(id, outlet, text, published, **fields), key=key)


def name(id: str, text: str, type: EntityType, *forms: str, roles: tuple[str, ...] = ()) -> Entity:
    """An entity of `text` that is mentioned wherever one of `forms` stands, the longest first."""
    found: list[Span] = []
    for form in sorted(forms, key=len, reverse=True):
        for at in re.finditer(re.escape(form), text):
            if not any(span.start < at.end() and at.start() < span.end for span in found):
                found.append(Span(*at.span()))
    return Entity(id, forms[0], type, roles, tuple(Mention(span, "name") for span in sorted(found)))


AVILA, MARTA, PELL = ("José Ávila", "Ávila"), ("Marta Brenn", "Brenn"), ("Pell Brenn",)

GAZ_1 = report(
    "gaz-1",
    FIRST,
    given("2031-05-03"),
    "Tarvel Gazette",
    url=ADDRESS,
    title="Salt mine to reopen, minister says",
    entities=(
        name("e1", FIRST, "person", *AVILA, roles=("Foreign Minister",)),
        name("e2", FIRST, "person", "Marta Brenn"),
        name("e3", FIRST, "place", "Koril"),
    ),
    attributions=(
        attribution(
            "a1",
            FIRST,
            "that the salt mine at Koril would reopen",
            speaker="José Ávila",
            cue=part(FIRST, "said"),
            source=part(FIRST, "José Ávila"),
            said=CALL_DAY,
            confidence=0.95,
        ),
        attribution(
            "a2",
            FIRST,
            "He telephoned Marta Brenn on Friday",
            speaker=MINISTRY,
            class_="named_organisation",
            confidence=0.6,
        ),
        attribution(
            "a3",
            FIRST,
            "“No miner,”",
            "“will lose a day's pay.”",
            speaker="José Ávila",
            chain=(MINISTRY, "José Ávila"),
            addressee="Marta Brenn",
            channel="phone_call",
            quote="direct",
            modality="committed",
            said=CALL_DAY,
            confidence=0.85,
        ),
    ),
    events=(
        event(
            "v1",
            FIRST,
            "telephoned",
            "He telephoned Marta Brenn on Friday",
            actors=("José Ávila",),
            recipients=("Marta Brenn",),
            when=CALL_DAY,
        ),
        event(
            "v2",
            FIRST,
            "would reopen",
            "the salt mine at Koril would reopen",
            type=None,
            kind="reopening",
            actors=(),
            recipients=(),
            place="Koril",
            contact=None,
            status="planned",
        ),
    ),
)
GAZ_2 = report(
    "gaz-2",
    LATER,
    given("2031-05-04"),
    "Tarvel Gazette",
    url=ADDRESS,
    title="Salt mine to reopen in June, minister says",
    entities=(name("e1", LATER, "person", "José Ávila"), name("e2", LATER, "person", "Marta Brenn")),
    attributions=(
        attribution(
            "a1",
            LATER,
            "that the salt mine at Koril would reopen in June",
            speaker="José Ávila",
            said=CALL_DAY,
            modality="intended",
        ),
        attribution(
            "a2",
            LATER,
            "He telephoned Marta Brenn on Friday",
            speaker=MINISTRY,
            class_="named_organisation",
        ),
    ),
    events=(
        event(
            "v1",
            LATER,
            "telephoned",
            "He telephoned Marta Brenn on Friday",
            actors=("José Ávila",),
            recipients=("Marta Brenn",),
            when=CALL_DAY,
        ),
    ),
)
DIS_1 = report(
    "dis-1",
    DENIAL,
    given("2031-05-05"),
    "Quenland Dispatch",
    entities=(name("e1", DENIAL, "person", *MARTA), name("e2", DENIAL, "person", "Ávila")),
    attributions=(
        attribution("a1", DENIAL, "that the salt mine at Koril would reopen", speaker="Marta Brenn", polarity="denied"),
        attribution(
            "a2",
            DENIAL,
            "Ávila and Brenn spoke by telephone",
            speaker=OFFICIAL,
            class_="anonymous_official",
            count=1,
        ),
        attribution(
            "a3", DENIAL, "that 40 miners were missing", speaker=OFFICIAL, class_="anonymous_official", count=1
        ),
    ),
    events=(
        event(
            "v1",
            DENIAL,
            "spoke",
            "Ávila and Brenn spoke by telephone",
            actors=("José Ávila",),
            recipients=("Marta Brenn",),
        ),
    ),
)
MOL_1 = report(
    "mol-1",
    BARE,
    given("2031-05-06"),
    None,
    author="Ida Moll",
    attributions=(attribution("a1", BARE, "40 miners are missing at Koril", speaker=None, class_="unspecified"),),
)
BOT_1 = report(
    "bot-1",
    GERMAN,
    given("2031-05-10"),
    "Der Bote",
    language="de",
    entities=(name("e1", GERMAN, "person", "Marta Brenn"),),
    attributions=(
        attribution("a1", GERMAN, "Die Mine bleibt zu", speaker="Marta Brenn", said=days("2031-05-10"), confidence=0.3),
    ),
)
GAZ_3 = report(
    "gaz-3",
    MET,
    given("2031-05-12"),
    "Tarvel Gazette",
    entities=(
        name("e1", MET, "person", "Marta Brenn"),
        name("e2", MET, "person", "Pell Brenn"),
        name("e3", MET, "place", "Port Hask"),
        name("e4", MET, "outlet", "Radio Sill"),
    ),
    attributions=(
        attribution(
            "a1",
            MET,
            "Marta Brenn and Pell Brenn met in Port Hask last week",
            speaker="Radio Sill",
            class_="outlet",
        ),
        attribution(
            "a2",
            MET,
            "Marta Brenn and Pell Brenn met in Port Hask last week",
            speaker="an aide",
            class_="anonymous_other",
            chain=("Radio Sill", "an aide"),
            within="a1",
        ),
        attribution("a3", MET, "that nobody would be paid", speaker="Marta Brenn"),
    ),
    events=(
        event(
            "v1",
            MET,
            "met",
            "Marta Brenn and Pell Brenn met in Port Hask",
            kind="meeting",
            contact="meeting",
            actors=("Marta Brenn",),
            recipients=("Pell Brenn",),
            place="Port Hask",
            when=days("2031-05-05", "2031-05-11"),
            confidence=0.7,
        ),
    ),
)
OST_1 = report(
    "ost-1",
    UNDATED,
    Publication(),
    "Radio Ostry",
    entities=(
        name("e1", UNDATED, "person", "Pell Brenn", "Brenn", roles=("mayor of Koril",)),
        name("e2", UNDATED, "place", "Port Hask"),
    ),
    attributions=(attribution("a1", UNDATED, "that 40 miners were missing", speaker="Pell Brenn"),),
    events=(
        event(
            "v1",
            UNDATED,
            "shelled",
            "Soldiers shelled Port Hask between Monday and Thursday",
            type="ASSAULT",
            kind="shelling",
            actors=("Soldiers",),
            recipients=(),
            place="Port Hask",
            contact=None,
            when=days("2031-04-28", "2031-05-01"),
        ),
    ),
)


def speaking(of: Analysis) -> Analysis:
    """The report, each of its speakers tied to the entity of that name."""
    by_name = {e.name: e.id for e in of.entities}
    tied = (replace(a, speaker=replace(a.speaker, entity=by_name.get(a.speaker.name or ""))) for a in of.attributions)
    return replace(of, attributions=tuple(tied))


ANALYSES = tuple(map(speaking, (GAZ_1, GAZ_2, DIS_1, MOL_1, BOT_1, GAZ_3, OST_1)))
IDS = {a.key: a.id for a in ANALYSES}
BY_KEY = {a.key: a for a in ANALYSES}
BY_ID = {a.id: a for a in ANALYSES}
