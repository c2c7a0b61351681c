from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.store import read_record
from onrecord.web.app import LISTS
from onrecord.web.file import write_page
from tests.web.bare import make_bare
from tests.web.markup import find_misnested, list_levels
from tests.web.site import open_site


@pytest.fixture(scope="module")
def bare_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_bare(tmp_path_factory.mktemp("markup") / "bare.onrecord")


@pytest.fixture(scope="module")
def pages(site: TestClient, harbour_path: Path, bare_path: Path) -> dict[str, str]:
    """Every view of two records, and each report, claim and name of the first one."""
    record = read_record(harbour_path)
    views = ["/", "/reports", "/corrections", "/add", "/none", *(f"/{name}" for name in LISTS)]
    ways = [f"/report/{a.id}{fact}" for a in record.analyses for fact in ("", f"?fact={a.attributions[0].id}")]
    ways += [f"/claim/{c.id}" for c in record.claims] + [f"/entity/{e.id}" for e in record.entities]
    ways += [f"/remove?report={record.reports[0].id}", f"/diff?a={record.copies[0].a}&b={record.copies[0].b}"]
    other = open_site(bare_path)
    asked = {"accept": "text/html"}
    held = {at: site.get(at, headers=asked).text for at in (*views, *ways)}
    held |= {f"bare {at}": other.get(at, headers=asked).text for at in views}
    # Of these some are worked out, and say how: the reasons are where nesting went wrong before.
    assert sum('class="reasons"' in page for page in held.values()) > 2
    return held


def test_no_tag_stands_where_it_may_not(pages: dict[str, str]) -> None:
    assert {at: found for at, page in pages.items() if (found := find_misnested(page))} == {}


def test_no_level_of_headings_is_skipped(pages: dict[str, str]) -> None:
    for at, page in pages.items():
        levels = list_levels(page)
        assert levels.count(1) == 1, at
        assert levels[0] == 1, at
        assert all(after <= before + 1 for before, after in pairwise(levels)), (at, levels)


def test_the_page_in_one_file_is_nested_as_well(harbour_path: Path) -> None:
    out = io.BytesIO()
    write_page(harbour_path, out)
    page = out.getvalue().decode()
    assert find_misnested(page) == []
    assert all(after <= before + 1 for before, after in pairwise(list_levels(page)))


@pytest.mark.parametrize(
    ("page", "amiss"),
    [
        ("<p>on Tuesday<details><summary>why</summary></details></p>", "<details> in <p>, (1, 13)"),
        ("<h2><div>a</div></h2>", "<div> in <h2>, (1, 4)"),
        ("<a href=x><a href=y>b</a></a>", "<a> in <a>, (1, 10)"),
        ("<div><li>a</li></div>", "<li> in <div>, (1, 5)"),
        ("<div><p>a</div>", "</div>, (1, 9)"),
        ("<section>", "<section> is never closed"),
    ],
)
def test_what_is_amiss_is_found(page: str, amiss: str) -> None:
    assert find_misnested(page)[0] == amiss
    assert find_misnested("<p>a <a href=x>b</a><br></p><ul><li><p>c</p></li></ul>") == []
