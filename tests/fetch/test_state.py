from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.fetch.state import (
    MOST_SEEN,
    MOST_TRIES,
    FeedState,
    Hold,
    State,
    advance,
    read_state,
    state_path,
    write_state,
)
from onrecord.record import OnrecordError


def test_the_state_stands_beside_the_record_and_comes_back(tmp_path: Path) -> None:
    path = state_path(tmp_path / "grain.onrecord")
    assert path == tmp_path / "grain.onrecord.feeds.json"
    assert read_state(path, 0.0) == State()
    state = State({"https://tern.example/": FeedState(etag='"a"', seen=["1"])}, {"tern.example": Hold(5.0, 1)})
    write_state(path, state)
    assert read_state(path, 0.0) == state
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"feeds": 1}', b"\xff\xfe", b'{"feeds": {"a": {"seen": [1]}}}']
)
def test_a_damaged_state_is_named_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.feeds.json"
    path.write_bytes(content)
    with pytest.raises(OnrecordError, match=r"a\.feeds\.json: no state of feeds"):
        read_state(path, 0.0)
    assert path.read_bytes() == content


def test_a_state_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.feeds.json"
    write_state(path, State({"a": FeedState(etag="1")}))

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_state(path, State())
    assert read_state(path, 0.0) == State({"a": FeedState(etag="1")})
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_left_over_is_sent_once_more() -> None:
    assert advance(FeedState(), "e", "m", ["1"], [], True) == FeedState("e", "m", ["1"])
    assert advance(FeedState("d", "l"), "e", "m", ["1"], [], False) == FeedState(None, None, ["1"])


def test_what_fails_again_and_again_is_given_up() -> None:
    state = FeedState()
    for tried in range(1, MOST_TRIES):
        state = advance(state, None, None, [], ["1"], False)
        assert (state.seen, state.tries) == ([], {"1": tried})
    assert advance(state, None, None, [], ["1"], False) == FeedState(seen=["1"])
    assert advance(state, None, None, ["1"], [], True) == FeedState(seen=["1"])


def test_the_oldest_names_are_forgotten() -> None:
    state = advance(FeedState(seen=["old"]), None, None, [str(i) for i in range(MOST_SEEN)], [], True)
    assert (len(state.seen), state.seen[0]) == (MOST_SEEN, "0")
