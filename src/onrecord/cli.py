"""Words on the command line to calls."""

from __future__ import annotations

import gc
import io
import shlex
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli_ask import verbs as ask_verbs
from onrecord.cli_command import (
    DONE,
    FORMATS,
    NOTHING_DONE,
    NOTHING_FOUND,
    SOME_LEFT_OUT,
    Quiet,
    RecordPath,
    command,
    located,
    must_exist,
    one_of,
    standard_output,
)
from onrecord.cli_health import verbs as health_verbs
from onrecord.cli_mcp import verbs as mcp_verbs
from onrecord.cli_one import verbs as one_verbs
from onrecord.cli_watch import verbs as watch_verbs
from onrecord.location import Location
from onrecord.record import OnrecordError
from onrecord.terminal.progress import Course, say

if TYPE_CHECKING:
    from onrecord.engine import Summary
    from onrecord.ingest import Notice
    from onrecord.ingest.read import AddressReader
    from onrecord.record import Record

# Whatever a command needs beyond this file it imports itself: `onrecord --help` is to answer at once.

# As in `onrecord.views.VIEWS`, which would be slow to import for --help.
WHAT = ("calls", "timeline", "statements", "claims", "sources", "disagreements", "expectations", "absent")
# As in `onrecord.export`, for the same reason.
EXPORTS = (
    *("json", "html", "annotations", "corrections", "csv", "ftm", "graphml", "jsonl", "markdown", "parquet", "plover"),
    *("prov", "timeml", "xlsx"),
)
ENGINES = ("local", "spark")
FIXES = ("same", "different", "speaker", "date", "reject", "undo", "log")

