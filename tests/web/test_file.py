import base64
import hashlib
import io
import re
from html import unescape
from pathlib import Path

import pytest

from onrecord.record import OnrecordError
from onrecord.store import read_record
from onrecord.web import file
from onrecord.web.file import write_page
from onrecord.web.links import anchor


@pytest.fixture(scope="module")
def page(harbour_path: Path) -> str:
    out = io.BytesIO()
    write_page(harbour_path, out)
    return out.getvalue().decode()


def test_every_link_inside_leads_to_a_place_inside(page: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', page)
    asked = {unescape(href)[1:] for href in re.findall(r'href="(#[^"]*)"', page)}
    assert asked
    assert sorted(asked - set(ids)) == []


def test_no_place_is_named_twice(page: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted({id for id in ids if ids.count(id) > 1}) == []


def test_it_asks_nobody_and_runs_nothing(page: str) -> None:
    assert not re.search(r"<script|<form(?! class=\"shown\")|<img|<link|\shx-|\ssrc=|\son\w+=|\sstyle=", page)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style
    told = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src &#39;sha256-{told}&#39;" in page
    assert "url(" not in style[1]


def test_it_holds_every_report_claim_and_name(page: str, harbour_path: Path) -> None:
    record = read_record(harbour_path)
    for id in (*(r.id for r in record.reports), *(c.id for c in record.claims), *(e.id for e in record.entities)):
        assert f'<section class="part" id="{anchor(id)}"' in page


def test_the_same_record_gives_the_same_page(page: str, harbour_path: Path) -> None:
    out = io.BytesIO()
    write_page(harbour_path, out)
    assert out.getvalue().decode() == page


def test_too_many_reports_for_one_page_are_refused(harbour_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "MOST", 7)
    with pytest.raises(OnrecordError, match="too many for one page"):
        write_page(harbour_path, io.BytesIO())
