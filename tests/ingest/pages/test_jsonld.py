import json

import pytest

from onrecord.ingest.pages.jsonld import find_reports, names, strings
from onrecord.ingest.pages.lines import parse_page


def found(*scripts: str) -> list[object]:
    html = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    return [thing.get("headline") for thing in find_reports(parse_page(f"<html><head>{html}</head></html>"))]


def test_articles_are_found_wherever_they_stand() -> None:
    graph = {"@graph": [{"@type": "WebPage", "headline": "no"}, {"@type": ["Thing", "NewsArticle"], "headline": "b"}]}
    nested = {"@type": "WebPage", "mainEntity": {"@type": "https://schema.org/Article", "headline": "c"}}
    assert found(json.dumps({"@type": "NewsArticle", "headline": "a"}), json.dumps([graph, nested])) == ["a", "c", "b"]


def test_a_page_is_taken_where_there_is_no_article() -> None:
    assert found('{"@type": "WebPage", "headline": "a\nb"}', '{"@type": "Organization"}') == ["a\nb"]


@pytest.mark.parametrize("script", ["", "{", "[" * 100_000, "null", '{"@type": 5}', "<!--"])
def test_damage_is_passed_over(script: str) -> None:
    assert found(script, '{"@type": "Article", "headline": "a"}') == ["a"]


def test_names_and_strings() -> None:
    assert names([{"name": "Oda Brill"}, "Pim Hask ", {"name": ["A &amp; B"]}, 5, None, {}]) == [
        "Oda Brill",
        "Pim Hask",
        "A & B",
    ]
    assert strings(5) == strings(None) == strings({}) == []
