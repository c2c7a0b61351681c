"""The record to a report that a person reads: stories, contacts, claims with who stands behind them, what differs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from onrecord.record import Record, Story
from onrecord.terminal.flat import escape_markdown
from onrecord.views.calls import Call, list_calls
from onrecord.views.chains import CAUTION
from onrecord.views.claims import ClaimRow, list_claims
from onrecord.views.disagreements import MISSING, DisagreementRow, list_disagreements
from onrecord.views.index import Evidence, Index
from onrecord.views.wording import join_words, word_count, word_days

# What begins a list, a heading or a rule where it stands first.
_BEGINS = re.compile(r"^(\d*)([-+=.)])")


def write_markdown(record: Record, out: BinaryIO) -> None:
    """The whole as CommonMark, the words of the reports escaped, UTF-8."""
    out.write("\n".join([*_lines(record), ""]).encode())


def _lines(record: Record) -> Iterator[str]:
    index = Index(record)
    yield f"# {word_count(len(record.reports), 'report', 'reports')} on record"
    yield from ("", escape_markdown(CAUTION))
    yield from _section("Stories", (line for story in record.stories for line in _story(story, index)))
    yield from _section("Contacts", (line for call in list_calls(record) for line in _call(call)))
    yield from _section("Claims", (line for claim in list_claims(record) for line in _claim(claim)))
    yield from _section("Disagreements", (line for d in list_disagreements(record) for line in _disagreement(d)))


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield from ("", f"## {title}")
    held = list(lines)
    yield from held or ("", "None found.")


def _story(story: Story, index: Index) -> Iterator[str]:
    yield from ("", f"### {_plain(story.title)}", "")
    if words := word_days(story.earliest, story.latest):
        yield from (words, "")
    yield from (f"- {_plain(label)}" for label in index.labels(story.reports))


def _call(call: Call) -> Iterator[str]:
    parties = join_words([_plain(p) for p in call.participants])
    yield from ("", f"### {_plain(call.when)}: {call.kind} between {parties}", "")
    yield from _facts(status=call.status, standing=call.standing, place=call.place, topics=", ".join(call.topics))
    yield from _facts(origins=join_words(call.origins))
    yield from _quotes(call.told_in)
    yield from (
        f"- {_plain(s.speaker)}{f', {_plain(s.stance)}' if s.stance else ''}: {_plain(s.words)}"
        for s in call.statements
    )


def _claim(claim: ClaimRow) -> Iterator[str]:
    yield from ("", f"### {_plain(claim.text)}", "")
    yield from _facts(author=claim.author, standing=claim.standing, origins=join_words(claim.origins))
    yield from _facts(**{"don't say": join_words(claim.untraced)})
    yield from (f"- {_plain(doubt)}" for doubt in claim.doubts)
    yield from _quotes(claim.evidence)


def _disagreement(row: DisagreementRow) -> Iterator[str]:
    yield from ("", f"### {_plain(row.kind_words)}", "", _plain(row.why), "")
    yield f"- {_plain(row.a)}"
    yield f"- {_plain(row.b or MISSING.get(row.kind, ''))}"


def _facts(**told: str | None) -> Iterator[str]:
    yield from (f"- {name}: {_plain(value)}" for name, value in told.items() if value)


def _quotes(words: Iterable[Evidence]) -> Iterator[str]:
    yield from (f"- {_plain(w)}" for w in words)


def _plain(value: object) -> str:
    """Text that begins no list or block of its own."""
    text = escape_markdown(str(value))
    return _BEGINS.sub(r"\1\\\2", text)
