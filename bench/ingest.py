"""Web pages to text and date, beside trafilatura and htmldate: `python -m bench.ingest --data FOLDER`.

FOLDER holds `pages-body/` (ground-truth.json, html/*.html.gz), `pages-segments/` (evaldata.json, english_html.tar.gz)
and `pages-date/` (eval_default.json, default_english_html.tar.gz). Every page goes through the worker process, as a
user's does, and counts as empty if it is refused; each peer gets the same bytes. `--every N` takes each Nth page.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import re
import tarfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean
from unicodedata import normalize

import trafilatura
from htmldate import find_date

from bench.noise import measure as measure_noise
from onrecord.ingest.pages import Page, PageReader
from onrecord.ingest.pages.page import read_page
from onrecord.record import OnrecordError

Read = Callable[[bytes], str]

SPOKEN = (
    "The mayor of Lower Tamsin said on Friday that the pier would be mended before the winter comes to the coast.",
    "“Order! Order in the hall!” the speaker of the council cried, and nobody in the hall of the council listened.",
    "Nobody in the town knows who is to pay for the timber, said Oda Brill, who has kept the harbour for years.",
)


def token_f1(found: str, gold: str) -> float:
    """F1 over words as multisets; 1 for two texts without a word."""
    ours, theirs = Counter(re.findall(r"\w+", found)), Counter(re.findall(r"\w+", gold))
    size = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / size if size else 1.0


def measure_body(pages: list[tuple[bytes, str]], readers: dict[str, Read]) -> dict[str, object]:
    """The mean token F1 of each reader over pages and their gold text."""
    return _beside(
        {
            name: {"token_f1": round(mean(token_f1(read(raw), gold) for raw, gold in pages), 4)}
            for name, read in readers.items()
        },
        len(pages),
    )


def measure_repeats(readers: dict[str, Read]) -> dict[str, object]:
    """The share of made pages whose paragraphs, some printed two to four times running, come out as they stand."""
    bodies = [
        [SPOKEN[i] for i in (0, 1, 2) for _ in range(times if i == which else 1)]
        for which in range(3)
        for times in (2, 3, 4)
    ]
    made = [("<article><p>" + "</p><p>".join(body) + "</p></article>", body) for body in bodies]
    scores = {
        name: {"exact": round(mean(read(html.encode()).split("\n") == body for html, body in made), 4)}
        for name, read in {name: _without_empty(read) for name, read in readers.items()}.items()
    }
    return _beside(scores, len(made))


def measure_segments(
    pages: list[tuple[bytes, list[str], list[str]]], readers: dict[str, Read], with_title: Read
) -> dict[str, object]:
    """The shares of wanted segments that are in the text and of unwanted ones that are not, spaces and NFC aside.

    The record keeps the title beside the text and trafilatura in it, so ours are also looked for `with_title`.
    """
    scores = {}
    for name, read in readers.items():
        texts = [_plain(read(raw)) for raw, _, _ in pages]
        left_out = [_plain(segment) not in text for text, page in zip(texts, pages, strict=True) for segment in page[2]]
        scores[name] = {"wanted": _wanted(texts, pages), "unwanted_left_out": round(mean(left_out), 4)}
    titled = [_plain(with_title(raw)) for raw, _, _ in pages]
    scores["ours"]["wanted_in_title_or_text"] = _wanted(titled, pages)
    return _beside(scores, len(pages))


def _wanted(texts: list[str], pages: list[tuple[bytes, list[str], list[str]]]) -> float:
    kept = [_plain(segment) in text for text, (_, wanted, _) in zip(texts, pages, strict=True) for segment in wanted]
    return round(mean(kept), 4)


def measure_dates(pages: list[tuple[bytes, str]], readers: dict[str, Read]) -> dict[str, object]:
    """The share of pages with the right day, and of those that are given one."""
    scores = {}
    for name, read in readers.items():
        days = [(read(raw)[:10], gold) for raw, gold in pages]
        right, given = mean(day == gold for day, gold in days), mean(bool(day) for day, _ in days)
        scores[name] = {"accuracy": round(right, 4), "dated": round(given, 4)}
    return _beside(scores, len(pages))


def measure_speed(pages: list[bytes], pages_read: PageReader) -> dict[str, float]:
    """Pages a second: ours through the worker, ours without one, and trafilatura's text alone and with metadata."""

    def inside(raw: bytes) -> None:
        _or_none(lambda: read_page(raw))

    ways: dict[str, Callable[[bytes], object]] = {
        "pages_per_second": lambda raw: _or_none(lambda: pages_read.read(raw)),
        "without_a_worker": inside,
        "trafilatura": lambda raw: trafilatura.extract(raw, include_comments=False),
        "trafilatura_with_metadata": lambda raw: trafilatura.bare_extraction(
            raw, include_comments=False, with_metadata=True
        ),
    }
    seconds = dict.fromkeys(ways, float("inf"))
    for _ in range(3):
        for name, way in ways.items():
            started = time.perf_counter()
            for raw in pages:
                way(raw)
            # The best of three: other work on the machine only ever adds.
            seconds[name] = min(seconds[name], time.perf_counter() - started)
    speed = {name: round(len(pages) / taken, 1) for name, taken in seconds.items()}
    return speed | {"cost_of_isolation": round(seconds["pages_per_second"] / seconds["without_a_worker"] - 1, 3)}


