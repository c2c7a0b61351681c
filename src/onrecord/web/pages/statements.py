"""Filters to the statements that they leave, with the facets beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from onrecord.ask.columns import Mask, coded_in, within
from onrecord.ask.shelf import Reading
from onrecord.store import Coded, StatementColumns
from onrecord.views import wording
from onrecord.views.index import Index
from onrecord.views.statements import Statement
from onrecord.web.filters import Codes, Found, find_rows
from onrecord.web.links import Links
from onrecord.web.marks import mark_spans
from onrecord.web.query import Query
from onrecord.web.rows import Said, list_said

FACETS = (
    *("speaker", "class", "addressee", "channel", "outlet", "polarity", "modality", "quote", "unnamed"),
    *("entity", "about", "story"),
)
_POLARITIES = {"affirmed": "affirmed", "denied": "denied", "declined": "declined to say"}
_OTHERWISE = {"unspecified": "not stated", "asserted": "plainly asserted", "affirmed": "affirmed"}


def find_statements(reading: Reading, query: Query, links: Links) -> Found:
    """The statements that the filters leave, in the order of the record."""

    def address(**params: Any) -> str:
        return links.page("statements", **params)

    return find_rows(query, address, _facets(reading, reading.statements), list_rows(reading, query))


def list_rows(reading: Reading, query: Query) -> Mask:
    """The statements that words, days, confidence, who speaks, whom they are about and the story leave."""
    columns = reading.statements
    rows = columns.confidence >= query.least
    rows &= within(columns.earliest, columns.latest, query)
    if query.words:
        rows &= np.isin(columns.id, reading.store.search_statements(query.words))
    if "entity" in query.facets:
        rows &= columns.entity.rows_with(query.facets["entity"])
    if "about" in query.facets:
        rows &= np.isin(columns.id, reading.store.spoken_of(query.facets["about"]))
    if "story" in query.facets:
        rows &= in_story(reading, columns.report, query.facets["story"])
    return rows


def read_statements(reading: Reading, positions: Sequence[int], links: Links, words: str = "") -> list[Said]:
    """The statements at these positions, with `words` marked in them."""
    columns = reading.statements
    members = [columns.member(n) for n in positions]
    index = Index(reading.part(statements=members))
    entities = [columns.entity.at(n) for n in positions]
    said = list_said(index, members, [links.entity(e) if e else None for e in entities])
    if not words:
        return said
    found = reading.store.highlight(words, [int(columns.id[n]) for n in positions])
    return [_marked(s, found.get(int(columns.id[n]), ())) for s, n in zip(said, positions, strict=True)]


def show_statements(reading: Reading, query: Query, links: Links) -> dict[str, Any]:
    """What the page of statements shows."""
    found = find_statements(reading, query, links)
    held = query.params()
    total = len(found.positions)
    return {
        "title": "Who said what",
        "rows": read_statements(reading, found.shown, links, query.words),
        "filters": found.filters,
        "pager": found.pager,
        "summary": summary(total, "statement", "statements", reading, bool(held)),
        "downloads": [
            ("CSV", links.page("statements.csv", **held)),
            ("JSON", links.page("statements.json", **held)),
        ],
    }


def list_shown(reading: Reading, query: Query, links: Links) -> list[Statement]:
    """All statements that the filters leave, for a file; each run of reports is read once."""
    found = find_statements(reading, query, links)
    rows: list[Statement] = []
    for first in range(0, len(found.positions), 500):
        part = [int(n) for n in found.positions[first : first + 500]]
        rows += [s.said for s in read_statements(reading, part, links)]
    return rows


def in_story(reading: Reading, reports: Coded, story: str) -> Mask:
    """The rows whose report stands in a story."""
    return coded_in(reports, [r for s in reading.store.entries("stories", [story]) for r in s.reports])


def summary(number: int, one: str, many: str, reading: Reading, filtered: bool) -> str:
    """The answer in a line: "12 statements in these 8 reports"."""
    reports = len(reading.entries("reports").ids)
    if not reports:
        return "No reports in this record."
    words = wording.word_count(number, one, many) if number else f"No {many}"
    return f"{words} {wording.word_reports(reports)}" + (" with these filters." if filtered else ".")


def _facets(reading: Reading, columns: StatementColumns) -> dict[str, Codes]:
    def make() -> dict[str, Codes]:
        return {
            "speaker": Codes("Speaker", columns.speaker.codes, columns.speaker.values),
            "class": Codes(
                "Kind of source",
                columns.class_.codes,
                columns.class_.values,
                {key: one for key, (one, _) in wording.CLASSES.items()},
            ),
            "unnamed": Codes(
                "Only unnamed sources",
                np.where(columns.unnamed, 0, -1).astype(np.int32),
                ["1"],
                {"1": "rests on unnamed sources only"},
            ),
            "addressee": Codes("Said to", columns.addressee.codes, columns.addressee.values),
            "channel": Codes(
                "Channel",
                columns.channel.codes,
                columns.channel.values,
                {key: words or _OTHERWISE.get(key, key) for key, words in wording.CHANNELS.items()},
            ),
            "outlet": Codes("Outlet", columns.outlet.codes, columns.outlet.values),
            "polarity": Codes("Polarity", columns.polarity.codes, columns.polarity.values, _POLARITIES),
            "modality": Codes(
                "Manner",
                columns.modality.codes,
                columns.modality.values,
                {key: words or _OTHERWISE.get(key, key) for key, words in wording.MODALITIES.items()},
            ),
            "quote": Codes(
                "Kind of quotation",
                columns.quote.codes,
                columns.quote.values,
                {"direct": "quoted", "indirect": "reported", "mixed": "partly quoted"},
            ),
        }

    return reading.lists.once("statement facets", make)


def _marked(said: Said, spans: Any) -> Said:
    if not spans:
        return said
    return Said(said=said.said, marked=mark_spans(said.said.words.quote, spans), claim=said.claim, entity=said.entity)
