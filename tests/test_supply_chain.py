"""What the program rests on is named, fixed and free to use, and its own code calls nothing that runs what it reads."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import distribution, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
LICENCES = Path(__file__).parent / "licences.txt"

_PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^\s;]+)(?: ; [^\\]+)? \\$")
_HASH = re.compile(r"^ {4}--hash=sha256:[0-9a-f]{64}(?: \\)?$")


def needed(name: str, extras: frozenset[str] = frozenset()) -> Iterator[Requirement]:
    """What a package asks for here, with these of its extras."""
    for line in requires(name) or ():
        asked = Requirement(line)
        if asked.marker is None or any(asked.marker.evaluate({"extra": extra}) for extra in extras or {""}):
            yield asked


@cache
def brought() -> tuple[str, ...]:
    """The names of all packages that the default install brings here, sorted."""
    found: set[tuple[str, frozenset[str]]] = set()
    todo = list(needed("onrecord"))
    while todo:
        asked = todo.pop()
        one = canonicalize_name(asked.name), frozenset(asked.extras)
        if one not in found:
            found.add(one)
            todo += needed(*one)
    return tuple(sorted({name for name, _ in found}))


def licences_of(name: str) -> list[str]:
    """The licences that a package states: as an SPDX expression, else by classifiers, else in words."""
    told = distribution(name).metadata
    if "License-Expression" in told:
        return [told["License-Expression"]]
    classified = [c.rpartition(" :: ")[2] for c in told.get_all("Classifier") or () if c.startswith("License ::")]
    return classified or [(told.get_all("License") or ["none stated"])[0].strip().splitlines()[0]]


def allows(expression: str, accepted: frozenset[str]) -> bool:
    """Whether an expression leaves a choice of accepted licences alone."""
    return any(all(part in accepted for part in way.split(" AND ")) for way in expression.split(" OR "))


def read_accepted() -> tuple[str, ...]:
    head, *lines = LICENCES.read_text(encoding="utf-8").splitlines()
    assert head.startswith("# ")
    return tuple(lines)


@cache
def locked() -> dict[str, list[tuple[str, int]]]:
    """By its name, each version that the lock holds of a package, and how many hashes stand with it."""
    if not LOCK.exists():
        pytest.skip("the lock is not part of this copy")
    found: dict[str, list[tuple[str, int]]] = {}
    last: list[tuple[str, int]] = []
    for line in LOCK.read_text(encoding="utf-8").splitlines():
        if pin := _PIN.match(line):
            last = found.setdefault(pin["name"], [])
            last.append((pin["version"], 0))
        elif line.lstrip().startswith("#"):
            continue
        else:
            assert _HASH.match(line), line
            version, hashes = last.pop()
            last.append((version, hashes + 1))
    return found


def test_everything_in_the_lock_is_pinned_and_hashed() -> None:
    assert len(locked()) > 30
    assert [name for name, held in locked().items() if any(hashes == 0 for _, hashes in held)] == []


def test_every_dependency_is_locked_at_a_version_that_it_asks_for() -> None:
    asked = list(needed("onrecord"))
    assert len(asked) > 20
    for one in asked:
        held = locked().get(canonicalize_name(one.name), [])
        assert held, f"{one.name} is not in the lock; run `make lock`"
        assert all(Version(version) in one.specifier for version, _ in held), f"{one}; run `make lock`"


def test_what_is_locked_asks_for_nothing_that_is_not() -> None:
    """As far as the versions here are the locked ones."""
    here = {name: distribution(name).version for name in brought()}
    same = [name for name in brought() if here[name] in [version for version, _ in locked().get(name, ())]]
    assert same
    lacking = {canonicalize_name(r.name) for name in same for r in needed(name)} - set(locked())
    assert lacking == set(), "run `make lock`"


@pytest.mark.parametrize("name", brought())
def test_each_licence_is_one_that_is_accepted(name: str) -> None:
    accepted = frozenset(read_accepted())
    assert [stated for stated in licences_of(name) if not allows(stated, accepted)] == []


def test_the_licences_are_sorted_and_stand_once() -> None:
    assert list(read_accepted()) == sorted(set(read_accepted()))


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("MIT AND Zlib", True),
        ("GPL-2.0-only OR MIT", True),
        ("GPL-2.0-only", False),
        ("MIT AND GPL-2.0-only", False),
        ("MIT AND GPL-2.0-only OR SSPL-1.0", False),
        ("none stated", False),
    ],
)
def test_a_licence_that_is_not_accepted_is_found_out(expression: str, allowed: bool) -> None:
    assert allows(expression, frozenset({"MIT", "Zlib"})) is allowed


# Modules that run code in what they load, or read XML as nobody has told them to.
IMPORTS = ("dill", "joblib", "marshal", "pickle", "shelve", "xml.dom", "xml.parsers", "xml.sax", "yaml")
CALLS = frozenset(
    "asyncio.create_subprocess_shell code.InteractiveInterpreter commands.getoutput compile eval exec os.popen"
    " os.system subprocess.getoutput subprocess.getstatusoutput tempfile.mktemp".split()
)
READS_XML = frozenset("XML XMLID XMLPullParser XMLParser fromstring fromstringlist iterparse parse".split())
# What each has to be told, and what is told of these words anywhere, if they are said.
TOLD = {"lxml.etree.XMLParser": {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}}
ALWAYS = {"shell": False, "allow_pickle": False, "no_network": True, "resolve_entities": False, "load_dtd": False}


def dangers(source: str) -> list[str]:
    """The calls and imports of a module by which it might run, or fetch, what it is given to read."""
    tree = ast.parse(source)
    names: dict[str, str] = {}
    found: list[str] = []
    for node in ast.walk(tree):
        for name, bound in _imported(node):
            names[bound] = name
            if any(name == module or name.startswith(f"{module}.") for module in IMPORTS):
                found.append(f"{node.lineno}: import {name}")  # type: ignore[attr-defined]
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        found += [f"{call.lineno}: {reason}" for reason in _dangers_of_call(call, names)]
    return found


def _imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    """What a statement imports: its full name, and the name that it has here."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield alias.name, alias.asname or alias.name.partition(".")[0]
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            yield f"{node.module}.{alias.name}", alias.asname or alias.name


