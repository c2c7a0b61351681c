"""Rows of a view to tables that are made to be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from onrecord.terminal.printable import on_one_line
from onrecord.views.absent import AbsentRow
from onrecord.views.calls import Call
from onrecord.views.claims import ClaimRow
from onrecord.views.disagreements import MISSING, DisagreementRow
from onrecord.views.expectations import ExpectationRow
from onrecord.views.index import Evidence, When
from onrecord.views.sources import OriginRow
from onrecord.views.statements import Statement
from onrecord.views.timeline import Moment
from onrecord.views.wording import word_count

# A line longer than this is hard to read back from its end to the start of the next.
WIDEST = 140
# Of a longer list inside a cell the rest is counted; the other formats hold all of it.
MOST = 5
Layout = Callable[[Sequence[Any]], RenderableType]

QUIET, STRONG, DAY, STANCE = "dim", "bold", "cyan", "yellow"


def print_rows(console: Console, title: str, layout: Layout, rows: Sequence[Any], summary: str) -> None:
    """The rows under their title and the answer in a line, with what a reader must know below."""
    width = min(console.width, WIDEST)
    console.print(line(title, STRONG), line(summary, QUIET), "", sep="\n", width=width)
    console.print(layout(rows), width=width)
    for note in notes(rows):
        console.print(note, width=width)


def line(text: str | None, style: str = "") -> Text:
    """Text of a report, shown as it is: neither markup nor an escape in it has effect."""
    return Text(on_one_line(text or ""), style=style)


def stack(*lines: Text | None) -> Text:
    """Those lines that hold anything, one below the other."""
    return Text("\n").join(text for text in lines if text)


def calls(rows: Sequence[Call]) -> RenderableType:
    """A sheet for each contact, day and kind on top."""
    return Group(*(sheet_of(row, call_lines(row)) for row in rows))


def sheet_of(row: Call, lines: Iterable[tuple[str, RenderableType | None]]) -> RenderableType:
    """A contact under its day and kind: its lines, each behind its label, those that hold anything."""
    head = Text("  ").join((line(str(row.when), f"{STRONG} {DAY}"), line(row.kind, STRONG), line(row.ref, QUIET)))
    sheet = Table.grid(padding=(0, 2))
    sheet.add_column(style=QUIET, width=10)
    sheet.add_column(ratio=1)
    for label, value in lines:
        if value:
            sheet.add_row(label, value)
    return Group(Rule(head, align="left", characters="─", style=QUIET), Padding(sheet, (0, 0, 1, 2)))


def call_lines(row: Call) -> Iterable[tuple[str, Text]]:
    """The lines of a call sheet, with their labels."""
    return ((label, stack(*lines)) for label, lines in _call_lines(row))


def _call_lines(row: Call) -> Iterable[tuple[str, Sequence[Text]]]:
    who = [Text.assemble(line(p.name, STRONG), *_roles(p.roles)) for p in row.participants]
    yield "between", who
    yield "through", [line(name) for name in row.intermediaries]
    yield "in", [line(row.place)]
    yield "status", [line(row.status)]
    yield "behind it", [_standing(row.standing, row.confidence), *some([line(f"· {name}") for name in row.origins])]
    yield "topics", [line("; ".join(row.topics))]
    yield "told in", some([Text.assemble(line(e.label), ": ", line(e.quote, QUIET)) for e in row.told_in])
    yield "said in it", [_said(statement) for statement in row.statements]


def _roles(roles: Sequence[str]) -> Iterable[Text]:
    return [Text(", "), line("; ".join(roles))] if roles else []


def _said(row: Statement) -> Text:
    """Speaker, stance and words, and where they stand."""
    who = Text(", ").join(filter(None, [line(row.speaker, STRONG), line(row.stance, STANCE)]))
    where = "; ".join(filter(None, (row.words.label, _also(row))))
    return Text.assemble(who, ": ", line(row.words.quote), " ", line(f"[{where}]", QUIET))


def _also(row: Statement) -> str:
    return f"also in {word_count(len(row.also), 'other report', 'other reports')}" if row.also else ""


def timeline(rows: Sequence[Moment]) -> RenderableType:
    """A line of time: each day once, and what belongs to it beside it."""
    table = table_of(("when", 5), ("what", 15), ("told by", 7), show_lines=False)
    days = [str(row.when) for row in rows]
    for row, before, here, after in zip(rows, ["", *days], days, [*days[1:], ""], strict=False):
        # A blank line parts what lies on one day, a rule the days.
        gap = Text(" ") if here == after else None
        what = Text(": ").join(filter(None, [line(row.kind, STRONG), line(row.who)]))
        status = line(row.status, STANCE if row.kind == "statement" else QUIET)
        table.add_row(
            day(row.when) if here != before else "",
            stack(what, line(row.words.quote), Text("  ").join(filter(None, (status, line(row.ref, QUIET)))), gap),
            stack(line(row.standing), *some(_reports(row.reports)), gap),
            end_section=gap is None,
        )
    return table


def statements(rows: Sequence[Statement]) -> RenderableType:
    """Who, the words, when they were said, and the report that holds them."""
    table = table_of(("who", 7), ("words", 10), ("said", 5), ("report", 6))
    for row in rows:
        manner = " ".join(filter(None, (f"to {row.addressee}" if row.addressee else "", row.channel)))
        table.add_row(
            stack(line(row.speaker, STRONG), _class(row), chain_of(row.chain), line(manner, QUIET)),
            stack(line(row.words.quote), line(row.stance, STANCE), line(row.ref, QUIET)),
            day(row.said),
            stack(*_report(row.words), line(_also(row), QUIET), line(f"read with {row.confidence:.0%}", QUIET)),
        )
    return table


def claims(rows: Sequence[ClaimRow]) -> RenderableType:
    """The words, their author and the id to ask for, and what stands behind them and might be less than it seems."""
    table = table_of(("claim", 11), ("behind it", 9))
    for row in rows:
        origins = [line(f"· {name}") for name in row.origins]
        untraced = [line("no source stated in:", QUIET), *some(_reports(row.untraced))] if row.untraced else []
        told = [line(f"· {e}", QUIET) for e in row.evidence if e.quote != row.text]
        doubts = [line(doubt, STANCE) for doubt in row.doubts]
        table.add_row(
            stack(line(row.text), line(f"— {row.author}", STRONG), line(row.ref, QUIET), *some(told)),
            stack(_standing(row.standing, row.confidence), *some(origins), *untraced, *doubts),
        )
    return table


def sources(rows: Sequence[OriginRow]) -> RenderableType:
    """Each origin, how much rests on it, and the first of its words."""
    table = table_of(("origin", 6), ("rests on it", 7), ("first words", 10))
    for row in rows:
        counts = (
            word_count(row.statement_count, "statement", "statements") if row.statement_count else "",
            word_count(row.event_count, "event", "events") if row.event_count else "",
        )
        reports = word_count(row.report_count, "report", "reports")
        table.add_row(
            stack(line(row.name, STRONG), line(row.class_words, QUIET)),
            stack(line(", ".join(filter(None, (reports, *counts)))), *some(_reports(row.reports))),
            quoted(row.words) if row.words else line("tells of events only", QUIET),
        )
    return table


def disagreements(rows: Sequence[DisagreementRow]) -> RenderableType:
    """Both sides beside one another, and between which of their words the matter lies."""
    table = table_of(("", 6), ("one side", 10), ("the other", 10))
    for row in rows:
        table.add_row(
            stack(line(row.kind_words, STANCE), line(row.why, QUIET), line(row.ref, QUIET)),
            quoted(row.a),
            quoted(row.b) if row.b else line(MISSING.get(row.kind, MISSING["omission"]), STANCE),
        )
    return table


def expectations(rows: Sequence[ExpectationRow]) -> RenderableType:
    """Who expected what and until when, and what is on record of it."""
    table = table_of(("when", 5), ("who", 6), ("words", 10), ("came of it", 7))
    for row in rows:
        table.add_row(
            day(row.window),
            stack(line(row.speaker, STRONG), line(row.kind, STANCE), chain_of(row.chain)),
            quoted(row.words),
            stack(line(row.outcome), *_came(row)),
        )
    return table


def _came(row: ExpectationRow) -> Iterable[Text | None]:
    """The event and its day, if it has happened: beside "nothing on record of it yet" it would read as if it had."""
    return [line(row.event, QUIET), day(row.event_when)] if row.event_when else []


def absent(rows: Sequence[AbsentRow]) -> RenderableType:
    """Each source to look for, what hangs on it with the first of its words, and who cites it."""
    table = table_of(("source", 7), ("what it would settle", 9), ("cited by", 6))
    for row in rows:
        table.add_row(
            stack(line(row.title, STRONG), line(row.class_words, QUIET)),
            stack(line(row.settles, STANCE), quoted(row.words) if row.words else None),
            stack(line(word_count(row.cited_by_count, "report", "reports")), *some(_reports(row.cited_by))),
        )
    return table


LAYOUTS: dict[str, Layout] = {
    "calls": calls,
    "timeline": timeline,
    "statements": statements,
    "claims": claims,
    "sources": sources,
    "disagreements": disagreements,
    "expectations": expectations,
    "absent": absent,
}


def notes(rows: Sequence[Any]) -> Iterable[Text]:
    """What a reader must know of the rows: reasons for worked-out dates, where to ask on, whom a name doesn't name."""
    fields = [getattr(row, name) for row in rows for name in row.__struct_fields__]
    reasons = dict.fromkeys(reason for field in fields if isinstance(field, When) for reason in field.basis)
    if reasons:
        yield line("Worked-out dates:", QUIET)
        yield from (line(f"  {reason}", QUIET) for reason in reasons)
    if any("←" in field for field in fields if isinstance(field, str)):
        yield line("a ← b: a relays b; the nearest to the reader stands first.", QUIET)
    if any(isinstance(row, ClaimRow) for row in rows):
        yield line("By which words a claim goes back to its origins: onrecord sources RECORD ID --why", QUIET)
    if any(isinstance(row, OriginRow) and not row.named for row in rows):
        yield line("The same description of somebody unnamed may stand for several people.", QUIET)


