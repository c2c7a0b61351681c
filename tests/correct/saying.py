"""A report with layers, and what people say of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from onrecord.correct.facts import join_spans
from onrecord.record import (
    Analysis,
    Attribution,
    Correction,
    CorrectionKind,
    Entity,
    Event,
    FactKind,
    Mention,
    Publication,
    Record,
    ReportEntry,
    Span,
    Target,
    Timex,
)
from tests.records import analysis, attribution, event, given, part

# Two attributions of the same words, one within the other, and one within both; a call on a Monday.
RELAYED = "Radio Sarn reported, citing a Norvian official, that Ilse Varrun promised on Monday to reopen the quay."
CALLED = "She called Omar Teshk on Monday. “The quay stays ours,” Varrun told him."
TEXT = f"{RELAYED}\n{CALLED}"
WORDS = "that Ilse Varrun promised on Monday to reopen the quay"
MONDAY = Span(TEXT.index("Monday. "), TEXT.index("Monday. ") + 6)

OUTER = replace(
    attribution("a1", TEXT, WORDS, speaker="Radio Sarn", class_="outlet"),
    cue=part(TEXT, "reported"),
    source=part(TEXT, "Radio Sarn"),
)
INNER = replace(
    attribution("a2", TEXT, WORDS, speaker="a Norvian official", class_="anonymous_official"),
    cue=part(TEXT, "citing"),
    source=part(TEXT, "a Norvian official"),
    within="a1",
    chain=("Radio Sarn", "a Norvian official"),
)
PROMISE = replace(
    attribution("a3", TEXT, "to reopen the quay", speaker="Ilse Varrun"),
    cue=part(TEXT, "promised"),
    source=part(TEXT, "Ilse Varrun"),
    within="a2",
    chain=("Radio Sarn", "a Norvian official", "Ilse Varrun"),
)
TOLD = replace(
    attribution("a4", TEXT, "“The quay stays ours,”", speaker="Ilse Varrun"),
    cue=part(TEXT, "told"),
    source=(Span(TEXT.index("Varrun told"), TEXT.index(" told")),),
    channel="phone_call",
    addressee="Omar Teshk",
    said_by=MONDAY,
)


def mention(words: str, name: str = "name") -> Mention:
    return Mention(part(TEXT, words)[0], name)  # type: ignore[arg-type]


ENTITIES = (
    Entity(
        "e1", "Ilse Varrun", "person", (), (mention("Ilse Varrun"), mention("Varrun told"), mention("She", "pronoun"))
    ),
    Entity("e2", "Radio Sarn", "outlet", (), (mention("Radio Sarn"),)),
    Entity("e3", "Omar Teshk", "person", (), (mention("Omar Teshk"),)),
)


def layered(
    attributions: Sequence[Attribution] = (OUTER, INNER, PROMISE, TOLD),
    events: Sequence[Event] | None = None,
    id: str = "r1",
    published: Publication | None = None,
) -> Analysis:
    happened = (
        event("v1", TEXT, "promised", "promised on Monday", contact=None, within="a2"),
        event("v2", TEXT, "called", "She called Omar Teshk on Monday", when_by=MONDAY),
    )
    return analysis(
        id,
        "Norvia Post",
        TEXT,
        published or given("2031-03-05"),
        entities=ENTITIES,
        timexes=(Timex(MONDAY, "DATE", "2031-03-03", date(2031, 3, 3), date(2031, 3, 3), "weekday 1 last"),),
        attributions=tuple(attributions),
        events=tuple(happened if events is None else events),
    )


def record_of(*analyses: Analysis) -> Record:
    """A record without entries."""
    entries = (
        ReportEntry(
            id=a.id,
            key=a.key,
            keys=(a.key,),
            outlet=a.outlet,
            title=a.title,
            url=a.url,
            published=a.published,
            versions=(),
        )
        for a in analyses
    )
    return Record(reports=tuple(entries), analyses=analyses)


def at(report: str, *words: str) -> Target:
    """Where `words` stand in a report of this text."""
    return Target(report, part(TEXT, *words))


def target_of(x: Attribution, report: str = "r1") -> Target:
    return Target(report, x.content, join_spans((*x.cue, *x.source)))


def said(
    number: int,
    kind: CorrectionKind,
    about: FactKind = "event",
    target: Target = Target("r1"),  # noqa: B008
    value: str | None = None,
    *,
    other: Target | None = None,
) -> Correction:
    """The correction of that number in a log, by Zbigla."""
    return Correction(
        id=f"f-{number}",
        kind=kind,
        about=about,
        target=target,
        other=other,
        value=value,
        by="Zbigla Tohrem",
        when=f"2031-06-0{number}T10:00:00.000+02:00",
    )
