"""Pages that are written by the program: `python -m tests.helptexts` writes docs/help.md and docs/benchmarks.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from onrecord import cli

ROOT = Path(__file__).parents[1]
PAGE, FIGURES = ROOT / "docs" / "help.md", ROOT / "docs" / "benchmarks.md"
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


def figures() -> str:
    """bench/README.md as a page of the site, which has no file beside it."""
    text = (ROOT / "bench" / "README.md").read_text(encoding="utf-8")
    bare = re.sub(r"!?\[([^\]]*)\]\((?!https?:)([^)]*)\)", r"\1 (`bench/\2`)", text)
    # A list that follows a paragraph without a blank line is no list to the site.
    return re.sub(r"(?m)^(?![-\s|])(.+)\n(- )", r"\1\n\n\2", bare)


def page() -> str:
    """The page of the help texts."""
    told = (f"## {name}\n\n```\n{help_of(name, c)}\n```\n" for name, c in commands(typer.main.get_command(cli.app)))
    return "\n".join([_HEAD, *told])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    FIGURES.write_text(figures(), encoding="utf-8")
