"""The process in which files of others are parsed, apart from the one that keeps the record.

Run by isolation.py: `python -m onrecord.ingest.worker CPU_SECONDS BYTES`. It reads requests from standard input
and writes answers to standard output (frames.py).
"""

from __future__ import annotations

import logging
import math
import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress

import msgspec

from onrecord.ingest.frames import Answer, Found, Request, encode_answer, read_frame, write_frame
from onrecord.ingest.isolation import OUT_OF_MEMORY
from onrecord.record import OnrecordError

# What is parsed calls nobody and start nothing.
FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.startfile")


def main() -> None:
    """Answers until standard input ends."""
    cpu_seconds, memory = int(sys.argv[1]), int(sys.argv[2])
    # The one that asks is interrupted by the same key, and ends this process itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.addaudithook(forbid)
    _limit_memory(memory)
    logging.disable()
    # Whatever a library prints is not to stand among the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        _limit_time(cpu_seconds)
        for answer in _answers(msgspec.msgpack.decode(frame, type=Request)):
            write_frame(answers, encode_answer(answer))
            # What takes long is to be one entry, not a file of many.
            _limit_time(cpu_seconds)


def _answers(request: Request) -> Iterator[Answer]:
    """What is found, or the reason why there is nothing (more)."""
    try:
        if request.kind in ("page", "body"):
            for page in _found(request):
                yield Answer(page, True)
            return
        for found in _found(request):
            yield Answer(found, False)
        yield Answer(None, True)
    except OnrecordError as error:
        yield Answer(str(error), True)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception as error:  # any failure whatever of one page
        yield Answer(f"could not be parsed ({type(error).__name__}: {error})", True)


def _found(request: Request) -> Iterable[Found | None]:
    # Imported under the limits, and only what is needed.
    match request.kind:
        case "page":
            from onrecord.ingest.pages.page import read_page

            return [read_page(request.content, request.encoding, request.url, request.charset)]
        case "body":
            from onrecord.ingest.pages.page import read_body

            return [read_body(request.content, request.encoding, request.charset)]
        case "feed":
            from onrecord.ingest.feeds import read_feed

            return read_feed(request.content)
        case "mail":
            from onrecord.ingest.mail import read_mail

            return [read_mail(request.content)]
        case "pdf":
            from onrecord.ingest.pdf import read_pdf

            return [read_pdf(request.content)]
        case "archive":
            from onrecord.ingest.warc import read_archive

            return read_archive(os.fsdecode(request.content))


def forbid(event: str, _: object) -> None:
    """An audit hook: raises PermissionError at whatever would reach out of this process."""
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"{event} in a process that only parses")


def _limit_memory(memory: int) -> None:
    """Bound the address space, where the system knows such a bound: Linux does, macOS and Windows do not."""
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        # A crash leaves no file behind.
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(cpu_seconds: int) -> None:
    """Have the system end this process (SIGXCPU) once it has used `cpu_seconds` more than by now, or a second later."""
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        soft = math.ceil(time.process_time()) + cpu_seconds
        resource.setrlimit(resource.RLIMIT_CPU, (soft if most == resource.RLIM_INFINITY else min(soft, most), most))


if __name__ == "__main__":
    main()
