"""What two reports say alike to what one of them says with less care, or more exactly.

Where a report relays another, a hedge, a number's "about" or the source may be lost on the way. Where two say the same,
one may give a number, a day or a name where the other has a vague word. Rules that demand much: few are found.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from onrecord.knowledge import read_table, read_words
from onrecord.link.contents import ContentSight, Piece
from onrecord.link.disputes import Dispute
from onrecord.link.pairs import cosine
from onrecord.link.propositions import cites, share_words
from onrecord.link.quantities import Quantity, agree, find_quantities
from onrecord.link.rarity import body
from onrecord.link.sights import stem
from onrecord.record import Analysis, Copy, Link, Modality, Place, Span, Timex

# Set by hand; nothing was labelled.
_SURE = 0.7
# A sentence that the relay tells itself is the other's statement where both mean and say nearly the same.
_TOLD, _WORDS = 0.8, 0.6
# Clauses of which one is more exact mean so much alike, and share so many words that are no names.
_ALIKE, _MATTER = 0.5, 0.6
# A day is more exact than a stretch that is longer by a week; so far back, or ahead, is "recently" or "soon".
_WEEK, _RECENT = 7, 90
_SOFT: tuple[Modality, ...] = ("hedged", "predicted", "conditional", "intended")
_CONDITION = re.compile(r"\b(?:if|unless)\b", re.I)
_LOOSE = re.compile(r"\b(?:if|unless|once|when|provided|should|until|in case|as long as)\b", re.I)
# By these a relay is as careful as its model, in other words.
_CAREFUL = frozenset("may might could would if unless reportedly allegedly alleged apparent".split())
# "Four of the sailors", "four more sailors" are not the "several sailors" of all.
_PART = frozenset("of other further additional another more".split())
_LATELY, _SOON = ("recently", "lately", "more recently", "most recently"), ("soon", "very soon", "shortly")
_AFTER = re.compile(r"\s(?:after|before|thereafter|afterwards)\b", re.I)
# "Since March" and "by Tuesday" tell no day.
_BOUND = re.compile(r"\b(?:since|until|till|by|before|after|from|between)(?:\sthe)?\s$", re.I)
_DAY, _STRETCH = re.compile(r"\d{4}-(?:\d\d-\d\d|W\d\d)"), re.compile(r"\d{4}(?:-(?:\d\d|SP|SU|FA|WI|Q\d|H\d))?$")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class _Told(NamedTuple):
    """A content and the clause of it that is told elsewhere too; `text` is the report's."""

    sight: ContentSight
    piece: Piece
    text: str

    @property
    def words(self) -> str:
        """The clause."""
        return self.text[slice(*self.piece.span)]

    @property
    def cue(self) -> str:
        """The words by which it is said."""
        spans = self.sight.attribution.cue if self.sight.attribution else ()
        return " ".join(self.text[a:b] for a, b in spans)

    @property
    def place(self) -> Place:
        return Place(self.sight.report, self.piece.span)


def find_drift(
    links: Sequence[Link], sights: Mapping[str, ContentSight], analyses: Mapping[str, Analysis], copies: Sequence[Copy]
) -> Iterator[Dispute]:
    """Losses from an original (`a`) to its relay (`b`), and what is told more exactly (`a`) than elsewhere (`b`).

    `links` say which attributions give the same, with the clause of each; in their order, and then what a copy tells
    without a source. A loss that a copy takes over from its model is not told again.
    """
    drift = _Drift(sights, analyses, copies)
    found: list[Dispute] = []
    for dispute in (*drift.along(links), *drift.untold()):
        if not any(_is_same(dispute, other) for other in found):
            found.append(dispute)
    yield from (d for d in found if not any(_is_taken(d, other, drift.models) for other in found))


