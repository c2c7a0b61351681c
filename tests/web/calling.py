"""A server on loopback, and clients of it that say little, or nothing."""

from __future__ import annotations

import asyncio
import http.client
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from onrecord.web.connections import Connection

HOST = "127.0.0.1"


@contextmanager
def running(app: ASGIApp) -> Iterator[int]:
    """The port of a server of `app` in a thread of this process, with the connections of ours."""
    with socket.create_server((HOST, 0)) as bound:
        config = uvicorn.Config(app, http=Connection, ws="none", log_level="error", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([bound])), daemon=True)
        thread.start()
        yield int(bound.getsockname()[1])
        server.should_exit = server.force_exit = True
        thread.join(30)
        assert not thread.is_alive()


@contextmanager
def serving(record: Path, before: Callable[[], None] | None = None) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """The port and the process of a server of `record`, started as a user starts it, who may do something `before`."""
    command = [sys.executable, "-m", "onrecord", "serve", str(record), "--port", "0"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=before,  # noqa: PLW1509  # no thread of ours runs then
    ) as server:
        try:
            assert server.stdout
            yield int(server.stdout.readline().strip().rstrip("/").rsplit(":", 1)[1]), server
        finally:
            server.terminate()


def dial(port: int, said: bytes = b"") -> socket.socket:
    """A connection on which so much was said."""
    made = socket.create_connection((HOST, port), timeout=60)
    made.sendall(said)
    return made


def head(port: int, path: str = "/", method: str = "GET", **headers: str) -> bytes:
    """The head of a request, with its last empty line."""
    held = {"Host": f"{HOST}:{port}", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return (f"{method} {path} HTTP/1.1\r\n" + "".join(f"{n}: {v}\r\n" for n, v in held.items()) + "\r\n").encode()


def ask(port: int, path: str = "/") -> tuple[int, bytes]:
    """The status and the body that are answered to a request of its own connection."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def is_closed(made: socket.socket, within: float = 30) -> bool:
    """Whether the other side closes a connection within so many seconds; what it says before is passed over."""
    ends = time.monotonic() + within
    try:
        while (left := ends - time.monotonic()) > 0:
            made.settimeout(left)
            if not made.recv(2**16):
                return True
    except TimeoutError:
        return False
    except ConnectionError:
        return True
    return False
