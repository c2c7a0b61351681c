"""The scripts of a page to what they say in JSON-LD about a report."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from html import unescape

from lxml.html import HtmlElement

from onrecord.ingest.text import writable

MOST = 10_000

Thing = dict[str, object]


def find_reports(tree: HtmlElement) -> list[Thing]:
    """The things in the JSON-LD of `tree` that are articles, and where there is none those that are pages."""
    things = list(_things(tree))
    articles = [thing for thing in things if any(_is_article(name) for name in strings(thing.get("@type")))]
    return articles or [thing for thing in things if "WebPage" in strings(thing.get("@type"))]


def strings(value: object) -> list[str]:
    """The strings that `value` holds, if it is one or a list of them."""
    values = value if isinstance(value, list) else [value]
    return [writable(unescape(item)).strip() for item in values if isinstance(item, str) and item.strip()]


def names(value: object) -> list[str]:
    """The names of the people or organisations in `value`, each given as a string or as a thing with a name."""
    values = value if isinstance(value, list) else [value]
    return [name for item in values for name in strings(item.get("name") if isinstance(item, dict) else item)]


def _things(tree: HtmlElement) -> Iterator[Thing]:
    """Every object, the outer ones first, as far as there are not more than `MOST`."""
    waiting: deque[object] = deque()
    for script in tree.iter("script"):
        if "ld+json" in script.get("type", "").lower():
            try:
                # Line breaks inside strings are against the rules and common.
                waiting.append(json.loads(script.text or "", strict=False))
            except (ValueError, RecursionError):
                continue
    for _ in range(MOST):
        if not waiting:
            return
        value = waiting.popleft()
        if isinstance(value, dict):
            yield value
        waiting.extend(value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())


def _is_article(name: str) -> bool:
    return name.rpartition("/")[2].endswith(("Article", "BlogPosting", "Report", "LiveBlogPosting"))
