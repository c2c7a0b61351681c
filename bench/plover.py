"""Events by the whole of `extract` against two corpora: `python -m bench.plover --data FOLDER`.

FOLDER holds `plover/`, single sentences of which each is coded as one event with its actors, and `ecbplus/`, reports
in which all that happened is marked (no PLOVER types). An event answers a coded sentence if its trigger has most of
the words that the coders named, the first event if none has any. `type` is the share of sentences with a right type,
`actor` and `recipient` of the coded names found. In ECB+ reporting verbs may be attributions: they count apart.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.attribution import read_example
from bench.data import Example, Stretch
from onrecord.ingest import report_id
from onrecord.knowledge import find_countries, read_table
from onrecord.pipeline import Reader, extract
from onrecord.record import Analysis, Event, Report

# The names of 2016 to those of 2021; a name that is not here stayed the same.
RENAMED = {"DEMAND": "REQUEST", "INVESTIGATE": "ACCUSE", "DISAPPROVE": "ACCUSE", "FIGHT": "ASSAULT"}
# Where a name of 2016 was split: the old name, words that the coders named, and the types of 2021 that are right, by
# the CAMEO codes in CAMEO2PLOVER-2021.txt. Two types stand where the code and the wording disagree.
SPLIT = (
    ("CONCEDE", "curfew|emergency", ("RETREAT",)),  # 0813, 0814: to ease a curfew, a state of emergency
    ("RETREAT", "resign|resigned", ("CONCEDE",)),  # 0831: to accede to demands for change in leadership
    ("COERCE", "blew up|set fire|demolished", ("ASSAULT",)),  # 1712: to destroy property
    ("COERCE", "kidnapped|human shields", ("ASSAULT",)),  # 181, 184
    ("FIGHT", "forced out", ("COERCE", "ASSAULT")),  # 174 to deport, or 201 mass expulsion; its id has COERCE
    ("FIGHT", "closed borders", ("SANCTION", "COERCE")),  # as below: its id has SANCTION
    ("FIGHT", "retaken|captured|invasion", ("ASSAULT", "COERCE")),  # 190, or 192 to occupy territory
    ("SANCTION", "imposed sanctions", ("SANCTION", "COERCE")),  # 163: COERCE under the heading SANCTION
    ("DISAPPROVE", "arrested|jailed", ("ACCUSE", "COERCE")),  # 1125 to accuse of treason, or 173 to arrest
    ("PROTEST", "tear gas", ("PROTEST", "ASSAULT")),  # 145 a riot, or 175 its violent repression
)
_FILLING = {"the", "a", "an", "of", "in"}


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded sentence: where the words of its event stand, the types that are right (the main one first), its actors.

    `mutual`: the coders name both sides as sources and nobody as target.
    """

    text: str
    words: tuple[Stretch, ...]
    types: tuple[str, ...]
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    mutual: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A marked event of a report: its ACTION type, its tokens and the one that is its head."""

    type: str
    tokens: tuple[Stretch, ...]
    head: Stretch


@dataclass(frozen=True, slots=True)
class Marked:
    """A tokenised report, one sentence a line; `validated` are the sentences in which all events are marked."""

    name: str
    text: str
    validated: tuple[Stretch, ...]
    mentions: tuple[Mention, ...]


def read_plover(path: Path) -> Iterator[Coded]:
    """The coded sentences of the file, without the records that only document it."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for given in json.load(file):
            if given["event"] != "DOCUMENT":
                yield _coded(given)


def _coded(given: dict[str, Any]) -> Coded:
    text, info = given["text"], given.get("textInfo") or ""
    words = places(text, given["eventText"])
    if not words:
        markup = info if isinstance(info, str) else info.get("markup", "")
        words = places(text, " ".join(re.findall(r"\(EVT: ([^(){}]*)", markup)))
    sources, targets = (_names(given.get(key)) for key in ("source", "target"))
    types = map_type(given["event"], given["eventText"])
    return Coded(text, words, types, sources, targets, mutual=len(sources) > 1 and not targets)


def _names(given: Any) -> tuple[str, ...]:
    """The names in a list of actors; for "nobody" the file has null, an empty text or, once, another field's text."""
    return tuple(actor["actorText"] for actor in given) if isinstance(given, list) else ()


def map_type(name: str, words: str) -> tuple[str, ...]:
    """The types of 2021 that are right for a type of 2016 whose event has such `words`, the main one first."""
    for old, pattern, types in SPLIT:
        if old == name and re.search(rf"\b(?:{pattern})\b", words):
            return types
    return (RENAMED.get(name, name),)


def places(text: str, words: str) -> tuple[Stretch, ...]:
    """Where each of `words` stands in `text`, each behind the one before; one that is not there is left out."""
    out: list[Stretch] = []
    for word in words.split():
        pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.I)
        if match := pattern.search(text, out[-1][1] if out else 0):
            out.append(match.span())
    return tuple(out)


