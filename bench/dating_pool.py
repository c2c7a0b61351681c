"""Corpora of dated texts to one pool in which no year holds more than a fifth."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.timeml import read_report

SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Dated:
    """A text, the day on which it was published, the outlet where the corpus names one, and the corpus."""

    name: str
    text: str
    day: date
    outlet: str | None
    corpus: str


def read_pool(data: Path) -> list[Dated]:
    """Reports of polnear (train and dev), timebank, gum (train and dev), triples and readouts, in the order of a hash.

    Of a year that has more than a fifth of the whole, so many reports are left out, the last ones in that order.
    """
    found = sorted(_all(data), key=lambda d: hashlib.sha256(d.name.encode()).hexdigest())
    years = Counter(d.day.year for d in found)
    while max(years.values()) > SHARE * sum(years.values()):
        years[max(years, key=lambda y: years[y])] -= 1
    kept = Counter[int]()
    out = []
    for one in found:
        kept[one.day.year] += 1
        if kept[one.day.year] <= years[one.day.year]:
            out.append(one)
    return out


def _all(data: Path) -> Iterator[Dated]:
    yield from _polnear(data / "polnear")
    for path in sorted((data / "timebank").rglob("*.tml")):
        example, day = read_report(path)
        yield Dated(f"timebank-{path.stem}", example.text.strip(), date.fromisoformat(day[:10]), None, "timebank")
    for split in ("train", "dev"):
        yield from _gum(data / "gum" / f"gum-{split}.conllu.gz")
    for n, line in enumerate((data / "triples" / "articles.jsonl").read_text("utf-8").splitlines()):
        one = json.loads(line)
        text = "\n\n".join(p for group in one["body-paragraphs"] for p in group)
        yield Dated(f"triples-{n}", text, date.fromisoformat(one["date"]), one["source"], "triples")
    for n, line in enumerate((data / "readouts-2021" / "readouts.jsonl").read_text("utf-8").splitlines()):
        one = json.loads(line)
        yield Dated(f"readouts-{n}", one["text"], date.fromisoformat(one["published"][:10]), one["author"], "readouts")


def _polnear(folder: Path) -> Iterator[Dated]:
    with (folder / "metadata.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            path = folder / row["compartment"] / "text" / f"{row['filename']}.txt"
            if path.exists():
                day = date.fromisoformat(row["publication_date"])
                yield Dated(f"polnear-{row['filename']}", path.read_text("utf-8"), day, row["publisher"], "polnear")


def _gum(path: Path) -> Iterator[Dated]:
    name, day, text = "", "", ""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        lines = [*file, "# newdoc id = "]
    for line in lines:
        if line.startswith("# newdoc id"):
            if len(day) == len("2001-01-01"):
                yield Dated(f"gum-{name}", text.strip(), date.fromisoformat(day), None, "gum")
            name, day, text = line.split("=")[1].strip(), "", ""
        elif line.startswith("# meta::dateCreated"):
            day = line.split("=")[1].strip()
        elif line.startswith("# newpar_block") or line.startswith("# newpar"):
            text += "" if text.endswith("\n\n") else "\n\n"
        elif line.startswith("# text ="):
            text += line.split("=", 1)[1].strip() + " "
