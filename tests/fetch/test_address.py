from __future__ import annotations

import pytest

from onrecord.fetch.address import parse_address
from onrecord.record import OnrecordError

READ = {
    "https://tern.example/a/b?c=d#e": "https://tern.example/a/b?c=d",
    "http://Tern.Example": "http://tern.example/",
    "http://tern.example:80/": "http://tern.example/",
    "https://tern.example:8443/x": "https://tern.example:8443/x",
    "http://tern.example:443/": "http://tern.example:443/",
    " https://tern.example/a b/ø?q=ü ": "https://tern.example/a%20b/%C3%B8?q=%C3%BC",
    "https://tern.example/a%2Fb": "https://tern.example/a%2Fb",
    "https://blåfjord.example/": "https://xn--blfjord-fxa.example/",
    "http://11.22.33.44/x": "http://11.22.33.44/x",
    "http://[2606:0:0::1]/": "http://[2606::1]/",
}
REFUSED = {
    "": "not an address",
    "tern.example/news": "not an address",
    "//tern.example/": "not an address",
    "file:///etc/passwd": "file: is not asked",
    "ftp://tern.example/": "ftp: is not asked",
    "gopher://tern.example/": "gopher: is not asked",
    "javascript:alert(1)": "javascript: is not asked",
    "data:text/html,x": "data: is not asked",
    "feed:https://tern.example/": "feed: is not asked",
    "https://ada:secret@tern.example/": "name or password",
    "https://tern.example@127.0.0.1/": "name or password",
    "https://@tern.example/": "name or password",
    "http://tern.example:22/": "port 22",
    "http://tern.example:0/": "port 0",
    "http://tern.example:6379/": "port 6379",
    "http://tern.example:99999/": "cannot be read",
    "http://tern.example:٨٠/": "cannot be read",
    "http://tern.example/\r\nHost: other.example": "characters that none has",
    "http://tern.example/\x00": "characters that none has",
    "http://tern.example\\@127.0.0.1/": "characters that none has",
    "http://tern.example/\u2028": "characters that none has",
    "http://tern.example/" + "a" * 2_000: "too long",
    "http://2130706433/": "number in disguise",
    "http://0x7f000001/": "number in disguise",
    "http://017700000001/": "number in disguise",
    "http://0177.0.0.1/": "number in disguise",
    "http://0x7f.1/": "number in disguise",
    "http://127.1/": "number in disguise",
    "http://127.0.0.1./": "no full name",
    "http://tern.example./": "no full name",
    "http://127。0。0。1/": "number in disguise",
    "http://１２７.0.0.1/": "number in disguise",
    "http://①②⑦.⓪.⓪.①/": "number in disguise",
    "http://١٢٧.٠.٠.١/": "no name",
    "http://tern.example。/": "no full name",
    "http://%31%32%37.0.0.1/": "number in disguise",
    "http://%6cocalhost.example/": "no full name",
    "http://tern%00.example/": "no full name",
    "http://tern example/": "no full name",
    "http://localhost/": "no full name",
    "http://intranet/": "no full name",
    "http://-tern.example/": "no full name",
    f"http://{'a' * 64}.example/": "no full name",
    f"http://{'a.' * 130}example/": "no full name",
    "http:///news": "no full name",
    "http://[::1%25lo]/": "no IPv6 number",
    "http://[fe80::1%eth0]/": "no IPv6 number",
    "http://[::ffff:127.0.0.1.]/": "read",
    "http://[::1/": "cannot be read",
    "http://[v1.x]/": "no IPv6 number",
    "http://[tern.example]/": "not an address",
}


@pytest.mark.parametrize(("given", "read"), READ.items())
def test_an_address_is_written_in_one_way(given: str, read: str) -> None:
    assert parse_address(given).url == read
    assert parse_address(read).url == read


@pytest.mark.parametrize(("given", "reason"), REFUSED.items())
def test_what_is_no_plain_address_is_refused_with_the_reason(given: str, reason: str) -> None:
    with pytest.raises(OnrecordError, match=reason):
        parse_address(given)


def test_a_relative_address_is_read_from_where_it_stands() -> None:
    base = "https://tern.example/news/today.html"
    assert parse_address("../a?b", base).url == "https://tern.example/a?b"
    assert parse_address("//gull.example/c", base).url == "https://gull.example/c"
    assert parse_address("", base).url == base
