"""The documentation holds together: the site builds, its links lead somewhere, and what it says is the program's."""

from __future__ import annotations

import re
import subprocess
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from msgspec import Struct
from msgspec.structs import fields
from typer.testing import CliRunner

from onrecord import cli, record
from onrecord.export.manifest import Days, File, Manifest
from tests import harbour, helptexts
from tests.processor import to_the_letter
from tests.questions import DOCS, make_demo, within

ROOT = DOCS.parent
# What each page of docs/fields/ explains: the first in a table, with a row for each field.
NOUNS: dict[str, tuple[type[Struct], ...]] = {
    "report": (record.Analysis, record.Hint),
    "noise": (record.Noise,),
    "published": (record.Publication, record.Clue),
    "entities": (record.Entity, record.Mention),
    "timexes": (record.Timex,),
    "attributions": (record.Attribution, record.Speaker),
    "events": (record.Event,),
    "reports": (record.ReportEntry,),
    "copies": (record.Copy,),
    "stories": (record.Story,),
    "record-entities": (record.EntityEntry,),
    "record-events": (record.EventEntry, record.Turn, record.EventMember),
    "contacts": (record.Contact, record.AttributionMember),
    "claims": (record.Claim, record.Origin, record.Way, record.Doubt),
    "expectations": (record.Expectation,),
    "absent": (record.Absent,),
    "disagreements": (record.Disagreement, record.Place),
    "links": (record.Link,),
    "manifest": (Manifest, Days, File),
}
# The words of fields that several nouns have, each list on one page.
WORDS = {
    "noise": (record.NoiseKind,),
    "entities": (record.EntityType, record.MentionForm),
    "timexes": (record.TimexType,),
    "attributions": (record.SpeakerClass, record.Channel, record.Quote, record.Polarity, record.Modality),
    "events": (record.EventType, record.ContactKind, record.Status),
    "disagreements": (record.DisagreementKind,),
    "claims": (record.Fold,),
}
# Pages whose blocks of Python another test runs.
RUN_BY = {"python.md": ROOT / "tests" / "test_public.py"}
_PYTHON = re.compile(r"(?P<mark><!-- not run: .+ -->\n)?^```python\n(?P<code>[\s\S]*?)^```$", re.MULTILINE)


def build_site(config: Path, to: Path) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(config), "--site-dir", str(to)]
    return subprocess.run(line, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("site")
    built = build_site(ROOT / "mkdocs.yml", to)
    assert built.returncode == 0, built.stderr
    return to


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, html.HtmlElement]:
    return {path: html.parse(str(path)).getroot() for path in sorted(site.rglob("*.html"))}


def code_of(page: Path) -> set[str]:
    """What stands between backticks on a page."""
    return set(re.findall(r"`([^`\n]+)`", page.read_text(encoding="utf-8")))


def literals(type_: object) -> Iterator[str]:
    """The words of each Literal in a type."""
    if typing.get_origin(type_) is typing.Literal:
        yield from (word for word in typing.get_args(type_) if isinstance(word, str))
    else:
        for part in typing.get_args(type_):
            yield from literals(part)


def rows(text: str, after: str) -> list[str]:
    """The lines of the tables below a heading, up to the next one of its rank."""
    section = re.split(rf"^{after}\n", text, flags=re.MULTILINE)[1]
    return re.findall(r"^\|.*\|$", re.split(r"^## ", section, flags=re.MULTILINE)[0], re.MULTILINE)


def test_every_page_is_on_the_site(site: Path) -> None:
    written = {page.relative_to(DOCS).with_suffix(".html") for page in DOCS.rglob("*.md")}
    assert written <= {page.relative_to(site) for page in site.rglob("*.html")}


