"""A Spark session, of a cluster or of this machine."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.record import OnrecordError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# All cores of this machine; a task whose process dies is tried four times, as on a cluster.
LOCAL = "local[*,4]"
_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    # An analysis takes some 50 KB, and a batch is held several times over.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "200",
    # The texts of one large affair may be more than 2 GB.
    "spark.sql.execution.arrow.useLargeVarTypes": "true",
    # A row may be a second's work: how many partitions there are is settled by counting rows, not bytes.
    "spark.sql.adaptive.coalescePartitions.enabled": "false",
    # Two passes over the same lines must see them cut alike.
    "spark.sql.files.ignoreCorruptFiles": "false",
}
_ALONE = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


@contextmanager
def open_session(master: str | None = None) -> Iterator[SparkSession]:
    """A session with settings of its own, in the application that is running or else in a new one.

    `master` is the address of a cluster; without one that of the surroundings (spark-submit, SPARK_CONF_DIR), else
    this machine.

    Raises:
        OnrecordError: pyspark or Java is not installed, or Spark does not start.
    """
    if find_spec("pyspark") is None:
        raise OnrecordError("Spark isn't installed: pip install 'onrecord[spark]'")
    _need_java()
    # It warns of libraries that are not used here.
    warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    session = running.newSession() if running else _start(master)
    try:
        for name, value in _SETTINGS.items():
            session.conf.set(name, value)
        yield session
    finally:
        if running is None:
            session.stop()


def _need_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java") and not (home and Path(home, "bin", "java").exists()):
        raise OnrecordError("Spark needs Java 17 or later: apt install openjdk-17-jre-headless")


def _start(master: str | None) -> SparkSession:
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    # What spark-submit was told stands there.
    chosen = master or os.environ.get("MASTER") or (None if "SPARK_ENV_LOADED" in os.environ else LOCAL)
    builder = SparkSession.builder.appName("onrecord")
    if chosen:
        builder = builder.master(chosen)
    if chosen and chosen.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        for name, value in _ALONE.items():
            builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (PySparkException, OSError) as error:
        raise OnrecordError(f"Spark does not start: {str(error).splitlines()[0]}") from error
    session.sparkContext.setLogLevel("ERROR")
    return session
