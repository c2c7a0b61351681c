from __future__ import annotations

import io
import json

import msgspec
import pytest

from onrecord.export import FORMATS, choose_writer, write_analysis
from onrecord.record import OnrecordError, Record
from tests.records import ANALYSES, HOSTILE, POST, RECORD


def written(record: Record) -> bytes:
    out = io.BytesIO()
    FORMATS["json"](record, out)
    return out.getvalue()


@pytest.mark.parametrize("record", [Record(), RECORD, HOSTILE])
def test_what_is_written_is_read_back(record: Record) -> None:
    assert msgspec.json.decode(written(record), type=Record) == record
    assert written(record) == written(msgspec.json.decode(written(record), type=Record))


def test_object_has_the_shape_that_is_promised() -> None:
    data = written(RECORD)
    assert data.endswith(b"}\n")
    assert data.count(b"\n") == 1
    record = json.loads(data)
    assert list(record) == [
        *("onrecord", "reports", "analyses", "copies", "stories", "entities", "events", "contacts", "claims"),
        *("expectations", "absent", "disagreements", "links"),
    ]
    assert record["onrecord"] == 1
    first = record["analyses"][0]["attributions"][0]
    assert [POST[start:end] for start, end in first["content"]] == [
        "“The grain road,”",
        "“stays open in every season.”",
    ]
    assert first["speaker"] == {"entity": None, "name": "Ilse Varrun", "class": "named_person", "count": None}
    assert first["said"] == {"earliest": "2031-03-04", "latest": "2031-03-04"}


def test_analysis_is_one_line() -> None:
    out = io.BytesIO()
    for analysis in ANALYSES:
        write_analysis(analysis, out)
    lines = out.getvalue().splitlines()
    assert [json.loads(line)["key"] for line in lines] == [analysis.key for analysis in ANALYSES]


def test_missing_format_is_refused() -> None:
    with pytest.raises(OnrecordError, match=r'"odt" is no format; there are: json, .*, timeml, corrections, html'):
        choose_writer("odt")
