from __future__ import annotations

import pytest

from onrecord.attribute.layout import is_mark, with_layout_source
from tests.parses import make_parse, said
from tests.records import part

BELOW = "“The port is shut.” ― Ada Holm\n\n“The mill is open.” ― Bela Renko (Senn)\n"


def test_the_name_behind_the_dash_is_the_source() -> None:
    parse = make_parse(BELOW)
    wrong = said(BELOW, "“The mill is open.”", "Ada Holm")
    found = with_layout_source(parse, wrong)
    assert (parse.quote(found.source), parse.quote(found.cue)) == ("Bela Renko", "―")


@pytest.mark.parametrize(
    "text",
    [
        "“The port is shut.” — Ada Holm said so, and left.",
        "It rained. “The port is shut.” — Ada Holm",
        "“The port is shut.”\n\n\n\n― Ada Holm",
    ],
)
def test_a_dash_in_a_sentence_signs_nothing(text: str) -> None:
    parse = make_parse(text)
    relation = said(text, "“The port is shut.”", "", "")
    assert with_layout_source(parse, relation) == relation


def test_a_label_is_a_source_where_there_is_none() -> None:
    text = "HOLM: The port is shut.\nFrom Bela Renko: The mill is open.\nThe mayor added: It rains."
    parse = make_parse(text)
    port, mill = said(text, "The port is shut"), said(text, "The mill is open")
    assert parse.quote(with_layout_source(parse, port).source) == "HOLM"
    assert parse.quote(with_layout_source(parse, mill).source) == "Bela Renko"
    rain = said(text, "It rains")
    assert with_layout_source(parse, rain) == rain


@pytest.mark.parametrize(
    ("text", "content", "mark"),
    [
        ("13:10\nTwo people are missing, police say.", "13:10", True),
        ("It rained.\n  14.05 —\nTwo people are missing, police say.", "14.05 —", True),
        # A number may be all that somebody says.
        ("Asked how many were missing, police said 13.", "13", False),
        ("How many?\n“13”, police say.", "“13”", False),
        ("Shut\nThat is what police say.", "Shut", False),
    ],
)
def test_a_line_without_a_letter_is_a_mark(text: str, content: str, mark: bool) -> None:
    assert is_mark(text, part(text, content)) is mark
