"""A web that is a table of answers, and a clock that only sleeping moves."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.fetch.address import Address, parse_address
from onrecord.fetch.fetch import Fetched
from onrecord.fetch.watch import World

Answer = Fetched | BaseException
START = 1_936_000_000.0


class Web:
    """Gives each address its answers in turn, and the last one from then on; 404 for those that aren't there."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[tuple[float, str]] = []
        self.conditions: list[tuple[str, str | None, str | None]] = []
        self.slept: list[float] = []
        self.now = START

    def put(self, url: str, *answers: Answer) -> None:
        self.answers[url] = list(answers)

    def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        modified: str | None = None,
        before: Callable[[Address], None] | None = None,
    ) -> Fetched:
        """As `fetch`, redirects apart."""
        address = parse_address(url)
        if before is not None:
            before(address)
        self.asked.append((self.now - START, url))
        self.conditions.append((url, etag, modified))
        answers = self.answers.get(address.url, [Fetched(url=url, status=404)])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def read(self, *, robots: bool = False) -> list[str]:
        """What was asked for, in order."""
        return [url for _, url in self.asked if robots or not url.endswith("/robots.txt")]

    @property
    def world(self) -> World:
        return World(self.get, lambda: self.now, self.sleep)


def answer(url: str, body: str | bytes = b"", content_type: str = "text/html", **fields: str | None) -> Fetched:
    raw = body.encode() if isinstance(body, str) else body
    return Fetched(url=url, status=200, content_type=content_type, body=raw, **fields)


def status(url: str, number: int, retry_after: str | None = None) -> Fetched:
    return Fetched(url=url, status=number, retry_after=retry_after)


def article(words: str, title: str = "Harbour news", published: str = "2031-05-04") -> str:
    return (
        f"<!doctype html><html><head><title>{title}</title>"
        f'<meta property="article:published_time" content="{published}">'
        f"</head><body><article><h1>{title}</h1><p>{words} {FILLING}</p></article></body></html>"
    )


FILLING = (
    "The harbour master said that the east quay stays open until the ships have left, and that the pilots of "
    "Port Ister would be back at work on Monday, when the tide allows the grain barges to be moved."
)


def feed(*items: tuple[str, str], base: str = "https://tern.example", words: bool = True) -> str:
    """An RSS feed of items, each with its id and the path of its page."""
    entries = "".join(
        f"<item><guid isPermaLink='false'>{key}</guid><title>News {key}</title><link>{base}{path}</link>"
        + (f"<description>Words of {key}: the quay is shut, said the harbour master.</description>" if words else "")
        + "<pubDate>Sun, 04 May 2031 10:00:00 GMT</pubDate></item>"
        for key, path in items
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Tern</title>{entries}</channel></rss>"
