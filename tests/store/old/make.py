"""The record files beside this one, each written by the last code of its format: `python -m tests.store.old.make`.

It takes that code out of the history of this repository. A file is made once, when the next format is begun: what a
version wrote does not change any more.
"""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
REPORTS = HERE / "reports.jsonl"
# The last commit that wrote each format.
COMMITS = {1: "b953cdb", 2: "4b5dc80", 3: "4200ac5", 4: "635a8fb", 5: "1ef9c55", 6: "ddc8e94"}
# The first that kept what people say of a record.
CORRECTED = 2
CORRECTION = ("date", "wire-1", "2031-05-06")
BY = "Zbigla Tohrem"


def path_of(number: int) -> Path:
    """Where the file of a format lies, packed."""
    return HERE / f"format-{number}.onrecord.gz"


def unpack(number: int, to: Path) -> Path:
    """The record of a format as a file of its own, at `to`."""
    to.write_bytes(gzip.decompress(path_of(number).read_bytes()))
    return to


def make(number: int, folder: Path) -> None:
    """Write the file of a format by the code that wrote it, which is put into `folder`."""
    line = ["git", "archive", COMMITS[number], "src"]
    packed = subprocess.run(line, cwd=ROOT, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as code:
        code.extractall(folder, filter="data")
    path = folder / "old.onrecord"
    words = [["build", str(REPORTS), "-o", str(path)]]
    if number >= CORRECTED:
        words.append(["fix", str(path), *CORRECTION, "--by", BY])
    for given in words:
        subprocess.run(
            [sys.executable, "-m", "onrecord", *given],
            env=os.environ | {"PYTHONPATH": str(folder / "src")},
            check=True,
        )
    path_of(number).write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


def main() -> None:
    """Make the files that are not there yet."""
    for number in COMMITS:
        if not path_of(number).exists():
            with TemporaryDirectory() as folder:
                make(number, Path(folder))


if __name__ == "__main__":
    main()
