"""Edges to connected components, without a node ever leaving the cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.cluster.folder import Folder

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def find_components(edges: DataFrame, work: Folder) -> DataFrame:
    """The smallest node of its component ("component") for each node of `edges` ("a", "b") but that one itself.

    Large star and small star by turns (Kiveris et al. 2014): after some log n rounds each node hangs on the smallest.
    A round is written below `work`. No more than a count and a sum come to the driver.
    """
    from pyspark.sql import functions as f

    ordered = edges.where("a != b").select(f.greatest("a", "b").alias("a"), f.least("a", "b").alias("b")).distinct()
    state, number = work.keep("0", ordered), 0
    seen = None
    while seen != (seen := _fingerprint(state)):
        number += 1
        state = work.keep(str(number), _small_star(_large_star(state)))
    return state.select(f.col("a").alias("node"), f.col("b").alias("component"))


def _large_star(edges: DataFrame) -> DataFrame:
    """Each node's greater neighbours hung on the smallest of it and all its neighbours."""
    from pyspark.sql import functions as f

    both = edges.union(edges.select("b", "a"))
    least = both.groupBy("a").agg(f.least("a", f.min("b")).alias("least"))
    greater = both.where("b > a").join(least, "a")
    return greater.select(f.col("b").alias("a"), f.col("least").alias("b")).distinct()


def _small_star(edges: DataFrame) -> DataFrame:
    """Each node's smaller neighbours, and itself, hung on the smallest of them."""
    from pyspark.sql import functions as f

    least = edges.groupBy("a").agg(f.min("b").alias("least"))
    moved = edges.join(least, "a").where("b != least").select(f.col("b").alias("a"), f.col("least").alias("b"))
    return moved.union(least).distinct()


def _fingerprint(edges: DataFrame) -> tuple[int, int]:
    from pyspark.sql import functions as f

    row = edges.agg(f.count("*"), f.sum(f.xxhash64("a", "b").cast("decimal(38,0)"))).first()
    return (row[0], int(row[1] or 0)) if row else (0, 0)
