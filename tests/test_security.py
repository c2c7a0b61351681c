"""What docs/security.md says of the tests is so: each is there, and the figures are those of the code."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from onrecord.engine.build import BATCH
from onrecord.fetch.fetch import Limits
from onrecord.ingest import feeds, isolation, jsonl, records, report
from onrecord.ingest.pages import caps, lines
from onrecord.store import schema
from onrecord.web import safety
from tests.browser.hostile import list_payloads
from tests.crash.test_crash import TRIALS
from tests.fetch.test_address import REFUSED
from tests.fetch.test_fetch import TRICKS
from tests.fetch.test_public import NOT_PUBLIC
from tests.ingest.test_isolation import KILLERS
from tests.ingest.test_warc_damaged import DAMAGED
from tests.test_pipeline import STRANGE
from tests.web.test_api import EACH, PATHS

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "security.md"
POLICY = ROOT / "SECURITY.md"
PROMISES = 10
# A test as pytest names it.
_TEST = re.compile(r"\b(tests/[\w/]+\.py)::(\w+)")
_PROMISE = re.compile(r"^## (\d+)\. ", re.MULTILINE)
MB = 2**20

pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="docs/security.md is not part of this copy")


@cache
def functions(file: str) -> frozenset[str]:
    """The tests that a file holds."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def named(text: str) -> list[tuple[str, str]]:
    return _TEST.findall(text)


def lacking(text: str) -> list[str]:
    """The tests that a text names and that are not there."""
    return [
        f"{file}::{name}" for file, name in named(text) if not (ROOT / file).exists() or name not in functions(file)
    ]


def read() -> str:
    return PAGE.read_text(encoding="utf-8")


def test_every_test_that_is_named_is_there() -> None:
    assert len(set(named(read()))) > 80
    assert lacking(read()) == []


def test_a_test_that_is_not_there_is_found_out() -> None:
    text = "`tests/test_security.py::test_nothing`, `tests/none.py::test_x`, `tests/test_security.py::read`"
    assert lacking(text) == ["tests/test_security.py::test_nothing", "tests/none.py::test_x"]


def test_each_promise_has_a_test_that_keeps_it() -> None:
    _, *parts = _PROMISE.split(read())
    numbers, texts = parts[::2], parts[1::2]
    assert numbers == [str(number) for number in range(1, PROMISES + 1)]
    assert [number for number, text in zip(numbers, texts, strict=True) if len(named(text)) < 2] == []


FIGURES = {
    f"| {isolation.CPU_SECONDS} seconds |": "processor time of one page",
    f"{isolation.CPU_SECONDS * isolation.WALL_PER_CPU} seconds by the clock": "waiting for a worker",
    f"| {isolation.MEMORY // 2**30} GB |": "memory of a worker",
    f"{report.LONGEST_REPORT // MB} MB, {caps.MOST_ATTRIBUTES:,}, {lines.DEEPEST};": "a page",
    f"{records.LONGEST_RECORD // MB} MB, and {jsonl.HIGHEST_RATIO} times its packed size": "a record of an archive",
    f"{jsonl.LONGEST_LINE // MB} MB, and {jsonl.HIGHEST_RATIO} times its packed size": "a line",
    f"{feeds.MOST_ENTRIES:,} entries": "a feed",
    f"{len(KILLERS)} of them |": "killers",
    f"{len(DAMAGED)} kinds": "damage",
    f"{TRIALS['kill']} kills a run": "kills",
    f"at most {BATCH} reports": "what a kill costs",
    f"{len(STRANGE)} texts": "strange texts",
    f"{len(list_payloads())} payloads": "payloads",
    f"more than {safety.LARGEST // MB} MB at once": "a request",
    f"| {EACH * len(PATHS):,} |": "generated requests",
    f"{len(REFUSED)} refused": "addresses",
    f"{len(NOT_PUBLIC)} refused": "numbers",
    f"{Limits().redirects} redirects at most": "redirects",
    f"{len(TRICKS)} tricks": "tricks of servers",
    f"1 to {len(schema.MIGRATIONS)} so far": "formats",
}


@pytest.mark.parametrize("figure", FIGURES, ids=FIGURES.values())
def test_a_figure_is_that_of_the_code(figure: str) -> None:
    assert figure in read()


@pytest.mark.skipif(not POLICY.exists(), reason="SECURITY.md is not part of this copy")
def test_it_is_said_how_to_tell_of_a_hole() -> None:
    told = POLICY.read_text(encoding="utf-8")
    assert "private security advisory in the repository" in told
    assert "docs/security.md" in told
