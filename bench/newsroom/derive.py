"""The analysis of a mould filled once to those of all reports that were made of it.

The model reads each mould with names that are all different. For a report of the same mould each name is replaced by
the report's own, of the same length, in the text and in every string of the analysis; no span moves.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
from msgspec.structs import replace

from bench.newsroom.cast import FIRST_DAY, Slots
from bench.newsroom.moulds import Mould, fill
from bench.newsroom.stream import Written, cast
from onrecord.dating.publication import find_publication
from onrecord.dating.redate import with_date
from onrecord.ingest.report import build_report
from onrecord.record import Analysis, Report

# Numbers stand in values as well, as in "P72W"; those of two digits are above all days, weeks and months of dates.
_NUMBER, _WORD = r"(?<![\da-z]){}(?!\d)", r"\b{}\b"


def to_report(written: dict[str, str]) -> Report:
    """The report that Onrecord makes of an object of JSON Lines; its language is not looked for, which takes time."""
    given = {field: value for field, value in written.items() if field != "id"}
    return build_report(key=written["id"], language="en", **given)


def model_of(written: Written) -> Written:
    """A report of the same mould with names that are all different, after which all others are modelled."""
    mould, rng = written.mould, random.Random(written.mould.name)  # noqa: S311
    began = FIRST_DAY + timedelta(written.began.weekday())
    while True:
        slots = cast(written.script, began, rng, 0)
        if len({slots[slot] for slot in mould.slots}) == len(mould.slots):
            break
    published = began + timedelta(mould.day)
    report = {
        "id": mould.name,
        "outlet": slots["outlet"],
        "title": fill(mould.title, slots),
        "text": fill(mould.text, slots),
    }
    if "published" in written.report:
        report["published"] = f"{published}"
    return Written(report, written.script, mould, slots, began, published)


def derive(analysis: Analysis, model: Written, written: Written) -> Analysis:
    """`analysis`, of `model`, as that of a report of the same mould."""
    report = to_report(written.report)
    rename = _renaming(model.slots, written.slots, written.mould)
    fields = _renamed(msgspec.to_builtins(replace(analysis, text=""), builtin_types=(bytes,)), rename)
    found = replace(
        msgspec.convert(fields, Analysis, builtin_types=(bytes,)),
        id=report.id,
        key=report.key,
        url=report.url,
        outlet=report.outlet,
        title=report.title,
        text=report.text,
    )
    return with_date(found, find_publication(report, found.hints))


def _renamed(value: Any, rename: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return rename(value)
    if isinstance(value, dict):
        return {key: _renamed(inner, rename) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_renamed(inner, rename) for inner in value]
    return value


def _renaming(old: Slots, new: Slots, mould: Mould) -> Callable[[str], str]:
    """What replaces each slot's filling in `old` by that in `new`."""
    names = {old[slot]: new[slot] for slot in mould.slots}
    longest_first = sorted(names, key=lambda n: (-len(n), n))
    pattern = re.compile("|".join((_NUMBER if n.isdigit() else _WORD).format(re.escape(n)) for n in longest_first))
    return lambda text: pattern.sub(lambda match: names[match[0]], text)
