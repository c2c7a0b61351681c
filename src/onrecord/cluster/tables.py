"""What was built to a folder of Parquet, one sub-folder a kind, with what a person must know of it beside."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import msgspec
from msgspec import Struct

from onrecord.cluster.affairs import Linked
from onrecord.cluster.folder import Folder
from onrecord.export.rows import ROWS

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

# Who is absent hangs on the reports of all affairs.
_NOT_HERE = ("absent",)
_JOINED = ("entities", "mentions")
_TYPES = {str: "string", int: "bigint", float: "double", bool: "boolean", date: "date"}

_NOTICE = "input string, line bigint, reason string, left_out boolean, unit string"


def write_tables(target: Folder, items: DataFrame, read: DataFrame, linked: Linked) -> None:
    """Each kind of row as in the Parquet export, and the entry that it is of as JSON ("json")."""
    from pyspark.sql import functions as f

    for table, row in ROWS.items():
        if table in _NOT_HERE:
            continue
        held = linked.joined if table in _JOINED else linked.built
        rows = held.where(f.col("table") == table).select(f.from_json("flat", _shape(row)).alias("row"), "json")
        if table == "statements":
            rows = _with_homes(rows, linked.homes)
        rows.select("row.*", "json").write.mode("overwrite").parquet(f"{target.name}/{table}")
    links = linked.built.where("kind = 'links'").select(
        "affair",
        *(f.get_json_object("json", f"$.{name}").alias(name) for name in ("left", "right", "relation")),
        "json",
    )
    links.write.mode("overwrite").parquet(f"{target.name}/links")
    notices = items.select("notice").union(read.select("notice")).where("notice is not null")
    told = notices.select(
        f.from_json("notice", "input string, line bigint, reason string, left_out boolean").alias("n")
    )
    told.select("n.*").write.mode("overwrite").parquet(f"{target.name}/notices")


def count_kinds(linked: Linked) -> dict[str, int]:
    """How many rows each table has."""
    counts = linked.built.select("table").union(linked.joined.select("table")).where("table is not null")
    return {row[0]: row[1] for row in counts.groupBy("table").count().orderBy("table").toLocalIterator()}


class _Manifest(Struct, frozen=True):
    """What stands beside the tables: made by what, and the number of rows of each."""

    onrecord: str
    maker: str
    rows: dict[str, int]


def write_manifest(target: Folder, maker: str, kinds: dict[str, int]) -> None:
    """The last file: where it is, the tables are whole."""
    made = _Manifest(version("onrecord"), maker, kinds)
    target.below("manifest.json").write(msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n")
    target.below("_SUCCESS").write(b"")


def _with_homes(rows: DataFrame, homes: DataFrame) -> DataFrame:
    """Statements under the entity that their speaker is one with in the whole record."""
    from pyspark.sql import functions as f

    joined = rows.join(homes, rows["row.speaker_entity"] == homes["id"], "left")
    entity: Column = f.coalesce("home", "row.speaker_entity")
    return joined.select(f.col("row").withField("speaker_entity", entity).alias("row"), "json")


def _shape(row: type[Struct]) -> str:
    return ", ".join(f"`{name}` {_type(hint)}" for name, hint in get_type_hints(row).items())


def _type(hint: Any) -> str:
    [inner] = {_TYPES[t] for t in (hint, *get_args(hint)) if t in _TYPES}
    return f"array<{inner}>" if getattr(hint, "__origin__", None) is tuple else inner
