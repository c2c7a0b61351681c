from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
import pytest_socket
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from onrecord.web import connections
from tests.web.calling import HOST, ask, dial, head, is_closed, running

pytestmark = pytest.mark.enable_socket
PATIENCE = 0.5
# More than the system keeps of what nobody reads.
BIG = 20_000_000
asked: list[str] = []


async def answer(request: Request) -> Response:
    try:
        return PlainTextResponse(f"{len(await request.body())} bytes")
    except ClientDisconnect:
        return PlainTextResponse("gone")


def big(request: Request) -> Response:
    asked.append(request.url.path)
    return PlainTextResponse(b"x" * BIG)


def slow(request: Request) -> Response:
    threading.Event().wait(4 * PATIENCE)
    return PlainTextResponse("at last")


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    pytest_socket.socket_allow_hosts([HOST])
    monkeypatch.setattr(connections, "PATIENCE", PATIENCE)
    paths = {"/": answer, "/big": big, "/slow": slow}
    with running(Starlette(routes=[Route(at, view, methods=["GET", "POST"]) for at, view in paths.items()])) as found:
        yield found


def drip(made: socket.socket, piece: bytes) -> bool:
    """Whether a client that says a little ever again is let go."""
    pause = threading.Event()
    try:
        for _ in range(int(20 / (PATIENCE / 10))):
            made.sendall(piece)
            pause.wait(PATIENCE / 10)
    except ConnectionError:
        return True
    return False


@pytest.mark.parametrize(
    "said",
    [
        *(b"", b"G", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nX-A: "),
        *(b"\r\n", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc"),
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTT",
    ],
)
def test_one_that_stops_in_the_middle_is_let_go(port: int, said: bytes) -> None:
    with dial(port, said) as made:
        assert is_closed(made)
    assert ask(port) == (200, b"0 bytes")


@pytest.mark.parametrize(
    ("said", "piece"),
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\n", b"X-A: b\r\n"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ", b"b"),
        (b"", b"\r\n"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n", b"abc"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
    ],
)
def test_one_that_drips_is_let_go(port: int, said: bytes, piece: bytes) -> None:
    with dial(port, said) as made:
        assert drip(made, piece)
    assert ask(port) == (200, b"0 bytes")


def test_one_that_takes_nothing_is_let_go(port: int) -> None:
    with dial(port, head(port, "/big")) as made:
        threading.Event().wait(4 * PATIENCE)
        taken = 0
        # What the system had taken is still there, and then it ends.
        try:
            while piece := made.recv(2**20):
                taken += len(piece)
        except ConnectionError:
            pass
        assert taken < BIG
    assert ask(port) == (200, b"0 bytes")


def test_one_that_takes_or_sends_steadily_is_served_to_the_end(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 1.0)
    monkeypatch.setattr(connections, "LEAST", 10_000)
    pause = threading.Event()
    with dial(port, head(port, "/", "POST", Content_Length="200000", Connection="close")) as made:
        for _ in range(20):
            made.sendall(b"x" * 10_000)
            pause.wait(0.12)
        assert made.makefile("rb").read().endswith(b"200000 bytes")
    with dial(port, head(port, "/big", Connection="close")) as made:
        taken = 0
        while piece := made.recv(BIG // 20, socket.MSG_WAITALL):
            taken += len(piece)
            pause.wait(0.12)
        assert taken > BIG


def test_nothing_more_is_worked_out_for_one_that_takes_nothing(port: int) -> None:
    asked.clear()
    with dial(port) as made:
        made.setblocking(False)
        # As many as the system takes; the server reads no more of them than it answers.
        with pytest.raises(BlockingIOError):
            while True:
                made.send(head(port, "/big") * 100)
        threading.Event().wait(4 * PATIENCE)
    assert 1 <= len(asked) < 5


def test_one_that_waits_for_the_server_is_not_let_go(port: int) -> None:
    assert ask(port, "/slow") == (200, b"at last")


def test_of_too_many_the_one_goes_that_said_nothing_for_longest(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 60.0)
    monkeypatch.setattr(connections, "MOST", 10)
    silent = [dial(port) for _ in range(10)]
    assert ask(port) == (200, b"0 bytes")
    assert is_closed(silent[0])
    assert not any(is_closed(made, 0.01) for made in silent[1:])
    for made in silent:
        made.close()


def test_of_answers_that_nobody_takes_the_largest_is_dropped(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 60.0)
    monkeypatch.setattr(connections, "MOST_WAITING", BIG)
    with dial(port, head(port, "/big")) as first, dial(port) as second:
        first.recv(1)
        second.sendall(head(port, "/big", Connection="close"))
        assert len(second.makefile("rb").read()) > BIG
        taken = 1
        try:
            while piece := first.recv(2**20):
                taken += len(piece)
        except ConnectionError:
            pass
        assert taken < BIG
