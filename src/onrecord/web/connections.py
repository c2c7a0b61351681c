"""What a client sends to requests, as uvicorn reads them; one that keeps the server waiting is let go."""

from __future__ import annotations

from asyncio import Transport

from uvicorn.protocols.http.h11_impl import H11Protocol

# In so many seconds in which the server waits for it, a client sends or takes so many bytes, or ends a request. The
# head of a request is shorter than that (h11 takes 16 KB), so it is whole by then.
PATIENCE = 20.0
LEAST = 100_000
# Connections at once.
MOST = 1000
# Bytes of answers that wait to be taken, of all connections together.
MOST_WAITING = 256 * 2**20


class Connection(H11Protocol):
    """One client; it shares the time of the server with all others, and may not hold what others need."""

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin, and if there are too many, let the one go that has kept the server waiting for longest."""
        super().connection_made(transport)
        self._since = self.loop.time()
        self._moved = self._left = 0
        self._watch = self.loop.call_later(PATIENCE, self._look)
        held = self._open()
        if len(held) > MOST:
            min((c for c in held if c._waits()), key=lambda c: c._since).transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._watch.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what was sent."""
        self._moved += len(data)
        super().data_received(data)

    def handle_events(self) -> None:
        """Begin what was asked; a further request when the answer to the last one was taken."""
        if self.flow.write_paused:
            self.flow.pause_reading()
        else:
            super().handle_events()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        self._since = self.loop.time()
        self._moved += LEAST
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Wait for the client, and if too much waits, let the one go for which most does; the last comer stays."""
        super().pause_writing()
        held = self._open()
        if sum(c._size() for c in held) > MOST_WAITING:
            most = max(held, key=lambda c: (c is not self, c._size()))
            most.transport.abort()

    def resume_writing(self) -> None:
        """Go on: all but the last of an answer was taken."""
        self._moved += LEAST
        super().resume_writing()
        if not self.transport.is_closing():
            self.flow.resume_reading()
            self.handle_events()

    def _look(self) -> None:
        """Let the client go if it kept the server waiting since the last look."""
        size = self._size()
        if self._waits() and self._moved + max(0, self._left - size) < LEAST:
            self.transport.abort()
            return
        self._moved, self._left = 0, size
        self._watch = self.loop.call_later(PATIENCE, self._look)

    def _waits(self) -> bool:
        """Whether it is the client's turn: to take, to begin a request, or to go on with one."""
        if self._size() or self.cycle is None or self.cycle.response_complete:
            return True
        return self.cycle.more_body and not self.flow.read_paused

    def _size(self) -> int:
        """How much of the answers was not taken yet."""
        return self.transport.get_write_buffer_size()

    def _open(self) -> list[Connection]:
        held = [c for c in self.connections if isinstance(c, Connection)]
        return [c for c in held if not c.transport.is_closing()]
