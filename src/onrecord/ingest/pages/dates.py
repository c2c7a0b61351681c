"""A page to the date of its publication, with every date that the page gives and the place of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal, NamedTuple

from lxml.html import HtmlElement

from onrecord.ingest.pages.jsonld import Thing, find_reports, strings
from onrecord.ingest.pages.lines import Line
from onrecord.ingest.pages.stamps import find_in_address, find_written, read_stamp

# To be given to htmldate, which else asks the clock, and would give one page two dates in two years.
LATEST = "2100-01-01"
MOST = 40
STATED = ("JSON-LD", "meta")
ADDRESS = "the address"

# Of the names of fields, their letters.
PUBLISHED = frozenset(
    "articlecreated articleoriginaldate articlepublished articlepublisheddate articlepublishedtime btpubdate "
    "citationdate citationonlinedate citationpublicationdate created cxenseparserecsarticlepublishtime "
    "cxenseparserecspublishtime date datecreated dateissued datepublished dcdate dcdatecreated dcdateissued "
    "dcdateoriginal dccreated dcissued dctermscreated dctermsdate dctermsissued dctermsdateissued displaydate issued "
    "ogarticlepublishedtime ogpublishedtime ogpubdate originalpublicationdate parselypubdate pubdate publicationdate "
    "publishdate publisheddate publishedat publishedtime publishtime releasedate rnewsdatepublished sailthrudate "
    "shareaholicarticlepublishedtime".split()
)
MODIFIED = re.compile(r"modif|updat|lastmod|last[-_.]?edit|revised", re.IGNORECASE)
_NO_LETTERS = re.compile("[^a-z]+")
_LABEL = re.compile(
    r"(?:^|[|/•·(–—-] ?)(?:first |last )?(?:(?:published|posted|written|issued)|(?P<modified>updated|modified|edited))"
    r"(?: on| at)?(?: ?:)? (?=\w*\d|[a-z]{3,9}\.? \d)",
    re.IGNORECASE,
)
LONGEST_LABEL, LONGEST_SHOWN = 150, 60


class Candidate(NamedTuple):
    """A date that the page gives; `at` is its place in the page, `line` the number of its line if it is a visible one.

    `labelled` is that a word in the line says what it is the date of.
    """

    kind: Literal["published", "modified"]
    stamp: str
    at: str
    line: int | None = None
    labelled: bool = False

    @property
    def day(self) -> str:
        """Its day, local to its own offset."""
        return self.stamp[:10]


def find_dates(
    tree: HtmlElement, url: str | None, lines: list[Line], guess: str | None
) -> tuple[Candidate | None, list[Candidate]]:
    """The publication of a page, if it gives one, and all dates that it gives, the most telling kinds of place first.

    An address keeps the day on which it was made, so where it holds one the others must be near it. What follows is
    the first field of the page's head if it is in local time, else htmldate's `guess` if it is in a field, else a line
    "Published: …", else the guess.
    """
    found = [*_in_json(find_reports(tree)), *_in_meta(tree), *_in_times(tree), *_in_lines(lines)]
    address = find_in_address(url) if url else None
    if address:
        found.append(Candidate("published", address, ADDRESS))
    if guess and not any(one.day == guess for one in found):
        found.extend(_place(guess, lines))
    found = list(dict.fromkeys(found))[:MOST]
    published = [one for one in found if one.kind == "published" and (not address or _near(one.day, address))]
    stated = any(one.day == guess and one.at.startswith((*STATED, ADDRESS)) for one in published)
    day = guess if stated else next((one.day for one in published if one.labelled), guess)
    # The longest says the time, and the offset.
    agreeing = max((one for one in published if one.day == day), key=lambda one: len(one.stamp), default=None)
    return _in_local_time(published) or agreeing or next(iter(published), None), found


def _near(day: str, other: str) -> bool:
    return abs(date.fromisoformat(day) - date.fromisoformat(other)) <= timedelta(days=1)


def _in_local_time(published: list[Candidate]) -> Candidate | None:
    """The first stated moment if it is in local time, or if it has a twin that is.

    Many a page has one moment twice, in UTC for machines ("2031-05-05T03:30:00Z") and as its readers' clocks show it
    ("2031-05-04T20:30:00"): it is published on the day of the latter, with the offset that lies between them.
    """
    stated = (one for one in published if one.at.startswith(STATED) and datetime.fromisoformat(one.stamp).tzinfo)
    first = next(stated, None)
    if first is None:
        return None
    moment = datetime.fromisoformat(first.stamp)
    if moment.utcoffset():
        return first
    for other in published:
        local = datetime.fromisoformat(other.stamp)
        if local.utcoffset() and local == moment:
            return other
        offset = local.replace(tzinfo=UTC) - moment
        if not local.tzinfo and "T" in other.stamp and offset and _may_be_offset(offset):
            zoned = local.replace(tzinfo=timezone(offset)).isoformat()
            return Candidate("published", zoned, f"{other.at}, in local time beside {first.at},", other.line)
    return None


def _may_be_offset(between: timedelta) -> bool:
    return abs(between) <= timedelta(hours=14) and between % timedelta(minutes=30) == timedelta()


def _place(day: str, lines: list[Line]) -> Iterator[Candidate]:
    """Where a day stands that is in no field.

    Nowhere, if it is the first of a month that no line shows: made up from a "© 2031" or a picture's "/2031/05/".
    """
    year, month, number = (int(part) for part in day.split("-"))
    forms = re.compile(
        rf"\b(?:{year}[-/.]0?{month}[-/.]0?{number}|0?{number}[-/.] ?0?{month}[-/.] ?{year}"
        rf"|0?{month}[-/.]0?{number}[-/.]{year})\b"
    )
    for i, line in enumerate(lines):
        if forms.search(line.text) or any(day == written for _, _, written in find_written(line.text)):
            yield Candidate("published", day, _shown(line), i)
            return
    if number != 1:
        yield Candidate("published", day, "its code, by htmldate,")


def _in_json(reports: list[Thing]) -> Iterator[Candidate]:
    for thing in reports:
        for field in ("datePublished", "dateCreated", "dateModified"):
            for given in strings(thing.get(field)):
                if stamp := read_stamp(given):
                    yield Candidate("modified" if field == "dateModified" else "published", stamp, f"JSON-LD {field}")


def _in_meta(tree: HtmlElement) -> Iterator[Candidate]:
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        modified = MODIFIED.search(name)
        if (modified or _NO_LETTERS.sub("", name.lower()) in PUBLISHED) and (
            stamp := read_stamp(meta.get("content", ""))
        ):
            yield Candidate("modified" if modified else "published", stamp, f"meta {name[:LONGEST_SHOWN]}")


def _in_times(tree: HtmlElement) -> Iterator[Candidate]:
    for element in tree.iter("time", "abbr", "span", "div"):
        if element.tag != "time" and "datetime" not in element.attrib and "itemprop" not in element.attrib:
            continue
        said = " ".join((element.get("itemprop", ""), element.get("class", ""), element.get("id", "")))
        if element.tag != "time" and "date" not in said.lower():
            continue
        given = element.get("datetime") or element.get("content") or element.get("title") or element.text_content()
        if stamp := read_stamp(given):
            yield Candidate("modified" if MODIFIED.search(said) else "published", stamp, f"<{element.tag}>")


def _in_lines(lines: list[Line]) -> Iterator[Candidate]:
    """The dates that a line names by a word: "Written: 2031-05-04 15:03 / Updated: 2031-05-04 15:30"."""
    for i, line in enumerate(lines):
        if len(line.text) <= LONGEST_LABEL:
            for label in _LABEL.finditer(line.text):
                if stamp := read_stamp(line.text[label.end() :]):
                    yield Candidate("modified" if label["modified"] else "published", stamp, _shown(line), i, True)


def _shown(line: Line) -> str:
    return f"the line “{line.text[:LONGEST_SHOWN]}”"
