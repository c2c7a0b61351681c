"""The verbs: words on the command line to questions, each of which a line answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli_answer import (
    Format,
    Lang,
    Least,
    Limit,
    Since,
    SinceSaid,
    Until,
    UntilSaid,
    When,
    answer,
    days_help,
    frame_of,
    today,
)
from onrecord.cli_command import Quiet, RecordPath, command, complete_from, one_of
from onrecord.record import OnrecordError

if TYPE_CHECKING:
    from onrecord.ask.frame import Frame
    from onrecord.ask.shelf import Reading
    from onrecord.views import Answer

QUOTES = ("direct", "indirect", "mixed")
CONTACTS = ("call", "meeting", "virtual_meeting", "visit", "message")
DISAGREEMENTS = ("denial", "contradiction", "specificity", "omission", "hedge")
TYPES = tuple(
    "ACCUSE AGREE AID ASSAULT COERCE CONCEDE CONSULT COOPERATE MOBILIZE PROTEST REJECT REQUEST RETREAT SANCTION SUPPORT"
    " THREATEN".split()
)
STATUSES = ("happened", "planned", "predicted", "conditional", "denied", "not_yet")

verbs = typer.Typer()


@verbs.command()
@command
def said(
    record: RecordPath,
    by: Annotated[str | None, typer.Option(metavar="WHO", help='A name, or "US official" of one unnamed.')] = None,
    about: Annotated[str | None, typer.Option(metavar="WHAT", help="A name or words of what was said.")] = None,
    to: Annotated[str | None, typer.Option(metavar="WHO", help="To whom it was said.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="In whose report.")] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND", help=f"One of {', '.join(QUOTES)}.", autocompletion=complete_from(QUOTES)),
    ] = None,
    unnamed: Annotated[bool, typer.Option("--unnamed", help="Only what rests on unnamed sources alone.")] = False,
    min_reports: Annotated[int, typer.Option(metavar="N", min=1, help="Held by so many reports at least.")] = 1,
    since: SinceSaid = None,
    until: UntilSaid = None,
    when: When = None,
    min_confidence: Least = 0.0,
    lang: Lang = None,
    limit: Limit = None,
    format: Format = "table",
    quiet: Quiet = False,
) -> int:
    """Who said what about whom, and to whom."""
    for one in kind or ():
        one_of(one, QUOTES, "kind of quotation")

    def ask(reading: Reading, frame: Frame) -> Answer:
        from onrecord.ask.statements import find_said

        return find_said(
            reading,
            frame,
            by=by,
            about=about,
            to=to,
            outlet=outlet,
            quotes=kind or (),
            unnamed=unnamed,
            min_reports=min_reports,
        )

    return answer(record, ask, frame_of((since, until, when), min_confidence, lang, limit), format, quiet)


@verbs.command()
@command
def contacts(
    record: RecordPath,
    between: Annotated[
        tuple[str, str] | None, typer.Option(metavar="A B", help="Both of whom took part.", show_default=False)
    ] = None,
    of: Annotated[str | None, typer.Option("--of", metavar="WHO", help="Who took part.")] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND", help=f"One of {', '.join(CONTACTS)}.", autocompletion=complete_from(CONTACTS)),
    ] = None,
    since: Since = None,
    until: Until = None,
    when: When = None,
    min_confidence: Least = 0.0,
    lang: Lang = None,
    limit: Limit = None,
    format: Format = "table",
    quiet: Quiet = False,
) -> int:
    """Who called, met or wrote to whom, both sides' readouts side by side."""
    for one in kind or ():
        one_of(one, CONTACTS, "kind of contact")
    who = [*(between or ()), *([of] if of else [])]

    def ask(reading: Reading, frame: Frame) -> Answer:
        from onrecord.ask.contacts import find_contacts

        return find_contacts(reading, frame, between=who, kinds=kind or ())

    return answer(record, ask, frame_of((since, until, when), min_confidence, lang, limit), format, quiet)


