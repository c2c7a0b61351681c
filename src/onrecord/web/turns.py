"""Requests to turns: they wait without a thread, and what nobody waits for any more is not worked out."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.web.safety import READING

# Readings take turns (`ask.shelf`); a few stand ready, so that none of the threads that changes and the program's own
# files need waits with them. What is written as a file holds all of a list in memory.
PAGES = 16
FILES = 1
_FILES = (".csv", ".json", ".jsonl")


class Turns:
    """What stands between the safety and the views."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._pages, self._files = asyncio.Semaphore(PAGES), asyncio.Semaphore(FILES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request when its turn has come."""
        if scope["type"] != "http" or scope["method"] not in READING or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        async with AsyncExitStack() as turn:
            await turn.enter_async_context(self._files if scope["path"].endswith(_FILES) else self._pages)

            async def sent(message: Message) -> None:
                # How long the client takes over it is not to the cost of others.
                await turn.aclose()
                await send(message)

            # A request that only reads has no body that the view would wait for.
            if not await Request(scope, receive).is_disconnected():
                await self._app(scope, receive, sent)
