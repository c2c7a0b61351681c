"""What a page speaks of to where a reader finds it: on a server, or inside a page that is sent as one file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Protocol
from urllib.parse import quote, urlencode

from onrecord.record import Part
from onrecord.views.index import Evidence

Value = str | int | float | None


class Links(Protocol):
    """Where things are. Templates ask for nothing else, so that the same ones serve both."""

    live: bool
    """Whether there is a server behind the page, which answers to filters, forms and htmx."""

    def page(self, name: str, **params: Value) -> str:
        """A view by its name ("statements"), with its filters; those that are None are left out."""
        ...

    def report(self, id: str) -> str:
        """A report."""
        ...

    def fact(self, report: str, id: str) -> str:
        """A fact of a report ("a3"), beside its marked words."""
        ...

    def words(self, evidence: Evidence) -> str:
        """The very words of an evidence, marked in their report."""
        ...

    def claim(self, id: str) -> str:
        """A claim."""
        ...

    def entity(self, id: str) -> str:
        """A person, organisation, outlet, place or group."""
        ...

    def name(self, name: str) -> str | None:
        """The page of whoever bears this name; None where the record has none."""
        ...

    def asset(self, name: str) -> str:
        """A file that is shipped with the pages."""
        ...


class ServerLinks:
    """Addresses on the server; `names` leads from a name to the id of its entity."""

    live = True

    def __init__(self, names: Callable[[str], str | None]) -> None:
        self._names = names

    def page(self, name: str, **params: Value) -> str:
        """A view, with its filters."""
        held = {key: value for key, value in params.items() if value not in (None, "")}
        path = "/" if name == "start" else f"/{name}"
        return f"{path}?{urlencode(held)}" if held else path

    def report(self, id: str) -> str:
        """A report."""
        return f"/report/{_quote(id)}"

    def fact(self, report: str, id: str) -> str:
        """A fact of a report."""
        return f"{self.report(report)}?fact={_quote(id)}#here"

    def words(self, evidence: Evidence) -> str:
        """The words of an evidence, in their report."""
        return f"{self.report(evidence.report)}?char={word_part(evidence.spans)}#here"

    def claim(self, id: str) -> str:
        """A claim."""
        return f"/claim/{_quote(id)}"

    def entity(self, id: str) -> str:
        """Who or what is named."""
        return f"/entity/{_quote(id)}"

    def name(self, name: str) -> str | None:
        """Whoever bears a name, if anybody does."""
        id = self._names(name)
        return self.entity(id) if id else None

    def asset(self, name: str) -> str:
        """A file beside the pages."""
        return f"/static/{name}"


class FileLinks:
    """Places inside one file; `quoted` are the first characters of all that was led to, by report."""

    live = False

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self.quoted: dict[str, set[int]] = {}

    def page(self, name: str, **params: Value) -> str:
        """A view, with its filters."""
        return f"#{name}"

    def report(self, id: str) -> str:
        """A report."""
        return f"#{anchor(id)}"

    def fact(self, report: str, id: str) -> str:
        """A fact of a report."""
        return f"#{anchor(report, id)}"

    def words(self, evidence: Evidence) -> str:
        """The words of an evidence, in their report."""
        start = evidence.spans[0].start if evidence.spans else 0
        self.quoted.setdefault(evidence.report, set()).add(start)
        return f"#{anchor(evidence.report, f'c{start}')}"

    def claim(self, id: str) -> str:
        """A claim."""
        return f"#{anchor(id)}"

    def entity(self, id: str) -> str:
        """Who or what is named."""
        return f"#{anchor(id)}"

    def name(self, name: str) -> str | None:
        """Whoever bears a name, if anybody does."""
        id = self._names.get(name)
        return self.entity(id) if id else None

    def asset(self, name: str) -> str:
        """A file beside the pages."""
        return ""


def anchor(*ids: str) -> str:
    """The name of a place inside a page: `anchor(report, "a3")` of a fact, `anchor(report, "c120")` of a character."""
    return quote("-".join(ids), safe="")


@lru_cache(maxsize=4096)
def _quote(id: str) -> str:
    """An id as an address holds it; a page leads to the same ones many times."""
    return quote(id, safe="")


def word_part(part: Part) -> str:
    """Spans as an address has them.

    >>> word_part(((120, 188), (200, 210)))
    '120,188;200,210'
    """
    return ";".join(f"{start},{end}" for start, end in part)
