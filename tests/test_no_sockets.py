"""No command opens a socket, nor does any process that it starts: what is read stays on the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "examples" / "harbour-crisis"
# Python runs `sitecustomize` when it starts, and so in every process that a program spawns.
HOOK = """
import os, sys
with open(os.environ["HOOKED"], "a") as out:
    print(os.getpid(), file=out)

REFUSED = {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"}

def refuse(event, args):
    if event in REFUSED or (event == "socket.__new__" and args[1] != 1):
        raise RuntimeError(f"a socket: {event} {args[1:]}")

sys.addaudithook(refuse)
"""
UNIX = "import socket; socket.socket(socket.AF_UNIX).close()"
OPENING = [
    "import socket; socket.socket()",
    "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
    "import socket; socket.getaddrinfo('localhost', 80)",
    "import socket; socket.socket(socket.AF_UNIX).connect('/nowhere')",
    "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
    "import multiprocessing as m, urllib.request as u\n"
    "if __name__ == '__main__':\n"
    "    p = m.get_context('spawn').Process(target=u.urlopen, args=('http://127.0.0.1:9/',))\n"
    "    p.start(); p.join(); raise SystemExit(p.exitcode)",
]


class Watched:
    """Runs Python with the hook in it, and knows in which processes the hook was."""

    def __init__(self, folder: Path) -> None:
        self.hooked = folder / "hooked"
        (folder / "hook").mkdir()
        (folder / "hook" / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
        self.environment = os.environ | {"PYTHONPATH": str(folder / "hook"), "HOOKED": str(self.hooked)}

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        self.hooked.unlink(missing_ok=True)
        line = [sys.executable, *map(str, words)]
        return subprocess.run(
            line, check=False, env=self.environment, capture_output=True, encoding="utf-8", timeout=120
        )

    @property
    def processes(self) -> int:
        return len(set(self.hooked.read_text().split()))


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


def test_build_show_and_export_open_no_socket(watched: Watched, tmp_path: Path) -> None:
    path = tmp_path / "harbour.onrecord"
    built = watched.run("-m", "onrecord", "build", FOLDER, "-o", path, "--workers", 2)
    assert (built.returncode, "socket" in built.stderr) == (0, False), built.stderr
    # The command's own process, two workers, and multiprocessing's tracker of resources where it starts one.
    assert watched.processes >= 3
    shown = watched.run("-m", "onrecord", "show", path, "claims")
    assert (shown.returncode, watched.processes) == (0, 1), shown.stderr
    exported = watched.run("-m", "onrecord", "export", path, "--format", "json", "-o", tmp_path / "harbour.json")
    assert (exported.returncode, watched.processes) == (0, 1), exported.stderr
    assert '"claims":[{' in (tmp_path / "harbour.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("script", OPENING)
def test_the_hook_stops_what_opens_one(watched: Watched, tmp_path: Path, script: str) -> None:
    path = tmp_path / "opens.py"
    path.write_text(script, encoding="utf-8")
    found = watched.run(path)
    assert found.returncode != 0
    assert "RuntimeError: a socket: socket." in found.stderr


def test_the_hook_lets_through_what_stays_on_the_machine(watched: Watched) -> None:
    assert watched.run("-c", UNIX).returncode == 0