class _Drift:
    """All that the reports of an affair say, and which of them take over another's words."""

    def __init__(
        self, sights: Mapping[str, ContentSight], analyses: Mapping[str, Analysis], copies: Sequence[Copy]
    ) -> None:
        self.models = {(c.a, c.b) for c in copies}
        self._sights, self._analyses = sights, analyses
        # An outlet that gives its own words again has news: what it left open at first it may know now.
        self._relayed = [(a, b) for a, b in sorted(self.models) if (self._outlet(a) or a) != self._outlet(b)]
        self._of: dict[str, list[ContentSight]] = defaultdict(list)
        for key in sorted(sights):
            self._of[sights[key].report].append(sights[key])

    def along(self, links: Sequence[Link]) -> Iterator[Dispute]:
        """What the clauses of two reports that are linked as the same lose or tell more exactly."""
        for link in links:
            places = dict(zip((link.left, link.right), link.evidence, strict=False))
            pair = [self._tell(self._sights[key], at.span) for key, at in places.items() if key in self._sights]
            if link.relation != "same" or len({told.sight.report for told in pair}) < 2:
                continue
            for one, other in (pair, pair[::-1]):
                if self._relays(one.sight.report, other.sight):
                    yield from self._losses(one, other)
                yield from self._more_exact(one, other)

    def untold(self) -> Iterator[Dispute]:
        """What a model gives to a source and its copy tells as its own."""
        for model, copy in self._relayed:
            own, copied = (self._of[report] for report in (model, copy))
            for sight in (s for s in own if _source(s)):
                told = next((s for s in copied if not s.attribution and _tells(sight, s)), None)
                # Where somebody is given with it as well, or the model says it twice, nothing is lost.
                beside = [*(s for s in copied if s.attribution), *(s for s in own if not s.attribution)]
                if told and not any(_tells(sight, s) for s in beside):
                    one, other = (self._tell(s, s.whole.span) for s in (sight, told))
                    if self._lost_source(one, other):
                        yield from self._losses(one, other)

    def _tell(self, sight: ContentSight, span: Span) -> _Told:
        piece = next((p for p in sight.pieces if p.span == span), sight.whole)
        return _Told(sight, piece, self._analyses[sight.report].text)

    def _relays(self, model: str, relay: ContentSight) -> bool:
        """Whether the second takes over the first's words, or names its outlet as a source."""
        return (model, relay.report) in self._relayed or cites(relay, self._outlet(model))

    def _outlet(self, report: str) -> str | None:
        return self._analyses[report].outlet

    def _losses(self, model: _Told, relay: _Told) -> Iterator[Dispute]:
        """What of the model's care the relay's report has nowhere, in one."""
        elsewhere = [self._tell(s, p.span) for s in self._of[relay.sight.report] for p in s.pieces]
        words = [_lost_hedge(model, relay, elsewhere), _lost_bound(model, relay, elsewhere)]
        lost = [f"“{w}”" for w in words if w] + [w for w in (self._lost_source(model, relay),) if w]
        if lost:
            why = f"{' and '.join(lost)} {'is' if len(lost) == 1 else 'are'} lost"
            yield Dispute("hedge", model.place, relay.place, why, _SURE)

    def _lost_source(self, model: _Told, relay: _Told) -> str | None:
        """The source, unless the relay gives one with it, speaks of that source beside it, or gives it elsewhere."""
        speaker, said = _source(model.sight), relay.sight.attribution
        if speaker is None:
            return None
        outlet = said is not None and said.speaker.class_ == "outlet" and self._outlet(model.sight.report)
        relayed = cites(relay.sight, outlet or None)
        if said is not None and said.speaker.class_ != "unspecified" and not (relayed and len(said.chain) == 1):
            return None
        report, span = self._analyses[relay.sight.report], relay.sight.whole.span
        others = [x for x in report.attributions if said is None or x.id != said.id]
        if any(s.start < span.end and span.start < s.end for x in others if x.chain for s in x.content):
            return None
        # "The Post, citing two officials, reported that … It said that …": named once, and meant throughout.
        if relayed and any(len(x.chain) > 1 and x.chain[0] == said.chain[0] for x in others if said):
            return None
        named = set(_telling(speaker)) <= set(_telling(_around(report, span)))
        return None if named else f"the source, {speaker},"

    def _more_exact(self, exact: _Told, vague: _Told) -> Iterator[Dispute]:
        """What the first clause numbers, dates or names, and the second tells by a vague word."""
        one, other = (self._analyses[t.sight.report] for t in (exact, vague))
        p, q = _matter(exact, one.timexes), _matter(vague, other.timexes)
        alike = cosine(exact.piece.vector, vague.piece.vector) >= _ALIKE
        if not alike or len(p & q) < max(1, _MATTER * min(len(p), len(q))):
            return
        found = (
            _count_exactly(exact, vague) or _date_exactly(exact, vague, one, other) or _name_exactly(exact, vague, one)
        )
        if found:
            why = f"one says “{found[0]}”, the other “{found[1]}”"
            yield Dispute("specificity", exact.place, vague.place, why, _SURE)


