"""How long the pages of a record take with many readers at once: `python -m bench.web --record FILE`.

Without `--record` the record is made of reports of an invented newsroom, as in bench.incremental. The server runs as a
user starts it. For each view, `--clients` readers ask for pages of it drawn at random (filters, places in the list,
ids); `mixed` draws from all views, and so does `crowd`, for 50 readers. A reader asks again `--pause` seconds after an
answer: with none at all, what is measured is how much one core can do. Milliseconds are of the whole answer; `kb` is
the largest page.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.incremental import SEED, make_record
from bench.newsroom import Analyst, write
from onrecord.store import Store

STATIC = Path(__file__).parents[1] / "src/onrecord/web/static"
# What the browser loads beside a page, once.
ASSETS = ("style.css", "views.css", "reader.css", "pictures.css", "htmx.min.js", "page.js")

# Readers at once in `crowd`, whatever `--clients` says.
CROWD = 50

Draw = Callable[[random.Random], str]


def list_views(record: Path) -> dict[str, Draw]:
    """What a reader may ask of each view of a record, drawn at random."""
    with Store.open(record) as store:
        held = store.catalogue()
        said = held.statement_columns()
        kinds = ("reports", "claims", "contacts", "entities", "stories")
        ids = {kind: held.entry_columns(kind).ids for kind in kinds}
    size = {"reports": len(ids["reports"]), "statements": len(said.id), "claims": len(ids["claims"])}

    def listed(name: str, number: int, *filters: Draw) -> Draw:
        def draw(chance: random.Random) -> str:
            chosen = [f(chance) for f in filters if chance.random() < 0.5]
            return f"/{name}?page={chance.randint(1, max(1, number // 40))}" + "".join(f"&{c}" for c in chosen)

        return draw

    def one(name: str, kind: str) -> Draw:
        return lambda chance: f"/{name}/{chance.choice(ids[kind])}"

    def outlet(chance: random.Random) -> str:
        return f"outlet={http_quote(chance.choice(said.outlet.values))}"

    def speaker(chance: random.Random) -> str:
        return f"speaker={http_quote(chance.choice(said.speaker.values))}"

    def words(chance: random.Random) -> str:
        return f"q={http_quote(chance.choice(said.speaker.values).split()[-1])}"

    def story(chance: random.Random) -> str:
        return f"story={chance.choice(ids['stories'])}"

    return {
        "start": lambda chance: f"/?page={chance.randint(1, 20)}",
        "reports": listed("reports", size["reports"], outlet),
        "report": one("report", "reports"),
        "timeline": listed("timeline", size["statements"], story),
        "calls": listed("calls", len(ids["contacts"]), story),
        "statements": listed("statements", size["statements"], outlet, speaker, words),
        "claims": listed("claims", size["claims"], words),
        "claim": one("claim", "claims"),
        "disagreements": listed("disagreements", size["reports"] // 4),
        "expectations": listed("expectations", size["reports"] // 2),
        "absent": listed("absent", 200),
        "people": listed("people", len(ids["entities"])),
        "entity": one("entity", "entities"),
        "api": lambda chance: f"/api/statements?page={chance.randint(1, max(1, size['statements'] // 40))}",
    }


def http_quote(text: str) -> str:
    """`text` as an address holds it."""
    from urllib.parse import quote

    return quote(text[:200], safe="")


@contextmanager
def serve(record: Path) -> Iterator[tuple[int, float, int]]:
    """Port of a server of `record`, the seconds until it answered, and its process."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "onrecord", "serve", str(record), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        line = server.stdout.readline().strip()
        try:
            yield int(line.rstrip("/").rsplit(":", 1)[1]), time.perf_counter() - started, server.pid
        finally:
            server.terminate()


def ask(port: int, draws: Sequence[Draw], clients: int, requests: int, pause: float) -> dict[str, Any]:
    """What `requests` requests by so many clients took, in milliseconds, and how many failed."""
    took: list[float] = []
    sizes: list[int] = []
    failed: list[str] = []

    def read(number: int) -> None:
        chance = random.Random(f"{SEED}/{number}")  # noqa: S311
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for _ in range(requests // clients):
            at = chance.choice(draws)(chance)
            started = time.perf_counter()
            connection.request("GET", at)
            answer = connection.getresponse()
            size = len(answer.read())
            took.append((time.perf_counter() - started) * 1000)
            sizes.append(size)
            if answer.status != 200:
                failed.append(f"{answer.status} {at}")
            time.sleep(chance.uniform(0, 2 * pause))

    readers = [threading.Thread(target=read, args=(n,)) for n in range(clients)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    took.sort()
    return {
        "p50": round(took[len(took) // 2], 1),
        "p95": round(took[int(len(took) * 0.95)], 1),
        "p99": round(took[int(len(took) * 0.99)], 1),
        "max": round(took[-1], 1),
        "kb": round(max(sizes) / 1024, 1),
        "failed": failed[:5],
    }


def peak_mb(process: int) -> float:
    """The most memory that a process has held."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return round(int(next(s for s in status.splitlines() if s.startswith("VmHWM")).split()[1]) / 1024, 1)


def main() -> int:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", help="not needed: the reports are generated")
    parser.add_argument("--record", type=Path)
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--pause", type=float, default=0.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        record = given.record or Path(folder) / "web.onrecord"
        if given.record is None:
            make_record(record, list(write(given.reports, SEED)), Analyst(Path(folder)))
        views = list_views(record)
        with serve(record) as (port, ready, process):
            found: dict[str, Any] = {"clients": given.clients, "pause": given.pause, "ready_seconds": round(ready, 2)}
            first = {name: ask(port, [draw], 1, 1, 0)["max"] for name, draw in views.items()}
            alone = {name: ask(port, [draw], 1, 20, 0)["p50"] for name, draw in views.items()}
            for name, draw in views.items():
                told = ask(port, [draw], given.clients, given.requests, given.pause)
                found[name] = {**told, "alone_p50": alone[name], "first": first[name]}
            every = list(views.values())
            found["mixed"] = ask(port, every, given.clients, given.requests * 4, given.pause)
            found["crowd"] = {"clients": CROWD, **ask(port, every, CROWD, CROWD * 10, given.pause)}
            found["peak_mb"] = peak_mb(process)
    found["assets_kb"] = round(sum((STATIC / name).stat().st_size for name in ASSETS) / 1024, 1)
    found["reader_page_kb"] = round(found["report"]["kb"] + found["assets_kb"], 1)
    print(json.dumps(found, indent=1))
    return 1 if any(v["failed"] for v in found.values() if isinstance(v, dict)) else 0


if __name__ == "__main__":
    sys.exit(main())