def test_a_page_outside_the_list_and_dead_links_end_the_build(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Quay\n[a](gone.md), [b](#nowhere), [c](lost.md)\n")
    (tmp_path / "docs" / "lost.md").write_text("# Lost\n")
    config = tmp_path / "mkdocs.yml"
    config.write_text(f"INHERIT: {ROOT / 'mkdocs.yml'}\ndocs_dir: docs\nnav: [index.md]\n")
    built = build_site(config, tmp_path / "site")
    assert built.returncode == 1
    assert 'not included in the "nav" configuration:\n  - lost.md' in built.stderr
    assert "'gone.md', but the target is not found" in built.stderr
    assert "'#nowhere', but there is no such anchor" in built.stderr


def test_links_within_the_site_lead_to_a_page_and_a_place(site: Path, pages: dict[Path, html.HtmlElement]) -> None:
    places = {path: set(page.xpath("//@id | //a/@name")) for path, page in pages.items()}
    dead = []
    for path, page in pages.items():
        for href in page.xpath("//a/@href"):
            parts = urlsplit(href)
            if parts.scheme or href in ("", "#"):
                continue
            # 404.html is served anywhere, so its addresses begin at the top.
            base = site if parts.path.startswith("/") else path.parent
            to = (base / unquote(parts.path).lstrip("/")).resolve() if parts.path else path
            to = to / "index.html" if to.is_dir() else to
            if not to.exists() or (parts.fragment and unquote(parts.fragment) not in places.get(to, ())):
                dead.append(f"{path.relative_to(site)}: {href}")
    assert dead == []


def test_nothing_is_loaded_from_elsewhere(site: Path, pages: dict[Path, html.HtmlElement]) -> None:
    loads = "//script/@src | //link/@href | //img/@src | //img/@srcset | //source/@src | //iframe/@src | //object/@data"
    found = {address for page in pages.values() for address in page.xpath(loads)}
    assert found
    assert [address for address in found if re.match(r"\s*(?:[a-z]+:)?//", address)] == []
    for sheet in site.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert not re.search(r"(?:url\(|@import)\s*[\"']?\s*(?:https?:)?//", text), sheet


def test_lists_and_tables_are_drawn_as_such(pages: dict[Path, html.HtmlElement]) -> None:
    lines = [
        (path.name, line)
        for path, page in pages.items()
        for paragraph in page.iter("p")
        for line in str(paragraph.text_content()).splitlines()
    ]
    assert [found for found in lines if re.match(r"(?:[-|>] |\d+\. |```)", found[1])] == [], "a blank line is missing"


def test_the_help_is_the_one_of_the_program() -> None:
    assert helptexts.PAGE.read_text(encoding="utf-8") == helptexts.page(), "`make docs` writes the page anew"


@pytest.mark.skipif(not (ROOT / "bench").exists(), reason="bench/ is not part of this copy")
def test_the_figures_are_those_of_the_benchmarks() -> None:
    assert helptexts.FIGURES.read_text(encoding="utf-8") == helptexts.figures(), "`make docs` writes the page anew"


def test_the_help_is_what_a_user_sees() -> None:
    text = helptexts.page()
    for words in (["build"], ["schema", "export"], ["said"]):
        shown = CliRunner().invoke(cli.app, [*words, "--help"], prog_name="onrecord", terminal_width=80)
        assert f"## onrecord {' '.join(words)}\n\n```\n{shown.output.strip()}\n```\n" in text


@pytest.mark.parametrize("name", NOUNS)
def test_every_field_stands_on_its_page(name: str) -> None:
    page = DOCS / "fields" / f"{name}.md"
    first, *others = NOUNS[name]
    rows = re.findall(r"^\| (`.*?) \|", page.read_text(encoding="utf-8"), re.MULTILINE)
    listed = {word for row in rows for word in re.findall("`(.*?)`", row)}
    assert {f.encode_name for f in fields(first)} - listed == set()
    assert {f.encode_name for noun in others for f in fields(noun)} - code_of(page) == set()


@pytest.mark.parametrize("name", NOUNS)
def test_every_word_of_a_field_is_explained(name: str) -> None:
    written = code_of(DOCS / "fields" / f"{name}.md")
    elsewhere = {word for types in WORDS.values() for type_ in types for word in literals(type_)}
    own = {w for noun in NOUNS[name] for f in fields(noun) for w in literals(f.type) if w not in elsewhere}
    own |= {word for type_ in WORDS.get(name, ()) for word in literals(type_)}
    assert own - written == set()


def test_no_part_of_the_record_is_without_a_page() -> None:
    pages = (DOCS / "fields" / "index.md").read_text(encoding="utf-8")
    for field in fields(record.Record)[1:]:
        name = f"record-{field.name}" if field.name in ("entities", "events") else field.name
        assert field.name == "analyses" or f"]({name}.md)" in pages


@to_the_letter
def test_the_first_build_says_what_the_page_says() -> None:
    found = harbour.record()
    said = sum(len(a.attributions) for a in found.analyses)
    facts = f"8 reports with {said} statements, {len(found.contacts)} contacts, {len(found.claims)} claims; took"
    assert facts in (DOCS / "first-five-minutes.md").read_text(encoding="utf-8")


@pytest.mark.skipif(not (ROOT / "bench").exists(), reason="bench/ is not part of this copy")
def test_figures_of_the_model_card_are_those_of_the_benchmarks() -> None:
    card = (DOCS / "model-card.md").read_text(encoding="utf-8")
    bench = (ROOT / "bench" / "README.md").read_text(encoding="utf-8").splitlines()
    copied = rows(card, "## Measured") + rows(card, "## Cost")
    assert len(copied) > 50
    assert [row for row in copied if row not in bench] == []
    model = (DOCS / "model.md").read_text(encoding="utf-8")
    assert rows(card, "## Trained on") == rows(model, "## Trained on")


def test_terms_stand_in_order_with_an_example_each() -> None:
    _, *terms = re.split(r"^## ", (DOCS / "terms.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    names = [term.splitlines()[0] for term in terms]
    assert names == sorted(names, key=str.casefold)
    assert [name for name, term in zip(names, terms, strict=True) if term.count("<br>\n*For instance:* ") != 1] == []


def test_blocks_of_python_run(tmp_path: Path) -> None:
    make_demo(tmp_path)
    ran = 0
    for page in sorted(DOCS.rglob("*.md")):
        if page.name in RUN_BY:
            assert page.name in RUN_BY[page.name].read_text(encoding="utf-8")
            continue
        text = page.read_text(encoding="utf-8")
        blocks = list(_PYTHON.finditer(text))
        assert len(blocks) == text.count("```python"), page
        for block in blocks:
            if not block["mark"]:
                with within(tmp_path):
                    exec(compile(block["code"], str(page), "exec"), {})  # noqa: S102 - our own pages
                ran += 1
    assert ran