def table_of(*columns: tuple[str, int], show_lines: bool = True) -> Table:
    """A table of those columns, each with its share of the width, and a thin line between rows."""
    table = Table(box=box.HORIZONTALS, expand=True, show_lines=show_lines, border_style=QUIET, header_style=QUIET)
    for header, ratio in columns:
        table.add_column(header, ratio=ratio, overflow="fold")
    return table


def some(lines: Sequence[Text]) -> list[Text]:
    """The first of many lines, and how many there are beside them."""
    more = len(lines) - MOST
    return list(lines) if more <= 1 else [*lines[:MOST], line(f"and {more:,} more", QUIET)]


def _standing(standing: str, confidence: float | None) -> Text:
    return Text(", ").join(filter(None, [line(standing), line(_grouped(confidence), QUIET)]))


def _grouped(confidence: float | None) -> str:
    return "" if confidence is None else f"grouped with {confidence:.0%}"


def day(when: When) -> Text:
    """Days in the colour of days, unless they are not known."""
    return line(str(when), DAY if when.earliest or when.latest else QUIET)


def _class(row: Statement) -> Text:
    """The speaker's class, where the name does not show it by itself."""
    return line("" if row.speaker_class in ("not stated", "named person") else row.speaker_class, QUIET)


def chain_of(chain: str) -> Text | None:
    """A chain of several links; one of a single link is the speaker."""
    return line(chain) if "←" in chain else None


def quoted(words: Evidence) -> Text:
    """Words, and the report below in which they stand."""
    return stack(line(words.quote), line(words.label, QUIET))


def _report(words: Evidence) -> list[Text]:
    """The report's outlet, its day, and the key under which it was given."""
    named, key = (words.outlet, words.key) if words.outlet else (words.key, None)
    return [line(named), line(words.published, QUIET), line(key, QUIET)]


def _reports(labels: Sequence[str]) -> list[Text]:
    return [line(label, QUIET) for label in labels]
