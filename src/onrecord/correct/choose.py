"""A place to the one fact there that a person means."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.correct.facts import Fact, alike, list_facts, name_mention, shared, size
from onrecord.correct.places import Pointer
from onrecord.record import Analysis, FactKind, OnrecordError, Span

# Words that are this much those of one fact mean it, even where other facts lie in them.
_MEANT = 0.5
# What has this much of the best one's share is meant no less: of a sentence and the same without its "that".
_NEARLY = 0.9
NOUNS: dict[FactKind, str] = {
    "report": "report",
    "entity": "name",
    "attribution": "statement",
    "event": "event",
}

Ranked = tuple[float, Fact]


def choose_fact(analysis: Analysis, pointer: Pointer, kinds: Sequence[FactKind]) -> Fact:
    """The fact of one of `kinds` that `pointer` means: by its id, else the one whose words are most those pointed at.

    Raises:
        OnrecordError: there is none, or there are several of which none is meant more than the others.
    """
    if pointer.span is None:
        if pointer.about not in kinds:
            raise _refused(analysis, pointer, kinds)
        return _named(analysis, pointer)
    ranked = {kind: _rank(analysis, pointer.span, kind) for kind in kinds}
    best = max((k for k in kinds if ranked[k]), key=lambda k: ranked[k][0][0], default=None)
    if best is None:
        raise _refused(analysis, pointer, kinds)
    return _settled(analysis, pointer.span, ranked[best])


def choose_pair(analyses: Sequence[Analysis], pointers: Sequence[Pointer]) -> tuple[Fact, Fact]:
    """The facts of one kind that two pointers mean.

    Raises:
        OnrecordError: there are no two of one kind, or it cannot be told which are meant.
    """
    kinds: tuple[FactKind, ...] = ("event", "attribution", "entity", "report")
    fitting = [k for k in kinds if all(_strength(a, p, k) for a, p in zip(analyses, pointers, strict=True))]
    if not fitting:
        raise OnrecordError("the two places hold nothing of one kind: no two events, statements, names or reports")
    kind = max(fitting, key=lambda k: min(_strength(a, p, k) for a, p in zip(analyses, pointers, strict=True)))
    left, right = (choose_fact(a, p, (kind,)) for a, p in zip(analyses, pointers, strict=True))
    return left, right


def quote_fact(analysis: Analysis, fact: Fact) -> str:
    """The words of a fact, its stretches set off by an ellipsis."""
    return " … ".join(" ".join(analysis.text[start:end].split()) for start, end in fact.spans)


def _strength(analysis: Analysis, pointer: Pointer, kind: FactKind) -> float:
    """How much a pointer means a fact of that kind."""
    if pointer.span is None:
        return float(pointer.about == kind)
    return max((share for share, _ in _rank(analysis, pointer.span, kind)), default=0.0)


def _named(analysis: Analysis, pointer: Pointer) -> Fact:
    if pointer.about == "report":
        return Fact("report", "", ())
    if pointer.about == "entity":
        entity = next(e for e in analysis.entities if e.id == pointer.id)
        return Fact("entity", entity.id, (name_mention(entity),))
    return next(f for f in list_facts(analysis, pointer.about or "event") if f.id == pointer.id)


def _rank(analysis: Analysis, span: Span, kind: FactKind) -> list[Ranked]:
    """The facts of a kind at `span`, those that have most in common with it first.

    Of attributions the contents count; where `span` lies in none of them, cue and source.
    """
    facts = list(list_facts(analysis, kind))
    ranked = [(share, f) for f in facts if (share := alike(f.spans, (span,)))]
    ranked = ranked or [(share, f) for f in facts if (share := alike(f.cue, (span,)))]
    return sorted(ranked, key=_order)


def _order(ranked: Ranked) -> tuple[float, int, object, str]:
    share, fact = ranked
    return -share, size(fact.spans), fact.spans, fact.id


def _settled(analysis: Analysis, span: Span, ranked: Sequence[Ranked]) -> Fact:
    best = ranked[0][0]
    first = {f.id: f for share, f in ranked if share == best or (best < 1 and share >= _NEARLY * best)}
    inside = {f.id: f for _, f in ranked if shared(f.spans, (span,)) == size(f.spans)}
    several = first if len(first) > 1 else inside if best < _MEANT else {}
    if len(several) > 1:
        told = ", ".join(f"{analysis.key}/{f.id} ({_short(quote_fact(analysis, f))})" for f in several.values())
        raise OnrecordError(f"several {NOUNS[ranked[0][1].about]}s stand there; name one: {told}")
    return ranked[0][1]


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:28].rstrip()} … {words[-28:].lstrip()}"


def _refused(analysis: Analysis, pointer: Pointer, kinds: Sequence[FactKind]) -> OnrecordError:
    wanted = " or ".join(NOUNS[k] for k in kinds)
    if pointer.about == "report":
        return OnrecordError(f'"{analysis.key}" is a whole report; say which words of it: {analysis.key}:"…"')
    where = (
        f"{analysis.key}:{pointer.span.start}-{pointer.span.end}" if pointer.span else f"{analysis.key}/{pointer.id}"
    )
    return OnrecordError(f"there is no {wanted} at {where}; `onrecord export` gives all facts with their places")
