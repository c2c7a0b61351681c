"""How long the verbs take on a record: `python -m bench.ask --record FILE`.

Without `--record` it is made of reports of an invented newsroom, as in bench.web. Each question opens the record anew,
as the command does; `p50` and `p95` are milliseconds of the answer in this process, over names and ids drawn at random,
`command` those of one whole command, Python's start with it. `rows` is the mean number of rows.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from bench.incremental import SEED, make_record
from bench.newsroom import Analyst, write
from onrecord.ask.brief import find_brief
from onrecord.ask.claims import find_claims
from onrecord.ask.contacts import find_contacts
from onrecord.ask.disputes import find_disputes
from onrecord.ask.events import find_events
from onrecord.ask.frame import Frame
from onrecord.ask.news import find_new
from onrecord.ask.quoted import quote_thing
from onrecord.ask.search import search_like, search_words
from onrecord.ask.shelf import Reading, open_reading
from onrecord.ask.sources import explain
from onrecord.ask.statements import find_said
from onrecord.ask.things import find_thing
from onrecord.ask.trace import trace
from onrecord.record import NothingFound

TIMES = 20
FRAME = Frame(limit=40)
Question = Callable[[Reading, random.Random], object]


def list_questions(record: Path) -> dict[str, Question]:
    """Each verb, asked of somebody or something in the record at random."""
    with open_reading(record) as reading:
        said = reading.statements
        speakers = [name for name in said.speaker.values if name]
        claims, contacts = reading.entries("claims").ids, reading.entries("contacts").ids
        parties = [sorted(who) for who in reading.store.parties().values() if len(who) > 1]
        places = [place for place in reading.entries("events").label.values if place]

    def thing(reading: Reading, ids: list[str], chance: random.Random) -> Any:
        return find_thing(reading, chance.choice(ids))

    return {
        "said": lambda r, c: find_said(r, FRAME, by=c.choice(speakers)),
        "said about": lambda r, c: find_said(r, FRAME, about=c.choice(speakers).split()[-1]),
        "contacts": lambda r, c: find_contacts(r, FRAME, between=c.choice(parties)[:2]),
        "events": lambda r, c: find_events(r, FRAME, place=c.choice(places)),
        "claims": lambda r, c: find_claims(r, FRAME, by=c.choice(speakers)),
        "sources --why": lambda r, c: explain(r, thing(r, claims, c)),
        "trace": lambda r, c: trace(r, thing(r, claims, c)),
        "disputes": lambda r, c: find_disputes(r, FRAME, thing(r, claims, c)),
        "cite": lambda r, c: quote_thing(r, thing(r, contacts, c)),
        "new": lambda r, c: find_new(r, FRAME, date(2000, 1, 1)),
        "search": lambda r, c: search_words(r, FRAME, c.choice(speakers).split()[-1]),
        "search --like": lambda r, c: search_like(r, FRAME, f"what {c.choice(speakers)} said of the harbour"),
        "brief": lambda r, c: find_brief(r, Frame(limit=12), c.choice(parties)[0]),
    }


def measure(record: Path, question: Question) -> dict[str, float]:
    """Milliseconds of a question over TIMES draws, and how much it found."""
    chance = random.Random(SEED)  # noqa: S311
    took, rows = [], []
    for _ in range(TIMES):
        started = time.perf_counter()
        with open_reading(record) as reading:
            try:
                found = question(reading, chance)
            except NothingFound:
                found = ()
        took.append(1000 * (time.perf_counter() - started))
        rows.append(len(getattr(found, "rows", found if isinstance(found, list | tuple) else (found,))))
    took.sort()
    return {
        "p50": round(statistics.median(took), 1),
        "p95": round(took[round(0.95 * (TIMES - 1))], 1),
        "rows": round(statistics.mean(rows), 1),
    }


def time_command(record: Path) -> float:
    """Milliseconds of `onrecord said RECORD --limit 1`, the median of five."""
    line = [sys.executable, "-m", "onrecord", "said", str(record), "--limit", "1"]
    took = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run(line, check=True, capture_output=True)
        took.append(1000 * (time.perf_counter() - started))
    return round(statistics.median(took), 1)


def main() -> int:
    """The program."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", help="not needed: the reports are generated")
    parser.add_argument("--record", type=Path)
    parser.add_argument("--reports", type=int, default=2000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        record = given.record or Path(folder) / "ask.onrecord"
        if given.record is None:
            make_record(record, list(write(given.reports, SEED)), Analyst(Path(folder)))
        found: dict[str, Any] = {name: measure(record, ask) for name, ask in list_questions(record).items()}
        with open_reading(record) as reading:
            found["reports"], found["statements"] = len(reading.entries("reports").ids), len(reading.statements.id)
        found["command"] = time_command(record)
    print(json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