def _beside(scores: dict[str, dict[str, float]], pages: int) -> dict[str, object]:
    return {"pages": pages, **scores.pop("ours"), "peers": scores}


def _without_empty(read: Read) -> Read:
    return lambda raw: re.sub(r"\n+", "\n", read(raw)).strip()


def _plain(text: str) -> str:
    return " ".join(normalize("NFC", text).split())


def _or_none(read: Callable[[], Page]) -> Page | None:
    try:
        return read()
    except OnrecordError:
        return None


def _packed(archive: Path) -> Iterator[tuple[str, bytes]]:
    """The files of a tar archive under their names without folders."""
    with tarfile.open(archive) as packed:
        for member in packed:
            if (file := packed.extractfile(member)) is not None:
                yield Path(member.name).name, file.read()


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--every", type=int, default=1)
    args = parser.parse_args()
    data, every = args.data, args.every
    logging.disable()
    gold = json.loads((data / "pages-body" / "ground-truth.json").read_text(encoding="utf-8"))
    bodies = [
        (gzip.decompress((data / "pages-body" / "html" / f"{key}.html.gz").read_bytes()), gold[key]["articleBody"])
        for key in sorted(gold)[::every]
    ]
    marked = json.loads((data / "pages-segments" / "evaldata.json").read_text(encoding="utf-8"))
    html = dict(_packed(data / "pages-segments" / "english_html.tar.gz"))
    segments = [
        (html[page["file"]], page["with"], page["without"])
        for _, page in sorted(marked.items())
        if page["file"] in html
    ][::every]
    days = json.loads((data / "pages-date" / "eval_default.json").read_text(encoding="utf-8"))
    html = dict(_packed(data / "pages-date" / "default_english_html.tar.gz"))
    dated = [(html[page["file"]], page["date"]) for _, page in sorted(days.items()) if page["file"] in html][::every]
    with PageReader() as pages:

        def ours(raw: bytes) -> str:
            page = _or_none(lambda: pages.read(raw))
            return page.text if page else ""

        def with_title(raw: bytes) -> str:
            page = _or_none(lambda: pages.read(raw))
            return f"{page.title or ''}\n{page.text}" if page else ""

        def our_date(raw: bytes) -> str:
            page = _or_none(lambda: pages.read(raw))
            return page.published or "" if page else ""

        texts: dict[str, Read] = {
            "ours": ours,
            "trafilatura": lambda raw: trafilatura.extract(raw, include_comments=False) or "",
        }
        dates: dict[str, Read] = {
            "ours": our_date,
            "htmldate": lambda raw: find_date(raw, original_date=True) or "",
        }
        out = {
            "body": measure_body(bodies, texts),
            "repeated_paragraphs": measure_repeats(texts),
            "segments": measure_segments(segments, texts, with_title),
            "date": measure_dates(dated, dates),
            "speed": measure_speed([raw for raw, _ in bodies], pages),
        }
    out["noise"] = measure_noise()
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
