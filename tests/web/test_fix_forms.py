from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

import pytest

from onrecord.web.links import FileLinks, ServerLinks
from onrecord.web.render import _environment

SCRIPT = '"><script>alert(1)</script>'
FORM = "of-this-run"
Forms = Callable[..., str]


def forms(name: str) -> Forms:
    return cast(Forms, getattr(_environment().get_template("fix.html").module, name))


LIVE = ServerLinks(lambda name: None)


@pytest.mark.parametrize(
    ("kind", "kinds"),
    [
        ("attribution", {"speaker", "date", "same", "different", "reject"}),
        ("event", {"date", "same", "different", "reject"}),
        ("contact", {"date", "same", "different", "reject"}),
        ("entity", {"same", "different", "reject"}),
        ("report", {"date", "same", "different"}),
        ("timex", set()),
    ],
)
def test_the_forms_beside_a_fact(kind: str, kinds: set[str]) -> None:
    html = forms("fact_forms")(LIVE, FORM, SCRIPT, "r1", "a1", kind, "/report/r1")
    assert set(re.findall(r'name="kind" value="(\w+)"', html)) == kinds
    assert html.count("<form") == html.count(f'name="token" value="{FORM}"') == html.count('name="by"')
    assert "<script>" not in html
    place = "r1" if kind == "report" else "r1/a1"
    assert set(re.findall(r'name="place" value="([^"]+)"', html)) == ({place} if kinds else set())
    assert not forms("fact_forms")(FileLinks({}), FORM, "", "r1", "a1", kind, "/").strip()


@pytest.mark.parametrize("number", [1, 2, 3, 8, 9])
def test_the_forms_beside_an_entry(number: int) -> None:
    members = [(f"r{n}/a1", f"Tern {n} {SCRIPT}") for n in range(number)]
    html = forms("entry_forms")(LIVE, FORM, "", "c-1", members, "/claims", "claim")
    parting = html.count('value="different"')
    assert parting == {1: 0, 2: 1, 3: 2, 8: 2, 9: 1}[number]
    assert {"same", "date", "reject"} <= set(re.findall(r'name="kind" value="(\w+)"', html))
    assert "<script>" not in html
    plain = forms("entry_forms")(LIVE, FORM, "", "c-1", members, "/claims")
    assert '"reject"' not in plain
    assert not forms("entry_forms")(FileLinks({}), FORM, "", "c-1", members, "/").strip()
