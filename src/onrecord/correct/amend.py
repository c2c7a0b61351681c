"""Analyses and corrections to the analyses as a person has put them right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from onrecord.correct.days import read_days
from onrecord.correct.facts import find_fact
from onrecord.correct.log import standing
from onrecord.record import Analysis, Attribution, Channel, Clue, ContactKind, Correction, Event, Publication, Speaker

WithDate = Callable[[Analysis, Publication], Analysis]
# How what was said in a contact is marked.
_SAID_IN: dict[ContactKind | None, Channel] = {
    "call": "phone_call",
    "meeting": "meeting",
    "virtual_meeting": "meeting",
}


def correct(
    analyses: Sequence[Analysis], corrections: Iterable[Correction], with_date: WithDate
) -> tuple[Analysis, ...]:
    """`analyses`, in their order, with the speakers, dates and rejections of the `corrections` that stand.

    Each analysis hangs on the corrections of its own report alone. `with_date` resolves the days of an analysis anew
    for another date of publication; `dating` has it.
    """
    return tuple(a for a, _ in amend_each(analyses, standing(corrections), with_date))


def amend_each(
    analyses: Sequence[Analysis], corrections: Iterable[Correction], with_date: WithDate
) -> Iterator[tuple[Analysis, frozenset[str]]]:
    """Each of `analyses` as the standing `corrections` make it, and the ids of those that found nothing in it."""
    own = defaultdict(list)
    for c in corrections:
        own[c.target.report].append(c)
    for analysis in analyses:
        yield _amend(analysis, own[analysis.id], with_date) if analysis.id in own else (analysis, frozenset())


def _amend(
    analysis: Analysis, corrections: Iterable[Correction], with_date: WithDate
) -> tuple[Analysis, frozenset[str]]:
    # In the order of the log: each person saw what those before had made of it.
    idle = set()
    for c in corrections:
        if c.kind in ("speaker", "date", "reject"):
            found = find_fact(analysis, c.about, c.target)
            if found is None:
                idle.add(c.id)
            else:
                analysis = _amended(analysis, c, found, with_date)
    return analysis, frozenset(idle)


def _amended(analysis: Analysis, c: Correction, fact: str, with_date: WithDate) -> Analysis:
    if c.kind == "speaker":
        return _respoken(analysis, fact, c)
    if c.kind == "reject":
        return _REJECT[c.about](analysis, fact)
    days = read_days(c.value or "")
    if c.about == "report":
        why = Clue(None, f"corrected by {c.by}, {c.when[:10]}")
        published = Publication(earliest=days.earliest, latest=days.latest, edtf=c.value, given=True, basis=(why,))
        return with_date(analysis, published)
    if c.about == "event":
        event = next(e for e in analysis.events if e.id == fact)
        events = tuple(replace(e, when=days, when_by=None) if e.id == fact else e for e in analysis.events)
        said = {x.id for x in analysis.attributions if _is_said_in(x, event)}
        analysis = replace(analysis, events=events)
    else:
        said = {fact}
    attributions = (replace(x, said=days, said_by=None) if x.id in said else x for x in analysis.attributions)
    return replace(analysis, attributions=tuple(attributions))


def _is_said_in(x: Attribution, event: Event) -> bool:
    """Whether an attribution has its day from the contact: said by a party, by its channel, by the same expression."""
    took_its_day = x.said_by is not None and x.said_by == event.when_by
    parties = (*event.actors, *event.recipients)
    return took_its_day and x.channel == _SAID_IN.get(event.contact) and x.speaker.name in parties


def _respoken(analysis: Analysis, fact: str, c: Correction) -> Analysis:
    """The attribution is of the speaker named, also in the chains of those within it."""
    old = next(x for x in analysis.attributions if x.id == fact)
    name = c.value or ""
    entity = next((e.id for e in analysis.entities if e.name.casefold() == name.casefold()), None)
    # The last of a chain is the speaker, where there is one.
    chain = (*(old.chain[:-1] if old.speaker.name else old.chain), name)
    new = replace(
        old,
        speaker=Speaker(entity, name, c.class_ or "named_person", None),
        chain=chain,
        addressee=None if old.addressee == name else old.addressee,
        confidence=1.0,
    )
    inside = _within(analysis, fact)
    return replace(
        analysis,
        attributions=tuple(
            new if x.id == fact else _rechained(x, old.chain, chain) if x.id in inside else x
            for x in analysis.attributions
        ),
    )


def _without_attribution(analysis: Analysis, fact: str) -> Analysis:
    """What stood within the attribution stands one layer further out, and its chains lose that link."""
    gone = next(x for x in analysis.attributions if x.id == fact)
    inside = _within(analysis, fact)
    left = gone.chain[:-1] if gone.speaker.name else gone.chain
    attributions = [
        _rechained(x, gone.chain, left) if x.id in inside else x for x in analysis.attributions if x is not gone
    ]
    return replace(
        analysis,
        attributions=tuple(replace(x, within=gone.within) if x.within == fact else x for x in attributions),
        events=tuple(replace(e, within=gone.within) if e.within == fact else e for e in analysis.events),
    )


def _without_event(analysis: Analysis, fact: str) -> Analysis:
    return replace(analysis, events=tuple(e for e in analysis.events if e.id != fact))


def _without_entity(analysis: Analysis, fact: str) -> Analysis:
    """A speaker keeps the name, which is then that of no entity."""
    return replace(
        analysis,
        entities=tuple(e for e in analysis.entities if e.id != fact),
        attributions=tuple(
            replace(x, speaker=replace(x.speaker, entity=None)) if x.speaker.entity == fact else x
            for x in analysis.attributions
        ),
    )


_REJECT: dict[str, Callable[[Analysis, str], Analysis]] = {
    "attribution": _without_attribution,
    "event": _without_event,
    "entity": _without_entity,
}


def _within(analysis: Analysis, fact: str) -> frozenset[str]:
    """The ids of the attributions within one, at any depth."""
    inside = {fact}
    while more := {x.id for x in analysis.attributions if x.within in inside} - inside:
        inside |= more
    return frozenset(inside - {fact})


def _rechained(x: Attribution, old: tuple[str, ...], new: tuple[str, ...]) -> Attribution:
    """The attribution with the links that its chain begins with exchanged."""
    return replace(x, chain=(*new, *x.chain[len(old) :])) if x.chain[: len(old)] == old else x
