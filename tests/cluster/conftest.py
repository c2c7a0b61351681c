from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_socket import enable_socket, socket_allow_hosts

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# What Spark compiles for large data would take longer here than the work.
QUICK = (
    "--driver-memory 1g --driver-java-options -XX:TieredStopAtLevel=1 --conf spark.sql.codegen.wholeStage=false"
    " --conf spark.sql.shuffle.partitions=2"
)


def need_java() -> None:
    """Skips a test of Spark where there is no Java, unless it is required."""
    if not shutil.which("java") and os.environ.get("ONRECORD_SPARK") != "require":
        pytest.skip("no Java here")


@pytest.fixture(scope="session")
def application() -> Iterator[SparkSession]:
    """One application for all tests: a build takes a session of its own in it."""
    need_java()
    enable_socket()
    socket_allow_hosts(["127.0.0.1"], allow_unix_socket=True)
    os.environ["PYSPARK_SUBMIT_ARGS"] = f"{QUICK} pyspark-shell"
    from onrecord.cluster.session import open_session

    with open_session("local[2,4]") as session:
        yield session
        enable_socket()


@pytest.fixture
def spark(application: SparkSession) -> SparkSession:
    """The session, with sockets to this machine alone."""
    socket_allow_hosts(["127.0.0.1"], allow_unix_socket=True)
    return application


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A folder for steps."""
    return tmp_path / "work"
