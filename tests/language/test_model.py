import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import onnx
import pytest

from onrecord.language import Model, load_model, parse
from onrecord.language.model import FILES, SHIPPED
from onrecord.record import OnrecordError

PLAIN = "“The ferry will not sail before the pier is mended,” Ada Holm said."
TWO_PARAGRAPHS = (
    "LOWER NORRA - The ferry between the two islands stays in port, the harbour office said on Thursday.\n\n"
    f"{PLAIN} Nobody had asked the fishermen, according to Emil Vorac, who leads their union."
)


def refusal(folder: Path) -> str:
    with pytest.raises(OnrecordError) as caught:
        load_model(folder)
    return str(caught.value)


def test_a_plain_quotation_is_found_with_its_source_and_its_content(model: Model) -> None:
    parsed = parse(PLAIN, model)
    (relation,) = parsed.relations
    assert parsed.quote(relation.content) == "“The ferry will not sail before the pier is mended,”"
    assert parsed.quote(relation.source) == "Ada Holm"
    assert parsed.quote(relation.cue) == "said"
    assert [parsed.text[n.span.start : n.span.end] for n in parsed.names if n.kind == "person"] == ["Ada Holm"]


def test_a_plain_sentence_has_its_words_and_its_syntax(model: Model) -> None:
    text = "The old ferry didn't sail."
    tokens = parse(text, model).tokens
    words = [text[slice(*t.span)] for t in tokens]
    assert words == ["The", "old", "ferry", "did", "n't", "sail", "."]
    assert [t.tag for t in tokens] == ["DET", "ADJ", "NOUN", "AUX", "PART", "VERB", "PUNCT"]
    assert [words[t.head] if t.head >= 0 else "" for t in tokens] == [
        "ferry",
        "ferry",
        "sail",
        "sail",
        "sail",
        "",
        "sail",
    ]
    assert [t.relation for t in tokens] == ["det", "amod", "nsubj", "aux", "advmod", "root", "punct"]


def test_nouns_and_pronouns_that_stand_for_people_are_mentions(model: Model) -> None:
    text = "Ada Holm told the ministers that she had met her sister in the capital."
    heads = {text[slice(*t.span)]: t.mention for t in parse(text, model).tokens if t.mention}
    assert heads | {"ministers": "person", "she": "person", "sister": "person", "capital": "place"} == heads


def test_who_did_what_to_whom_and_whether_it_happened(model: Model) -> None:
    text = "The navy sank two ferries on Thursday.\nLothia did not attack the port.\nIt may attack the port next week."
    parsed = parse(text, model)
    words = [text[slice(*t.span)] for t in parsed.tokens]
    frames = [f for f in parsed.frames if words[f.node] in ("sank", "attack")]
    assert [{a.label: words[a.node] for a in f.arguments} for f in frames] == [
        {"ARG0": "navy", "ARG1": "ferries", "ARGM-TMP": "Thursday"},
        {"ARG0": "Lothia", "ARGM-NEG": "not", "ARG1": "port"},
        {"ARG0": "It", "ARGM-MOD": "may", "ARG1": "port", "ARGM-TMP": "week"},
    ]
    happened, denied, possible = (f.happened for f in frames)
    assert happened > 0.8
    assert 0.5 > denied > possible
    assert frames[0].factuality > 0 > frames[2].factuality


def test_time_expressions_have_their_types(model: Model) -> None:
    text = "On Monday morning the council met for two hours, as it does every week. It meets again in March 2031."
    found = [(text[slice(*t.span)], t.type) for t in parse(text, model).timexes]
    assert found == [
        ("Monday morning", "TIME"),
        ("two hours", "DURATION"),
        ("every week", "SET"),
        ("March 2031", "DATE"),
    ]


def test_days_and_dates_are_seen_wherever_they_stand(model: Model) -> None:
    """A list of dates is no sentence."""
    text = "NORRA\n\nFriday\n\n14 June 2031\n\nThe ferry did not appear."
    found = [text[slice(*t.span)] for t in parse(text, model).timexes]
    assert found == ["Friday", "14 June 2031"]


def test_what_means_one_thing_is_a_cluster(model: Model) -> None:
    text = "Ada Holm arrived in Norra on Monday. She met the mayor, Emil Vorac. He thanked her."
    clusters = [{text[slice(*m.span)] for m in c} for c in parse(text, model).clusters]
    assert {"Ada Holm", "She", "her"} in clusters
    assert {"the mayor", "Emil Vorac", "He"} in clusters


