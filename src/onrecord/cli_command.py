"""What all commands share: exit statuses, failures in one line, and the words that they take."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from onrecord.location import Address, Location, locate
from onrecord.record import NothingFound, OnrecordError
from onrecord.terminal.progress import say


def located(words: str) -> Location:
    """The location of a record on the command line; an address that is none is a wrong argument."""
    try:
        return locate(words)
    except OnrecordError as error:
        raise typer.BadParameter(str(error)) from None


DONE, NOTHING_FOUND, NOTHING_DONE, SOME_LEFT_OUT, INTERRUPTED = 0, 1, 2, 3, 130
FORMATS = ("table", "json", "jsonl", "csv", "md")

RecordPath = Annotated[
    Location,
    typer.Argument(metavar="RECORD", parser=located, help="What `onrecord build` made: a file, or an address."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")]


def command(function: Callable[..., int]) -> Callable[..., None]:
    """A command whose exit status is `function`'s, and whose failures are one line and never a traceback."""

    @functools.wraps(function)
    def run(*args: object, **options: object) -> None:
        try:
            with _blaming(options.get("record")):
                status = function(*args, **options)
            if sys.stdout is not None:
                sys.stdout.flush()
        except BrokenPipeError:
            # `onrecord extract … | head` has read enough.
            status = DONE
        except KeyboardInterrupt:
            say("stopped")
            status = INTERRUPTED
        except OnrecordError as error:
            say(error)
            status = NOTHING_FOUND if isinstance(error, NothingFound) else NOTHING_DONE
        except OSError as error:
            say(f"{error.filename}: {error.strerror}" if error.filename else error.strerror or error)
            status = NOTHING_DONE
        except Exception as error:
            if sys.flags.dev_mode:
                raise
            say(f"a fault of onrecord's own: {type(error).__name__}: {error}; `python -X dev -m onrecord` says where")
            status = NOTHING_DONE
        _drop_unwritable()
        raise typer.Exit(status)

    return run


def _blaming(record: object) -> AbstractContextManager[None]:
    """The block of a command that reads a record, where one is given and there."""
    if not isinstance(record, Path | Address) or (isinstance(record, Path) and not record.exists()):
        return nullcontext()
    from onrecord.engine import blaming

    return blaming(record)


def one_of(word: str, words: Sequence[str], noun: str) -> None:
    """Refuses a word that is none of `words`."""
    if word not in words:
        raise OnrecordError(f'"{word}" is no {noun}; there are: {", ".join(words)}')


def complete_from(words: Sequence[str]) -> Callable[[str], list[str]]:
    """What a shell offers for a word that is one of `words`."""
    return lambda incomplete: [word for word in words if word.startswith(incomplete)]


def must_exist(record: Location) -> None:
    """Refuses a path where nothing stands; a database says so itself when it is opened."""
    if isinstance(record, Path) and not record.exists():
        raise OnrecordError(f"there is no record at {record}; build one: onrecord build INPUT… -o {record}")


def standard_output() -> BinaryIO:
    """Where bytes are written to.

    Raises:
        OnrecordError: it was closed before the program began.
    """
    if sys.stdout is None:
        raise OnrecordError("standard output is closed: there is nowhere to write to")
    return sys.stdout.buffer


def _drop_unwritable() -> None:
    """Lets go of output that nobody takes any more, or Python would complain of it once again when it leaves."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
