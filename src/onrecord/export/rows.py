"""The flat row of each kind of thing on record, as jsonl, csv, parquet and xlsx hold it (docs/formats.md).

Days are ISO 8601; of an interval `_earliest` and `_latest`, an open side empty. `start` and `end` count the code points
of the report's text. A statement goes by its report's id and its own there: "1f3a/a2".
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

Words = tuple[str, ...]


class ReportRow(Struct, frozen=True, kw_only=True):
    """A report; `versions` are the texts under its address, `language` None where it could not be told."""

    id: str
    key: str
    keys: Words
    outlet: str | None
    author: str | None
    title: str | None
    url: str | None
    language: str | None
    published_earliest: date | None
    published_latest: date | None
    published_given: bool
    versions: Words
    statements: int
    events: int
    text: str


class StatementRow(Struct, frozen=True, kw_only=True):
    """An attribution; `relay` marks one that only relays another of the same words.

    `start` and `end` are those of the content's first and last stretch, `spans` all of its stretches ("12:30").
    `speaker_entity` is whom the record has under the speaker's name.
    """

    id: str
    report: str
    outlet: str | None
    published_earliest: date | None
    published_latest: date | None
    speaker: str | None
    speaker_class: str
    speaker_count: int | None
    speaker_entity: str | None
    chain: Words
    addressee: str | None
    channel: str
    quote: str
    polarity: str
    modality: str
    said_earliest: date | None
    said_latest: date | None
    content: str
    cue: str
    source: str
    start: int
    end: int
    spans: Words
    within: str | None
    relay: bool
    claim: str | None
    confidence: float


class TimexRow(Struct, frozen=True, kw_only=True):
    """A time expression with its TIMEX3 type and value."""

    report: str
    start: int
    end: int
    words: str
    type: str
    value: str
    earliest: date | None
    latest: date | None


class CopyRow(Struct, frozen=True, kw_only=True):
    """Two reports of which the later one, `b`, takes over the words of `a`; `share` is of the shorter one's."""

    a: str
    b: str
    relation: str
    share: float


class ClaimRow(Struct, frozen=True, kw_only=True):
    """A claim; `statements` are its members, `untraced` the reports that state no source, `doubts` why fewer may be."""

    id: str
    text: str
    author: str
    reports: int
    report_ids: Words
    statements: Words
    origins: Words
    independent: int
    untraced: Words
    doubts: Words
    confidence: float


class OriginRow(Struct, frozen=True, kw_only=True):
    """One who stands behind a claim, an event or a contact: `entry`."""

    kind: str
    entry: str
    name: str
    speaker_class: str
    report_ids: Words


class EventRow(Struct, frozen=True, kw_only=True):
    """An event; `words` are those with which its first report tells of it, `type` is PLOVER's."""

    id: str
    type: str | None
    kind: str
    actors: Words
    recipients: Words
    intermediaries: Words
    place: str | None
    when_earliest: date | None
    when_latest: date | None
    status: str
    reports: int
    report_ids: Words
    members: Words
    origins: Words
    independent: int
    words: str
    confidence: float


class ContactRow(Struct, frozen=True, kw_only=True):
    """A call, meeting, visit or message; it is also an event of the same id."""

    id: str
    kind: str
    participants: Words
    intermediaries: Words
    place: str | None
    when_earliest: date | None
    when_latest: date | None
    status: str
    topics: Words
    statements: Words
    reports: int
    report_ids: Words
    origins: Words
    independent: int
    words: str
    confidence: float


class EntityRow(Struct, frozen=True, kw_only=True):
    """A person, organisation, outlet, place or group; `ids` are those of a user's own file."""

    id: str
    name: str
    type: str
    aliases: Words
    roles: Words
    ids: Words
    reports: int
    mentions: int


class MentionRow(Struct, frozen=True, kw_only=True):
    """A place where a report speaks of an entity."""

    entity: str
    report: str
    start: int
    end: int


class StoryRow(Struct, frozen=True, kw_only=True):
    """Reports of one affair."""

    id: str
    title: str
    earliest: date | None
    latest: date | None
    reports: int
    report_ids: Words


class DisagreementRow(Struct, frozen=True, kw_only=True):
    """Two sides that do not agree; `b` is empty where the second one says nothing of it."""

    id: str
    kind: str
    why: str
    a_report: str
    a_start: int
    a_end: int
    a_words: str
    b_report: str | None
    b_start: int | None
    b_end: int | None
    b_words: str | None


class ExpectationRow(Struct, frozen=True, kw_only=True):
    """What was threatened, foretold, promised or planned by a `statement`, and what came of it."""

    id: str
    kind: str
    statement: str
    report: str
    speaker: str | None
    words: str
    event: str | None
    window_earliest: date | None
    window_latest: date | None
    outcome: str


class AbsentRow(Struct, frozen=True, kw_only=True):
    """A source that is cited and is not on record."""

    name: str
    speaker_class: str
    when_earliest: date | None
    when_latest: date | None
    reports: int
    cited_by: Words


# The kinds in the order in which a workbook has them; each is the name of a file or a sheet.
ROWS: dict[str, type[Struct]] = {
    "reports": ReportRow,
    "statements": StatementRow,
    "claims": ClaimRow,
    "origins": OriginRow,
    "events": EventRow,
    "contacts": ContactRow,
    "entities": EntityRow,
    "mentions": MentionRow,
    "stories": StoryRow,
    "disagreements": DisagreementRow,
    "expectations": ExpectationRow,
    "absent": AbsentRow,
    "copies": CopyRow,
    "timexes": TimexRow,
}
