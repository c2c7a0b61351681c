from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from onrecord.record import Record
from onrecord.terminal.tables import LAYOUTS, MOST, line, print_rows, some
from onrecord.views import VIEWS, summarise
from tests.records import HOSTILE, RECORD


def shown(name: str, record: Record = RECORD, width: int = 110, colour: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=colour, color_system="truecolor" if colour else None)
    view = VIEWS[name]
    rows = view.rows(record, 0.0)
    print_rows(console, view.title, LAYOUTS[name], rows, summarise(view, rows, len(record.reports)))
    return out.getvalue()


def flowing(text: str) -> str:
    return " ".join(text.split())


def test_every_view_has_a_layout() -> None:
    assert set(LAYOUTS) == set(VIEWS)


@pytest.mark.parametrize("width", [80, 110, 160])
@pytest.mark.parametrize("name", VIEWS)
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    lines = shown(name, width=width).splitlines()
    assert lines[0] == VIEWS[name].title.ljust(len(lines[0]))
    assert max(cell_len(shown_line) for shown_line in lines) <= min(width, 140)


@pytest.mark.parametrize("name", VIEWS)
def test_no_colour_where_there_is_no_terminal(name: str) -> None:
    assert "\x1b" not in shown(name)
    assert "\x1b" in shown(name, colour=True)


def test_call_sheet_tells_what_a_reader_asks() -> None:
    sheet = flowing(shown("calls"))
    assert "2 calls in these 5 reports" in sheet
    assert "Tue 4 March 2031 call" in sheet
    assert "Omar Teshk, Foreign Minister of Kesland" in sheet
    assert "2 reports, 2 traced origins, grouped with 96%" in sheet
    assert "Ilse Varrun: “The grain road,” … “stays open in every season.” [Norvia Post, 4 March 2031;" in sheet


def test_day_of_the_timeline_stands_once() -> None:
    table = shown("timeline")
    assert table.count("Tue 4 March 2031") == 1
    assert table.index("Tue 11 March 2031") < table.index("date not known")


def test_reasons_of_worked_out_dates_stand_below() -> None:
    assert "Worked-out dates:" in shown("calls")
    assert "“a week after their first call”, which was on 4 March" in flowing(shown("calls"))
    assert "Worked-out dates:" not in shown("claims")


def test_missing_side_is_said_as_it_is() -> None:
    assert "not in the account as relayed here" in flowing(shown("disagreements"))


def test_unnamed_origins_come_with_a_warning() -> None:
    assert "may stand for several people" in shown("sources")


def test_hostile_words_are_shown_and_not_obeyed() -> None:
    for colour in (False, True):
        table = shown("statements", HOSTILE, 160, colour)
        assert "[red]stop[/red]" in table
        assert "\\x1b[31mred" in table
        assert "\x1b[31m" not in table
        assert "\u202e" not in table
        assert "\x07" not in table


def test_long_list_is_counted() -> None:
    lines = [line(str(number)) for number in range(MOST + 2)]
    assert [str(text) for text in some(lines)][-2:] == [str(MOST - 1), "and 2 more"]
    assert len(some(lines[:-1])) == MOST + 1
