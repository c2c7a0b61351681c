"""Analyses to marks, marks to near pairs, affairs to their records, and entities to those that they are one with.

What a task does with its share: each function is called by Spark with Arrow's batches or with one group's table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from onrecord import link, pipeline
from onrecord.cluster.shapes import BUILT, HOMES, JOINED, MARKS, NEAR, Row, batches_of, rows_of
from onrecord.corroborate import rank
from onrecord.corroborate.whole import join_entities
from onrecord.dating import Habits
from onrecord.export.flatten import FLATTEN, Flattener, Slice, name_entities
from onrecord.link.marks import FEW, is_known
from onrecord.link.sketches import near_pairs
from onrecord.record import Analysis, EntityEntry, Interval, Record
from onrecord.store.rows import decode_analysis, encode_bare, entry_rows

if TYPE_CHECKING:
    from pyarrow import RecordBatch, Table

Batches = Iterator["RecordBatch"]

NEVER = 10_000_000
_read_mark = msgspec.msgpack.Decoder(link.Mark).decode
_read_entity = msgspec.json.Decoder(EntityEntry).decode


def mark_reports(batches: Iterable[RecordBatch]) -> Batches:
    """Report, keys, text, analysis and vectors to marks."""
    return batches_of((_mark_row(_analysis(row)) for row in rows_of(batches)), MARKS)


def compare_blocks(table: Table) -> Table:
    """The reports of two blocks, or of one with itself, to those that are near; `side` is 0 or 1, of which block.

    What is given is so much that the whole comes out the same: of the pairs that are near as many as hold them
    together, and for each report the closest of the others.
    """
    sides: list[list[link.Mark]] = [[], []]
    for side, mark in zip(table["side"].to_pylist(), table["mark"].to_pylist(), strict=True):
        sides[side].append(_read_mark(mark))
    left, right = (sorted(marks, key=lambda m: m.report) for marks in sides)
    return _table(_compare(left, right), NEAR)


def build_affairs(table: Table) -> Table:
    """The members of one affair, and samples of their outlets' dated reports, to its entries."""
    rows = [row for row in _rows(table, "report", "keys", "text", "analysis", "vectors") if row[0] is not None]
    found = {row[0]: _analysis(row) for row in rows}
    keys = {report: tuple(msgspec.json.decode(own)) for report, own, *_ in rows}
    samples = [sample for own in table["samples"].to_pylist() for sample in own or ()]
    habits = Habits(decode_analysis(sample, None, "", "") for sample in samples)
    part = pipeline.build_affair(list(found.values()), keys, habits)
    return _table(_entries(part, found), BUILT)


def join_homes(table: Table) -> Table:
    """Entities of several affairs that may be one to those that are, each with the least of their ids."""
    entries = [_read_entity(entry) for entry in table["json"].to_pylist()]
    days = {}
    for entry, extra in zip(entries, table["extra"].to_pylist(), strict=True):
        days[entry.mentions[0].report] = msgspec.json.decode(extra, type=_Extra).days
    clusters = pipeline.join_entities(entries, days, ())
    return _table(((id, min(ids)) for ids in clusters for id in ids), HOMES)


def merge_entities(table: Table) -> Table:
    """The entities of single affairs that are one to that one."""
    entries = [_read_entity(entry) for entry in table["json"].to_pylist()]
    turns: dict[str, tuple[str, str, str]] = {}
    for extra in table["extra"].to_pylist():
        turns |= msgspec.json.decode(extra, type=_Extra).turns
    place = {report: n for n, report in enumerate(sorted(turns, key=turns.__getitem__))}
    positions = table["position"].to_pylist()
    order = sorted(range(len(entries)), key=lambda n: (place[entries[n].mentions[0].report], positions[n]))
    entries = [entries[n] for n in order]
    [joined] = join_entities(entries, dict.fromkeys((e.id for e in entries), ""), place)
    return _table(_flat_rows("entities", joined, Flattener(Slice({}, Record(), {}))), JOINED)


class _Extra(msgspec.Struct, frozen=True):
    """Of an entity: the days of its first report before others dated it, and the place of each report in the record."""

    days: Interval
    turns: dict[str, tuple[str, str, str]]


