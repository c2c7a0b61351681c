"""Feeds to reports, a round at a time: what is new in them is fetched and built into the record in one go."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from onrecord.fetch.address import parse_address
from onrecord.fetch.fetch import NOT_MODIFIED, OK, fetch
from onrecord.fetch.network import Unreachable
from onrecord.fetch.read import read_fetched, stem_of
from onrecord.fetch.state import FeedState, advance, read_state, state_path, write_state
from onrecord.fetch.status import say_status
from onrecord.fetch.visit import Get, PutOff, Visitor
from onrecord.ingest.entries import Reading, Workers, read_entries
from onrecord.ingest.frames import Entry, Found, Remark, Request
from onrecord.ingest.isolation import Worker
from onrecord.ingest.notice import Notice
from onrecord.ingest.pages import PageReader
from onrecord.record import OnrecordError, Report

if TYPE_CHECKING:
    from onrecord.engine import Summary

DELAY = 5.0
# The newest of a feed stand on top. What it brings beyond MOST_NEWS, or all feeds beyond MOST_IN_ALL, waits for the
# next round.
MOST_ENTRIES = 1_000
MOST_NEWS = 200
MOST_IN_ALL = 5_000
LONGEST_NAME = 500


class World(NamedTuple):
    """What lies outside; a test has its own. `clock` tells the seconds of the epoch."""

    get: Get = fetch
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


OUTSIDE = World()


class Round(Struct, frozen=True, kw_only=True):
    """What came of one round.

    `answered` of the `asked` feeds were read or had nothing new. Of the new entries `read` are dealt with and `later`
    wait for another round. `left_out` inputs gave nothing. `summary` is of the build, where there was one.
    """

    asked: int
    answered: int
    read: int
    later: int
    left_out: int
    summary: Summary | None


class Item(NamedTuple):
    """A new entry of a feed; `url` is where its page stands, empty where its own words are to do."""

    feed: str
    name: str
    entry: Entry
    url: str


class Polled(Struct):
    """A feed as it is now. `items` are new and `more` is whether there are others; the names are of those read."""

    etag: str | None
    modified: str | None
    items: list[Item] = []
    more: bool = False
    done: list[str] = []
    failed: list[str] = []


class Watcher:
    """Follows feeds for one record.

    `delay` is what lies, in seconds, between two requests to one host at the least. Without `pages` the words of the
    entries themselves are read. `tell` hears of what can't be had; the rest goes on.

    Raises:
        OnrecordError: the state beside the record can't be read.
    """

    def __init__(
        self,
        record: Path,
        tell: Callable[[Notice], object],
        *,
        delay: float = DELAY,
        pages: bool = True,
        world: World = OUTSIDE,
    ) -> None:
        self._path = state_path(record)
        self._state = read_state(self._path, world.clock())
        self._visitor = Visitor(self._state.hosts, delay, get=world.get, clock=world.clock, sleep=world.sleep)
        self._pages = pages
        self._hear = tell
        self._left_out = 0

    def round(self, feeds: Sequence[str], build: Callable[[Sequence[Report]], Summary]) -> Round:
        """Ask each of `feeds` once, read what is new, and give the reports to `build`, if there are any.

        An entry counts as read once its report is built. Interrupted at any moment, a round leaves the record and the
        state beside it whole, and the next one begins there.

        Raises:
            OnrecordError: the record can't be built.
        """
        self._left_out = 0
        summary = None
        try:
            with PageReader() as pages, Worker() as files:
                polled = self._poll_all(feeds, files)
                reports = self._read_all(polled, Workers(pages, files))
            if reports:
                summary = build(reports)
            for feed, news in polled.items():
                self._state.feeds[feed] = advance(
                    self._known(feed), news.etag, news.modified, news.done, news.failed, _is_through(news)
                )
        finally:
            write_state(self._path, self._state)
        done = sum(len(news.done) for news in polled.values())
        return Round(
            asked=len(feeds),
            answered=len(polled),
            read=done,
            later=sum(len(news.items) for news in polled.values()) - done,
            left_out=self._left_out,
            summary=summary,
        )

    def _known(self, feed: str) -> FeedState:
        return self._state.feeds.get(feed) or FeedState()

    def _tell(self, name: str, reason: object) -> None:
        self._take(Notice(name, None, str(reason), True))

    def _take(self, notice: Notice) -> None:
        self._left_out += notice.left_out
        self._hear(notice)

    def _poll_all(self, feeds: Sequence[str], files: Worker) -> dict[str, Polled]:
        """Those of `feeds` that answer."""
        polled: dict[str, Polled] = {}
        for feed in self._visitor.in_turn((feed, feed) for feed in feeds):
            try:
                room = MOST_IN_ALL - sum(len(news.items) for news in polled.values())
                polled[feed] = self._poll(feed, files, min(room, MOST_NEWS))
            except OnrecordError as error:
                self._tell(feed, error)
        return polled

    def _poll(self, feed: str, files: Worker, most: int) -> Polled:
        known = self._known(feed)
        fetched = self._visitor.get(feed, known.etag, known.modified)
        if fetched.status == NOT_MODIFIED:
            return Polled(known.etag, known.modified)
        if fetched.status != OK:
            raise OnrecordError(say_status(fetched.status))
        seen = set(known.seen)
        news: dict[str, Item] = {}
        for entry in self._entries(feed, files.ask(Request("feed", fetched.body))):
            if (name := _name(entry)) not in seen:
                news.setdefault(name, self._item(feed, name, entry, fetched.url))
        items = list(news.values())
        return Polled(fetched.etag, fetched.modified, items[:most], len(items) > most)

    def _entries(self, feed: str, found: Iterator[Found]) -> list[Entry]:
        entries: list[Entry] = []
        for one in found:
            if isinstance(one, str):
                raise OnrecordError(one)
            if isinstance(one, Remark):
                self._take(Notice(feed, one.number, one.reason, one.left_out, "entry"))
            elif isinstance(one, Entry):
                entries.append(one)
        return entries[:MOST_ENTRIES]

    def _item(self, feed: str, name: str, entry: Entry, base: str) -> Item:
        if not self._pages or not entry.url:
            return Item(feed, name, entry, "")
        try:
            url = parse_address(entry.url, base).url
        except OnrecordError:
            # It is refused, and told of, when its turn comes.
            url = entry.url
        # Its own words would only fill the memory.
        return Item(feed, name, replace(entry, text=None, body=None), url)

    def _read_all(self, polled: dict[str, Polled], workers: Workers) -> list[Report]:
        """The reports of all new items; of each is noted whether it is done with, or has failed."""
        reports: list[Report] = []
        # A page that two feeds name is read once.
        read: dict[str, bool] = {}
        items = [(item.url or item.feed, item) for news in polled.values() for item in news.items]
        for item in self._visitor.in_turn(items):
            news = polled[item.feed]
            done = read[item.url] if item.url in read else self._try(item, news, reports, workers)
            if item.url:
                read[item.url] = done
            if done:
                news.done.append(item.name)
        return reports

    def _try(self, item: Item, news: Polled, reports: list[Report], workers: Workers) -> bool:
        """Add the item's reports; whether it is done with, if only because it never will be read."""
        try:
            for one in self._read(item, workers):
                if isinstance(one, Notice):
                    self._take(one)
                else:
                    reports.append(one)
        except PutOff:
            return False
        except Unreachable as error:
            self._tell(item.url, error)
            news.failed.append(item.name)
            return False
        except OnrecordError as error:
            self._tell(item.url, error)
        return True

    def _read(self, item: Item, workers: Workers) -> Reading:
        if not item.url:
            yield from read_entries(item.feed, stem_of(item.feed), [item.entry], "entry", None, workers.pages)
            return
        fetched = self._visitor.get(item.url)
        if fetched.status != OK:
            raise OnrecordError(say_status(fetched.status))
        yield from read_fetched(item.url, fetched, item.entry.published, workers)


def _name(entry: Entry) -> str:
    """What tells an entry from the others of its feed."""
    return str(entry.key or entry.url or entry.title or entry.text or entry.body)[:LONGEST_NAME]


def _is_through(news: Polled) -> bool:
    """Whether nothing of the feed waits for another round, so that it need not be sent again until it changes."""
    return not news.more and len(news.done) == len(news.items)
