from __future__ import annotations

import gc
import gzip
import socket
import time
import zlib
from contextlib import suppress

import pytest

from onrecord.fetch.address import Address
from onrecord.fetch.fetch import Fetched, Limits, fetch
from onrecord.fetch.network import Unreachable
from onrecord.record import OnrecordError
from tests.fetch.world import Answer, Deed, World, packed, page, redirect, reply

TERN = "http://tern.example/"
# Of a test, that it may be over soon; the bounds are as many as in earnest.
LIMITS = Limits(wait=10, seconds=20, body=10 * 2**20, redirects=5)
HASTE = Limits(wait=0.3, seconds=0.6)


def ask(world: World, url: str = TERN, limits: Limits = LIMITS) -> Fetched:
    return fetch(url, network=world.network, limits=limits)


def drip(piece: bytes, pause: float = 0.05) -> Deed:
    """Sends `piece` again and again, until nobody listens."""

    def send(line: socket.socket, _: bytes) -> None:
        until = time.monotonic() + 8
        while time.monotonic() < until:
            line.sendall(piece)
            time.sleep(pause)

    return send


def after(head: bytes, deed: Deed) -> Deed:
    def send(line: socket.socket, request: bytes) -> None:
        line.sendall(head)
        deed(line, request)

    return send


def silent(line: socket.socket, _: bytes) -> None:
    line.recv(1)


def flood(piece: bytes) -> Deed:
    return drip(piece, 0)


def test_a_page_comes_with_its_address_and_what_matters_of_its_head(world: World) -> None:
    head = ["Content-Type: text/html", 'ETag: "a1"', "Last-Modified: Mon, 05 May 2031 10:00:00 GMT", "Set-Cookie: a=b"]
    world.host("tern.example", reply(b"<p>Quay</p>", head=head))
    fetched = ask(world, "http://tern.example/news?day=5#top")
    assert fetched == Fetched(
        url="http://tern.example/news?day=5",
        status=200,
        content_type="text/html",
        etag='"a1"',
        modified="Mon, 05 May 2031 10:00:00 GMT",
        body=b"<p>Quay</p>",
    )


def test_the_request_says_who_asks_and_holds_nothing_that_names_the_user(world: World) -> None:
    world.host("tern.example", reply(head=["Set-Cookie: a=b"]), redirect("/x"), reply())
    for _ in range(3):
        ask(world, "http://tern.example/x")
    for request in world.requests:
        lines = request.decode().split("\r\n")
        assert lines[0] == "GET /x HTTP/1.1"
        assert "Host: tern.example" in lines
        names = {line.split(":")[0] for line in lines[1:] if line}
        assert names == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
        [agent] = [line for line in lines if line.startswith("User-Agent: ")]
        assert agent.startswith("User-Agent: onrecord/")


