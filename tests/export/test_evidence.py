"""In each format, what stands as the words of a fact is the text at its span, however strange the text is."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pyarrow.parquet
import pytest
from lxml import etree

from onrecord.cli_out import export_record
from onrecord.engine import check_record, fix_record
from onrecord.export import FOLDERS, FORMATS, OTHERS
from onrecord.export.xml import make_writable
from onrecord.terminal.printable import on_one_line, show_controls
from onrecord.views.index import GAP
from tests.export.strange import READ_ENTITIES, STRANGE, make_record

Texts = Mapping[str, str]


class Quoted(NamedTuple):
    """Words as a format has them: of a report at some spans; None of either where it does not say.

    Of what is more than a fact's own words, `--quotations-only` blanks a part.
    """

    words: str
    report: str | None = None
    spans: tuple[tuple[int, int | None], ...] | None = None
    is_more: bool = False


def read_json(path: Path) -> Iterator[Quoted]:
    record = json.loads(path.read_bytes())
    for report in record["analyses"]:
        text = report["text"]
        yield whole(report["id"], text)
        for fact in (*report["attributions"], *report["events"]):
            for part in (fact.get("content"), fact.get("trigger"), fact.get("evidence")):
                if part:
                    words = GAP.join(text[start:end] for start, end in part)
                    yield Quoted(words, report["id"], tuple((start, end) for start, end in part))
    for claim in record["claims"]:
        yield Quoted(claim["text"], claim["members"][0]["report"])


def read_annotations(path: Path) -> Iterator[Quoted]:
    for item in json.loads(path.read_bytes())["first"]["items"]:
        for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
            place, words = target["selector"]
            report = target["scope"].removeprefix("urn:onrecord:")
            yield Quoted(words["exact"], report, ((place["start"], place["end"]),))


def read_ftm(path: Path) -> Iterator[Quoted]:
    for line in path.read_bytes().splitlines():
        entity = json.loads(line)
        held = entity["properties"]
        if entity["schema"] == "Article":
            yield from (whole(entity["id"], text) for text in held["bodyText"])
        elif entity["schema"] in ("Documentation", "Mention"):
            (report,) = held["document"]
            yield from (Quoted(words, report) for words in held.get("summary", held.get("name", ())))


def read_graphml(path: Path) -> Iterator[Quoted]:
    for node in etree.parse(path).iterfind(".//{*}node"):
        yield from (Quoted(str(data.text)) for data in node if data.get("key") == "name")


def read_markdown(path: Path) -> Iterator[Quoted]:
    # A carriage return would end a line, and what is behind it would be a block of its own.
    assert b"\r" not in path.read_bytes()
    for line in path.read_text(encoding="utf-8").split("\n"):
        shown = re.sub(r"\\(.)", r"\1", line)
        if found := re.fullmatch(r"- (.*) \[(?:Senn Post|Kes Herald) \d, .*\]", shown):
            # What is said in a call has its speaker before it.
            yield Quoted(re.sub(r"^[^“:]{1,60}: ", "", found[1]))


def read_plover(path: Path) -> Iterator[Quoted]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from (Quoted(row["sentence"], row["report_ids"].split("; ")[0]) for row in csv.DictReader(file))


def read_prov(path: Path) -> Iterator[Quoted]:
    for id, entity in json.loads(path.read_bytes())["entity"].items():
        if entity["prov:type"]["$"] == "onrecord:Statement":
            spans = [span.split("-") for span in entity["onrecord:characters"].split(",")]
            report = id.removeprefix("onrecord:").rpartition(".")[0]
            yield Quoted(entity["prov:label"], report, tuple((int(a), int(b)) for a, b in spans))


def read_corrections(path: Path) -> Iterator[Quoted]:
    for line in path.read_bytes().splitlines():
        target = json.loads(line)["target"]
        yield from (
            Quoted(words, target["report"], (tuple(span),))
            for words, span in zip(target["words"], target["spans"], strict=True)
        )
        start, words = target["paragraph_start"], target["paragraph"]
        yield Quoted(words, target["report"], ((start, start + len(words)),), is_more=True)


def read_timeml(path: Path) -> Iterator[Quoted]:
    for file in path.glob("*.tml"):
        root, at = etree.parse(file).getroot(), 0
        for element in root:
            words = element.text or ""
            if words:
                yield Quoted(words, file.stem, ((at, at + len(words)),))
            at += len(words) + len(element.tail or "")
        yield whole(file.stem, "".join(map(str, root.itertext())))


def read_xlsx(path: Path) -> Iterator[Quoted]:
    book = openpyxl.load_workbook(path.open("rb"))
    for sheet in book:
        names, *rows = sheet.iter_rows(values_only=True)
        held = [dict(zip(names, row, strict=True)) for row in rows]
        yield from read_rows(sheet.title, [{n: "" if v is None else v for n, v in row.items()} for row in held])


def read_csv(path: Path) -> Iterator[Quoted]:
    for file in path.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            yield from read_rows(file.stem, list(csv.DictReader(lines)))


def read_jsonl(path: Path) -> Iterator[Quoted]:
    for file in path.glob("*.jsonl"):
        yield from read_rows(file.stem, [json.loads(line) for line in file.read_bytes().splitlines()])


def read_parquet(path: Path) -> Iterator[Quoted]:
    for file in path.glob("*.parquet"):
        yield from read_rows(file.stem, pyarrow.parquet.read_table(file).to_pylist())


def read_rows(kind: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[Quoted]:
    """What is quoted in the rows of a table."""
    for row in rows:
        if kind == "reports":
            yield whole(row["id"], row["text"])
        elif kind == "statements":
            spans = tuple((int(a), int(b)) for a, b in (span.split(":") for span in several(row["spans"])))
            assert (spans[0][0], spans[-1][1]) == (int(row["start"]), int(row["end"]))
            yield Quoted(row["content"], row["report"], spans)
            yield from (Quoted(row[name], row["report"]) for name in ("cue", "source") if row[name])
        elif kind == "timexes":
            yield Quoted(row["words"], row["report"], ((int(row["start"]), int(row["end"])),))
        elif kind == "disagreements":
            for side in "ab":
                if row[f"{side}_words"]:
                    span = int(row[f"{side}_start"]), int(row[f"{side}_end"])
                    yield Quoted(row[f"{side}_words"], row[f"{side}_report"], (span,))
        elif kind in ("events", "contacts"):
            yield Quoted(row["words"], several(row["report_ids"])[0])
        elif kind == "expectations":
            yield Quoted(row["words"], row["report"])
        elif kind == "claims":
            yield Quoted(row["text"], several(row["report_ids"])[0])


class _Page(HTMLParser):
    """The texts of the reports on a page, the places in them that have a name, and the quotations that lead there."""

    def __init__(self) -> None:
        super().__init__()
        self.report, self.link = "", ""
        self.in_text = self.in_words = 0
        self.texts: dict[str, str] = {}
        self.places: dict[str, tuple[str, int]] = {}
        self.quoted: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "h1":
            self.report = (told.get("id") or "").removeprefix("title-")
        if self.in_text:
            self.in_text += 1
            if told.get("id"):
                self.places[str(told["id"])] = self.report, len(self.texts[self.report])
        elif tag == "div" and told.get("class") == "text":
            self.in_text, self.texts[self.report] = 1, ""
        if tag == "blockquote":
            self.in_words = 1
        elif tag == "a" and self.in_words == 1:
            self.in_words = 2
            self.quoted.append((str(told["href"]).removeprefix("#"), ""))

    def handle_endtag(self, tag: str) -> None:
        self.in_text = max(self.in_text - 1, 0)
        if self.in_words == 2 and tag == "a":
            self.in_words = 0

    def handle_data(self, data: str) -> None:
        if self.in_text:
            self.texts[self.report] += data
        elif self.in_words == 2:
            self.quoted[-1] = self.quoted[-1][0], self.quoted[-1][1] + data


def read_html(path: Path) -> Iterator[Quoted]:
    page = _Page()
    page.feed(path.read_bytes().decode())
    for report, text in page.texts.items():
        yield whole(report, text)
    for link, words in page.quoted:
        report, start = page.places[link]
        # Controls are shown escaped: places on the page are not those of the text.
        assert page.texts[report][start:].startswith(words.split(GAP)[0])
        yield Quoted(words, report)


def whole(report: str, text: str) -> Quoted:
    return Quoted(text, report, ((0, None),), is_more=True)


def several(value: str | Sequence[str]) -> Sequence[str]:
    return value.split(" | ") if isinstance(value, str) else value


def on_one_plover_line(text: str) -> str:
    return show_controls(re.sub(r"(?<!\s)\s*[\r\n\u2028\u2029]\s*", " ", text))


READERS: dict[str, Callable[[Path], Iterator[Quoted]]] = {
    "json": read_json,
    "annotations": read_annotations,
    "ftm": read_ftm,
    "graphml": read_graphml,
    "markdown": read_markdown,
    "plover": read_plover,
    "prov": read_prov,
    "xlsx": read_xlsx,
    "csv": read_csv,
    "jsonl": read_jsonl,
    "parquet": read_parquet,
    "timeml": read_timeml,
    "corrections": read_corrections,
    "html": read_html,
}
# What a format does to a text that it cannot hold, or that would be obeyed, as docs/formats.md says.
SHOWN: dict[str, Callable[[str], str]] = {
    "ftm": str.strip,
    "csv": show_controls,
    "xlsx": lambda text: make_writable(show_controls(text)),
    "html": show_controls,
    "timeml": make_writable,
    "graphml": lambda text: make_writable(on_one_line(text)),
    "markdown": on_one_line,
    "plover": on_one_plover_line,
}
# Formats that quote names, single words, or the words of some events or some corrections.
SHORT = ("graphml", "timeml", "plover", "corrections")
CORRECTED = ("right-to-left", "emoji", "crlf")
KINDS = STRANGE | {"entities": READ_ENTITIES}


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Texts]:
    return make_record(tmp_path_factory.mktemp("strange"))


def test_every_format_is_read() -> None:
    assert set(READERS) == {*FORMATS, *FOLDERS, *OTHERS}


def test_check_proves_the_record_of_strange_texts(strange: tuple[Path, Texts]) -> None:
    proved = check_record(str(strange[0]))
    assert (proved.faults, proved.reports) == ((), 2 * len(STRANGE) + 1)


def test_entities_of_a_page_are_read_as_what_they_stand_for(strange: tuple[Path, Texts]) -> None:
    assert any(f"“The {READ_ENTITIES} port stays shut,”" in text for text in strange[1].values())


@pytest.mark.parametrize("quotations_only", [False, True], ids=["whole", "quotations"])
@pytest.mark.parametrize("format", READERS)
def test_each_quotation_is_the_text_at_its_span(
    format: str, quotations_only: bool, strange: tuple[Path, Texts], tmp_path: Path
) -> None:
    if format == "html" and quotations_only:
        pytest.skip("html shows each report in full")
    record, texts = shutil.copyfile(strange[0], tmp_path / "a.onrecord"), strange[1]
    if format == "corrections":
        for name in CORRECTED:
            fix_record(str(record), "speaker", [f"{name}-1:port stays shut", "Omar Teshk"], by="Ada Holm")
    out, shown = tmp_path / "out", SHOWN.get(format, str)
    export_record(record, format, out, lambda: (_ for _ in ()).throw(AssertionError), quotations_only)
    found = list(READERS[format](out))
    wrong = [quoted for quoted in found if not holds(quoted, texts, shown, quotations_only)]
    assert wrong == []
    quoted_words = [quoted.words for quoted in found if not quoted.is_more]
    kept = [name for name, words in KINDS.items() if any(shown(words) in held for held in quoted_words)]
    assert len(kept) > len(KINDS) / 2 or quotations_only or format in SHORT, kept


def holds(quoted: Quoted, texts: Texts, shown: Callable[[str], str], quotations_only: bool) -> bool:
    """Whether a quotation is what stands in the text as it was given."""
    if quoted.report is None:
        pieces = quoted.words.split(GAP)
        return any(all(piece in shown(text) for piece in pieces) for text in texts.values())
    text = texts[quoted.report]
    if quotations_only and quoted.is_more:
        return True
    if quoted.spans is None:
        return all(piece in shown(text) for piece in quoted.words.split(GAP))
    return bool(quoted.words) and shown(GAP.join(text[start:end] for start, end in quoted.spans)) == quoted.words
