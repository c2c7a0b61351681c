"""What is written to a file or a folder, put in place once it is whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from onrecord.export.manifest import listed_files
from onrecord.record import OnrecordError


@contextmanager
def replace_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes the place of `path` once it is whole; nothing of it stays if it never is."""
    if is_device(path):
        # A device or a pipe (/dev/stdout) has no place to take.
        with path.open("wb") as out:
            yield out
        return
    target = path.resolve()
    beside = _beside(target, "part")
    try:
        with beside.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        beside.replace(target)
    except OSError as error:
        error.filename = str(path)
        raise
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def replace_folder(path: Path) -> Iterator[Path]:
    """A folder to fill that takes the place of `path` once it is whole; nothing of it stays if it never is.

    Raises:
        OnrecordError: what is at `path` is no earlier export and no empty folder, and would be lost.
    """
    target = path.resolve()
    _check(path, target)
    beside, old = _beside(target, "part"), _beside(target, "old")
    try:
        beside.mkdir()
        yield beside
        if target.exists():
            target.replace(old)
        beside.replace(target)
    except OSError as error:
        error.filename = str(path)
        raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        if old.exists() and not target.exists():
            old.replace(target)
        shutil.rmtree(old, ignore_errors=True)


def is_device(path: Path) -> bool:
    """Whether something is at `path` that is neither a file nor a folder to take the place of."""
    return path.exists() and not path.is_file()


def _check(path: Path, target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise OnrecordError(f"{path}: this format is a folder of files, and that is a file; name a folder")
    held = {entry.name for entry in target.iterdir()}
    if strange := sorted(held - (listed_files(target) or set())):
        raise OnrecordError(f"{path}: holds {strange[0]}, which no export wrote and which would be lost; name another")


def _beside(target: Path, ending: str) -> Path:
    return target.with_name(f".{target.name}.{os.getpid()}.{ending}")
