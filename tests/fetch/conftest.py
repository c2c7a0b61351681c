from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from pytest_socket import socket_allow_hosts

from onrecord.ingest.entries import Workers
from onrecord.ingest.isolation import Worker
from onrecord.ingest.pages import PageReader
from tests.fetch.world import World


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    with PageReader() as pages, Worker() as files:
        yield Workers(pages, files)


@pytest.fixture
def parsers(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rounds over feeds share the processes that parse, which take a second to start."""
    monkeypatch.setattr("onrecord.fetch.watch.PageReader", lambda: nullcontext(workers.pages))
    monkeypatch.setattr("onrecord.fetch.watch.Worker", lambda: nullcontext(workers.files))


@pytest.fixture
def world(socket_enabled: None) -> Iterator[World]:
    """A network of our own: names and numbers are what the test says, and behind each stands a server on loopback."""
    socket_allow_hosts(["127.0.0.1"])
    with World() as world:
        yield world
