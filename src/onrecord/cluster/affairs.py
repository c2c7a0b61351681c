"""Analyses to affairs and what stands in them, and to the people and bodies that several of them name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from onrecord.cluster.blocks import pair_blocks
from onrecord.cluster.components import find_components
from onrecord.cluster.folder import Folder
from onrecord.cluster.linking import build_affairs, compare_blocks, join_homes, mark_reports, merge_entities
from onrecord.cluster.shapes import BUILT, HOMES, JOINED, MARKS, NEAR
from onrecord.dating import SAMPLE
from onrecord.link.marks import FEW

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


class Linked(NamedTuple):
    """The marks of all reports, the entries of their affairs, and which entities are one, by themselves and joined."""

    marks: DataFrame
    built: DataFrame
    homes: DataFrame
    joined: DataFrame


def link_reports(read: DataFrame, work: Folder, tell: Callable[[str], None]) -> Linked:
    """Phase 2 of the analyses in `read`."""
    found = read.where("analysis is not null").select("report", "keys", "text", "analysis", "vectors")
    tell("link: marks")
    marks = work.keep("marks", found.mapInArrow(mark_reports, MARKS))
    tell("link: pairs")
    near = work.keep("near", _compare(marks))
    tell("link: affairs")
    affairs = work.keep("affairs", _group(marks, near, work))
    tell("link: entries")
    built = work.keep("built", _build(found, marks, affairs))
    tell("link: entities")
    entities = built.where("kind = 'entities'").select("affair", "position", "id", "json", "keys", "extra")
    homes = work.keep("homes", _find_homes(entities, work))
    joined = work.keep("joined", _join(entities, homes))
    return Linked(marks, built, homes, joined)


def _compare(marks: DataFrame) -> DataFrame:
    return pair_blocks(marks).groupBy("one", "other").applyInArrow(compare_blocks, NEAR)


def _group(marks: DataFrame, near: DataFrame, work: Folder) -> DataFrame:
    """The affair of each report: what shares a key, is near or is among the few closest."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    keyed = marks.select("report", f.explode("keys").alias("key"))
    holders = keyed.groupBy("key").agg(f.min("report").alias("holder"))
    shared = keyed.join(holders, "key").select(f.col("report").alias("a"), f.col("holder").alias("b"))
    together = near.where("near").select(f.col("i").alias("a"), f.col("j").alias("b"))
    held = together.select("a").union(together.select("b")).distinct().withColumnRenamed("a", "i")
    order = Window.partitionBy("i").orderBy("may_be", f.desc("close"), "j")
    closest = (
        near.where("not near")
        .join(held, "i", "left_anti")
        .join(marks.select(f.col("report").alias("i"), "known"), "i")
        .withColumn("n", f.row_number().over(order))
        .where(f"n <= if(known, 1, {FEW}) and (n = 1 or not may_be)")
        .select(f.col("i").alias("a"), f.col("j").alias("b"))
    )
    edges = shared.union(together).union(closest)
    components = find_components(edges, work.below("components"))
    return marks.join(components, marks["report"] == components["node"], "left").select(
        "report", f.coalesce("component", "report").alias("affair"), "outlet", "given"
    )


def _build(found: DataFrame, marks: DataFrame, affairs: DataFrame) -> DataFrame:
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    day = f.when(f.col("low") > 0, f.col("low"))
    order = Window.partitionBy("outlet").orderBy(day.asc_nulls_last(), "report")
    sampled = marks.where("sample is not null").withColumn("n", f.row_number().over(order)).where(f"n <= {SAMPLE}")
    samples = sampled.groupBy("outlet").agg(f.sort_array(f.collect_list("sample")).alias("samples"))
    asking = affairs.where("not given and outlet is not null").select("affair", "outlet").distinct()
    none = f.lit(None)
    habits = asking.join(samples, "outlet").select(
        "affair",
        none.cast("string").alias("report"),
        none.cast("string").alias("keys"),
        none.cast("string").alias("text"),
        none.cast("string").alias("analysis"),
        none.cast("binary").alias("vectors"),
        "samples",
    )
    members = (
        affairs.select("affair", "report")
        .join(found, "report")
        .select("affair", "report", "keys", "text", "analysis", "vectors", none.cast("array<string>").alias("samples"))
    )
    return members.union(habits).groupBy("affair").applyInArrow(build_affairs, BUILT)


def _find_homes(entities: DataFrame, work: Folder) -> DataFrame:
    """Which entities are one, among those that are held together by shared keys."""
    from pyspark.sql import functions as f

    keyed = entities.select("id", f.explode("keys").alias("key"))
    holders = keyed.groupBy("key").agg(f.min("id").alias("holder"))
    edges = keyed.join(holders, "key").select(f.col("id").alias("a"), f.col("holder").alias("b"))
    components = find_components(edges, work.below("entities"))
    roots = components.select(f.col("component").alias("node"), "component").distinct()
    members = components.union(roots).join(entities, f.col("node") == entities["id"])
    return members.select("component", "json", "extra").groupBy("component").applyInArrow(join_homes, HOMES)


def _join(entities: DataFrame, homes: DataFrame) -> DataFrame:
    from pyspark.sql import functions as f

    named = entities.join(homes, "id", "left").withColumn("home", f.coalesce("home", "id"))
    return named.select("home", "position", "json", "extra").groupBy("home").applyInArrow(merge_entities, JOINED)
