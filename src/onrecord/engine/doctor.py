"""This installation, and a record if one is given, to what works and what should be done."""

from __future__ import annotations

import platform
import re
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec

from msgspec import Struct

from onrecord import pipeline
from onrecord.engine.check import check_record
from onrecord.location import Location
from onrecord.record import OnrecordError
from onrecord.store import Store, describe_sqlite

# What is imported under another name than it is installed.
_IMPORTED = {"scikit-learn": "sklearn", "psycopg": "psycopg"}
_OWN = ("dev", "training")


class Health(Struct, frozen=True):
    """One thing that was looked at: what it is, how it stands, whether that is well, and what to do where it isn't."""

    what: str
    state: str
    well: bool
    advice: str = ""


def examine(path: str | Location | None = None) -> list[Health]:
    """How the program stands, and the record at `path`; a record that cannot be opened is one of the findings."""
    found = [
        Health("onrecord", version("onrecord"), True),
        Health("Python", f"{platform.python_version()} on {platform.system()} {platform.machine()}", True),
        _search(),
        *_extras(),
    ]
    try:
        maker = pipeline.Reader().maker
        found.append(Health("model", f"{maker.split('-', 1)[1]}, read by the code {maker.split('-', 1)[0]}", True))
    except OnrecordError as error:
        return [*found, Health("model", str(error), False, "install onrecord again")]
    return found + (_record(path, maker) if path else [])


def _search() -> Health:
    """Whether SQLite has full-text search, without which no record is written."""
    number, well = describe_sqlite()
    advice = "" if well else "use a Python whose SQLite has FTS5, as those of python.org and Debian do"
    return Health("SQLite", f"{number}, full-text search {'there' if well else 'missing'}", well, advice)


def _extras() -> list[Health]:
    """Each extra, and what of it is missing."""
    needed: dict[str, list[str]] = {}
    try:
        lines = requires("onrecord") or []
    except PackageNotFoundError:
        lines = []
    for line in lines:
        extra = re.search(r"extra == ['\"]([\w-]+)['\"]", line)
        name = re.match(r"[\w.-]+", line)
        if extra and name and extra[1] not in _OWN:
            needed.setdefault(extra[1], []).append(name[0])
    return [_extra(extra, names) for extra, names in sorted(needed.items())]


def _extra(extra: str, names: list[str]) -> Health:
    missing = [name for name in names if find_spec(_IMPORTED.get(name, name).replace("-", "_")) is None]
    if missing:
        # An extra is a choice: that it is not there is no fault.
        return Health(f"extra {extra}", "not installed", True, f"pip install 'onrecord[{extra}]'")
    return Health(f"extra {extra}", ", ".join(f"{name} {version(name)}" for name in names), True)


def _record(path: str | Location, maker: str) -> list[Health]:
    """Whether a record is sound, and was read and linked by this very code and model."""
    try:
        with Store.open(path) as store:
            whole = store.whole()
            read_by, linked_by = whole.makers()
            reports, form = whole.count("reports"), whole.format()
        proof = check_record(path)
    except OnrecordError as error:
        return [Health("record", str(error), False, f"make one: onrecord build INPUT… -o {path}")]
    faults = f", {len(proof.faults):,} faults" if proof.faults else ", all sound"
    again = f"onrecord build --refresh -o {path}"
    same = _bare(read_by) == _bare(maker)
    own = " with a user's own knowledge" if read_by != _bare(read_by) else ""
    return [
        Health(
            "record",
            f"{reports:,} reports, {proof.spans:,} spans{faults}; format {form}",
            not proof.faults,
            f"onrecord check {path}" if proof.faults else "",
        ),
        Health(
            "read by",
            f"this version{own}" if same else f"an older version ({read_by}): all {reports:,} reports",
            same,
            "" if same else f"{again} reads them again; so does the next build",
        ),
        Health(
            "linked by",
            "this version" if linked_by == pipeline.linker() else "an older version",
            linked_by == pipeline.linker(),
            "" if linked_by == pipeline.linker() else f"{again} links it anew; so does the next build",
        ),
    ]


def _bare(maker: str) -> str:
    """A maker without the hash of a user's own knowledge."""
    return "-".join(maker.split("-")[:2])
