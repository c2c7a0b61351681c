"""A page to the fields of a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement
from trafilatura import extract_metadata

from onrecord.ingest.frames import Page
from onrecord.ingest.pages.caps import refuse_oversize
from onrecord.ingest.pages.choose import choose_lines
from onrecord.ingest.pages.dates import LATEST, Candidate, find_dates
from onrecord.ingest.pages.decode import decode_page
from onrecord.ingest.pages.jsonld import Thing, find_reports, names, strings
from onrecord.ingest.pages.lines import Line, parse_page, read_lines
from onrecord.record import Clue, OnrecordError, Span

# trafilatura passes data again for each mark of markup in it that has no end.
MARKS = 1_000
# Of the chosen lines: below them a heading is a heading of the body.
TOP = 3


def read_page(raw: bytes, encoding: str | None = None, url: str | None = None, charset: str | None = None) -> Page:
    """The report on the page `raw`, in `encoding` and found under `url` where these are known.

    `charset` is what the sender said of its encoding, which is believed as far as the page bears it out.

    Raises:
        OnrecordError: the page cannot be decoded, is beyond a limit, or holds no main text.
    """
    tree, remark = _parse(raw, encoding, charset)
    lines = read_lines(tree)
    reports = find_reports(tree)
    _drop_marked(tree)
    # `original_date` and `max_date` are htmldate's, which is called herein.
    said = extract_metadata(tree, url, {"original_date": True, "max_date": LATEST})
    title = _first(strings(report.get("headline")) for report in reports) or said.title
    published, dates = find_dates(tree, url or said.url, lines, said.date)
    chosen = choose_lines(tree, lines)
    title = _heading(lines, chosen, title) or title
    text, spans = _join(lines, chosen)
    if not text:
        raise OnrecordError("no main text found in the page")
    return Page(
        text=text,
        url=url or said.url,
        outlet=_outlet(tree, reports) or said.sitename,
        title=title,
        author=_first(names(report.get("author")) for report in reports) or _first([(said.author or "").split("; ")]),
        published=published.stamp if published else None,
        clues=tuple(_clues(published, dates, spans)),
        remark=remark,
    )


def read_body(raw: bytes, encoding: str | None = None, charset: str | None = None) -> Page:
    """All lines of `raw`, which is nothing but report: what a feed or an e-mail holds. No other field is filled.

    Raises:
        OnrecordError: it cannot be decoded, is beyond a limit, or no line is seen of it.
    """
    tree, remark = _parse(raw, encoding, charset)
    lines = read_lines(tree)
    if not lines:
        raise OnrecordError("no text in it")
    return Page(text=_join(lines, list(range(len(lines))))[0], remark=remark)


def _parse(raw: bytes, encoding: str | None, charset: str | None) -> tuple[HtmlElement, str | None]:
    """The tree of a page, and what a user should know about how it was decoded."""
    html, remark = (raw.decode(encoding, "replace"), None) if encoding else decode_page(raw, charset)
    if reason := refuse_oversize(html):
        raise OnrecordError(reason)
    return parse_page(html), remark


def _drop_marked(tree: HtmlElement) -> None:
    """Empties scripts that are full of markup; what they say as data has been read."""
    for script in tree.iter("script"):
        if script.text and script.text.count("<") > MARKS:
            script.text = None


def _first(given: Iterable[list[str]]) -> str | None:
    """The first that is there, on one line."""
    lines = (" ".join(", ".join(dict.fromkeys(some)).split()) for some in given)
    return next(filter(None, lines), None)


def _outlet(tree: HtmlElement, reports: list[Thing]) -> str | None:
    """The publisher; but the site, where that goes by another name: what AP wrote, the Orrel Courier publishes."""
    publisher = _first(names(report.get("publisher")) for report in reports)
    given = (meta.get("content", "") for meta in tree.iter("meta") if meta.get("property") == "og:site_name")
    site = next((name for text in given if (name := text.strip().lstrip("@")) and "//" not in name), None)
    return site if site and not (publisher and _is_same_name(publisher, site)) else publisher


def _is_same_name(one: str, other: str) -> bool:
    """Whether two names may be one outlet's: "The Orrel Courier", "orrelcourier", "Orrel.example" and "TOC News"."""
    letters, of_other = (_letters(name).removeprefix("the") for name in (one, other))
    size = min(3, len(letters), len(of_other))
    words = one.casefold().split()
    initials = tuple("".join(word[0] for word in some) for some in (words, words[words[:1] == ["the"] :]))
    return letters[:size] == of_other[:size] or (len(words) > 1 and of_other.startswith(initials))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _heading(lines: list[Line], chosen: list[int], title: str | None) -> str | None:
    """The title as the heading above the text has it, without the outlet's name that the page's own title adds."""
    headings = (lines[i] for i in chosen[:TOP] if lines[i].block.tag in ("h1", "h2"))
    return next((line.text for line in headings if _same(line.text, title or "")), None)


def _same(heading: str, title: str) -> bool:
    """Whether a heading is the title, behind which the outlet's name may stand."""
    letters, of_title = _letters(heading), _letters(title)
    return len(letters) > 0 and of_title.startswith(letters)


def _join(lines: list[Line], chosen: list[int]) -> tuple[str, dict[int, Span]]:
    """The chosen lines, with an empty one between two blocks, and the place of each."""
    pieces: list[str] = []
    spans: dict[int, Span] = {}
    at = 0
    for before, i in zip((-1, *chosen), chosen, strict=False):
        gap = "" if before < 0 else "\n" if lines[i].block is lines[before].block else "\n\n"
        pieces += (gap, lines[i].text)
        at += len(gap)
        spans[i] = Span(at, at := at + len(lines[i].text))
    return "".join(pieces), spans


def _clues(published: Candidate | None, dates: list[Candidate], spans: dict[int, Span]) -> Iterator[Clue]:
    """What the date was taken from, and then what else the page says of it."""
    if published:
        yield Clue(_span(published, spans), f"taken from the page: {published.at} says {published.stamp}")
    for one in dates:
        if one != published:
            yield Clue(_span(one, spans), f"also in the page: {one.at} says {one.kind} {one.stamp}")


def _span(candidate: Candidate, spans: dict[int, Span]) -> Span | None:
    return None if candidate.line is None else spans.get(candidate.line)
