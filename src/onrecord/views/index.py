"""A record to its facts by id, and to the words that carry them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from msgspec import Struct

from onrecord.record import (
    Analysis,
    Attribution,
    AttributionMember,
    Claim,
    Event,
    EventMember,
    Interval,
    Part,
    Place,
    Record,
)
from onrecord.views.wording import word_days, word_published

# What sets off the stretches of a quotation.
GAP = " … "


class When(Struct, frozen=True, kw_only=True):
    """Days as a person reads them; `basis` says, of a worked-out date, what it was worked out from."""

    words: str
    earliest: date | None
    latest: date | None
    worked_out: bool
    basis: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.words} (worked out)" if self.worked_out else self.words

    def __lt__(self, other: When) -> bool:
        return self._order() < other._order()

    def _order(self) -> tuple[date, date]:
        """The first possible day, then the last one; what has neither stands at the end."""
        return self.earliest or self.latest or date.max, self.latest or date.max


class Evidence(Struct, frozen=True, kw_only=True):
    """The words themselves: `quote` is `text[start:end]` of each span, set off by " … " where there are several."""

    report: str
    key: str
    outlet: str | None
    published: str | None
    spans: Part
    quote: str
    author: str | None = None

    @property
    def label(self) -> str:
        """What a person calls the report: its outlet (else its author, else its key) and its day."""
        return ", ".join(filter(None, (self.outlet or self.author or self.key, self.published)))

    def __str__(self) -> str:
        return f"{self.quote} [{self.label}]"


class _Facts:
    """The facts of one report by their ids."""

    def __init__(self, analysis: Analysis) -> None:
        self.attributions = {t.id: t for t in analysis.attributions}
        self.events = {e.id: e for e in analysis.events}
        # "Radio Norra reported, citing an aide, that X" holds two of the words X; the inner one's chain names both.
        inner = {(t.within, t.content) for t in analysis.attributions if t.within}
        self.relays = {t.id for t in analysis.attributions if (t.id, t.content) in inner}


class Index:
    """A record with its parts at hand."""

    def __init__(self, record: Record) -> None:
        self.analyses: dict[str, Analysis] = {a.id: a for a in record.analyses}
        self._claims = {(m.report, m.attribution): c for c in record.claims for m in c.members}
        self._roles = {n: e.roles for e in reversed(record.entities) for n in (*e.aliases, e.name)}
        # Of a report that is only named, nothing but its label is asked for.
        self._facts: dict[str, _Facts] = {}

    def attribution(self, member: AttributionMember) -> Attribution:
        """The attribution that `member` names."""
        return self._of(member.report).attributions[member.attribution]

    def event(self, member: EventMember) -> Event:
        """The event that `member` names, as its own report tells it."""
        return self._of(member.report).events[member.event]

    def claim(self, member: AttributionMember) -> Claim | None:
        """The claim that `member` stands in; None where it stands in none."""
        return self._claims.get((member.report, member.attribution))

    def is_relay(self, member: AttributionMember) -> bool:
        """Whether `member` only relays another attribution of the very same words, which says more."""
        return member.attribution in self._of(member.report).relays

    def _of(self, report: str) -> _Facts:
        if report not in self._facts:
            self._facts[report] = _Facts(self.analyses[report])
        return self._facts[report]

    def statements(self, analysis: Analysis) -> Iterator[AttributionMember]:
        """The attributions of a report in the order of the text, without relays."""
        for attribution in sorted(analysis.attributions, key=lambda a: (a.content[:1], a.id)):
            member = AttributionMember(report=analysis.id, attribution=attribution.id)
            if not self.is_relay(member):
                yield member

    def roles(self, name: str) -> tuple[str, ...]:
        """The offices of the entity of that name or alias, as the reports give them, however they capitalise them."""
        return each_role_once(self._roles.get(name, ()))

    def evidence(self, report: str, part: Part) -> Evidence:
        """The words of `part` of a report."""
        analysis = self.analyses[report]
        return Evidence(
            report=report,
            key=analysis.key,
            outlet=analysis.outlet,
            author=analysis.author,
            published=word_published(analysis.published),
            spans=part,
            quote=GAP.join(analysis.text[start:end] for start, end in part),
        )

    def place(self, place: Place) -> Evidence:
        """The words at `place`."""
        return self.evidence(place.report, (place.span,))

    def label(self, report: str) -> str:
        """What a person calls the report: its outlet (else its author, else its key) and its day."""
        return self.evidence(report, ()).label

    def labels(self, reports: Iterable[str]) -> tuple[str, ...]:
        """The label of each report, in the order given, each report once."""
        return tuple(self.label(report) for report in dict.fromkeys(reports))

    def published(self, report: str) -> When:
        """When a report was published, with the reasons if that was worked out."""
        held = self.analyses[report].published
        interval = Interval(held.earliest, held.latest) if held.earliest or held.latest else None
        return self.when(interval, [report])

    def when(
        self,
        interval: Interval | None,
        reports: Iterable[str],
        unknown: Literal["day not known", "date not known"] = "day not known",
    ) -> When:
        """The days of `interval`, worked out where none of `reports`, which tell of it, was given with its date."""
        earliest, latest = (interval.earliest, interval.latest) if interval else (None, None)
        published = [(r, self.analyses[r].published) for r in dict.fromkeys(reports)]
        worked_out = (earliest or latest) is not None and not any(p.given for _, p in published)
        basis = [f"{self.label(r)}: {clue.why}" for r, p in published for clue in p.basis if worked_out]
        return When(
            words=word_days(earliest, latest) or unknown,
            earliest=earliest,
            latest=latest,
            worked_out=worked_out,
            basis=tuple(dict.fromkeys(basis)),
        )


def each_role_once(roles: Iterable[str]) -> tuple[str, ...]:
    """The first of each of `roles`, however they are capitalised."""
    found: dict[str, str] = {}
    for role in roles:
        found.setdefault(role.casefold(), role)
    return tuple(found.values())
