"""A brief to a page of Markdown: sentences made of facts, each with the footnote that proves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.ask.brief import Brief
from onrecord.ask.contacts import ContactRow
from onrecord.terminal.flat import escape_markdown
from onrecord.views.chains import CAUTION
from onrecord.views.claims import ClaimRow
from onrecord.views.disagreements import MISSING, DisagreementRow
from onrecord.views.expectations import ExpectationRow
from onrecord.views.index import Evidence
from onrecord.views.timeline import Moment
from onrecord.views.wording import join_words, word_count

# Of many reports that tell the same, so many are quoted; the number of all stands beside.
_QUOTED = 3


def write_brief(brief: Brief) -> str:
    """The page: headings, lists, and a footnote for each stretch of words, which names report and characters."""
    notes = _Notes()
    happened = [*_contacts(brief.contacts, notes), *_events(brief.events, notes)]
    lines = [f"# {_plain(brief.about)}", ""]
    lines += [f"From {word_count(brief.reports, 'report', 'reports')} on record. {CAUTION}", ""]
    lines += [f"*{_plain(note)}.*" for note in brief.notes]
    lines += _section("What happened, as reported", happened, brief.left_out["events"] + brief.left_out["contacts"])
    lines += _section("Who says what, and through whom", _claims(brief.claims, notes), brief.left_out["claims"])
    lines += _section("Who disputes it", _disputes(brief.disputes, notes), brief.left_out["disputes"])
    lines += _section("What is unknown", _unknown(brief, notes), 0)
    return "\n".join([*lines, "## Where it stands", "", *notes.lines, ""])


class _Notes:
    """The footnotes, one for each stretch of words."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, object], int] = {}
        self.lines: list[str] = []

    def cite(self, words: Evidence) -> str:
        """The mark of the footnote for these words."""
        key = words.report, words.spans
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            characters = ";".join(f"{start},{end}" for start, end in words.spans)
            where = f"report {words.report} ({_plain(words.key)}), characters {characters}"
            self.lines.append(f"[^{self._numbers[key]}]: {_plain(words.label)}: {where}")
        return f"[^{self._numbers[key]}]"


def _section(title: str, lines: Iterable[str], left_out: int) -> list[str]:
    held = list(lines) or ["Nothing is on record."]
    more = [f"- *{left_out:,} more not shown.*"] if left_out else []
    return [f"## {title}", "", *held, *more, ""]


def _contacts(rows: Iterable[ContactRow], notes: _Notes) -> Iterator[str]:
    for row in rows:
        who = join_words([_plain(p.name) for p in row.participants])
        yield f"- **{_plain(row.when)}**: {row.kind} between {who}, {row.status}; {_plain(row.standing)} ({row.ref})."
        for readout in row.readouts:
            for words in readout.words[:_QUOTED]:
                yield f"  - {_plain(readout.name)}: {_quote(words, notes)}"
        if len(row.readouts) == 1:
            yield "  - Only one side's account is in these reports."


def _events(rows: Iterable[Moment], notes: _Notes) -> Iterator[str]:
    for row in rows:
        what = ": ".join(filter(None, (_plain(row.kind), _plain(row.who))))
        head = f"- **{_plain(row.when)}**: {what}, {row.status}; {_plain(row.standing)} ({row.ref})."
        yield f"{head} {_quote(row.words, notes)}"


def _claims(rows: Iterable[ClaimRow], notes: _Notes) -> Iterator[str]:
    for row in rows:
        origins = f", from {join_words([_plain(o) for o in row.origins])}" if row.origins else ""
        marks = "".join(notes.cite(words) for words in row.evidence[:_QUOTED])
        head = f"- {_plain(row.author)}: {_plain(row.text)}{marks}"
        yield f"{head} — {_plain(row.standing)}{origins} ({row.ref})."
        yield from (f"  - {_plain(doubt)}." for doubt in row.doubts)


def _disputes(rows: Iterable[DisagreementRow], notes: _Notes) -> Iterator[str]:
    for row in rows:
        other = _quote(row.b, notes) if row.b else MISSING.get(row.kind, MISSING["omission"])
        yield f"- {_plain(row.why)} ({row.ref}): {_quote(row.a, notes)} — {other}"


def _unknown(brief: Brief, notes: _Notes) -> Iterator[str]:
    """What the record does not say: who stands behind a claim, the day of an event, what came of what was expected."""
    untraced = [row for row in brief.claims if not row.independent]
    if untraced:
        told = ", ".join(row.ref for row in untraced)
        yield f"- Who stands behind {word_count(len(untraced), 'claim', 'claims')} above: no origin is traced ({told})."
    days = [(row.ref, row.when) for row in brief.contacts] + [(row.ref, row.when) for row in brief.events]
    undated = [ref for ref, when in days if not (when.earliest or when.latest)]
    if undated:
        yield f"- The day of {word_count(len(undated), 'event', 'events')} above ({', '.join(undated)})."
    yield from (_expected(row, notes) for row in brief.expected)
    if brief.absent is None:
        yield "- What is cited and not in this record: that was not worked out in time (`onrecord show RECORD absent`)."
    for row in brief.absent or ():
        citing = f"cited by {word_count(row.cited_by_count, 'report', 'reports')}"
        yield f"- What stands in “{_plain(row.title)}”, {citing} and not in this record."


def _expected(row: ExpectationRow, notes: _Notes) -> str:
    return f"- What came of what {_plain(row.speaker)} said ({row.kind}): {_quote(row.words, notes)}; {row.outcome}."


def _quote(words: Evidence, notes: _Notes) -> str:
    return f"“{_plain(words.quote)}”{notes.cite(words)}"


def _plain(words: object) -> str:
    return escape_markdown(str(words))
