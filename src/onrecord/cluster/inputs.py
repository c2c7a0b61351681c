"""Names of inputs to all that is given: reports and notices as rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.cluster.folder import Folder
from onrecord.cluster.reading import notice_rows, read_files, read_lines
from onrecord.cluster.shapes import ITEMS
from onrecord.ingest import Notice
from onrecord.ingest.read import READERS
from onrecord.ingest.report import valid_published

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, DataFrameReader, SparkSession

_LINES, _TABLE = "*.[jJ][sS][oO][nN][lL]", "*.[pP][aA][rR][qQ][uU][eE][tT]"
# Those that Spark cuts are read otherwise.
_WHOLE = sorted(ending for ending in READERS if ending != ".jsonl")
# What Spark hands over in one piece.
_LONGEST = 2**31 - 16


def read_inputs(session: SparkSession, inputs: Sequence[str], published: str | None) -> DataFrame:
    """The reports and notices of files and folders, wherever Spark reads them.

    JSON Lines and Parquet are cut among tasks; any other file is read by one task with the reader of its kind.

    Raises:
        OnrecordError: `published` is no date.
    """
    published = None if published is None else valid_published(published)
    names, notices = _find_inputs(session, inputs)
    frames = [session.createDataFrame(list(notice_rows(notices)), ITEMS)]
    if names:
        read = session.read.option("recursiveFileLookup", "true")
        listed = read.format("binaryFile").load(names)
        frames += [_lines(read, names, published), _files(listed, names, published)]
        if listed.where("lower(path) like '%.parquet'").limit(1).count():
            frames.append(_tables(read, names, published))
    items = frames[0]
    for frame in frames[1:]:
        items = items.unionByName(frame)
    return items


def _find_inputs(session: SparkSession, inputs: Sequence[str]) -> tuple[list[str], list[Notice]]:
    """The inputs that are there, and a notice for each that is not."""
    there, notices = [], []
    for given in inputs:
        if given == "-" or given.lower().startswith(("http://", "https://")):
            notices.append(Notice(given, None, "Spark reads files and folders alone", True))
            continue
        folder = Folder(session, given)
        if folder.exists():
            there.append(folder.address)
        else:
            notices.append(Notice(given, None, "no such file or folder", True))
    return there, notices


def _lines(read: DataFrameReader, names: list[str], published: str | None) -> DataFrame:
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    lines = (
        read.option("pathGlobFilter", _LINES)
        .option("lineSep", "\n")
        .format("text")
        .load(names)
        .select(
            f.col("_metadata.file_path").alias("path"),
            f.col("_metadata.file_block_start").alias("start"),
            f.col("value").cast("binary").alias("line"),
        )
    )
    before = Window.partitionBy("path").orderBy("start").rowsBetween(Window.unboundedPreceding, -1)
    parts = lines.groupBy("path", "start").count()
    firsts = parts.select("path", "start", (1 + f.coalesce(f.sum("count").over(before), f.lit(0))).alias("first"))
    # A broadcast leaves the lines in their order.
    numbered = lines.join(f.broadcast(firsts), ["path", "start"]).select("path", "first", "line")
    return numbered.mapInArrow(read_lines(published), ITEMS)


def _tables(read: DataFrameReader, names: list[str], published: str | None) -> DataFrame:
    """A row of a table is the JSON object of its columns."""
    from pyspark.sql import functions as f

    rows = read.option("pathGlobFilter", _TABLE).option("mergeSchema", "true").format("parquet").load(names)
    return rows.select(
        f.col("_metadata.file_path").alias("path"),
        (f.col("_metadata.row_index") + 1).alias("number"),
        f.to_json(f.struct(*rows.columns)).cast("binary").alias("row"),
    ).mapInArrow(read_lines(published), ITEMS)


def _files(listed: DataFrame, names: list[str], published: str | None) -> DataFrame:
    """What is named itself is read or told of whatever its ending; of a folder what has one of those that are known."""
    from pyspark.sql import functions as f

    known = "|".join(re.escape(ending) for ending in _WHOLE)
    own = f.regexp_replace("path", "^file:/+", "file:/").isin(names)
    split = f.lower("path").rlike(r"\.(jsonl|parquet)$")
    wanted = listed.where(~split & (own | f.lower("path").rlike(f"[^/]({known})$")))
    if not wanted.where("path not like 'file:%'").limit(1).count():
        return wanted.select("path", f.lit(None).cast("binary")).mapInArrow(read_files(published), ITEMS)
    read = wanted.where(f"length < {_LONGEST}").select("path", "content").mapInArrow(read_files(published), ITEMS)
    notice = f.to_json(
        f.struct(
            f.col("path").alias("input"),
            f.lit(f"longer than the {_LONGEST >> 20:,} MB that Spark reads in one piece").alias("reason"),
            f.lit(None).alias("line"),
            f.lit(True).alias("left_out"),
        ),
        {"ignoreNullFields": "false"},
    )
    none = f.lit(None).cast("string")
    long = wanted.where(f"length >= {_LONGEST}").select(
        none.alias("report"), none.alias("given"), none.alias("text"), notice.alias("notice")
    )
    return read.union(long)
