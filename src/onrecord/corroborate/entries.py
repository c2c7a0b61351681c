"""An entry's first member to its id."""

from __future__ import annotations

import hashlib


def entry_id(kind: str, report: str, name: str) -> str:
    """A letter for the kind, and ten hex digits of the first member's report and fact."""
    return f"{kind}-{hashlib.sha256(f'{report}/{name}'.encode()).hexdigest()[:10]}"
