from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests import harbour
from tests.web.site import make_record, open_site


@pytest.fixture(scope="session")
def harbour_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of the example reports; not to be changed."""
    return make_record(tmp_path_factory.mktemp("web") / "harbour.onrecord", harbour.reports(), harbour.analyses())


@pytest.fixture(scope="session")
def site(harbour_path: Path) -> TestClient:
    """The site of the example reports."""
    return open_site(harbour_path)
