"""ECB+ to analyses whose events are its marked mentions: what linking is learned from, and measured on.

A mention has what the reader finds of it: the event of `find_events` whose trigger it meets, narrowed to its own word;
a mention that is no such event has the parts of its predicate. `id` of an event is the mention's.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from onrecord.attribute import find_attributions
from onrecord.dating import find_hints, find_publication, find_timexes, hang, resolve_timexes
from onrecord.events import find_events
from onrecord.events.actors import Actors
from onrecord.events.kinds import name_kind
from onrecord.events.predicates import Predicate, find_predicates
from onrecord.events.status import Statuses
from onrecord.events.when import Times, days_of
from onrecord.ingest import find_noise
from onrecord.language import Parse, Spans, Tree, find_entities, pack, parse
from onrecord.pipeline import Reader
from onrecord.record import Analysis, Event, Report, Span

# In the corpus words stand apart from marks; the reader is made for texts as they are printed.
_CLOSED = re.compile(r"[,.;:!?)\]%”]|''|'s|'|n't|'re|'ve|'ll|'d|'m")
_OPEN = frozenset(("(", "[", "$", "“"))
_QUOTES = frozenset(("``", "''", '"'))
_INNER = frozenset("-.,:’")
_ADDRESS = "http : / /"


@dataclass(frozen=True, slots=True)
class Marked:
    """One report with its marked mentions; `heads` are the places of their words, `chains` and `lemmas` gold's.

    `told` names the event of the reader that each mention is a trigger of, where there is one.
    """

    topic: int
    subtopic: str
    analysis: Analysis
    heads: Mapping[str, Span]
    chains: Mapping[str, str]
    lemmas: Mapping[str, str]
    told: Mapping[str, str]


def read_marked(folder: Path, split: str, reader: Reader) -> Iterator[Marked]:
    """The reports of a split as `reader` sees them."""
    mentions: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in _lines(folder / "events.jsonl.gz"):
        mentions[one["doc"]].append(one)
    for row in _lines(folder / "reports.jsonl.gz"):
        if row["split"] == split:
            text, places = print_text(row["sents"], {m["sent"] for m in mentions[row["doc"]]})
            heads = {m["id"]: head_of(m, text, places) for m in mentions[row["doc"]]}
            report = Report(id=row["doc"], key=row["doc"], language="en", text=text)
            analysis, told = read_events(report, heads, reader)
            yield Marked(
                topic=row["topic"],
                subtopic=row["subtopic"],
                analysis=analysis,
                heads=heads,
                chains={m["id"]: m["chain"] for m in mentions[row["doc"]]},
                lemmas={m["id"]: m["lemma"].casefold() for m in mentions[row["doc"]]},
                told=told,
            )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def print_text(sentences: Sequence[tuple[int, str]], keep: Set[int]) -> tuple[str, dict[tuple[int, int], Span]]:
    """The sentences as they would be printed, a line each, with the place of each word by sentence and number.

    The address of the page, which stands as a sentence in half of them, is left out; not those of `keep`.
    """
    text, places = "", {}
    for number, line in sentences:
        if line.startswith(_ADDRESS) and number not in keep:
            continue
        quoted, given = False, line.split()
        for k, word in enumerate(given):
            before = given[k - 1] if k else ""
            mark = word in _QUOTES
            closes = mark and quoted and word != "``"
            glued = _CLOSED.fullmatch(word) or closes or before in _OPEN or (before in _QUOTES and quoted)
            inside = k + 1 < len(given) and word in _INNER and before[-1:].isalnum() and given[k + 1][0].isalnum()
            behind = k > 1 and before in _INNER and given[k - 2][-1:].isalnum() and word[0].isalnum()
            whole = (inside and _is_inner(before, word, given[k + 1])) or (
                behind and _is_inner(given[k - 2], before, word)
            )
            text += "" if not k or glued or whole else " "
            quoted = (not closes) if mark else quoted
            printed = '"' if mark else word
            places[number, k] = Span(len(text), len(text) + len(printed))
            text += printed
        text += "\n"
    return text, places


def _is_inner(before: str, mark: str, behind: str) -> bool:
    """Whether a mark stands inside of a word or number that was cut at it: "all - time", "5 : 30", "p . m"."""
    if mark in "-’":
        return mark == "-" or behind in ("s", "t", "re", "ve", "ll", "d", "m")
    numbers = before[-1].isdigit() and behind[0].isdigit() and (mark != "," or len(behind) == 3)
    return numbers or (mark == "." and len(before) == len(behind) == 1)


def head_of(mention: Mapping[str, Any], text: str, places: Mapping[tuple[int, int], Span]) -> Span:
    """The place of a mention's head, its last word where none is that."""
    spans = [places[mention["sent"], k] for k in mention["tok"]]
    return next((s for s in spans if text[slice(*s)] == mention["head"]), spans[-1])


