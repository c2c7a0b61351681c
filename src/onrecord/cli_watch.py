"""The verb that follows feeds: its words to rounds, and what came of each to one line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli_command import DONE, NOTHING_DONE, SOME_LEFT_OUT, Quiet, command, located
from onrecord.location import Location
from onrecord.record import OnrecordError
from onrecord.terminal.progress import Course, say

if TYPE_CHECKING:
    from onrecord.engine import Summary
    from onrecord.fetch.watch import Round, World
    from onrecord.ingest import Notice
    from onrecord.record import Report

verbs = typer.Typer()


@verbs.command()
@command
def watch(
    feeds: Annotated[Path, typer.Argument(metavar="FEEDS", help="A list of feeds: OPML, or an address a line.")],
    record: Annotated[
        Location, typer.Argument(metavar="RECORD", parser=located, help="The file or address to add to.")
    ],
    once: Annotated[bool, typer.Option("--once", help="One round, and no more.")] = False,
    every: Annotated[float, typer.Option(metavar="MINUTES", min=1, help="From one round to the next.")] = 30,
    delay: Annotated[
        float, typer.Option(metavar="SECONDS", min=1, help="At the least between two requests to one host.")
    ] = 5,
    no_pages: Annotated[bool, typer.Option("--no-pages", help="Read the entries' own words, not their pages.")] = False,
    workers: Annotated[int, typer.Option(metavar="N", min=1, help="How many processes read at once.")] = 1,
    model: Annotated[str | None, typer.Option(metavar="NAME", help="As of build.")] = None,
    knowledge: Annotated[list[str] | None, typer.Option(metavar="FILE", help="As of build.")] = None,
    quiet: Quiet = False,
) -> int:
    """Follow feeds on the network, and build what is new into the record, until stopped with ctrl-c."""

    def build(reports: Sequence[Report]) -> Summary:
        from onrecord.engine import build_record

        with Course(not quiet) as course:
            return build_record(
                reports, record, model=model, knowledge=knowledge or (), workers=workers, progress=course
            )

    return follow(feeds, record, build, None if once else every, delay, not no_pages, quiet)


def follow(
    feeds: Path,
    record: Location,
    build: Callable[[Sequence[Report]], Summary],
    every: float | None,
    delay: float,
    pages: bool,
    quiet: bool,
    world: World | None = None,
) -> int:
    """Follow the feeds that the file lists, a round `every` so many minutes or one alone; the exit status.

    `delay` is in seconds. Ctrl-c between two rounds ends it as a single round ends.
    """
    from onrecord.fetch.opml import read_feed_list
    from onrecord.fetch.watch import OUTSIDE, Watcher

    addresses = read_feed_list(feeds)
    # What is known of the feeds stands beside the record, or beside their list where the record is no file.
    beside = record if isinstance(record, Path) else feeds
    if not beside.parent.is_dir():
        raise OnrecordError(f"{record}: there is no folder {beside.parent}")
    world = world or OUTSIDE
    watcher = Watcher(beside, lambda notice: _tell(notice, quiet), delay=delay, pages=pages, world=world)
    answered = left_out = 0
    while True:
        started = world.clock()
        try:
            done = watcher.round(addresses, build)
        except OnrecordError as error:
            if every is None:
                raise
            # Another program writes to the record: not for ever.
            say(f"{error}; tried again in the next round")
            left_out += 1
        else:
            answered, left_out = answered + done.answered, left_out + done.left_out
            left_out += sum(_tell(notice, quiet) for notice in (done.summary.notices if done.summary else ()))
            if not quiet:
                say(_in_words(done))
        if every is None:
            break
        try:
            world.sleep(max(0.0, started + every * 60 - world.clock()))
        except KeyboardInterrupt:
            break
    if not answered:
        return NOTHING_DONE
    return SOME_LEFT_OUT if left_out else DONE


def _tell(notice: Notice, quiet: bool) -> bool:
    """Says what befell an input, and whether that left anything out; under --quiet only what did."""
    if notice.left_out or not quiet:
        say(notice)
    return notice.left_out


def _in_words(done: Round) -> str:
    from onrecord.views.wording import word_count

    new = word_count(done.summary.new if done.summary else 0, "new report", "new reports")
    later = f"; {word_count(done.later, 'entry', 'entries')} put off" if done.later else ""
    return f"asked {word_count(done.asked, 'feed', 'feeds')}, {done.answered:,} answered: {new}{later}"
