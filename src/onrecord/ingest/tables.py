"""A table of Media Cloud to reports, a row at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import BufferedReader, TextIOWrapper
from pathlib import Path

from onrecord.ingest.entries import LONGEST_FILE, Reading, Workers, read_entries
from onrecord.ingest.frames import Entry, Found, Remark
from onrecord.ingest.pages.stamps import read_stamp
from onrecord.ingest.report import LONGEST_REPORT
from onrecord.ingest.text import decode_text

COLUMNS = ("media_name", "publish_date", "title", "url")
# It keeps days and writes them as midnights.
MIDNIGHT = "T00:00:00"
# By which the encoding is judged.
SAMPLE = 2**20


def read_csv(name: str, stem: str, published: str | None, workers: Workers) -> Reading:
    """The reports of the rows that have a text; one notice counts the others, or names a table of another kind."""
    with Path(name).open("rb") as file:
        yield from read_entries(name, stem, _read_table(file), "line", published, workers.pages)


def _read_table(file: BufferedReader) -> Iterator[Found]:
    """The rows that have a text, each under the number of its first line.

    Raises:
        OnrecordError: the encoding of the table can only be guessed.
    """
    sample = file.read(SAMPLE)
    _, encoding = decode_text(sample[: sample.rfind(b"\n") + 1] or sample)
    file.seek(0)
    if encoding:
        yield Remark(None, f"not UTF-8; read as {encoding}", False)
    lines = TextIOWrapper(file, encoding or "utf-8-sig", errors="replace", newline="")
    csv.field_size_limit(LONGEST_REPORT)
    # No line is held that is longer than a file may be.
    rows = csv.reader(iter(lambda: lines.readline(LONGEST_FILE), ""))
    before = 0
    try:
        columns = [column.strip().lower() for column in next(rows, [])]
        if missing := [column for column in COLUMNS if column not in columns]:
            yield Remark(None, f"no table of Media Cloud: it lacks the columns {', '.join(missing)}")
            return
        before = rows.line_num
        without = 0
        for row in rows:
            entry = _entry(before + 1, dict(zip(columns, row, strict=False)))
            before = rows.line_num
            without += bool(row and not entry)
            if entry:
                yield entry
                if lost := (entry.text or "").count("\ufffd"):
                    yield Remark(entry.number, f"damaged characters, each shown as \ufffd: {lost}", False)
        if without:
            yield Remark(None, f"{without:,} {'row has' if without == 1 else 'rows have'} no text")
    except csv.Error as error:
        yield Remark(before + 1, f"{error}; the rest is left out")


def _entry(number: int, row: dict[str, str]) -> Entry | None:
    """The report of `row`; None if it has no text."""
    text = row.get("text", "")
    if not text.strip():
        return None
    published = row.get("publish_date", "").strip()
    return Entry(
        number=number,
        key=row.get("id", "").strip() or None,
        text=text,
        url=row.get("url"),
        outlet=row.get("media_name"),
        title=row.get("title"),
        published=(read_stamp(published) or published).removesuffix(MIDNIGHT) or None,
        language=row.get("language"),
    )