def _full_name(node: ast.expr, names: dict[str, str]) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_full_name(node.value, names)}.{node.attr}"
    return names.get(node.id, node.id) if isinstance(node, ast.Name) else ""


def _dangers_of_call(call: ast.Call, names: dict[str, str]) -> Iterator[str]:
    name = _full_name(call.func, names).removeprefix("builtins.")
    told = {word.arg: getattr(word.value, "value", None) for word in call.keywords}
    if name in CALLS:
        yield name
    yield from (f"{word} is not {ALWAYS[word]}" for word in ALWAYS if word in told and told[word] is not ALWAYS[word])
    room, _, does = name.rpartition(".")
    if room.startswith("xml.") and does in READS_XML:
        yield name
    if room == "lxml.etree" and does in READS_XML:
        if name in TOLD and TOLD[name] != {word: told.get(word) for word in TOLD[name]}:
            yield f"{name} is not told {TOLD[name]}"
        if name not in TOLD and len(call.args) < 2 and "parser" not in told:
            yield f"{name} without a parser"


MODULES = sorted((ROOT / "src").rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_no_module_runs_or_fetches_what_it_reads(path: Path) -> None:
    assert dangers(path.read_text(encoding="utf-8")) == []


def test_all_modules_are_looked_at() -> None:
    assert len(MODULES) > 200


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from pickle import loads",
        "import marshal as m",
        "def f():\n    import shelve",
        "import yaml",
        "from xml.sax import make_parser",
        "eval('1')",
        "import builtins; builtins.exec('1')",
        "compile('1', '', 'exec')",
        "import os; os.system('true')",
        "from os import system as s; s('true')",
        "import subprocess; subprocess.run('true', shell=True)",
        "import subprocess as s; s.Popen('true', shell=yes)",
        "import subprocess; subprocess.getoutput('true')",
        "import tempfile; tempfile.mktemp()",
        "import numpy as np; np.load('a', allow_pickle=True)",
        "from xml.etree import ElementTree; ElementTree.fromstring('<a/>')",
        "import xml.etree.ElementTree as E; E.parse('a')",
        "from xml.etree.ElementTree import iterparse; iterparse('a')",
        "from lxml import etree; etree.fromstring('<a/>')",
        "from lxml import etree; etree.XMLParser(resolve_entities=False)",
        "from lxml.etree import XMLParser as P; P(resolve_entities=True, load_dtd=False, no_network=True)",
        "from lxml.html import HTMLParser; HTMLParser(no_network=False)",
    ],
)
def test_what_would_run_or_fetch_is_found_out(source: str) -> None:
    assert dangers(source)


@pytest.mark.parametrize(
    "source",
    [
        "import re; re.compile('a')",
        "import subprocess; subprocess.run(['true'], shell=False)",
        "from xml.etree.ElementTree import Element, tostring; tostring(Element('a'))",
        "from lxml import etree; etree.fromstring('<a/>', parser)",
        "from lxml.etree import XMLParser\nXMLParser(resolve_entities=False, load_dtd=False, no_network=True,\n"
        "    huge_tree=False)",
        "import numpy as np; np.load('a')",
        "evaluate('1'); self.eval('1')",
    ],
)
def test_what_only_looks_like_it_is_let_be(source: str) -> None:
    assert dangers(source) == []
