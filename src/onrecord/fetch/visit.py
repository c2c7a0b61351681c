"""Addresses to what stands there, asked for as a guest does: only where it is wished, seldom, and never in haste."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from onrecord.fetch.address import Address, parse_address
from onrecord.fetch.fetch import Fetched, fetch
from onrecord.fetch.network import Unreachable
from onrecord.fetch.robots import Robots
from onrecord.fetch.state import Hold
from onrecord.fetch.status import read_retry_after, say_status
from onrecord.record import OnrecordError

FIRST_HOLD, LONGEST_HOLD = 60.0, 24 * 3600.0
# A site may ask for hours between two requests; then it is read, but slowly.
LONGEST_DELAY = 120.0
TOO_MANY, FAULTS = 429, 500

T = TypeVar("T")


class Get(Protocol):
    """As `fetch`."""

    def __call__(  # noqa: D102
        self,
        url: str,
        *,
        etag: str | None = None,
        modified: str | None = None,
        before: Callable[[Address], None] | None = None,
    ) -> Fetched: ...


class PutOff(Unreachable):
    """The host is left alone for now, so that nothing was asked."""


class Visitor:
    """Fetches with `get`, `delay` seconds apart from one host, and keeps in `holds` which hosts are left alone.

    `clock` tells the seconds of the epoch; `sleep` waits.
    """

    def __init__(
        self,
        holds: dict[str, Hold],
        delay: float,
        *,
        get: Get = fetch,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._holds = holds
        self._delay = delay
        self._get = get
        self._clock = clock
        self._sleep = sleep
        self._robots = Robots(lambda url: get(url, before=self._wait), clock)
        self._ready: dict[str, float] = {}
        self._delays: dict[str, float] = {}
        self._at = ""

    def get(self, url: str, etag: str | None = None, modified: str | None = None) -> Fetched:
        """What stands at `url`, if it may be asked for.

        Raises:
            PutOff: its host is left alone for now.
            Unreachable: nothing came, or the host is busy.
            OnrecordError: it is not to be asked for, or what came is beyond a limit.
        """
        self._at = parse_address(url).host
        try:
            fetched = self._get(url, etag=etag, modified=modified, before=self._approach)
        except PutOff:
            raise
        except Unreachable as error:
            raise self._leave_alone(str(error), None) from None
        if fetched.status == TOO_MANY or fetched.status >= FAULTS:
            raise self._leave_alone(say_status(fetched.status), read_retry_after(fetched.retry_after, self._clock()))
        self._holds.pop(self._at, None)
        return fetched

    def in_turn(self, jobs: Iterable[tuple[str, T]]) -> Iterator[T]:
        """The second of each pair, in the order in which the addresses before them may be asked with the least wait."""
        waiting: defaultdict[str, deque[T]] = defaultdict(deque)
        for url, job in jobs:
            waiting[_host(url)].append(job)
        while waiting:
            host = min(waiting, key=lambda name: self._ready.get(name, 0.0))
            yield waiting[host].popleft()
            if not waiting[host]:
                del waiting[host]

    def _approach(self, address: Address) -> None:
        self._at = address.host
        hold = self._holds.get(address.host)
        if hold and (left := hold.until - self._clock()) > 0:
            raise PutOff(f"{address.host} is left alone for another {_say(left)}")
        if not self._robots.allow(address):
            raise OnrecordError("its robots.txt asks programs not to read it")
        self._delays[address.host] = min(self._robots.delay(address), LONGEST_DELAY)
        self._wait(address)

    def _wait(self, address: Address) -> None:
        delay = max(self._delay, self._delays.get(address.host, 0.0))
        now = self._clock()
        # No longer than the delay, though the clock be set back.
        wait = min(self._ready.get(address.host, now) - now, delay)
        if wait > 0:
            self._sleep(wait)
        self._ready[address.host] = max(now, now + wait) + delay

    def _leave_alone(self, reason: str, asked: float | None) -> Unreachable:
        """Hold the host, each time twice as long as before or as long as it asked, in seconds; what to say of it."""
        strikes = self._holds[self._at].strikes if self._at in self._holds else 0
        seconds = min(max(FIRST_HOLD * 2 ** min(strikes, 20), asked or 0.0), LONGEST_HOLD)
        self._holds[self._at] = Hold(self._clock() + seconds, strikes + 1)
        return Unreachable(f"{reason}; left alone for {_say(seconds)}")


def _host(url: str) -> str:
    try:
        return parse_address(url).host
    except OnrecordError:
        return ""


def _say(seconds: float) -> str:
    return f"{seconds / 3600:.0f} h" if seconds >= 2 * 3600 else f"{-(-seconds // 60):.0f} min"
