"""Text that means harm: nothing fails on it, every offset is right, and twice the text is twice the work."""

from __future__ import annotations

import builtins
import itertools
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import FrameType
from typing import Any, SupportsIndex

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

import onrecord
from onrecord import pipeline
from onrecord.language import Name, Parse, Relation, words_of
from onrecord.language.pieces import WINDOW, find_windows, split_pieces, split_sentences
from onrecord.language.quotes import find_quotations
from onrecord.pipeline import extract
from onrecord.record import Analysis, Span
from tests.harbour import reader
from tests.language.odd import MARKS, ODD, PROSE
from tests.parses import make_parse
from tests.test_pipeline import make_report, quotes, spans_of

# Beside what is odd: marks of other kinds, marks that turn the direction, a flag, a tag, a mark of variation, letters
# of scripts without spaces, and what the rules look for.
BITS = (
    *ODD, *MARKS, *PROSE, " ", "x", "X", "7", "_", "-", "\u200c", "\u2066", "\u2069", "\u202c", "🇳🇴", "\U000e0041",
    "\ufe0f", "‟", "「", "」", "『", "』", "中文。", "ไทย", "U.", "…”", "Mr. ", "'s ", "the ", "Holm ", "Ada Holm ",
    "He ", "said ", "told ", "citing an aide ", "Minister ", "Monday ", "met ", "between ", "A  's ", "Radio Norra ",
    "\n(Photo: Ada Holm)\n", "\nCorrection:\n",
)  # fmt: skip
hostile = st.lists(st.tuples(st.sampled_from(BITS), st.sampled_from((1, 1, 1, 2, 9, 300))), max_size=12).map(
    lambda bits: "".join(bit * times for bit, times in bits)[:1_500]
)
anything = st.one_of(hostile, st.text(st.characters(exclude_categories=()), max_size=300))

_NAME = re.compile(r"[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)?")


def overread(text: str) -> Parse:
    """A parse that sees names and relations everywhere, as no model does, so that all rules have all to do."""
    words = [span for _, span in words_of(text)]
    names = (Name(Span(*m.span()), "place" if m.end() % 5 == 0 else "person", 0.9) for m in _NAME.finditer(text))
    fours = (words[n : n + 4] for n in range(0, len(words) - 3, 4))
    made = make_parse(text, *(Relation((c, d), (a,), (b,), 0.9) for a, b, c, d in fours))
    return Parse(text, made.sentences, made.quotations, tuple(names), made.relations)


