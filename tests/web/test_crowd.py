"""A server as a user starts it, and 200 clients at once: in a hurry, slow, or gone before they are answered."""

from __future__ import annotations

import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import quote

import pytest
import pytest_socket

from onrecord.store import read_record
from tests.web.calling import HOST, ask, dial, head, serving

pytestmark = pytest.mark.enable_socket
CROWD = 200
# What a request took is measured in bench/web.py; here only that it is answered while others keep the server waiting.
SOON = 30
# What 200 clients together may cost, in kilobytes.
MORE = 300_000
ODD = (
    *("", "a", "%", "'", '"', "\\", "*", "(", "a OR b", "NEAR(", "\U0001f701" * 200, "e" * 300, "\x00", "\u202e"),
    *("SELECT 1; --", "^" * 90),
)

Server = tuple[int, "subprocess.Popen[str]"]


@pytest.fixture(autouse=True)
def loopback() -> None:
    pytest_socket.socket_allow_hosts([HOST])


@pytest.fixture(scope="module")
def server(harbour_path: Path) -> Iterator[Server]:
    """A server for all that is asked here."""
    with serving(harbour_path) as found:
        yield found


@pytest.fixture(scope="module")
def paths(harbour_path: Path) -> tuple[str, ...]:
    """What gives the same answer whenever it is asked."""
    record = read_record(harbour_path)
    lists = ("reports", "statements?q=grain", "claims", "events", "contacts", "entities", "disagreements")
    ones = [f"/api/reports/{record.reports[0].id}", f"/api/claims/{record.claims[0].id}/tree"]
    return (*(f"/api/{name}" for name in lists), *ones, "/statements.csv", "/claims.json", "/static/page.js")


def memory(process: subprocess.Popen[str]) -> int:
    """The most kilobytes that a process has held; 0 where the system does not say."""
    told = Path(f"/proc/{process.pid}/status")
    if not told.exists():
        return 0
    return int(next(s for s in told.read_text(encoding="ascii").splitlines() if s.startswith("VmHWM")).split()[1])


def test_200_clients_at_once_get_what_one_alone_gets(server: Server, paths: tuple[str, ...]) -> None:
    port, process = server
    alone = {path: ask(port, path) for path in paths}
    assert {status for status, _ in alone.values()} == {200}
    before, begin = memory(process), threading.Barrier(CROWD)

    def read(number: int) -> list[str]:
        begin.wait()
        drawn = random.Random(number).sample(paths, 5)
        return [path for path in drawn if ask(port, path) != alone[path]]

    with ThreadPoolExecutor(CROWD) as crowd:
        assert [path for wrong in crowd.map(read, range(CROWD)) for path in wrong] == []
    assert memory(process) - before < MORE


def test_costly_questions_by_200_who_do_not_wait_for_the_answer_hold_nobody_up(server: Server) -> None:
    port, process = server
    before = memory(process)
    chance = random.Random(7)
    lists = ("statements", "claims", "timeline", "calls", "api/statements", "statements.csv", "claims.json")
    with ExitStack() as closing:
        for n in range(CROWD):
            path = f"/{lists[n % len(lists)]}?q={quote(chance.choice(ODD), safe='')}&page={chance.randint(1, 9)}"
            made = closing.enter_context(dial(port, head(port, path)))
            if n % 2:
                made.close()
        started = time.monotonic()
        assert ask(port, "/")[0] == 200
        assert time.monotonic() - started < SOON
    assert ask(port, "/statements")[0] == 200
    assert memory(process) - before < MORE


def say(port: int, n: int) -> tuple[bytes, bytes]:
    """What the slow client of that number says first, and what it then says again and again."""
    post = head(port, "/add", "POST", Content_Length="60000000", Content_Type="multipart/form-data; boundary=b")
    sent = head(port, "/add", "POST", Transfer_Encoding="chunked", Content_Type="application/x-www-form-urlencoded")
    kinds = (
        (b"", b""),
        (head(port)[:-2], b"X-A: b\r\n"),
        (b"GET /", b"a"),
        (b"", b"\r\n"),
        (post + b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n', b"word "),
        (sent, b"1\r\na\r\n"),
        # Asks much, and takes nothing of it.
        (head(port, "/statements.json") * 50, b""),
    )
    return kinds[n % len(kinds)]


def test_200_slow_clients_hold_nobody_up(server: Server, paths: tuple[str, ...]) -> None:
    port, process = server
    before, over = memory(process), threading.Event()

    def drip(slow: list[tuple[socket.socket, bytes]]) -> None:
        while not over.wait(0.1):
            for made, piece in slow:
                with suppress(OSError):
                    made.send(piece)

    with ExitStack() as closing:
        slow = [(closing.enter_context(dial(port, say(port, n)[0])), say(port, n)[1]) for n in range(CROWD)]
        dripping = threading.Thread(target=drip, args=(slow,))
        dripping.start()
        try:
            for path in ("/", *paths, "/timeline", "/add"):
                started = time.monotonic()
                assert ask(port, path)[0] == 200
                assert time.monotonic() - started < SOON
        finally:
            over.set()
            dripping.join()
    assert process.poll() is None
    assert memory(process) - before < MORE


def test_a_server_that_is_stopped_does_not_wait_for_slow_clients(harbour_path: Path) -> None:
    with serving(harbour_path) as (port, process), ExitStack() as closing:
        for n in range(14):
            closing.enter_context(dial(port, say(port, n)[0]))
        assert ask(port)[0] == 200
        process.terminate()
        process.wait(60)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not count open files")
def test_a_system_that_allows_few_open_files_is_asked_for_more(harbour_path: Path) -> None:
    def allow_few() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_NOFILE, (100, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))

    with serving(harbour_path, allow_few) as (port, _), ExitStack() as closing:
        for _ in range(CROWD):
            closing.enter_context(dial(port))
        assert ask(port)[0] == 200
