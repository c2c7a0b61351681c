from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.language import split_sentences, unwrap

PARAGRAPHS = (
    "ISTER, May 4 – The harbour authority of Ister closed two of its four berths on Friday, after a crane fell"
    " into the basin, its director, Ruta Vail, told reporters at the old custom house.",
    "“We will open them again when the divers have seen every metre of the quay,” she said. “Nobody was hurt,"
    " and nobody will be sent down there in the dark.”",
    "Dockers said that they had warned of the crane in March.",
)


def wrap(paragraphs: tuple[str, ...], width: int) -> str:
    return "\n\n".join(textwrap.fill(p, width, break_on_hyphens=False) for p in paragraphs)


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100])
def test_what_was_wrapped_is_what_it_was(width: int) -> None:
    assert unwrap(wrap(PARAGRAPHS, width)) == "\n\n".join(PARAGRAPHS)


def test_sentences_go_on_over_the_ends_of_lines() -> None:
    whole = "\n\n".join(PARAGRAPHS)
    assert split_sentences(wrap(PARAGRAPHS, 72)) == split_sentences(whole)


def test_a_paragraph_ends_at_a_short_line_though_no_empty_one_follows() -> None:
    wrapped = "\n".join(textwrap.fill(p, 60, break_on_hyphens=False) for p in PARAGRAPHS)
    assert unwrap(wrapped) == "\n".join(PARAGRAPHS)


def test_a_headline_and_a_byline_keep_their_lines() -> None:
    head = "Two berths closed in Ister\nBy Ada Norra\n\n"
    assert unwrap(head + wrap(PARAGRAPHS, 72)) == head + "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "text",
    [
        "Two berths closed in Ister\nBy Ada Norra\nThe authority closed two berths on Friday.\nNobody was hurt.",
        "the divers\nDockers\nThe Board\nHarbour Union\nthe crane\nA basin\nThe quay\nOf Ister\nMarch",
        "one line\nand another",
        "\n\n\n",
        "",
        # Paragraphs as pages have them, of which one begins with a small letter.
        "\n".join([*PARAGRAPHS, "iSter’s mayor had no word on it, and none of his people would say where he was."]),
    ],
)
def test_lines_that_somebody_ended_stay_as_they_are(text: str) -> None:
    assert unwrap(text) == text


def test_lines_may_end_as_e_mails_have_them() -> None:
    found = unwrap(wrap(PARAGRAPHS, 72).replace("\n", "\r\n"))
    assert [" ".join(part.split()) for part in found.split("\r\n\r\n")] == list(PARAGRAPHS)


@given(st.text(alphabet="ab C.\r\n", max_size=200))
def test_every_place_stays_where_it_is_and_twice_is_once(text: str) -> None:
    found = unwrap(text)
    assert len(found) == len(text)
    assert all(a == b or (a in "\r\n" and b == " ") for a, b in zip(text, found, strict=True))
    assert unwrap(found) == found