def _analysis(row: Sequence[Any]) -> Analysis:
    _, keys, text, analysis, vectors = row
    return decode_analysis(analysis, vectors, text, msgspec.json.decode(keys)[0])


def _mark_row(analysis: Analysis) -> Row:
    mark, published = link.mark(analysis), analysis.published
    sample = None
    if mark.outlet and mark.given:
        said = tuple(t for t in analysis.timexes if t.reading.startswith("weekday"))
        bare = replace(analysis, entities=(), attributions=(), events=(), timexes=said, noise=(), hints=())
        sample = encode_bare(bare)
    return (
        mark.report,
        mark.outlet,
        mark.given,
        is_known(mark),
        published.earliest.toordinal() if published.earliest else 0,
        published.latest.toordinal() if published.latest else NEVER,
        mark.keys,
        msgspec.msgpack.encode(mark),
        sample,
    )


def _compare(left: Sequence[link.Mark], right: Sequence[link.Mark]) -> Iterator[Row]:
    others = right or left
    known = {m.report: is_known(m) for m in (*left, *right)}
    home = {report: report for report in known}
    closest: dict[str, list[tuple[bool, float, str]]] = {}

    def find(report: str) -> str:
        while home[report] != report:
            home[report] = home[home[report]]
            report = home[report]
        return report

    for pair in near_pairs([m.sketch for m in left], [m.sketch for m in right] if right else None):
        i, j = left[pair.i].report, others[pair.j].report
        if pair.near and known[i] and known[j]:
            a, b = find(i), find(j)
            if a != b:
                home[a] = b
                yield i, j, True, False, pair.close
        else:
            for one, other in ((i, j), (j, i)):
                own = closest.setdefault(one, [])
                own.append((not pair.near, -pair.close, other))
                own.sort()
                del own[1 if known[one] else FEW :]
    for one, own in closest.items():
        for may_be, close, other in own:
            yield one, other, False, may_be, -close


def _entries(part: Record, found: Mapping[str, Analysis]) -> Iterator[Row]:
    affair = min(found)
    names = name_entities(part.entities)
    flattener = Flattener(Slice({}, part, names))
    turns = {a.id: rank(a) for a in part.analyses}
    keys = pipeline.entity_keys(part.entities, ())
    for (kind, position, id, report, entry), noun in entry_rows(part):
        extra = None
        if kind == "entities":
            published = found[noun.mentions[0].report].published
            days = Interval(published.earliest, published.latest)
            own = {m.report: turns[m.report] for m in noun.mentions}
            extra = msgspec.json.encode(_Extra(days, own)).decode()
            yield affair, kind, position, id, report, entry, None, None, keys[id or ""], extra
            continue
        rows = _flat_rows(kind, noun, flattener) if kind in FLATTEN else iter(((None, id, entry, None),))
        for n, (table, own_id, json, flat) in enumerate(rows):
            yield affair, None if n else kind, position, own_id, report, json, table, flat, None, None
    for position, analysis in enumerate(part.analyses):
        for n, (table, own_id, json, flat) in enumerate(_flat_rows("analyses", analysis, flattener)):
            own_kind = None if n else "analyses"
            yield affair, own_kind, position, own_id, analysis.id, json, table, flat, None, None


def _flat_rows(kind: str, noun: Any, flattener: Flattener) -> Iterator[Row]:
    """Table, id, JSON and flat JSON of an entry, then of what belongs to it, of which its own JSON tells already."""
    for n, (table, row) in enumerate(FLATTEN[kind](flattener, noun)):
        bare = encode_bare(noun) if isinstance(noun, Analysis) else msgspec.json.encode(noun).decode()
        yield table, getattr(row, "id", None), None if n else bare, msgspec.json.encode(row).decode()


def _rows(table: Table, *columns: str) -> Iterator[Row]:
    return zip(*(table[name].to_pylist() for name in columns), strict=True)


def _table(rows: Iterable[Row], shape: str) -> Table:
    import pyarrow

    from onrecord.cluster.shapes import arrow_schema

    return pyarrow.Table.from_batches(list(batches_of(rows, shape)), arrow_schema(shape))
