from __future__ import annotations

import time

import pytest

from onrecord.fetch.address import parse_address
from onrecord.fetch.network import Unreachable
from onrecord.fetch.robots import FAILURE_KEPT_FOR, KEPT_FOR, Robots
from onrecord.record import OnrecordError
from tests.fetch.web import Web, answer, status

TERN = parse_address("https://tern.example/news/1?a=b")
ROBOTS = "https://tern.example/robots.txt"


@pytest.fixture
def web() -> Web:
    return Web()


def robots(web: Web) -> Robots:
    return Robots(web.get, lambda: web.now)


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /news/", False),
        ("User-agent: *\nDisallow: /other/", True),
        ("User-agent: *\nDisallow: /*?a=", False),
        ("User-agent: *\nDisallow: /news/\nAllow: /news/1", True),
        ("User-agent: onrecord\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: otherbot\nDisallow: /", True),
        ("\ufeffUser-agent: Onrecord\r\nDisallow: /news", False),
        ("<html><body>Not a robots.txt</body></html>", True),
        ("\x00\xff" * 999, True),
    ],
)
def test_what_a_site_asks_is_kept_to(web: Web, rules: str, allowed: bool) -> None:
    web.put(ROBOTS, answer(ROBOTS, rules, "text/plain"))
    assert robots(web).allow(TERN) is allowed


@pytest.mark.parametrize("number", [301, 401, 403, 404, 410])
def test_a_site_without_rules_has_none(web: Web, number: int) -> None:
    web.put(ROBOTS, status(ROBOTS, number))
    assert robots(web).allow(TERN)


@pytest.mark.parametrize(
    "failure",
    [status(ROBOTS, 500), status(ROBOTS, 503), status(ROBOTS, 429), Unreachable("no answer"), OnrecordError("longer")],
)
def test_rules_that_cannot_be_known_forbid_all_for_now(web: Web, failure: Exception) -> None:
    web.put(ROBOTS, failure, answer(ROBOTS, ""))
    rules = robots(web)
    for _ in range(3):
        with pytest.raises(Unreachable, match=r"its robots\.txt can't be read"):
            rules.allow(TERN)
    assert len(web.asked) == 1
    web.now += FAILURE_KEPT_FOR
    assert rules.allow(TERN)


def test_rules_are_asked_for_once_a_day_and_site(web: Web) -> None:
    rules = robots(web)
    for _ in range(3):
        assert rules.allow(TERN)
        assert rules.allow(parse_address("https://tern.example:8443/"))
    assert len(web.asked) == 2
    web.now += KEPT_FOR
    assert rules.allow(TERN)
    assert len(web.asked) == 3


def test_the_delay_that_a_site_asks_for_is_told(web: Web) -> None:
    web.put(ROBOTS, answer(ROBOTS, "User-agent: *\nCrawl-delay: 20\n\nUser-agent: other\nCrawl-delay: 90"))
    assert robots(web).delay(TERN) == 20


def test_rules_that_would_fill_the_memory_are_not_read(web: Web) -> None:
    many = "".join(f"User-agent: a{i}\n" for i in range(12_000)) + "Allow: /\n" * 20_000
    web.put(ROBOTS, answer(ROBOTS, many))
    started = time.monotonic()
    with pytest.raises(Unreachable, match="too many rules"):
        robots(web).allow(TERN)
    assert time.monotonic() - started < 2


def test_a_rule_full_of_stars_is_weighed_at_once(web: Web) -> None:
    web.put(ROBOTS, answer(ROBOTS, "User-agent: *\nDisallow: /" + "*a" * 5_000 + "$"))
    started = time.monotonic()
    assert robots(web).allow(parse_address("https://tern.example/" + "a" * 1_900))
    assert time.monotonic() - started < 2
