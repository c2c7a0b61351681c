"""The words of an address to the host, port and path that are asked, or the reason why none is."""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

import idna

from onrecord.record import OnrecordError

PORTS = {"http": 80, "https": 443}
OTHER_PORTS = (8080, 8443)
LONGEST = 2_000

_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\\\ud800-\udfff\u2028\u2029]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"(?:{_LABEL}\.)+{_LABEL}")
# What is escaped already stays so.
_KEPT = "/%:@!$&'()*+,;=~-._?[]|"
# What ends so is read as a number by one program or another, and by each in its own way.
_NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)")


class Address(NamedTuple):
    """One address, in the one way in which it is written. `host` is a name in ASCII or a number without brackets."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, the last only where it isn't the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == PORTS[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        """The whole address, without a fragment."""
        return self.origin + self.target


def parse_address(url: str, base: str = "") -> Address:
    """The address that `url` is, as seen from the address `base`.

    Raises:
        OnrecordError: it is none that is ever asked.
    """
    url = url.strip(" ")
    if len(url) > LONGEST or _UNWRITABLE.search(url):
        raise OnrecordError("not an address: too long, or with characters that none has")
    try:
        parts = urlsplit(urljoin(base, url))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise OnrecordError("not an address: its host or port cannot be read") from None
    if parts.scheme not in PORTS:
        scheme = _SCHEME.match(url)
        raise OnrecordError(f"{scheme[1][:20]}: is not asked, only http: and https:" if scheme else "not an address")
    if "@" in parts.netloc:
        raise OnrecordError("it holds a name or password; these are not sent")
    port = PORTS[parts.scheme] if port is None else port
    if port not in (*PORTS.values(), *OTHER_PORTS):
        raise OnrecordError(f"port {port} is not asked, only 80, 443, 8080 and 8443")
    query = f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
    return Address(parts.scheme, _read_host(host, parts.netloc), port, quote(parts.path or "/", safe=_KEPT) + query)


def _read_host(host: str, written: str) -> str:
    if written.startswith("["):
        try:
            # A zone ("%eth0") names a wire of this machine.
            return str(ipaddress.IPv6Address("" if "%" in host else host))
        except ValueError:
            raise OnrecordError("not an address: its host is no IPv6 number") from None
    try:
        name = host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
    except UnicodeError:
        raise OnrecordError("not an address: its host is no name") from None
    if _NUMBER.fullmatch(name):
        return _read_number(host)
    if len(name) > 253 or not _NAME.fullmatch(name):
        raise OnrecordError("not an address: its host is no full name of the network")
    return name


def _read_number(host: str) -> str:
    """A host that is a number, in the plain way of four: "2130706433" and "0x7f.1" are read otherwise by others."""
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError:
        raise OnrecordError("not an address: its host is a number in disguise") from None
