"""Chromium and a server of the record, for tests and for the pictures in the README."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Without these it would ask its maker's hosts for things at every start.
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-quic"),
)
AXE = Path(__file__).parent / "axe.min.js"


def find_chromium() -> str | None:
    """Where the browser is; None where there is none."""
    named = os.environ.get("CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def open_browser() -> Iterator[Browser]:
    """The browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def serve(record: Path) -> Iterator[str]:
    """The address of a server of `record`, without its last slash."""
    command = [sys.executable, "-m", "onrecord", "serve", str(record), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            yield server.stdout.readline().strip().rstrip("/")
        finally:
            server.terminate()


def watch(page: Page, base: str) -> list[str]:
    """What a page does that none of ours may do, as it happens: errors, dialogs, requests to other places."""
    wrong: list[str] = []

    def asked(request: Any) -> None:
        if not request.url.startswith((f"{base}/", "file://")):
            wrong.append(f"asked for {request.url}")

    def said(message: Any) -> None:
        # That a page is not there is said by its status, which the tests look at.
        if message.type == "error" and "Failed to load resource" not in message.text:
            wrong.append(message.text)

    def opened(dialog: Any) -> None:
        wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("request", asked)
    page.on("console", said)
    page.on("dialog", opened)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    return wrong


def find_serious(page: Page) -> list[str]:
    """What axe-core finds on a page that is serious or critical, with the first place of each."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:200]} {v['nodes'][0].get('failureSummary', '')[:300]}"
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
    ]
