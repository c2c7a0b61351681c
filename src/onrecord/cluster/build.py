"""The order of the work on a cluster: inputs to the tables of a record, and to a record."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from onrecord import pipeline
from onrecord.cluster.affairs import link_reports
from onrecord.cluster.folder import Folder
from onrecord.cluster.inputs import read_inputs
from onrecord.cluster.record import write_record
from onrecord.cluster.reports import extract_reports, merge_reports
from onrecord.cluster.session import open_session
from onrecord.cluster.shapes import MERGED, READ
from onrecord.cluster.tables import count_kinds, write_manifest, write_tables
from onrecord.engine.build import Progress, Summary
from onrecord.ingest import Notice
from onrecord.location import Location
from onrecord.record import OnrecordError
from onrecord.store import is_there

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# What stands beside the output until that is whole.
WORK = ".work"
# Reports of one task; and how many notices are told one by one.
_AT_ONCE, _TOLD = 500, 1_000


def build_on_spark(
    inputs: Sequence[str],
    output: Location,
    record: Location | None = None,
    *,
    master: str | None = None,
    published: str | None = None,
    model: str | None = None,
    knowledge: Sequence[str] = (),
    progress: Progress | None = None,
) -> Summary:
    """Build the record of `inputs` on Spark: as tables in the folder `output`, and as a record at `record` if asked.

    An `output` that is called .onrecord is the record, and there are no tables. Each step is written to a folder in
    the output or beside its file, which all executors must reach; it is taken away at the end. A process or an
    executor that dies costs the work of its tasks, which others do again.

    Raises:
        OnrecordError: Spark is not there, an output is there already or is none, `model` or a file of `knowledge`
            cannot be loaded, or a step fails for good.
    """
    started = time.monotonic()
    out, record = _find_targets(output, record)
    maker = pipeline.Reader(model, knowledge).maker
    with open_session(master) as session:
        target = Folder(session, out) if out is not None else None
        steps = Folder(session, f"{out or record}{WORK}")
        # Where the steps of a build are left, it was interrupted, and is begun anew.
        if not steps.exists():
            for made, is_old in ((out, target and target.exists()), (record, record and is_there(record))):
                if is_old:
                    raise OnrecordError(f"{made} is there already; on Spark all is built anew")
        from pyspark.errors import PySparkException

        try:
            build = _Build(session, steps, maker, progress or _silent)
            summary = build.run(inputs, target, record, published, model, knowledge)
        except PySparkException as error:
            raise OnrecordError(f"Spark: {_in_short(error)}") from error
        steps.delete()
    return msgspec.structs.replace(summary, seconds=time.monotonic() - started)


def _find_targets(output: Location, record: Location | None) -> tuple[str | None, Location | None]:
    """The folder and the record that are to be made.

    Raises:
        OnrecordError: there is no folder among them, nor a file beside which one could stand.
    """
    if isinstance(output, Path):
        if output.suffix != ".onrecord":
            return str(output), record
        if record is None:
            return None, output
    raise OnrecordError(f"{output}: Spark makes a folder, or one new .onrecord; another record with --record FILE")


class _Build:
    """One build, and the folder of its steps."""

    def __init__(self, session: SparkSession, steps: Folder, maker: str, tell: Progress) -> None:
        self._session, self._steps, self._maker, self._tell = session, steps, maker, tell

    def run(
        self,
        inputs: Sequence[str],
        target: Folder | None,
        record: Location | None,
        published: str | None,
        model: str | None,
        knowledge: Sequence[str],
    ) -> Summary:
        self._stage("read")
        self._cut(0)
        items = self._steps.keep("items", read_inputs(self._session, inputs, published))
        given = items.where("report is not null").count()
        self._tell("read", given, given)
        self._cut(given)
        self._stage("extract")
        read = self._extract(items, model, knowledge)
        notices = _collect_notices(items, read)
        if not given:
            return Summary(notices=notices)
        counts = read.where("analysis is not null").count()
        self._tell("extract", counts, counts)
        self._stage("link")
        linked = link_reports(read, self._steps, self._stage)
        if record is not None:
            self._stage("record")
            write_record(record, items, read, linked, self._maker)
        if target is not None:
            self._stage("tables")
            write_tables(target, items, read, linked)
        kinds = count_kinds(linked)
        if target is not None:
            write_manifest(target, self._maker, kinds)
        return Summary(
            given=given,
            new=kinds.get("reports", 0),
            extracted=counts,
            notices=notices,
            reports=kinds.get("reports", 0),
            attributions=kinds.get("statements", 0),
            contacts=kinds.get("contacts", 0),
            claims=kinds.get("claims", 0),
            stories=kinds.get("stories", 0),
        )

    def _stage(self, name: str) -> None:
        self._session.sparkContext.setJobDescription(f"onrecord: {name}")
        self._tell(name, 0, None)

    def _cut(self, reports: int) -> None:
        """Settle in how many parts the work is done."""
        parallel = self._session.sparkContext.defaultParallelism
        self._session.conf.set("spark.sql.shuffle.partitions", str(max(parallel, reports // _AT_ONCE)))

    def _extract(self, items: DataFrame, model: str | None, knowledge: Sequence[str]) -> DataFrame:
        from pyspark.sql import functions as f

        for path in (*knowledge, *([model] if model else ())):
            self._session.sparkContext.addFile(path, recursive=Path(path).is_dir())
        same = items.where("report is not null").groupBy("report")
        merged = same.agg(f.sort_array(f.collect_set("given")), f.first("text")).mapInArrow(merge_reports, MERGED)
        return self._steps.keep("read", merged.mapInArrow(extract_reports(model, knowledge), READ))


def _collect_notices(items: DataFrame, read: DataFrame) -> tuple[Notice, ...]:
    """The first notices, and how many there are beside."""
    notices = items.select("notice").union(read.select("notice")).where("notice is not null")
    first = notices.orderBy("notice").limit(_TOLD).toLocalIterator()
    told = [msgspec.json.decode(row[0], type=Notice) for row in first]
    more = notices.count() - len(told) if len(told) == _TOLD else 0
    return (*told, *([Notice("", None, f"and {more:,} more notices", True)] if more else ()))


def _in_short(error: BaseException) -> str:
    """What a person can do something with: the last cause that a task gave, else the first line."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    causes = [line for line in lines if "Error: " in line and not line.startswith("at ")]
    return (causes or lines or [type(error).__name__])[-1 if causes else 0]


def _silent(stage: str, done: int, total: int | None) -> None:
    """Tell nobody."""
