"""Whatever is public says what it is for: modules, classes, functions, commands and their options."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer.main

import onrecord
from onrecord import cli

DOCS = Path(__file__).parents[1] / "docs" / "commands.md"


def modules() -> Iterator[ModuleType]:
    """The package and every module in it that is not private."""
    yield onrecord
    for found in pkgutil.walk_packages(onrecord.__path__, "onrecord."):
        if not any(part.startswith("_") for part in found.name.split(".")):
            yield importlib.import_module(found.name)


MODULES = {module.__name__: module for module in modules()}


def written_in(module: ModuleType) -> Iterator[tuple[str, object]]:
    """The public classes and functions that a module defines, their public methods, and what its `__all__` names."""
    for name in getattr(module, "__all__", ()):
        yield name, getattr(module, name)
    for name, value in vars(module).items():
        if name.startswith("_") or getattr(value, "__module__", None) != module.__name__:
            continue
        if inspect.isclass(value) or inspect.isfunction(value):
            yield name, value
        # What a protocol asks for is said in the docstring of the protocol.
        if inspect.isclass(value) and not getattr(value, "_is_protocol", False):
            yield from ((f"{name}.{n}", getattr(value, n)) for n in vars(value) if not n.startswith("_"))


def says_nothing(name: str, value: object) -> bool:
    """Whether it ought to have a docstring and has none, or the one that `dataclass` makes up."""
    if not (inspect.isclass(value) or inspect.isroutine(value) or isinstance(value, property)):
        return False
    said = value.__doc__ if inspect.isclass(value) else inspect.getdoc(value)
    return not (said or "").strip() or (said or "").startswith(f"{name}(")


def commands(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    """The commands below a group by their full names: "build", "schema export"."""
    for word, inner in getattr(command, "commands", {}).items():
        yield from commands(f"{name} {word}".strip(), inner)
    if not hasattr(command, "commands"):
        yield name, command


COMMANDS = dict(commands("", typer.main.get_command(cli.app)))


def test_the_rooms_and_the_commands_are_all_looked_at() -> None:
    assert {"onrecord.record", "onrecord.cli", "onrecord.attribute.find", "onrecord.knowledge"} <= set(MODULES)
    assert {"extract", "build", "show", "export", "remove", "schema extract", "schema export"} <= set(COMMANDS)


@pytest.mark.parametrize("module", MODULES.values(), ids=list(MODULES))
def test_modules_classes_and_functions_have_docstrings(module: ModuleType) -> None:
    assert (module.__doc__ or "").strip()
    assert [name for name, value in written_in(module) if says_nothing(name, value)] == []


def test_what_has_no_docstring_is_found_out() -> None:
    def bare(self: object) -> None: ...

    class Bare: ...

    assert says_nothing("bare", bare)
    assert says_nothing("Bare", Bare)
    assert says_nothing("x", property(bare))
    assert not says_nothing("says_nothing", says_nothing)
    assert not says_nothing("LIMIT", 3)


@pytest.mark.parametrize("name", COMMANDS)
def test_commands_and_their_options_have_a_help(name: str) -> None:
    command = COMMANDS[name]
    assert (command.help or "").strip()
    silent = [p.name for p in command.params if p.name != "help" and not (getattr(p, "help", None) or "").strip()]
    assert silent == []


@pytest.mark.skipif(not DOCS.exists(), reason="docs/commands.md is not part of this copy")
@pytest.mark.parametrize("name", COMMANDS)
def test_commands_stand_in_the_documentation(name: str) -> None:
    assert re.search(rf"`onrecord {name}\b", DOCS.read_text(encoding="utf-8"))
