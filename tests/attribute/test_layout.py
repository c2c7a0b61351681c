from __future__ import annotations

import pytest

from onrecord.attribute.layout import with_layout_source
from tests.parses import make_parse, said

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
