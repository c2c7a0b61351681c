"""Each format on the example reports as the model reads them, by the same checks as on the small records."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.export.quotations import keep_quotations
from onrecord.record import Record
from tests import harbour
from tests.export import test_annotations, test_flatten, test_ftm, test_graphml, test_prov, test_tables, test_timeml


@pytest.fixture(scope="module", params=["whole", "quotations"])
def record(request: pytest.FixtureRequest) -> Record:
    return harbour.record() if request.param == "whole" else keep_quotations(harbour.record())


def test_annotations_lead_to_their_words(record: Record) -> None:
    test_annotations.test_all_is_of_the_model(record)
    test_annotations.test_both_selectors_lead_to_the_same_words(record)


def test_library_of_followthemoney_takes_all(record: Record) -> None:
    test_ftm.test_library_takes_each_entity(record)
    test_ftm.test_library_drops_no_value(record)


def test_library_of_prov_takes_all(record: Record) -> None:
    test_prov.test_library_reads_it_and_writes_the_same(record)
    test_prov.test_what_is_related_is_declared(record)


def test_texts_are_whole_in_timeml(record: Record) -> None:
    for report in record.analyses:
        test_timeml.test_text_without_tags_is_the_text(report)


def test_ministers_are_joined_in_the_graph(record: Record) -> None:
    graph = test_graphml.graph(record)
    names = {name: told["name"] for name, told in graph.nodes(data=True)}
    pairs = {(names[a], names[b]) for a, b, told in graph.edges(data=True) if told["kind"] == "contact"}
    assert ("Catrin Averill", "Emil Vorac") in pairs or ("Emil Vorac", "Catrin Averill") in pairs


@pytest.mark.parametrize("format", ["jsonl", "parquet"])
def test_tables_are_read_back(record: Record, tmp_path: Path, format: str) -> None:
    checks = {"jsonl": test_tables.test_json_lines_are_read_back, "parquet": test_tables.test_parquet_is_read_back}
    checks[format](record, tmp_path)


def test_slices_of_the_file_give_the_rows_of_the_whole(monkeypatch: pytest.MonkeyPatch, harbour_path: Path) -> None:
    monkeypatch.setattr("onrecord.export.slices.AT_ONCE", 3)
    whole = test_flatten.whole(harbour.record())
    assert sorted(map(repr, test_flatten.streamed(harbour_path))) == sorted(map(repr, whole))
