from itertools import combinations

import pytest

from onrecord.views.chains import ClaimTree
from onrecord.web.pictures import draw_tree
from onrecord.web.pictures.svg import measure
from tests.web.pictures.rows import HOSTILE, SVG, box, branch, of_class, origin, overlap, read, titles, tree, words

STEPS = ("from Radio Sarn", "from the Norvian foreign ministry, in a statement", "the same, named otherwise")


def href(report: str) -> str:
    return f"/report/{report}"


def large() -> ClaimTree:
    label = "Port Ister Herald and Evening Post, 14 September 2031"
    groups = [
        origin(f"Origin {n}, a ministry with a long name", *(branch(f"r{n}-{m}", *STEPS[m % 4 :]) for m in range(size)))
        for n, size in enumerate((20, 6, 1, 3))
    ]
    return tree(*groups, untraced=tuple(branch(f"u{n}", *STEPS[: n % 2], label=label) for n in range(10)))


def text_boxes(picture: str) -> list[tuple[float, float, float, float]]:
    boxes = []
    for e in read(picture).iter(f"{SVG}text"):
        width = measure(e.text or "", 12)
        x = float(e.get("x", "")) - (width / 2 if e.get("text-anchor") == "middle" else 0)
        boxes.append((x, float(e.get("y", "")) - 10, x + width, float(e.get("y", "")) + 2))
    return boxes


def test_a_claim_of_one_report_leads_to_its_origin() -> None:
    root = read(draw_tree(tree(origin("Omar Teshk", branch("r1", *STEPS[:2]))), href))
    assert [e.get("href") for e in of_class(root, "pic-report")] == ["/report/r1"]
    said = words(root)
    assert {"Ilse Varrun", "Omar Teshk", "named person", "1", "from Radio Sarn"} <= set(said)
    assert " → ".join(STEPS[:2]) in titles(root)
    assert "doesn't say" not in said
    assert root.get("aria-label") == "9 reports, 2 traced origins, 3 don't say"


def test_untraced_reports_end_open_and_have_no_number() -> None:
    root = read(draw_tree(tree(untraced=(branch("r1"), branch("r2"))), href))
    assert words(root).count("doesn't say") == len(of_class(root, "pic-open")) == 2
    assert not of_class(root, "pic-disc")


def test_unnamed_origins_are_told_apart() -> None:
    root = read(draw_tree(tree(origin("an aide (unnamed)", branch("r1"), named=False)), href))
    assert of_class(root, "pic-unnamed")


def test_of_many_reports_the_rest_is_counted() -> None:
    root = read(draw_tree(large(), href))
    assert len(of_class(root, "pic-report")) == 12 + 6 + 1 + 3 + 10
    assert "and 8 more" in words(root)


def test_of_many_origins_the_rest_is_counted() -> None:
    root = read(draw_tree(tree(*(origin(f"O{n}", branch(f"r{n}")) for n in range(30))), href))
    assert len(of_class(root, "pic-disc")) == 24
    assert "and 6 more origins" in words(root)


def test_nothing_lies_on_anything() -> None:
    picture = draw_tree(large(), href)
    boxes = [box(rect) for rect in of_class(read(picture), "pic-box")]
    assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
    texts = text_boxes(picture)
    assert not [pair for pair in combinations(texts, 2) if overlap(*pair)]
    assert max(bottom for *_, bottom in texts) < float(read(picture).get("height", ""))


def test_a_report_told_in_several_ways_stands_once_and_says_so() -> None:
    one, other = branch("r1", "from Radio Sarn"), branch("r1", "from an aide")
    both = type(one)("r1", one.label, one.tellings + other.tellings)
    root = read(draw_tree(tree(origin("Omar Teshk", both)), href))
    assert len(of_class(root, "pic-report")) == 1
    assert "in 2 ways" in words(root)
    assert "from Radio Sarn; or: from an aide" in titles(root)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(text: str) -> None:
    hostile = tree(origin(text, branch("r1", text, label=text)), untraced=(branch("r2", text),), text=text)
    root = read(draw_tree(hostile, href))
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {
        *("svg", "path", "rect", "text", "a", "g", "title", "circle")
    }
    assert float(root.get("height", "")) < 900
    assert max(right for _, _, right, _ in text_boxes(draw_tree(hostile, href))) <= 1120


def test_the_same_tree_gives_the_same_picture() -> None:
    assert draw_tree(large(), href) == draw_tree(large(), href)
