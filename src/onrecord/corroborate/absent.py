"""The attributions of all reports to the sources that one could look up and that are not among these reports.

Those are outlets, papers, and what bodies put out in writing; people can't be read. A source is in the record only if
one of its reports could be the cited one, so an outlet may be absent with its report of one day and not of another.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import accumulate, zip_longest
from typing import NamedTuple

from onrecord.corroborate.order import rank
from onrecord.corroborate.origins import fold
from onrecord.corroborate.voices import name_words, plain_link
from onrecord.knowledge import read_words
from onrecord.language import is_outlet
from onrecord.record import Absent, Analysis, Attribution, Channel, Interval, Publication, SpeakerClass, Story

_WRITTEN: frozenset[Channel] = frozenset(("statement", "notice", "post", "letter"))
# Any body may have one: without its owner, nobody can look for it.
_VAGUE = frozenset("account article document letter message note readout report statement text".split())
# "The ministry said no. The statement added …": of these, the body that speaks is the owner.
_ISSUED = frozenset(("statement", "readout", "note"))
_ARTICLES = ("the", "a", "an")
# "Local media", "press reports": nobody in particular.
_MANY = ("media", "press")
# What stands behind one of these says more of a paper or a body.
_BEHIND = re.compile(r",| (?:of|for|in|by|on|from|to|seen|that|which) ")
# "Norvia" and "Norvian" have so many letters in common.
_LEAST = 4


class _Source(NamedTuple):
    """What is cited; `scope` is the story in which its name tells what it is, "" where it does in any."""

    class_: SpeakerClass
    words: frozenset[str]
    scope: str


class _Citation(NamedTuple):
    turn: tuple[str, str, str]
    source: _Source
    name: str
    when: Interval | None
    report: str


def build_absent(
    analyses: Iterable[Analysis],
    stories: Iterable[Story] = (),
    published: Iterable[tuple[str, Interval]] | None = None,
) -> tuple[Absent, ...]:
    """One entry a source and day, by name, then by day; its reports in canonical order.

    A name without a proper one in it ("the harbour log") stands for one source in each of `stories`, else in each
    report. `when` is the day that the citing words give, None where they give none. `analyses` are all, in any order;
    where they can be read but once, `published` tells the outlet and days of each.
    """
    if published is None:
        analyses = list(analyses)
        published = ((a.outlet, Interval(a.published.earliest, a.published.latest)) for a in analyses if a.outlet)
    shelf = _Shelf(published)
    scopes = {report: story.id for story in stories for report in story.reports}
    cited = [c for a in analyses for c in _find_cited(a, scopes.get(a.id, a.id), shelf)]
    cited.sort(key=lambda c: c.turn)
    outlets = _Names([*shelf.outlets, *(c.name for c in cited if c.source.class_ == "outlet")])
    names: dict[tuple[_Source, Interval | None], Counter[str]] = defaultdict(Counter)
    reports: dict[tuple[_Source, Interval | None], dict[str, None]] = defaultdict(dict)
    for one in cited:
        source = one.source
        if source.class_ == "outlet":
            source = source._replace(words=outlets.fullest(source.words))
            names[source, one.when].update(outlets.names[source.words])
        names[source, one.when][one.name] += 1
        reports[source, one.when][one.report] = None
    place = {c.report: c.turn for c in cited}
    found = [(_entry(s, when, names[s, when], reports[s, when]), s.scope) for s, when in reports]
    return tuple(e for e, _ in sorted(found, key=lambda f: (*_turn(f[0]), place[f[0].cited_by[0]], f[1])))


def _entry(source: _Source, when: Interval | None, names: Mapping[str, int], reports: Iterable[str]) -> Absent:
    """Under the fullest name, of an outlet without an article; then the most frequent one, that begins no sentence."""
    bare = {n: source.class_ == "outlet" and n.split()[0].casefold() not in _ARTICLES for n in names}
    best = max(names, key=lambda n: (len(name_words(n)), bare[n], names[n], n))
    return Absent(name=best, class_=source.class_, when=when, cited_by=tuple(reports))


def _turn(entry: Absent) -> tuple[str, date, date, str]:
    when = entry.when or Interval()
    return fold(entry.name), when.earliest or when.latest or date.max, when.latest or date.max, entry.class_


def _find_cited(analysis: Analysis, scope: str, shelf: _Shelf) -> list[_Citation]:
    """What a report cites and the shelf doesn't hold; the one day of a source is also that of its undated mentions."""
    found: dict[_Source, dict[Interval | None, str]] = defaultdict(dict)
    turn = rank(analysis)
    named = list(_named(analysis, shelf))
    papers = _find_introduced(name for class_, name, _ in named if class_ == "document")
    for class_, given, when in named:
        name = papers.get(_kind(given), given) if class_ == "document" and _is_definite(given) else given
        source = _Source(class_, name_words(name), "" if _has_proper_name(class_, name) else scope)
        found[source].setdefault(when, name)
    out = []
    for source, days in found.items():
        known = [d for d in days if d]
        if None in days and len(known) == 1:
            days.pop(None)
        out += [_Citation(turn, source, name, when, analysis.id) for when, name in days.items()]
    return [c for c in out if not _is_held(c, shelf, analysis.published)]


