"""The notebook in docs, run anew; `python -m tests.test_notebook docs/first-record.ipynb` stores what it shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.processor import to_the_letter

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "docs" / "first-record.ipynb"
LONGEST = 12

pytestmark = pytest.mark.skipif(not NOTEBOOK.exists(), reason="docs/first-record.ipynb is not part of this copy")


def run(out: Path) -> None:
    """Run the notebook where it stands, and write it to `out` with what it shows."""
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    resources = {"metadata": {"path": str(NOTEBOOK.parent)}}
    with tempfile.TemporaryDirectory() as folder:
        # Files instead of ports: nothing is opened that another machine could reach.
        kernel = AsyncKernelManager(kernel_name="python3", transport="ipc", ip=str(Path(folder, "kernel")))
        NotebookClient(notebook, km=kernel, timeout=300, resources=resources, record_timing=False).execute()
    # Whose Python it was is nobody's business.
    notebook.metadata = {"kernelspec": notebook.metadata["kernelspec"], "language_info": {"name": "python"}}
    nbformat.write(notebook, out)


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def shown(notebook: Any) -> Iterator[tuple[str, list[str]]]:
    """Each cell of code with the text that it shows."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            yield cell.source, [plain(text) for output in cell.outputs for text in texts(output)]


def texts(output: Any) -> Iterator[str]:
    if output.output_type == "stream":
        yield output.text
    for kind in ("text/plain", "text/markdown"):
        if kind in output.get("data", {}):
            yield output.data[kind]


def plain(text: str) -> str:
    """Text without what may differ from one machine or day to the next: paths, days of arrival, last digits."""
    text = re.sub(r"(?<!\w)/[\w./+-]+", "PATH", text)
    text = re.sub(r"in this record since \d{4}-\d\d-\d\d", "in this record since DAY", text)
    return re.sub(r"\b(0\.\d\d)\d+", r"\1", text)


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The notebook, run in a process of its own."""
    folder = tmp_path_factory.mktemp("nb")
    own = {name: str(folder) for name in ("HOME", "IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR")}
    line = [sys.executable, "-m", "tests.test_notebook", str(folder / "again.ipynb")]
    done = subprocess.run(
        line, cwd=ROOT, env=os.environ | own, capture_output=True, encoding="utf-8", check=False, timeout=400
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return read(folder / "again.ipynb")


@to_the_letter
def test_the_notebook_shows_what_is_stored_in_it(again: Any) -> None:
    assert list(shown(again)) == list(shown(read(NOTEBOOK)))


def test_each_cell_of_code_is_short_and_each_but_the_last_shows_something() -> None:
    cells = list(shown(read(NOTEBOOK)))
    assert all(len(source.splitlines()) <= LONGEST for source, _ in cells)
    assert all(outputs for _, outputs in cells[:-1])


def test_nothing_of_the_machine_that_ran_it_is_stored() -> None:
    stored = NOTEBOOK.read_text(encoding="utf-8")
    assert str(ROOT) not in stored
    assert '"output_type": "error"' not in stored


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("<record of 8 reports at /tmp/onrecord-x1/built.onrecord>", "<record of 8 reports at PATH>"),
        ("read with 0.91234, and/or 0.5", "read with 0.91, and/or 0.5"),
        ("in this record since 2031-05-04; 2 reports", "in this record since DAY; 2 reports"),
    ],
)
def test_what_may_differ_is_left_out_of_account(text: str, bare: str) -> None:
    assert plain(text) == bare


if __name__ == "__main__":
    run(Path(sys.argv[1]).resolve())
