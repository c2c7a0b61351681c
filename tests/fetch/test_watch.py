from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from onrecord.engine import Summary
from onrecord.fetch.fetch import Fetched
from onrecord.fetch.network import Unreachable
from onrecord.fetch.state import read_state, state_path
from onrecord.fetch.watch import MOST_NEWS, Round, Watcher
from onrecord.ingest.notice import Notice
from onrecord.record import OnrecordError, Report
from tests.fetch.web import START, Web, answer, article, feed, status

FEED, OTHER = "https://tern.example/feed", "https://gull.example/feed"
PAGES = {path: f"https://tern.example{path}" for path in ("/a", "/b", "/c")}


class Newsroom:
    """A record that is only a list of what was given to be built, and whoever follows feeds for it."""

    def __init__(self, path: Path) -> None:
        self.record = path / "grain.onrecord"
        self.web = Web()
        self.builds: list[list[str]] = []
        self.told: list[Notice] = []
        self.reports: list[Report] = []

    def watcher(self, **options: Any) -> Watcher:
        return Watcher(self.record, self.told.append, world=self.web.world, **options)

    def build(self, reports: Sequence[Report]) -> Summary:
        self.builds.append([report.key for report in reports])
        self.reports += reports
        return Summary(given=len(reports), new=len(reports))

    def round(self, *feeds: str, **options: Any) -> Round:
        """One round of a program that is started for it."""
        return self.watcher(**options).round(feeds or [FEED], self.build)

    def put_feed(self, *keys: str, url: str = FEED, **fields: Any) -> None:
        """The feed at `url` holds entries of these keys, whose pages are on the web."""
        base = url.removesuffix("/feed")
        for key in keys:
            self.web.put(f"{base}/{key}", answer(f"{base}/{key}", article(f"Page {key}.")))
        items = feed(*((key, f"/{key}") for key in keys), base=base)
        self.web.put(url, answer(url, items, "application/rss+xml", **fields))


@pytest.fixture
def newsroom(tmp_path: Path, parsers: None) -> Newsroom:
    return Newsroom(tmp_path)


def test_the_pages_of_new_entries_are_built_at_once(newsroom: Newsroom) -> None:
    newsroom.put_feed("a", "b")
    done = newsroom.round()
    assert newsroom.builds == [["a", "b"]]
    assert (done.asked, done.answered, done.read, done.later, done.left_out) == (1, 1, 2, 0, 0)
    assert done.summary is not None
    assert [report.url for report in newsroom.reports] == [PAGES["/a"], PAGES["/b"]]
    assert "Page a." in newsroom.reports[0].text
    assert newsroom.told == []


def test_all_feeds_of_a_round_make_one_build(newsroom: Newsroom) -> None:
    newsroom.put_feed("a")
    newsroom.put_feed("b", url=OTHER)
    assert newsroom.round(FEED, OTHER).read == 2
    assert [sorted(build) for build in newsroom.builds] == [["a", "b"]]


def test_only_what_is_new_is_read_by_the_next_run(newsroom: Newsroom) -> None:
    newsroom.put_feed("a", "b")
    newsroom.round()
    newsroom.put_feed("c", "b", "a")
    newsroom.web.asked.clear()
    assert newsroom.round().read == 1
    assert newsroom.web.read() == [FEED, PAGES["/c"]]
    assert newsroom.builds == [["a", "b"], ["c"]]


def test_a_round_without_news_builds_nothing(newsroom: Newsroom) -> None:
    newsroom.put_feed("a")
    newsroom.round()
    done = newsroom.round()
    assert (done.answered, done.read, done.summary, len(newsroom.builds)) == (1, 0, None, 1)


def test_the_feed_is_asked_for_by_what_it_was_given_with(newsroom: Newsroom) -> None:
    newsroom.put_feed("a", etag='"e1"', modified="Sun, 04 May 2031 10:00:00 GMT")
    newsroom.round()
    newsroom.web.put(FEED, status(FEED, 304))
    done = newsroom.round()
    assert newsroom.web.conditions[-1] == (FEED, '"e1"', "Sun, 04 May 2031 10:00:00 GMT")
    assert (done.answered, done.left_out) == (1, 0)
    newsroom.round()
    assert newsroom.web.conditions[-1] == (FEED, '"e1"', "Sun, 04 May 2031 10:00:00 GMT")