def test_proxies_of_the_environment_are_not_used(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://11.9.9.9:8080")
    world.host("tern.example", reply(b"x"))
    assert ask(world).body == b"x"
    assert world.called == [("11.0.0.1", 80)]


def test_what_was_kept_is_asked_after(world: World) -> None:
    world.host("tern.example", reply(status="304 Not Modified"))
    fetched = fetch(TERN, etag='"a1"', modified="Mon, 05 May 2031 10:00:00 GMT", network=world.network)
    assert (fetched.status, fetched.body) == (304, b"")
    assert b'If-None-Match: "a1"\r\n' in world.requests[0]
    assert b"If-Modified-Since: Mon, 05 May 2031 10:00:00 GMT\r\n" in world.requests[0]


@pytest.mark.parametrize("etag", ["a\r\nX: y", "a\nX: y", "é", "a" * 1_001, "\x00"])
def test_an_etag_that_would_write_other_headers_is_not_sent(world: World, etag: str) -> None:
    world.host("tern.example", reply(b"x"))
    assert fetch(TERN, etag=etag, network=world.network).body == b"x"
    assert b"If-None-Match" not in world.requests[0]


def test_a_status_other_than_ok_has_no_body(world: World) -> None:
    world.host("tern.example", reply(b"gone", "404 Not Found"), reply(b"busy", "503 No", ["Retry-After: 30"]))
    assert (ask(world).status, (busy := ask(world)).status) == (404, 503)
    assert (busy.retry_after, busy.body) == ("30", b"")


# Redirects.


def test_a_redirect_is_followed_to_where_the_page_is(world: World) -> None:
    world.host("tern.example", redirect("https://gull.example:8080/ø"), number="11.0.0.1")
    world.name("gull.example", "11.0.0.2")
    with pytest.raises(Unreachable):
        ask(world)
    assert world.called == [("11.0.0.1", 80), ("11.0.0.2", 8080)]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_each_kind_of_redirect_is_followed(world: World, status: int) -> None:
    world.host("tern.example", redirect("/there/", status), reply(b"x"))
    assert ask(world).url == "http://tern.example/there/"


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1:8080/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:169.254.169.254]/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://localhost/",
        "http://inside.example/",
        "//127.0.0.1/",
        "file:///etc/passwd",
        "ftp://tern.example/",
        "data:text/html,<p>x",
        "http://ada:x@gull.example/",
        "http://tern.example:22/",
        "/\x01",
    ],
)
def test_a_redirect_to_where_nobody_is_asked_is_refused(world: World, to: str) -> None:
    world.host("tern.example", redirect(to))
    world.name("inside.example", "192.168.0.7")
    for number in ("127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "192.168.0.7"):
        for port in (80, 8080):
            world.serve(number, reply(b"secret"), port=port)
    with pytest.raises(OnrecordError):
        ask(world)
    assert world.called == [("11.0.0.1", 80)]


def test_each_address_of_a_chain_is_checked(world: World) -> None:
    world.host("tern.example", redirect("http://gull.example/"), number="11.0.0.1")
    world.host("gull.example", redirect("http://inside.example/"), number="11.0.0.2")
    world.host("inside.example", reply(b"secret"), number="10.0.0.3")
    with pytest.raises(OnrecordError, match=r"inside\.example leads to 10\.0\.0\.3, which isn't public"):
        ask(world)
    assert world.called == [("11.0.0.1", 80), ("11.0.0.2", 80)]


def test_redirects_in_a_ring_end(world: World) -> None:
    world.host("tern.example", redirect("/a"))
    with pytest.raises(OnrecordError, match="sends on more than 5 times"):
        ask(world)
    assert len(world.requests) == 6


def test_a_redirect_without_a_place_is_an_answer(world: World) -> None:
    world.host("tern.example", reply(status="302 Found"))
    assert ask(world).status == 302


def test_a_redirect_is_told_before_it_is_followed(world: World) -> None:
    world.host("tern.example", redirect("http://gull.example/b"))
    world.name("gull.example", "11.0.0.2")

    def refuse(address: Address) -> None:
        if address.host == "gull.example":
            raise OnrecordError(f"not {address.url}")

    with pytest.raises(OnrecordError, match=r"not http://gull\.example/b"):
        fetch(TERN, before=refuse, network=world.network)
    assert world.asked == ["tern.example"]


# Names.


@pytest.mark.parametrize(
    "number",
    ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fd00::1", "fe80::1%lo", "0.0.0.1"],
)
def test_a_name_that_leads_inside_is_not_called(world: World, number: str) -> None:
    world.host("tern.example", reply(b"secret"), number=number)
    with pytest.raises(OnrecordError, match="isn't public"):
        ask(world)
    assert world.called == []


def test_one_number_inside_among_public_ones_is_enough_to_refuse(world: World) -> None:
    world.name("tern.example", ["11.0.0.1", "2606::1", "10.0.0.1"])
    world.serve("11.0.0.1", reply(b"x"))
    with pytest.raises(OnrecordError, match=r"leads to 10\.0\.0\.1"):
        ask(world)
    assert world.called == []


def test_a_name_is_looked_up_once_and_what_was_checked_is_called(world: World) -> None:
    """A name server that gives a public number to the check and one inside to the call gets only the first asked."""
    world.name("tern.example", "11.0.0.1", "127.0.0.1")
    world.serve("11.0.0.1", reply(b"x"))
    world.serve("127.0.0.1", reply(b"secret"))
    assert ask(world).body == b"x"
    assert (world.asked, world.called) == (["tern.example"], [("11.0.0.1", 80)])


def test_a_name_that_turns_inside_between_redirects_is_refused(world: World) -> None:
    world.name("tern.example", "11.0.0.1", "127.0.0.1")
    world.serve("11.0.0.1", redirect("/again"))
    world.serve("127.0.0.1", reply(b"secret"))
    with pytest.raises(OnrecordError, match=r"leads to 127\.0\.0\.1"):
        ask(world)


def test_a_number_as_a_host_is_checked_like_a_name(world: World) -> None:
    world.serve("11.0.0.1", reply(b"x"))
    assert ask(world, "http://11.0.0.1/").body == b"x"
    with pytest.raises(OnrecordError, match="isn't public"):
        ask(world, "http://192.168.0.1/")
    with pytest.raises(OnrecordError, match="isn't public"):
        ask(world, "http://[64:ff9b::7f00:1]/")


def test_the_next_number_is_called_if_the_first_is_silent(world: World) -> None:
    world.name("tern.example", ["2606::1", "11.0.0.1"])
    world.serve("11.0.0.1", reply(b"x"))
    assert ask(world).body == b"x"
    assert world.called == [("2606::1", 80), ("11.0.0.1", 80)]


def test_of_many_numbers_a_few_are_called(world: World) -> None:
    world.name("tern.example", [f"11.0.1.{i}" for i in range(100)])
    with pytest.raises(Unreachable, match="doesn't answer"):
        ask(world)
    assert len(world.called) == 4


def test_a_name_without_a_number_is_not_found(world: World) -> None:
    world.name("empty.example", [])
    for host in ("nowhere.example", "empty.example"):
        with pytest.raises(Unreachable, match=host):
            ask(world, f"http://{host}/")


def test_a_name_server_that_never_answers_costs_no_more_than_a_wait(world: World) -> None:
    def dream(host: str, port: int) -> list[str]:
        time.sleep(2)
        return ["11.0.0.1"]

    network = world.network._replace(resolve=dream)
    with pytest.raises(Unreachable, match="wasn't told"):
        fetch(TERN, network=network, limits=HASTE)


# Responses.

LATE = r"more than 1 seconds|no answer within 0 seconds"
UNSOUND = "cut off, or no HTTP"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
TRICKS: dict[str, tuple[Answer, str]] = {
    "silence": (silent, LATE),
    "silence in the head": (after(b"HTTP/1.1 200 OK\r\nConte", silent), LATE),
    "silence in the body": (after(b"HTTP/1.1 200 OK\r\n\r\n<p>", silent), LATE),
    "a head that drips": (after(b"HTTP/1.1 200 OK\r\nX: ", drip(b"a")), LATE),
    "heads that drip": (after(b"HTTP/1.1 200 OK\r\n", drip(b"X: y\r\n", 0.1)), LATE),
    "a body that drips": (after(b"HTTP/1.1 200 OK\r\n\r\n", drip(b"a")), LATE),
    "chunks that drip": (after(CHUNKED, drip(b"1\r\na\r\n")), LATE),
    "a trailer that drips": (after(CHUNKED + b"0\r\n", drip(b"X: y\r\n")), LATE),
    "endless go-ons": (drip(b"HTTP/1.1 100 Continue\r\n\r\n", 0.01), LATE),
    "a head of one endless line": (flood(b"a" * 2**16), UNSOUND),
    "an endless header": (after(b"HTTP/1.1 200 OK\r\nX: ", flood(b"a" * 2**16)), UNSOUND),
    "endless headers": (after(b"HTTP/1.1 200 OK\r\n", flood(b"X: y\r\n" * 1_000)), UNSOUND),
    "an endless body": (after(b"HTTP/1.1 200 OK\r\n\r\n", flood(b"a" * 2**18)), "longer than 10 MB"),
    "endless chunks": (after(CHUNKED, flood(b"10000\r\n" + b"a" * 2**16 + b"\r\n")), "longer than 10 MB"),
    "a chunk of an endless length": (after(CHUNKED + b"f" * 40 + b"\r\n", flood(b"a" * 2**18)), "longer than 10 MB"),
    "an endless trailer": (after(CHUNKED + b"0\r\n", flood(b"a" * 2**18)), UNSOUND),
    "an endless length of a chunk": (after(CHUNKED, flood(b"0" * 2**18)), UNSOUND),
    "a chunk without a length": (CHUNKED + b"\r\n<p>\r\n0\r\n\r\n", UNSOUND),
    "a chunk of a length in words": (CHUNKED + b"ten\r\n<p>\r\n0\r\n\r\n", UNSOUND),
    "a chunk of a negative length": (CHUNKED + b"-5\r\n<p>\r\n0\r\n\r\n", UNSOUND),
    "chunks cut off": (CHUNKED + b"ff\r\n<p>", UNSOUND),
    "a body shorter than its length": (reply(b"<p>", length=99), UNSOUND),
    "two lengths": (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 9\r\n\r\n<p>", UNSOUND),
    "a length beyond the limit": (reply(b"<p>", length=11 * 2**20), "longer than 10 MB"),
    "a bomb": (packed(bytes(9 * 2**20)), "more than 200 times"),
    "a large bomb": (packed(bytes(100 * 2**20)), "more than 200 times|longer than 10 MB"),
    "a bomb in a bomb": (
        reply(gzip.compress(gzip.compress(bytes(50 * 2**20))), head=["Content-Encoding: gzip, gzip"]),
        "not asked for",
    ),
    "a bomb of deflate": (
        reply(zlib.compress(bytes(9 * 2**20)), head=["Content-Encoding: deflate"]),
        "more than 200 times",
    ),
    "packed endlessly around nothing": (
        after(b"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n", flood(b"\0\0\0\xff\xff" * 2**15)),
        "longer than 10 MB",
    ),
    "packed as nobody asked": (reply(b"abc", head=["Content-Encoding: br"]), '"br", which was not asked for'),
    "packed and cut off": (reply(gzip.compress(b"<p>" * 99)[:-12], head=["Content-Encoding: gzip"]), "cut off"),
    "said to be packed": (reply(b"<p>plain</p>", head=["Content-Encoding: gzip"]), "damaged"),
    "no HTTP": (b"<p>here I am</p>", UNSOUND),
    "HTTP of 1991": (b"<html>\r\n<p>plain</p>", UNSOUND),
    "another protocol": (b"SSH-2.0-OpenSSH_9.0\r\n", UNSOUND),
    "a status in words": (b"HTTP/1.1 OK fine\r\n\r\n", UNSOUND),
    "a status of five figures": (b"HTTP/1.1 20000 OK\r\n\r\n", UNSOUND),
    "nothing": (b"", UNSOUND),
}


@pytest.mark.parametrize(("answer", "reason"), TRICKS.values(), ids=TRICKS)
def test_a_trick_ends_soon_and_in_one_line(world: World, answer: Answer, reason: str) -> None:
    world.host("tern.example", answer)
    slow = reason == LATE
    started = time.monotonic()
    with pytest.raises(OnrecordError, match=reason):
        ask(world, limits=HASTE if slow else LIMITS)
    assert time.monotonic() - started < (4 if slow else 15)


def test_the_time_of_all_redirects_is_counted_together(world: World) -> None:
    def late(line: socket.socket, _: bytes) -> None:
        time.sleep(0.2)
        line.sendall(redirect("/on"))

    world.host("tern.example", late)
    with pytest.raises(Unreachable, match="more than 1 seconds"):
        ask(world, limits=Limits(wait=5, seconds=0.6))


WORDY = b" ".join(b"ship %d is in the harbour" % number for number in range(90_000))
ODD: dict[str, tuple[bytes, bytes]] = {
    "no length": (b"HTTP/1.1 200 OK\r\n\r\n<p>x", b"<p>x"),
    "a length in words": (b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n<p>x", b"<p>x"),
    "more than its length": (reply(b"<p>x and more", length=4), b"<p>x"),
    "chunks and a length": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<p>x\r\n0\r\n\r\n",
        b"<p>x",
    ),
    "chunks with words beside": (CHUNKED + b"4;a=b\r\n<p>x\r\n0\r\nX: y\r\n\r\n", b"<p>x"),
    "gzip in two": (reply(gzip.compress(b"<p>") + gzip.compress(b"x"), head=["Content-Encoding: GZIP"]), b"<p>x"),
    "padding behind gzip": (reply(gzip.compress(b"<p>x") + b"\0" * 99, head=["Content-Encoding: gzip"]), b"<p>x"),
    "deflate": (reply(zlib.compress(b"<p>x"), head=["Content-Encoding: deflate"]), b"<p>x"),
    "deflate without a head": (reply(zlib.compress(b"<p>x", wbits=-15), head=["Content-Encoding: deflate"]), b"<p>x"),
    "a text that packs well": (packed(WORDY), WORDY),
    "lines that end in one character": (b"HTTP/1.1 200 OK\nContent-Length: 4\n\n<p>x", b"<p>x"),
    "HTTP/1.0": (b"HTTP/1.0 200 OK\r\n\r\n<p>x", b"<p>x"),
    "a go-on first": (b"HTTP/1.1 100 Continue\r\n\r\n" + reply(b"<p>x"), b"<p>x"),
}


@pytest.mark.parametrize(("answer", "body"), ODD.values(), ids=ODD)
def test_what_is_only_odd_is_read(world: World, answer: bytes, body: bytes) -> None:
    world.host("tern.example", answer)
    assert ask(world).body == body


def test_a_server_that_writes_control_characters_in_its_head_writes_nothing_into_the_reason(world: World) -> None:
    world.host("tern.example", b"HTTP/1.1 \x1b[2J\x07\r\n\r\n")
    with pytest.raises(OnrecordError) as caught:
        ask(world)
    assert str(caught.value).isprintable()


def test_what_was_opened_is_closed(world: World, recwarn: pytest.WarningsRecorder) -> None:
    world.host("tern.example", page("Quay"), redirect("/x"), reply(b"x", length=99), b"")
    for _ in range(4):
        with suppress(OnrecordError):
            ask(world)
    gc.collect()
    assert [w for w in recwarn if issubclass(w.category, ResourceWarning)] == []
