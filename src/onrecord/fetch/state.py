"""What is known of feeds and hosts between two rounds, in a file beside the record."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct, field

from onrecord.export.replace import replace_file
from onrecord.record import OnrecordError

# Of a feed: it shows the newest few dozen. More than are looked at of one.
MOST_SEEN = 5_000
REMEMBERED = 24 * 3600.0
# What can't be had so often is given up.
MOST_TRIES = 3


class FeedState(Struct, omit_defaults=True):
    """A feed as it was last read.

    `etag` and `modified` are what its server gave with it. `seen` are the names of entries that are dealt with, the
    oldest first; `tries` those that could not be had, each with how often that was.
    """

    etag: str | None = None
    modified: str | None = None
    seen: list[str] = field(default_factory=list)
    tries: dict[str, int] = field(default_factory=dict)


class Hold(Struct):
    """Until when (seconds of the epoch) a host is left alone, and how often running it had to be."""

    until: float
    strikes: int


class State(Struct):
    """All feeds and hosts, by address and by name."""

    feeds: dict[str, FeedState] = field(default_factory=dict)
    hosts: dict[str, Hold] = field(default_factory=dict)


def advance(
    known: FeedState,
    etag: str | None,
    modified: str | None,
    done: Sequence[str],
    failed: Sequence[str],
    through: bool,
) -> FeedState:
    """The state of a feed after a round in which the entries named `done` and `failed` were.

    Unless it was `through` with the feed, `etag` and `modified` aren't kept: what is left must be sent once more.
    """
    tries = {name: known.tries.get(name, 0) + 1 for name in failed}
    given_up = [name for name, times in tries.items() if times >= MOST_TRIES]
    seen = dict.fromkeys((*known.seen, *done, *given_up))
    others = {name: times for name, times in known.tries.items() if name not in tries}
    return FeedState(
        etag=etag if through else None,
        modified=modified if through else None,
        seen=list(seen)[-MOST_SEEN:],
        tries={name: times for name, times in (others | tries).items() if name not in seen},
    )


def state_path(record: Path) -> Path:
    """Where the state of the feeds of `record` is kept."""
    return record.with_name(f"{record.name}.feeds.json")


def read_state(path: Path, now: float) -> State:
    """The state in the file `path`, without holds that ended a day before `now`; an empty one if there is none.

    Raises:
        OnrecordError: what stands there is no state.
    """
    try:
        state = msgspec.json.decode(path.read_bytes(), type=State)
    except FileNotFoundError:
        return State()
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise OnrecordError(f"{path}: no state of feeds; without that file all is asked for anew") from None
    state.hosts = {host: hold for host, hold in state.hosts.items() if hold.until + REMEMBERED > now}
    return state


def write_state(path: Path, state: State) -> None:
    """Put `state` in the place of the file `path`, whole or not at all."""
    with replace_file(path) as out:
        out.write(msgspec.json.format(msgspec.json.encode(state), indent=1))
