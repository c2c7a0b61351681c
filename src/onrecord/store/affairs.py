"""What is new on a record to the affairs that it may touch."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

import msgspec

from onrecord.record import EntityEntry, Interval, Publication, ReportEntry
from onrecord.store.database import Database
from onrecord.store.packed import unpack

_ENTITY, _REPORT = msgspec.json.Decoder(EntityEntry), msgspec.json.Decoder(ReportEntry)


class Affairs:
    """The affairs of the record as they were last built, and what finds them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self) -> int:
        """How many reports are on the record."""
        (number,) = self._database.execute("SELECT count(*) FROM reports").fetchone()
        return int(number)

    def all(self) -> set[str]:
        """The ids of all affairs."""
        return {affair for (affair,) in self._database.execute("SELECT DISTINCT affair FROM reports")}

    def of(self, reports: Iterable[str]) -> set[str]:
        """The affairs that these reports stand in, those that are on the record."""
        rows = (
            self._database.execute("SELECT affair FROM reports WHERE report = ?", (report,)).fetchone()
            for report in reports
        )
        return {row[0] for row in rows if row}

    def reports(self, affairs: Iterable[str]) -> set[str]:
        """The reports of these affairs."""
        query = "SELECT report FROM reports WHERE affair = ?"
        return {report for affair in affairs for (report,) in self._database.execute(query, (affair,))}

    def published(self, affair: str) -> dict[str, Publication]:
        """When each report of an affair was published, as the record tells it."""
        rows = self._database.execute("SELECT json FROM entries WHERE affair = ? AND kind = 'reports'", (affair,))
        return {entry.id: entry.published for (json,) in rows for entry in [_REPORT.decode(json)]}

    def marks(self, reports: Iterable[str]) -> Iterator[bytes]:
        """The marks of these reports, in no particular order."""
        query = "SELECT mark FROM marks WHERE report IN (SELECT value FROM json_each(?))"
        return (mark for (mark,) in self._database.execute(query, (_listed(reports),)))

    def days(self, reports: Iterable[str]) -> dict[str, Interval]:
        """When each of these reports was published, as its mark has it."""
        rows = self._database.execute(
            "SELECT report, earliest, latest FROM marks WHERE report IN (SELECT value FROM json_each(?))",
            (_listed(reports),),
        )
        return {report: Interval(_day(earliest), _day(latest)) for report, earliest, latest in rows}

    def holders(self, keys: Iterable[int]) -> set[str]:
        """The reports that hold one of these keys."""
        query = "SELECT report FROM mark_keys WHERE key = ?"
        return {report for key in keys for (report,) in self._database.execute(query, (key,))}

    def near(self, earliest: date | None, latest: date | None, days: int) -> set[str]:
        """The reports that are, or may be, no more than `days` from these."""
        low = earliest.toordinal() - days if earliest else 0
        high = latest.toordinal() + days if latest else date.max.toordinal()
        rows = self._database.execute(
            "SELECT report FROM marks WHERE (earliest IS NULL OR earliest <= ?) AND (latest IS NULL OR latest >= ?)",
            (high, low),
        )
        return {report for (report,) in rows}

    def dated(self, outlet: str, number: int, without: Collection[str]) -> list[tuple[int, str]]:
        """The first `number` reports of an outlet that give a date, without `without`: days, as ordinals, and ids.

        One whose day is not known counts as of the last day there is.
        """
        first = "SELECT {} AS day, report FROM marks WHERE outlet = ?1 AND given = 1 AND earliest IS {} NULL"
        # One after the other, as the index has them, which a day in place of none would not be in.
        found: list[tuple[int, str]] = []
        for day, known in (("earliest", "NOT"), (f"{date.max.toordinal()}", "")):
            query = f"{first.format(day, known)} ORDER BY earliest, report LIMIT ?2"
            rows = self._database.execute(query, (outlet, number + len(without)))
            found += [(day, report) for day, report in rows if report not in without]
        return found[:number]

    def undated(self, outlet: str) -> list[str]:
        """The reports of an outlet that give no date."""
        rows = self._database.execute("SELECT report FROM marks WHERE outlet = ? AND given = 0", (outlet,))
        return [report for (report,) in rows]

    def entities(self, ids: Iterable[str]) -> list[EntityEntry]:
        """What single affairs have of these entities, in no particular order."""
        # By an index on kinds, all entries of this one would be read; in an expression, the kind has none.
        query = "SELECT json FROM entries WHERE id IN (SELECT value FROM json_each(?)) AND kind || '' = 'entities'"
        return [_ENTITY.decode(entry) for (entry,) in self._database.execute(query, (_listed(ids),))]

    def entities_of(self, affairs: Iterable[str]) -> set[str]:
        """The ids of the entities of these affairs."""
        return self._all("SELECT id FROM entity_keys WHERE affair IN (SELECT value FROM json_each(?))", affairs)

    def entity_keys(self, ids: Iterable[str]) -> set[str]:
        """The keys of these entities of single affairs."""
        return self._all("SELECT key FROM entity_keys WHERE id IN (SELECT value FROM json_each(?))", ids)

    def entity_blocks(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The blocks of these keys, of those that have one."""
        rows = self._database.execute(
            "SELECT key, block FROM entity_blocks WHERE key IN (SELECT value FROM json_each(?))", (_listed(keys),)
        )
        return {key: unpack(block) for key, block in rows}

    def is_blocked(self) -> bool:
        """Whether blocks were made for the entities of the record; if not, they are to be made of all of them."""
        return self._database.execute("SELECT 1 FROM entity_blocks LIMIT 1").fetchone() is not None

    def all_entity_keys(self) -> dict[str, list[str]]:
        """Each key with the ids of the entities that have it."""
        held: dict[str, list[str]] = {}
        for key, id in self._database.execute("SELECT key, id FROM entity_keys ORDER BY key, id"):
            held.setdefault(key, []).append(id)
        return held

    def _all(self, query: str, values: Iterable[str]) -> set[str]:
        return {found for (found,) in self._database.execute(query, (_listed(values),))}


def _day(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal is not None else None


def _listed(values: Iterable[str]) -> str:
    return msgspec.json.encode(list(values)).decode()
