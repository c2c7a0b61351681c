"""Two reports of which one copies the other to the one that is likelier the model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from onrecord.knowledge import read_words
from onrecord.record import Analysis

_CREDITS = frozenset(("credit", "byline", "copyright"))
# "PORT HESPER (AP) —": an agency's dateline stands near the top, its sign at the end.
_HEAD, _TAIL = 240, 60
_PLAIN = frozenset("the a an agency news newspaper".split())


def order_pair(a: Analysis, b: Analysis) -> tuple[Analysis, Analysis]:
    """The pair, the likelier model first: the earlier by given days, else the one that the other credits.

    Else the longer one by a fifth, of which the other may be a cut; else by id.
    """
    first, second = sorted((a, b), key=lambda x: x.id)
    days = [x.published.earliest if x.published.given else None for x in (first, second)]
    credits = credits_outlet(first, second), credits_outlet(second, first)
    lengths = len(first.text), len(second.text)
    if days[0] and days[1] and days[0] != days[1]:
        later = days[1] < days[0]
    elif credits[0] != credits[1]:
        later = credits[0]
    else:
        later = lengths[0] * 1.2 < lengths[1]
    return (second, first) if later else (first, second)


def credits_outlet(report: Analysis, model: Analysis) -> bool:
    """Whether `report` names the outlet of `model` as its source: in a chain, a byline or an agency's sign."""
    outlet = _words(model.outlet or "")
    if not outlet or outlet == _words(report.outlet or ""):
        return False
    return any(outlet <= _words(name) for name in _credited(report))


def _credited(report: Analysis) -> Iterator[str]:
    for attribution in report.attributions:
        yield from (link.split(" (")[0] for link in attribution.chain)
    for noise in report.noise:
        if noise.kind in _CREDITS:
            yield report.text[noise.span.start : noise.span.end]
    for place in (report.text[:_HEAD], report.text[-_TAIL:]):
        yield from (sign for sign in re.findall(r"\(([^()\n]{2,40})\)", place) if sign in read_words("agencies"))


@lru_cache(1 << 12)
def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.casefold())) - _PLAIN
