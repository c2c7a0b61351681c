"""Every regular expression of the package, and texts that a backtracking engine would take longest for."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import onrecord

# The tree of a pattern, of which the standard library publishes no types.
_parser: Any = importlib.import_module("re._parser")
_constants: Any = importlib.import_module("re._constants")

LENGTH = 200_000
METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")
# What no class of characters that we write holds, so that a match that has run far fails at last.
_END = "\x00"
# Extras that may not be installed.
_OPTIONAL = ("onrecord.spacy", "onrecord.mcp")


class Used(NamedTuple):
    """A pattern, where it stands, and how it is applied."""

    where: str
    pattern: re.Pattern[str]
    methods: frozenset[str]


def registry() -> list[Used]:
    """Each pattern that a module of the package holds, once, with all methods that the package calls on its name."""
    for listed in pkgutil.walk_packages(onrecord.__path__, "onrecord."):
        if not listed.name.startswith(_OPTIONAL) and not listed.name.endswith("__main__"):
            importlib.import_module(listed.name)
    found: dict[tuple[str, int], Used] = {}
    for name, module in sorted(sys.modules.items()):
        if name.split(".")[0] != "onrecord" or not getattr(module, "__file__", None):
            continue
        called = _calls(Path(str(module.__file__)))
        for variable, value in vars(module).items():
            for pattern in _held(value, 0):
                # What stands in a list or a rule is applied under another name: to all of a text, it may be.
                methods = called.get(variable, frozenset()) if value is pattern else frozenset(("finditer",))
                key = pattern.pattern, pattern.flags
                held = found.get(key, Used(f"{name}.{variable}", pattern, frozenset()))
                found[key] = held._replace(methods=held.methods | methods)
    return [used for used in found.values() if used.methods]


def _calls(path: Path) -> dict[str, frozenset[str]]:
    """The names of a module of which a method of a pattern is called or handed on, with these methods."""
    found: dict[str, frozenset[str]] = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in METHODS:
            found[node.value.id] = found.get(node.value.id, frozenset()) | {node.attr}
    return found


def apply(pattern: re.Pattern[str], method: str, text: str) -> None:
    """Do with a text what the package does with it."""
    if method in ("sub", "subn"):
        getattr(pattern, method)("", text)
    elif method == "finditer":
        for _ in pattern.finditer(text):
            pass
    else:
        getattr(pattern, method)(text)


def _held(value: Any, depth: int) -> Iterator[re.Pattern[str]]:
    """The patterns within a value: itself, or in containers, or in the fields of an object."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth < 4:
        parts: Any = ()
        if isinstance(value, dict):
            parts = value.values()
        elif isinstance(value, list | tuple | set | frozenset):
            parts = value
        elif depth and hasattr(value, "__dict__") and type(value).__module__.startswith("onrecord"):
            parts = vars(value).values()
        elif hasattr(value, "__struct_fields__") and not isinstance(value, type):
            parts = [getattr(value, field) for field in value.__struct_fields__]
        for part in list(parts):
            yield from _held(part, depth + 1)


def hard_texts(pattern: re.Pattern[str]) -> list[str]:
    """Texts of LENGTH characters: each repeated part of the pattern many times over, after what comes before it.

    A part that can be repeated in several ways at once (nested, or beside another of the same characters) is what a
    backtracking engine tries all ways of, once what follows fails.
    """
    tree = _parser.parse(pattern.pattern, pattern.flags)
    pumps = dict.fromkeys(pump for pump in _pumps(tree, "") if pump[1])
    texts = [before + part * (LENGTH // len(part)) + _END for before, part in pumps]
    whole = _sample(tree)
    if whole:
        texts.append(whole * (LENGTH // len(whole)) + _END)
        texts.append((whole[:-1] or whole) * (LENGTH // max(1, len(whole) - 1)) + _END)
    return list(dict.fromkeys([*texts, " " * LENGTH, "a" * LENGTH, "1" * LENGTH, "\n" * LENGTH, "A " * (LENGTH // 2)]))


def _pumps(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """What can stand before each repeated part, and the part."""
    for op, argument in tree:
        if op in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
            _, most, inner = argument
            if most > 8:
                yield before, _sample(inner)
            yield from _pumps(inner, before)
        elif op is _constants.SUBPATTERN:
            yield from _pumps(argument[-1], before)
        elif op is _constants.BRANCH:
            for branch in argument[1][:40]:
                yield from _pumps(branch, before)
        elif op in (_constants.ASSERT, _constants.ASSERT_NOT):
            yield from _pumps(argument[1], before)
        elif op is _constants.ATOMIC_GROUP:
            yield from _pumps(argument, before)
        before += _sample([(op, argument)])


def _sample(tree: Any) -> str:
    """A short text that the tree matches, as far as can be said without trying."""
    return "".join(str(_one(op, argument)) for op, argument in tree)


def _one(op: Any, argument: Any) -> str:  # noqa: PLR0911
    if op is _constants.LITERAL:
        return chr(argument)
    if op is _constants.NOT_LITERAL:
        return "a" if argument != ord("a") else "b"
    if op is _constants.ANY:
        return "a"
    if op is _constants.IN:
        return _member(argument)
    if op in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
        least, most, inner = argument
        return _sample(inner) * int(max(least, min(1, most)))
    if op is _constants.SUBPATTERN:
        return _sample(argument[-1])
    if op is _constants.ATOMIC_GROUP:
        return _sample(argument)
    return _sample(argument[1][0]) if op is _constants.BRANCH else ""


_OF_CATEGORY = {
    _constants.CATEGORY_DIGIT: "1",
    _constants.CATEGORY_SPACE: " ",
    _constants.CATEGORY_WORD: "a",
    _constants.CATEGORY_NOT_DIGIT: "a",
    _constants.CATEGORY_NOT_SPACE: "a",
    _constants.CATEGORY_NOT_WORD: " ",
}


def _member(members: Any) -> str:
    """A character of a class; of one that leaves some out, the first of a few that it holds."""
    negated = members[0][0] is _constants.NEGATE
    held = [m for m in members if m[0] is not _constants.NEGATE]
    if not negated:
        op, argument = held[0]
        if op is _constants.LITERAL:
            return chr(argument)
        return chr(argument[0]) if op is _constants.RANGE else str(_OF_CATEGORY.get(argument, "a"))
    return next((c for c in "a1 .,-A\n" if not any(_holds(m, c) for m in held)), "ж")


def _holds(member: Any, character: str) -> bool:
    op, argument = member
    if op is _constants.LITERAL:
        return bool(ord(character) == argument)
    if op is _constants.RANGE:
        return bool(argument[0] <= ord(character) <= argument[1])
    tests = {
        _constants.CATEGORY_DIGIT: character.isdigit(),
        _constants.CATEGORY_SPACE: character.isspace(),
        _constants.CATEGORY_WORD: character.isalnum() or character == "_",
    }
    return bool(tests.get(argument, False))
