"""Small records of invented reports: two countries, two ministers, two calls a week apart; and a hostile one."""

from __future__ import annotations

from datetime import date
from typing import Any

from onrecord.record import (
    Absent,
    Analysis,
    Attribution,
    AttributionMember,
    Claim,
    Clue,
    Contact,
    Copy,
    Disagreement,
    Entity,
    EntityEntry,
    Event,
    EventEntry,
    EventMember,
    Expectation,
    Interval,
    Mention,
    Noise,
    Origin,
    Part,
    Place,
    Publication,
    Record,
    ReportEntry,
    Span,
    Speaker,
    SpeakerClass,
    Story,
    Timex,
)

POST = (
    "Grain road stays open, minister says\n"
    "Foreign Minister Ilse Varrun spoke by phone on Tuesday with her Kesland counterpart, Omar Teshk, the Norvian"
    " Foreign Ministry said. “The grain road,” Varrun told him, “stays open in every season.” Teshk asked for the"
    " release of the eleven sailors, the ministry added."
)
HERALD = (
    "Omar Teshk and Ilse Varrun discussed the grain road and the eleven sailors by telephone on Tuesday, a Kesland"
    " official told the Herald. Varrun promised that the grain road would stay open, the official said."
)
WIRE = "Norvia will close the grain road before summer, Radio Sarn reported, citing a Norvian official."
POST_AGAIN = (
    "Ilse Varrun denied that Norvia would close the grain road. She and Omar Teshk spoke again on Tuesday, a week"
    " after their first call, her ministry said."
)
QUAY = (
    "Omar Teshk threatened to recall his envoy if the grain road was closed. The grain road stays open for now."
    " Shots were heard near Port Ister."
)


def part(text: str, *phrases: str) -> Part:
    """The first place of each phrase in `text`."""
    return tuple(Span(text.index(phrase), text.index(phrase) + len(phrase)) for phrase in phrases)


def days(earliest: str | None, latest: str | None = None) -> Interval:
    """The interval of one ISO day, or of two; "" leaves a side open."""
    first, last = earliest, earliest if latest is None else latest
    return Interval(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)


def given(day: str) -> Publication:
    at = date.fromisoformat(day)
    return Publication(earliest=at, latest=at, edtf=day, given=True, basis=(Clue(None, "given with the report"),))


def attribution(id: str, text: str, *content: str, speaker: str | None, **fields: Any) -> Attribution:
    """An attribution of `content` to `speaker`, plain in all that `fields` does not say."""
    class_: SpeakerClass = fields.pop("class_", "named_person")
    plain: dict[str, Any] = {
        "cue": (),
        "source": (),
        "chain": (speaker,) if speaker else (),
        "within": None,
        "addressee": None,
        "channel": "unspecified",
        "quote": "indirect",
        "polarity": "affirmed",
        "modality": "asserted",
        "said": None,
        "confidence": 0.9,
    }
    who = Speaker(None, speaker, class_, fields.pop("count", None))
    return Attribution(id=id, content=part(text, *content), speaker=who, **plain | fields)


def event(id: str, text: str, trigger: str, evidence: str, **fields: Any) -> Event:
    plain: dict[str, Any] = {
        "type": "CONSULT",
        "kind": "phone call",
        "actors": ("Ilse Varrun",),
        "recipients": ("Omar Teshk",),
        "intermediaries": (),
        "place": None,
        "contact": "call",
        "when": None,
        "status": "happened",
        "within": None,
        "confidence": 0.8,
    }
    return Event(id=id, trigger=part(text, trigger), evidence=part(text, evidence), **plain | fields)


def analysis(id: str, outlet: str | None, text: str, published: Publication, **fields: Any) -> Analysis:
    nothing: dict[str, Any] = {
        "url": None,
        "author": None,
        "title": None,
        "language": "en",
        "noise": (),
        "entities": (),
        "timexes": (),
        "attributions": (),
        "events": (),
    }
    return Analysis(id=id, key=f"{id}-key", outlet=outlet, text=text, published=published, **nothing | fields)


MINISTRY = "the Norvian Foreign Ministry"
FIRST, SECOND = days("2031-03-04"), days("2031-03-11")