def overlap(parts: Sequence[Sequence[int]], words: Sequence[Stretch]) -> int:
    """How many of `words` share a character with one of `parts`."""
    return sum(any(a < end and start < b for a, b in parts) for start, end in words)


def pick_answer(events: Sequence[Event], words: Sequence[Stretch]) -> Event | None:
    """The event whose trigger has most of `words`, the first in the text among equals."""
    ordered = sorted(events, key=lambda e: e.trigger)
    return max(ordered, key=lambda e: overlap(e.trigger, words), default=None)


def same_actor(gold: str, name: str) -> bool:
    """Whether a name stands for the actor that is coded as `gold`.

    It does if it has the last word of `gold` or none that is not in `gold`, or if one of them is but a country, its
    people or the seat of its government and the other speaks of that country ("Hungarian", "officials of Hungary").
    """
    given, found = _words(gold), _words(name)
    if not given or not found:
        return False
    return given[-1] in found or set(found) <= set(given) or _same_country(gold, name) or _same_country(name, gold)


def _words(name: str) -> list[str]:
    plain = re.sub(r"['’]s?(?!\w)|\.", "", name.casefold())
    return [word for word in re.findall(r"\w+", plain) if word not in _FILLING]


def _same_country(country: str, other: str) -> bool:
    """Whether `country` is nothing but one of the words for a country, and `other` speaks of the same."""
    bare = re.sub(r"^(?:the|a|an) |['’]s?$", "", country.strip(), flags=re.I)
    return read_table("country_words").get(bare) in find_countries(other)


def score_plover(pairs: Sequence[tuple[Coded, Sequence[Event]]]) -> dict[str, Any]:
    """The scores of the events found in each coded sentence."""
    n, by_type, right, wrong = Counter[str](), Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    for coded, events in pairs:
        event, gold = pick_answer(events, coded.words), coded.types[0]
        given = (event.type or "no type") if event else "no event"
        n["trigger"] += any(overlap(e.trigger, coded.words) for e in events)
        n["sources"] += len(coded.sources)
        n["targets"] += len(coded.targets)
        n["actor"], n["recipient"] = n["actor"] + _actors(coded, event), n["recipient"] + _recipients(coded, event)
        by_type[gold] += 1
        if given in coded.types:
            right[gold] += 1
        else:
            wrong[gold, given] += 1
    return {
        "records": len(pairs),
        "type": _share(right.total(), len(pairs)),
        "trigger_found": _share(n["trigger"], len(pairs)),
        "actor": _share(n["actor"], n["sources"]),
        "recipient": _share(n["recipient"], n["targets"]),
        "by_type": {t: {"accuracy": _share(right[t], by_type[t]), "count": by_type[t]} for t in sorted(by_type)},
        "confusion": [{"gold": g, "given": t, "count": c} for (g, t), c in wrong.most_common(10)],
    }


def _actors(coded: Coded, event: Event | None) -> int:
    names = (*event.actors, *(event.recipients if coded.mutual else ())) if event else ()
    return sum(any(same_actor(gold, name) for name in names) for gold in coded.sources)


def _recipients(coded: Coded, event: Event | None) -> int:
    names = event.recipients if event else ()
    return sum(any(same_actor(gold, name) for name in names) for gold in coded.targets)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def read_ecbplus(folder: Path, split: str) -> Iterator[Marked]:
    """The reports of a split with the events that are marked in their validated sentences."""
    events: dict[str, list[dict[str, Any]]] = {}
    for given in _lines(folder / "events.jsonl.gz"):
        events.setdefault(given["doc"], []).append(given)
    for given in _lines(folder / "reports.jsonl.gz"):
        if given["split"] == split:
            yield _marked(given, events.get(given["doc"], []))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _marked(report: dict[str, Any], events: Sequence[dict[str, Any]]) -> Marked:
    tokens: dict[int, list[Stretch]] = {}
    at = 0
    for number, sentence in report["sents"]:
        tokens[number] = []
        for token in sentence.split(" "):
            tokens[number].append((at, at + len(token)))
            at += len(token) + 1
    text = "\n".join(sentence for _, sentence in report["sents"])
    validated = tuple((tokens[s][0][0], tokens[s][-1][1]) for s in sorted(report["validated"]))
    mentions = tuple(
        _mention(given["type"], [tokens[given["sent"]][i] for i in given["tok"]], given["head"], text)
        for given in events
        if given["sent"] in report["validated"]
    )
    return Marked(report["doc"], text, validated, mentions)


