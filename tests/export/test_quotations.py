from __future__ import annotations

import io
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from onrecord.engine import Log
from onrecord.export import FORMATS, export_schema
from onrecord.export.quotations import blank_analysis, blank_log, keep_quotations
from onrecord.record import Correction, Publication, Record, Span, Target
from tests.records import ANALYSES, HOSTILE, POST, RECORD, analysis, part

LEFT_OUT = ("Grain road stays open, minister says", "with her Kesland counterpart", "the ministry added")


def exported(record: Record) -> Any:
    out = io.BytesIO()
    FORMATS["json"](keep_quotations(record), out)
    return json.loads(out.getvalue())


@pytest.mark.parametrize("record", [Record(), RECORD, HOSTILE])
def test_offsets_still_hold(record: Record) -> None:
    kept = keep_quotations(record)
    for before, after in zip(record.analyses, kept.analyses, strict=True):
        assert len(after.text) == len(before.text)
        spans = [s for t in after.attributions for s in (*t.content, *t.cue, *t.source)]
        spans += [m.span for e in after.entities for m in e.mentions] + [t.span for t in after.timexes]
        spans += [s for e in after.events for s in (*e.trigger, *e.topics, *e.evidence)]
        assert all(after.text[a:b] == before.text[a:b] for a, b in spans)


def test_all_else_is_blank() -> None:
    text = keep_quotations(RECORD).analyses[0].text
    assert not any(words in text for words in LEFT_OUT)
    assert text.split() == [
        *("Varrun", "spoke", "Tuesday", "“The", "grain", "road,”", "“stays", "open", "in", "every", "season.”"),
        *("Teshk", "asked", "for", "the", "release", "of", "the", "eleven", "sailors"),
    ]
    assert text.count("\n") == POST.count("\n")


def test_what_is_written_is_of_the_same_schema() -> None:
    Draft202012Validator(export_schema()).validate(exported(RECORD))


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_no_format_holds_the_words_that_are_left_out(format: str) -> None:
    out = io.BytesIO()
    FORMATS[format](keep_quotations(RECORD), out)
    assert not any(words.encode() in out.getvalue() for words in LEFT_OUT[1:])


def test_words_that_were_corrected_are_kept_in_the_log() -> None:
    target = Target("r1", part(POST, "her Kesland"))
    said = Correction(id="f-1", kind="reject", about="event", target=target, by="Ada Holm", when="2031-04-01")
    log = blank_log(Log((said,), {"f-1": "stands"}, {"r1": ANALYSES[0]}))
    assert "her Kesland" in log.reports["r1"].text
    assert "counterpart" not in log.reports["r1"].text


def test_report_in_which_nothing_is_said_is_blank() -> None:
    report = analysis("r9", None, "It rained.\nThe road was shut.", Publication())
    assert blank_analysis(report).text == " " * 10 + "\n" + " " * 18
    assert blank_analysis(report, [Span(3, 9)]).text.split() == ["rained"]
