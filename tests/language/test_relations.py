from __future__ import annotations

from onrecord.language import Relation, load_model, parse

TEXT = (
    "Officials said on Monday that Ada Holm had told the council that the bridge was unsafe.\n\n"
    "“It will rain,” said the keeper of the light."
)


def test_what_stands_inside_a_content_is_read_too() -> None:
    found = parse(TEXT, load_model(), coreference=False)
    outer = next(r for r in found.relations if "Ada Holm" in found.quote(r.content))
    assert found.quote(outer.source) == "Officials"
    (inner,) = outer.nested
    assert found.quote(inner.source) == "Ada Holm"
    assert found.quote(inner.content) == "that the bridge was unsafe"
    assert inner.probability < outer.probability
    assert all(a <= s.start < s.end <= b for a, b in outer.content for s in (*inner.content, *inner.source, *inner.cue))


def test_a_content_without_speech_in_it_holds_none() -> None:
    found = parse(TEXT, load_model(), coreference=False)
    rain = next(r for r in found.relations if "rain" in found.quote(r.content))
    assert rain.nested == ()


def test_the_pieces_of_an_interrupted_content_are_read_as_one() -> None:
    text = "“Ada Holm has told us,” said the mayor, “that the mill will close in May.”"
    found = parse(text, load_model(), coreference=False)
    spans = [s for r in _all(found.relations) for s in (*r.content, *r.source, *r.cue)]
    assert spans
    assert all(text[a:b].strip() for a, b in spans)


def _all(relations: tuple[Relation, ...]) -> list[Relation]:
    return [x for r in relations for x in (r, *_all(r.nested))]
