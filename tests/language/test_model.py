import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
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


def without_near(card: bytes) -> bytes:
    return msgspec.json.encode({k: v for k, v in msgspec.json.decode(card).items() if k != "near"})


def with_an_unknown_leaning(card: bytes) -> bytes:
    whole = msgspec.json.decode(card)
    return msgspec.json.encode({**whole, "leaning": {**whole["leaning"], "unheard": 1.0}})


def with_a_short_table(card: bytes) -> bytes:
    whole = msgspec.json.decode(card)
    return msgspec.json.encode({**whole, "none": [row[:-1] for row in whole["none"]]})


@pytest.mark.parametrize(
    ("spoilt", "by"),
    [
        ("model.json", lambda _: b""),
        ("model.json", lambda _: b"{}"),
        ("model.json", lambda _: b"\xff\xfe\n\n"),
        ("model.json", without_near),
        ("model.json", with_an_unknown_leaning),
        ("model.json", with_a_short_table),
        ("tokenizer.json", lambda _: b"not\nJSON\n"),
        ("tokenizer.json", lambda _: b"[]"),
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