def _mention(kind: str, tokens: list[Stretch], head: str, text: str) -> Mention:
    """The last token stands for a head that is but a part of a token ("care" of "health-care", in a few mentions)."""
    return Mention(kind, tuple(tokens), next((t for t in tokens if text[slice(*t)] == head), tokens[-1]))


def in_validated(report: Marked, events: Sequence[Event]) -> list[tuple[Stretch, Event]]:
    """The events whose trigger begins in a validated sentence, each behind its sentence, in order."""
    ordered = sorted((e for e in events if e.trigger), key=lambda e: e.trigger)
    return [(s, e) for e in ordered for s in report.validated if s[0] <= e.trigger[0].start < s[1]]


def count_marked(report: Marked, analysis: Analysis) -> Counter[str]:
    """Counts of one report: mentions and those found, by their types; events where all are marked, and the right."""
    triggers = [span for event in analysis.events for span in event.trigger]
    cues = [span for attribution in analysis.attributions for span in attribution.cue]
    out = Counter({"reports": 1})
    for mention in report.mentions:
        found = overlap(triggers, (mention.head,))
        out[f"of {mention.type}"] += 1
        out[f"found {mention.type}"] += found
        if mention.type.endswith("_REPORTING"):
            out["reported"] += found or overlap(cues, (mention.head,))
    marked = [token for mention in report.mentions for token in mention.tokens]
    for _, event in in_validated(report, analysis.events):
        out["events"] += 1
        out["right"] += overlap(event.trigger, marked) > 0
    return out


def score_marked(n: Counter[str]) -> dict[str, Any]:
    """The counts as shares; types that begin with NEG are of what did not happen."""
    types = sorted(key.removeprefix("of ") for key in n if key.startswith("of "))
    reporting = [t for t in types if t.endswith("_REPORTING")]

    def recall(of: Sequence[str]) -> float:
        return _share(sum(n[f"found {t}"] for t in of), sum(n[f"of {t}"] for t in of))

    return {
        "reports": n["reports"],
        "mentions": sum(n[f"of {t}"] for t in types),
        "events": n["events"],
        "trigger_recall": recall([t for t in types if t not in reporting]),
        "trigger_recall_all": recall(types),
        "reporting_recall": _share(n["reported"], sum(n[f"of {t}"] for t in reporting)),
        "trigger_precision": _share(n["right"], n["events"]),
        "by_type": {t: {"recall": recall([t]), "count": n[f"of {t}"]} for t in types},
    }


def show(text: str, sentence: Stretch, event: Event) -> str:
    """A sentence with the trigger of an event in brackets, and what was made of it, for a person to judge."""
    start, end = sentence
    line = text[start:end]
    for a, b in sorted((span for span in event.trigger if span.end <= end), reverse=True):
        line = f"{line[: a - start]}[[{text[a:b]}]]{line[b - start :]}"
    who = f"{', '.join(event.actors) or '-'} > {', '.join(event.recipients) or '-'}"
    return f"{line}\n    {event.type}, {event.kind}: {who} ({event.status})"


def evenly(items: Sequence[str], count: int) -> list[str]:
    """So many of `items`, at even distances."""
    return [items[i * len(items) // count] for i in range(count)] if count < len(items) else list(items)


def bench_plover(folder: Path, reader: Reader) -> dict[str, Any]:
    """Reads the coded sentences, each as a report of its own from the day that all of them bear."""
    pairs = []
    for coded in read_plover(folder / "plover_gsr_cameo.json.gz"):
        name = report_id(None, None, coded.text)
        report = Report(id=name, key=name, language="en", published="2000-01-01", text=coded.text)
        pairs.append((coded, extract(report, reader).events))
    return score_plover(pairs)


def bench_ecbplus(folder: Path, split: str, reader: Reader, sample: int) -> dict[str, Any]:
    """Reads the reports of a split; prints a sample of what it finds to standard error."""
    total, seconds, shown = Counter[str](), 0.0, list[str]()
    for report in read_ecbplus(folder, split):
        started = time.perf_counter()
        analysis = read_example(Example(report.name, report.text), reader)
        seconds += time.perf_counter() - started
        total += count_marked(report, analysis)
        shown += [show(report.text, s, e) for s, e in in_validated(report, analysis.events)]
    for line in evenly(shown, sample):
        print(line, file=sys.stderr)
    speed = round(total["reports"] / seconds, 1) if seconds else 0.0
    return {**score_marked(total), "reports_per_second": speed}


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="dev", help="of ECB+; the coded sentences have none")
    parser.add_argument("--model")
    parser.add_argument("--sample", type=int, default=0, help="also print so many events of ECB+ to standard error")
    args = parser.parse_args()
    reader = Reader(args.model)
    out = {
        "plover": bench_plover(args.data / "plover", reader),
        "ecbplus": bench_ecbplus(args.data / "ecbplus", args.split, reader, args.sample),
    }
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
