from __future__ import annotations

import io
import json
from typing import Any

import pytest
from msgspec.structs import replace
from prov.model import ProvDocument

from onrecord.export import FORMATS
from onrecord.record import Record
from tests.records import HOSTILE, RECORD


def written(record: Record) -> bytes:
    out = io.BytesIO()
    FORMATS["prov"](record, out)
    return out.getvalue()


def exported(record: Record) -> Any:
    return json.loads(written(record))


def ends(relation: str, first: str, second: str, **told: Any) -> set[tuple[str, str]]:
    """The pairs that a relation joins, without their prefix."""
    held = exported(RECORD)[relation].values()
    chosen = [r for r in held if all(r.get(name) == value for name, value in told.items())]
    return {(r[first].removeprefix("onrecord:"), r[second].removeprefix("onrecord:")) for r in chosen}


QUOTATION = {"prov:type": {"$": "prov:Quotation", "type": "prov:QUALIFIED_NAME"}}


@pytest.mark.parametrize("record", [Record(), RECORD, HOSTILE])
def test_library_reads_it_and_writes_the_same(record: Record) -> None:
    document = ProvDocument.deserialize(io.StringIO(written(record).decode()), format="json")
    again = ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert document == again
    count = sum(len(held) for name, held in exported(record).items() if name != "prefix")
    assert len(document.get_records()) == count


@pytest.mark.parametrize("record", [RECORD, HOSTILE])
def test_what_is_related_is_declared(record: Record) -> None:
    held = exported(record)
    declared = held["entity"].keys() | held["agent"].keys()
    for relation in ("wasDerivedFrom", "wasAttributedTo"):
        for told in held.get(relation, {}).values():
            assert {v for n, v in told.items() if n in ENDS} <= declared


ENDS = ("prov:entity", "prov:agent", "prov:generatedEntity", "prov:usedEntity")


def test_copy_is_derived_from_what_it_copies() -> None:
    derived = ends("wasDerivedFrom", "prov:generatedEntity", "prov:usedEntity", **{"onrecord:relation": "rewrite"})
    assert derived == {("r4", "r1")}


def test_statement_quotes_its_report_and_each_link_of_its_chain() -> None:
    quoted = ends("wasDerivedFrom", "prov:generatedEntity", "prov:usedEntity", **QUOTATION)
    assert {("r3.a2", "r3"), ("r3.a2", "r3.a2.1"), ("r3.a2.1", "r3.a2.2")} <= quoted
    agents = {id.removeprefix("onrecord:"): told["prov:label"] for id, told in exported(RECORD)["agent"].items()}
    told = {a: agents[b] for a, b in ends("wasAttributedTo", "prov:entity", "prov:agent") if a.startswith("r3.a2.")}
    assert told == {"r3.a2.1": "Radio Sarn", "r3.a2.2": "a Norvian official"}


def test_claim_is_derived_from_statements_and_goes_back_to_origins() -> None:
    derived = ends("wasDerivedFrom", "prov:generatedEntity", "prov:usedEntity")
    assert {b for a, b in derived if a == "m1"} == {"r1.a1", "r2.a1", "r5.a2"}
    origins = ends("wasAttributedTo", "prov:entity", "prov:agent", **{"onrecord:role": "origin"})
    assert len([a for a, _ in origins if a == "m1"]) == 2


def test_who_is_on_record_goes_by_that_id() -> None:
    agents = exported(RECORD)["agent"]
    assert agents["onrecord:p1"]["prov:label"] == "Ilse Varrun"
    assert agents["onrecord:p1"]["prov:type"]["$"] == "prov:Person"


def test_ids_stay_when_a_report_is_added() -> None:
    fewer = replace(RECORD, analyses=RECORD.analyses[:2], claims=(), copies=())
    assert exported(fewer)["wasDerivedFrom"].items() <= exported(RECORD)["wasDerivedFrom"].items()
