"""The verbs that ask whether all is well: with a record, and with this installation."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.cli_command import DONE, NOTHING_DONE, Quiet, RecordPath, command, located, must_exist
from onrecord.location import Location
from onrecord.terminal.progress import Course, say

verbs = typer.Typer()


@verbs.command()
@command
def check(record: RecordPath, quiet: Quiet = False) -> int:
    """Prove that each fact still stands on its words: every hash, every span, every member."""
    must_exist(record)
    from onrecord.engine import check_record

    with Course(not quiet) as course:
        proof = check_record(record, course)
    for fault in proof.faults:
        say(fault)
    if not quiet:
        found = f"{proof.reports:,} reports by their hashes, {proof.spans:,} spans, {proof.entries:,} entries"
        print(f"{found}: {f'{len(proof.faults):,} faults' if proof.faults else 'all sound'}")
    return NOTHING_DONE if proof.faults else DONE


@verbs.command()
@command
def doctor(
    record: Annotated[
        Location | None, typer.Argument(metavar="[RECORD]", parser=located, help="A record to look at, too.")
    ] = None,
) -> int:
    """Say what is installed, which extras work, whether a record is sound, and what to do where something isn't."""
    if record is not None:
        must_exist(record)
    from onrecord.engine import examine
    from onrecord.terminal.console import print_drawn
    from onrecord.terminal.health import print_health

    found = examine(record)
    print_drawn(lambda console: print_health(console, found))
    return DONE if all(one.well for one in found) else NOTHING_DONE
