from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from onrecord.web.turns import FILES, PAGES, Turns


class Views:
    """Views that end when told to, and note how many are at work."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.working, self.most, self.begun = 0, 0, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.begun += 1
        self.working += 1
        self.most = max(self.most, self.working)
        await self.go.wait()
        self.working -= 1
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body"})


class Client:
    """One that asks and waits, or has gone away; `taking` is held back where it takes nothing."""

    def __init__(self, path: str, method: str = "GET") -> None:
        self.scope: dict[str, Any] = {"type": "http", "method": method, "path": path, "headers": []}
        self.gone, self.answered = False, False
        self.taking = asyncio.Event()
        self.taking.set()

    async def receive(self) -> Message:
        return {"type": "http.disconnect"} if self.gone else {"type": "http.request"}

    async def send(self, message: Message) -> None:
        await self.taking.wait()
        self.answered = message["type"] == "http.response.body"


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.mark.parametrize(("path", "most"), [("/claims", PAGES), ("/claims.csv", FILES), ("/corrections.jsonl", FILES)])
def test_no_more_are_at_work_than_there_are_turns(path: str, most: int) -> None:
    async def crowd() -> None:
        views = Views()
        turns, clients = Turns(views), [Client(path) for _ in range(200)]
        asking = [asyncio.create_task(turns(c.scope, c.receive, c.send)) for c in clients]
        await settle()
        assert views.working == most
        views.go.set()
        await asyncio.gather(*asking)
        assert views.most == most
        assert all(c.answered for c in clients)

    asyncio.run(crowd())


def test_files_and_pages_do_not_wait_for_one_another_nor_changes_for_either() -> None:
    async def crowd() -> None:
        views = Views()
        clients = [Client("/claims.csv")] * 2 + [Client("/static/page.js")] * 30 + [Client("/fix", "POST")] * 30
        turns = Turns(views)
        asking = [asyncio.create_task(turns(c.scope, c.receive, c.send)) for c in [*clients, Client("/")]]
        await settle()
        assert views.working == 1 + 30 + 30 + 1
        views.go.set()
        await asyncio.gather(*asking)

    asyncio.run(crowd())


def test_nothing_is_worked_out_for_those_who_went_away() -> None:
    async def crowd() -> None:
        views = Views()
        turns, clients = Turns(views), [Client("/claims") for _ in range(200)]
        asking = [asyncio.create_task(turns(c.scope, c.receive, c.send)) for c in clients]
        await settle()
        for c in clients[:-1]:
            c.gone = True
        views.go.set()
        await asyncio.gather(*asking)
        assert views.begun == PAGES + 1
        assert clients[-1].answered

    asyncio.run(crowd())


def test_a_turn_ends_when_the_answer_begins_however_slowly_it_is_taken() -> None:
    async def crowd() -> None:
        views = Views()
        views.go.set()
        turns, slow, quick = Turns(views), [Client("/claims") for _ in range(50)], Client("/claims")
        for c in slow:
            c.taking.clear()
        asking = [asyncio.create_task(turns(c.scope, c.receive, c.send)) for c in slow]
        await settle()
        await asyncio.wait_for(turns(quick.scope, quick.receive, quick.send), 60)
        assert quick.answered
        assert not any(c.answered for c in slow)
        for c in slow:
            c.taking.set()
        await asyncio.gather(*asking)

    asyncio.run(crowd())


def test_a_view_that_fails_gives_its_turn_back() -> None:
    async def fail(scope: Scope, receive: Receive, send: Send) -> None:
        raise ZeroDivisionError

    async def crowd() -> None:
        turns, c = Turns(fail), Client("/claims")
        for _ in range(PAGES + 1):
            with pytest.raises(ZeroDivisionError):
                await asyncio.wait_for(turns(c.scope, c.receive, c.send), 60)

    asyncio.run(crowd())
