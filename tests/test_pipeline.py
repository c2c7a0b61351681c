"""The laws of the whole: every fact quotes its report, and neither order nor repetition changes a byte."""

from __future__ import annotations

import io
import json
import random
import textwrap
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from onrecord.export import FORMATS, export_schema
from onrecord.ingest import read_reports, report_id
from onrecord.pipeline import Reader, build, extract
from onrecord.record import Analysis, Place, Publication, Record, Report, Span
from tests.harbour import analyses, reader, record, reports

PLAIN = "Ada Holm said on Monday that the port was shut. “It stays shut,” she told reporters in Senn."
# Each puts the plain words at offsets that bytes, UTF-16 or a normalised text would miss.
STRANGE = {
    "right to left": f"אדה הולם נפגשה עם السيد رينكو ב־Senn.\n\n{PLAIN}\n\n\u202eשלום\u202c",
    "emoji": f"🚢👩🏽‍✈️🇳🇴 Port news 🙏\n\n{PLAIN} 🧂🧂",
    "combining": f"Ze\u0301lie Bru\u0302ne\u0300 and A\u030ada wept.\n\n{PLAIN} Cafe\u0301.",
    "CRLF": f"Port news\r\n\r\nIt rained.\r\n{PLAIN}\r\n\r\n",
    "no-break and zero width": f"Port\u00a0news\u200b\u2028{PLAIN}\ufeff",
    "astral": f"𝔓𝔬𝔯𝔱 𠮷野家\n{PLAIN}",
}


