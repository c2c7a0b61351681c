"""A JSON file, one object or an array of them, to reports."""

from __future__ import annotations

from onrecord.ingest.articles import as_ours
from onrecord.ingest.entries import LONGEST_FILE, Reading, Workers, read_bounded
from onrecord.ingest.jsonl import parse_json, read_object, with_remarks
from onrecord.ingest.notice import Notice
from onrecord.record import OnrecordError

NO_REPORTS = 'no reports: no object with "text", "html" or news-please\'s "maintext"'


def read_json(name: str, stem: str, published: str | None, workers: Workers) -> Reading:
    """The reports of the file `name`, and a notice for each item of an array that gives none.

    A file of another kind, of which folders hold many, gets one notice, however long it is.
    """
    try:
        given = parse_json(read_bounded(name, LONGEST_FILE))
    except OnrecordError as error:
        yield Notice(name, None, str(error), True)
        return
    if isinstance(given, dict) and _may_be_report(given):
        yield from _read_item(name, None, stem, given, published, workers)
    elif isinstance(given, list) and any(map(_may_be_report, given)):
        for number, item in enumerate(given, start=1):
            yield from _read_item(name, number, f"{stem}-{number}", item, published, workers)
    else:
        yield Notice(name, None, NO_REPORTS, True)


def _may_be_report(given: object) -> bool:
    return isinstance(given, dict) and any(isinstance(given.get(field), str) for field in ("text", "html", "maintext"))


def _read_item(
    name: str, number: int | None, key: str, given: object, published: str | None, workers: Workers
) -> Reading:
    try:
        if not isinstance(given, dict):
            raise OnrecordError("no JSON object")
        report = read_object(key, as_ours(given), published, workers.pages)
    except OnrecordError as error:
        yield Notice(name, number, str(error), True, "item")
    else:
        yield from with_remarks(name, number, report, "item")
