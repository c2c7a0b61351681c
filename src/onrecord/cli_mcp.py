"""The verb by which an assistant asks a record."""

from __future__ import annotations

import typer

from onrecord.cli_command import DONE, RecordPath, command, must_exist
from onrecord.record import OnrecordError

# The packages of the extra.
_LIBRARY = ("mcp", "mcp_types")

verbs = typer.Typer()


@verbs.command()
@command
def mcp(record: RecordPath) -> int:
    """Let an assistant ask a record: a server of the Model Context Protocol on standard input and output."""
    must_exist(record)
    try:
        from onrecord.mcp import serve
    except ImportError as missing:
        if (missing.name or "").partition(".")[0] not in _LIBRARY:
            raise
        raise OnrecordError("that needs the library mcp: pip install 'onrecord[mcp]'") from None
    serve(record)
    return DONE
