"""What a gigabyte of web archives costs, from WARC to record: `python -m bench.archives [--pages N]`.

The archive is of our own making: reports of an invented newsroom (bench/newsroom), each on a page as papers make them,
some 60 KB of HTML with navigation, captions, teasers, scripts and styles, packed as CC-NEWS is (one gzip member a
record, with requests and metadata between). Measured are the parts of the work: pages to reports, reports to analyses,
and analyses to the record, in seconds of the processor, so that what else the machine does counts little. Set
OPENBLAS_NUM_THREADS=1, as threads that wait count too.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from bench.newsroom import write_reports
from onrecord.engine.build import build_record
from onrecord.ingest import read_reports
from onrecord.record import Report

SEED, PAGE_BYTES = 9, 60_000


def write_archive(path: Path, pages: int) -> int:
    """An archive of so many pages; the bytes that they have unpacked."""
    reports = list(write_reports(pages, SEED))
    size = 0
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for n, report in enumerate(reports):
            page = make_page(report, reports[max(0, n - 12) : n], random.Random(n)).encode()  # noqa: S311
            size += len(page)
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], "HTTP/1.1")
            for kind, payload, http in (("response", page, headers), ("metadata", b"fetchTimeMs: 100\r\n", None)):
                writer.write_record(
                    writer.create_warc_record(report["url"], kind, payload=BytesIO(payload), http_headers=http)
                )
    return size


def make_page(report: dict[str, str], others: list[dict[str, str]], rng: random.Random) -> str:
    """A page with the report among what stands beside it."""
    paragraphs = "\n".join(f"<p>{p}</p>" for p in report["text"].split("\n") if p.strip())
    teasers = "\n".join(
        f'<li class="card"><a href="{o["url"]}"><img alt="A picture of the matter"><h3>{o["title"]}</h3></a>'
        f'<p class="summary">{o["text"][:140]}…</p></li>'
        for o in others
    )
    sections = "".join(f'<li><a href="/{name}/">{name.title()}</a></li>' for name in _SECTIONS)
    dated = f'<meta property="article:published_time" content="{report["published"]}">' if "published" in report else ""
    body = (
        f'<header><nav aria-label="Sections"><ul>{sections}</ul></nav></header><main><article>'
        f"<h1>{report['title']}</h1><figure><img alt=''><figcaption>The scene in the capital. Photo: the "
        f"agency</figcaption></figure>{paragraphs}</article><aside><h2>Most read</h2><ul>{teasers}</ul></aside></main>"
        f"<footer><p>© {report['outlet']}. All rights reserved.</p><ul>{sections}</ul></footer>"
    )
    title, outlet = f"<title>{report['title']} - {report['outlet']}</title>", report["outlet"]
    head = f'<meta charset="utf-8">{title}<meta property="og:site_name" content="{outlet}">{dated}'
    filling = "".join(_rule(rng) for _ in range((PAGE_BYTES - len(body)) // 68))
    half = len(filling) // 2
    return (
        f'<!doctype html><html lang="en"><head>{head}<style>{filling[:half]}</style></head>'
        f"<body>{body}<script>var settings = `{filling[half:]}`;</script></body></html>"
    )


_SECTIONS = ("home", "world", "politics", "business", "culture", "sport", "science", "opinion", "weather", "video")


def _rule(rng: random.Random) -> str:
    margin, colour = rng.randrange(99), rng.randrange(2**24)
    return f".c-{rng.randrange(10**6):06}{{margin:{margin}px;color:#{colour:06x};font-size:1rem;display:block}}\n"


def cpu_seconds() -> float:
    """The processor's seconds so far, of this process and of those that it has ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def measure(pages: int, folder: Path) -> dict[str, Any]:
    """The processor's seconds of each part, and what they make of a gigabyte."""
    archive = folder / "pages.warc.gz"
    unpacked = write_archive(archive, pages)
    started = cpu_seconds()
    items = list(read_reports([str(archive)]))
    read = cpu_seconds() - started
    reports = [item for item in items if isinstance(item, Report)]
    begun = {"read": 0.0}

    def tell(stage: str, done: int, total: int | None) -> None:
        begun.setdefault(stage, cpu_seconds())

    started = cpu_seconds()
    build_record(iter(reports), folder / "pages.onrecord", progress=tell)
    ended = cpu_seconds()
    seconds = {"read": read, "extract": begun["link"] - started, "link": ended - begun["link"]}
    packed = archive.stat().st_size
    return {
        "pages": pages,
        "reports": len(reports),
        "left_out": len(items) - len(reports),
        "page_kb": round(unpacked / pages / 1000, 1),
        "packed_kb_a_page": round(packed / pages / 1000, 2),
        "seconds": {stage: round(s, 1) for stage, s in seconds.items()},
        "seconds_a_page": {stage: round(s / pages, 4) for stage, s in seconds.items()},
        "core_hours_a_packed_gigabyte": {
            stage: round(s / packed * 1e9 / 3600, 2) for stage, s in (*seconds.items(), ("all", sum(seconds.values())))
        },
        "core_hours_an_unpacked_gigabyte": round(sum(seconds.values()) / unpacked * 1e9 / 3600, 2),
    }


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=300)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(args.pages, Path(folder)), indent=1))


if __name__ == "__main__":
    main()
