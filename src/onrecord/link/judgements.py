"""Two mentions to a judgement on them."""

from __future__ import annotations

from typing import Literal, NamedTuple

from onrecord.link.profiles import Member


class Judgement(NamedTuple):
    """That two mentions are of one thing, or of two; the one that stands first in the record is on the left."""

    left: str
    right: str
    relation: Literal["same", "different"]
    score: float


def same(a: Member, b: Member, score: float) -> Judgement:
    """That both are one."""
    return _judge(a, b, "same", score)


def different(a: Member, b: Member, score: float) -> Judgement:
    """That they are two."""
    return _judge(a, b, "different", score)


def _judge(a: Member, b: Member, relation: Literal["same", "different"], score: float) -> Judgement:
    left, right = sorted((a, b), key=lambda m: m.order)
    return Judgement(left.node, right.node, relation, score)
