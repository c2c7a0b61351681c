"""Predicted and annotated attributions of a passage to counts of what is right in each field.

An attribution is found when its content and its source each agree with an annotated one's by a Dice of at least one
half over words (no source agrees with none alone), one to one, the best sum first. The fields are compared among those
found; nothing is scored for a field of one that was not. `calibration_error` is that of confidence as the probability
that content, source and speaker are right, over ten bins.
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
FIELDS = tuple("speaker class count chain addressee channel quote polarity modality within".split())
# One person is not counted.
_COUNTED = 2
# A difference: the field, the content's words, what was annotated and what was predicted.
Miss = tuple[str, str, object, object]


def count_passage(passage: Mapping[str, Any], ours: Sequence[Attribution]) -> tuple[Counter[str], list[Miss]]:
    """The counts that `figures` turns into scores once they are summed, and what differs.

    Confidences are counted in thousandths, so that sums are exact.
    """
    text, gold = passage["text"], passage["attributions"]
    words = Text(text)
    left = [{r: words.words(getattr(a, r)) for r in _ROLES} for a in ours]
    right = [{r: words.words(a[r]) for r in _ROLES} for a in gold]

    def agree(i: int, j: int) -> float | None:
        values = [dice(left[i][r], right[j][r]) for r in _ROLES]
        return sum(values) if min(values) >= 0.5 else None

    pairs = match(left, right, agree)
    names = {ours[i].id: gold[j]["id"] for i, j in pairs}
    counts = Counter({"gold": len(gold), "given": len(ours), "found": len(pairs)})
    counts["nested of"] = sum(a["within"] is not None for a in gold)
    misses: list[Miss] = [("missed", *_words(text, gold[j])) for j in set(range(len(gold))) - {j for _, j in pairs}]
    extra = [ours[i] for i in set(range(len(ours))) - {i for i, _ in pairs}]
    misses += [("extra", *_words(text, {"content": a.content, "source": a.source, "cue": a.cue})) for a in extra]
    sure = set()
    for i, j in pairs:
        one, given = gold[j], _given(ours[i], names)
        counts["nested"] += one["within"] is not None
        for field in FIELDS:
            if field == "count" and (one[field] or 0) < _COUNTED:
                continue
            right_one = is_right(field, given[field], one[field])
            counts.update({f"{field} of": 1, field: right_one})
            if field == "speaker" and right_one:
                sure.add(i)
            if not right_one:
                misses.append((field, quote(text, one["content"]), one[field], given[field]))
    for i, a in enumerate(ours):
        tenth = min(int(10 * a.confidence), 9)
        counts.update({f"tenth {tenth}": round(1000 * a.confidence) - 1000 * (i in sure)})
    return counts, misses


def _given(a: Attribution, names: Mapping[str, str]) -> dict[str, Any]:
    """The fields of an attribution under the names that the passages give them."""
    speaker = {"speaker": a.speaker.name, "class": a.speaker.class_, "count": a.speaker.count}
    others = {f: getattr(a, f) for f in ("chain", "addressee", "channel", "quote", "polarity", "modality")}
    return {**speaker, **others, "within": names.get(a.within, "?") if a.within else None}


def _words(text: str, one: Mapping[str, Any]) -> tuple[str, str, str]:
    return quote(text, one["content"]), quote(text, one["source"]), quote(text, one["cue"])


def is_right(field: str, ours: Any, gold: Any) -> bool:
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
    out |= {field: share(field, f"{field} of") for field in FIELDS}
    gaps = sum(abs(n[f"tenth {tenth}"]) for tenth in range(10))
    return out | {"calibration_error": round(gaps / 1000 / n["given"], 4) if n["given"] else 0.0}
