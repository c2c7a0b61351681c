"""The nouns: what is read in a report, and what the reports together put on record.

Each is written as JSON in the very shape in which it stands here (a `Span` as `[start, end]`), so this file is also
what `onrecord schema` prints. Offsets count Unicode code points of the report's text, `end` excluded.

None can hold itself, so that Python's search for rings passes them over (`gc=False`): a record is read twice as fast.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta, Struct


class Span(NamedTuple):
    """The only citation: the characters `text[start:end]` of one report."""

    start: int
    end: int


Part = tuple[Span, ...]
Probability = Annotated[float, Meta(ge=0, le=1)]

NoiseKind = Literal["headline", "caption", "credit", "byline", "interface", "newsroom_note", "copyright", "teaser"]
EntityType = Literal["person", "organisation", "outlet", "place", "group"]
MentionForm = Literal["name", "nominal", "pronoun"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
SpeakerClass = Literal[
    "named_person",
    "named_organisation",
    "outlet",
    "anonymous_official",
    "anonymous_other",
    "document",
    "unspecified",
]
Channel = Literal[
    "phone_call",
    "meeting",
    "statement",
    "press_briefing",
    "post",
    "interview",
    "notice",
    "message_via_intermediary",
    "letter",
    "unspecified",
]
Quote = Literal["direct", "indirect", "mixed"]
Polarity = Literal["affirmed", "denied", "declined"]
Modality = Literal["asserted", "conditional", "predicted", "intended", "requested", "threatened", "committed", "hedged"]
EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
ContactKind = Literal["call", "meeting", "virtual_meeting", "visit", "message"]
Status = Literal["happened", "planned", "predicted", "conditional", "denied", "not_yet"]
DisagreementKind = Literal["denial", "contradiction", "specificity", "omission", "hedge"]
CorrectionKind = Literal["same", "different", "speaker", "date", "reject", "undo"]
FactKind = Literal["report", "entity", "attribution", "event"]


class Interval(Struct, frozen=True, gc=False):
    """Days from `earliest` to `latest`, both included; None leaves a side open."""

    earliest: date | None = None
    latest: date | None = None

    def misses(self, other: Interval) -> bool:
        """Whether no day is in both; an open side speaks against nothing."""
        before = self.latest and other.earliest and self.latest < other.earliest
        behind = other.latest and self.earliest and other.latest < self.earliest
        return bool(before or behind)


class Clue(Struct, frozen=True, gc=False):
    """One reason for a date; `span` is None where the day was given beside the text."""

    span: Span | None
    why: str


class Report(Struct, frozen=True, gc=False, kw_only=True):
    """One text as it was given, never edited. `published` is ISO 8601 as given, its time and offset kept.

    `clues` say what in a page it was taken from, and which other dates the page gives; a text has none.
    """

    id: str
    key: str
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    title: str | None = None
    language: str | None = None
    published: str | None = None
    clues: tuple[Clue, ...] = ()
    text: str


class Hint(Struct, frozen=True, gc=False):
    """What one place of a text says of the day of its publication, before it is weighed against the others.

    `reading` is of the expression there (dating/readings.py), `days` are those that it may name. Of kinds that begin
    with "bound" both are known: the reading names one of the days.
    """

    kind: str
    why: str
    span: Span | None = None
    reading: str = ""
    days: tuple[Interval, ...] = ()


class Noise(Struct, frozen=True, gc=False):
    """A stretch of the text that is not the report's own body."""

    span: Span
    kind: NoiseKind


class Publication(Struct, frozen=True, gc=False, kw_only=True):
    """When a report was published, as far as that is known; `edtf` is None where nothing is."""

    earliest: date | None = None
    latest: date | None = None
    edtf: str | None = None
    given: bool = False
    basis: tuple[Clue, ...] = ()


class Mention(Struct, frozen=True, gc=False):
    """A place where the text speaks of an entity."""

    span: Span
    form: MentionForm


class Entity(Struct, frozen=True, gc=False):
    """A person, organisation, outlet, place or group of one report, under its fullest name.

    `ids` are those that a user's own FollowTheMoney file has for that name.
    """

    id: str
    name: str
    type: EntityType
    roles: tuple[str, ...]
    mentions: tuple[Mention, ...]
    ids: tuple[str, ...] = ()


class Timex(Struct, frozen=True, gc=False):
    """A time expression: TIMEX3 type and value, and the days that it can mean (None where it has no anchor).

    `reading` is what it means before it has one (dating/readings.py), `anchor` the expression that it hangs on, None
    for the day of publication.
    """

    span: Span
    type: TimexType
    value: str
    earliest: date | None = None
    latest: date | None = None
    reading: str = "none"
    anchor: Span | None = None


class Speaker(Struct, frozen=True, gc=False, rename={"class_": "class"}):
    """Whom a source refers to. `count` is the number of people, where the text states it."""

    entity: str | None
    name: str | None
    class_: SpeakerClass
    count: int | None