ANALYSES = (
    analysis(
        "r1",
        "Norvia Post",
        POST,
        given("2031-03-04"),
        title="Grain road stays open, minister says",
        noise=(Noise(Span(0, 36), "headline"),),
        entities=(
            Entity("e1", "Ilse Varrun", "person", ("Foreign Minister",), (Mention(part(POST, "Varrun")[0], "name"),)),
        ),
        timexes=(Timex(part(POST, "Tuesday")[0], "DATE", "2031-03-04", date(2031, 3, 4), date(2031, 3, 4)),),
        attributions=(
            attribution(
                "a1",
                POST,
                "“The grain road,”",
                "“stays open in every season.”",
                speaker="Ilse Varrun",
                chain=(MINISTRY, "Ilse Varrun"),
                addressee="Omar Teshk",
                channel="phone_call",
                quote="direct",
                said=FIRST,
                confidence=0.97,
            ),
            attribution(
                "a2",
                POST,
                "Teshk asked for the release of the eleven sailors",
                speaker=MINISTRY,
                class_="named_organisation",
                said=FIRST,
                confidence=0.7,
            ),
        ),
        events=(event("v1", POST, "spoke", "Ilse Varrun spoke by phone on Tuesday", when=FIRST),),
    ),
    analysis(
        "r2",
        "Kesland Herald",
        HERALD,
        given("2031-03-05"),
        attributions=(
            attribution(
                "a1",
                HERALD,
                "Varrun promised that the grain road would stay open",
                speaker="a Kesland official",
                class_="anonymous_official",
                count=1,
                modality="committed",
                said=FIRST,
            ),
        ),
        events=(event("v1", HERALD, "discussed", "discussed the grain road", when=FIRST),),
    ),
    analysis(
        "r3",
        "Harbour Wire",
        WIRE,
        given("2031-03-06"),
        attributions=(
            attribution(
                "a1",
                WIRE,
                "Norvia will close the grain road before summer",
                speaker="Radio Sarn",
                class_="outlet",
            ),
            attribution(
                "a2",
                WIRE,
                "Norvia will close the grain road before summer",
                speaker="a Norvian official",
                class_="anonymous_official",
                chain=("Radio Sarn", "a Norvian official"),
                within="a1",
                modality="predicted",
            ),
        ),
    ),
    analysis(
        "r4",
        "Norvia Post",
        POST_AGAIN,
        Publication(
            earliest=date(2031, 3, 11),
            latest=date(2031, 3, 12),
            edtf="2031-03-11/2031-03-12",
            basis=(Clue(part(POST_AGAIN, "a week after")[0], "“a week after their first call”, which was on 4 March"),),
        ),
        attributions=(
            attribution(
                "a1",
                POST_AGAIN,
                "that Norvia would close the grain road",
                speaker="Ilse Varrun",
                polarity="denied",
                said=days("2031-03-11", "2031-03-12"),
            ),
        ),
        events=(event("v1", POST_AGAIN, "spoke", "She and Omar Teshk spoke again on Tuesday", when=SECOND),),
    ),
    analysis(
        "r5",
        None,
        QUAY,
        Publication(),
        attributions=(
            attribution(
                "a1",
                QUAY,
                "to recall his envoy if the grain road was closed",
                speaker="Omar Teshk",
                modality="threatened",
            ),
            attribution("a2", QUAY, "The grain road stays open", speaker=None, class_="unspecified", confidence=0.4),
        ),
        events=(event("v1", QUAY, "Shots", "Shots were heard near Port Ister", type="ASSAULT", contact=None),),
    ),
)


def entry(report: Analysis) -> ReportEntry:
    return ReportEntry(
        id=report.id,
        key=report.key,
        keys=(report.key,),
        outlet=report.outlet,
        title=report.title,
        url=report.url,
        published=report.published,
        versions=(report.id,),
    )


def happened(id: str, *members: EventMember, **fields: Any) -> EventEntry:
    plain: dict[str, Any] = {
        "type": "CONSULT",
        "kind": "phone call",
        "actors": ("Ilse Varrun",),
        "recipients": ("Omar Teshk",),
        "intermediaries": (),
        "place": None,
        "when": None,
        "status": "happened",
        "origins": (),
        "independent": 0,
        "confidence": 0.96,
    }
    return EventEntry(id=id, members=members, **plain | fields)


def contact(of: EventEntry, *statements: AttributionMember, topics: tuple[str, ...] = ()) -> Contact:
    """The contact that the event is, between its actors and recipients."""
    shared = {name: getattr(of, name) for name in EventEntry.__struct_fields__ if name != "kind"}
    both = (*of.actors, *of.recipients)
    return Contact(kind="call", participants=both, topics=topics, statements=statements, **shared)


MINISTRY_ORIGIN = Origin(MINISTRY, "named_organisation", ("r1",))
OFFICIAL_ORIGIN = Origin("a Kesland official", "anonymous_official", ("r2",))
SARN_ORIGIN = Origin("a Norvian official", "anonymous_official", ("r3",))
VARRUN_ORIGIN = Origin("Ilse Varrun", "named_person", ("r4",))

