"""The verbs about one thing, or about what has to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli_answer import Format, Id, Least, Since, Until, When, answer, frame_of, reading_of
from onrecord.cli_command import DONE, FORMATS, Quiet, RecordPath, command, complete_from, one_of, standard_output

if TYPE_CHECKING:
    from onrecord.ask.frame import Frame
    from onrecord.ask.shelf import Reading
    from onrecord.views import Answer

STYLES = ("text", "annotation", "bibtex", "claimreview")

verbs = typer.Typer()


@verbs.command()
@command
def sources(
    record: RecordPath,
    id: Id,
    why: Annotated[bool, typer.Option("--why", help="How each report comes to its origins, by which words.")] = False,
    format: Format = "table",
    quiet: Quiet = False,
) -> int:
    """How many independent origins stand behind a claim, a statement or an event."""
    one_of(format, FORMATS, "format of an answer")
    if not why:

        def ask(reading: Reading, frame: Frame) -> Answer:
            from onrecord.ask.sources import find_sources
            from onrecord.ask.things import find_thing

            return find_sources(reading, find_thing(reading, id))

        return answer(record, ask, frame_of(), format, quiet)
    out = standard_output()
    with reading_of(record) as reading:
        from onrecord.ask.sources import explain
        from onrecord.ask.things import find_thing
        from onrecord.cli_claim import show_tree

        tree = explain(reading, find_thing(reading, id))
    show_tree(tree, format, out)
    return DONE


@verbs.command()
@command
def trace(record: RecordPath, id: Id, format: Format = "table", quiet: Quiet = False) -> int:
    """Where a claim, statement or event first appears, and through whom each report has it."""

    def ask(reading: Reading, frame: Frame) -> Answer:
        from onrecord.ask.things import find_thing
        from onrecord.ask.trace import trace as ask_trace

        return ask_trace(reading, find_thing(reading, id))

    return answer(record, ask, frame_of(), format, quiet)


@verbs.command()
@command
def diff(
    record: RecordPath,
    a: Annotated[str, typer.Argument(metavar="A", help="A report (R-) or a statement (S-).")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    format: Format = "table",
    quiet: Quiet = False,
) -> int:
    """What changed between two versions of a report, or what only one of two accounts says."""

    def ask(reading: Reading, frame: Frame) -> Answer:
        from onrecord.ask.compare import compare
        from onrecord.ask.things import find_thing

        return compare(reading, find_thing(reading, a), find_thing(reading, b))

    return answer(record, ask, frame_of(), format, quiet)


@verbs.command()
@command
def cite(
    record: RecordPath,
    id: Id,
    style: Annotated[
        str,
        typer.Option(
            "--as", metavar="STYLE", help=f"One of {', '.join(STYLES)}.", autocompletion=complete_from(STYLES)
        ),
    ] = "text",
) -> int:
    """Cite words so that others can check them: by the hash of the report and their characters in it."""
    one_of(style, STYLES, "style of a citation")
    out = standard_output()
    with reading_of(record) as reading:
        from onrecord.ask.quoted import quote_thing
        from onrecord.ask.things import find_thing
        from onrecord.export.cite import STYLES as WRITERS

        quoted = quote_thing(reading, find_thing(reading, id))
    out.write(WRITERS[style](quoted).encode())
    return DONE


@verbs.command()
@command
def brief(
    record: RecordPath,
    about: Annotated[str, typer.Option(metavar="WHAT", help="A name, words, or the id of a story or claim.")],
    since: Since = None,
    until: Until = None,
    when: When = None,
    min_confidence: Least = 0.0,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="At most so many under each heading.")] = 12,
) -> int:
    """A page of Markdown for an editor's desk: what happened, who says so, who disputes it, what is unknown."""
    out = standard_output()
    with reading_of(record) as reading:
        from onrecord.ask.brief import find_brief
        from onrecord.export.brief import write_brief

        found = find_brief(reading, frame_of((since, until, when), min_confidence, None, limit), about)
    out.write(write_brief(found).encode())
    return DONE
