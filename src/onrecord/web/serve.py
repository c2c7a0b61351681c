"""A record file and an address to a server that shows it until it is stopped."""

from __future__ import annotations

import contextlib
import socket
import sys
from collections.abc import Callable

import uvicorn

from onrecord.ask.shelf import Shelf
from onrecord.engine import list_record
from onrecord.location import Location
from onrecord.record import OnrecordError
from onrecord.web.app import make_app
from onrecord.web.connections import MOST, PATIENCE, Connection
from onrecord.web.safety import own_hosts

# Seconds after which Python lets another thread on: what is ready is sent before the next answer is worked out.
SWITCH = 0.0005
# Seconds that one who is being answered when the server is stopped may take.
FAREWELL = 5


def serve(path: Location, host: str, port: int, tell: Callable[[str], None]) -> None:
    """Serve the record at `path` until interrupted; `tell` is told its address once it answers. Port 0 is any free one.

    Raises:
        OnrecordError: there is no record at `path`, or the address cannot be had.
    """
    _allow_files(MOST + 200)
    sys.setswitchinterval(SWITCH)
    list_record(path)
    shelf = Shelf(path)
    with shelf.reading() as reading:
        reading.entries("reports")
    with contextlib.closing(_bind(host, port)) as bound:
        address = f"http://{_word_host(host)}:{bound.getsockname()[1]}/"
        config = uvicorn.Config(
            make_app(shelf, own_hosts(host)),
            log_level="warning",
            access_log=False,
            server_header=False,
            date_header=False,
            http=Connection,
            ws="none",
            timeout_keep_alive=int(PATIENCE),
            timeout_graceful_shutdown=FAREWELL,
        )
        _Server(config, lambda: tell(address)).run(sockets=[bound])


class _Server(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def _allow_files(number: int) -> None:
    """As many open files and connections as this needs; systems begin with fewer."""
    try:
        import resource
    except ImportError:
        # Windows does not count them.
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = number if hard == resource.RLIM_INFINITY else min(number, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))


def _bind(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # By its protocol asyncio knows it for one on which no small piece is to be held back.
        bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except OSError as error:
        raise OnrecordError(f'"{host}" is no address of this machine: {error.strerror or error}') from None
    try:
        if sys.platform != "win32":
            # Else a server that was stopped just now would keep the port from the next one.
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
    except (OSError, OverflowError) as error:
        bound.close()
        why = getattr(error, "strerror", None) or error
        raise OnrecordError(f"port {port} of {host} cannot be had: {why}; give another one: --port 0 is any") from None
    return bound


def _word_host(host: str) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104  # a reader's address, not one to bind
    return f"[{shown}]" if ":" in shown and not shown.startswith("[") else shown
