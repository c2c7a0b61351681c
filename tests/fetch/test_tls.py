from __future__ import annotations

import socket
import ssl
import threading
import time
from contextlib import suppress

import pytest
import trustme

from onrecord.fetch.fetch import Limits, fetch
from onrecord.fetch.network import Unreachable
from tests.fetch.world import World, redirect, reply

TERN = "https://tern.example/"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def bearing(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*names).configure_cert(context)
    return context


def trusting(world: World, authority: trustme.CA) -> World:
    def trust() -> ssl.SSLContext:
        context = ssl.create_default_context()
        authority.configure_trust(context)
        return context

    world.trust = trust
    return world


def test_a_host_is_called_by_number_and_proves_its_name(world: World, authority: trustme.CA) -> None:
    trusting(world, authority).name("tern.example", "11.0.0.1")
    context = bearing(authority, "tern.example")
    told: list[str | None] = []
    context.sni_callback = lambda line, name, _: told.append(name)
    world.serve("11.0.0.1", reply(b"x"), port=443, tls=context)
    assert fetch(TERN, network=world.network).body == b"x"
    assert (world.called, told) == ([("11.0.0.1", 443)], ["tern.example"])
    assert b"\r\nHost: tern.example\r\n" in world.requests[0]


def test_the_port_stands_in_the_host_header(world: World, authority: trustme.CA) -> None:
    trusting(world, authority).name("tern.example", "11.0.0.1")
    world.serve("11.0.0.1", reply(b"x"), port=8443, tls=bearing(authority, "tern.example"))
    assert fetch("https://tern.example:8443/", network=world.network).body == b"x"
    assert b"\r\nHost: tern.example:8443\r\n" in world.requests[0]


@pytest.mark.parametrize("name", ["gull.example", "*.tern.example", "11.0.0.1"])
def test_a_certificate_of_another_name_is_refused(world: World, authority: trustme.CA, name: str) -> None:
    trusting(world, authority).name("tern.example", "11.0.0.1")
    world.serve("11.0.0.1", reply(b"x"), port=443, tls=bearing(authority, name))
    with pytest.raises(Unreachable, match=r"tern\.example"):
        fetch(TERN, network=world.network)
    assert world.requests == []


def test_a_certificate_by_nobody_known_is_refused(world: World, authority: trustme.CA) -> None:
    world.name("tern.example", "11.0.0.1")
    world.serve("11.0.0.1", reply(b"x"), port=443, tls=bearing(authority, "tern.example"))
    with pytest.raises(Unreachable, match=r"prove that it is who it says .*certificate"):
        fetch(TERN, network=world.network)
    assert world.requests == []


GARBAGE = {
    "in the clear": (reply(b"x"), 0.0),
    # Each byte is in time, and the whole never.
    "a record that drips": (b"\x16\x03\x03\x40\x00" + bytes(200), 0.05),
    "an alert": (b"\x15\x03\x03\x00\x02\x02\x28", 0.0),
}


@pytest.mark.parametrize(("sent", "pause"), GARBAGE.values(), ids=GARBAGE)
def test_what_is_no_handshake_ends_soon(world: World, sent: bytes, pause: float) -> None:
    world.name("tern.example", "11.0.0.1")
    door = socket.create_server(("127.0.0.1", 0))
    world.doors["11.0.0.1", 443] = door.getsockname()[1]

    def speak() -> None:
        line, _ = door.accept()
        with line, suppress(OSError):
            for byte in sent:
                line.sendall(bytes([byte]))
                time.sleep(pause)

    threading.Thread(target=speak, daemon=True).start()
    started = time.monotonic()
    with door, pytest.raises(Unreachable, match=r"doesn't prove|more than|no answer|connection failed"):
        fetch(TERN, network=world.network, limits=Limits(wait=0.5, seconds=0.6))
    assert time.monotonic() - started < 4


def test_a_redirect_leads_from_the_clear_to_a_proven_host(world: World, authority: trustme.CA) -> None:
    trusting(world, authority).host("tern.example", redirect(TERN))
    world.serve("11.0.0.1", reply(b"x"), port=443, tls=bearing(authority, "tern.example"))
    assert fetch("http://tern.example/", network=world.network).url == TERN
