"""The record of the example reports to the README's pictures: `python -m tests.browser.screenshots RECORD FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from onrecord.store import read_record
from onrecord.views.claims import list_claims
from tests.browser.driving import open_browser, serve


def main(record: Path, folder: Path) -> None:
    """A claim with the tree behind it, and a report with one of its statements opened."""
    held = read_record(record)
    claim = list_claims(held)[0]
    words = claim.evidence[0]
    said = next(a for a in held.analyses if a.id == words.report)
    fact = next(a.id for a in said.attributions if a.content == words.spans)
    folder.mkdir(parents=True, exist_ok=True)
    with serve(record) as base, open_browser() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{base}/claim/{claim.id}")
        page.screenshot(path=folder / "claim.png")
        page.goto(f"{base}/report/{words.report}?fact={fact}")
        page.evaluate("window.scrollTo(0, 0)")
        page.screenshot(path=folder / "report.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
