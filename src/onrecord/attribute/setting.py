"""The attributions of one report to the calls and meetings in which they were said, and to their days."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace as changed

from msgspec.structs import replace

from onrecord.language import Parse, Relation, Spans, Tree
from onrecord.record import Attribution, Channel, Event, Span, Timex

_CHANNELS: dict[str, Channel] = {"call": "phone_call", "meeting": "meeting", "virtual_meeting": "meeting"}
# So many sentences behind the one that tells of a call, its parties are still speaking in it.
_FEW = 5
# A time expression no more characters away from the cue tells when it was said.
_BESIDE = 20


def without_day(parse: Parse, tree: Tree, relation: Relation) -> Relation:
    """`relation` with what tells the day of its cue left out of the content: "denied on | Saturday having met him"."""
    (start, end), *more = relation.content
    held = tree.words_in(Span(start, end))
    if not held or parse.tokens[held[0]].mention != "time" or parse.tokens[held[0]].relation != "obl":
        return relation
    head, day = parse.tokens[held[0]].head, tree.phrase(held[0])
    behind = next((n for n in held if parse.tokens[n].span.start >= day.end), None)
    of_cue = head >= 0 and any(c.start <= parse.tokens[head].span.start < c.end for c in relation.cue)
    if not of_cue or behind is None or day.start < start:
        return relation
    return changed(relation, content=(Span(parse.tokens[behind].span.start, end), *more))


def find_day(parse: Parse, tree: Tree, relation: Relation, timexes: Sequence[Timex]) -> Timex | None:
    """The expression of the day on which it was said: in the clause of the cue, outside the content."""
    head = tree.head(relation.cue)
    if head is None:
        return None
    inside = Spans(relation.content)
    starts = [parse.tokens[n].span.start for n in tree.below(head, ("ccomp", "conj"))]
    first = bisect_left(timexes, starts[0], key=lambda t: t.span.end)
    last = bisect_left(timexes, starts[-1] + 1, lo=first, key=lambda t: t.span.start)
    for timex in timexes[first:last]:
        outside = (
            (timex.earliest or timex.reading != "none")
            and timex.type in ("DATE", "TIME")
            and not inside.meets(timex.span)
        )
        if outside and any(timex.span.start <= s < timex.span.end for s in starts):
            return timex
    return None


def place_in_contacts(
    parse: Parse, attributions: Sequence[Attribution], events: Sequence[Event], timexes: Sequence[Timex]
) -> tuple[Attribution, ...]:
    """`attributions` with channel, hearer and day of the call or meeting that they belong to, where they give none.

    "Holm telephoned Vorac on Friday. She said the boats would stay.": a party of two that is said to have spoken soon
    after is speaking in it, unless other words say by what means or to whom. Whoever has since been heard elsewhere is
    heard there: "Holm met Vorac. She told reporters that the boats would stay. She said the talks were good."
    """
    contacts = [
        (parse.sentence_at(e.trigger[0].start), e, {*e.actors, *e.recipients})
        for e in events
        if e.contact in _CHANNELS and e.status == "happened" and e.trigger
    ]
    # "According to the statement, Vorac told Holm that": the statement is not Vorac's.
    outer = {one.id: one.channel for one in attributions}
    handed = {one.id for one in attributions if one.within and outer.get(one.within) == one.channel}
    # Where each speaker was heard elsewhere, by sentence.
    elsewhere: dict[str | None, list[int]] = defaultdict(list)
    for one in attributions:
        if one.id not in handed and one.channel not in ("unspecified", *_CHANNELS.values()):
            elsewhere[one.speaker.name].append(parse.sentence_at((one.cue or one.source or one.content)[0].start))
    return tuple(
        _placed(parse, one, one.id in handed, contacts, timexes, elsewhere[one.speaker.name]) for one in attributions
    )


def _placed(
    parse: Parse,
    one: Attribution,
    handed: bool,
    contacts: Sequence[tuple[int, Event, set[str]]],
    timexes: Sequence[Timex],
    elsewhere: Sequence[int],
) -> Attribution:
    where = (one.cue or one.source or one.content)[0]
    at = parse.sentence_at(where.start)
    near = [c for c in contacts if 0 <= at - c[0] <= _FEW and one.speaker.name in c[2]]
    # "Holm said last week": another occasion.
    if not near or (one.channel != "unspecified" and not handed) or _dated(where, one, timexes):
        return one
    told, event, parties = max(near, key=lambda c: c[0])
    if any(told <= n < at for n in elsewhere):
        return one
    others = sorted(parties - {one.speaker.name or ""})
    if one.addressee not in (None, *others):
        return one
    hearer = one.addressee or (others[0] if len(others) == 1 else None)
    channel = _CHANNELS[event.contact or "call"]
    return replace(
        one, channel=channel, addressee=hearer, said=one.said or event.when, said_by=one.said_by or event.when_by
    )


def _dated(where: Span, one: Attribution, timexes: Sequence[Timex]) -> bool:
    """Whether a time expression of its own stands beside the cue."""
    inside = Spans(one.content)
    return any(
        where.start - _BESIDE <= t.span.start <= where.end + _BESIDE and not inside.meets(t.span) for t in timexes
    )
