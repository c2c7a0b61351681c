"""No text of a stranger keeps a regular expression of the package busy: each one on 200 KB of what is worst for it."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.regexes import LENGTH, Used, apply, hard_texts, registry

# Seconds of processor time. The slowest takes 0.6 on the machine of the figures; what passes a text again for each of
# its characters takes minutes.
MOST = 5.0
USED = registry()


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """The block, ended with a failure after so many seconds of processor time."""

    def end(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def first_slow(used: Used, seconds: float = MOST) -> str | None:
    """The method and the beginning of the text that takes too long; None if none does."""
    for text in hard_texts(used.pattern):
        for method in sorted(used.methods):
            try:
                with at_most(seconds):
                    apply(used.pattern, method, text)
            except TimeoutError:
                return f"{method} on {text[:40]!r} …"
    return None


def test_all_rooms_are_looked_at() -> None:
    rooms = {used.where.split(".")[1] for used in USED}
    assert {"attribute", "dating", "ingest", "link", "store", "fetch", "events", "export", "knowledge"} <= rooms
    assert len(USED) > 200


@pytest.mark.skipif(sys.platform == "win32", reason="there are no timers of that kind")
@pytest.mark.parametrize("used", USED, ids=[f"{used.where} {n}" for n, used in enumerate(USED)])
def test_each_ends_in_time(used: Used) -> None:
    assert first_slow(used) is None


@pytest.mark.skipif(sys.platform == "win32", reason="there are no timers of that kind")
@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"(a+)+b", "search"),
        (r"\s+$", "search"),
        (r"\s*[\r\n]\s*", "sub"),
        (r"(\w+)\s=\s(\w+)x", "finditer"),
        (r"(?:a|ab?)*c", "fullmatch"),
    ],
)
def test_what_backtracks_is_found_out(pattern: str, method: str) -> None:
    used = Used("here", re.compile(pattern), frozenset((method,)))
    assert first_slow(used, 0.5) is not None


def test_the_texts_are_as_long_as_promised() -> None:
    for used in USED[:40]:
        assert all(LENGTH - 4000 <= len(text) <= LENGTH + 4000 for text in hard_texts(used.pattern))
