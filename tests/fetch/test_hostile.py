"""What nobody would write, by the thousand: no address and no answer does anything but be read or be refused."""

from __future__ import annotations

import socket
from functools import partial
from ipaddress import ip_address

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.fetch.address import parse_address
from onrecord.fetch.fetch import Limits, fetch
from onrecord.fetch.network import INTERNET, Unreachable
from onrecord.fetch.public import is_public
from onrecord.fetch.visit import Visitor
from onrecord.record import OnrecordError
from tests.fetch.world import World, redirect, reply

TERN = "http://tern.example/"
WORDS = (
    "http:// https: // / \\ @ : [ ] :: % %2e %00 . 。 0x7f 127 ① ß tern.example localhost # ? é xn-- 80 8443 64:ff9b::"
)
PIECES = st.sampled_from([*WORDS.split(), " ", "\r\n", "\t", "\u2028", "\ud800"])


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join)), st.sampled_from(["", TERN + "a/b"]))
def test_an_address_is_refused_or_is_one_line_of_ascii_that_means_itself(url: str, base: str) -> None:
    try:
        address = parse_address(url, base)
    except OnrecordError as error:
        assert str(error).isprintable()
        return
    assert address.url.isascii()
    assert address.url.isprintable()
    assert " " not in address.url
    assert parse_address(address.url) == address


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6), st.ip_addresses(v=6, network="2000::/3")).map(str))
def test_what_is_public_is_so_for_python_too(number: str) -> None:
    assert not is_public(number) or (ip_address(number).is_global and not ip_address(number).is_multicast)


HEADS = st.sampled_from(
    [
        b"",
        b"HTTP/1.1 ",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.1 302 No\r\nLocation: ",
        b"HTTP/9.9 200\r\n",
    ]
)
BITS = [b"\r\n", b"\r\n\r\n", b": ", b"Content-Length: ", b"-1", b"5", b"0\r\n\r\n", b"\x1f\x8b\x08", b"http://"]
SENT = st.one_of(st.binary(max_size=40), st.sampled_from(BITS))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(head=HEADS, bits=st.lists(SENT, max_size=8))
def test_whatever_a_server_sends_is_a_response_or_one_line(world: World, head: bytes, bits: list[bytes]) -> None:
    world.host("tern.example", head + b"".join(bits))
    try:
        fetched = fetch(TERN, network=world.network, limits=Limits(wait=10, seconds=20))
    except OnrecordError as error:
        assert str(error).isprintable()
    else:
        assert len(fetched.body) <= 10 * 2**20


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://10.0.0.1:8080/", "http://[::1]/", "http://169.254.169.254/", "http://192.168.0.1/"],
)
def test_as_the_program_runs_nothing_inside_is_called(url: str) -> None:
    """With the network as it is, and no socket allowed."""
    with pytest.raises(OnrecordError, match="isn't public"):
        fetch(url)


def test_as_the_program_runs_a_name_of_this_machine_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr("onrecord.fetch.network.socket.getaddrinfo", lambda *_, **__: found)
    with pytest.raises(OnrecordError, match="isn't public"):
        fetch(TERN)


def test_as_the_program_runs_a_number_is_what_is_connected_to(world: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        line = INTERNET.connect("127.0.0.1", door.getsockname()[1], 1.0)
        assert (line.getpeername(), line.gettimeout()) == (door.getsockname(), 1.0)
        line.close()


def test_where_a_page_sends_on_to_is_asked_for_its_rules(world: World) -> None:
    world.host("tern.example", reply(status="404 Not Found"), redirect("http://gull.example/b"), number="11.0.0.1")
    world.host("gull.example", reply(b"User-agent: *\nDisallow: /b"), number="11.0.0.2")
    visitor = Visitor({}, 0, get=partial(fetch, network=world.network))
    with pytest.raises(OnrecordError, match=r"robots\.txt"):
        visitor.get("http://tern.example/a")
    assert world.targets == ["/robots.txt", "/a", "/robots.txt"]


def test_rules_that_lead_inside_forbid_all(world: World) -> None:
    world.host("tern.example", redirect("http://127.0.0.1/robots.txt"))
    visitor = Visitor({}, 0, get=partial(fetch, network=world.network))
    with pytest.raises(Unreachable, match=r"robots\.txt can't be read"):
        visitor.get("http://tern.example/a")
    assert world.called == [("11.0.0.1", 80)]
