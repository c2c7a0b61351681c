"""Word lists of this room on disk to tuples."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def read_list(name: str) -> tuple[str, ...]:
    """The entries of `data/<name>.txt` in their order there. Lines that begin with `#` tell the list's origin."""
    text = (files("onrecord.ingest") / "data" / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
