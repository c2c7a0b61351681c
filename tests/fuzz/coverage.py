"""Our own parsers, led by what of them an input reaches: `python -m tests.fuzz.coverage TARGET [--runs N]`.

atheris changes an input again and again and keeps what reaches a new line of the package. It ends with the first input
that is not survived, and leaves it in build/fuzz. The targets are `TARGETS`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random

import atheris
import msgspec

with atheris.instrument_imports(include=["onrecord"], enable_loader_override=False):
    from onrecord.correct import log_states, standing
    from onrecord.correct.days import read_days
    from onrecord.correct.places import read_place
    from onrecord.dating import read_words
    from onrecord.ingest import find_noise
    from onrecord.ingest.jsonl import Unpacked, read_jsonl
    from onrecord.ingest.pages import PageReader
    from onrecord.ingest.pages.caps import refuse_oversize
    from onrecord.ingest.pages.decode import decode_page
    from onrecord.ingest.pages.stamps import find_in_address, read_stamp
    from onrecord.ingest.responses import decode_body
    from onrecord.ingest.text import decode_text
    from onrecord.ingest.warc import read_archive
    from onrecord.language import split_sentences
    from onrecord.language.quotes import find_quotations
    from onrecord.record import Correction, OnrecordError
    from onrecord.store import split_words
    from onrecord.store.file import UNREADABLE

from tests.fuzz.inputs import CORRECTION
from tests.fuzz.valid import VALID
from tests.records import RECORD

FOUND = Path("build") / "fuzz"
SEEDS = 40
TODAY = date(2031, 5, 5)
PAGES = PageReader()


def read_text(raw: bytes) -> None:
    """The bytes of a text file to sentences, quotations and noise."""
    text, _ = decode_text(raw)
    assert "".join(text[a:b] for a, b in split_sentences(text)) == text
    assert all(a < b for a, b in find_quotations(text))
    find_noise(text, None)


def read_lines(raw: bytes) -> None:
    """JSON Lines, packed or not; no line of them holds a page, which is read elsewhere."""
    if b"html" not in raw:
        list(read_jsonl("a.jsonl", "a", BytesIO(raw), None, PAGES))
        list(read_jsonl("a.jsonl.gz", "a", Unpacked(BytesIO(raw)), None, PAGES))


def read_typed(raw: bytes) -> None:
    """Days, places and words as they are typed or stand in a field."""
    words = raw.decode("utf-8", "surrogateescape")
    split_words(words)
    read_stamp(words)
    find_in_address(words)
    read_words(words[:2_000], TODAY)
    for read in (read_days, lambda given: read_place(RECORD, given)):
        try:
            read(words)
        except OnrecordError:
            continue


def read_rows(raw: bytes) -> None:
    """A log of corrections, as a record file holds it."""
    try:
        log = msgspec.json.decode(raw, type=list[Correction])
    except UNREADABLE:
        return
    states = log_states(log, ())
    assert all(states[one.id] == "stands" for one in standing(log))


def read_packed(raw: bytes) -> None:
    """A web archive, and the body of a response in whatever it may be sent."""
    for name in ("gzip", "deflate", "chunked", "br", "zstd"):
        try:
            decode_body(raw, "", name)
        except OnrecordError:
            continue
    with tempfile.NamedTemporaryFile(suffix=".warc") as file:
        file.write(raw)
        file.flush()
        list(read_archive(file.name))


def read_characters(raw: bytes) -> None:
    """The bytes of a page to its characters, and the caps on it."""
    refuse_oversize(decode_page(raw)[0])


TARGETS: dict[str, tuple[Callable[[bytes], None], str]] = {
    "text": (read_text, "text"),
    "lines": (read_lines, "jsonl"),
    "typed": (read_typed, "words"),
    "rows": (read_rows, "rows"),
    "packed": (read_packed, "warc"),
    "characters": (read_characters, "page"),
}


def main() -> None:
    """Reads the command line; atheris ends the process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--runs", type=int, default=20_000)
    args = parser.parse_args()
    read, kind = TARGETS[args.target]
    corpus = FOUND / "corpus" / args.target
    corpus.mkdir(parents=True, exist_ok=True)
    for number in range(SEEDS):
        (corpus / f"valid-{number}").write_bytes(_valid(kind, number))

    def survive(raw: bytes) -> None:
        try:
            read(raw)
        except OnrecordError:
            return

    options = (f"-runs={args.runs}", "-timeout=10", "-rss_limit_mb=1024", "-max_len=8192", "-seed=1", "-verbosity=0")
    atheris.Setup([sys.argv[0], *options, "-print_final_stats=1", f"-artifact_prefix={FOUND}/", str(corpus)], survive)
    atheris.Fuzz()


def _valid(kind: str, number: int) -> bytes:
    if kind == "rows":
        return msgspec.json.encode([CORRECTION] * (number % 3 + 1))
    return VALID[kind](Random(number))


if __name__ == "__main__":
    main()