def test_every_fact_of_a_text_has_a_probability_and_quotes_it(model: Model) -> None:
    parsed = parse(TWO_PARAGRAPHS, model)
    assert parsed.frames and parsed.clusters
    for frame in parsed.frames:
        numbers = [frame.node, *(a.node for a in frame.arguments)]
        assert all(0 <= n < len(parsed.tokens) for n in numbers)
        assert all(0 < p < 1 for p in (frame.probability, frame.happened, *(a.probability for a in frame.arguments)))
    for mention in (m for c in parsed.clusters for m in c):
        head = parsed.tokens[mention.head].span
        assert mention.span.start <= head.start < head.end <= mention.span.end
        assert 0 < mention.probability <= 1
    for timex in parsed.timexes:
        assert TWO_PARAGRAPHS[slice(*timex.span)].strip()


def test_spans_of_two_paragraphs_lie_within_the_text(model: Model) -> None:
    parsed = parse(TWO_PARAGRAPHS, model)
    parts = [part for r in parsed.relations for part in (r.content, r.source, r.cue)]
    spans = [span for part in parts for span in part] + [name.span for name in parsed.names]
    assert all(0 <= s.start < s.end <= len(TWO_PARAGRAPHS) for s in spans)
    assert "“The ferry will not sail before the pier is mended,”" in [parsed.quote(r.content) for r in parsed.relations]


def test_a_text_is_read_the_same_alone_and_after_others(model: Model) -> None:
    alone = parse(TWO_PARAGRAPHS, load_model())
    for other in (PLAIN, "", TWO_PARAGRAPHS.upper(), f"{TWO_PARAGRAPHS}\n\n{TWO_PARAGRAPHS}"):
        parse(other, model)
        assert parse(TWO_PARAGRAPHS, model) == alone


@pytest.mark.parametrize("text", ["", "\n", "x" * 1_000_000, "“" * 3_000, "\ud800 \0", "Holm\n" * 300])
def test_a_text_that_is_no_prose_is_read_all_the_same(text: str, model: Model) -> None:
    assert parse(text, model).text == text


def test_the_maker_is_that_of_the_weights(model: Model, tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "same")
    assert load_model(tmp_path / "same").maker == model.maker
    card = msgspec.json.decode((tmp_path / "same" / "model.json").read_bytes())
    (tmp_path / "same" / "model.json").write_bytes(msgspec.json.encode({**card, "name": "another"}))
    assert load_model(str(tmp_path / "same")).maker != model.maker


def test_a_missing_folder_is_refused_in_one_line(tmp_path: Path) -> None:
    said = refusal(tmp_path / "none")
    assert str(tmp_path / "none") in said
    assert "no model here" in said


@pytest.mark.parametrize("missing", FILES)
def test_a_missing_file_is_named(missing: str, tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).touch()
    (tmp_path / missing).unlink()
    assert f"({missing} is missing)" in refusal(tmp_path)


def without_leaning(card: bytes) -> bytes:
    return msgspec.json.encode({k: v for k, v in msgspec.json.decode(card).items() if k != "leaning"})


def with_an_unknown_leaning(card: bytes) -> bytes:
    whole = msgspec.json.decode(card)
    return msgspec.json.encode({**whole, "leaning": {**whole["leaning"], "unheard": 1.0}})


def without_arcs(graph: bytes) -> bytes:
    model = onnx.load_from_string(graph)
    for output in [o for o in model.graph.output if o.name == "arcs"]:
        model.graph.output.remove(output)
    whole: bytes = model.SerializeToString()
    return whole


def with_a_short_table(graph: bytes) -> bytes:
    model = onnx.load_from_string(graph)
    (table,) = [i for i in model.graph.initializer if i.name == "none.table"]
    table.CopyFrom(onnx.numpy_helper.from_array(onnx.numpy_helper.to_array(table)[:, :-1], table.name))
    (output,) = [o for o in model.graph.output if o.name == "none"]
    output.type.tensor_type.shape.dim[1].dim_value -= 1
    whole: bytes = model.SerializeToString()
    return whole


@pytest.mark.parametrize(
    ("spoilt", "by"),
    [
        ("model.json", lambda _: b""),
        ("model.json", lambda _: b"{}"),
        ("model.json", lambda _: b"\xff\xfe\n\n"),
        ("model.json", without_leaning),
        ("model.json", with_an_unknown_leaning),
        ("tokenizer.json", lambda _: b"not\nJSON\n"),
        ("tokenizer.json", lambda _: b"[]"),
        ("model.onnx", without_arcs),
        ("model.onnx", with_a_short_table),
        ("model.onnx", lambda _: b""),
        ("model.onnx", lambda _: b"garbage\n" * 50),
        ("model.onnx", lambda graph: graph[: len(graph) // 2]),
    ],
)
def test_garbage_is_refused_in_one_line(spoilt: str, by: Callable[[bytes], bytes], tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).symlink_to(SHIPPED / name)
    (tmp_path / spoilt).unlink()
    (tmp_path / spoilt).write_bytes(by((SHIPPED / spoilt).read_bytes()))
    said = refusal(tmp_path)
    assert said.startswith(f"{tmp_path}: not a model (")
    assert "\n" not in said
    assert said.isprintable()
