"""An address to what stands there, by the shortest way and within bounds."""

from __future__ import annotations

import re
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from http.client import HTTPException
from importlib.metadata import version
from threading import Event, Timer

from msgspec import Struct
from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ReadTimeoutError

from onrecord.fetch.address import Address, parse_address
from onrecord.fetch.body import PIECE, read_body, refuse_longer
from onrecord.fetch.network import INTERNET, Network, Unreachable, call, pin
from onrecord.record import OnrecordError

AGENT = f"onrecord/{version('onrecord')} (reads news for one person; keeps to robots.txt when it follows feeds)"
ACCEPTED = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
)
REDIRECTS = (301, 302, 303, 307, 308)
OK, NOT_MODIFIED = 200, 304

# Python says ValueError to a chunk of a negative length.
FAILURES = (HTTPError, HTTPException, OSError, ValueError)

_HEADER = re.compile(r"[\x20-\x7e]{1,1000}")


class Limits(Struct, frozen=True):
    """How long one wait and one whole fetch may take, in seconds, how long a body may be, and how many redirects."""

    wait: float = 20.0
    seconds: float = 60.0
    body: int = 10 * 2**20
    redirects: int = 5


LIMITS = Limits()


class Fetched(Struct, frozen=True, kw_only=True):
    """A response. `url` is where it stood in the end; of headers those that matter, None where they aren't given.

    Only one with status 200 has a body.
    """

    url: str
    status: int
    content_type: str | None = None
    etag: str | None = None
    modified: str | None = None
    retry_after: str | None = None
    location: str | None = None
    body: bytes = b""


def fetch(
    url: str,
    *,
    etag: str | None = None,
    modified: str | None = None,
    before: Callable[[Address], None] | None = None,
    network: Network = INTERNET,
    limits: Limits = LIMITS,
) -> Fetched:
    """What stands at `url`, with status 304 and no body if that is still what `etag` and `modified` were given with.

    `before` is told each address before it is asked, the first and those of redirects, and may refuse it. The time
    that it takes doesn't count.

    Raises:
        Unreachable: nothing came, or not all of it.
        OnrecordError: this is no public address of the web, or what came is beyond a limit.
    """
    address, left = parse_address(url), limits.seconds
    asked = {"If-None-Match": etag, "If-Modified-Since": modified}
    given = {name: value for name, value in asked.items() if value and _HEADER.fullmatch(value)}
    for _ in range(limits.redirects + 1):
        if before is not None:
            before(address)
        started = time.monotonic()
        fetched = _ask(address, given, network, limits, started + left)
        left -= time.monotonic() - started
        if fetched.status not in REDIRECTS or not fetched.location:
            return fetched
        try:
            address = parse_address(fetched.location, address.url)
        except OnrecordError as error:
            raise OnrecordError(f"it sends on to another address: {error}") from None
    raise OnrecordError(f"it sends on more than {limits.redirects} times")


def _ask(address: Address, given: Mapping[str, str], network: Network, limits: Limits, end: float) -> Fetched:
    """The response of one host to one request, until the moment `end` of the monotonic clock."""
    numbers = pin(address, network, _until(end, limits))
    line = call(address, numbers, network, _until(end, limits))
    try:
        with closing(line), _cut_at(end, line, limits):
            return _talk(line, address, given, network, limits)
    except FAILURES as error:
        raise Unreachable(_in_words(error, limits)) from None


def _until(end: float, limits: Limits) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise _late(limits)
    return min(left, limits.wait)


def _late(limits: Limits) -> Unreachable:
    return Unreachable(f"it took more than {limits.seconds:.0f} seconds")


def _in_words(error: Exception, limits: Limits) -> str:
    if isinstance(error, TimeoutError | ReadTimeoutError):
        return f"no answer within {limits.wait:.0f} seconds"
    if isinstance(error, ssl.SSLError):
        reason = getattr(error, "verify_message", "") or error.reason
        return f"it doesn't prove that it is who it says ({reason or 'no TLS'})"
    if isinstance(error, OSError) and error.strerror:
        return f"the connection failed ({error.strerror})"
    return "what came is cut off, or no HTTP"


@contextmanager
def _cut_at(end: float, line: socket.socket, limits: Limits) -> Iterator[None]:
    """Close the connection at the moment `end`, whatever it is at: one that drips is never silent for long.

    Raises:
        Unreachable: it was closed.
    """
    # A handle of its own: TLS takes the other one over.
    handle, late = line.dup(), Event()

    def cut() -> None:
        late.set()
        with suppress(OSError):
            handle.shutdown(socket.SHUT_RDWR)

    clock = Timer(max(end - time.monotonic(), 0), cut)
    clock.daemon = True
    clock.start()
    try:
        yield
    except (*FAILURES, Unreachable):
        if not late.is_set():
            raise
    finally:
        clock.cancel()
        handle.close()
    if late.is_set():
        raise _late(limits)


def _talk(line: socket.socket, address: Address, given: Mapping[str, str], network: Network, limits: Limits) -> Fetched:
    """One request and its response over `line`; there is nothing here that would call anybody else."""
    if address.scheme == "https":
        connection: HTTPConnection = HTTPSConnection(address.host, address.port, timeout=limits.wait)
        connection.sock = network.trust().wrap_socket(line, server_hostname=address.host)
    else:
        connection = HTTPConnection(address.host, address.port, timeout=limits.wait)
        connection.sock = line
    headers = {"User-Agent": AGENT, "Accept": ACCEPTED, "Accept-Encoding": "gzip, deflate", "Connection": "close"}
    with closing(connection):
        connection.request(
            "GET", address.target, headers={**headers, **given}, preload_content=False, decode_content=False
        )
        with closing(connection.getresponse()) as response:
            return _take(response, address, limits)


def _take(response: HTTPResponse, address: Address, limits: Limits) -> Fetched:
    headers = response.headers
    location = headers.get("location")
    body = b""
    if response.status == OK:
        refuse_longer(response.length_remaining or 0, limits.body)
        pieces = iter(lambda: response.read(PIECE, decode_content=False), b"")
        body = read_body(pieces, headers.get("content-encoding", ""), limits.body)
    return Fetched(
        url=address.url,
        status=response.status,
        content_type=headers.get("content-type"),
        etag=headers.get("etag"),
        modified=headers.get("last-modified"),
        retry_after=headers.get("retry-after"),
        # Python reads headers as Latin-1; addresses are written in UTF-8.
        location=location.encode("latin-1", "replace").decode("utf-8", "replace") if location else None,
        body=body,
    )
