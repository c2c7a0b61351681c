import pytest

from onrecord.web.pictures import draw_card
from onrecord.web.pictures.svg import measure
from tests.web.pictures.rows import HOSTILE, SVG, branch, origin, read, tree, words

LARGE = tree(
    origin("Omar Teshk", *(branch(f"r{n}") for n in range(40))),
    origin("an aide (unnamed)", branch("a1"), named=False),
    untraced=(branch("u1"),),
)


def dots(picture: str) -> list[tuple[str, str]]:
    return [(e.get("cx", ""), e.get("fill", "")) for e in read(picture).iter(f"{SVG}circle")]


def test_the_card_says_what_stands_behind_the_claim_and_what_that_is_not() -> None:
    said = " ".join(words(read(draw_card(LARGE, "Onrecord, sarn.onrecord"))))
    for part in ("Ilse Varrun", LARGE.text, LARGE.standing, LARGE.doubts[0], LARGE.caution, "Onrecord, sarn.onrecord"):
        assert part in said


def test_the_card_needs_nothing_around_it() -> None:
    picture = draw_card(LARGE, "x")
    root = read(picture)
    assert root.get("viewBox") == "0 0 1200 630"
    assert all(e.get("fill") for e in root.iter(f"{SVG}text"))
    assert "var(" not in picture
    assert "style" not in picture
    assert "href" not in picture


def test_many_reports_of_one_origin_leave_room_for_those_of_others() -> None:
    picture = draw_card(LARGE, "x")
    assert len([d for d in dots(picture) if d[0] == "850" and d[1] == "#1d1f23"]) == 24
    assert "+18" in words(read(picture))
    # Two origins, and the open end of the one that doesn't say.
    assert [x for x, _ in dots(picture)].count("1070") == 2
    assert [x for x, _ in dots(picture)].count("931") == 1


def test_a_claim_without_an_origin_has_none_drawn() -> None:
    said = words(read(draw_card(tree(untraced=(branch("r1"),)), "x")))
    assert "reports" in said
    assert "origins" not in said


@pytest.mark.parametrize("text", [*HOSTILE, "the grain road " * 200])
def test_whatever_the_words_they_fit(text: str) -> None:
    root = read(draw_card(tree(origin(text, branch("r1")), text=text), text))
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {*("svg", "rect", "path", "circle", "text")}
    for e in root.iter(f"{SVG}text"):
        width = measure(e.text or "", float(e.get("font-size", "")))
        assert e.get("text-anchor") or 72 + width <= 1200
        assert float(e.get("y", "")) < 610


def test_long_words_are_cut_with_a_mark() -> None:
    said = words(read(draw_card(tree(origin("Omar Teshk", branch("r1")), text="the grain road " * 200), "x")))
    assert [w for w in said if w.endswith("…")]
