"""Names that lead elsewhere, given wherever an address takes a name."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from starlette.testclient import TestClient
from starlette.types import Message

from tests.web.names import NAMES

PATHS = (
    *("/static/{}", "/static/pages/{}", "/report/{}", "/claim/{}", "/claim/{}/card.svg", "/entity/{}", "/add/{}"),
    *("/api/reports/{}", "/api/claims/{}", "/api/claims/{}/tree", "/api/events/{}", "/api/entities/{}", "/{}"),
)
LISTS = ("/statements", "/claims", "/reports", "/timeline", "/calls", "/people", "/api/statements", "/statements.csv")
HEADERS = [(b"host", b"127.0.0.1:8321")]


def ask(site: TestClient, *asked: tuple[str, str]) -> list[tuple[int, bytes]]:
    """What is answered to paths and queries just as they are; a client would tidy them first."""

    async def ask_one(path: str, query: str) -> tuple[int, bytes]:
        said: list[Message] = []
        asking: list[Message] = [{"type": "http.request"}]

        async def receive() -> Message:
            # A client that has asked waits: a file is sent while that is listened for.
            return asking.pop() if asking else await asyncio.Future()

        async def send(message: Message) -> None:
            said.append(message)

        scope = {"type": "http", "method": "GET", "scheme": "http", "server": ("127.0.0.1", 8321), "root_path": ""}
        scope |= {
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "http_version": "1.1",
        }
        await site.app({**scope, "headers": HEADERS}, receive, send)
        return said[0]["status"], b"".join(m.get("body", b"") for m in said[1:])

    async def ask_all() -> list[tuple[int, bytes]]:
        return [await ask_one(path, query) for path, query in asked]

    return asyncio.run(ask_all())


def plain(name: str) -> bytes:
    return name.encode("utf-8", "surrogatepass")


def escape(name: str) -> str:
    return quote(plain(name), safe="")


def wrong(site: TestClient, asked: Sequence[tuple[str, str]], *right: int) -> list[tuple[str, str, int]]:
    """Of what was asked that which is answered in another way."""
    answers = ask(site, *asked)
    return [(p[:200], q[:200], s) for (p, q), (s, _) in zip(asked, answers, strict=True) if s not in right]


@pytest.mark.parametrize("path", PATHS)
def test_no_address_leads_elsewhere(site: TestClient, path: str) -> None:
    # As it is, escaped, and escaped twice. What is nothing, once it is put in a path, leads to the page above.
    given = [form for name in NAMES for form in (quote(plain(name), safe="/\\:"), escape(name), escape(escape(name)))]
    asked = [(path.format(form), "") for form in dict.fromkeys(given)]
    asked = [(at, query) for at, query in asked if unquote(at) not in ("/", "//", "/add/")]
    assert wrong(site, asked, 307, 400, 404, 405) == []


@pytest.mark.parametrize("path", LISTS)
def test_no_filter_is_a_name_of_a_file(site: TestClient, path: str) -> None:
    filters = ("q", "speaker", "outlet", "story")
    # Each is a whole page: every third of them.
    asked = [(path, f"{filters[n % 4]}={escape(name)}") for n, name in enumerate(NAMES[::3])]
    assert wrong(site, asked, 200, 400) == []


def test_no_way_back_or_comparison_leads_elsewhere(site: TestClient) -> None:
    names = list(map(escape, NAMES))
    assert wrong(site, [("/diff", f"a={name}&b={name}") for name in names], 400, 404) == []
    assert wrong(site, [("/remove", f"report={name}&back={name}") for name in names], 404) == []
    assert wrong(site, [("/report/x", f"char={name}") for name in names], 400, 404) == []
    assert wrong(site, [("/corrections", f"done={name}") for name in names], 200) == []


def test_beside_its_own_files_nothing_is_served(site: TestClient) -> None:
    own = Path(__file__).parents[2] / "src/onrecord/web/app.py"
    up = ("..", "%2e%2e", ".%2e", "..%2f..", "%2e%2e%2f", "..%5c", "..;", "%252e%252e", "/..", "static/..")
    tails = ("/app.py", str(own))
    asked = [(f"/static/{way}{tail}", "") for way in up for tail in tails] + [(f"/static/{own}", "")]
    assert wrong(site, asked, 400, 404) == []
    assert wrong(site, [("/static/page.js", "")], 200) == []