def _is_held(citation: _Citation, shelf: _Shelf, citing: Publication) -> bool:
    """Whether a report of the record could be the cited one, which was out when the citing one was."""
    when, source = citation.when or Interval(), citation.source
    ends = [day for day in (when.latest, citing.latest) if day]
    days = Interval(when.earliest, min(ends, default=None))
    return source.class_ != "document" and shelf.holds(citation.name, source.class_ == "outlet", days)


def _named(analysis: Analysis, shelf: _Shelf) -> Iterator[tuple[SpeakerClass, str, Interval | None]]:
    """Class, name and day of each source that the attributions of a report name."""
    above = {x.id: x.chain for x in analysis.attributions}
    outlets = {name_words(e.name) for e in analysis.entities if e.type == "outlet"}
    bodies = {e.name for e in analysis.entities if e.type == "organisation"}
    for one in analysis.attributions:
        links = one.chain[:-1]
        for link, held in zip_longest(links, above.get(one.within or "", ())[: len(links)]):
            bare = plain_link(link)
            is_known = name_words(bare) in outlets or shelf.knows(bare) or is_outlet(bare)
            # Those of the attribution around this one are found there.
            if link != held and is_known and _is_one_outlet(bare):
                yield "outlet", bare, one.said if link == one.addressee else None
        if (found := _speaker(analysis.text, one, bodies)) is not None:
            yield (*found, one.said)


def _speaker(text: str, one: Attribution, bodies: set[str]) -> tuple[SpeakerClass, str] | None:
    """Class and name of a speaker that one can look up: an outlet, a paper, or a body that put it in writing."""
    name, class_ = plain_link(one.speaker.name or ""), one.speaker.class_
    if class_ == "document" and _is_vague(name):
        owner = one.chain[-2] if len(one.chain) > 1 and name_words(name) <= _ISSUED else ""
        return ("named_organisation", owner) if owner in bodies and not _is_vague_body(owner) else None
    if class_ == "outlet":
        return (class_, name) if _is_one_outlet(name) else None
    written = one.channel in _WRITTEN or _is_paper(text, one)
    body = class_ == "named_organisation" and written and not _is_vague_body(name)
    return (class_, name) if name and (body or class_ == "document") else None


def _is_paper(text: str, one: Attribution) -> bool:
    """Whether the words for a body are those for its paper: "the ministry's note says"."""
    words = text[slice(*one.source[-1])].split() if one.source else []
    return any(w.casefold() in read_words("document_nouns") for w in words[-1:])


def _is_vague(paper: str) -> bool:
    """Whether nothing but the word for a paper is said of it: "the statement", "a log"."""
    words = name_words(paper)
    one = paper.casefold().startswith(("a ", "an ")) or {w.removesuffix("s") for w in words} <= _VAGUE
    return not words or (len(words) == 1 and one)


def _is_vague_body(name: str) -> bool:
    """Whether a body is only called one: "the ministry", "her office", "Police"."""
    words = name_words(name)
    common = read_words("body_nouns") | read_words("official_nouns") | read_words("people_nouns")
    return len(words) < 2 and (words <= common or not _capitals(name))


def _is_one_outlet(name: str) -> bool:
    """Whether it is one, and called by a name: "Norvian state radio", but neither "state radio" nor "Norvian media"."""
    plural = any(w.islower() and (w in _MANY or w.endswith("s")) for w in name.split()[-1:])
    return bool(_capitals(name)) and not plural


def _find_introduced(papers: Iterable[str]) -> dict[str, str]:
    """By kind, the only paper that a report introduces: "a leaked draft", which is "the draft" from then on."""
    found: dict[str, set[str]] = defaultdict(set)
    for paper in papers:
        if not _is_definite(paper):
            found[_kind(paper)].add(paper)
    return {kind: min(names) for kind, names in found.items() if len(names) == 1}


def _is_definite(name: str) -> bool:
    return name.casefold().startswith("the ")


