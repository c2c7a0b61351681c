"""Contacts of short invented reports: `python -m bench.contact_texts [--data FOLDER] [--misses N]`.

FOLDER holds `read.jsonl` and `aside.jsonl` (by default `bench/contact_texts`), each line a report with its day and the
contacts that a careful reader would list; both were written by another hand, who knew nothing of the rules. The misses
of `read` were read while rules were made, those of `aside` were not.

A contact is found by one of the same or an akin kind (a virtual meeting is akin to a call and to a meeting, a visit to
a meeting) two of whose parties bear names of two of gold's, matched one to one. Among those found, `kind` is the share
with gold's own kind, `day` the share with just gold's day where gold has one, and `status` the share with its status
(what did not take place may be denied or not yet). Precision is over all that were given but talks with the outlet.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from bench.contacts import words
from onrecord.ingest import report_id
from onrecord.pipeline import Reader, extract
from onrecord.record import Event, Interval, Report

Row = Mapping[str, object]
_AKIN = {
    frozenset(("visit", "meeting")),
    frozenset(("virtual_meeting", "meeting")),
    frozenset(("virtual_meeting", "call")),
}


def same_name(gold: str, given: str) -> bool:
    """Whether two names share a last word, or one holds all words of the other."""
    a, b = words(gold), words(given)
    return bool(a and b) and (a[-1] == b[-1] or set(a) <= set(b) or set(b) <= set(a))


def finds(gold: Row, event: Event) -> bool:
    """Whether an event is the contact: its kind, and two of its parties by two different names."""
    kind, own = str(gold["kind"]), str(event.contact)
    if kind != own and frozenset((kind, own)) not in _AKIN:
        return False
    names = [*event.actors, *event.recipients]
    free, held = set(range(len(names))), 0
    for party in gold["participants"]:  # type: ignore[attr-defined]
        at = next((n for n in sorted(free) if same_name(party, names[n])), None)
        if at is not None:
            free.discard(at)
            held += 1
    return held >= 2


def score(row: Row, events: Sequence[Event]) -> Counter[str]:
    """What was found of one report, and how much of that is right."""
    gold: list[Row] = list(row["contacts"])  # type: ignore[call-overload]
    left = [e for e in events if e.contact and row.get("outlet") not in (*e.actors, *e.recipients)]
    out: Counter[str] = Counter(gold=len(gold), given=len(left))
    for one in gold:
        # The one with the right day before others: two calls of the same two are two.
        found = sorted((e for e in left if finds(one, e)), key=lambda e: not _on_day(one, e))
        if not found:
            continue
        event = found[0]
        left.remove(event)
        out += Counter(
            found=1, kind=event.contact == one["kind"], status=_dropped(event.status) == _dropped(str(one["status"]))
        )
        if one["day"]:
            out += Counter(dated=1, day=_on_day(one, event))
    return out


def _dropped(status: str) -> str:
    """What did not take place may be told of as denied or as not yet."""
    return "not_yet" if status == "denied" else status


def _on_day(gold: Row, event: Event) -> bool:
    day = gold["day"]
    return (
        event.when == Interval(date.fromisoformat(str(day)), date.fromisoformat(str(day)))
        if day
        else event.when is None
    )


def shares(total: Mapping[str, int]) -> dict[str, float]:
    """Counts as shares: precision, recall and F1, and of what was found the right kind, day and status."""

    def part(a: str, b: str) -> float:
        return round(total.get(a, 0) / total[b], 4) if total.get(b) else 0.0

    out: dict[str, float] = {"gold": total.get("gold", 0), "given": total.get("given", 0)}
    out |= {"precision": part("found", "given"), "recall": part("found", "gold")}
    both = out["gold"] + out["given"]
    out["f1"] = round(2 * total.get("found", 0) / both, 4) if both else 0.0
    return out | {"kind": part("kind", "found"), "status": part("status", "found"), "day": part("day", "dated")}


def read_rows(file: Path) -> list[Row]:
    """The reports of a file, in order."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def report_of(row: Row) -> Report:
    """A row as it is given to `extract`."""
    name, text = str(row["id"]), str(row["text"])
    outlet = str(row["outlet"]) if row.get("outlet") else None
    given = str(row["published"])
    key = report_id(None, None, text)
    return Report(id=key, key=name, language="en", outlet=outlet, published=given, text=text)


def describe(row: Row, events: Sequence[Event]) -> str:
    """A report, what it tells and what was found, over several lines."""
    lines = [f"{row['id']} {row['published']} {row['text']}"]
    lines += [f"   gold {c['kind']} {c['participants']} {c['day']} {c['status']}" for c in row["contacts"]]  # type: ignore[attr-defined]
    for e in events:
        if e.contact:
            when = f"{e.when.earliest}/{e.when.latest}" if e.when else None
            lines.append(f"   ours {e.contact} {[*e.actors, *e.recipients]} {when} {e.status}")
    return "\n".join(lines)


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).parent / "contact_texts")
    parser.add_argument("--misses", type=int, default=0, help="print that many wrong reports of those that were read")
    args = parser.parse_args()
    reader, figures = Reader(), {}
    for name in ("read", "aside"):
        total, shown = Counter[str](), 0
        for row in read_rows(args.data / f"{name}.jsonl"):
            events = extract(report_of(row), reader).events
            one = score(row, events)
            total += one
            wrong = not one["gold"] == one["given"] == one["found"] == one["status"] or one["day"] < one["dated"]
            if name == "read" and wrong and shown < args.misses:
                print(describe(row, events), file=sys.stderr)
                shown += 1
        figures[name] = shares(total)
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
