"""The entities of all reports to links: one full name is one person, whoever writes it."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from onrecord.link.clusters import fact
from onrecord.record import Analysis, Link

MAKER = "link.entities"


def link_entities(analyses: Sequence[Analysis]) -> list[Link]:
    """Links between entities of one type and name; a single name joins the only person who has it as a surname."""
    forms: dict[tuple[str, str], list[str]] = defaultdict(list)
    surnames: dict[str, set[str]] = defaultdict(set)
    for analysis in analyses:
        for entity in analysis.entities:
            name = fold_name(entity.name)
            forms[entity.type, name].append(fact(analysis.id, entity.id))
            if entity.type == "person" and " " in name:
                surnames[name.split()[-1]].add(name)
    out = []
    for nodes in forms.values():
        out += [_same(nodes[0], other, 0.95) for other in nodes[1:]]
    for surname, full in surnames.items():
        short = forms.get(("person", surname))
        if short and len(full) == 1:
            out.append(_same(forms["person", next(iter(full))][0], short[0], 0.8))
    return out


def fold_name(name: str) -> str:
    """A name without case, accents and article, for comparison."""
    plain = unicodedata.normalize("NFKD", name)
    words = "".join(c for c in plain if not unicodedata.combining(c)).casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _same(left: str, right: str, score: float) -> Link:
    return Link(left=left, right=right, relation="same", score=score, evidence=(), by=MAKER)