class Attribution(Struct, frozen=True, gc=False, kw_only=True):
    """PARC's content, cue and source, and who is behind them; an empty source is a finding, not a failure.

    `confidence` is that content and speaker are both right; `said_by` the time expression that `said` comes from.
    """

    id: str
    content: Part
    cue: Part
    source: Part
    speaker: Speaker
    chain: tuple[str, ...]
    within: str | None
    addressee: str | None
    channel: Channel
    quote: Quote
    polarity: Polarity
    modality: Modality
    said: Interval | None
    confidence: Probability
    said_by: Span | None = None


class Event(Struct, frozen=True, gc=False, kw_only=True):
    """Who did what to whom, by one report; `contact` is set where named actors were in touch.

    `type` is None where no PLOVER type covers it, as an earthquake or an election. `salience` says from 0 to 1 how much
    it is what the report is about; `topics` are phrases for what a contact was about; `when_by` is the time expression
    that `when` comes from.
    """

    id: str
    type: EventType | None
    kind: str
    trigger: Part
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    intermediaries: tuple[str, ...]
    place: str | None
    contact: ContactKind | None
    when: Interval | None
    status: Status
    within: str | None
    evidence: Part
    confidence: Probability
    salience: Probability = 0.0
    topics: Part = ()
    when_by: Span | None = None


class Meanings(Struct, frozen=True, gc=False):
    """The vectors of stretches of a text, each `len(rows) / len(spans)` signed bytes, in the order of `spans`."""

    spans: tuple[Span, ...]
    rows: bytes


class Analysis(Struct, frozen=True, gc=False, kw_only=True):
    """All that one reading found in one report: the unit of work, of caching and of transport.

    `hints` are what its words say of the day of its publication, where none was given; `vectors` are those of its
    sentences, contents, their clauses and triggers, for linking, and are left out of what is written for others.
    `owner` is who owns the outlet, by a user's own file.
    """

    id: str
    key: str
    url: str | None
    outlet: str | None
    author: str | None
    title: str | None
    language: str | None
    text: str
    noise: tuple[Noise, ...]
    published: Publication
    entities: tuple[Entity, ...]
    timexes: tuple[Timex, ...]
    attributions: tuple[Attribution, ...]
    events: tuple[Event, ...]
    hints: tuple[Hint, ...] = ()
    vectors: Meanings | None = None
    owner: str | None = None


class Place(Struct, frozen=True, gc=False):
    """A span of a report of the record."""

    report: str
    span: Span


class EventMember(Struct, frozen=True, gc=False):
    """One report's event, as a member of an entry."""

    report: str
    event: str


class AttributionMember(Struct, frozen=True, gc=False):
    """One report's attribution, as a member of an entry."""

    report: str
    attribution: str


# Why an attribution counts for an origin: it gives that very one; another form of its name; a spokesperson of that
# body; one by whom the same outlet was told; one quoted with the same words; an outlet that had it from there; one who
# is called no more than "the witness"; or who said it behind closed doors, of which that one tells.
Fold = Literal["itself", "name", "body", "outlet", "words", "relay", "description", "author"]


class Way(Struct, frozen=True, gc=False):
    """An attribution by which a report leads to an origin."""

    report: str
    attribution: str
    why: Fold


class Origin(Struct, frozen=True, gc=False, rename={"class_": "class"}):
    """The end of what the record can trace of a chain, and the reports that reach it, by which `ways`."""

    name: str
    class_: SpeakerClass
    reports: tuple[str, ...]
    ways: tuple[Way, ...] = ()


class ReportEntry(Struct, frozen=True, gc=False, kw_only=True):
    """A report on the record; `versions` are all texts under its address, itself among them, if there are several."""

    id: str
    key: str
    keys: tuple[str, ...]
    outlet: str | None
    title: str | None
    url: str | None
    published: Publication
    versions: tuple[str, ...]
    author: str | None = None


class Copy(Struct, frozen=True, gc=False):
    """Two reports of which one takes over the other's words; `share` is of the shorter one's."""

    a: str
    b: str
    relation: Literal["copy", "rewrite"]
    share: Probability


class Story(Struct, frozen=True, gc=False, kw_only=True):
    """Reports of one affair."""

    id: str
    title: str
    reports: tuple[str, ...]
    earliest: date | None
    latest: date | None


class EntityEntry(Struct, frozen=True, gc=False, kw_only=True):
    """A person, organisation, outlet, place or group of the record; `ids` are those of a user's own file."""

    id: str
    name: str
    type: EntityType
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    mentions: tuple[Place, ...]
    ids: tuple[str, ...] = ()


class Turn(Struct, frozen=True, gc=False):
    """What an event was from a report on: planned at first, then done."""

    status: Status
    report: str


