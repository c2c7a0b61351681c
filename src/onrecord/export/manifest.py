"""What was exported, said beside it: of which reports, by what code and model, and the hash of each file."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

import msgspec
from msgspec import Struct

from onrecord.export.flatten import Slice
from onrecord.record import Analysis

NAME = "manifest.json"


class Options(Struct, frozen=True):
    """What was asked for beside the format."""

    quotations_only: bool = False


class Days(Struct, frozen=True):
    """The first and the last day on which a report can have been published, None where none is known."""

    earliest: date | None
    latest: date | None


class File(Struct, frozen=True):
    """A file that was written: its name, length in bytes and hash."""

    name: str
    bytes: int
    sha256: str


class Manifest(Struct, frozen=True, kw_only=True):
    """All of it; `maker` names the code and the model that read the reports, `not_read` those in no language it reads.

    `outlets` has the number of reports of each, under "" those of none.
    """

    onrecord: str
    maker: str | None
    format: str
    options: Options
    reports: int
    not_read: list[str]
    outlets: dict[str, int]
    days: Days
    files: list[File]


class Contents:
    """Of which reports an export is, noted while they pass."""

    def __init__(self) -> None:
        self._outlets: Counter[str] = Counter()
        self._not_read: list[str] = []
        self._earliest: list[date] = []
        self._latest: list[date] = []

    def note(self, reports: Iterable[Analysis]) -> None:
        """Take in these reports, each of which is given once."""
        for report in reports:
            self._outlets[report.outlet or ""] += 1
            if report.language not in (None, "en"):
                self._not_read.append(report.id)
            days = report.published
            # No more than the outermost day of either side is held.
            self._earliest = sorted([*self._earliest, *filter(None, (days.earliest, days.latest))])[:1]
            self._latest = sorted([*self._latest, *filter(None, (days.earliest, days.latest))])[-1:]

    def noting(self, slices: Iterable[Slice]) -> Iterator[Slice]:
        """The slices, each of whose reports is taken in as it passes."""
        for slice in slices:
            self.note(slice.own.get("analyses", ()))
            yield slice

    def manifest(self, format: str, options: Options, maker: str | None, files: Sequence[Path]) -> bytes:
        """The manifest of `files` as JSON, two spaces deep."""
        made = Manifest(
            onrecord=version("onrecord"),
            maker=maker,
            format=format,
            options=options,
            reports=self._outlets.total(),
            not_read=sorted(self._not_read),
            outlets=dict(sorted(self._outlets.items())),
            days=Days(*self._earliest or (None,), *self._latest or (None,)),
            files=[_describe(file) for file in sorted(files)],
        )
        return msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n"


def _describe(path: Path) -> File:
    with path.open("rb") as file:
        return File(path.name, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def listed_files(folder: Path) -> set[str] | None:
    """The names of the files of an export in `folder`, its manifest among them; None if there is no such manifest."""
    try:
        held = msgspec.json.decode((folder / NAME).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError):
        return None
    return {NAME, *(file.name for file in held.files)}
