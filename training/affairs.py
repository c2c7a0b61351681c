"""Affairs written for this project (affairs/*.jsonl) to reports with marked events, as ECB+ has them.

A line is an affair: passages as several outlets would print them, with the words that tell of an event marked
"[[e1:struck]]"; one number is one event in all passages of the affair.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.event_mentions import Marked, read_events
from onrecord.pipeline import Reader
from onrecord.record import Report, Span

FOLDER = Path(__file__).parent / "affairs"
_FIRST_TOPIC, _A_TOPIC = 1000, 10
_MARK = re.compile(r"\[\[(e\d+):([^\]]+)\]\]")
_WORD = re.compile(r"\w+(?:[-’']\w+)*")


def unmark(marked: str) -> tuple[str, list[tuple[str, Span]]]:
    """A passage as it is printed, and the name of each marked event with its words' place, in order."""
    text, found, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        found.append((mark[1], Span(len(text), len(text) + len(mark[2]))))
        text += mark[2]
        at = mark.end()
    return text + marked[at:], found


def passages(folder: Path = FOLDER) -> Iterator[tuple[str, str, str, list[tuple[str, Span]]]]:
    """Of each passage the affair, the day of its publication, its text and its events."""
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            for passage in json.loads(line)["passages"]:
                yield f"{path.stem}.{number}", passage["published"], *unmark(passage["text"])


def read_affairs(reader: Reader, folder: Path = FOLDER) -> Iterator[Marked]:
    """The passages as `reader` sees them; each ten affairs are a topic, numbered behind those of ECB+."""
    known: dict[str, int] = {}
    for number, (affair, published, text, events) in enumerate(passages(folder)):
        topic = _FIRST_TOPIC + known.setdefault(affair, len(known)) // _A_TOPIC
        heads = {f"{affair}.{number}#{n}": _head(text, at) for n, (_, at) in enumerate(events)}
        name = f"{affair}.{number}"
        report = Report(id=name, key=name, language="en", published=published, text=text)
        analysis, told = read_events(report, heads, reader)
        yield Marked(
            topic=topic,
            subtopic=affair,
            analysis=analysis,
            heads=heads,
            chains={m: f"{affair} {event}" for m, (event, _) in zip(heads, events, strict=True)},
            lemmas={m: text[slice(*at)].casefold() for m, at in heads.items()},
            told=told,
        )


def is_affair(marked: Marked) -> bool:
    """Whether a report is one of these."""
    return marked.topic >= _FIRST_TOPIC


def affairs_of(marked: Sequence[Marked]) -> list[list[str]]:
    """The passages of each affair among `marked`."""
    out: dict[str, list[str]] = defaultdict(list)
    for one in filter(is_affair, marked):
        out[one.subtopic].append(one.analysis.id)
    return list(out.values())


def _head(text: str, at: Span) -> Span:
    """The word of a mark that tells most: the longest, the last of equals."""
    words = [m.span() for m in _WORD.finditer(text, at.start, at.end)]
    return Span(*max(words, key=lambda w: (w[1] - w[0], w[0]))) if words else at
