"""The record to what stands at its door: how much it holds, its stories, and what is new since the last visit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
from msgspec import Struct

from onrecord.ask.columns import Grouped, coded_in, within
from onrecord.ask.shelf import Reading
from onrecord.record import Story
from onrecord.views.index import Index
from onrecord.views.refs import refer
from onrecord.views.wording import word_count, word_day, word_days
from onrecord.web.filters import Codes, find_rows, page
from onrecord.web.links import Links
from onrecord.web.pages.statements import in_story
from onrecord.web.pictures import draw_strip
from onrecord.web.query import Query

REPORT_FACETS = ("outlet", "story", "new")
STORIES = 12
# Of the reports of a story, those that its card names.
_NAMED = 4
_FRESH = 10
_KINDS = (
    ("reports", "report", "reports"),
    ("statements", "statement", "statements"),
    ("claims", "claim", "claims"),
    ("contacts", "contact", "contacts"),
    ("disagreements", "disagreement", "disagreements"),
    ("expectations", "expectation", "expectations"),
)
_PAGES = {"contacts": "calls"}


class StoryCard(Struct, frozen=True, kw_only=True):
    """A story with a small timeline, and how many of its reports are new."""

    id: str
    ref: str
    title: str
    href: str
    days: str
    reports: tuple[tuple[str, str], ...]
    more: int
    strip: str
    fresh: int


class ReportRow(Struct, frozen=True, kw_only=True):
    """A report in a list; `note` says whose words it takes over."""

    id: str
    label: str
    title: str
    key: str
    published: Any
    story: str | None
    story_href: str | None
    note: str
    statements: int
    fresh: bool


def show_start(reading: Reading, query: Query, links: Links, visited: int | None) -> dict[str, Any]:
    """What the first page shows; `visited` is when the reader was here last, in seconds, None if that is not known."""
    columns = reading.entries("stories")
    fresh = reading.store.new_since(visited) if visited is not None else []
    order = np.lexsort((-columns.latest, -columns.reports))
    pager = page(len(columns.ids), query, lambda **params: links.page("start", **params), STORIES)
    ids = [columns.ids[n] for n in order[pager.first - 1 : pager.last]]
    part = reading.part(ids=ids, reports=())
    stories = {s.id: s for s in part.stories}
    index = Index(reading.citing([*fresh[:_FRESH], *(r for id in ids for r in stories[id].reports[:_NAMED])]))
    return {
        "title": "What this record holds",
        "summary": reading.lists.once("summary", lambda: _summary(reading)),
        "counts": _counts(reading, links),
        "stories": [_card(reading, index, stories[id], set(fresh), links) for id in ids],
        "fresh": [(index.label(r), index.analyses[r].title or "", links.report(r)) for r in fresh[:_FRESH]],
        "since": word_day(datetime.fromtimestamp(visited, UTC).date()) if visited is not None else None,
        "pager": pager,
    }


def show_reports(reading: Reading, query: Query, links: Links, visited: int | None) -> dict[str, Any]:
    """What the list of reports shows, by day."""
    columns = reading.entries("reports")
    rows = within(columns.earliest, columns.latest, query)
    fresh = set(reading.store.new_since(visited)) if visited is not None else set()
    if query.words:
        rows &= coded_in(columns.report, reading.store.search_reports(query.words))
    if "story" in query.facets:
        rows &= in_story(reading, columns.report, query.facets["story"])

    def address(**params: Any) -> str:
        return links.page("reports", **params)

    new = np.where(coded_in(columns.report, fresh), 0, -1).astype(np.int32)
    facets = {
        "outlet": Codes("Outlet", columns.label.codes, columns.label.values),
        "new": Codes("New since your last visit", new, ["1"], {"1": "new"}),
    }
    found = find_rows(query, address, facets, rows, graded=False)
    ids = [columns.ids[n] for n in found.shown]
    return {
        "title": "Reports",
        "rows": _rows(reading, ids, fresh, links),
        "filters": found.filters,
        "pager": found.pager,
        "summary": _word_shown(len(found.positions), len(columns.ids)),
    }


def _word_shown(number: int, total: int) -> str:
    """The answer in a line: "9 reports.", or of those that filters leave "3 of these 9 reports."."""
    if not total:
        return "No reports in this record."
    if not number:
        return "No reports with these filters."
    return f"{number:,} of these {total:,} reports." if number < total else f"{word_count(total, 'report', 'reports')}."


def _rows(reading: Reading, ids: Sequence[str], fresh: set[str], links: Links) -> list[ReportRow]:
    held = reading.citing(ids, copies=True)
    index = Index(held)
    said = reading.statements
    counts = np.bincount(said.report.codes, minlength=len(said.report.values))
    stories = reading.lists.once("stories", reading.store.stories)
    copies = {c.b: c for c in held.copies}
    entries = {r.id: r for r in held.reports}
    rows = []
    for id in ids:
        entry, copy, story = entries[id], copies.get(id), stories.get(id)
        rows.append(
            ReportRow(
                id=id,
                label=index.label(id),
                title=entry.title or "",
                key=entry.key,
                published=index.published(id),
                story=story[1] if story else None,
                story_href=links.page("timeline", story=story[0]) if story else None,
                note=f"{copy.relation} of {index.label(copy.a)}, {copy.share:.0%}" if copy else "",
                statements=int(counts[said.report.numbers[id]]) if id in said.report.numbers else 0,
                fresh=id in fresh,
            )
        )
    return rows


def _summary(reading: Reading) -> str:
    reports, stories = reading.entries("reports"), reading.entries("stories")
    if not reports.ids:
        return "This record holds no reports yet."
    outlets = int((np.bincount(reports.label.codes[reports.label.codes >= 0]) > 0).sum()) if len(reports.ids) else 0
    days = np.concatenate((reports.earliest[reports.earliest > 0], reports.latest[reports.latest > 0]))
    words = [
        word_count(len(reports.ids), "report", "reports"),
        f"from {word_count(outlets, 'outlet', 'outlets')}" if outlets else "",
        f"on {word_count(len(stories.ids), 'story', 'stories')}",
    ]
    span = word_days(date.fromordinal(int(days.min())), date.fromordinal(int(days.max()))) if len(days) else ""
    return ", ".join(filter(None, [" ".join(filter(None, words[:2])), words[2], span and f"published {span}"])) + "."


def _counts(reading: Reading, links: Links) -> list[tuple[str, str]]:
    counts = []
    for kind, one, many in _KINDS:
        number = len(reading.statements.id) if kind == "statements" else len(reading.entries(kind).ids)
        counts.append((word_count(number, one, many), links.page(_PAGES.get(kind, kind))))
    people = reading.entries("entities")
    number = int(people.noun.rows_with("person").sum())
    counts.append((word_count(number, "person", "people"), links.page("people", type="person")))
    return counts


def _card(reading: Reading, index: Index, story: Story, fresh: set[str], links: Links) -> StoryCard:
    events = reading.entries("events")
    told = reading.lists.once("events of reports", lambda: Grouped.of(events.report))
    days = [
        (_day(events.earliest[n]), _day(events.latest[n]))
        for n in told.rows(story.reports)
        if events.earliest[n] > 0 or events.latest[n] > 0
    ]
    words = word_days(story.earliest, story.latest)
    first, last = _extent(story, days)
    return StoryCard(
        id=story.id,
        ref=refer("story", story.id),
        title=story.title,
        href=links.page("timeline", story=story.id),
        days=words or "days not known",
        reports=tuple((index.label(r), links.report(r)) for r in story.reports[:_NAMED]),
        more=max(0, len(story.reports) - _NAMED),
        strip=draw_strip(days, first, last, f"When it happened: {words}") if days and first and last else "",
        fresh=len(fresh.intersection(story.reports)),
    )


def _extent(story: Story, days: Sequence[tuple[date | None, date | None]]) -> tuple[date, date] | tuple[None, None]:
    """The days that a story's strip covers: most of its events', so that what is told in passing presses none flat."""
    ends = sorted(d.toordinal() for pair in days for d in pair if d)
    if not ends:
        return None, None
    low, high = (int(q) for q in np.quantile(ends, [0.1, 0.9]))
    if story.earliest and story.latest:
        low, high = min(low, story.earliest.toordinal()), max(high, story.latest.toordinal())
    return date.fromordinal(low), date.fromordinal(high)


def _day(ordinal: Any) -> date | None:
    return date.fromordinal(int(ordinal)) if ordinal > 0 else None
