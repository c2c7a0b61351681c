from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from onrecord.export import FORMATS
from onrecord.record import Record
from tests.records import HOSTILE, POST, RECORD, analysis, attribution, entry, given

# What the Web Annotation Data Model asks of each type; https://www.w3.org/TR/annotation-model/.
REQUIRED = {
    "AnnotationCollection": {"@context", "id", "type", "label", "total", "first"},
    "AnnotationPage": {"id", "type", "partOf", "startIndex", "items"},
    "Annotation": {"id", "type", "motivation", "body", "target"},
    "TextualBody": {"type", "value", "purpose", "format"},
    "SpecificResource": {"type", "source"},
    "TextPositionSelector": {"type", "start", "end"},
    "TextQuoteSelector": {"type", "exact", "prefix", "suffix"},
}
MOTIVATIONS = {"describing", "identifying", "linking", "tagging"}


def exported(record: Record) -> Any:
    out = io.BytesIO()
    FORMATS["annotations"](record, out)
    return json.loads(out.getvalue())


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """All objects of the model at any depth."""
    if isinstance(value, dict):
        if "type" in value:
            yield value
        for name, held in value.items():
            yield from nodes(held) if name != "@context" else ()
    elif isinstance(value, list):
        for held in value:
            yield from nodes(held)


def targets(annotation: dict[str, Any]) -> list[dict[str, Any]]:
    held = annotation["target"]
    return held if isinstance(held, list) else [held]


@pytest.mark.parametrize("record", [Record(), RECORD, HOSTILE])
def test_all_is_of_the_model(record: Record) -> None:
    collection = exported(record)
    for node in nodes(collection):
        assert node.keys() >= REQUIRED[node["type"]]
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    items = collection["first"]["items"]
    assert collection["total"] == len(items) == len({item["id"] for item in items})
    said = {node.get("motivation") or node.get("purpose") for node in nodes(collection)} - {None}
    assert said <= MOTIVATIONS


@pytest.mark.parametrize("record", [RECORD, HOSTILE])
def test_both_selectors_lead_to_the_same_words(record: Record) -> None:
    texts = {f"urn:onrecord:{a.id}": a.text for a in record.analyses}
    found = [t for item in exported(record)["first"]["items"] for t in targets(item)]
    assert found
    for target in found:
        text, (place, quote) = texts[target["scope"]], target["selector"]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
        assert text.startswith(quote["prefix"], place["start"] - len(quote["prefix"]))


def test_every_fact_is_there() -> None:
    ids = {item["id"].removeprefix("urn:onrecord:") for item in exported(RECORD)["first"]["items"]}
    facts = {f"{a.id}:{t.id}" for a in RECORD.analyses for t in a.attributions}
    facts |= {f"{a.id}:{e.id}" for a in RECORD.analyses for e in a.events}
    facts |= {f"{a.id}:{e.id}" for a in RECORD.analyses for e in a.entities}
    assert ids == facts | {"r1:t1", "d1", "d2"}


def test_quotation_in_two_stretches_has_two_targets_and_its_claim() -> None:
    item = next(i for i in exported(RECORD)["first"]["items"] if i["id"] == "urn:onrecord:r1:a1")
    assert [t["selector"][1]["exact"] for t in item["target"]] == ["“The grain road,”", "“stays open in every season.”"]
    assert [b.get("value") or b["source"] for b in item["body"]] == [
        "statement",
        "said by Ilse Varrun, by phone, to Omar Teshk, known through the Norvian Foreign Ministry ← Ilse Varrun",
        "urn:onrecord:m1",
    ]
    assert item["confidence"] == 0.97


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://post.example/road", "https://post.example/road"),
        ("javascript:alert(1)", "urn:onrecord:r1"),
        (None, "urn:onrecord:r1"),
    ],
)
def test_source_is_the_address_or_the_hash(url: str | None, source: str) -> None:
    said = attribution("a1", POST, "Teshk asked for the release", speaker="Omar Teshk")
    report = analysis("r1", "Norvia Post", POST, given("2031-03-04"), url=url, attributions=(said,))
    (item,) = exported(Record(reports=(entry(report),), analyses=(report,)))["first"]["items"]
    assert (item["target"]["source"], item["target"]["scope"]) == (source, "urn:onrecord:r1")


def test_sides_of_a_disagreement_are_linked() -> None:
    denial, omission = exported(RECORD)["first"]["items"][-2:]
    assert (denial["motivation"], len(denial["target"]), len(omission["target"])) == ("linking", 2, 1)
