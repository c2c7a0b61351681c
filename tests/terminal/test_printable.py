from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from onrecord.terminal.printable import on_one_line, show_controls


def test_escapes_and_overrides_are_shown() -> None:
    assert show_controls("a\x1b[2Jb\x07\x00\x9b") == "a\\x1b[2Jb\\x07\\x00\\x9b"
    assert show_controls("\u202egpj.exe\u2069") == "\\u202egpj.exe\\u2069"
    assert show_controls("\ud800") == "\\ud800"


def test_scripts_of_the_world_stay_as_they_are() -> None:
    text = "Kétségtelen, 中文, עברית, عربی\u200cها, 👩\u200d🌾 “so”"
    assert show_controls(text) == text


def test_line_ends_and_tabs_become_one_space() -> None:
    assert on_one_line(" one\r\n\ttwo\u2028three \n") == "one two three"
    assert show_controls("one\n\ttwo") == "one\n\ttwo"


@given(st.text(st.characters()))
def test_nothing_obeyed_is_left(text: str) -> None:
    shown = on_one_line(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in shown)
    assert shown.encode().decode() == shown
    assert on_one_line(shown) == shown
