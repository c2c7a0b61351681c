from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_socket

from tests import harbour
from tests.browser.driving import find_chromium, open_browser, serve, watch
from tests.web.site import make_record

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent
LACKS = "browser tests were not run: no Chromium (install Debian's package chromium)"


def is_there() -> bool:
    return bool(find_chromium() and find_spec("playwright"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not is_there():
        terminalreporter.write_line(LACKS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if is_there():
        return
    if os.environ.get("ONRECORD_BROWSER") == "require":
        pytest.exit(LACKS, 1)
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=LACKS))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    pytest_socket.enable_socket()
    with open_browser() as opened:
        yield opened
    pytest_socket.disable_socket(allow_unix_socket=True)


@pytest.fixture(autouse=True)
def sockets(browser: Browser) -> Iterator[None]:
    """The browser and the server talk over loopback."""
    pytest_socket.enable_socket()
    yield
    pytest_socket.disable_socket(allow_unix_socket=True)


@pytest.fixture(scope="package")
def harbour_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of the example reports; not to be changed."""
    return make_record(tmp_path_factory.mktemp("browser") / "harbour.onrecord", harbour.reports(), harbour.analyses())


@pytest.fixture(scope="package")
def harbour_site(harbour_record: Path, browser: Browser) -> Iterator[str]:
    """The address of the site of the example reports."""
    with serve(harbour_record) as base:
        yield base


@pytest.fixture
def own_site(harbour_record: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a site of the example reports that may be changed."""
    path = tmp_path / "own.onrecord"
    shutil.copy(harbour_record, path)
    with serve(path) as base:
        yield base


Opener = Callable[..., "Page"]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Opener]:
    """Opens pages of a site, none of which may do anything but show itself."""
    with ExitStack() as closing:
        watched: list[list[str]] = []

        def opener(base: str, at: str = "/", **context: object) -> Page:
            around = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context})  # type: ignore[arg-type]
            closing.callback(around.close)
            page = around.new_page()
            page.set_default_timeout(15_000)
            watched.append(watch(page, base))
            page.goto(base + at)
            return page

        yield opener
        assert [wrong for seen in watched for wrong in seen] == []
