"""The words with which a person points at a fact to the place that they mean."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from onrecord.record import Analysis, FactKind, OnrecordError, Record, Span

_OFFSETS = re.compile(r"(\d+)-(\d+)")
_WORDS = re.compile(r'"(?P<quoted>.*)"(?:#(?P<nth>\d+))?|(?P<bare>.*?)(?:#(?P<last>\d+))?', re.DOTALL)
# A person types a straight mark where the text has a curved one.
_MARKS = {"'": "['’‘]", "’": "['’‘]", '"': '["“”]', "“": '["“”]', "”": '["“”]', "-": "[-‐‑–—]"}
FORMS = 'write KEY, KEY:START-END, KEY:"words of the text", KEY/ID of a fact, or the ID of an entry'


class Pointer(NamedTuple):
    """What is pointed at: a fact by `about` and `id`, whatever stands at `span`, or the whole report."""

    report: str
    about: FactKind | None = None
    id: str = ""
    span: Span | None = None


def read_place(record: Record, place: str) -> tuple[Pointer, ...]:
    """What `place` points at: one thing, or all members of an entry if it is the id of one.

    A place begins with the key or the id of a report. Quotation marks around words may be missing, since a shell takes
    them away; words are found however the text breaks its lines, and a straight mark for a curved one.

    Raises:
        OnrecordError: it points at nothing, or words stand in the report several times and it is not said which.
    """
    reports = {entry.id: [entry.id, *entry.keys] for entry in record.reports}
    begun = {n for names in reports.values() for n in names if place == n or place.startswith((f"{n}:", f"{n}/"))}
    if not begun:
        members = _members(record, place)
        if not members:
            raise _unknown(record, place)
        return members
    name = max(begun, key=len)
    # A name that is an id means that report, whatever else has it as its key.
    called = [name] if name in reports else [id for id, names in reports.items() if name in names]
    if len(called) > 1:
        raise OnrecordError(f'"{name}" is the key of {len(called)} reports, give an id: {", ".join(sorted(called))}')
    analysis = next(a for a in record.analyses if a.id == called[0])
    sign, rest = place[len(name) : len(name) + 1], place[len(name) + 1 :]
    if not sign:
        return (Pointer(analysis.id, "report"),)
    if sign == "/":
        return (_fact(analysis, name, rest),)
    return (Pointer(analysis.id, span=_span(analysis, name, rest)),)


def _members(record: Record, place: str) -> tuple[Pointer, ...]:
    """The members of the entry of that id."""
    return tuple(p for id, members in _entries(record) if id == place for p in dict.fromkeys(members))


def _entries(record: Record) -> Iterator[tuple[str, Iterable[Pointer]]]:
    for event in record.events:
        yield event.id, (Pointer(m.report, "event", m.event) for m in event.members)
    for claim in record.claims:
        yield claim.id, (Pointer(m.report, "attribution", m.attribution) for m in claim.members)
    for story in record.stories:
        yield story.id, (Pointer(report, "report") for report in story.reports)
    at = {(a.id, m.span): e.id for a in record.analyses for e in a.entities for m in e.mentions}
    for entity in record.entities:
        yield (
            entity.id,
            (Pointer(m.report, "entity", at[m.report, m.span]) for m in entity.mentions if (m.report, m.span) in at),
        )


def _unknown(record: Record, place: str) -> OnrecordError:
    known = [n for entry in record.reports for n in (entry.id, *entry.keys)]
    name = re.split("[:/]", place)[0]
    close = " or ".join(f'"{n}"' for n in difflib.get_close_matches(name, known))
    return OnrecordError(
        f'"{place}" begins with no report\'s key and is the id of no entry'
        + (f"; did you mean the report {close}?" if close else f"; {FORMS}")
    )


def _fact(analysis: Analysis, name: str, id: str) -> Pointer:
    about: FactKind
    for about, facts in (("attribution", analysis.attributions), ("event", analysis.events)):
        if any(fact.id == id for fact in facts):
            return Pointer(analysis.id, about, id)
    if any(entity.id == id for entity in analysis.entities):
        return Pointer(analysis.id, "entity", id)
    raise OnrecordError(f'"{name}" has no fact "{id}"; `onrecord export` gives the ids of its facts')


def _span(analysis: Analysis, name: str, words: str) -> Span:
    if found := _OFFSETS.fullmatch(words):
        span = Span(int(found[1]), int(found[2]))
        if not 0 <= span.start < span.end <= len(analysis.text):
            raise OnrecordError(f'"{name}" has {len(analysis.text):,} characters; {words} is no stretch of them')
        return span
    return _quoted(analysis.text, name, words)


def _quoted(text: str, name: str, words: str) -> Span:
    parts = _WORDS.fullmatch(words)
    quote = (parts["quoted"] or parts["bare"] or "").strip() if parts else ""
    if not quote or not parts:
        raise OnrecordError(f'which words of "{name}"? {FORMS}')
    pattern = r"\s+".join("".join(_MARKS.get(c, re.escape(c)) for c in word) for word in quote.split())
    spans = [Span(*m.span()) for m in re.finditer(pattern, text)]
    nth = parts["nth"] or parts["last"]
    if not spans:
        raise OnrecordError(f'"{quote}" does not stand in "{name}"')
    if nth is None and len(spans) > 1:
        raise OnrecordError(f'"{quote}" stands {len(spans)} times in "{name}"; say which: {name}:"{quote}"#2')
    if nth and not 1 <= int(nth) <= len(spans):
        raise OnrecordError(f'"{quote}" stands {_times(len(spans))} in "{name}", there is no #{nth}')
    return spans[int(nth or 1) - 1]


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
