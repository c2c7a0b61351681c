"""A folder on whatever storage Spark reads: a disk, HDFS, an object store."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# As pathlib writes an address.
_ONE_SLASH = re.compile(r"^([a-z][a-z0-9+.-]+):/(?=[^/])")


class Folder:
    """One folder; its name is an address or a path."""

    def __init__(self, session: SparkSession, name: str) -> None:
        self.name = _ONE_SLASH.sub(r"\1://", name) if not name.startswith("file:") else name
        self._session = session
        # The one way from Python to the storage of whatever kind: Spark has no interface for it.
        context: Any = session.sparkContext
        self._java = context._jvm
        self._path = self._java.org.apache.hadoop.fs.Path(self.name)
        self._storage = self._path.getFileSystem(context._jsc.hadoopConfiguration())

    @property
    def address(self) -> str:
        """Its whole address, as Spark writes those of files (file:/…)."""
        return str(self._storage.makeQualified(self._path).toString())

    def below(self, name: str) -> Folder:
        """A folder or file in this one."""
        return Folder(self._session, f"{self.name}/{name}")

    def exists(self) -> bool:
        """Whether it is there."""
        return bool(self._storage.exists(self._path))

    def delete(self) -> None:
        """Take it away with all that is in it."""
        self._storage.delete(self._path, True)

    def write(self, content: bytes) -> None:
        """Write a small file of this name."""
        out = self._storage.create(self._path, True)
        out.write(bytearray(content))
        out.close()

    def keep(self, name: str, frame: DataFrame) -> DataFrame:
        """`frame` as it was written below this folder: what is lost with an executor is read again, not worked out."""
        at = f"{self.name}/{name}"
        frame.write.mode("overwrite").parquet(at)
        return self._session.read.schema(frame.schema).parquet(at)
