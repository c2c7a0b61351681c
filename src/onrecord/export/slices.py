"""A record file to slices of it, of which no more than one is in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from onrecord.export.flatten import Slice
from onrecord.record import AttributionMember, Record
from onrecord.store import Catalogue

# Reports, or entries of a kind, that are read at once. A report takes some 100 KB.
AT_ONCE = 500
_KINDS = ("stories", "entities", "events", "contacts", "claims", "expectations", "disagreements")


def iter_slices(catalogue: Catalogue, keep: Callable[[Record], Record]) -> Iterator[Slice]:
    """All of the record in slices of `AT_ONCE`: its reports, then the entries of each kind, then the absent sources.

    Of each part that is read no more is given than what `keep` leaves of it. Only for the absent sources all reports
    are held at once, without their events, since who is absent hangs on all of them.
    """
    names = catalogue.names()
    for ids in _batches(catalogue.entry_columns("reports").ids):
        yield _of_reports(catalogue, ids, keep, names)
    for kind in _KINDS:
        for ids in _batches(catalogue.entry_columns(kind).ids):
            record = keep(catalogue.part(ids=ids))
            held = {e.id: e for e in getattr(record, kind)}
            yield Slice({kind: [held[id] for id in ids]}, record, names)
    absent = catalogue.absent()
    yield Slice({"absent": absent}, catalogue.part(reports=()), names)


def _of_reports(
    catalogue: Catalogue, ids: Sequence[str], keep: Callable[[Record], Record], names: dict[str, str]
) -> Slice:
    cache: dict[tuple[str, str], Any] = {}
    read = catalogue.part(reports=ids, cache=cache)
    # Known only now, and with them the claims that they stand in.
    said = [AttributionMember(a.id, t.id) for a in read.analyses for t in a.attributions]
    record = keep(catalogue.part(reports=ids, statements=said, copies=True, cache=cache))
    wanted = set(ids)
    own = [a for a in record.analyses if a.id in wanted]
    copies = [c for c in record.copies if c.b in wanted]
    return Slice({"analyses": own, "copies": copies}, record, names)


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