def _kind(name: str) -> str:
    """The noun that says what bears the name: "ministry" of the Foreign Ministry and of a Ministry of Fisheries."""
    words = _BEHIND.split(name, maxsplit=1)[0].split()
    return words[-1].casefold() if words else ""


def _has_proper_name(class_: SpeakerClass, name: str) -> bool:
    """Whether the name tells whose it is anywhere: "the Norvian Foreign Ministry", but not "the Foreign Ministry".

    The first word of a paper's has a capital for beginning a sentence.
    """
    if class_ == "outlet":
        return True
    common = read_words("body_nouns") | read_words("document_nouns") | read_words("office_modifiers")
    words = _capitals(name.partition(" ")[2] if class_ == "document" else name)
    return any(w.casefold() not in common for w in words)


def _capitals(name: str) -> list[str]:
    """The words that are not written small, without an article before them."""
    words = name.split()
    first = 1 if words and words[0].casefold() in _ARTICLES else 0
    return [w for w in words[first:] if not w[0].islower()]


class _Names:
    """Names of outlets by their words."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names: dict[frozenset[str], list[str]] = defaultdict(list)
        self._holding: dict[str, list[frozenset[str]]] = defaultdict(list)
        for name in sorted(set(names)):
            words = name_words(name)
            if words not in self.names:
                for word in words:
                    self._holding[word].append(words)
            self.names[words].append(name)

    def holding(self, words: frozenset[str]) -> list[frozenset[str]]:
        """The words of each name that has all of `words`: "Tern" is a short form of "Tern News"."""
        rarest = min((self._holding.get(w, []) for w in words), key=len, default=[])
        return [full for full in rarest if words <= full]

    def fullest(self, words: frozenset[str]) -> frozenset[str]:
        """The words of the fullest form of a name; its own where several could be it ("the Post")."""
        full = self.holding(words)
        best = max(full, key=len, default=words)
        return best if all(f <= best for f in full) else words


class _Shelf:
    """The days on which each outlet of the record published."""

    def __init__(self, published: Iterable[tuple[str, Interval]]) -> None:
        days: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for outlet, when in published:
            days[outlet].append(_ends(when))
        # Of each outlet the first possible days in order, and the last possible one of the reports up to each.
        self.outlets = {
            outlet: ([first for first, _ in ends], list(accumulate((last for _, last in ends), max)))
            for outlet, ends in ((o, sorted(e)) for o, e in days.items())
        }
        self._names = _Names(self.outlets)
        self._called: dict[tuple[str, bool], list[str]] = {}

    def knows(self, name: str) -> bool:
        """Whether the record has an outlet of that very name; a ministry with releases on record is none."""
        return name_words(name) in self._names.names and _kind(name) not in read_words("body_nouns")

    def holds(self, name: str, is_outlet: bool, days: Interval) -> bool:
        """Whether an outlet of that name has a report that could be of one of `days`, or of one beside them."""
        first, last = _ends(days)
        for outlet in self._outlets_called(name, is_outlet):
            firsts, lasts = self.outlets[outlet]
            before = bisect_right(firsts, last + 1)
            if before and lasts[before - 1] >= first - 1:
                return True
        return False

    def _outlets_called(self, name: str, is_outlet: bool) -> list[str]:
        if (name, is_outlet) not in self._called:
            called = self._outlets if is_outlet else self._bodies
            self._called[name, is_outlet] = called(name)
        return self._called[name, is_outlet]

    def _outlets(self, name: str) -> list[str]:
        words = name_words(name)
        full = self._names.holding(words)
        # "Tern News Agency" may stand as "Tern" in the record.
        if "news" in words and words - {"news"} in self._names.names:
            full = [*full, words - {"news"}]
        return [n for f in full for n in self._names.names[f]]

    def _bodies(self, name: str) -> list[str]:
        """Those of the same kind that have all words of the name: "the Norvian ministry" is the Ministry of Norvia."""
        kind, words = _kind(name), name_words(name)
        same = [n for f in self._names.holding(frozenset((kind,))) for n in self._names.names[f] if _kind(n) == kind]
        return [n for n in same if all(any(_are_akin(w, x) for x in name_words(n)) for w in words)]


def _are_akin(one: str, other: str) -> bool:
    """Whether two words are one, or one is that of a country and the other of what belongs to it."""
    return one == other or (min(len(one), len(other)) >= _LEAST and (one.startswith(other) or other.startswith(one)))


def _ends(days: Interval) -> tuple[int, int]:
    """The first and last possible day as numbers."""
    return (
        days.earliest.toordinal() if days.earliest else date.min.toordinal(),
        days.latest.toordinal() if days.latest else date.max.toordinal(),
    )
