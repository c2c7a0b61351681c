"""Marks to the pairs of blocks whose reports may be near to each other, each pair of reports in one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord import link
from onrecord.link.marks import KNOWN

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

# Two reports that are known to their days, and near enough, stand in one block of so many days or in two that meet.
WIDTH = KNOWN + link.DAYS + 1
# Reports of a block: the comparison of two blocks is one task's work, and holds some 25 KB a report.
MOST = 20_000


def pair_blocks(marks: DataFrame, most: int = MOST) -> DataFrame:
    """The marks, each in every pair of blocks ("one", "other") in which it is compared, and of which block ("side").

    Reports whose days are not known are compared with all of the days in which they may be.
    """
    from pyspark.sql import functions as f

    placed = marks.select(
        "report", "mark", "low", "high", f.when(f.col("known"), f.floor(f.col("low") / WIDTH)).alias("span")
    )
    # -1 for those whose days are not known.
    placed = placed.withColumn("span", f.coalesce("span", f.lit(-1)))
    parts = placed.groupBy("span").agg(f.ceil(f.count("*") / most).alias("parts"))
    placed = placed.join(f.broadcast(parts), "span").select(
        "report", "mark", "low", "high", "span", f.pmod(f.xxhash64("report"), "parts").alias("part")
    )
    blocks = placed.groupBy("span", "part").agg(f.min("low").alias("low"), f.max("high").alias("high"))
    blocks = blocks.withColumn("block", f.struct("span", "part"))
    one, other = blocks.alias("one"), blocks.alias("other")
    gap = f.expr("greatest(one.low - other.high, other.low - one.high)")
    meet = (
        (f.col("one.block") <= f.col("other.block"))
        & ((f.col("one.span") == -1) | (f.col("other.span") - f.col("one.span") <= 1))
        & (gap <= link.DAYS)
    )
    pairs = one.join(f.broadcast(other), meet).select(
        f.col("one.block").alias("one"), f.col("other.block").alias("other")
    )
    marked = placed.select(f.struct("span", "part").alias("block"), "report", "mark")
    first = pairs.join(marked, pairs["one"] == marked["block"]).select("one", "other", f.lit(0).alias("side"), "mark")
    second = (
        pairs.where("one != other")
        .join(marked, pairs["other"] == marked["block"])
        .select("one", "other", f.lit(1).alias("side"), "mark")
    )
    return first.union(second)
