from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import networkx
import pytest

from onrecord.cluster.components import find_components
from onrecord.cluster.folder import Folder

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.enable_socket


def test_each_node_hangs_on_the_smallest_of_its_component(spark: SparkSession, work: Path) -> None:
    random = Random(7)
    chain = [(f"c{n:02}", f"c{n + 1:02}") for n in range(12)]
    edges = [*chain, *((f"n{random.randrange(60):02}", f"n{random.randrange(60):02}") for _ in range(40))]
    random.shuffle(edges)
    frame = spark.createDataFrame(edges, "a string, b string")
    found: dict[str, str] = dict(find_components(frame, Folder(spark, str(work))).collect())
    expected: dict[str, str] = {}
    for component in networkx.connected_components(networkx.Graph(edges)):
        expected |= {node: min(component) for node in component if node != min(component)}
    assert found == expected


def test_no_edges_are_no_components(spark: SparkSession, work: Path) -> None:
    frame = spark.createDataFrame([("a", "a")], "a string, b string")
    assert find_components(frame, Folder(spark, str(work))).count() == 0
