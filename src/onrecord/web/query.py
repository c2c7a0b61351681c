"""What stands behind the "?" of an address to the filters that it means."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from onrecord.record import OnrecordError, Part, Span

# So many entries fill a page of a list.
PAGE = 25
LONGEST = 300
MOST_PAGES = 1_000_000
# The name of what the address holds, for each of a list's own filters; the others ("speaker", "class") are facets.
_PLAIN = ("q", "since", "until", "least", "page")


class Query(Struct, frozen=True):
    """The filters that hold; `facets` by their names, each with one value; `page` counts from 1.

    `size` is how many stand on a page, None for as many as the list has by itself.
    """

    words: str
    since: date | None
    until: date | None
    least: float
    page: int
    facets: dict[str, str]
    size: int | None = None

    def params(self, **changes: str | int | float | None) -> dict[str, str | int | float | None]:
        """What an address holds that says the same, but for `changes`; it begins at the first page again."""
        held: dict[str, str | int | float | None] = {
            "q": self.words or None,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "least": self.least or None,
            **self.facets,
        }
        return {name: value for name, value in (held | changes).items() if value is not None}


def read_query(given: Mapping[str, str], facets: tuple[str, ...] = ()) -> Query:
    """The filters of an address, of which those of other names than `facets` and the plain ones are passed over.

    Raises:
        OnrecordError: a day, a number or a page is none.
    """
    held = {name: value for name, value in given.items() if value and name in (*_PLAIN, *facets)}
    if any(len(value) > LONGEST for value in held.values()):
        raise OnrecordError(f"a filter has at most {LONGEST} characters")
    return Query(
        words=held.get("q", "").strip(),
        since=_day(held.get("since")),
        until=_day(held.get("until")),
        least=_least(held.get("least", "0")),
        page=_page(held.get("page", "1")),
        facets={name: held[name] for name in facets if name in held},
    )


def read_part(words: str) -> Part:
    """The spans that an address has as "120,188;200,210".

    Raises:
        OnrecordError: they are none.
    """
    try:
        spans = tuple(Span(*(int(n) for n in pair.split(","))) for pair in words.split(";") if pair)
    except (TypeError, ValueError):
        raise OnrecordError('no stretch of a text: characters are given as "char=120,188"') from None
    if any(not 0 <= s.start <= s.end for s in spans):
        raise OnrecordError('no stretch of a text: characters are given as "char=120,188"')
    return tuple(sorted(spans))


def _day(words: str | None) -> date | None:
    if words is None:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise OnrecordError(f'"{words}" is no day; days are written 2031-05-04') from None


def _least(words: str) -> float:
    try:
        least = float(words)
    except ValueError:
        least = -1.0
    if not 0 <= least <= 1:
        raise OnrecordError(f'"{words}" is no confidence; it goes from 0 to 1')
    return least


def _page(words: str) -> int:
    if not words.isdecimal() or not 1 <= int(words) <= MOST_PAGES:
        raise OnrecordError(f'"{words}" is no page; they count from 1')
    return int(words)


# All of a list on one page, for a file.
ALL = Query("", None, None, 0.0, 1, {}, size=2**31)