def read_events(report: Report, heads: Mapping[str, Span], reader: Reader) -> tuple[Analysis, dict[str, str]]:
    """The analysis with an event for each of `heads`, and the reader's own event that each belongs to."""
    text = report.text
    parsed = parse(text, reader.model)
    noise = find_noise(text, None)
    entities = find_entities(parsed, noise, None)
    published = find_publication(report)
    timexes = find_timexes(parsed, published)
    hints = find_hints(parsed, timexes, entities, noise, reader.knowledge)
    published = find_publication(report, hints)
    timexes = resolve_timexes(timexes, published)
    attributions, entities = find_attributions(parsed, entities, noise, None, timexes)
    vectors = reader.vectors.of(text)
    events, hung = find_events(parsed, entities, timexes, (), vectors, attributions, published)
    timexes, events = hang(timexes, events, hung, published)
    bare = _Bare(parsed, Actors(parsed, Tree(parsed), entities), Times(parsed, Tree(parsed), timexes))
    told = {m: e.id for m, at in heads.items() if (e := _event_at(events, at)) is not None}
    by_id = {e.id: e for e in events}
    given = [
        replace(by_id[told[m]], id=m, trigger=(at,), evidence=(bare.sentence(at),), contact=None)
        if m in told
        else bare.event(m, at)
        for m, at in heads.items()
    ]
    spans = [*parsed.sentences, *heads.values()]
    analysis = Analysis(
        id=report.id,
        key=report.key,
        url=None,
        outlet=None,
        author=None,
        title=None,
        language="en",
        text=text,
        noise=noise,
        published=published,
        entities=entities,
        timexes=timexes,
        attributions=attributions,
        events=tuple(given),
        hints=hints,
        vectors=pack(spans, vectors.read(spans)),
    )
    return analysis, told


def _event_at(events: Sequence[Event], at: Span) -> Event | None:
    """The event with a trigger there, the most salient of several."""
    return next((e for e in events if any(t.start < at.end and at.start < t.end for t in e.trigger)), None)


class _Bare:
    """What the parse shows of a mention that is no event of the reader."""

    def __init__(self, parsed: Parse, actors: Actors, times: Times) -> None:
        self._parse, self._tree, self._actors, self._times = parsed, Tree(parsed), actors, times
        self._statuses = Statuses(parsed, self._tree)
        found = find_predicates(parsed, self._tree, actors, Spans(()))
        self._predicates = {parsed.tokens[p.word].span: p for p in found}

    def sentence(self, at: Span) -> Span:
        """The sentence around a place."""
        return self._parse.sentences[self._parse.sentence_at(at.start)]

    def event(self, name: str, at: Span) -> Event:
        """The event of the word there, with the parts of its predicate if it is one."""
        one = next((p for s, p in self._predicates.items() if s.start < at.end and at.start < s.end), None)
        plain = Event(
            id=name,
            type=None,
            kind=self._parse.text[slice(*at)].casefold(),
            trigger=(at,),
            actors=(),
            recipients=(),
            intermediaries=(),
            place=None,
            contact=None,
            when=None,
            status="happened",
            within=None,
            evidence=(self.sentence(at),),
            confidence=0.1,
        )
        return self._with_parts(plain, one) if one else plain

    def _with_parts(self, event: Event, one: Predicate) -> Event:
        who, whom = (
            tuple(dict.fromkeys(n for k in p for n in self._actors.of(k))) for p in (one.actors, one.recipients)
        )
        when = self._times.of(one, False)
        return replace(
            event,
            kind=name_kind(self._parse, self._tree, self._actors, one, None, None),
            actors=who,
            recipients=tuple(n for n in whom if n not in who),
            place=next((n for k in one.places if (n := self._actors.name(k))), None),
            when=days_of(when),
            when_by=when.span if when else None,
            status=self._statuses.of(one),
        )
