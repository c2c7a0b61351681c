"""Predicted and annotated attributions of a passage to counts of what is right in each field.

An attribution is found when its content and its source each agree with an annotated one's by a Dice of at least one
half over words (no source agrees with none alone), one to one, the best sum first. The fields are compared among those
found; nothing is scored for a field of one that was not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from bench.attribution_scores import Text, dice, match
from onrecord.record import Attribution

_ROLES = ("content", "source")
_FILLING = frozenset("the a an of".split())
FIELDS = (
    "speaker", "class", "count", "chain", "addressee", "channel", "quote", "polarity", "modality", "within",
)  # fmt: skip
# A difference: the field, the content's words, what was annotated and what was predicted.
Miss = tuple[str, str, object, object]


def count_passage(passage: Mapping[str, Any], ours: Sequence[Attribution]) -> tuple[Counter[str], list[Miss]]:
    """The counts that `figures` turns into scores once they are summed, and what differs."""
    text, gold = passage["text"], passage["attributions"]
    words = Text(text)
    left = [{r: words.words(getattr(a, r)) for r in _ROLES} for a in ours]
    right = [{r: words.words(a[r]) for r in _ROLES} for a in gold]

    def agree(i: int, j: int) -> float | None:
        values = [dice(left[i][r], right[j][r]) for r in _ROLES]
        return sum(values) if min(values) >= 0.5 else None

    pairs = match(left, right, agree)
    names = {ours[i].id: gold[j]["id"] for i, j in pairs}
    nested = sum(a["within"] is not None for a in gold)
    counts = Counter({"gold": len(gold), "given": len(ours), "found": len(pairs), "nested of": nested})
    misses: list[Miss] = []
    got = {j for _, j in pairs}
    for j, one in enumerate(gold):
        if j not in got:
            misses.append(("missed", quote(text, one["content"]), quote(text, one["source"]), quote(text, one["cue"])))
    for i, a in enumerate(ours):
        if i not in {x for x, _ in pairs}:
            misses.append(("extra", quote(text, a.content), quote(text, a.source), quote(text, a.cue)))
    for i, j in pairs:
        a, one = ours[i], gold[j]
        counts["nested"] += one["within"] is not None
        within = names.get(a.within, "?") if a.within else None
        given = (a.speaker.name, a.speaker.class_, a.speaker.count, a.chain, a.addressee, a.channel, a.quote, a.polarity,
                 a.modality, within)  # fmt: skip
        for field, value in zip(FIELDS, given, strict=True):
            if field == "count" and (one[field] or 0) < 2:
                continue
            counts[f"{field} of"] += 1
            if is_right(field, value, one[field], passage["outlet"]):
                counts[field] += 1
            else:
                misses.append((field, quote(text, one["content"]), one[field], value))
    return counts, misses


def is_right(field: str, ours: Any, gold: Any, outlet: str | None) -> bool:
    """Whether a field's value says the same: names by their words, chains link by link."""
    if field == "chain":
        return len(ours) == len(gold) and all(same_name(a, b) for a, b in zip(ours, gold, strict=True))
    if field in ("speaker", "addressee"):
        return bool(ours is gold or (ours and gold and same_name(ours, gold)))
    return bool(ours == gold)


def same_name(a: str, b: str) -> bool:
    """Whether the words of one name or description are, but for articles, all in the other, and half of it or more."""
    left, right = (
        {w.replace("journalists", "reporters") for w in re.findall(r"\w+", x.casefold())} - _FILLING for x in (a, b)
    )
    less, more = sorted((left, right), key=len)
    return less <= more and 3 * len(less) >= len(more) > 0


def quote(text: str, part: Sequence[Sequence[int]]) -> str:
    """The words of a part."""
    return " … ".join(text[a:b] for a, b in part)


def figures(n: Counter[str]) -> dict[str, float]:
    """Shares of one: precision and recall of what is found, and of each field among that."""

    def share(a: str, b: str) -> float:
        return round(n[a] / n[b], 4) if n[b] else 0.0

    out: dict[str, float] = {"gold": n["gold"], "precision": share("found", "given"), "recall": share("found", "gold")}
    out["nested_recall"] = share("nested", "nested of")
    return out | {field: share(field, f"{field} of") for field in FIELDS}
