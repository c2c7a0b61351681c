"""The help of every command, as the program prints it; `python -m tests.helptexts` writes docs/help.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from onrecord import cli

PAGE = Path(__file__).parents[1] / "docs" / "help.md"
_HEAD = """# Help of every command

As `onrecord COMMAND --help` prints it. What a command answers is shown under [questions](questions/index.md); exit \
statuses, ids and places are explained under [commands](commands.md).
"""


def commands(command: Any, name: str = "onrecord") -> Iterator[tuple[str, Any]]:
    """A command and all below it by their full names, each group before its own: "onrecord schema export"."""
    yield name, command
    for word, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, f"{name} {word}")


def help_of(name: str, command: Any) -> str:
    """What the command says to `--help` in a terminal of 80 columns."""
    context = command.context_class(command, info_name=name, terminal_width=80)
    return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())


def page() -> str:
    """The whole page."""
    told = (f"## {name}\n\n```\n{help_of(name, c)}\n```\n" for name, c in commands(typer.main.get_command(cli.app)))
    return "\n".join([_HEAD, *told])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
