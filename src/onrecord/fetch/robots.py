"""What a site asks of programs, in its robots.txt."""

from __future__ import annotations

import re
from collections.abc import Callable

from protego import Protego

from onrecord.fetch.address import Address
from onrecord.fetch.fetch import OK, Fetched
from onrecord.fetch.network import Unreachable
from onrecord.fetch.status import say_status
from onrecord.record import OnrecordError

# The name that a robots.txt calls us by.
NAME = "onrecord"
KEPT_FOR = 24 * 3600.0
FAILURE_KEPT_FOR = 600.0
MOST_KEPT = 2_000
# As RFC 9309 has it.
LONGEST = 500 * 2**10
# The parser keeps each rule once for each name that it is for: more than this would fill the memory.
MOST_RULES = 2_000_000

_NAMED = re.compile("user.?agent", re.IGNORECASE)


class Robots:
    """The rules of each site, read once a day.

    `get` fetches a robots.txt, `clock` tells the time in seconds.
    """

    def __init__(self, get: Callable[[str], Fetched], clock: Callable[[], float]) -> None:
        self._get = get
        self._clock = clock
        self._kept: dict[str, tuple[float, Protego | str]] = {}

    def allow(self, address: Address) -> bool:
        """Whether the site lets us read `address`.

        Raises:
            Unreachable: what it lets us read cannot be known now, so that nothing is read.
        """
        return self._rules(address).can_fetch(address.url, NAME)

    def delay(self, address: Address) -> float:
        """How many seconds the site asks us to leave between two requests; 0 where it doesn't say.

        Raises:
            Unreachable: as `allow`.
        """
        return self._rules(address).crawl_delay(NAME) or 0.0

    def _rules(self, address: Address) -> Protego:
        until, rules = self._kept.get(address.origin, (0.0, ""))
        now = self._clock()
        if now >= until:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            rules = self._read(address.origin)
            self._kept[address.origin] = now + (FAILURE_KEPT_FOR if isinstance(rules, str) else KEPT_FOR), rules
        if isinstance(rules, str):
            raise Unreachable(f"its robots.txt can't be read ({rules})")
        return rules

    def _read(self, origin: str) -> Protego | str:
        """The rules, or why they can't be known. A site that has no such file has none."""
        try:
            fetched = self._get(f"{origin}/robots.txt")
        except OnrecordError as error:
            return str(error)
        if fetched.status == OK:
            text = fetched.body[:LONGEST].decode("utf-8-sig", "replace")
            if len(_NAMED.findall(text)) * len(text.splitlines()) > MOST_RULES:
                return "too many rules for too many programs"
            return Protego.parse(text)
        return say_status(fetched.status) if fetched.status == 429 or fetched.status >= 500 else Protego.parse("")