def read(text: str) -> Analysis:
    """What is extracted from `text` where the model would have read all that `overread` does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "parse", lambda text, *_, **__: overread(text))
        return extract(make_report(text), reader())


@settings(deadline=None, max_examples=150)
@given(text=anything)
def test_pieces_windows_sentences_and_quotations_have_their_places(text: str, tokenizer: Tokenizer) -> None:
    pieces = split_pieces(text, tokenizer)
    spans = list(zip(pieces.start.tolist(), pieces.end.tolist(), strict=True))
    assert all(0 <= a < b <= len(text) and text[a:b] for a, b in spans)
    assert spans == sorted(spans)
    windows = find_windows(pieces.sentence)
    assert [n for w in windows for n in range(w.core_start, w.core_end)] == list(range(len(pieces)))
    assert all(w.start <= w.core_start < w.core_end <= w.end <= w.start + WINDOW for w in windows)
    sentences = split_sentences(text)
    assert "".join(text[a:b] for a, b in sentences) == text
    assert all(
        sentences[n][0] <= a < sentences[n][1] for n, (a, _) in zip(pieces.sentence.tolist(), spans, strict=True)
    )
    ends = [0, *itertools.chain(*find_quotations(text)), len(text)]
    assert ends == sorted(ends)
    assert all(a < b for a, b in find_quotations(text))


@settings(deadline=None, max_examples=60)
@given(text=anything)
@example(text="\r" + "citing an aide " * 9)
def test_whatever_is_read_in_a_text_every_fact_quotes_it(text: str) -> None:
    found = read(text)
    assert found.text == text
    assert [s for s in spans_of(found) if not quotes(text, s)] == []


LONG = {
    "no space": "x" * 4_000,
    "no space, mixed": "aXé界7" * 800,
    "lines of one word": "Holm\n" * 800,
    "zero width": "A\u200bd\u200da\ufeff H\u0301o\u202elm\u202c said. " * 150,
    "combining": "e" + "\u0301" * 4_000,
    "surrogates": "\ud800 Ada Holm said so. \udfff" * 150,
    "NUL": "\0Ada\0 Holm said.\0" * 200,
    "opening marks": "“" * 2_000 + " Ada Holm said.",
    "nested": "“«„a " * 400 + "b”»” said Ada Holm. " * 150,
    "emoji": "👩🏽\u200d✈️🇳🇴" * 500,
    "spaces": "Ada" + " " * 4_000 + "Holm" + "\n" * 4_000 + "said.",
    "one sentence": "Ada Holm told Emil Vorac that he and she and " * 90,
}


@pytest.mark.parametrize("name", LONG)
def test_the_model_reads_it_too(name: str) -> None:
    text = LONG[name]
    found = extract(make_report(text), reader())
    assert [s for s in spans_of(found) if not quotes(text, s)] == []


@pytest.mark.parametrize("bit", [*BITS, "".join(b for b in BITS if not b.isspace()) * 30])
def test_what_is_repeated_without_end_is_covered(bit: str, tokenizer: Tokenizer) -> None:
    text = bit * max(1, 5_000 // len(bit))
    pieces = split_pieces(text, tokenizer)
    windows = find_windows(pieces.sentence)
    assert sum(w.core_end - w.core_start for w in windows) == len(pieces)
    assert np.all(pieces.start < pieces.end)
    assert split_sentences(text)[-1][1] == len(text)


class Counted(str):
    """A text that counts the characters that are cut from it, which is work that no line shows."""

    __slots__ = ("cut",)
    cut: int

    def __getitem__(self, at: SupportsIndex | slice) -> str:
        found = super().__getitem__(at)
        self.cut += len(found)
        return found


def work(do: Callable[[str], object], text: str) -> int:
    """How many lines of the package run in `do`, with the characters cut from `text` and the items put in order."""
    done, room, order = 0, str(Path(onrecord.__file__).parent), sorted

    def trace(frame: FrameType, _event: str, _arg: Any) -> Any:
        nonlocal done
        if not frame.f_code.co_filename.startswith(room):
            return None
        done += 1
        return trace

    def counted_order(items: Iterable[Any], **key: Any) -> list[Any]:
        nonlocal done
        found = order(items, **key)
        done += len(found)
        return found

    counted, before = Counted(text), sys.gettrace()
    counted.cut = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(builtins, "sorted", counted_order)
        sys.settrace(trace)
        try:
            do(counted)
        finally:
            sys.settrace(before)
    return done + counted.cut


def name(number: int) -> str:
    """A different name for each number."""
    return "".join("bdfghklmnprst"[number // 13**n % 13] + "aeiou"[number // 7**n % 5] for n in range(4)).title()


# Small, and yet what grows with the square of it has twice the weight of all else.
SIZE = 100

GROWING: dict[str, Callable[[int], str]] = {
    "no space": lambda n: "x" * 20 * n,
    "lines of one word": lambda n: "word\n" * n,
    "a name in each line": lambda n: "Holm\n" * n,
    "one name": lambda n: "Ada Holm said. " * n,
    "different surnames": lambda n: " ".join(f"{name(k)} left." for k in range(n)),
    "different people": lambda n: " ".join(f"{name(k)} {name(7 * k)} left." for k in range(n)),
    "different people of one name": lambda n: " ".join(f"Ada {name(k)} left." for k in range(n)),
    "a surname again and again": lambda n: "Ada Holm and Bela Holm left. " + "Holm left. " * n,
    "different offices": lambda n: " ".join(f"{name(k)} Minister Ada Holm left." for k in range(n)),
    "different ministries": lambda n: " ".join(f"The {name(k)} Ministry and the ministry." for k in range(n)),
    "titles": lambda n: "President Minister Holm left. " * n,
    "he and she": lambda n: "Mr Holm said. " + "She said so. He said no. " * n,
    "they": lambda n: "they administered organisations and responsibilities " * n,
    "one sentence": lambda n: "Ada Constantinopolitan-Holm administered organisations, " * n,
    "opening marks": lambda n: "“ " * n + "Ada Holm said. " * n,
    "quotations": lambda n: "“So we said,” he said. " * n,
    "citations": lambda n: "Norra said it, citing an aide. " * n,
    "citations in one sentence": lambda n: "citing constantinopolitan responsibilities " * n,
    "contacts": lambda n: "Ada Holm met Emil Vorac. " * n,
    "different contacts": lambda n: " ".join(f"{name(k)} Holm met {name(7 * k)} Vorac." for k in range(n)),
    "dates": lambda n: "Ada Holm met Emil Vorac on Monday, 3 March. " * n,
    "stations": lambda n: "Radio Norra said. " * n,
    "noise": lambda n: "Ada Holm left.\n(Photo: Ada Holm)\n" * n,
    "notes": lambda n: "Correction:\n" * n,
}


@pytest.mark.parametrize("name", GROWING)
def test_twice_the_text_is_twice_the_work(name: str) -> None:
    grow = GROWING[name]
    read(grow(2))  # word lists are read once
    once, twice = work(read, grow(SIZE)), work(read, grow(2 * SIZE))
    assert twice < 2.2 * once


@pytest.mark.parametrize("bit", BITS)
def test_twice_the_text_is_twice_the_work_of_splitting(bit: str, tokenizer: Tokenizer) -> None:
    def split(text: str) -> None:
        find_windows(split_pieces(text, tokenizer).sentence)

    once, twice = (work(split, bit * (size // len(bit))) for size in (1_000, 2_000))
    assert twice < 2.2 * once + 100