def test_an_entry_that_is_only_a_link_is_read_from_its_page(newsroom: Newsroom) -> None:
    newsroom.put_feed("a")
    bare = "<item><guid>a</guid><link>/a</link></item>"
    newsroom.web.put(FEED, answer(FEED, f"<rss version='2.0'><channel>{bare}</channel></rss>", "application/rss+xml"))
    newsroom.round()
    assert ["Page a." in report.text for report in newsroom.reports] == [True]
    assert newsroom.told == []


def test_without_pages_the_words_of_the_entries_are_read(newsroom: Newsroom) -> None:
    newsroom.put_feed("a")
    newsroom.round(pages=False)
    [report] = newsroom.reports
    assert "Words of a: the quay is shut" in report.text
    assert newsroom.web.read() == [FEED]


def test_robots_are_asked_before_feed_and_pages(newsroom: Newsroom) -> None:
    newsroom.put_feed("a", "b")
    robots = "https://tern.example/robots.txt"
    newsroom.web.put(robots, answer(robots, "User-agent: *\nDisallow: /b"))
    done = newsroom.round()
    assert newsroom.web.read(robots=True) == [robots, FEED, PAGES["/a"]]
    assert [(notice.input, notice.reason) for notice in newsroom.told] == [
        (PAGES["/b"], "its robots.txt asks programs not to read it")
    ]
    assert (done.read, done.left_out) == (2, 1)
    newsroom.round()
    assert len(newsroom.told) == 1


def test_requests_to_a_host_lie_apart(newsroom: Newsroom) -> None:
    newsroom.put_feed("a", "b")
    newsroom.round(delay=7)
    assert [at for at, _ in newsroom.web.asked] == [0, 7, 14, 21]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (status(FEED, 404), "answers 404"),
        (status(FEED, 500), "answers 500"),
        (Unreachable("tern.example isn't found"), "isn't found"),
        (OnrecordError("tern.example leads to 10.0.0.1, which isn't public"), "isn't public"),
        (answer(FEED, "<html><body>Not here</body></html>"), "a web page, not a feed"),
        (answer(FEED, ""), "no feed"),
        (answer(FEED, "<!DOCTYPE a [<!ENTITY b 'c'>]><rss/>"), "declares entities"),
    ],
)
def test_a_feed_that_fails_is_one_line_and_the_rest_goes_on(
    newsroom: Newsroom, given: Fetched | Exception, reason: str
) -> None:
    newsroom.web.put(FEED, given)
    newsroom.put_feed("b", url=OTHER)
    done = newsroom.round(FEED, OTHER)
    [notice] = newsroom.told
    assert (notice.input, notice.left_out) == (FEED, True)
    assert reason in notice.reason
    assert newsroom.builds == [["b"]]
    assert (done.asked, done.answered, done.left_out) == (2, 1, 1)


def test_an_address_that_is_none_is_a_line_too(newsroom: Newsroom) -> None:
    newsroom.put_feed("a")
    assert newsroom.round("no address", "file:///etc/passwd", FEED).answered == 1
    assert [notice.input for notice in newsroom.told] == ["no address", "file:///etc/passwd"]


def test_a_page_that_is_not_there_is_told_once(newsroom: Newsroom) -> None:
    newsroom.put_feed("a", "b")
    newsroom.web.put(PAGES["/a"], status(PAGES["/a"], 404))
    newsroom.round()
    newsroom.round()
    assert [notice.input for notice in newsroom.told] == [PAGES["/a"]]
    assert newsroom.builds == [["b"]]


def test_a_page_that_cannot_be_had_now_is_asked_for_again_and_then_given_up(newsroom: Newsroom) -> None:
    newsroom.put_feed("a", "b", etag='"e"')
    newsroom.web.put("https://gull.example/x", Unreachable("no answer"))
    newsroom.web.put(FEED, answer(FEED, feed(("x", "x"), base="https://gull.example/"), "text/xml", etag='"e"'))
    for _ in range(5):
        newsroom.round()
        newsroom.web.now += 24 * 3600
    assert newsroom.web.read().count("https://gull.example/x") == 3
    etags = [etag for url, etag, _ in newsroom.web.conditions if url == FEED]
    # Until then the whole feed must come.
    assert etags == [None, None, None, None, '"e"']


