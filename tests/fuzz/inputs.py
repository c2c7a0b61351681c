"""A kind and a number to an input: always the same one."""

from __future__ import annotations

import gzip
import sqlite3
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import msgspec

from onrecord.record import Correction, Span, Target
from onrecord.store.packed import pack, unpack
from tests.fuzz.mutate import mutate, tokens_of
from tests.fuzz.valid import VALID
from tests.records import HOSTILE
from tests.store.filled import fill

OLD = Path(__file__).parents[1] / "store" / "old"
# The words of its format with which an input is damaged.
SPOKEN = {
    "page": "page", "text": "text", "jsonl": "json", "jsonl.gz": "json", "json": "json", "csv": "table", "rss": "feed",
    "atom": "feed", "warc": "archive", "warc.gz": "archive", "mail": "mail", "pdf": "pdf", "record": "record",
    "analysis": "text", "words": "text",
}  # fmt: skip
# However often a part is repeated. What is analysed takes time in proportion.
LONGEST = 256 * 1024
SHORT = 1_500
_VALUES = ("NULL", "-1", "1e99", "zeroblob(9)", "9223372036854775807")
CORRECTION = Correction(
    id="f-1",
    kind="speaker",
    about="attribution",
    target=Target("r1", (Span(37, 52),), (Span(60, 64),)),
    value="Ada Holm",
    class_="named_person",
    by="Zbigla Tohrem",
    when="2031-06-01T10:00:00.000+02:00",
)


def make(kind: str, number: int) -> bytes:
    """The mutated input of that kind and number."""
    rng = Random(f"{kind} {number}")
    if kind == "record":
        return _make_record(rng)
    tokens, longest = tokens_of(SPOKEN[kind]), SHORT if kind in ("analysis", "words") else LONGEST

    def other() -> bytes:
        return VALID[kind if rng.random() < 0.7 else rng.choice(list(VALID))](rng)

    if kind.endswith(".gz") and rng.random() < 0.5:
        return gzip.compress(mutate(VALID[kind.removesuffix(".gz")](rng), rng, tokens, other, longest), mtime=0)
    return mutate(VALID[kind](rng), rng, tokens, other, longest)


def _make_record(rng: Random) -> bytes:
    """A record file, damaged in its bytes or in what stands in one of its tables."""
    records, tokens = _records(), tokens_of("record")
    raw = rng.choice(records)

    def other() -> bytes:
        return rng.choice(records)

    if rng.random() < 0.5:
        return mutate(raw, rng, tokens, other, 2 * len(raw))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.onrecord"
        path.write_bytes(raw)
        database = sqlite3.connect(path)
        try:
            for _ in range(rng.randint(1, 3)):
                _damage(database, rng, lambda found: mutate(found, rng, tokens, lambda: found, LONGEST))
            database.commit()
        finally:
            database.close()
        return path.read_bytes()


def _damage(database: sqlite3.Connection, rng: Random, change: Callable[[bytes], bytes]) -> None:
    """Change a cell, of text as text, or what a table or the file itself is."""
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' ORDER BY name"
    tables = [str(name) for (name,) in database.execute(names) if "words_" not in name]
    table = rng.choice(tables)
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    way, column = rng.random(), rng.choice(columns)
    statements = {
        0.03: f"DROP TABLE {table}",
        0.06: f"DELETE FROM {table}",  # noqa: S608 - names of our own tables
        0.09: f"ALTER TABLE {table} RENAME COLUMN {column} TO was",
        0.12: f"PRAGMA user_version = {rng.choice((0, 1, 2, 3, 4, 6, -1))}",
        0.15: f"UPDATE {table} SET {column} = {rng.choice(_VALUES)}",  # noqa: S608
    }
    rows = database.execute(f"SELECT {column} FROM {table} ORDER BY 1").fetchall()  # noqa: S608
    sql = next((sql for least, sql in statements.items() if way < least), "")
    try:
        if sql:
            database.execute(sql)
        elif rows:
            old = rng.choice(rows)[0]
            raw = _change(old, change) if isinstance(old, bytes) else change(str(old).encode())
            new = raw if isinstance(old, bytes) or rng.random() < 0.1 else raw.decode("utf-8", "replace")
            database.execute(f"UPDATE {table} SET {column} = ? WHERE {column} IS ?", (new, old))  # noqa: S608
    except (sqlite3.Error, OverflowError):
        # What SQLite does not do is no damage.
        return


def _change(packed: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """A change to bytes, or to what is packed in them."""
    try:
        inside = unpack(packed)
    except msgspec.DecodeError:
        return change(packed)
    return pack(change(inside).decode("utf-8", "replace"))


@cache
def _records() -> tuple[bytes, ...]:
    """Records of this version and of those before it, one with a correction."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [fill(Path(folder) / "a.onrecord"), fill(Path(folder) / "b.onrecord", HOSTILE)]
        for path in paths:
            database = sqlite3.connect(path, isolation_level=None)
            # When they came is another moment each time.
            database.execute("UPDATE arrivals SET at = 0")
            database.execute("VACUUM")
            database.close()
        database = sqlite3.connect(paths[0])
        said = msgspec.json.encode(CORRECTION).decode()
        database.execute("INSERT INTO corrections (id, json) VALUES (?, ?)", (CORRECTION.id, said))
        database.commit()
        database.close()
        now = [path.read_bytes() for path in paths]
    old = [gzip.decompress((OLD / f"format-{n}.onrecord.gz").read_bytes()) for n in (2, 3, 4)]
    return (*now, *now, *old)
