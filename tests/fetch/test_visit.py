from __future__ import annotations

import pytest

from onrecord.fetch.fetch import Fetched
from onrecord.fetch.network import Unreachable
from onrecord.fetch.state import Hold
from onrecord.fetch.visit import PutOff, Visitor
from onrecord.record import OnrecordError
from tests.fetch.web import START, Web, answer, status

TERN, GULL = "https://tern.example/a", "https://gull.example/a"
ROBOTS = "https://tern.example/robots.txt"


@pytest.fixture
def web() -> Web:
    web = Web()
    for url in (TERN, GULL):
        web.put(url, answer(url, "x"))
    return web


def visitor(web: Web, delay: float = 5, holds: dict[str, Hold] | None = None) -> Visitor:
    return Visitor({} if holds is None else holds, delay, get=web.get, clock=lambda: web.now, sleep=web.sleep)


def test_requests_to_one_host_lie_apart_and_others_do_not_wait(web: Web) -> None:
    visiting = visitor(web)
    for url in (TERN, GULL, TERN, TERN):
        assert visiting.get(url).body == b"x"
    tern = [at for at, url in web.asked if "tern" in url]
    gull = [at for at, url in web.asked if "gull" in url]
    assert (tern, gull) == ([0, 5, 10, 15], [5, 10])


def test_a_site_that_asks_for_longer_is_given_it_within_reason(web: Web) -> None:
    web.put(ROBOTS, answer(ROBOTS, "User-agent: *\nCrawl-delay: 20"))
    visiting = visitor(web)
    for _ in range(3):
        visiting.get(TERN)
    assert [at for at, _ in web.asked] == [0, 5, 25, 45]
    web.put("https://gull.example/robots.txt", answer(GULL, "User-agent: *\nCrawl-delay: 1e9"))
    for _ in range(2):
        visiting.get(GULL)
    assert max(web.slept) == 120


def test_what_robots_forbid_is_not_asked(web: Web) -> None:
    web.put(ROBOTS, answer(ROBOTS, "User-agent: onrecord\nDisallow: /a"))
    with pytest.raises(OnrecordError, match=r"robots\.txt asks programs not to"):
        visitor(web).get(TERN)
    assert web.read() == []


def test_the_jobs_are_done_in_the_order_of_least_wait(web: Web) -> None:
    visiting = visitor(web)
    order = []
    for url in visiting.in_turn((url, url) for url in (TERN, TERN, TERN, GULL, "no address")):
        order.append(url)
        if url != "no address":
            visiting.get(url)
    assert order == [TERN, GULL, "no address", TERN, TERN]
    assert web.now - START == 15


@pytest.mark.parametrize(
    ("given", "minutes"),
    [
        (status(TERN, 429), 1),
        (status(TERN, 503), 1),
        (status(TERN, 500), 1),
        (Unreachable("no answer"), 1),
        (status(TERN, 429, "600"), 10),
        (status(TERN, 503, "0"), 1),
        (status(TERN, 503, "Thu, 08 May 2031 10:46:45 GMT"), 60),
        (status(TERN, 503, "Thu, 08 May 2031 08:46:40 GMT"), 1),
        (status(TERN, 503, "99999999999999"), 24 * 60),
        (status(TERN, 503, "soon"), 1),
        (status(TERN, 503, "-5"), 1),
        (status(TERN, 503, "Fri, 99 May 2031 99:00:00 GMT"), 1),
        (status(TERN, 503, "٣٣"), 1),
    ],
)
def test_a_host_that_is_busy_is_left_alone_for_as_long_as_it_asks(
    web: Web, given: Fetched | Exception, minutes: int
) -> None:
    web.put(TERN, given, answer(TERN, "x"))
    holds: dict[str, Hold] = {}
    visiting = visitor(web, holds=holds)
    with pytest.raises(Unreachable, match="left alone for"):
        visiting.get(TERN)
    asked = len(web.asked)
    with pytest.raises(PutOff, match=r"tern\.example is left alone for another"):
        visiting.get(TERN)
    assert (len(web.asked), holds["tern.example"].strikes) == (asked, 1)
    assert holds["tern.example"].until == web.now + 60 * minutes
    web.now = holds["tern.example"].until
    assert visiting.get(TERN).body == b"x"
    assert holds == {}


def test_each_failure_makes_the_rest_twice_as_long_up_to_a_day(web: Web) -> None:
    web.put(TERN, status(TERN, 503))
    holds: dict[str, Hold] = {}
    visiting = visitor(web, holds=holds)
    lengths = []
    for _ in range(30):
        with pytest.raises(Unreachable):
            visiting.get(TERN)
        lengths.append(holds["tern.example"].until - web.now)
        web.now = holds["tern.example"].until
    assert lengths[:4] == [60, 120, 240, 480]
    assert lengths[-1] == 24 * 3600


def test_a_host_that_was_left_alone_by_the_last_run_still_is(web: Web) -> None:
    with pytest.raises(PutOff):
        visitor(web, holds={"tern.example": Hold(web.now + 5, 1)}).get(TERN)
    assert web.asked == []


def test_a_clock_set_back_costs_no_more_than_the_delay(web: Web) -> None:
    visiting = visitor(web)
    visiting.get(TERN)
    web.now -= 10_000
    visiting.get(TERN)
    assert max(web.slept) == 5
