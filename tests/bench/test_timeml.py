from pathlib import Path

import pytest

from bench.timeml import joined, read_marked, read_report, unmark

FILE = """<?xml version="1.0" ?>
<TimeML>
<DCT><TIMEX3 tid="t0" type="DATE" value="2031-05-02">2031-05-02</TIMEX3></DCT>
<TEXT>
Oil &amp; grain <EVENT eid="e1">rose</EVENT> <TIMEX3 tid="t1" type="DATE" value="2031-05-01">yesterday</TIMEX3>'s
best, after <TIMEX3 tid="t2" type="DATE" value="P2Y">two years</TIMEX3> and
<TIMEX3 tid="t3" type="DATE" value="2031-05-01TMO">a morning</TIMEX3>.<TIMEX3 tid="t4" type="DATE" value="X"/>
</TEXT>
</TimeML>
"""


def test_a_file_is_its_body_with_its_time_expressions(tmp_path: Path) -> None:
    path = tmp_path / "one.tml"
    path.write_text(FILE)
    example, day = read_report(path)
    assert day == "2031-05-02"
    assert example.text.startswith("\nOil & grain rose yesterday's\n")
    found = [(example.text[a:b], kind) for a, b, kind in example.timexes or ()]
    assert found == [("yesterday", "DATE"), ("two years", "DURATION"), ("a morning", "TIME")]


def test_lines_are_texts_with_marks(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text("# ours\nIt rained <SET>every <i>day</i></SET>.\n\nNone.\n")
    first, second = read_marked(path)
    assert (first.text, second.text) == ("It rained every day.", "None.")
    assert ("every day", "SET") in [(first.text[a:b], k) for a, b, k in first.timexes or ()]
    assert second.timexes == ()


@pytest.mark.parametrize("text", ["", "plain", "a <b", "x < y and y > x"])
def test_text_without_marks_stays_as_it_is(text: str) -> None:
    assert unmark(text).text == text
    assert unmark(text).marks == ()


def test_joined_texts_keep_what_was_marked(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text("On <DATE>Monday</DATE>.\nFor <DURATION>a day</DURATION>.\n")
    one = joined(list(read_marked(path)), "both")
    assert one.text == "On Monday.\nFor a day."
    assert [one.text[a:b] for a, b, _ in one.timexes or ()] == ["Monday", "a day"]
