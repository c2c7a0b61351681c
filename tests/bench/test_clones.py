import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copyfile

import pytest

from bench.clones import Copy, Source, put
from onrecord.engine import check_record
from onrecord.store import read_record
from tests import harbour
from tests.web.site import make_record


def numbers(source: Source) -> list[int]:
    """Copies of other worlds: reports without an address that tell of no year are the same in all years of one."""
    return [world * (len(source.years) + 1) + turn for world, turn in ((1, 0), (2, 1), (3, 2))]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clones")
    return make_record(folder / "source.onrecord", harbour.reports(), harbour.analyses())


@pytest.fixture(scope="module")
def grown(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("grown") / "grown.onrecord"
    copyfile(source, path)
    held = Source(source)
    with closing(sqlite3.connect(path, isolation_level=None)) as target:
        for number in numbers(held):
            put(Copy(held, number), target)
    yield path


def test_what_is_grown_is_sound_and_so_many_times_the_source(source: Path, grown: Path) -> None:
    one, many = check_record(source), check_record(grown)
    assert many.faults == ()
    assert (many.reports, many.spans, many.entries) == tuple(
        4 * count for count in (one.reports, one.spans, one.entries)
    )


def test_a_copy_has_other_years_and_in_another_world_other_names(source: Path, grown: Path) -> None:
    held, before, now = Source(source), read_record(source), read_record(grown)
    years = [Copy(held, number).year for number in (0, *numbers(held))]
    assert years[:2] == [held.year] * 2
    assert len(set(years)) == 3
    found = {r.published.earliest.year for r in now.reports if r.published.earliest}
    assert found == set(years)
    names = {e.name for e in before.entities if e.type == "person"}
    others = {e.name for e in now.entities if e.type == "person"} - names
    assert names
    assert others
    assert {len(name) for name in others} <= {len(name) for name in names}


def test_the_days_of_a_copy_fall_on_the_same_weekdays(source: Path) -> None:
    held = Source(source)
    assert held.years
    assert all(held.first.replace(year=year).weekday() == held.first.weekday() for year in held.years)
