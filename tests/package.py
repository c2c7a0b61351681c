"""The built wheel in an environment of its own: `make package` runs this with that environment's Python.

It imports nothing but what was installed, opens no socket, and says what it found.
"""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from importlib.metadata import distributions
from importlib.util import find_spec
from pathlib import Path

MOST = 400_000_000
EXAMPLES = Path(__file__).parents[1] / "examples" / "harbour-crisis" / "reports.jsonl"
# Every socket that Python code opens passes this hook.
BLOCKED = """
import sys
def refuse(event, arguments):
    if event.startswith("socket."):
        raise RuntimeError(event)
sys.addaudithook(refuse)
from onrecord.cli import main
main()
"""


def main() -> None:
    """Leaves with a line that says what is wrong."""
    import onrecord

    package = Path(onrecord.__file__).parent
    site = Path(sysconfig.get_path("purelib"))
    require(package.is_relative_to(site), f"{package} is not what was installed")
    require((package / "py.typed").is_file(), "py.typed is missing: the types are of no use to others")
    names = {d.metadata["Name"].lower() for d in distributions()}
    require("torch" not in names and find_spec("torch") is None, "the default install brings torch")
    size = sum(f.stat().st_size for f in site.rglob("*") if f.is_file() and f.relative_to(site).parts[0] not in OWN)
    require(size < MOST, f"the default install takes {size / 1e6:.0f} MB")
    line = EXAMPLES.read_text(encoding="utf-8").splitlines()[0]
    said = subprocess.run(
        [sys.executable, "-I", "-c", BLOCKED, "extract", "-"], input=line, capture_output=True, text=True, check=False
    )
    require(said.returncode == 0, said.stderr)
    require(bool(json.loads(said.stdout)["attributions"]), "nothing was found in the first example report")
    print(f"{len(names)} packages, {size / 1e6:.0f} MB without pip; reads a report with no socket")


# What a virtual environment has from the start.
OWN = ("pip", "setuptools", "_distutils_hack", "pkg_resources")


def require(holds: bool, otherwise: str) -> None:
    """Leave with `otherwise` unless `holds`."""
    if not holds:
        raise SystemExit(otherwise)


if __name__ == "__main__":
    main()