CALL = happened(
    "c1",
    EventMember("r1", "v1"),
    EventMember("r2", "v1"),
    when=FIRST,
    origins=(MINISTRY_ORIGIN, OFFICIAL_ORIGIN),
    independent=2,
)
CALL_AGAIN = happened(
    "c2",
    EventMember("r4", "v1"),
    when=SECOND,
    origins=(Origin("her ministry", "named_organisation", ("r4",)),),
    independent=1,
    confidence=0.6,
)
SHOTS = happened(
    "s1",
    EventMember("r5", "v1"),
    type="ASSAULT",
    kind="gunfire",
    actors=(),
    recipients=(),
    place="Port Ister",
    confidence=0.5,
)

RECORD = Record(
    reports=tuple(entry(report) for report in ANALYSES),
    analyses=ANALYSES,
    copies=(Copy("r1", "r4", "rewrite", 0.2),),
    stories=(Story(id="t1", title="The grain road", reports=("r1", "r2"), earliest=date(2031, 3, 4), latest=None),),
    entities=(
        EntityEntry(
            id="p1",
            name="Ilse Varrun",
            type="person",
            aliases=("Varrun",),
            roles=("Foreign Minister of Norvia",),
            mentions=(Place("r1", part(POST, "Ilse Varrun")[0]),),
        ),
        EntityEntry(
            id="p2",
            name="Omar Teshk",
            type="person",
            aliases=("Teshk",),
            roles=("Foreign Minister of Kesland", "envoy to the sailors' talks"),
            mentions=(Place("r1", part(POST, "Omar Teshk")[0]),),
        ),
    ),
    events=(SHOTS, CALL_AGAIN, CALL),
    contacts=(
        contact(CALL_AGAIN),
        contact(
            CALL,
            AttributionMember("r1", "a1"),
            AttributionMember("r1", "a2"),
            AttributionMember("r2", "a1"),
            topics=("the grain road", "the eleven sailors"),
        ),
    ),
    claims=(
        Claim(
            id="m2",
            text="Norvia will close the grain road before summer",
            author="a Norvian official",
            members=(AttributionMember("r3", "a2"),),
            origins=(SARN_ORIGIN,),
            independent=1,
            untraced=(),
            confidence=1.0,
        ),
        Claim(
            id="m1",
            text="“The grain road,” … “stays open in every season.”",
            author="Ilse Varrun",
            members=(AttributionMember("r1", "a1"), AttributionMember("r2", "a1"), AttributionMember("r5", "a2")),
            origins=(MINISTRY_ORIGIN, OFFICIAL_ORIGIN),
            independent=2,
            untraced=("r5",),
            confidence=0.93,
        ),
    ),
    expectations=(
        Expectation(
            id="x1",
            kind="threat",
            member=AttributionMember("r5", "a1"),
            event=None,
            window=None,
            outcome="unknown",
        ),
        Expectation(
            id="x2",
            kind="pledge",
            member=AttributionMember("r2", "a1"),
            event="c2",
            window=days("2031-03-05", ""),
            outcome="happened",
        ),
    ),
    absent=(
        Absent(name="the Tidewater Review", class_="outlet", when=None, cited_by=("r2",)),
        Absent(name="Radio Sarn", class_="outlet", when=days("2031-03-05", "2031-03-06"), cited_by=("r3", "r4")),
    ),
    disagreements=(
        Disagreement(
            id="d1",
            kind="denial",
            a=Place("r3", part(WIRE, "Norvia will close the grain road before summer")[0]),
            b=Place("r4", part(POST_AGAIN, "Ilse Varrun denied that Norvia would close the grain road")[0]),
            why="Ilse Varrun denies what a Norvian official is cited with",
        ),
        Disagreement(
            id="d2",
            kind="omission",
            a=Place("r1", part(POST, "Teshk asked for the release of the eleven sailors")[0]),
            b=None,
            why="the Kesland Herald's account of the call does not hold it",
        ),
    ),
)

# Markup, terminal escapes, a right-to-left override, pipes, a formula and a NUL, where a name or a quotation stands.
HOSTILE_TEXT = '=HYPERLINK("x") said [red]stop[/red] | `rm` \x1b[31mred\x1b[0m \u202eevil\u2069 \x00 <b>bold</b>\nend.'
HOSTILE = Record(
    reports=(entry(analysis("h1", "[bold]Out|let[/bold]\x07", HOSTILE_TEXT, Publication())),),
    analyses=(
        analysis(
            "h1",
            "[bold]Out|let[/bold]\x07",
            HOSTILE_TEXT,
            Publication(),
            attributions=(
                attribution("a1", HOSTILE_TEXT, HOSTILE_TEXT, speaker="=cmd|'/c calc'!A0", class_="named_person"),
            ),
        ),
    ),
)