app = typer.Typer(
    help="Reads news reports and builds the record behind them: who said what to whom, when, and through whom.",
    epilog="Exit status: 0 done; 1 a question found nothing; 2 nothing could be done; 3 some inputs were left out.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
schemas = typer.Typer(help="Print the JSON Schema of what extract and export write.", no_args_is_help=True)
app.add_typer(schemas, name="schema")
app.add_typer(ask_verbs)
app.add_typer(one_verbs)
app.add_typer(mcp_verbs)
app.add_typer(health_verbs)
app.add_typer(watch_verbs)

Inputs = Annotated[
    list[str], typer.Argument(metavar="INPUT", help="Files, folders, or - for JSON Lines on standard input.")
]
Fetch = Annotated[bool, typer.Option("--fetch", help="Read addresses among the inputs; else none is asked.")]
Published = Annotated[str | None, typer.Option(metavar="DATE", help="The date of reports that give none (ISO 8601).")]
Workers = Annotated[int, typer.Option(metavar="N", min=1, help="How many processes read at once.")]
Model = Annotated[str | None, typer.Option(metavar="NAME", help="A folder with another model than the shipped one.")]
Knowledge = Annotated[
    list[str] | None,
    typer.Option(
        "--knowledge", metavar="FILE", help="Your own office tenures and events, as FollowTheMoney's JSON lines."
    ),
]


def main() -> None:
    """The program: runs the command and leaves with its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # Whatever the locale says: a record holds all the scripts of the world.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # What is read is many small things that live long: looking through them for rings is a tenth of a build.
    gc.set_threshold(100_000, 50, 100)
    app()


@app.command()
@command
def extract(
    inputs: Inputs,
    fetch: Fetch = False,
    published: Published = None,
    workers: Workers = 1,
    model: Model = None,
    knowledge: Knowledge = None,
    quiet: Quiet = False,
) -> int:
    """Read each report alone, and write one JSON object a report."""
    from onrecord.engine import extract_reports
    from onrecord.export import write_analysis
    from onrecord.ingest import Notice, read_reports

    out, done, left_out = standard_output(), 0, 0
    items = read_reports(inputs, published=published, addresses=_addresses(fetch))
    # A bar would run through the objects where both go to one terminal.
    with Course(not quiet and not out.isatty()) as course:
        for item in extract_reports(items, model=model, workers=workers, knowledge=knowledge or ()):
            if isinstance(item, Notice):
                left_out += _tell(item, quiet)
            else:
                write_analysis(item, out)
                done += 1
                course("reports read", done, None)
    return _status(done, left_out)


@app.command()
@command
def build(
    inputs: Annotated[
        list[str] | None, typer.Argument(metavar="[INPUT]", help="As of extract; with --refresh none is needed.")
    ] = None,
    *,
    record: Annotated[
        Location,
        typer.Option("--output", "-o", metavar="RECORD", parser=located, help="The file or address to add to."),
    ],
    fetch: Fetch = False,
    published: Published = None,
    workers: Workers = 1,
    model: Model = None,
    knowledge: Knowledge = None,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Read again what an older version read; nothing new is needed.")
    ] = False,
    engine: Annotated[
        str, typer.Option(metavar="ENGINE", help="local or spark; that makes a new folder of Parquet or .onrecord.")
    ] = "local",
    master: Annotated[str | None, typer.Option(metavar="URL", help="Spark's master; else this machine.")] = None,
    also: Annotated[
        Location | None, typer.Option("--record", parser=located, help="With spark: a new record beside the folder.")
    ] = None,
    quiet: Quiet = False,
) -> int:
    """Read reports, and build the record of them or add them to it."""
    one_of(engine, ENGINES, "engine")
    from onrecord.engine import build_record
    from onrecord.ingest import read_reports

    if refresh:
        must_exist(record)
    elif not inputs:
        raise OnrecordError(f"build of what? onrecord build INPUT… -o {shlex.quote(str(record))}")
    with Course(not quiet) as course:
        if engine == "spark":
            from onrecord.cluster import build_on_spark

            if fetch or refresh or workers != 1:
                raise OnrecordError("--fetch, --refresh and --workers do not go with --engine spark")
            build_there = partial(build_on_spark, inputs or (), record, also, master=master, published=published)
            summary = build_there(model=model, knowledge=knowledge or (), progress=course)
        else:
            items = read_reports(inputs or (), published=published, addresses=_addresses(fetch))
            build_here = partial(build_record, items, record, workers=workers)
            summary = build_here(model=model, knowledge=knowledge or (), progress=course)
    left_out = sum(_tell(notice, quiet) for notice in summary.notices)
    if refresh and not quiet:
        say(f"read again: {_word(summary.extracted, 'report')}")
    done = summary.new + summary.known
    if done and not quiet:
        _tell_summary(summary, also or record)
    return DONE if refresh and not left_out else _status(done, left_out)


@app.command()
@command
def export(
    record: RecordPath,
    format: Annotated[str, typer.Option(metavar="FORMAT", help=f"One of {', '.join(EXPORTS)}.")] = "json",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="PATH", help="The file, or the folder; else standard output."),
    ] = None,
    quotations_only: Annotated[
        bool, typer.Option("--quotations-only", help="Leave out the texts but for what is said in them.")
    ] = False,
    quiet: Quiet = False,
) -> int:
    """Write the whole record in another format."""
    must_exist(record)
    from onrecord.cli_out import export_record

    export_record(record, format, output, standard_output, quotations_only)
    return DONE


@app.command()
@command
def show(
    record: RecordPath,
    what: Annotated[str, typer.Argument(metavar="WHAT", help=f"One of {', '.join(WHAT)}.")],
    format: Annotated[str, typer.Option(metavar="FORMAT", help=f"One of {', '.join(FORMATS)}.")] = "table",
    min_confidence: Annotated[
        float, typer.Option(metavar="P", min=0, max=1, help="Leave out what is less certain, from 0 to 1.")
    ] = 0.0,
    claim: Annotated[
        str | None,
        typer.Option(metavar="ID", help="With sources: how each report of that claim comes to its origins."),
    ] = None,
    quiet: Quiet = False,
) -> int:
    """Answer a question from a record."""
    one_of(what, WHAT, "view")
    one_of(format, FORMATS, "format of a view")
    if claim is not None:
        if what != "sources":
            raise OnrecordError(f"--claim goes with sources alone: onrecord show {shlex.quote(str(record))} sources")
        from onrecord.cli_claim import show_tree
        from onrecord.views.chains import explain_claim

        out = standard_output()
        show_tree(explain_claim(_read(record), claim), format, out)
        return DONE
    from onrecord.terminal.answer import print_answer
    from onrecord.views import VIEWS, Answer, summarise

    held, view = _read(record), VIEWS[what]
    rows = view.rows(held, min_confidence)
    summary = summarise(view, rows, len(held.reports), min_confidence)
    print_answer(Answer(view.title, what, view.row, rows, summary), format, standard_output(), quiet)
    return DONE if rows else NOTHING_FOUND


@app.command()
@command
def serve(
    record: RecordPath,
    host: Annotated[
        str, typer.Option(metavar="H", help="The address to answer at; else this machine alone.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="The port; 0 is any free one.")] = 8321,
    quiet: Quiet = False,
) -> int:
    """Show a record in a browser, until it is stopped with ctrl-c."""
    must_exist(record)
    from onrecord.web.serve import serve as serve_record

    serve_record(record, host, port, lambda address: print(address, flush=True))
    return DONE


@app.command()
@command
def remove(
    record: RecordPath,
    reports: Annotated[list[str], typer.Argument(metavar="REPORT", help="The key or the id of each report.")],
    quiet: Quiet = False,
) -> int:
    """Take reports out of a record, with all that rested on them alone."""
    from onrecord.engine import remove_reports

    must_exist(record)
    summary = remove_reports(record, reports)
    if not quiet:
        say(f"took out {_word(summary.removed, 'report')}; {_word(summary.reports, 'report')} left")
    return DONE


@app.command()
@command
def fix(
    record: RecordPath,
    what: Annotated[str, typer.Argument(metavar="WHAT", help=f"One of {', '.join(FIXES)}.")],
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PLACE",
            help='Where: KEY:"words", KEY:START-END, KEY/FACT, KEY, an entry\'s id; then name or date. For undo, ids.',
        ),
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who says so; else the login name.")] = None,
    class_: Annotated[
        str | None,
        typer.Option("--class", metavar="CLASS", help="The class of a speaker whom the record does not know."),
    ] = None,
    format: Annotated[str, typer.Option(metavar="FORMAT", help=f"Of the log: one of {', '.join(FORMATS)}.")] = "table",
    quiet: Quiet = False,
) -> int:
    """Put a record right, and see or undo what was put right: it is noted who said what when, and nothing is lost."""
    one_of(what, FIXES, "correction")
    one_of(format, FORMATS, "format of the log")
    must_exist(record)
    from onrecord import cli_fix

    if what == "log":
        standard_output()
        return DONE if cli_fix.show_log(record, format, quiet) else NOTHING_FOUND
    if class_ is not None:
        one_of(class_, cli_fix.CLASSES, "class of a speaker")
    cli_fix.fix(record, what, words or (), by, class_, quiet)
    return DONE


@schemas.command("extract")
@command
def schema_extract() -> int:
    """The schema of one line of `onrecord extract`."""
    from onrecord.export import extract_schema

    return _print_schema(extract_schema())


@schemas.command("export")
@command
def schema_export() -> int:
    """The schema of `onrecord export --format json`."""
    from onrecord.export import export_schema

    return _print_schema(export_schema())


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"onrecord {version('onrecord')}")
        raise typer.Exit(DONE)


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """What may stand before a command; its work is done in the callbacks."""


def _addresses(fetch: bool) -> AddressReader | None:
    if not fetch:
        return None
    from onrecord.fetch import read_address

    return read_address


def _status(done: int, left_out: int) -> int:
    if not done:
        say("nothing was read" if left_out else "no reports there: nothing to do")
        return NOTHING_DONE
    return SOME_LEFT_OUT if left_out else DONE


def _tell(notice: Notice, quiet: bool) -> bool:
    """Says what befell an input, and whether that left anything out; under --quiet only what did."""
    if notice.left_out or not quiet:
        say(notice)
    return notice.left_out


def _tell_summary(summary: Summary, record: Location) -> None:
    left_out = Counter(notice.reason for notice in summary.notices if notice.left_out)
    say(f"read {_word(summary.given, 'report')}: {summary.new:,} new, {summary.known:,} already on record")
    if left_out:
        reasons = ", ".join(f"{reason} ({number:,})" for reason, number in left_out.most_common(5))
        say(f"left out {left_out.total():,}: {reasons}")
    facts = {"statement": summary.attributions, "contact": summary.contacts, "claim": summary.claims}
    found = ", ".join(_word(number, noun) for noun, number in facts.items())
    say(f"on record now: {_word(summary.reports, 'report')} with {found}; took {summary.seconds:.1f} s")
    if not (isinstance(record, Path) and record.is_dir()):
        say(f"to see it: onrecord show {shlex.quote(str(record))} calls")


def _word(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _read(record: Location) -> Record:
    must_exist(record)
    from onrecord.store import read_record

    return read_record(record)


def _print_schema(schema: object) -> int:
    import json

    print(json.dumps(schema, indent=2, ensure_ascii=False))
    return DONE