@verbs.command()
@command
def events(
    record: RecordPath,
    who: Annotated[str | None, typer.Option(metavar="WHO", help="Who did it, or had it done to them.")] = None,
    place: Annotated[str | None, typer.Option(metavar="PLACE", help="Where.")] = None,
    type: Annotated[list[str] | None, typer.Option(metavar="TYPE", help="A PLOVER type: CONSULT, ASSAULT, …")] = None,
    status: Annotated[
        list[str] | None,
        typer.Option(metavar="STATUS", help=f"One of {', '.join(STATUSES)}.", autocompletion=complete_from(STATUSES)),
    ] = None,
    since: Since = None,
    until: Until = None,
    when: When = None,
    min_confidence: Least = 0.0,
    lang: Lang = None,
    limit: Limit = None,
    format: Format = "table",
    quiet: Quiet = False,
) -> int:
    """What happened, in what order."""
    for one in status or ():
        one_of(one, STATUSES, "status")
    types = [one.upper() for one in type or ()]
    for one in types:
        one_of(one, TYPES, "type of event")

    def ask(reading: Reading, frame: Frame) -> Answer:
        from onrecord.ask.events import find_events

        return find_events(reading, frame, who=who, place=place, types=types, statuses=status or ())

    return answer(record, ask, frame_of((since, until, when), min_confidence, lang, limit), format, quiet)


@verbs.command()
@command
def disputes(
    record: RecordPath,
    id: Annotated[str | None, typer.Argument(metavar="[ID]", help="A claim, statement, event or report.")] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND", help=f"One of {', '.join(DISAGREEMENTS)}.", autocompletion=complete_from(DISAGREEMENTS)
        ),
    ] = None,
    lang: Lang = None,
    limit: Limit = None,
    format: Format = "table",
    quiet: Quiet = False,
) -> int:
    """Who denies or contradicts it."""
    kinds = [part for one in kind or () for part in one.split(",")]
    for one in kinds:
        one_of(one, DISAGREEMENTS, "kind of disagreement")

    def ask(reading: Reading, frame: Frame) -> Answer:
        from onrecord.ask.disputes import find_disputes
        from onrecord.ask.things import find_thing

        return find_disputes(reading, frame, find_thing(reading, id) if id else None, kinds)

    return answer(record, ask, frame_of(lang=lang, limit=limit), format, quiet)


@verbs.command()
@command
def new(
    record: RecordPath,
    since: Annotated[str, typer.Option(metavar="DAYS", help=days_help("first"))] = "yesterday",
    lang: Lang = None,
    limit: Limit = None,
    format: Format = "table",
    quiet: Quiet = False,
) -> int:
    """What came into the record of late, and what it adds to what was there."""

    def ask(reading: Reading, frame: Frame) -> Answer:
        from onrecord.ask.frame import read_when
        from onrecord.ask.news import find_new

        first = read_when(since, today()).earliest
        if first is None:
            raise OnrecordError(f'"{since}" has no first day')
        return find_new(reading, frame, first)

    return answer(record, ask, frame_of(lang=lang, limit=limit), format, quiet)


@verbs.command()
@command
def search(
    record: RecordPath,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[WORDS]", help='Words, a name, or a phrase: "grain ships".')
    ] = None,
    like: Annotated[str | None, typer.Option(metavar="WORDS", help="What means the same, in whatever words.")] = None,
    since: Since = None,
    until: Until = None,
    when: When = None,
    lang: Lang = None,
    limit: Limit = None,
    format: Format = "table",
    quiet: Quiet = False,
) -> int:
    """Find passages by their words, or by their meaning."""
    # A shell takes the quotation marks away; what came as one argument is a phrase.
    phrases = " ".join(f'"{w}"' if " " in w and '"' not in w else w for w in words or ())
    if bool(phrases) == bool(like):
        raise OnrecordError('search for words, or --like for a meaning: onrecord search RECORD "grain ships"')

    def ask(reading: Reading, frame: Frame) -> Answer:
        from onrecord.ask.search import search_like, search_words

        return search_like(reading, frame, like) if like else search_words(reading, frame, phrases)

    return answer(record, ask, frame_of((since, until, when), 0.0, lang, limit), format, quiet)
