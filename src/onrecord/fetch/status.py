"""The status of a response to words and to seconds."""

from __future__ import annotations

from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus


def say_status(status: int) -> str:
    """What a server answered, in words."""
    try:
        return f"answers {status} ({HTTPStatus(status).phrase.lower()})"
    except ValueError:
        return f"answers {status}"


def read_retry_after(given: str | None, now: float) -> float | None:
    """The seconds from `now` (of the epoch) that a server asks for by its header; None where it gives none."""
    given = (given or "").strip()
    if given.isascii() and given.isdigit():
        return float(given[:9])
    try:
        moment = parsedate_to_datetime(given)
        return max(0.0, moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() - now)
    except (ValueError, OverflowError):
        return None
