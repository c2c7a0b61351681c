from __future__ import annotations

import pytest

from onrecord.fetch.public import is_public

PUBLIC = [
    "11.0.0.1",
    "1.1.1.1",
    "172.32.0.1",
    "100.128.0.1",
    "223.255.255.1",
    "2606:4700::1",
    "2a00::1",
    "64:ff9b::b00:1",
]
NOT_PUBLIC = {
    "this network": "0.0.0.0",  # noqa: S104 - nothing is bound to it
    "this network, its end": "0.255.255.255",
    "loopback": "127.0.0.1",
    "loopback, its end": "127.255.255.254",
    "private": "10.1.2.3",
    "private, the small one": "192.168.1.1",
    "private, the middle one": "172.16.0.1",
    "private, the end of the middle one": "172.31.255.255",
    "of a provider": "100.64.0.1",
    "link-local": "169.254.1.1",
    "where a cloud keeps secrets": "169.254.169.254",
    "for protocols": "192.0.0.170",
    "documentation": "203.0.113.7",
    "benchmarks": "198.18.0.1",
    "relays of 6to4": "192.88.99.1",
    "multicast": "224.0.0.251",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "none, of IPv6": "::",
    "loopback of IPv6": "::1",
    "IPv4 in IPv6": "::ffff:127.0.0.1",
    "a public IPv4 in IPv6": "::ffff:11.0.0.1",
    "IPv4 in IPv6, the old way": "::127.0.0.1",
    "unique local": "fd00::1",
    "unique local, where a cloud keeps secrets": "fd00:ec2::254",
    "link-local of IPv6": "fe80::1",
    "link-local with a zone": "fe80::1%eth0",
    "site-local": "fec0::1",
    "multicast of IPv6": "ff02::1",
    "6to4 around loopback": "2002:7f00:1::",
    "Teredo": "2001:0:7f00:1::",
    "documentation of IPv6": "2001:db8::1",
    "NAT64 around loopback": "64:ff9b::7f00:1",
    "NAT64 around a cloud's secrets": "64:ff9b::a9fe:a9fe",
    "NAT64 of one network": "64:ff9b:1::b00:1",
    "discard": "100::1",
    "no number": "tern.example",
    "nothing": "",
}


@pytest.mark.parametrize("number", PUBLIC)
def test_what_all_the_network_reaches_is_public(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize("number", NOT_PUBLIC.values(), ids=NOT_PUBLIC)
def test_what_is_of_one_machine_or_network_is_not(number: str) -> None:
    assert not is_public(number)
