from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from onrecord.ask.brief import find_brief
from onrecord.ask.frame import Frame
from onrecord.ask.shelf import Reading, open_reading
from onrecord.export.brief import write_brief
from onrecord.views.refs import refer
from tests.ask.asking import MINE, RECORD, put
from tests.ask.reports import BY_KEY, IDS, report
from tests.correct.saying import record_of
from tests.records import attribution, given

PLACE = re.compile(r"report ([0-9a-f]{16}).*?characters ((?:\d+,\d+(?:;| and |, )?\s*)+)")


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    with open_reading(put(tmp_path_factory.mktemp("brief") / "mine.onrecord", RECORD)) as reading:
        yield reading


def page(reading: Reading, about: str, frame: Frame = Frame()) -> str:  # noqa: B008
    return write_brief(find_brief(reading, frame, about))


ABOUT = ["Ávila", "Brenn", "Koril", "miners missing", refer("story", MINE)]


@pytest.mark.parametrize("about", ABOUT)
def test_every_footnote_is_defined_once_and_called(mine: Reading, about: str) -> None:
    text = page(mine, about)
    defined = re.findall(r"^\[\^(\w+)\]:", text, re.MULTILINE)
    called = re.findall(r"\[\^(\w+)\](?!:)", text)
    assert defined
    assert len(set(defined)) == len(defined)
    assert set(called) == set(defined)
    assert [int(n) for n in defined] == list(range(1, len(defined) + 1))


def notes_of(text: str) -> dict[str, list[str]]:
    """The words that each footnote points at, by the report and the characters that it names."""
    texts = {a.id: a.text for a in RECORD.analyses}
    found = {}
    for number, note in re.findall(r"^\[\^(\w+)\]: (.*)$", text, re.MULTILINE):
        matched = PLACE.search(note)
        assert matched, note
        spans = re.findall(r"(\d+),(\d+)", matched[2])
        found[number] = [texts[matched[1]][int(start) : int(end)] for start, end in spans]
    return found


@pytest.mark.parametrize("about", ABOUT)
def test_the_words_before_a_footnote_are_those_it_points_at(mine: Reading, about: str) -> None:
    text = page(mine, about)
    body = " ".join(text.replace("\\", "").split())
    for words in notes_of(text).values():
        assert words
        for piece in words:
            plain = " ".join(piece.strip("“”\"'").rstrip(".,").split())
            assert plain
            assert plain in body or "40 miners" in plain


@pytest.mark.parametrize("about", ABOUT)
def test_no_two_footnotes_are_of_the_same_words(mine: Reading, about: str) -> None:
    notes = re.findall(r"^\[\^\w+\]: (.*)$", page(mine, about), re.MULTILINE)
    assert len(set(notes)) == len(notes)


def test_the_page_answers_a_desk_s_questions(mine: Reading) -> None:
    text = page(mine, refer("story", MINE))
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert len(headings) == len(set(headings)) >= 4
    assert text.startswith("# ")
    assert "3 reports, 2 traced origins, 1 doesn't say" in text
    assert IDS["gaz-1"] in text


def test_who_disputes_whom_is_said(mine: Reading) -> None:
    disputed = page(mine, refer("story", MINE)).partition("## Who disputes it")[2].partition("\n## ")[0]
    assert "Marta Brenn" in disputed
    assert "Ávila" in disputed


def test_the_page_of_a_story_is_headed_by_its_title(mine: Reading) -> None:
    assert page(mine, refer("story", MINE)).splitlines()[0] == "# The salt mine at Koril"


def test_no_sentence_is_written_twice(mine: Reading) -> None:
    for about in ABOUT:
        lines = [line for line in page(mine, about).splitlines() if line.startswith("- ")]
        assert len(set(lines)) == len(lines)


def test_what_is_not_shown_is_counted(mine: Reading) -> None:
    text = page(mine, refer("story", MINE), Frame(limit=1))
    assert re.search(r"\b\d+ more\b", text)


def test_a_line_names_no_report_that_has_no_part_in_it(mine: Reading) -> None:
    text = page(mine, "miners missing")
    assert IDS["bot-1"] not in text
    assert BY_KEY["ost-1"].id in text


HOSTILE = "<script>alert(1)</script> [x](javascript:y) # heading\n\n# Not a heading *[^1]: forged* | a |"


def test_words_of_a_report_are_no_markup(tmp_path_factory: pytest.TempPathFactory) -> None:
    said = attribution("a1", HOSTILE, HOSTILE, speaker="[^9]: <b>Zed</b>\n# Zed", class_="named_person")
    made = report("h1", HOSTILE, given("2031-05-03"), "\n# Out<i>let</i>", title="\n## Title", attributions=(said,))
    path = put(tmp_path_factory.mktemp("brief") / "hostile.onrecord", record_of(made))
    with open_reading(path) as reading:
        text = page(reading, "alert")
    assert "<script>" not in text
    assert "<i>" not in text
    assert "<b>" not in text
    assert "\n# Not" not in text
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1
    assert "](javascript" not in text.replace("\\]", "")
    assert not re.search(r"^\[\^9\]:", text, re.MULTILINE)
