"""A number of the network to whether it is everybody's: never this machine, its network, or what a tunnel leads to."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# The registries of IANA as of 2025, written out: what Python calls global differs from version to version.
_NOT_V4 = tuple(
    IPv4Network(net)
    for net in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
)
_V6 = IPv6Network("2000::/3")
# Teredo and its neighbours, documentation, 6to4.
_NOT_V6 = tuple(IPv6Network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
# Where a network has IPv6 alone, each IPv4 host goes by such a number.
_NAT64 = IPv6Network("64:ff9b::/96")


def is_number(host: str) -> bool:
    """Whether `host` is an IPv4 or IPv6 address, and no name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_public(number: str) -> bool:
    """Whether `number`, an IPv4 or IPv6 address, is one that the whole network reaches; False if it is no number."""
    if not is_number(number):
        return False
    one = ip_address(number)
    if isinstance(one, IPv4Address):
        return _is_public_v4(one)
    if one in _NAT64:
        return _is_public_v4(IPv4Address(int(one) & 0xFFFFFFFF))
    return _is_public_v6(one)


def _is_public_v4(one: IPv4Address) -> bool:
    return not any(one in net for net in _NOT_V4)


def _is_public_v6(one: IPv6Address) -> bool:
    return one in _V6 and not any(one in net for net in _NOT_V6)
