"""A page to the fields of a report."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement
from trafilatura import extract_metadata

from onrecord.ingest.pages.caps import refuse_oversize
from onrecord.ingest.pages.choose import choose_lines
from onrecord.ingest.pages.dates import LATEST, Candidate, find_dates
from onrecord.ingest.pages.decode import decode_page
from onrecord.ingest.pages.frames import Page
from onrecord.ingest.pages.jsonld import find_reports, names, strings
from onrecord.ingest.pages.lines import Line, parse_page, read_lines
from onrecord.record import Clue, OnrecordError, Span

# Of the chosen lines: below them a heading is a heading of the body.
TOP = 3


def read_page(raw: bytes, encoding: str | None = None, url: str | None = None) -> Page:
    """The report on the page `raw`, in `encoding` and found under `url` where these are known.

    Raises:
        OnrecordError: the page cannot be decoded, is beyond a limit, or holds no main text.
    """
    html, remark = (raw.decode(encoding, "replace"), None) if encoding else decode_page(raw)
    if reason := refuse_oversize(html):
        raise OnrecordError(reason)
    tree = parse_page(html)
    lines = read_lines(tree)
    # `original_date` and `max_date` are htmldate's, which is called herein.
    said = extract_metadata(tree, url, {"original_date": True, "max_date": LATEST})
    reports = find_reports(tree)
    title = _first(strings(report.get("headline")) for report in reports) or said.title
    published, dates = find_dates(tree, url or said.url, lines, said.date)
    text, spans = _join(lines, _without_title(lines, choose_lines(tree, lines), title))
    if not text:
        raise OnrecordError("no main text found in the page")
    return Page(
        text=text,
        url=url or said.url,
        outlet=_first(names(report.get("publisher")) for report in reports) or _site_name(tree) or said.sitename,
        title=title,
        author=_first(names(report.get("author")) for report in reports)
        or (said.author or "").replace("; ", ", ")
        or None,
        published=published.stamp if published else None,
        clues=tuple(_clues(published, dates, spans)),
        remark=remark,
    )


def _first(given: Iterator[list[str]]) -> str | None:
    """The first that is there, on one line."""
    return next((" ".join(", ".join(dict.fromkeys(some)).split()) for some in given if some), None)


def _site_name(tree: HtmlElement) -> str | None:
    given = (meta.get("content", "").strip() for meta in tree.iter("meta") if meta.get("property") == "og:site_name")
    return next(filter(None, given), None)


def _without_title(lines: list[Line], chosen: list[int], title: str | None) -> list[int]:
    """`chosen` from behind the heading that repeats the title: it is kept beside the text and not in it."""
    for at, i in enumerate(chosen[:TOP]):
        if lines[i].block.tag in ("h1", "h2") and _same(lines[i].text, title or ""):
            return chosen[:at] + chosen[at + 1 :]
    return chosen


def _same(heading: str, title: str) -> bool:
    """Whether a heading is the title, behind which the outlet's name may stand."""
    letters, of_title = ("".join(filter(str.isalnum, text)).casefold() for text in (heading, title))
    return len(letters) > 0 and of_title.startswith(letters)


def _join(lines: list[Line], chosen: list[int]) -> tuple[str, dict[int, Span]]:
    """The chosen lines, with an empty one between two blocks, and the place of each."""
    pieces: list[str] = []
    spans: dict[int, Span] = {}
    at = 0
    for i in chosen:
        gap = ("\n" if lines[i].broken else "\n\n") if pieces else ""
        pieces += [gap, lines[i].text]
        at += len(gap)
        spans[i] = Span(at, at + len(lines[i].text))
        at = spans[i].end
    return "".join(pieces), spans


def _clues(published: Candidate | None, dates: list[Candidate], spans: dict[int, Span]) -> Iterator[Clue]:
    """What the date was taken from, and then what else the page says of it."""
    if published:
        yield Clue(_span(published, spans), f"taken from the page: {published.at} says {published.stamp}")
    for one in dates:
        if published is None or (one.kind, one.at) != (published.kind, published.at):
            role = "modified" if one.kind == "modified" else "published"
            yield Clue(_span(one, spans), f"also in the page: {one.at} says {role} {one.stamp}")


def _span(candidate: Candidate, spans: dict[int, Span]) -> Span | None:
    return None if candidate.line is None else spans.get(candidate.line)
