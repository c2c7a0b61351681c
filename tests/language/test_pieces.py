from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from onrecord.language.pieces import CASES, LINES, QUOTES, WINDOW, Window, find_windows, split_pieces, split_sentences
from tests.language.odd import texts


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in split_sentences(text)]


def test_a_sentence_ends_with_its_stop_and_keeps_the_space_behind_it() -> None:
    assert sentences("Ada Holm left. Emil Vorac stayed.") == ["Ada Holm left. ", "Emil Vorac stayed."]
    assert sentences("Mr. Vorac met Dr. Holm at 5 p.m. in Norra.") == ["Mr. Vorac met Dr. Holm at 5 p.m. in Norra."]


def test_a_blank_line_belongs_to_the_sentence_before_it() -> None:
    assert sentences("\n\nHolm left.\n \n\nVorac stayed.\n") == ["\n\n", "Holm left.\n \n\n", "Vorac stayed.\n"]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028"])
def test_a_line_break_always_ends_a_sentence(ending: str) -> None:
    assert sentences(f"Holm goes to{ending}Norra and comes back") == [f"Holm goes to{ending}", "Norra and comes back"]


def test_sentences_of_an_emoji_and_a_lone_surrogate_count_code_points() -> None:
    assert sentences("😀 Holm left. Vorac stayed.") == ["😀 Holm left. ", "Vorac stayed."]
    assert sentences("\ud800 Holm left. Vorac stayed.") == ["\ud800 Holm left. ", "Vorac stayed."]


@given(texts)
def test_sentences_cover_the_text_without_gap_or_overlap(text: str) -> None:
    assert "".join(sentences(text)) == text
    assert all(sentences(text))


def test_pieces_know_case_quotation_and_line(tokenizer: Tokenizer) -> None:
    text = "“Go,” Ada McHolm of NATO said.\nHe left.\n\nI saw 9."
    pieces = split_pieces(text, tokenizer)
    starts = pieces.start.tolist()
    at = {word: starts.index(text.index(word)) for word in ("Go", "Ada", "McHolm", "NATO", "said", "He", "I", "9")}
    assert [int(pieces.case[i]) for i in at.values()] == [2, 2, 4, 3, 1, 2, 2, 0]
    assert pieces.quote[:6].tolist() == [2, 1, 1, 2, 0, 0]
    assert [int(pieces.line[i]) for i in (0, at["Go"], at["He"], at["said"], at["I"])] == [2, 0, 1, 0, 2]
    assert [int(pieces.sentence[at[word]]) for word in ("NATO", "He", "I")] == [0, 1, 2]


def test_a_lone_surrogate_moves_no_offset(tokenizer: Tokenizer) -> None:
    pieces = split_pieces("\udc80\ud800 Holm", tokenizer)
    assert pieces.start[0] == 3


@pytest.mark.parametrize("text", ["", " \n", "\0", "\u200b", "\ufffd"])
def test_a_text_without_a_word_has_no_pieces(text: str, tokenizer: Tokenizer) -> None:
    assert len(split_pieces(text, tokenizer)) == 0


@given(text=texts)
def test_offsets_are_monotone_and_within_the_text(text: str, tokenizer: Tokenizer) -> None:
    pieces = split_pieces(text, tokenizer)
    assert np.all(pieces.start < pieces.end)
    assert np.all(np.diff(pieces.start) >= 0)
    assert np.all(np.diff(pieces.end) >= 0)
    assert np.all(np.diff(pieces.sentence) >= 0)
    assert not len(pieces) or (pieces.start[0] >= 0 and pieces.end[-1] <= len(text))
    columns = (pieces.ids, pieces.start, pieces.end, pieces.case, pieces.quote, pieces.line, pieces.sentence)
    assert {len(c) for c in columns} == {len(pieces)}
    for column, size in ((pieces.case, CASES), (pieces.quote, QUOTES), (pieces.line, LINES)):
        assert set(column.tolist()) <= set(range(size))


def windows_of(lengths: list[int]) -> list[Window]:
    return find_windows(np.repeat(np.arange(len(lengths)), lengths))


def test_a_short_text_is_one_window() -> None:
    assert windows_of([10, 20, 30]) == [Window(0, 60, 0, 60)]
    assert windows_of([WINDOW]) == [Window(0, WINDOW, 0, WINDOW)]
    assert windows_of([]) == []


def test_windows_share_whole_sentences_and_part_in_their_middle() -> None:
    assert windows_of([100, 100, 30, 30, 100]) == [Window(0, 230, 0, 230), Window(200, 360, 230, 360)]
    assert windows_of([100, 94, 20, 20, 20, 100]) == [Window(0, 254, 0, 234), Window(194, 354, 234, 354)]


def test_a_window_that_reaches_no_farther_is_not_read() -> None:
    assert [(w.start, w.end) for w in windows_of([2, 2, 2, 254])] == [(0, 6), (6, 260)]
    assert [(w.start, w.end) for w in windows_of([2, 2, 2, 251])] == [(0, 6), (4, 257)]


def test_a_sentence_longer_than_a_window_is_cut() -> None:
    assert [(w.start, w.end) for w in windows_of([600])] == [(0, 254), (254, 508), (508, 600)]


lengths = st.lists(st.one_of(st.integers(1, 12), st.integers(1, 700)), max_size=60)


@given(lengths, st.integers(0, WINDOW))
def test_cores_cover_every_piece_once_whatever_the_sentences(lengths: list[int], overlap: int) -> None:
    windows = find_windows(np.repeat(np.arange(len(lengths)), lengths), overlap=overlap)
    ends = [0, *(w.core_end for w in windows)]
    assert [w.core_start for w in windows] == ends[:-1]
    assert ends[-1] == sum(lengths)
    for w in windows:
        assert w.start <= w.core_start <= w.core_end <= w.end <= w.start + WINDOW
    assert all(a.start < b.start and a.end < b.end for a, b in pairwise(windows))


@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, "word\n" * 100_000, "“" * 200_000, "e\u0301" * 100_000, "\ud800" * 100_000]
)
def test_a_text_that_is_no_prose_is_split_all_the_same(text: str, tokenizer: Tokenizer) -> None:
    pieces = split_pieces(text, tokenizer)
    windows = find_windows(pieces.sentence)
    assert sum(w.core_end - w.core_start for w in windows) == len(pieces)
