import asyncio

import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Message

from onrecord.web.safety import HEADERS, Safety, own_hosts, split_host


async def answer(request: Request) -> Response:
    return PlainTextResponse(f"{len(await request.body())} bytes")


def client(bound: str = "127.0.0.1", largest: int = 1000) -> TestClient:
    app = Starlette(routes=[Route("/", answer, methods=["GET", "POST"])])
    return TestClient(Safety(app, own_hosts(bound), largest), base_url="http://127.0.0.1:8321")


@pytest.mark.parametrize("host", ["127.0.0.1:8321", "localhost:8321", "LOCALHOST:1", "[::1]:8321", "localhost"])
def test_answers_to_the_names_of_this_machine(host: str) -> None:
    assert client().get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "evil.example:8321", "localhost.evil.example", "127.0.0.1.evil.example", "evil@localhost"),
        *("localhost@evil.example", "localhost/evil", "127.0.0.2", "0.0.0.0:8321", "2130706433", "0x7f.1", "[::2]"),
        *("localhost:99999", "localhost:x", "", " ", "127.0.0.1\t", "[::1", "локалхост", "localhost,evil.example"),
    ],
)
def test_answers_to_no_other_name(host: str) -> None:
    got = client().get("/", headers={b"host": host.encode()})
    assert got.status_code == 421
    assert "Content-Security-Policy" in got.headers


def test_bound_to_all_addresses_it_answers_to_any_address_and_to_no_name() -> None:
    site = client("0.0.0.0")  # noqa: S104
    assert site.get("/", headers={"host": "192.0.2.7:8321"}).status_code == 200
    assert site.get("/", headers={"host": "evil.example:8321"}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://localhost:8321"},
        {"origin": "http://127.0.0.1:8321.evil.example"},
        {"origin": ""},
        {"origin": "http://127.0.0.1:8321", "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_no_change_is_taken_from_another_site(headers: dict[str, str]) -> None:
    assert client().post("/", headers=headers).status_code == 403


@pytest.mark.parametrize("headers", [{}, {"origin": "http://127.0.0.1:8321", "sec-fetch-site": "same-origin"}])
def test_a_change_is_taken_from_its_own_pages_and_from_programs(headers: dict[str, str]) -> None:
    assert client().post("/", headers=headers).status_code == 200


def test_every_answer_keeps_the_browser_within_the_site() -> None:
    got = client().get("/")
    assert {name: got.headers[name] for name in HEADERS} == HEADERS
    assert "unsafe" not in got.headers["Content-Security-Policy"]
    assert client().get("/none").headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_too_large_is_refused_by_its_length() -> None:
    assert client().post("/", content=b"x" * 1000).text == "1000 bytes"
    assert client().post("/", content=b"x" * 1001).status_code == 413
    assert client().post("/", headers={"content-length": "-1"}).status_code == 413


def test_what_says_no_length_ends_where_it_is_too_large() -> None:
    def endless() -> list[bytes]:
        return [b"x" * 500] * 3

    site = client()
    with pytest.raises(ClientDisconnect):
        site.post("/", content=iter(endless()))
    assert site.get("/").status_code == 200


def test_too_much_from_all_clients_at_once_is_refused_until_some_of_it_is_read() -> None:
    """Each sends 900 bytes of its 1,000 and waits; beyond 4,000 no more is taken."""

    async def run() -> None:
        app = Starlette(routes=[Route("/", answer, methods=["GET", "POST"])])
        site, sent, go = Safety(app, own_hosts("127.0.0.1"), 1000), asyncio.Semaphore(0), asyncio.Event()

        async def ask(method: str, *parts: bytes, waits: bool = False) -> int:
            waiting, statuses = list(parts), list[int]()

            async def receive() -> Message:
                if waits and len(waiting) == 1:
                    sent.release()
                    await go.wait()
                body = waiting.pop(0)
                return {"type": "http.request", "body": body, "more_body": bool(waiting)}

            async def send(message: Message) -> None:
                if message["type"] == "http.response.start":
                    statuses.append(message["status"])

            length = f"{sum(map(len, parts))}".encode()
            headers = [(b"host", b"127.0.0.1"), (b"content-length", length)]
            scope = {"type": "http", "method": method, "path": "/", "headers": headers, "query_string": b""}
            await site(scope, receive, send)
            return statuses[0]

        slow = [asyncio.create_task(ask("POST", b"x" * 900, b"x" * 50, waits=True)) for _ in range(5)]
        for _ in slow:
            await sent.acquire()
        assert await ask("POST", b"x") == 503
        assert await ask("GET", b"") == 200
        go.set()
        assert await asyncio.gather(*slow) == [200] * 5
        assert await ask("POST", b"x") == 200

    asyncio.run(run())


@pytest.mark.parametrize(
    ("host", "name"),
    [("Example.org:80", "example.org"), ("[::1]", "::1"), ("a b", None), ("a/b", None), ("u@a", None), ("a:0", None)],
)
def test_split_host(host: str, name: str | None) -> None:
    assert split_host(host) == name
