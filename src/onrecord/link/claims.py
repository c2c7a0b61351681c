"""The attributions of all reports to links: the same words of the same speaker are one claim."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

from onrecord.link.clusters import fact
from onrecord.link.entities import fold_name
from onrecord.record import Analysis, Attribution, Copy, Link, Place

MAKER = "link.claims"
# Dice over words: alike by themselves, and alike between reports of which one copies the other.
ALIKE, ALIKE_IN_COPIES = 0.8, 0.5
LEAST_WORDS = 3
COMMON = 200


def link_claims(analyses: Sequence[Analysis], copies: Sequence[Copy]) -> list[Link]:
    """Links "same" between attributions of two reports, or a nested one and the one it stands in, that say the same."""
    copied = {frozenset((c.a, c.b)) for c in copies}
    facts: list[tuple[str, Attribution, frozenset[str]]] = []
    by_word: dict[str, list[int]] = defaultdict(list)
    for analysis in analyses:
        for attribution in analysis.attributions:
            words = content_words(analysis, attribution)
            if len(words) >= LEAST_WORDS:
                for word in words:
                    by_word[word].append(len(facts))
                facts.append((analysis.id, attribution, words))
    shared = Counter[tuple[int, int]]()
    for holders in by_word.values():
        if 1 < len(holders) <= COMMON:
            shared.update(combinations(holders, 2))
    out = []
    for (i, j), count in sorted(shared.items()):
        (report, a, words), (other, b, more) = facts[i], facts[j]
        dice = 2 * len(words & more) / (len(words) + len(more))
        # What a speaker says of another's words is not those words: the layers of two copies stay apart.
        layers = (a.within is None) == (b.within is None)
        needed = ALIKE_IN_COPIES if layers and frozenset((report, other)) in copied else ALIKE
        if count >= LEAST_WORDS - 1 and dice >= needed and _may_be_one(report == other, a, b):
            left, right = fact(report, a.id), fact(other, b.id)
            evidence = (Place(report, a.content[0]), Place(other, b.content[0]))
            out.append(Link(left=left, right=right, relation="same", score=round(dice, 4), evidence=evidence, by=MAKER))
    return out


def content_words(analysis: Analysis, attribution: Attribution) -> frozenset[str]:
    """The lower-cased words of a content."""
    text = " ".join(analysis.text[a:b] for a, b in attribution.content)
    return frozenset("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _may_be_one(one_report: bool, a: Attribution, b: Attribution) -> bool:
    if a.polarity != b.polarity:
        return False
    if one_report:
        return b.within == a.id or a.within == b.id
    names = [fold_name(x.speaker.name or "") for x in (a, b)]
    if all(x.speaker.class_ == "named_person" for x in (a, b)):
        return names[0].split()[-1] == names[1].split()[-1]
    return True
