"""Files that were written to hurt: each is read, or costs itself alone and is listed with its reason."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from onrecord.ingest import Notice, read_reports
from onrecord.record import Report
from tests.ingest.hostile import HOSTILE, READ
from tests.ingest.pages.written import READ as GOOD
from tests.ingest.pages.written import page

Items = list[Report | Notice]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Items]:
    """What became of each, and at its end of the good page that follows it; all are read in one run."""
    folder = tmp_path_factory.mktemp("hostile")
    paths = []
    for number, hostile in enumerate(HOSTILE.values()):
        path, good = folder / f"{number}{hostile.ending}", folder / f"{number}-good.html"
        path.write_bytes(hostile.write())
        good.write_text(page())
        paths += [str(path), str(good)]
    names = iter(HOSTILE)
    items: dict[str, Items] = {}
    here: Items = []
    for item in read_reports(paths):
        here.append(item)
        if isinstance(item, Report) and item.key.endswith("-good"):
            items[next(names)], here = here, []
    return items


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 40


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on processor time there but that on waiting")
@pytest.mark.parametrize("name", HOSTILE)
def test_each_is_read_or_listed_with_its_reason(found: dict[str, Items], name: str) -> None:
    *items, good = found[name]
    outcome = HOSTILE[name].outcome
    if outcome == READ:
        assert any(isinstance(item, Report) for item in items)
    else:
        assert any(outcome in item.reason for item in items if isinstance(item, Notice))
    assert all(len(str(item)) < 200 and str(item).isprintable() for item in items if isinstance(item, Notice))
    # The next one is none the worse for it.
    assert isinstance(good, Report) and good.text == GOOD


def test_nothing_of_another_file_is_read(found: dict[str, Items]) -> None:
    host = Path("/etc/hostname")
    if not host.exists() or not host.read_text().strip():
        pytest.skip("there is no file to be read by mistake")
    for items in (found["an entity of another file"], found["a feed of another file"]):
        assert host.read_text().strip() not in "".join(item.text for item in items if isinstance(item, Report))