def spans_of(value: object) -> Iterator[Span]:
    """Every span of a struct, however deep."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from spans_of(getattr(value, field))
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_of(item)


def places_of(value: object) -> Iterator[Place]:
    """Every span of a record that names its report."""
    if isinstance(value, Place):
        yield value
    elif isinstance(value, msgspec.Struct) and not isinstance(value, Analysis):
        for field in value.__struct_fields__:
            yield from places_of(getattr(value, field))
    elif isinstance(value, tuple):
        for item in value:
            yield from places_of(item)


def quotes(text: str, span: Span) -> bool:
    return 0 <= span.start < span.end <= len(text) and bool(text[span.start : span.end].strip())


def make_report(text: str, *, outlet: str = "Senn Post", published: str | None = "2031-03-05") -> Report:
    id = report_id(outlet, None, text)
    return Report(id=id, key=id, outlet=outlet, text=text, language="en", published=published)


def keys(found: tuple[Analysis, ...]) -> dict[str, tuple[str, ...]]:
    return {a.id: (a.key,) for a in found}


def test_every_span_quotes_its_report() -> None:
    for analysis in record().analyses:
        assert [s for s in spans_of(analysis) if not quotes(analysis.text, s)] == []
        assert analysis.text[slice(*next(spans_of(analysis)))]
    texts = {a.id: a.text for a in record().analyses}
    places = list(places_of(record()))
    assert [p for p in places if not quotes(texts[p.report], p.span)] == []
    assert len(places) > 100
    assert sum(len(list(spans_of(a))) for a in analyses()) > 500


def test_members_are_facts_of_their_reports() -> None:
    said = {(a.id, x.id) for a in analyses() for x in a.attributions}
    happened = {(a.id, e.id) for a in analyses() for e in a.events}
    members = [(m.report, m.attribution) for c in record().claims for m in c.members]
    assert len(members) == len(set(members)) > 0
    assert set(members) <= said
    # What says too little to be a claim is left out, and nothing else.
    longer = {(a.id, x.id) for a in analyses() for x in a.attributions if sum(e - s for s, e in x.content) > 40}
    assert longer <= set(members)
    assert sorted((m.report, m.event) for e in record().events for m in e.members) == sorted(happened)
    assert {(m.report, m.attribution) for c in record().contacts for m in c.statements} <= said
    assert sorted(r for s in record().stories for r in s.reports) == sorted(a.id for a in analyses())
    for analysis in analyses():
        ids = [x.id for x in analysis.attributions]
        assert ids == [f"a{n}" for n in range(1, len(ids) + 1)]
        assert {x.within for x in analysis.attributions} <= {None, *ids}
        assert {x.speaker.entity for x in analysis.attributions} <= {None, *(e.id for e in analysis.entities)}


def test_entries_have_ids_of_their_own() -> None:
    found = record()
    for entries in (found.claims, found.events, found.entities, found.stories):
        assert len({entry.id for entry in entries}) == len(entries) > 0
    assert {c.id for c in found.contacts} <= {e.id for e in found.events}


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_analyses_changes_nothing(seed: int) -> None:
    order = list(analyses())
    random.Random(seed).shuffle(order)
    assert order != list(analyses())
    assert msgspec.json.encode(build(order, keys(analyses()))) == msgspec.json.encode(record())


def test_what_is_extracted_twice_is_the_same_though_it_was_written_and_read() -> None:
    other = Reader()
    assert other.maker == reader().maker
    for report, analysis in zip(reversed(reports()), reversed(analyses()), strict=True):
        again = msgspec.json.encode(extract(report, other))
        assert again == msgspec.json.encode(analysis)
        assert msgspec.json.decode(again, type=Analysis) == analysis


def test_the_export_is_as_its_schema_says() -> None:
    out = io.BytesIO()
    FORMATS["json"](record(), out)
    Draft202012Validator(export_schema()).validate(json.loads(out.getvalue()))


def test_a_french_report_is_kept_with_nothing_found(tmp_path: Path) -> None:
    text = (
        "Le ministre des ports a déclaré lundi que le bassin resterait fermé tout l'hiver.\n\n"
        "« Nous attendons le loyer », a-t-il dit aux journalistes réunis devant la capitainerie de Senn.\n"
    )
    (tmp_path / "bassin.txt").write_text(text, encoding="utf-8")
    (report,) = (item for item in read_reports([str(tmp_path)]) if isinstance(item, Report))
    found = extract(report, reader())
    assert (found.language, found.text, found.id) == ("fr", text, report.id)
    assert (found.entities, found.timexes, found.attributions, found.events) == ((), (), (), ())
    assert build([found], keys((found,))).reports[0].id == report.id


@pytest.mark.parametrize("name", STRANGE)
def test_offsets_count_code_points_of_the_text_as_it_is(name: str) -> None:
    text = STRANGE[name]
    found = extract(make_report(text), reader())
    assert found.text == text
    assert [s for s in spans_of(found) if not quotes(text, s)] == []
    assert "Monday" in [text[t.span.start : t.span.end] for t in found.timexes]
    assert {text[m.span.start : m.span.end] for e in found.entities for m in e.mentions} & {"Ada Holm", "Holm"}
    contents = [" … ".join(text[a:b] for a, b in x.content) for x in found.attributions]
    assert "that the port was shut" in contents
    assert any("“It stays shut,”" in content for content in contents)


@settings(deadline=None, max_examples=25)
@given(st.text(max_size=300), st.sampled_from(["", PLAIN]))
def test_any_text_is_read(noise: str, plain: str) -> None:
    text = f"{noise}{plain}"
    found = extract(make_report(text), reader())
    assert found.text == text
    assert [s for s in spans_of(found) if not quotes(text, s)] == []


def test_nothing_gives_an_empty_record() -> None:
    assert build([], {}) == Record()


def test_a_report_without_a_date_is_not_given_one() -> None:
    assert extract(make_report(PLAIN, published=None), reader()).published == Publication()


def test_a_copy_at_another_outlet_raises_no_count() -> None:
    for of in analyses():
        copied = replace(of, id=report_id("Late Copy", None, of.text), key="copy", outlet="Late Copy", url=None)
        found = build([*analyses(), copied], keys((*analyses(), copied)))
        before = {m: c.independent for c in record().claims for m in c.members}
        raised = [c.text for c in found.claims for m in c.members if c.independent > before.get(m, len(c.origins))]
        assert raised == []
        assert ("copy", 1.0) in [(c.relation, c.share) for c in found.copies]


def test_entries_keep_their_ids_while_later_reports_are_added() -> None:
    order = record().analyses
    for end in (3, 6):
        earlier = build(order[:end], keys(order[:end]))
        for kind in ("claims", "events", "entities", "stories"):
            first = [entry.id for entry in getattr(earlier, kind)]
            later = [entry.id for entry in getattr(record(), kind)]
            # Of two that a later report joins, the first one's stays.
            assert [i for i in later if i in first] == [i for i in first if i in later]
            assert first[0] in later
            assert len(set(first) - set(later)) <= len(first) // 4


def test_a_report_whose_lines_are_broken_is_read_like_the_one_whose_lines_are_not() -> None:
    for report in reports()[:2]:
        lines = report.text.split("\n")
        whole = replace(report, text="\n\n".join(lines))
        broken = replace(report, text="\n\n".join(textwrap.fill(x, 72, break_on_hyphens=False) for x in lines))
        assert broken.text.count("\n") > whole.text.count("\n") + 9
        assert replace(extract(broken, reader()), text=whole.text) == extract(whole, reader())
