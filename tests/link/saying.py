"""Reports in which somebody says something, each content in a line, with the vectors that the program keeps."""

from __future__ import annotations

from functools import cache
from typing import Any

from msgspec.structs import replace

from onrecord.language import Vectors, load_vectors, pack
from onrecord.link import Parties, cluster, fact, link_entities
from onrecord.record import Analysis, Attribution, Span
from tests.records import analysis, attribution, given


def saying(id: str, *lines: str, speaker: str | None = "an envoy", text: str | None = None, **fields: Any) -> Analysis:
    """A report of "Outlet ID" that gives each of `lines` to `speaker`."""
    text = text or "\n".join(lines)
    plain: dict[str, Any] = {"class_": "anonymous_official"}
    said = [attribution(f"a{n}", text, line, speaker=speaker, **plain | fields) for n, line in enumerate(lines, 1)]
    return with_attributions(id, text, *said)


def with_attributions(id: str, text: str, *said: Attribution) -> Analysis:
    return with_vectors(analysis(id, f"Outlet {id}", text, given("2031-03-04"), attributions=said))


def with_vectors(report: Analysis) -> Analysis:
    """The report with the vectors of its lines and contents."""
    text = report.text
    starts = [0, *(n + 1 for n, c in enumerate(text) if c == "\n")]
    lines = [Span(a, b) for a, b in zip(starts, [*(s - 1 for s in starts[1:]), len(text)], strict=True)]
    contents = [Span(x.content[0].start, x.content[-1].end) for x in report.attributions]
    spans = [s for s in (*lines, *contents) if text[s.start : s.end].strip()]
    return replace(report, vectors=pack(spans, _vectors().read(text, spans)))


def parties(*reports: Analysis) -> Parties:
    entities = [fact(r.id, e.id) for r in reports for e in r.entities]
    return Parties(reports, cluster(entities, link_entities(reports)))


@cache
def _vectors() -> Vectors:
    return load_vectors()
