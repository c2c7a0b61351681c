from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.ask.shelf import Reading, open_reading
from tests import harbour
from tests.ask.asking import RECORD, put
from tests.web.site import make_record


@pytest.fixture(scope="session")
def mine_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of `asking`; not to be changed."""
    return put(tmp_path_factory.mktemp("ask") / "mine.onrecord", RECORD)


@pytest.fixture(scope="session")
def mine(mine_path: Path) -> Iterator[Reading]:
    with open_reading(mine_path) as reading:
        yield reading


@pytest.fixture(scope="session")
def harbour_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of the example reports; not to be changed."""
    return make_record(tmp_path_factory.mktemp("ask") / "harbour.onrecord", harbour.reports(), harbour.analyses())


@pytest.fixture(scope="session")
def quay(harbour_path: Path) -> Iterator[Reading]:
    with open_reading(harbour_path) as reading:
        yield reading
