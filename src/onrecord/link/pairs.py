"""Two sights to numbers: what speaks for and against their reports being of one affair, and their events being one."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from onrecord.link.sights import Bag, EventSight, Numbers, ReportSight, Vector, Words

# Reports whose days are so far apart seldom tell of one affair as news.
_FAR = 7
# A report's first sentences say what it is about.
_FIRST = 3

REPORT_COLUMNS = ("sentences", "lead", "whole", "words", "names", "people", "first_names", "numbers", "years", "apart")
EVENT_COLUMNS = (
    "word stem prefix trigger meaning report away sentence names who not_who whom not_whom across where not_where when"
    " not_when type not_type numbers rare content near around parties no_party first idf saying light status in_both"
    " affair stem_trigger stem_near stem_around stem_names stem_parties stem_no_party stem_idf stem_saying"
    " stem_report stem_first first_trigger near_trigger report_trigger report_near stem_affair affair_trigger"
).split()
# What a report has in common with itself.
OWN_AFFAIR = 3.0


def compare_reports(a: ReportSight, b: ReportSight) -> list[float]:
    """The REPORT_COLUMNS of two reports."""
    near = (a.sentences @ b.sentences.T) / a.norms[:, None] / b.norms
    apart = a.days is not None and b.days is not None and _gap(a, b) > _FAR
    return [
        float(near.max(axis=0).mean() + near.max(axis=1).mean()) / 2,
        cosine(a.lead, b.lead),
        cosine(a.whole, b.whole),
        shared(a.words, b.words),
        shared(a.names, b.names),
        shared(a.people, b.people),
        _part(a.first_names, b.first_names),
        _part(a.numbers, b.numbers),
        _part(a.years, b.years),
        float(apart),
    ]


def _gap(a: ReportSight, b: ReportSight) -> int:
    """The days between the two days of publication."""
    first, last = sorted((a.days, b.days), key=lambda d: (d.earliest, d.latest))  # type: ignore[union-attr]
    return (last.earliest - first.latest).days  # type: ignore[union-attr, operator]


def compare_events(a: EventSight, b: EventSight, one: ReportSight, other: ReportSight, affair: float) -> list[float]:
    """The EVENT_COLUMNS of two events; `affair` is the log-odds that their reports `one` and `other` are of one."""
    stem, report = float(a.stem == b.stem), float(a.report == b.report)
    trigger, near, around = cosine(a.vector, b.vector), shared(a.near, b.near), shared(a.around, b.around)
    names, parties = _part(a.names, b.names), _part(a.parties, b.parties)
    no_party = float(bool(a.parties and b.parties) and not a.parties & b.parties)
    first = (a.place <= _FIRST) + (b.place <= _FIRST) - 1.0
    rarer, saying = max(a.idf, b.idf), float(a.says and b.says)
    in_both = 0.0 if stem else float(a.stem in other.stems) + float(b.stem in one.stems)
    away = math.log1p(abs(a.place - b.place)) if report else 0.0
    when = _days(a, b)
    affair = OWN_AFFAIR if report else affair
    return [
        float(a.word == b.word),
        stem,
        _prefix(a.stem, b.stem),
        trigger,
        cosine(a.meaning, b.meaning),
        report,
        away,
        float(report and a.place == b.place),
        names,
        *_agree(a.who, b.who),
        *_agree(a.whom, b.whom),
        float(bool(a.who & b.whom or a.whom & b.who)),
        *_agree(a.where, b.where),
        float(when > 0),
        float(when < 0),
        *_types(a, b),
        _part(a.numbers, b.numbers),
        _part(a.rare, b.rare),
        _part(a.content, b.content),
        near,
        around,
        parties,
        no_party,
        first,
        rarer,
        saying,
        float(a.light or b.light),
        float(a.event.status == b.event.status),
        in_both,
        affair,
        stem * trigger,
        stem * near,
        stem * around,
        stem * names,
        stem * parties,
        stem * no_party,
        stem * rarer,
        stem * saying,
        stem * report,
        stem * first,
        first * trigger,
        near * trigger,
        report * trigger,
        report * near,
        stem * affair,
        affair * trigger,
    ]


def cosine(a: Vector, b: Vector) -> float:
    """Of whole numbers, and so exact."""
    return float((a.row * b.row).sum()) / (a.norm * b.norm)


def shared(a: Bag, b: Bag) -> float:
    """The cosine of two bags of words."""
    if len(a) > len(b):
        a, b = b, a
    return sum(v * b[w] for w, v in a.items() if w in b)


def _part(a: Words, b: Words) -> float:
    """The part of the words of both that both have."""
    common = len(a & b)
    return common / (len(a) + len(b) - common) if common else 0.0


def _agree(a: Words, b: Words) -> tuple[float, float]:
    """Whether both are named with a word in common, and whether both are named with none."""
    if not a or not b:
        return 0.0, 0.0
    return (1.0, 0.0) if a & b else (0.0, 1.0)


def _types(a: EventSight, b: EventSight) -> tuple[float, float]:
    if not a.event.type or not b.event.type:
        return 0.0, 0.0
    return (1.0, 0.0) if a.event.type == b.event.type else (0.0, 1.0)


def _days(a: EventSight, b: EventSight) -> int:
    """1 where both have days that agree, -1 where they cannot, 0 where one has none."""
    if a.event.when is None or b.event.when is None:
        return 0
    return -1 if a.event.when.misses(b.event.when) else 1


def _prefix(a: str, b: str) -> float:
    """How much of the longer word begins both: verbs and nouns of one root, as "acquire" and "acquisition"."""
    length = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        length += 1
    return length / max(len(a), len(b), 1)


def as_rows(values: Sequence[Sequence[float]], columns: int) -> Numbers:
    """(pairs, columns), also of no pair."""
    return np.asarray(values, dtype=np.float64).reshape(-1, columns)
