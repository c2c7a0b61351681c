"""A network that a test makes up: a table of names, and servers on loopback that answer with any bytes whatever."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from typing import Self

from onrecord.fetch.network import Network

# What a server does with a connection and the request that came over it.
Deed = Callable[[socket.socket, bytes], None]
Answer = bytes | Deed


def reply(body: bytes = b"", status: str = "200 OK", head: Sequence[str] = (), length: int | None = None) -> bytes:
    """A response, its length as it is unless said otherwise."""
    lines = [f"HTTP/1.1 {status}", *head, f"Content-Length: {len(body) if length is None else length}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def page(words: str) -> bytes:
    """A page of news with a paragraph of `words`, as a response."""
    html = f"<!doctype html><html><head><title>News</title></head><body><article><p>{words}</p></article></body></html>"
    return reply(html.encode(), head=["Content-Type: text/html; charset=utf-8"])


def packed(body: bytes) -> bytes:
    return reply(gzip.compress(body), head=["Content-Encoding: gzip"])


def redirect(to: str, status: int = 302) -> bytes:
    return reply(status=f"{status} Found", head=[f"Location: {to}"])


class World:
    """Names to numbers, numbers and ports to servers; what was looked up and called is noted."""

    def __init__(self) -> None:
        self.names: dict[str, list[list[str]]] = {}
        self.doors: dict[tuple[str, int], int] = {}
        self.asked: list[str] = []
        self.called: list[tuple[str, int]] = []
        self.requests: list[bytes] = []
        self.trust: Callable[[], ssl.SSLContext] = ssl.create_default_context
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def network(self) -> Network:
        return Network(self._resolve, self._connect, self.trust)

    def name(self, host: str, *answers: str | Sequence[str]) -> None:
        """`host` has the number (or the numbers) of each answer in turn, and that of the last from then on."""
        self.names[host] = [[answer] if isinstance(answer, str) else list(answer) for answer in answers]

    def serve(
        self,
        number: str,
        *answers: Answer,
        port: int = 80,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """A server at `number` gives each answer to one request, and the last one from then on."""
        door = self._stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        self.doors[number, port] = door.getsockname()[1]
        threading.Thread(target=self._answer, args=(door, list(answers), tls), daemon=True).start()

    def host(self, host: str, *answers: Answer, number: str = "11.0.0.1") -> None:
        """A name with a server behind it."""
        self.name(host, number)
        self.serve(number, *answers)

    @property
    def targets(self) -> list[str]:
        """What was asked for, in order."""
        return [request.split(b" ")[1].decode() for request in self.requests]

    def _resolve(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        answers = self.names.get(host)
        if answers is None:
            raise socket.gaierror(-2, "Name or service not known")
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def _connect(self, number: str, port: int, seconds: float) -> socket.socket:
        self.called.append((number, port))
        if (number, port) not in self.doors:
            raise ConnectionRefusedError(111, "Connection refused")
        return socket.create_connection(("127.0.0.1", self.doors[number, port]), seconds)

    def _answer(self, door: socket.socket, answers: list[Answer], tls: ssl.SSLContext | None) -> None:
        while True:
            try:
                line, _ = door.accept()
            except OSError:
                return
            # What goes wrong here is what the test is about.
            with suppress(OSError), line:
                line.settimeout(10)
                if tls is not None:
                    line = tls.wrap_socket(line, server_side=True)
                with line:
                    self._serve(line, answers.pop(0) if len(answers) > 1 else answers[0])

    def _serve(self, line: socket.socket, answer: Answer) -> None:
        request = b""
        while b"\r\n\r\n" not in request and (piece := line.recv(2**16)):
            request += piece
        if request:
            self.requests.append(request)
            if callable(answer):
                answer(line, request)
            else:
                line.sendall(answer)
