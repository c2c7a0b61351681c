"""Predicted and gold attributions to scores over words, summed over reports.

A span is the set of words (runs of letters and digits) that it touches. Two attributions agree when their contents and
their sources each have a Dice of at least one half (no source agrees with none alone); a report's agreements are a
maximum one-to-one matching. `link_dice50` is F1 of those; precision and recall stand beside it. `link_direct`,
`link_mixed` and `link_indirect` are F1 among contents that stand wholly, partly or not in quotation marks, on each
side; `saying_cues_recall` is recall of those whose cue has a verb of saying or "according".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from onrecord.knowledge import read_words
from onrecord.language.quotes import find_quotations

Part = Sequence[Sequence[int]]
Roles = Mapping[str, Part]
Words = frozenset[int]

_TOKEN = re.compile(r"\w+|[^\w\s]")
_ROLES = ("source", "cue", "content")
KINDS = ("direct", "mixed", "indirect")
# Of a direct content so many words stand in quotation marks.
_WHOLLY = 0.9


class Text:
    """One report's tokens, and the sets of them that spans touch."""

    def __init__(self, text: str) -> None:
        found = [(m.start(), m.end(), any(c.isalnum() for c in m.group())) for m in _TOKEN.finditer(text)]
        self.starts = np.array([a for a, _, _ in found])
        self.ends = np.array([b for _, b, _ in found])
        self.is_word = [w for _, _, w in found]

        self._text = text
        self.quoted = self.words(find_quotations(text))

    def form(self, token: int) -> str:
        """A token as it stands, lower-cased."""
        return self._text[self.starts[token] : self.ends[token]].casefold()

    def tokens(self, part: Part) -> Words:
        """Numbers of all tokens that `part` touches."""
        out: set[int] = set()
        for a, b in part:
            out.update(range(int(np.searchsorted(self.ends, a, "right")), int(np.searchsorted(self.starts, b, "left"))))
        return frozenset(out)

    def words(self, part: Part) -> Words:
        """Numbers of the words that `part` touches."""
        return frozenset(i for i in self.tokens(part) if self.is_word[i])


def dice(a: Words, b: Words) -> float:
    """Twice the common words over all; two empty spans agree wholly."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def match(
    left: Sequence[object], right: Sequence[object], score: Callable[[int, int], float | None]
) -> list[tuple[int, int]]:
    """A maximum one-to-one matching of those pairs that `score` gives a number below one for, best scores first."""
    if not left or not right:
        return []
    table = np.zeros((len(left), len(right)))
    for i in range(len(left)):
        for j in range(len(right)):
            value = score(i, j)
            if value is not None:
                table[i, j] = 1000 + value
    rows, columns = linear_sum_assignment(table, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if table[i, j] > 0]


def right_ones(text: str, predicted: Sequence[Roles], gold: Sequence[Roles]) -> set[int]:
    """The numbers of those predicted whose content and source both agree with a gold attribution's, one to one."""
    t = Text(text)
    p, g = ([{r: t.words(a.get(r, ())) for r in _ROLES} for a in side] for side in (predicted, gold))

    def agree(i: int, j: int) -> float | None:
        values = [dice(p[i][r], g[j][r]) for r in ("content", "source")]
        return values[0] / 10 if min(values) >= 0.5 else None

    return {i for i, _ in match(p, g, agree)}


def count_report(text: str, predicted: Sequence[Roles], gold: Sequence[Roles]) -> Counter[str]:
    """The counts of one report that `figures` turns into scores once they are summed."""
    t, n = Text(text), Counter[str]()
    words = [[{r: t.words(a.get(r, ())) for r in _ROLES} for a in side] for side in (predicted, gold)]
    p, g = ([a for a in side if a["content"]] for side in words)

    def agree(i: int, j: int, roles: tuple[str, ...]) -> float | None:
        values = [dice(p[i][r], g[j][r]) for r in roles]
        return values[0] / 10 if min(values) >= 0.5 else None

    for name, roles in (("link", ("content", "source")), ("alone", ("content",))):
        pairs = match(p, g, lambda i, j, roles=roles: agree(i, j, roles))  # type: ignore[misc]
        n.update({f"{name} hit": len(pairs), f"{name} given": len(p), f"{name} gold": len(g)})
        if name == "alone":
            n["speaker of"] = len(pairs)
            n["speaker"] = sum(dice(p[i]["source"], g[j]["source"]) >= 0.5 for i, j in pairs)
        else:
            hit = {j for _, j in pairs}
            kinds = [[_kind(t, a["content"]) for a in side] for side in (p, g)]
            for kind in KINDS:
                n[f"{kind} found"] = sum(kinds[0][i] == kind for i, _ in pairs)
                n[f"{kind} held"] = sum(kinds[1][j] == kind for _, j in pairs)
                n[f"{kind} given"], n[f"{kind} gold"] = (side.count(kind) for side in kinds)
            saying = [_says(t, a["cue"]) for a in g]
            n["saying of"], n["saying"] = sum(saying), sum(saying[j] for j in hit)
            n["sourceless of"] = sum(not a["source"] for a in g)
            n["sourceless"] = sum(not a["source"] for j, a in enumerate(g) if j in hit)
    for role in _ROLES:
        sides = [{f for a in side for f in _fragments(t.tokens(a.get(role, ())))} for side in (predicted, gold)]
        n.update(
            {f"{role} hit": len(sides[0] & sides[1]), f"{role} given": len(sides[0]), f"{role} gold": len(sides[1])}
        )
    return n


def _kind(text: Text, content: Words) -> str:
    """Whether nine in ten of the content's words stand in double quotation marks, none, or some."""
    quoted = len(content & text.quoted)
    return "direct" if quoted >= _WHOLLY * len(content) else "mixed" if quoted else "indirect"


def _says(text: Text, cue: Words) -> bool:
    return any(text.form(n) in read_words("speech_verbs") or text.form(n) == "according" for n in cue)


def _fragments(tokens: Words) -> list[tuple[int, ...]]:
    runs: list[list[int]] = []
    for i in sorted(tokens):
        if runs and i == runs[-1][-1] + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return [tuple(r) for r in runs]


def figures(n: Counter[str]) -> dict[str, float]:
    """Scores as fractions of one; `<role>_fragment` is exact F1 of contiguous fragments, all tokens counted."""

    def share(a: float, b: float) -> float:
        return round(a / b, 4) if b else 0.0

    out = {
        "link_dice50": share(2 * n["link hit"], n["link given"] + n["link gold"]),
        "link_precision": share(n["link hit"], n["link given"]),
        "link_recall": share(n["link hit"], n["link gold"]),
        "content_dice50": share(2 * n["alone hit"], n["alone given"] + n["alone gold"]),
        "source_given_content": share(n["speaker"], n["speaker of"]),
        "sourceless_recall": share(n["sourceless"], n["sourceless of"]),
        "predicted_per_gold": share(n["link given"], n["link gold"]),
    }
    for kind in KINDS:
        both = share(n[f"{kind} found"], n[f"{kind} given"]), share(n[f"{kind} held"], n[f"{kind} gold"])
        out[f"link_{kind}"] = share(2 * both[0] * both[1], sum(both))
    out["saying_cues_recall"] = share(n["saying"], n["saying of"])
    for role in _ROLES:
        out[f"{role}_fragment"] = share(2 * n[f"{role} hit"], n[f"{role} given"] + n[f"{role} gold"])
    return out
