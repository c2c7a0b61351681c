"""What a careful reader finds in the example reports, and how much of it is found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from onrecord.record import Contact, Part, Span
from tests.harbour import analyses, expected, find_quote, record
from tests.records import days

Roles = tuple[frozenset[int], frozenset[int]]


def words_at(text: str, part: Part) -> frozenset[int]:
    """The places of the words that `part` touches."""
    spans = [m.span() for m in re.finditer(r"\w+", text)]
    return frozenset(a for a, b in spans for start, end in part if a < end and start < b)


def dice(a: frozenset[int], b: frozenset[int]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def expected_roles(text: str, given: Mapping[str, Any]) -> Roles:
    content = [find_quote(text, given["content"], given.get("content_nth", 1))]
    content += [find_quote(text, quote) for quote in given.get("more", ())]
    source = (find_quote(text, given["source"], given.get("source_nth", 1)),) if given["source"] else ()
    return words_at(text, tuple(content)), words_at(text, source)


def matched(predicted: Sequence[Roles], gold: Sequence[Roles]) -> int:
    """How many agree in content and source by a half or more, each matched once, the best first."""
    scores = {
        (i, j): min(dice(p[0], g[0]), dice(p[1], g[1]))
        for (i, p), (j, g) in product(enumerate(predicted), enumerate(gold))
    }
    used: set[tuple[str, int]] = set()
    count = 0
    for (i, j), score in sorted(scores.items(), key=lambda s: (-s[1], s[0])):
        if score >= 0.5 and not used & {("p", i), ("g", j)}:
            used |= {("p", i), ("g", j)}
            count += 1
    return count


def test_outer_attributions_are_found() -> None:
    gold: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for given in expected()["attributions"]:
        if not given.get("nested"):
            gold[given["report"]].append(given)
    found = predicted = 0
    shares = {}
    for a in analyses():
        outer = [(words_at(a.text, x.content), words_at(a.text, x.source)) for x in a.attributions if x.within is None]
        hits = matched(outer, [expected_roles(a.text, given) for given in gold[a.key]])
        found, predicted = found + hits, predicted + len(outer)
        shares[a.key] = f"{hits} of {len(gold[a.key])}, {len(outer)} predicted"
    whole = sum(len(given) for given in gold.values())
    assert whole == 80
    assert found >= 0.7 * whole, f"{found} of {whole} found: {shares}"
    assert predicted <= 2 * whole, f"{predicted} predicted of {whole}: {shares}"


def calls_of_the_ministers() -> list[Contact]:
    names = {"averill", "vorac", "vorác"}
    return [
        c
        for c in record().contacts
        if c.kind == "call" and len(c.participants) == 2
        if {name.split()[-1].casefold() for name in c.participants} <= names
    ]


def test_both_calls_of_the_ministers_are_on_record() -> None:
    found = [(c.when, c.status, [m.report for m in c.members]) for c in calls_of_the_ministers()]
    dated = [when for when, status, _ in found if status == "happened"]
    assert days("2019-09-12") in dated, found
    assert days("2019-09-19") in dated, found
    first, second = ([c for c in calls_of_the_ministers() if c.when == days(d)] for d in ("2019-09-12", "2019-09-19"))
    assert len(first) == len(second) == 1, found
    assert first[0].id != second[0].id
    assert not {m.report for m in first[0].members} & {m.report for m in second[0].members}, found


def test_the_rewrite_is_found_and_no_other() -> None:
    keys = {a.id: a.key for a in analyses()}
    found = [(keys[c.a], keys[c.b], c.relation) for c in record().copies]
    assert found == [(c["a"], c["b"], c["relation"]) for c in expected()["copies"]], record().copies


def test_noise_is_marked_and_holds_nothing_said() -> None:
    noise = expected()["noise"]
    texts = {a.key: a.text for a in analyses()}
    marked = {a.key: [n.span for n in a.noise] for a in analyses()}
    places = [(n["report"], find_quote(texts[n["report"]], n["quote"], n.get("nth", 1)), n["quote"]) for n in noise]
    missed = [(report, quote) for report, span, quote in places if not any(_overlap(span, m) for m in marked[report])]
    assert len(missed) <= 0.3 * len(noise), f"{len(noise) - len(missed)} of {len(noise)} marked; missed {missed}"
    for given in expected()["attributions"]:
        text = texts[given["report"]]
        content = find_quote(text, given["content"], given.get("content_nth", 1))
        assert not any(_overlap(content, m) for m in marked[given["report"]]), given["content"]


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end
