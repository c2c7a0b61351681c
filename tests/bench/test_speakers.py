from __future__ import annotations

from typing import Any

import pytest

from bench.speakers.__main__ import read_passages
from bench.speakers.scores import count_passage, figures, same_name
from onrecord.record import Attribution, Span, Speaker

TEXT = "Port Radio said, citing an aide, that it rained."


def _one(name: str, source: str, within: str | None, chain: tuple[str, ...], confidence: float) -> Attribution:
    content, at = TEXT.index("that it rained"), TEXT.index(source)
    return Attribution(
        id=name,
        content=(Span(content, len(TEXT) - 1),),
        cue=(),
        source=(Span(at, at + len(source)),),
        speaker=Speaker(None, source, "outlet" if within is None else "anonymous_official", None),
        chain=chain,
        within=within,
        addressee=None,
        channel="unspecified",
        quote="indirect",
        polarity="affirmed",
        modality="asserted",
        said=None,
        confidence=confidence,
    )


OURS = (
    _one("a1", "Port Radio", None, ("Port Radio",), 1.0),
    _one("a2", "an aide", "a1", ("Port Radio", "an aide"), 1.0),
)


def _gold(a: Attribution, **other: object) -> dict[str, Any]:
    fields = {f: getattr(a, f) for f in ("id", "content", "cue", "source", "chain", "within", "addressee", "channel")}
    fields |= {f: getattr(a, f) for f in ("quote", "polarity", "modality")}
    speaker = {"speaker": a.speaker.name, "class": a.speaker.class_, "count": a.speaker.count}
    return {**fields, **speaker, **other}


def _score(*gold: dict[str, Any], ours: tuple[Attribution, ...] = OURS) -> dict[str, float]:
    counts, _ = count_passage({"text": TEXT, "attributions": list(gold)}, ours)
    return figures(counts)


def test_what_is_the_same_is_right_and_sure() -> None:
    out = _score(*map(_gold, OURS))
    assert (out["precision"], out["recall"], out["nested_recall"], out["within"], out["chain"]) == (1, 1, 1, 1, 1)
    assert out["calibration_error"] == 0


def test_each_field_is_scored_among_those_found() -> None:
    out = _score(_gold(OURS[0], chain=["Lothan Radio"]), _gold(OURS[1], polarity="denied", within=None))
    assert (out["chain"], out["polarity"], out["within"], out["modality"]) == (0.5, 0.5, 0.5, 1)


def test_what_is_missed_and_what_is_extra_count() -> None:
    out = _score(*map(_gold, OURS), ours=OURS[:1])
    assert (out["precision"], out["recall"], out["nested_recall"]) == (1, 0.5, 0)
    out = _score(_gold(OURS[0]))
    assert (out["precision"], out["recall"], out["calibration_error"]) == (0.5, 1, 0.5)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("the Port Radio", "Port Radio", True),
        ("Radio", "Port Radio", True),
        ("an aide", "an aide to the minister", True),
        ("Ada Holm", "Bela Holm", False),
        ("", "Ada Holm", False),
    ],
)
def test_names(a: str, b: str, same: bool) -> None:
    assert same_name(a, b) == same


@pytest.mark.parametrize(("split", "number"), [("dev", 200), ("held_out", 100)])
def test_every_piece_of_every_passage_quotes_its_text(split: str, number: int) -> None:
    passages = read_passages(split)
    assert len(passages) == number
    spans = [
        (p["text"], s) for p in passages for a in p["attributions"] for r in ("content", "cue", "source") for s in a[r]
    ]
    assert all(text[a:b].strip() for text, (a, b) in spans)