def _around(report: Analysis, span: Span) -> str:
    """The sentences of a stretch with the one before and the one after."""
    sentences = body(report)
    here = [n for n, s in enumerate(sentences) if s.start < span.end and span.start < s.end] or [0]
    near = sentences[max(0, here[0] - 1) : here[-1] + 2]
    return report.text[near[0].start : near[-1].end] if near else report.text


def _is_same(a: Dispute, b: Dispute) -> bool:
    """Whether both are of one kind and of the same two places: the layers of one content have the same words."""
    return a.kind == b.kind and _overlap(a.a, b.a) and _overlap(a.b, b.b)


def _is_taken(a: Dispute, b: Dispute, models: set[tuple[str, str]]) -> bool:
    """Whether `a` is `b` once more, by a report that takes over the words of one in it.

    A loss is the first relay's, and from its direct model; what is more exact, or vague, is so in the model.
    """
    if a.kind != b.kind or not (a.b and b.b):
        return False
    between = (a.a.report, b.a.report) if a.kind == "hedge" else (b.a.report, a.a.report)
    if _overlap(a.a, b.a):
        return (b.b.report, a.b.report) in models
    if _overlap(a.b, b.b):
        return between in models
    return a.kind == "specificity" and a.why == b.why and between in models and (b.b.report, a.b.report) in models


def _overlap(a: Place | None, b: Place | None) -> bool:
    same = a is not None and b is not None and a.report == b.report
    return same and a.span.start < b.span.end and b.span.start < a.span.end  # type: ignore[union-attr]


def _source(sight: ContentSight) -> str | None:
    """Who a report says is behind a content; an outlet is but a way."""
    said = sight.attribution
    return said.speaker.name if said and said.speaker.class_ not in ("unspecified", "outlet") else None


def _tells(sight: ContentSight, other: ContentSight) -> bool:
    p, q = sight.whole, other.whole
    return cosine(p.vector, q.vector) >= _TOLD and share_words(p, q) >= _WORDS


def _matter(told: _Told, timexes: Iterable[Timex]) -> set[str]:
    """The stems of what a clause says, but for names, times, numbers and what these count."""
    at, numbers = told.piece.span, [*told.piece.quantities, *_vague_amounts(told.words)]
    times = [t.span for t in timexes if _holds(at, t.span)]
    hidden = [*((x.start, x.end) for x in numbers), *((s.start - at.start, s.end - at.start) for s in times)]
    shown = "".join(c for n, c in enumerate(told.words) if not any(a <= n < b for a, b in hidden))
    return set(_telling(shown)) - {stem(w) for w in (*(x.unit for x in numbers), *told.piece.names)}


def _telling(text: str) -> list[str]:
    """The stems of the words that tell something."""
    found = _WORD.findall(text.casefold().replace("’", "'"))
    return [stem(w) for w in found if len(w) > 2 and w not in read_words("function_words")]


