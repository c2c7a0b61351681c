"""The fields of one report, as given, to a `Report` or the reason why there is none."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace

from onrecord.ingest.languages import find_language, primary_subtag
from onrecord.ingest.pages import Page
from onrecord.ingest.text import writable
from onrecord.record import OnrecordError, Report

LONGEST_REPORT = 10 * 2**20
LONGEST_WORD = 100_000

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def report_id(outlet: str | None, url: str | None, text: str) -> str:
    """16 hexadecimal digits, the same for the same three. No outlet and an empty one are the same; so with the URL."""
    parts = [writable(outlet or ""), writable(url or ""), writable(text)]
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()[:16]


def valid_published(given: str) -> str:
    """`given` without the space around it.

    Raises:
        OnrecordError: it is no ISO 8601 date or date and time of the years 1000 to 9999.
    """
    published = given.strip()
    try:
        # Neither a reader nor another program could make sense of digits of another script or of year 3.
        if published.isascii() and datetime.fromisoformat(published).year >= 1000:
            return published
    except ValueError:
        pass
    raise OnrecordError(f'"{published[:40]}" is no ISO 8601 date such as 2024-05-31 or 2024-05-31T18:30+02:00')


def build_report(
    *,
    key: str,
    text: str,
    published: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    title: str | None = None,
    language: str | None = None,
) -> Report:
    """The report of these fields, its language found where none is given.

    Raises:
        OnrecordError: `text` is no prose, or `published` no date.
    """
    text, outlet, url = writable(text), _given(outlet), _given(url)
    if reason := _unfit(text):
        raise OnrecordError(reason)
    published = _given(published)
    return Report(
        id=report_id(outlet, url, text),
        key=_name(key),
        url=url,
        outlet=outlet,
        author=_given(author),
        title=_given(title),
        language=primary_subtag(language or "") or find_language(text),
        published=valid_published(published) if published else None,
        text=text,
    )


def page_report(page: Page, *, key: str, given: Mapping[str, str | None], published: str | None) -> Report:
    """The report on `page`: each field as `given` beside the page, else as the page has it.

    `published` is the date of pages that have none.

    Raises:
        OnrecordError: as `build_report`.
    """
    report = build_report(
        key=key,
        text=page.text,
        published=given.get("published") or page.published or published,
        url=given.get("url") or page.url,
        outlet=given.get("outlet") or page.outlet,
        author=given.get("author") or page.author,
        title=given.get("title") or page.title,
        language=given.get("language"),
    )
    return replace(report, clues=page.clues) if report.published == page.published else report


def too_long(size: int, longest: int = LONGEST_REPORT) -> str:
    """The reason why a report, or a file, of `size` bytes or characters is refused where `longest` are allowed."""
    what = "report" if longest == LONGEST_REPORT else "file"
    return f"{-(-size // 2**20)} MB; the limit for one {what} is {longest // 2**20} MB"


def _name(value: str) -> str:
    """What may stand beside a text: without a NUL, for one of which a database refuses all of a build."""
    return writable(value).replace("\0", "")


def _given(value: str | None) -> str | None:
    return _name(value).strip() or None if value else None


def _unfit(text: str) -> str | None:
    """Why `text` is no prose; None if it may be."""
    if not text.strip():
        return "empty"
    if len(text) > LONGEST_REPORT:
        return too_long(len(text))
    if "\0" in text or len(_CONTROLS.findall(text)) * 100 > len(text):
        return "binary, not text"
    longest = max(map(len, text.split()))
    return f"{longest:,} characters without a space" if longest > LONGEST_WORD else None
