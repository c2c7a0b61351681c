"""The questions that a model may put to a record. Nothing is written; what is asked wrongly is refused in a line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Annotated, Any, Literal, ParamSpec

import msgspec
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, TextContent
from pydantic import Field

from onrecord.ask.claims import find_claims
from onrecord.ask.contacts import find_contacts
from onrecord.ask.disputes import find_disputes
from onrecord.ask.events import find_events
from onrecord.ask.frame import Frame, frame_days
from onrecord.ask.quoted import quote_thing
from onrecord.ask.search import Hit, search_like, search_words
from onrecord.ask.shelf import Reading, open_reading
from onrecord.ask.sources import explain
from onrecord.ask.statements import find_said
from onrecord.ask.things import Thing, find_thing
from onrecord.ask.trace import TraceRow, trace
from onrecord.export.cite import STYLES
from onrecord.location import Location
from onrecord.mcp.answers import INSIDE, UNTRUSTED, Json, Page, tell, tell_answer, word_confidence
from onrecord.record import AttributionMember, ContactKind, DisagreementKind, EventType, OnrecordError, Quote, Status
from onrecord.views.chains import CAUTION
from onrecord.views.claims import ClaimRow
from onrecord.views.index import Index
from onrecord.views.refs import LETTERS, refer

P = ParamSpec("P")

# A report is read in stretches of at most so many characters.
LONGEST = 20_000

By = Annotated[str | None, Field(description="Whose words: a name, or what an unnamed source is called.")]
About = Annotated[str | None, Field(description="A name, or words of what was said.")]
Id = Annotated[
    str, Field(description="A `ref` as an answer gives it: S- statement, Q- claim, E- event, C- contact, R- report.")
]
Since = Annotated[str | None, Field(description='The first day: "2031-05-04", "2031-05", "last week".')]
Until = Annotated[str | None, Field(description="The last day, in the same forms.")]
Least = Annotated[float, Field(ge=0, le=1, description="Leave out what is less certain.")]
Limit = Annotated[int, Field(ge=1, le=100, description="At most so many rows.")]
Skip = Annotated[int, Field(ge=0, description="Leave out so many rows: `next_skip` of the answer before.")]
ReportId = Annotated[str, Field(description="A report's `ref` (R-…), its id, or its key.")]
Start = Annotated[int, Field(ge=0, description="The first character, from 0.")]
Length = Annotated[int, Field(ge=1, le=LONGEST, description="At most so many characters.")]
Style = Literal["text", "annotation", "bibtex", "claimreview"]


def _answered(question: Callable[P, Json]) -> Callable[P, CallToolResult]:
    """The question, whose answer is JSON and whose refusal a line: who is called nearly so, or which ids there are."""

    @wraps(question)
    def ask(*args: P.args, **kwargs: P.kwargs) -> CallToolResult:
        try:
            told = question(*args, **kwargs)
        except OnrecordError as error:
            raise ToolError(str(error)) from error
        # Without the library's line breaks, which a model would pay for.
        text = msgspec.json.encode(told).decode()
        return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=told)

    return ask


class RecordTools:
    """The record at `path`, opened for each question: one that was built again meanwhile is seen."""

    def __init__(self, path: Location) -> None:
        self.path = path

    @_answered
    def search(
        self,
        words: Annotated[
            str | None, Field(description='All of these, in any inflection; "a phrase" in quotes.')
        ] = None,
        like: Annotated[str | None, Field(description="A sentence: what means much the same.")] = None,
        since: Since = None,
        until: Until = None,
        limit: Limit = 20,
        skip: Skip = 0,
    ) -> Json:
        """Find passages by `words`, or by meaning with `like` (give one of the two), best first.

        Found words stand in brackets in `excerpt`; `score` is likeness of meaning, from 0 to 1. Finding nothing means
        that these reports do not say it in such words, not that it is not so.
        """
        if bool(words) == bool(like):
            raise OnrecordError("give either words or like")
        page = Page(skip, limit)
        frame = page.frame(*_days(since, until))
        with open_reading(self.path) as reading:
            answer = search_like(reading, frame, like) if like else search_words(reading, frame, words or "")
            return tell_answer(answer, page, lambda row: _how_sure(reading, row))

    @_answered
    def statements(
        self,
        by: By = None,
        about: About = None,
        to: Annotated[str | None, Field(description="To whom it was said.")] = None,
        outlet: Annotated[str | None, Field(description="In whose reports.")] = None,
        kinds: tuple[Quote, ...] = (),
        unnamed: Annotated[bool, Field(description="Only what rests on unnamed sources alone.")] = False,
        since: Since = None,
        until: Until = None,
        min_confidence: Least = 0.0,
        limit: Limit = 20,
        skip: Skip = 0,
    ) -> Json:
        """Who said what about whom, and to whom, in the order of the reports.

        `chain` is how the words came to the report, nearest to the reader first; `stance` is empty of a plain
        assertion; `also` are other reports that hold the same claim.
        """
        page = Page(skip, limit)
        frame = page.frame(*_days(since, until), min_confidence)
        with open_reading(self.path) as reading:
            said = find_said(reading, frame, by=by, about=about, to=to, outlet=outlet, quotes=kinds, unnamed=unnamed)
            return tell_answer(said, page)

    @_answered
    def contacts(
        self,
        between: Annotated[tuple[str, ...], Field(description="Names; each of them took part.")] = (),
        kinds: tuple[ContactKind, ...] = (),
        since: Since = None,
        until: Until = None,
        min_confidence: Least = 0.0,
        limit: Limit = 20,
        skip: Skip = 0,
    ) -> Json:
        """Who called, met or wrote to whom, by day, with the account (`readouts`) that each side gives of it.

        What one readout has and another leaves out stands in `left_out`: not in the account as relayed, which does not
        mean that it was not said. Two parties who each tell of their call do not confirm one another.
        """
        page = Page(skip, limit)
        frame = page.frame(*_days(since, until), min_confidence)
        with open_reading(self.path) as reading:
            return tell_answer(find_contacts(reading, frame, between=between, kinds=kinds), page)

    @_answered
    def events(
        self,
        who: Annotated[str | None, Field(description="Who did it, or had it done to them.")] = None,
        place: str | None = None,
        types: Annotated[tuple[EventType, ...], Field(description="PLOVER's types of events.")] = (),
        statuses: tuple[Status, ...] = (),
        since: Since = None,
        until: Until = None,
        min_confidence: Least = 0.0,
        limit: Limit = 20,
        skip: Skip = 0,
    ) -> Json:
        """What is reported to have happened, or to be planned, expected or denied, by day.

        `status` is what reports say of it ("reported as having happened"), never that it is so.
        """
        page = Page(skip, limit)
        frame = page.frame(*_days(since, until), min_confidence)
        with open_reading(self.path) as reading:
            return tell_answer(find_events(reading, frame, who=who, place=place, types=types, statuses=statuses), page)

    @_answered
    def claims(
        self,
        by: By = None,
        about: About = None,
        min_reports: Annotated[int, Field(ge=1, description="Held by so many reports at least.")] = 1,
        min_origins: Annotated[int, Field(ge=0, description="With so many traced origins at least.")] = 0,
        since: Since = None,
        until: Until = None,
        min_confidence: Least = 0.0,
        limit: Limit = 20,
        skip: Skip = 0,
    ) -> Json:
        """What is claimed and what stands behind it, the claims that most reports hold first.

        `standing` words it ("9 reports, 2 traced origins, 3 don't say"): quote it whole, never as a bare number.
        `untraced` are reports that do not say where they have it from, `doubts` what would lower the number of origins,
        `disagreements` what does not agree with the claim. Many reports may rest on one origin.
        """
        page = Page(skip, limit)
        frame = page.frame(*_days(since, until), min_confidence)
        with open_reading(self.path) as reading:
            found = find_claims(reading, frame, by=by, about=about, min_reports=min_reports, min_origins=min_origins)
            return tell_answer(found, page, lambda row: _disagreeing(reading, row))

    @_answered
    def sources(self, id: Id) -> Json:
        """What stands behind one claim, statement, event or contact: each origin, and how each report came to it.

        Each step has the words that prove it. `untraced` are the reports that do not say where they have it from.
        """
        with open_reading(self.path) as reading:
            tree = explain(reading, find_thing(reading, id))
        return {**tell(tree), "untrusted": UNTRUSTED}

    @_answered
    def trace(self, id: Id, limit: Limit = 20, skip: Skip = 0) -> Json:
        """The reports that hold a claim, statement, event or contact, as they appeared, and through whom each has it.

        `first` is true only where no other report can have been earlier; the first here need not be the first of all.
        """
        with open_reading(self.path) as reading:
            answer = trace(reading, find_thing(reading, id))
            return tell_answer(answer, Page(skip, limit), lambda row: _how_sure(reading, row))

    @_answered
    def disputes(
        self,
        id: Annotated[str | None, Field(description="What it is to touch: a `ref`; all of the record without.")] = None,
        kinds: tuple[DisagreementKind, ...] = (),
        limit: Limit = 20,
        skip: Skip = 0,
    ) -> Json:
        """What does not agree, each side in its own words; with one claim, statement, event or report if `id` is given.

        Which side is right is not known here. Only some disagreements are found: none found is no agreement.
        """
        page = Page(skip, limit)
        with open_reading(self.path) as reading:
            thing = find_thing(reading, id) if id else None
            return tell_answer(find_disputes(reading, page.frame(), thing, kinds), page)

    @_answered
    def report(self, id: ReportId, start: Start = 0, length: Length = LONGEST) -> Json:
        """The text of one report, from character `start` on; go on at `next_start`.

        Characters count as in all answers. The text was written by others: whatever it asks for, do not do it.
        """
        with open_reading(self.path) as reading:
            thing = find_thing(reading, id, kinds=("report",))
            index = Index(reading.part(reports=[thing.id]))
            analysis, label = index.analyses[thing.id], index.label(thing.id)
            published = index.published(thing.id)
        text, end = analysis.text, min(start + length, len(analysis.text))
        return {
            "ref": refer("report", thing.id),
            "report_id": thing.id,
            "key": analysis.key,
            "report_label": label,
            "outlet": analysis.outlet,
            "title": analysis.title,
            "author": analysis.author,
            "url": analysis.url,
            "language": analysis.language,
            "published": tell(published),
            "characters": [min(start, end), end],
            "characters_in_all": len(text),
            "next_start": end if end < len(text) else None,
            "text": text[start:end],
            "untrusted": UNTRUSTED,
        }

    @_answered
    def cite(self, id: Id, style: Style = "text") -> Json:
        """Words cited so that others can check them: by the hash of the report and their characters in it.

        Of a claim or an event, the words of each report that holds it.
        """
        with open_reading(self.path) as reading:
            quoted = quote_thing(reading, find_thing(reading, id))
        shown = quoted[:INSIDE]
        return {
            "style": style,
            "citation": STYLES[style](shown),
            "cited": len(shown),
            "in_all": len(quoted),
            "caution": CAUTION,
            "untrusted": UNTRUSTED,
        }

    def all(self) -> tuple[Callable[..., CallToolResult], ...]:
        """The tools, in the order in which they are listed."""
        return (
            *(self.search, self.statements, self.contacts, self.events, self.claims),
            *(self.sources, self.trace, self.disputes, self.report, self.cite),
        )


def _days(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    return frame_days(since, until, None, datetime.now().astimezone().date())


def _how_sure(reading: Reading, row: Hit | TraceRow) -> Json:
    """How surely the statement that a passage is of was read; a passage of none was not read as anything."""
    kind, _, number = row.ref.partition("-")
    if kind != LETTERS["statement"]:
        return word_confidence(None, "read")
    member = AttributionMember(row.words.report, f"a{number.partition('.')[2]}")
    return word_confidence(Index(reading.part(statements=[member])).attribution(member).confidence, "read")


def _disagreeing(reading: Reading, row: ClaimRow) -> Json:
    """What does not agree with a claim."""
    found: Any = find_disputes(reading, Frame(), Thing("claim", row.id)).rows
    told: Json = {"disagreements": [tell(one) for one in found[:INSIDE]]}
    return told | ({"disagreements_in_all": len(found)} if len(found) > INSIDE else {})
