"""A template and what it shows to a page."""

from __future__ import annotations

import shlex
import textwrap
from functools import cache
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from onrecord.terminal.printable import show_controls
from onrecord.views import wording
from onrecord.web.links import Links, anchor

# What stands in the bar above every page: the views in the order in which a reader goes through them.
VIEWS = (
    ("reports", "Reports"),
    ("timeline", "Timeline"),
    ("calls", "Call sheet"),
    ("statements", "Statements"),
    ("claims", "Claims"),
    ("disagreements", "Disagreements"),
    ("expectations", "Expectations"),
    ("absent", "Absent"),
    ("people", "People"),
    ("corrections", "Corrections"),
)


def render(template: str, links: Links, **shown: Any) -> str:
    """The page of `template`, in which text is text: all of it is escaped."""
    return _environment().get_template(template).render(links=links, views=VIEWS, **shown)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("onrecord.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["version"] = version("onrecord")
    environment.globals["anchor"] = anchor
    environment.globals["count"] = wording.word_count
    environment.globals["join"] = wording.join_words
    environment.filters["plain"] = show_controls
    environment.filters["outside"] = outside
    environment.filters["short"] = shorten
    environment.filters["typed"] = shlex.quote
    environment.filters["sure"] = wording.word_confidence
    # Of pictures that the server has drawn, in which all text is escaped already.
    environment.filters["drawn"] = Markup
    return environment


def shorten(text: str, most: int = 90) -> str:
    """The text in one line of at most so many characters, cut between words, or within one that is longer than that.

    >>> shorten("The grain road stays open", 12), shorten("Grain", 12)
    ('The grain…', 'Grain')
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    held = textwrap.shorten(line, most, placeholder="…")
    return held if held != "…" else f"{text.strip()[: most - 1]}…"


def outside(url: str | None) -> str | None:
    """An address if it may be followed: http or https with a host; else None.

    >>> outside("https://example.org/a"), outside("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    written = (url or "").isprintable() and " " not in (url or "")
    return url if written and parts.scheme in ("http", "https") and parts.hostname else None
