from pathlib import Path

import pytest

from tests import harbour
from tests.store.filled import fill
from tests.web.site import make_record


@pytest.fixture(scope="session")
def grain_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of `tests.records`; not to be changed."""
    return fill(tmp_path_factory.mktemp("export") / "grain.onrecord")


@pytest.fixture(scope="session")
def harbour_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of the example reports; not to be changed."""
    return make_record(tmp_path_factory.mktemp("export") / "demo.onrecord", harbour.reports(), harbour.analyses())
