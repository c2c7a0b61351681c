"""One at a time, in the order in which they came."""

from __future__ import annotations

import threading
import time

import pytest

from onrecord.ask.shelf import Turn


def test_turns_are_taken_one_at_a_time_and_in_order() -> None:
    turn, at_work, order = Turn(), [0], list[int]()

    def work(number: int) -> None:
        with turn:
            at_work[0] += 1
            order.append(number)
            assert at_work == [1]
            at_work[0] -= 1

    with turn:
        threads = []
        for number in range(20):
            threads.append(threading.Thread(target=work, args=(number,)))
            threads[-1].start()
            # It waits before the next one comes.
            while len(turn._waiting) <= number:
                time.sleep(0.001)
        assert not order
    for thread in threads:
        thread.join(10)
    assert order == [*range(20)]


def test_a_turn_that_fails_is_handed_on() -> None:
    turn = Turn()
    for _ in range(2):
        with pytest.raises(ValueError), turn:
            raise ValueError
    with turn:
        assert turn._taken
    assert not turn._taken