class EventEntry(Struct, frozen=True, gc=False, kw_only=True):
    """One event and the reports that tell of it; `confidence` is that its members belong together.

    `history` is how its status went, by the order of the reports, each turn with the first report that has it.
    """

    id: str
    type: EventType | None
    kind: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    intermediaries: tuple[str, ...]
    place: str | None
    when: Interval | None
    status: Status
    members: tuple[EventMember, ...]
    origins: tuple[Origin, ...]
    independent: int
    confidence: Probability
    history: tuple[Turn, ...] = ()


class Contact(Struct, frozen=True, gc=False, kw_only=True):
    """An event that is a call, meeting, visit or message; `kind` says which."""

    id: str
    type: EventType
    kind: ContactKind
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    intermediaries: tuple[str, ...]
    participants: tuple[str, ...]
    place: str | None
    when: Interval | None
    status: Status
    topics: tuple[str, ...]
    statements: tuple[AttributionMember, ...]
    members: tuple[EventMember, ...]
    origins: tuple[Origin, ...]
    independent: int
    confidence: Probability
    history: tuple[Turn, ...] = ()


class Doubt(Struct, frozen=True, gc=False):
    """What would lower the number of origins: which of them may be one, and how many would then be left.

    Unnamed ones may be one person; outlets of one owner, or a body and who heads it, may be one voice.
    """

    why: Literal["unnamed", "one_owner", "one_body"]
    origins: tuple[str, ...]
    independent: int


class Claim(Struct, frozen=True, gc=False, kw_only=True):
    """One proposition, who is quoted with it and who stands behind it; `untraced` reports state no source.

    `doubts` are what would lower `independent`.
    """

    id: str
    text: str
    author: str
    members: tuple[AttributionMember, ...]
    origins: tuple[Origin, ...]
    independent: int
    untraced: tuple[str, ...]
    confidence: Probability
    doubts: tuple[Doubt, ...] = ()


class Expectation(Struct, frozen=True, gc=False, kw_only=True):
    """What was threatened, foretold, promised or planned, and what came of it."""

    id: str
    kind: Literal["threat", "prediction", "pledge", "plan", "condition"]
    member: AttributionMember
    event: str | None
    window: Interval | None
    outcome: Literal["happened", "not_yet", "denied", "unknown"]


class Absent(Struct, frozen=True, gc=False, kw_only=True, rename={"class_": "class"}):
    """A source that is cited and is not in the record."""

    name: str
    class_: SpeakerClass
    when: Interval | None
    cited_by: tuple[str, ...]


class Disagreement(Struct, frozen=True, gc=False, kw_only=True):
    """Two places that cannot both be so, or one that leaves out what the other holds."""

    id: str
    kind: DisagreementKind
    a: Place
    b: Place | None
    why: str


class Link(Struct, frozen=True, gc=False, kw_only=True):
    """One judgement about two things: added and never edited; `by` is a program's version or a person's name."""

    left: str
    right: str
    relation: Literal["same", "different", "derives-from", "denies"]
    score: Probability
    evidence: tuple[Place, ...]
    by: str


class Record(Struct, frozen=True, gc=False, kw_only=True):
    """The whole record, reports in canonical order (published, outlet, id).

    `links` are the judgements that the entries are computed from; a fact is named by its report and id ("1f3a/v2").
    """

    onrecord: Literal[1] = 1
    reports: tuple[ReportEntry, ...] = ()
    analyses: tuple[Analysis, ...] = ()
    copies: tuple[Copy, ...] = ()
    stories: tuple[Story, ...] = ()
    entities: tuple[EntityEntry, ...] = ()
    events: tuple[EventEntry, ...] = ()
    contacts: tuple[Contact, ...] = ()
    claims: tuple[Claim, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    absent: tuple[Absent, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    links: tuple[Link, ...] = ()


class Target(Struct, frozen=True, gc=False):
    """Where a fact of one report stands; of a whole report no characters.

    `spans` are an attribution's content, an event's trigger or one mention of an entity; `cue` is an attribution's cue
    and source.
    """

    report: str
    spans: Part = ()
    cue: Part = ()


class Correction(Struct, frozen=True, gc=False, kw_only=True, rename={"class_": "class"}):
    """A person's word on one fact, or on two, which is known by where it stands, so that it outlives a new reading.

    `value` is a speaker's name (of `class_`), days in EDTF, or the id of the correction that is undone; `when` an ISO
    8601 instant.
    """

    id: str
    kind: CorrectionKind
    about: FactKind
    target: Target
    other: Target | None = None
    value: str | None = None
    class_: SpeakerClass | None = None
    by: str
    when: str

    @property
    def reports(self) -> tuple[str, ...]:
        """The ids of the one or two reports that it is about."""
        return tuple(dict.fromkeys(t.report for t in (self.target, self.other) if t))


class OnrecordError(Exception):
    """A refusal that a user can act on: one line that names the thing and the reason."""


class NothingFound(OnrecordError):
    """What was asked for is not in the record; where something is called nearly so, the line says what."""