def _lost_hedge(model: _Told, relay: _Told, elsewhere: Sequence[_Told]) -> str | None:
    """The word by which the model's clause is less than a fact, where the relay gives it as one."""
    modality, said = model.sight.modality, relay.sight
    if modality not in _SOFT or said.modality not in ("asserted", "predicted") or said.polarity != "affirmed":
        return None
    if _pattern().search(relay.words) or _pattern().search(relay.cue):
        return None
    if modality == "conditional":
        return _lost_condition(model, relay)
    for mark in _pattern(modality).finditer(model.words):
        verb = next(iter(_telling(model.words[mark.end() :])), None)
        if verb in relay.piece.words and not any(_hedges(told, verb) for told in elsewhere):
            return mark[0]
    # "Officials believe that the ferry lost its rudder": the cue tells it of the clause that comes first.
    first = model.piece.span.start - model.sight.whole.span.start <= len("that ")
    return cue[0] if first and (cue := _pattern(modality).search(model.cue)) else None


def _lost_condition(model: _Told, relay: _Told) -> str | None:
    """The "if" of a content whose main clause the relay gives, in a content that has none."""
    whole, other = (t.text[slice(*t.sight.whole.span)] for t in (model, relay))
    condition = None if _CONDITION.match(model.words) else _CONDITION.search(whole)
    return condition[0].casefold() if condition and not _LOOSE.search(other) else None


def _hedges(told: _Told, verb: str | None) -> bool:
    """Whether a clause says the verb with care."""
    return any(verb in _telling(told.words[m.end() :])[:1] for m in _pattern().finditer(told.words))


@cache
def _pattern(modality: Modality | None = None) -> re.Pattern[str]:
    """The words by which a clause is of that modality; without one, all by which it is less than a fact."""
    tables = [read_table("hedges"), read_table("modalities"), read_table("main_verbs")]
    # "Is due to close" says no less than "will close".
    kept, wanted = tables[: 2 if modality == "predicted" else 3], (modality,) if modality else _SOFT
    words = {w for table in kept for w, m in table.items() if m in wanted}
    words |= {"hedged": {"may", "might", "could"}, None: set(_CAREFUL)}.get(modality, set())
    # Not "in May".
    return re.compile(rf"\b(?!May\b)(?i:{_any(words)})\b")


def _lost_bound(model: _Told, relay: _Told, elsewhere: Sequence[_Told]) -> str | None:
    """The "about", "at least" or "up to" of a number that the relay's report gives as exact."""
    for x in model.piece.quantities:
        end = _bounded(x)
        if end is None or not any(agree(x, y) and y.least == y.most == end for y in relay.piece.quantities):
            continue
        others = (y for told in (relay, *elsewhere) for y in told.piece.quantities)
        if not any(_bounded(y) == end and y.unit == x.unit for y in others):
            return _bound(model.words, x)
    return None


def _bounded(x: Quantity) -> float | None:
    """The number that is told with "about", "at least" or "up to"; None for others, and for "dozens"."""
    if math.isinf(x.most):
        return None if x.approximate else x.least
    return x.most if x.least == 0 < x.most or (x.approximate and x.least == x.most) else None


def _bound(text: str, quantity: Quantity) -> str:
    before = re.search(rf"\b(?:{_any(read_table('number_bounds'))}\s)+$", text[: quantity.start], re.I)
    plain = "about" if quantity.approximate else "at least" if quantity.least else "up to"
    return before[0].strip().casefold() if before else plain


def _count_exactly(exact: _Told, vague: _Told) -> tuple[str, str] | None:
    """A number, and "several", "dozens" or a range of the same."""
    numbers = [x for x in exact.piece.quantities if 0 < x.least == x.most]
    plain = {y.unit for y in vague.piece.quantities if y.least == y.most}
    wide = [y for y in vague.piece.quantities if _is_vague(y)] + _vague_amounts(vague.words)
    shown = {x.unit for x in exact.piece.quantities if _is_vague(x)} | {y.unit for y in _vague_amounts(exact.words)}
    for x, y in product(numbers, wide):
        if x.unit not in plain | shown and agree(x, y) and _is_one_part(x.modifiers, y.modifiers):
            return exact.words[x.start : x.end], vague.words[y.start : y.end]
    return None


def _is_one_part(a: frozenset[str], b: frozenset[str]) -> bool:
    """Not "four of the sailors" and "several sailors", nor "four armed sailors" and "several wounded sailors"."""
    return not (a ^ b) & _PART and (not a or not b or bool(a & b))


