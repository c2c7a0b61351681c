import pytest

from onrecord.ingest import Notice


def test_a_notice_is_one_line_that_names_input_line_and_reason() -> None:
    assert str(Notice("harbour.jsonl", 3, "no JSON", True)) == "harbour.jsonl, line 3: no JSON"
    assert str(Notice("harbour.txt", None, "empty", True)) == "harbour.txt: empty"
    assert str(Notice("harbour.warc", 3, "cut off", True, "record")) == "harbour.warc, record 3: cut off"


@pytest.mark.parametrize("hostile", ["\x1b[2J", "\n", "\r", "\x07", "\u202e", "\u2028", "\udcff", "\x9b31m"])
def test_what_could_move_the_cursor_is_escaped(hostile: str) -> None:
    line = str(Notice(f"a{hostile}b.txt", 1, f"odd {hostile} thing", True))
    assert hostile not in line
    assert line.isprintable()
    assert line.encode("utf-8")


@pytest.mark.parametrize("character", ["x", "\x1b", "\U000e0001"])
def test_the_line_stays_short_and_keeps_the_end_of_the_path(character: str) -> None:
    line = str(Notice(character * 5_000 + "/quay.txt", 10**12, character * 5_000, True))
    assert len(line) < 200
    assert "/quay.txt, line" in line
