"""Reports to the links by which one may date another: shared rare names, and in large records shared rare words."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.link.names import link_names
from onrecord.link.stories import link_words
from onrecord.record import Analysis, Link

# So many rare words of names, or so high a cosine of rare words: what is less tells nothing of a date.
NAMES, _WORDS = 2, 0.15


def link_affairs(analyses: Sequence[Analysis]) -> list[Link]:
    """Links "same" between reports of one affair, by their words where these suffice, else by names."""
    by_words = link_words(analyses, _WORDS)
    pairs = {(link.left, link.right) for link in by_words}
    return by_words + [link for link in link_names(analyses, NAMES) if (link.left, link.right) not in pairs]
