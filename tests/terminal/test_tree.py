from __future__ import annotations

import io

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import Console

from onrecord.record import AttributionMember, Claim, Copy, Doubt, Origin, Record, Way
from onrecord.terminal.tree import print_tree
from onrecord.views.chains import explain_claim
from tests.records import HOSTILE, HOSTILE_TEXT, RECORD


def shown(record: Record = RECORD, id: str = "m1", width: int = 110, colour: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=colour, color_system="truecolor" if colour else None)
    print_tree(console, explain_claim(record, id))
    return out.getvalue()


def test_origins_are_numbered_and_those_who_do_not_say_stand_behind_them() -> None:
    tree = shown()
    assert "3 reports, 2 traced origins, 1 doesn't say, grouped with 93%  Q-m1" in tree
    lines = ["Origin 1: the Norvian Foreign Ministry, named organisation", "Origin 2: a Kesland official (unnamed)\n"]
    lines += ["1 report doesn't say where it comes from", "What would lower it", "It proves nothing."]
    assert sorted(tree.index(line) for line in lines) == [tree.index(line) for line in lines]


def test_words_of_reports_are_marked_and_those_of_another_report_have_its_label() -> None:
    claim = RECORD.claims[1]
    record = replace(RECORD, copies=(Copy("r1", "r2", "rewrite", 0.64),), claims=(claim,))
    tree = shown(record)
    assert "> Varrun promised that the grain road would stay open" in tree
    assert "> “The grain road,” … “stays open in every season.” [Norvia Post, 4 March 2031]" in tree


def test_doubts_stand_under_what_would_lower_it() -> None:
    assert "nothing that is on record" in shown()
    doubt = Doubt("unnamed", ("a clerk", "an aide"), 1)
    tree = shown(replace(RECORD, claims=(replace(RECORD.claims[1], doubts=(doubt,)),)))
    assert "a clerk and an aide are not named and could be one: then 1 traced origin" in tree
    assert "nothing that is on record" not in tree


@pytest.mark.parametrize("width", [60, 110, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(cell_len(line) for line in shown(width=width).splitlines()) <= min(width, 140)


def test_no_colour_where_there_is_no_terminal() -> None:
    assert "\x1b" not in shown()
    assert "\x1b" in shown(colour=True)


def test_hostile_words_are_shown_and_not_obeyed() -> None:
    origin = Origin("\x1b[31m[red]Teshk\u202e", "named_person", ("h1",), (Way("h1", "a1", "itself"),))
    claim = Claim(
        id="c1",
        text=HOSTILE_TEXT,
        author="[bold]x\x07",
        members=(AttributionMember("h1", "a1"),),
        origins=(origin,),
        independent=1,
        untraced=(),
        confidence=1.0,
    )
    for colour in (False, True):
        tree = shown(replace(HOSTILE, claims=(claim,)), "c1", 160, colour)
        assert "[red]stop[/red]" in tree
        assert "\\x1b[31m[red]Teshk\\u202e" in tree
        assert all(mark not in tree for mark in ("\x1b[31m", "\u202e", "\x07", "\x00"))
