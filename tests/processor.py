"""Answers in the documentation, and what a processor has to do with them.

Products of int8 are rounded otherwise by processors that multiply and add them in one step (VNNI) and by those that
don't, and a fact on the border may be read on the one and not on the other. The answers were written on a processor of
one kind, and are held to the letter on that kind alone.
"""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

_MADE_ON = Path(__file__).parent / "made_on.txt"


def kind() -> str:
    """How this processor multiplies bytes."""
    info = Path("/proc/cpuinfo")
    flags = info.read_text(encoding="utf-8", errors="replace").split() if info.exists() else []
    return next((flag for flag in ("avx512_vnni", "avx_vnni", "avx2") if flag in flags), platform.machine())


def is_as_written() -> bool:
    """Whether this is the kind of processor on which the answers were written."""
    return kind() == _MADE_ON.read_text(encoding="utf-8").strip()


def note_kind() -> None:
    """Keep on which kind of processor the answers are being written."""
    _MADE_ON.write_text(kind() + "\n", encoding="utf-8")


to_the_letter = pytest.mark.skipif(
    not is_as_written(), reason="the answers were written on a processor that rounds otherwise"
)
