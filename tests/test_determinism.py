"""The same inputs give the same exports, byte for byte, wherever and however they are read.

As a user runs it: each world is a process of its own, with its order of inputs, number of workers, locale, zone and
seed of hashes. That the pipeline itself asks for no order is tested in `test_pipeline` and `engine/test_build`.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from msgspec.structs import replace

from onrecord.export import FOLDERS, FORMATS
from tests import harbour
from tests.engine.reports import make_reports
from tests.ingest.pages.written import page

# Of the examples, the one without a date.
EXAMPLE = "quayside"
# Moments that are another day elsewhere: what a reader of dates might move into the zone of the machine.
PUBLISHED = '<meta property="article:published_time" content="2031-05-04T23:30:00-05:00">'
FEED = """<rss version="2.0"><channel><title>The Tamsin Post</title><item><title>Pier shut</title>
<guid isPermaLink="false">pier-7</guid><pubDate>Sun, 04 May 2031 23:30:00 -0500</pubDate>
<description>&lt;p&gt;“The pier stays shut,” the mayor, Oda Brill, told reporters in Lower Tamsin on Sunday.&lt;/p&gt;
</description></item></channel></rss>"""
MAIL = """From: Port of Tamsin <press@port.example>
Subject: The pier
Date: Mon, 05 May 2031 00:30:00 +1300
Content-Type: text/plain; charset="utf-8"

The port of Tamsin denied on Sunday that its pier would stay shut, and said that Oda Brill had been told so.
"""
TEXT = "The council of Lower Tamsin will meet on 6 May to speak of the pier, its speaker said. Çiğdem İnce was told.\n"

# One process writes all formats of a record: the record, then the folder to write to, then the formats.
EXPORTS = """
import sys
from onrecord.cli import main
record, folder, *formats = sys.argv[1:]
for format in formats:
    sys.argv = ["onrecord", "export", record, "--format", format, "-o", f"{folder}/{format}"]
    try:
        main()
    except SystemExit as ended:
        assert not ended.code, (format, ended.code)
"""


class World(NamedTuple):
    """How a machine is set up, and how the command is given."""

    workers: int = 1
    # Where in the sorted inputs the first stands; those before it come last.
    first: int = 0
    backwards: bool = False
    environment: tuple[tuple[str, str], ...] = ()


PLAIN = World(environment=(("LC_ALL", "C.UTF-8"), ("TZ", "UTC"), ("PYTHONHASHSEED", "0")))
WORLDS = {
    "two workers, far east": World(
        workers=2,
        backwards=True,
        environment=(("LC_ALL", "tr_TR.UTF-8"), ("TZ", "Pacific/Kiritimati"), ("PYTHONHASHSEED", "1")),
    ),
    "four workers, far west, no locale": World(
        workers=4,
        first=3,
        environment=(
            *(("LC_ALL", "POSIX"), ("PYTHONCOERCECLOCALE", "0"), ("PYTHONUTF8", "0")),
            *(("TZ", "Etc/GMT+12"), ("PYTHONHASHSEED", "4242")),
        ),
    ),
}
COMPARED = [*FORMATS, *FOLDERS, "html"]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("inputs")
    lines = (harbour.FOLDER / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    (line,) = (line for line in lines if f'"{EXAMPLE}"' in line)
    (folder / "example.jsonl").write_text(line, encoding="utf-8")
    for number, report in enumerate(make_reports(4)):
        given = replace(report, published=report.published if number else None)
        (folder / f"{report.key}.jsonl").write_bytes(msgspec.json.encode(given))
    (folder / "page.html").write_text(page(head=PUBLISHED), encoding="utf-8")
    (folder / "feed.rss").write_text(FEED, encoding="utf-8")
    (folder / "letter.eml").write_text(MAIL, encoding="utf-8")
    (folder / "council.txt").write_text(TEXT, encoding="utf-8")
    return sorted(map(str, folder.iterdir()))


def run(world: World, *words: str) -> None:
    line = [sys.executable, *words]
    environment = os.environ | dict(world.environment)
    done = subprocess.run(line, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=300)
    assert done.returncode == 0, done.stderr


def hashes(world: World, inputs: list[str], folder: Path) -> dict[str, str]:
    """The hash of each file of each format, by its path within `folder`, of a record built in this world."""
    given = inputs[world.first :] + inputs[: world.first]
    if world.backwards:
        given.reverse()
    record, out = str(folder / "a.onrecord"), folder / "out"
    out.mkdir()
    run(world, "-m", "onrecord", "build", *given, "-o", record, "--workers", str(world.workers))
    run(world, "-c", EXPORTS, record, str(out), *COMPARED)
    files = sorted(found for found in out.rglob("*") if found.is_file())
    return {found.relative_to(out).as_posix(): hashlib.sha256(found.read_bytes()).hexdigest() for found in files}


@pytest.fixture(scope="module")
def expected(inputs: list[str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return hashes(PLAIN, inputs, tmp_path_factory.mktemp("plain"))


def test_every_format_is_compared(expected: dict[str, str]) -> None:
    assert {name.partition("/")[0] for name in expected} >= set(COMPARED)
    # A manifest holds hashes of its own.
    assert {"json.manifest.json", "csv/manifest.json"} <= set(expected)


@pytest.mark.parametrize("name", WORLDS)
def test_another_world_writes_the_same_bytes(
    name: str, inputs: list[str], expected: dict[str, str], tmp_path: Path
) -> None:
    found = hashes(WORLDS[name], inputs, tmp_path)
    assert {path for path in found if found[path] != expected.get(path)} == set()
    assert found == expected
