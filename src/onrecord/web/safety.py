"""Requests from elsewhere to refusals, and every answer to one that a browser keeps within this site."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# No script, style, picture or request but from the server itself, and nothing inline.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # With "no-referrer" a form of this very site would say that its origin is null.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
READING = ("GET", "HEAD", "OPTIONS")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
# Reports given on the page; nothing else that is sent here comes near it.
LARGEST = 64 * 2**20
# So many of the largest may be on their way at once, of all clients together: until it is read, all of a text is kept.
AT_ONCE = 4


class Safety:
    """What stands before the app: whom it answers to, how much it takes, and what a browser may do with the answers.

    A name that an attacker has pointed at this machine (DNS rebinding) is none of its `hosts`, and another site's page
    that sends a form here says so in `Origin`.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str], largest: int = LARGEST) -> None:
        self._app, self._hosts, self._largest = app, frozenset(hosts), largest
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refusal = self._refuse(scope["method"], Headers(scope=scope))
        if refusal:
            status, why = refusal
            await PlainTextResponse(f"{why}\n", status)(scope, receive, sealed)
            return
        with self._bounded(receive) as bounded:
            await self._app(scope, bounded, sealed)

    def _refuse(self, method: str, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if not self._is_own(host):
            return 421, "this server does not go by that name"
        if method not in READING:
            origin = headers.get("origin")
            if origin is not None and urlsplit(origin).netloc != host:
                return 403, "changes are taken from this site's own pages alone"
            if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
                return 403, "changes are taken from this site's own pages alone"
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._largest:
            return 413, f"too large: at most {self._largest // 2**20} MB at once"
        if int(length) and self._held > self._largest * AT_ONCE:
            return 503, "too much is being sent to this server at once; try again in a moment"
        return None

    def _is_own(self, host: str) -> bool:
        name = split_host(host)
        if name is None:
            return False
        # Bound to every address of the machine: an address is no name, so nobody can have pointed it here.
        return name in self._hosts or ("*" in self._hosts and _is_address(name))

    @contextmanager
    def _bounded(self, receive: Receive) -> Iterator[Receive]:
        """What is sent without saying how long it is ends where it is too long, or too much with that of others."""
        taken = 0

        async def bounded() -> Message:
            nonlocal taken
            message = await receive()
            more = len(message.get("body", b""))
            taken, self._held = taken + more, self._held + more
            if taken > self._largest or self._held > self._largest * (AT_ONCE + 1):
                return {"type": "http.disconnect"}
            return message

        try:
            yield bounded
        finally:
            self._held -= taken


def split_host(host: str) -> str | None:
    """The name in a Host header, without its port; None where it is none.

    >>> split_host("[::1]:8080"), split_host("localhost:80"), split_host("evil@localhost"), split_host("")
    ('::1', 'localhost', None, None)
    """
    try:
        parts = urlsplit(f"//{host}")
        port_is_one = parts.port is None or parts.port > 0
    except ValueError:
        return None
    is_host = parts.netloc == host and not parts.path and parts.username is None and port_is_one
    return parts.hostname if is_host and not any(c.isspace() for c in host) else None


def own_hosts(bound: str) -> frozenset[str]:
    """The names under which a server answers that is bound to `bound`; "*" for any address of the machine."""
    if bound in LOOPBACK:
        return frozenset(LOOPBACK)
    if bound in ("0.0.0.0", "::"):  # noqa: S104  # asked for on the command line
        return frozenset({*LOOPBACK, "*", socket.gethostname().lower()})
    return frozenset({*LOOPBACK, bound.lower()})


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