def test_a_host_that_asks_for_rest_is_left_alone_and_its_pages_come_later(newsroom: Newsroom) -> None:
    newsroom.put_feed("a", "b", "c")
    newsroom.web.put(PAGES["/b"], status(PAGES["/b"], 429, "3600"), answer(PAGES["/b"], article("Page b.")))
    done = newsroom.round()
    assert (done.read, done.later, newsroom.builds) == (1, 2, [["a"]])
    assert PAGES["/c"] not in newsroom.web.read()
    # The one that was only put off is neither told nor counted as tried.
    assert [notice.input for notice in newsroom.told] == [PAGES["/b"]]
    assert read_state(state_path(newsroom.record), START).feeds[FEED].tries == {"b": 1}
    newsroom.web.asked.clear()
    newsroom.round()
    assert newsroom.web.asked == []
    newsroom.web.now += 3600
    assert newsroom.round().read == 2
    assert newsroom.builds == [["a"], ["b", "c"]]


def test_a_page_that_two_feeds_name_is_read_once(newsroom: Newsroom) -> None:
    newsroom.put_feed("a")
    newsroom.web.put(OTHER, answer(OTHER, feed(("other", "/a")), "text/xml"))
    newsroom.round(FEED, OTHER)
    assert (newsroom.web.read().count(PAGES["/a"]), newsroom.builds) == (1, [["a"]])
    newsroom.round(FEED, OTHER)
    assert newsroom.web.read().count(PAGES["/a"]) == 1


def test_what_a_feed_brings_beyond_the_limit_comes_in_the_next_round(newsroom: Newsroom) -> None:
    keys = [f"k{i}" for i in range(MOST_NEWS + 3)]
    newsroom.web.put(FEED, answer(FEED, feed(*((key, f"/{key}") for key in keys)), "text/xml", etag='"e"'))
    assert newsroom.round(pages=False).read == MOST_NEWS
    assert newsroom.round(pages=False).read == 3
    assert newsroom.round(pages=False).read == 0
    assert [etag for _, etag, _ in newsroom.web.conditions if etag] == ['"e"']


def test_an_entry_that_leads_inside_is_refused(newsroom: Newsroom) -> None:
    newsroom.web.put(FEED, answer(FEED, feed(("a", ""), base="http://127.0.0.1:22/"), "text/xml"))
    done = newsroom.round()
    [notice] = newsroom.told
    assert (notice.input, done.left_out) == ("http://127.0.0.1:22/", 1)
    assert "port 22" in notice.reason


def test_interrupted_while_it_reads_it_has_read_nothing(newsroom: Newsroom) -> None:
    newsroom.put_feed("a", "b")
    newsroom.web.put(PAGES["/b"], KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        newsroom.round()
    assert newsroom.builds == []
    assert read_state(state_path(newsroom.record), START).feeds == {}
    newsroom.put_feed("a", "b")
    newsroom.round()
    assert newsroom.builds == [["a", "b"]]


@pytest.mark.parametrize("failure", [KeyboardInterrupt, OnrecordError("another onrecord is writing to it")])
def test_what_was_not_built_is_read_again(newsroom: Newsroom, failure: BaseException) -> None:
    newsroom.put_feed("a", etag='"e"')
    watcher = newsroom.watcher()

    def fail(_: Sequence[Report]) -> Summary:
        raise failure

    with pytest.raises((KeyboardInterrupt, OnrecordError)):
        watcher.round([FEED], fail)
    assert read_state(state_path(newsroom.record), START).feeds == {}
    watcher.round([FEED], newsroom.build)
    assert newsroom.builds == [["a"]]
    assert newsroom.web.conditions[-2][1] is None


def test_a_host_s_rest_is_kept_though_the_round_is_interrupted(newsroom: Newsroom) -> None:
    newsroom.web.put(FEED, status(FEED, 503, "7200"))
    newsroom.web.put("https://gull.example/feed", KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        newsroom.round(FEED, OTHER)
    assert read_state(state_path(newsroom.record), START).hosts["tern.example"].until >= START + 7200


def test_a_damaged_state_stops_before_anything_is_asked(newsroom: Newsroom) -> None:
    state_path(newsroom.record).write_text("{")
    with pytest.raises(OnrecordError, match=r"feeds\.json"):
        newsroom.round()
    assert newsroom.web.asked == []
