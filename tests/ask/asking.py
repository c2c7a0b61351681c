"""A small record that is asked, of the reports beside it; and a way to put one's own into a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from onrecord import pipeline
from onrecord.corroborate import join_affairs
from onrecord.record import (
    AttributionMember,
    Claim,
    Copy,
    Disagreement,
    EntityEntry,
    EntityType,
    EventMember,
    Expectation,
    Origin,
    Place,
    Record,
    Report,
    Story,
)
from onrecord.store import Store
from onrecord.views.refs import refer, refer_statement
from tests.ask.reports import ANALYSES, BY_ID, BY_KEY, CALL_DAY, IDS, MINISTRY, OFFICIAL
from tests.records import contact, days, entry, happened, part

MAKER = "test"


def member(key: str, attribution: str) -> AttributionMember:
    return AttributionMember(IDS[key], attribution)


def happening(key: str, event: str) -> EventMember:
    return EventMember(IDS[key], event)


def person(id: str, type: EntityType, *names: str, aliases: tuple[str, ...] = ()) -> EntityEntry:
    """The entry of all entities of the reports that go by one of `names`."""
    held = [(a, e) for a in ANALYSES for e in a.entities if e.name in names]
    roles = dict.fromkeys(role for _, e in held for role in e.roles)
    return EntityEntry(
        id=id,
        name=names[0],
        type=type,
        aliases=(*names[1:], *aliases),
        roles=tuple(roles),
        mentions=tuple(Place(a.id, m.span) for a, e in held for m in e.mentions),
    )


def place(key: str, *words: str) -> Place:
    return Place(IDS[key], part(BY_KEY[key].text, *words)[0])


REOPENS, MISSING, PHONED, MEETING, SHUT = "c-a000000001", "c-a000000002", "c-b000000003", "c-b000000004", "c-c000000005"
CALL, MEET, REOPENING, SHELLING = "v-1c00000001", "v-1c00000002", "v-1e00000003", "v-2e00000004"
AVILA_ID, MARTA_ID, PELL_ID, KORIL_ID, HASK_ID = (
    "e-aa00000001",
    "e-bb00000002",
    "e-bc00000003",
    "e-cc00000004",
    "e-dd00000005",
)
DENIED, LEFT_OUT = "d-de00000001", "d-0e00000002"
PLEDGE, PLAN = "x-9e00000001", "x-9a00000002"
MINE, VISIT = "s-50000000aa", "s-50000000bb"

CALLED = happened(
    CALL,
    happening("gaz-1", "v1"),
    happening("gaz-2", "v1"),
    happening("dis-1", "v1"),
    actors=("José Ávila",),
    recipients=("Marta Brenn",),
    when=CALL_DAY,
    origins=(
        Origin(MINISTRY, "named_organisation", (IDS["gaz-1"], IDS["gaz-2"])),
        Origin(OFFICIAL, "anonymous_official", (IDS["dis-1"],)),
    ),
    independent=2,
)
GATHERED = happened(
    MEET,
    happening("gaz-3", "v1"),
    kind="meeting",
    actors=("Marta Brenn",),
    recipients=("Pell Brenn",),
    place="Port Hask",
    when=days("2031-05-05", "2031-05-11"),
    origins=(Origin("an aide", "anonymous_other", (IDS["gaz-3"],)),),
    independent=1,
    confidence=1.0,
)
REOPENED = happened(
    REOPENING,
    happening("gaz-1", "v2"),
    type=None,
    kind="reopening",
    actors=(),
    recipients=(),
    place="Koril",
    status="planned",
    confidence=1.0,
)
SHELLED = happened(
    SHELLING,
    happening("ost-1", "v1"),
    type="ASSAULT",
    kind="shelling",
    actors=("Soldiers",),
    recipients=(),
    place="Port Hask",
    when=days("2031-04-28", "2031-05-01"),
    confidence=1.0,
)


def claim(id: str, *members: AttributionMember, origins: Sequence[Origin], **fields: Any) -> Claim:
    first = next(a for a in BY_ID[members[0].report].attributions if a.id == members[0].attribution)
    text = BY_ID[members[0].report].text
    plain: dict[str, Any] = {"author": first.speaker.name or "", "untraced": (), "confidence": 0.9}
    words = " … ".join(text[s.start : s.end] for s in first.content)
    return Claim(id=id, text=words, members=members, origins=tuple(origins), independent=len(origins), **plain | fields)


RECORD = join_affairs(
    (
        Record(
            reports=tuple(
                replace(entry(a), versions=(IDS["gaz-1"], IDS["gaz-2"]), author=a.author)
                if a.url
                else replace(entry(a), versions=(), author=a.author)
                for a in ANALYSES
            ),
            analyses=ANALYSES,
            copies=(Copy(IDS["gaz-1"], IDS["gaz-2"], "rewrite", 0.8),),
            stories=(
                Story(
                    id=MINE,
                    title="The salt mine at Koril",
                    reports=tuple(IDS[k] for k in ("gaz-1", "gaz-2", "dis-1", "mol-1", "bot-1", "ost-1")),
                    earliest=date(2031, 5, 3),
                    latest=date(2031, 5, 10),
                ),
                Story(
                    id=VISIT,
                    title="A meeting at Port Hask",
                    reports=(IDS["gaz-3"],),
                    earliest=date(2031, 5, 12),
                    latest=date(2031, 5, 12),
                ),
            ),
            entities=(
                person(AVILA_ID, "person", "José Ávila", "Ávila"),
                person(MARTA_ID, "person", "Marta Brenn"),
                person(PELL_ID, "person", "Pell Brenn"),
                person(KORIL_ID, "place", "Koril"),
                person(HASK_ID, "place", "Port Hask"),
            ),
            events=(CALLED, GATHERED, REOPENED, SHELLED),
            contacts=(
                contact(CALLED, member("gaz-1", "a3"), topics=("the salt mine",)),
                replace(contact(GATHERED), kind="meeting"),
            ),
            claims=(
                claim(
                    REOPENS,
                    member("gaz-1", "a1"),
                    member("gaz-2", "a1"),
                    origins=(Origin("José Ávila", "named_person", (IDS["gaz-1"], IDS["gaz-2"])),),
                ),
                claim(
                    MISSING,
                    member("dis-1", "a3"),
                    member("mol-1", "a1"),
                    member("ost-1", "a1"),
                    origins=(
                        Origin(OFFICIAL, "anonymous_official", (IDS["dis-1"],)),
                        Origin("Pell Brenn", "named_person", (IDS["ost-1"],)),
                    ),
                    untraced=(IDS["mol-1"],),
                ),
                claim(
                    PHONED,
                    member("gaz-1", "a2"),
                    member("gaz-2", "a2"),
                    origins=(Origin(MINISTRY, "named_organisation", (IDS["gaz-1"], IDS["gaz-2"])),),
                ),
                claim(
                    MEETING,
                    member("gaz-3", "a2"),
                    origins=(Origin("an aide", "anonymous_other", (IDS["gaz-3"],)),),
                    confidence=1.0,
                ),
                claim(
                    SHUT,
                    member("bot-1", "a1"),
                    origins=(Origin("Marta Brenn", "named_person", (IDS["bot-1"],)),),
                    confidence=1.0,
                ),
            ),
            expectations=(
                Expectation(
                    id=PLEDGE,
                    kind="pledge",
                    member=member("gaz-1", "a3"),
                    event=None,
                    window=None,
                    outcome="unknown",
                ),
                Expectation(
                    id=PLAN,
                    kind="plan",
                    member=member("gaz-2", "a1"),
                    event=REOPENING,
                    window=days("2031-06-01", "2031-06-30"),
                    outcome="unknown",
                ),
            ),
            disagreements=(
                Disagreement(
                    id=DENIED,
                    kind="denial",
                    a=place("gaz-1", "that the salt mine at Koril would reopen"),
                    b=place("dis-1", "that the salt mine at Koril would reopen"),
                    why="Marta Brenn denies what José Ávila says",
                ),
                Disagreement(
                    id=LEFT_OUT,
                    kind="omission",
                    a=place("gaz-1", "“No miner,”"),
                    b=None,
                    why="the account of the Quenland Dispatch does not hold it",
                ),
            ),
        ),
    ),
    {},
)


def put(path: Path, record: Record, maker: str = MAKER, linker: str | None = None) -> Path:
    """The file of a record that was put together by hand, as this program would have left it."""
    reports = [
        Report(
            id=a.id,
            key=a.key,
            url=a.url,
            outlet=a.outlet,
            author=a.author,
            title=a.title,
            language=a.language,
            published=a.published.edtf if a.published.given else None,
            text=a.text,
        )
        for a in record.analyses
    ]
    linker = linker or pipeline.linker()
    with Store.create_or_open(path) as store:
        store.stage(reports)
        store.plan(maker, linker)
        store.keep(record.analyses, maker)
        with store.completing(maker, linker, store.affairs().all()) as completion:
            for a in record.analyses:
                span = a.published.earliest, a.published.latest
                completion.mark(a.id, a.outlet, a.published.given, span, (), b"")
            completion.put(record, {a.id: a for a in record.analyses}, {})
    return path


def ref(key: str, attribution: str) -> str:
    """The short id of a statement of that record."""
    return refer_statement(IDS[key], attribution)


def report_ref(key: str) -> str:
    """The short id of a report of that record."""
    return refer("report", IDS[key])


def spelled(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """What must be shown of the words at `spans`."""
    return " … ".join(text[start:end] for start, end in spans)
