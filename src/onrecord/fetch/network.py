"""The two ways out of this machine: asking for the numbers of a host, and calling one of them."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import NamedTuple

from onrecord.fetch.address import Address
from onrecord.fetch.public import is_number, is_public
from onrecord.record import OnrecordError

# A host with many numbers that do not answer would cost a wait each.
MOST_NUMBERS = 4


class Unreachable(OnrecordError):
    """Nothing came, or not all of it; another time something may."""


class Network(NamedTuple):
    """All that is asked of the world, so that a test can be the world.

    `resolve` takes a host's name and a port and gives its numbers, or raises OSError; `connect` takes a number, a
    port and seconds and gives a socket; `trust` says by whose word a host is who it says.
    """

    resolve: Callable[[str, int], Sequence[str]]
    connect: Callable[[str, int, float], socket.socket]
    trust: Callable[[], ssl.SSLContext]


def _resolve(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _connect(number: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((number, port), seconds)


INTERNET = Network(_resolve, _connect, ssl.create_default_context)


def pin(address: Address, network: Network, seconds: float) -> tuple[str, ...]:
    """The numbers of the host, asked for once and all public; what is called later is one of them and no name.

    Raises:
        Unreachable: it has none, or they weren't told within `seconds`.
        OnrecordError: one of them isn't public.
    """
    numbers = (address.host,) if is_number(address.host) else tuple(dict.fromkeys(_ask(address, network, seconds)))
    if not numbers:
        raise Unreachable(f"{address.host} has no number in the network")
    for number in numbers:
        if not is_public(number):
            who = number if number == address.host else f"{address.host} leads to {number}, which"
            raise OnrecordError(f"{who} isn't public; only the open network is asked")
    return numbers[:MOST_NUMBERS]


def _ask(address: Address, network: Network, seconds: float) -> Sequence[str]:
    """In a thread that can be left behind: the system's resolver knows no limit."""
    answers: SimpleQueue[Sequence[str] | Exception] = SimpleQueue()

    def resolve() -> None:
        try:
            answers.put(network.resolve(address.host, address.port))
        except Exception as error:  # whatever it is, it is the asker's
            answers.put(error)

    Thread(target=resolve, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        raise Unreachable(f"the number of {address.host} wasn't told in {seconds:.0f} seconds") from None
    if isinstance(answer, OSError | UnicodeError):
        raise Unreachable(f"{address.host} isn't found")
    if isinstance(answer, Exception):
        raise answer
    return answer


def call(address: Address, numbers: Sequence[str], network: Network, seconds: float) -> socket.socket:
    """A socket to the first of `numbers` that answers, each within `seconds`.

    Raises:
        Unreachable: none does.
    """
    reason = ""
    for number in numbers:
        try:
            return network.connect(number, address.port, seconds)
        except OSError as error:
            reason = error.strerror or str(error)
    raise Unreachable(f"{address.host} doesn't answer ({reason})")
