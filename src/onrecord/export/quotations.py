"""A record to one without the full texts of its reports: only what is said in them, and by whom, is left to read."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from onrecord.engine import Log
from onrecord.record import Analysis, Record, Span


def keep_quotations(record: Record) -> Record:
    """The record with each text blanked but for statements, names, times, words for events and what does not agree.

    A blank stands for each other character, a line end for a line end, so that all offsets still hold. An event's
    evidence, which is whole sentences, is cut down to its trigger.
    """
    places = [place for d in record.disagreements for place in (d.a, d.b) if place]
    return replace(
        record,
        analyses=tuple(blank_analysis(a, [p.span for p in places if p.report == a.id]) for a in record.analyses),
    )


def blank_log(log: Log) -> Log:
    """The log of corrections likewise; the words that were corrected stay too."""
    said = [(t.report, span) for c in log.corrections for t in (c.target, c.other) if t for span in (*t.spans, *t.cue)]
    reports = {
        id: blank_analysis(report, [span for held, span in said if held == id]) for id, report in log.reports.items()
    }
    return log._replace(reports=reports)


def blank_analysis(analysis: Analysis, also: Iterable[Span] = ()) -> Analysis:
    """One analysis likewise; the characters `also` stay too."""
    spans = [*also, *(span for t in analysis.attributions for span in (*t.content, *t.cue, *t.source))]
    spans += [m.span for e in analysis.entities for m in e.mentions]
    spans += [t.span for t in analysis.timexes]
    spans += [span for e in analysis.events for span in (*e.trigger, *e.topics)]
    return replace(
        analysis,
        text=_blank(analysis.text, spans),
        events=tuple(replace(e, evidence=e.trigger) for e in analysis.events),
    )


def _blank(text: str, spans: Iterable[Span]) -> str:
    kept = bytearray(len(text))
    for start, end in spans:
        kept[start:end] = b"\1" * (end - start)
    return "".join(c if keep or c == "\n" else " " for c, keep in zip(text, kept, strict=True))
