"""A parse to what its words say of the day of its publication, each clue with the place where it stands."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from onrecord.dating.direction import find_direction
from onrecord.dating.values import days_of, unit_of
from onrecord.dating.vocabulary import FEAST, FEASTS, WEEKDAY, WEEKDAYS
from onrecord.dating.weigh import KNOWN, bound_days
from onrecord.knowledge import Knowledge, PublicEvent
from onrecord.language import Parse, Spans
from onrecord.record import Entity, Hint, Interval, Noise, Span, Timex

# What stands so near the top tells the news.
_LEAD = 500
_JOINED = re.compile(r"[\s,(–—-]{0,3}(?:(?:on|the|is|,) ?)?")
_BESIDE = 30
# What stands beside the body and is still of its day.
_DATED_NOISE = ("byline", "credit", "copyright", "newsroom_note", "headline", "caption")
_YEARS = range(1400, 2100)
_MARK = re.compile(
    r"(?:©|\([cC]\)|\bCopyright\b)[^\n\d]{0,40}?((?:19|20)\d\d)(?!\d)|©[^\n]{0,60}?\b((?:19|20)\d\d)(?!\d)"
)
_DATELINE_END = re.compile(r"\s*(?:\([^)\n]{1,40}\)\s*)?(?:[-–—_:]|\n)")
_NO_DATELINE = re.compile(r"[a-z]{3}[^(]{0,60}\s[a-z]{3}|[.?!]\s")
_ALONE = re.compile(
    r"(?i)[\s|*•·:.,-]*(?:(?:first )?(?:published|posted|updated|last updated|date|modified|by [\w .]{3,40})"
    r"[\s:.,|-]*(?:on |at )?)*"
)
_TIME_BEHIND = re.compile(
    r"(?i)[\s|,.;:•·-]*+(?:at )?(?:\d\d?[:.]\d\d)?\s*+(?:[ap]\.?m\.?)?\s*+(?:[A-Z]{2,4})?[\s|,.;:•·-]*+"
)


def find_hints(
    parse: Parse, timexes: Sequence[Timex], entities: Sequence[Entity], noise: Sequence[Noise], knowledge: Knowledge
) -> tuple[Hint, ...]:
    """The clues in order of kind: dates and weekdays, years, public events and feasts, offices and ages."""
    text = parse.text
    unread = Spans(n.span for n in noise if n.kind not in _DATED_NOISE)
    read = [t for t in timexes if not unread.meets(t.span) and t.type in ("DATE", "TIME") and t.reading != "none"]
    events = list(_events(parse, knowledge, unread))
    bound = _bindings(parse, read, events)
    taken = {hint.span for hint in bound if not hint.reading.startswith("cycle")}
    hints = [*bound]
    weekdays = _names_weekdays(read)
    for timex in read:
        if timex.span not in taken and timex.anchor is None:
            hints += _of_timex(parse, timex, weekdays)
    hints += _named_dates(parse, read)
    hints += _named_feasts(parse, read, unread)
    hints += _unbound(parse, events, bound)
    hints += _terms(text, knowledge, unread)
    hints += _people(text, entities, knowledge)
    hints += [_mark(text, m) for m in _MARK.finditer(text)]
    return tuple(hints)


def _of_timex(parse: Parse, timex: Timex, weekdays: bool) -> Iterator[Hint]:
    """What an expression says that the day of publication would resolve.

    A report that calls the days of its week by their names (`weekdays`) gives a date to those before: "on 1 April" is
    then more than a few days ago.
    """
    op, name = timex.reading.split(" ")[:2]
    words = parse.text[timex.span.start : timex.span.end]
    line = _dateline(parse.text, timex.span)
    if op == "weekday":
        kind = "weekday.line" if line else weekday_kind(timex)
        yield Hint(kind, f"“{words}”", timex.span, timex.reading)
    elif op in ("cycle", "feast"):
        long = "feast" if op == "feast" else "day" if name.count("-") > 1 and name[1:3].isdigit() else "month"
        if long == "month" and not name[1:3].isdigit():
            return
        day = re.search(WEEKDAY, words)
        which = f" {WEEKDAYS[day[0]]}" if day else ""
        kind = f"{long}.line" if line else _towards(long, parse, timex.span, weekdays)
        yield Hint(kind, f"“{words}”", timex.span, f"{op} {name}{which}")


def weekday_kind(timex: Timex) -> str:
    """The kind of clue that a weekday is, by where it lies and stands and by the part of the day."""
    if timex.reading.split(" ")[2] in ("next", "coming"):
        return f"weekday.ahead.{_part(timex.span)}"
    return f"weekday.back.{_part(timex.span)}{'.late' if timex.reading.endswith(('TEV', 'TNI')) else ''}"


def _names_weekdays(read: Sequence[Timex]) -> bool:
    return any(t.reading.startswith("weekday") and ".back." in weekday_kind(t) for t in read)


def _towards(kind: str, parse: Parse, span: Span, weekdays: bool) -> str:
    way = find_direction(parse, span)
    return f"{kind}.{way}.{'weekdays' if weekdays and (kind, way) == ('day', 'back') else _part(span)}"


def _part(span: Span) -> str:
    return "lead" if span.start < _LEAD else "body"


def _dateline(text: str, span: Span) -> bool:
    """Whether the expression stands in a dateline ("PORT SELBY, Sept 4 (Meridian) -") or alone on its line."""
    start = text.rfind("\n", 0, span.start) + 1
    before = text[start : span.start]
    end = text.find("\n", span.end)
    behind = text[span.end : end if end >= 0 else len(text)]
    if span.start > _LEAD:
        return False
    alone = _ALONE.fullmatch(before) and _TIME_BEHIND.fullmatch(behind)
    if alone:
        return True
    named = 2 < len(before) < 60 and before[0].isupper() and not _NO_DATELINE.search(before)
    return bool(named and before.rstrip().endswith(",") and _DATELINE_END.match(text, span.end))


def _named_dates(parse: Parse, read: Sequence[Timex]) -> Iterator[Hint]:
    """The latest year named, and the latest date named with its year; what lies ahead is no bound."""
    years: list[tuple[int, Timex]] = []
    dates: list[tuple[date, Timex]] = []
    for timex in read:
        if not timex.reading.startswith("at ") or not re.match(r"at \d{4}(?!\d)", timex.reading):
            continue
        if int(timex.value[:4]) not in _YEARS or find_direction(parse, timex.span) == "ahead":
            continue
        if _dateline(parse.text, timex.span) and unit_of(timex.value) == "D":
            yield Hint("dated.line", f"“{_words(parse.text, timex.span)}”", timex.span, "", (days_of(timex.value),))
        years.append((int(timex.value[:4]), timex))
        if unit_of(timex.value) in ("D", "M") and timex.latest:
            dates.append((timex.latest, timex))
    if years:
        year, timex = max(years, key=lambda y: (y[0], -y[1].span.start))
        yield Hint("year", f"{year} is the latest year named", timex.span, str(year))
    if dates:
        _, timex = max(dates, key=lambda d: (d[0], -d[1].span.start))
        kind = f"dated.{'day' if unit_of(timex.value) == 'D' else 'month'}.{_part(timex.span)}"
        yield Hint(
            kind,
            f"“{_words(parse.text, timex.span)}” is the latest date named",
            timex.span,
            "",
            (days_of(timex.value),),
        )


def _named_feasts(parse: Parse, read: Sequence[Timex], unread: Spans) -> Iterator[Hint]:
    """Feasts that stand where no time expression was found: "We are off until the start of Passover."."""
    found = Spans(t.span for t in read)
    seen = set[str]()
    for match in _FEAST.finditer(parse.text):
        span, feast = Span(*match.span()), FEASTS[match.group()]
        if feast not in seen and not found.meets(span) and not unread.meets(span):
            seen.add(feast)
            yield Hint(f"feast.named.{_part(span)}", f"“{match.group()}”", span, f"feast {feast}")


_FEAST = re.compile(rf"(?<![\w-])(?:{FEAST})(?![\w-])")


def _words(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].split())


# --- what is known of the world


def _events(parse: Parse, knowledge: Knowledge, unread: Spans) -> Iterator[tuple[Span, PublicEvent]]:
    for span, event in knowledge.find_events(parse.text, parse.sentences):
        if not unread.meets(span):
            yield span, event


def _unbound(parse: Parse, events: Sequence[tuple[Span, PublicEvent]], bound: Sequence[Hint]) -> Iterator[Hint]:
    """The events that no expression places: of those that are one only the latest, of those that recur each name once.

    Reports name famous events for decades; only the last one tells how late it is.
    """
    told = {b.days for b in bound}
    free = [(s, e, find_direction(parse, s)) for s, e in events if not e.loose and e.days not in told]
    once = [f for f in free if f[1].once]
    for way in ("ahead", "back"):
        named = [f for f in once if (f[2] == "ahead") == (way == "ahead")]
        if named:
            span, event, _ = max(named, key=lambda f: (f[1].days[0].latest or _NEVER, -f[0].start))
            yield Hint(f"event.once.{way}.{_part(span)}", _event_why(parse.text, span, event), span, "", event.days)
    seen = set[tuple[Interval, ...]]()
    for span, event, way in free:
        if not event.once and event.days not in seen:
            seen.add(event.days)
            yield Hint(f"event.again.{way}.{_part(span)}", _event_why(parse.text, span, event), span, "", event.days)


_NEVER = date(1, 1, 1)


def _event_why(text: str, span: Span, event: PublicEvent) -> str:
    words = _words(text, span)
    if event.once:
        return f"“{words}”: {_told(event.days[0])}"
    return f"“{words}”: {len(event.days)} of them are known"


def _told(days: Interval) -> str:
    return f"{days.earliest}" if days.earliest == days.latest else f"{days.earliest} to {days.latest}"


_BINDING = ("weekday", "shift", "cycle", "monthday", "weekend", "of", "feast")


def _bindings(parse: Parse, read: Sequence[Timex], events: Sequence[tuple[Span, PublicEvent]]) -> list[Hint]:
    """Expressions of which another one beside them, or a public event, says which day they name.

    "next Tuesday's elections", "tomorrow, on Good Friday", "yesterday, Wednesday", "the bombing of 1 April".
    """
    text = parse.text
    out: list[Hint] = []
    free = [t for t in read if t.anchor is None and t.reading.split(" ")[0] in _BINDING]
    for left, right in itertools.pairwise(read):
        if _JOINED.fullmatch(text[left.span.end : right.span.start]):
            out += _joined(text, left, right)
    for feast in (t for t in read if t.reading.startswith("feast")):
        near = [t for t in free if t.reading.startswith(("shift D", "weekday")) and _held(text, t.span, feast.span)]
        for timex in near[:1]:
            why = f"“{_words(text, timex.span)}” of “{_words(text, feast.span)}”"
            name = " ".join(feast.reading.split(" ")[:2])
            out.append(Hint("bound.feast", why, timex.span, f"{timex.reading}|{name}"))
    for span, event in events:
        apart = _APART_MORE if event.reworded else _APART
        beside = [
            t for t in free if _near(text, t.span, span, apart) and (event.reworded or not _overlap(t.span, span))
        ]
        for timex in sorted(beside, key=lambda t: (_gap(t.span, span), t.span))[:1]:
            out += _of_event(parse, timex, span, event, _names_weekdays(read))
    # Of several days that are known only the latest tells how late it is.
    known = [hint for hint in out if hint.kind.startswith(KNOWN)]
    latest = max(known, key=lambda h: h.days[0].latest or _NEVER, default=None)
    return [hint for hint in out if hint not in known or hint is latest]


def _of_event(parse: Parse, timex: Timex, span: Span, event: PublicEvent, weekdays: bool) -> Iterator[Hint]:
    """What an expression says that stands beside the name of a known event, or in it where it has other words."""
    close = (
        bool(_OWN.fullmatch(parse.text, timex.span.end, span.start))
        if timex.span < span
        else _gap(timex.span, span) < 5
    )
    if event.loose and not event.reworded and not close:
        return
    why = f"“{_words(parse.text, timex.span)}” of {_event_why(parse.text, span, event)}"
    if event.once and timex.reading.startswith("cycle") and bound_days(timex.reading, event.days):
        # "the bombing of 1 April": of which year is known.
        yield Hint(KNOWN + _towards("day", parse, timex.span, weekdays), why, timex.span, "", event.days)
        return
    if not bound_days(timex.reading, event.days):
        return
    sort = "words" if event.reworded else "loose" if event.loose else ""
    number = "once" if event.once else "again"
    kind = ".".join(filter(None, ("bound", sort, number, "close" if close else "near")))
    yield Hint(kind, why, timex.span, timex.reading, event.days)


def _joined(text: str, left: Timex, right: Timex) -> Iterator[Hint]:
    """Two expressions side by side that name one day."""
    for near, other in ((left, right), (right, left)):
        if not near.reading.startswith("shift D"):
            continue
        away = int(near.reading.split(" ")[2])
        op, name = other.reading.split(" ")[:2]
        span = Span(left.span.start, right.span.end)
        why = f"“{_words(text, span)}”"
        if op == "weekday":
            yield Hint("weekday.fixed", why, span, f"weekday {(int(name) - away - 1) % 7 + 1}")
        elif op in ("feast", "cycle"):
            yield (
                Hint(f"{'feast' if op == 'feast' else 'day'}.fixed", why, span, f"{op} {name}", ())
                if not away
                else Hint("bound.feast", why, span, f"{near.reading}|{op} {name}")
            )
        elif op == "at":
            yield Hint("bound.date", why, span, near.reading, (days_of(other.value),))


_APART = re.compile(r"[.;:!?“”\"\n]|\b(?:and|but|after|before|since|who|which)\b")
_APART_MORE = re.compile(rf",|{_APART.pattern}")


def _near(text: str, one: Span, other: Span, apart: re.Pattern[str]) -> bool:
    """Whether nothing but a few words of one sentence stands between the two, and nothing that sets them apart."""
    first, last = sorted((one, other))
    between = text[first.end : last.start]
    return len(between) <= _BESIDE and not apart.search(between)


# "Tuesday's US elections", "the Sunday vote".
_OWN = re.compile(r"(?:['’]s?)?\s(?:[\w.]+\s){0,2}")


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


_HELD = re.compile(
    r"[^.;:!?“”\"\n]{0,40}?(?:,? (?:held |celebrated |which falls |falling )?(?:on|in|for) (?:the )?)"
    r"|[^\n.]{0,40}\. (?:It|That|This) is |, which is |,? "
)


def _held(text: str, one: Span, other: Span) -> bool:
    """Whether the words between say that both are one day: "yesterday's Mass, held on Palm Sunday"."""
    first, last = sorted((one, other))
    return bool(_HELD.fullmatch(text, first.end, last.start))


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _terms(text: str, knowledge: Knowledge, unread: Spans) -> Iterator[Hint]:
    """What has existed for the shortest time, and what was the first to be gone."""
    found = [t for t in knowledge.find_terms(text) if not unread.meets(t[0])]
    since = max((t for t in found if t[2].earliest), key=lambda t: (t[2].earliest, -t[0].start), default=None)
    until = min((t for t in found if t[2].latest), key=lambda t: (t[2].latest, t[0].start), default=None)
    if since:
        yield Hint(
            "since",
            f"“{since[1]}” is known since {since[2].earliest}",
            since[0],
            "",
            (Interval(since[2].earliest, since[2].earliest),),
        )
    if until:
        why = f"“{until[1]}” is spoken of, which was until {until[2].latest}"
        yield Hint("until", why, until[0], "", (Interval(None, until[2].latest),))


_FORMER = re.compile(
    r"(?i)\b(?:former|ex|late|onetime|one-time|then|retired|past|previous|outgoing)[ -](?:[\w.'’]+[ -]){0,4}$"
)


def _people(text: str, entities: Sequence[Entity], knowledge: Knowledge) -> Iterator[Hint]:
    """The tenures of those who are called by an office that they are known to have held, and their ages."""
    for entity in entities:
        if entity.type != "person":
            continue
        spans = [m.span for m in entity.mentions if m.form == "name"]
        if not spans:
            continue
        tenures = knowledge.find_tenures(entity.name, entity.roles)
        if tenures:
            former = any(_FORMER.search(text[max(0, s.start - 60) : s.start]) for s in spans[:3])
            former |= any("former" in r.casefold() or "ex-" in r.casefold() for r in entity.roles)
            days = tuple(Interval(t.earliest, t.latest) for t in tenures)
            whose = f"{entity.roles[0]} {tenures[0].holder}"
            why = f"{whose}: in office {', '.join(_tenure(d) for d in days[:3])}"
            yield Hint("office.former" if former else "office", why, spans[0], "", days)
        elif times := knowledge.find_times(entity.name):
            days = tuple(Interval(t.earliest, t.latest) for t in times)
            why = f"{times[0].holder}: in office or running {', '.join(_tenure(d) for d in days[:3])}"
            yield Hint("person", why, spans[0], "", days)
        born = knowledge.birth(entity.name)
        if born:
            yield from _ages(text, spans, born)


def _tenure(days: Interval) -> str:
    return f"{days.earliest or ''}–{days.latest or ''}"


_AGE = re.compile(r",? (?:aged? |now )?(\d\d)[,)—–]")


def _ages(text: str, spans: Iterable[Span], born: date) -> Iterator[Hint]:
    for span in spans:
        match = _AGE.match(text, span.end)
        if match and 15 < int(match[1]) < 100:
            age = int(match[1])
            first = born.replace(year=born.year + age, day=min(born.day, 28))
            last = born.replace(year=born.year + age + 1, day=min(born.day, 28))
            why = f"{text[span.start : span.end]} is {age}, born on {born}"
            yield Hint("age", why, Span(span.start, match.end() - 1), "", (Interval(first, last),))
            return


def _mark(text: str, match: re.Match[str]) -> Hint:
    year = match[1] or match[2]
    return Hint("mark", f"“{_words(text, Span(*match.span()))}”", Span(*match.span()), "", (days_of(year),))
