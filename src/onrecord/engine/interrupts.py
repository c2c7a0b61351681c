"""Ctrl-C to one process only, and to that at a moment when it can be dealt with."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker


@contextmanager
def hold_interrupts() -> Iterator[None]:
    """Let Ctrl-C wait until the end of the block; in a process that is started inside it, for ever.

    A terminal sends it to all processes at once. One that was half-started would answer it with a traceback, and so
    would one whose starter was interrupted half-way.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Its start, if it were left to the first process, would let interrupts through again.
    resource_tracker.ensure_running()
    held: list[int] = []
    # A mask holds for this thread alone, and a library's thread might be given the signal. Only the main thread's
    # handlers can be set, and only the main thread is interrupted.
    is_main = threading.current_thread() is threading.main_thread()
    handler = signal.signal(signal.SIGINT, lambda number, _: held.append(number)) if is_main else None
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if is_main:
            signal.signal(signal.SIGINT, handler or signal.SIG_DFL)
        if held:
            signal.raise_signal(signal.SIGINT)
