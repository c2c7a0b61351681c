from onrecord.ingest.pages.choose import choose_lines
from onrecord.ingest.pages.lines import parse_page, read_lines
from tests.ingest.pages.written import BODY, MAYOR, ORDER, PAYS, page


def chosen(html: str) -> list[str]:
    tree = parse_page(html)
    lines = read_lines(tree)
    return [lines[i].text for i in choose_lines(tree, lines)]


def test_the_body_is_chosen_and_the_menu_is_not() -> None:
    assert chosen(page()) == ["Pier to be mended", MAYOR, PAYS, ORDER]


def test_paragraphs_that_are_printed_again_are_kept() -> None:
    twice = f"<p>{MAYOR}</p><p>{ORDER}</p><p>{ORDER}</p><p>{ORDER}</p><p>{PAYS}</p><p>{ORDER}</p>"
    assert chosen(page(twice))[1:] == [MAYOR, ORDER, ORDER, ORDER, PAYS, ORDER]


def test_a_twin_in_another_place_is_not_the_body() -> None:
    teaser = f"<div class='related'><a href='/x'>{PAYS}</a></div>"
    assert chosen(page(BODY).replace("<article>", teaser + "<article>")).count(PAYS) == 1


def test_the_words_of_a_line_stay_as_they_are() -> None:
    odd = MAYOR.replace("pier", "<b>pi</b>er").replace("winter", "win\u0308ter").replace("coast.", "coast .")
    assert chosen(page(f"<p>{odd}</p>{BODY}"))[1] == odd.replace("<b>", "").replace("</b>", "")


def test_cells_and_items_are_found_again() -> None:
    table = "<table><tr><th>Plank</th><th>Price</th></tr><tr><td>Oak from Orrel</td><td>40 marks</td></tr></table>"
    items = "<ul><li>Oak is dear in the spring.</li><li>Pine is not, and rots within a year or two.</li></ul>"
    found = chosen(page(BODY + table + items + f"<p>{MAYOR[::-1]}</p>"))
    assert [text for text in found if "Oak" in text or "marks" in text] == [
        "Oak from Orrel",
        "40 marks",
        "Oak is dear in the spring.",
    ]


def test_nothing_is_chosen_where_there_is_nothing() -> None:
    assert chosen("<script>one()</script>") == []