def _is_vague(x: Quantity) -> bool:
    """Whether it is "dozens" or "three to five"; "at least three" is a number."""
    return 0 < x.least < x.most and (x.approximate or math.isfinite(x.most))


def _vague_amounts(text: str) -> list[Quantity]:
    """What is counted by a vague word: its noun is found as behind a number."""
    found, table = list[Quantity](), read_table("vague_amounts")
    for match in _amounts().finditer(text):
        least, most = table[" ".join(match[0].casefold().split())].split("-")
        with_number = f"{text[: match.start()]}99{text[match.end() :]}"
        for q in find_quantities(with_number):
            if q.start == match.start() and q.end == q.start + 2 and q.unit:
                end = float(most) if most else math.inf
                found.append(Quantity(q.start, match.end(), float(least), end, True, q.unit, q.modifiers))
    return found


@cache
def _amounts() -> re.Pattern[str]:
    # "As many", "how many", "so many" tell no number at all.
    before = r"(?<!\bas )(?<!\bhow )(?<!\bso )(?<!\btoo )"
    return re.compile(rf"{before}\b{_any(read_table('vague_amounts'))}\b", re.I)


def _any(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest first."""
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=lambda w: (-len(w), w))))})"


def _date_exactly(exact: _Told, vague: _Told, one: Analysis, other: Analysis) -> tuple[str, str] | None:
    """A day, and a month that holds it, or "recently"; of clauses each of which has but one time."""
    times, others = ([t for t in a.timexes if _holds(s.piece.span, t.span)] for s, a in ((exact, one), (vague, other)))
    if len(times) != 1 or len(others) != 1 or {times[0].type, others[0].type} - {"DATE", "TIME"}:
        return None
    (x,), (y,) = times, others
    bound = any(_BOUND.search(a.text, max(0, t.span.start - 20), t.span.start) for a, t in ((one, x), (other, y)))
    if bound or not _DAY.match(x.value) or not (_is_wider(y, x) or _is_lately(y, x, other)):
        return None
    return one.text[slice(*x.span)], other.text[slice(*y.span)]


def _holds(span: Span, other: Span) -> bool:
    return span.start <= other.start and other.end <= span.end


def _is_wider(wide: Timex, narrow: Timex) -> bool:
    """Whether the first names a stretch that holds the second and is longer by a week."""
    if not (wide.earliest and wide.latest and narrow.earliest and narrow.latest and _STRETCH.match(wide.value)):
        return False
    more = (wide.latest - wide.earliest) - (narrow.latest - narrow.earliest)
    return more.days >= _WEEK and wide.earliest <= narrow.earliest and narrow.latest <= wide.latest


def _is_lately(vague: Timex, exact: Timex, report: Analysis) -> bool:
    """Whether the first is "recently" or "soon" in a report by which the other's day is so."""
    word = report.text[slice(*vague.span)].casefold()
    day, at = exact.earliest, report.published
    if not (day and at.earliest and at.latest) or _AFTER.match(report.text, vague.span.end):
        return False
    if word in _LATELY:
        return 0 <= (at.latest - day).days <= _RECENT
    return word in _SOON and 0 <= (day - at.earliest).days <= _RECENT


def _name_exactly(exact: _Told, vague: _Told, report: Analysis) -> tuple[str, str] | None:
    """A person's name, and the office alone in a report that has the name nowhere."""
    text = vague.text.casefold()
    people = [e for e in report.entities if e.type == "person" and e.name.split()[-1].casefold() not in text]
    named = [(m, e.roles) for e in people for m in e.mentions if m.form == "name" and _holds(exact.piece.span, m.span)]
    for mention, role in ((m, role) for m, roles in named for role in roles):
        # Not "the deputy minister" of a minister, nor "the minister Ilse Varrun".
        office = rf"\b(?i:an?|the|one)\s(?:[A-Z][\w-]+\s)?(?i:{re.escape(role)})\b(?!\s[A-Z])"
        if found := re.search(office, vague.words):
            return report.text[slice(*mention.span)], found[0]
    return None
