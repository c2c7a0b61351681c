"""Predicates to the time expressions that tell when their events are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from onrecord.events.offsets import find_offsets
from onrecord.events.predicates import Predicate
from onrecord.knowledge import read_table, read_words
from onrecord.language import Parse, Spans, Tree, is_dateline, lemmas
from onrecord.record import Interval, Span, Timex

CLAUSES = ("ccomp", "advcl", "parataxis", "conj", "acl")
# "The first call since the summer" was not in the summer.
_BOUNDS = re.compile(r"\b(?:since|until|till|before|after|than|by|from)(?: the)? $")
# "In the 21st century" is no time of one event.
_VAST = timedelta(days=366)


# Readings of one day, whichever it is.
_DAYS = ("weekday", "shift D", "monthday")
_PLAIN = frozenset(("was", "were", "that"))
# Words of a sentence that may be of another day than the one before it.
_OTHERWISE = frozenset(
    "earlier later afterwards previously once already ago before recently never ever since next".split()
)
_MOST_HOPS = 4
# No sentence that a person wrote has more lengths between events.
_MOST_CLAUSES = 10

# "On Monday and again on Wednesday", "on 3 May, on 9 May and on 12 May"; "on Monday and Tuesday" may be one talk.
_LAND = r"(?: in [A-Z][\w'’-]+)?"
_FURTHER = re.compile(rf"(?:,|,? and|,? then)(?:(?: then)? (?:again|once more){_LAND}(?: on)?|{_LAND} on) \Z")


class Times:
    """The time expressions of one parse, for the events that they may date."""

    def __init__(self, parse: Parse, tree: Tree, timexes: tuple[Timex, ...]) -> None:
        self._parse, self._tree, self._timexes = parse, tree, timexes
        self._spans = Spans(t.span for t in timexes)
        self._by_span = {t.span: t for t in timexes}
        self._running: dict[int, Timex | None] = {}
        self.offsets = tuple(find_offsets(parse, tree, timexes))
        self._clauses: dict[int, list[Span]] = defaultdict(list)
        for one in self.offsets:
            held = self._clauses[parse.sentence_at(one.span.start)]
            if len(held) < _MOST_CLAUSES:
                held.append(one.clause)

    def holds(self, one: Predicate) -> bool:
        """Whether the predicate's word is part of a time expression: "the end of the month"."""
        return self._spans.meets(self._parse.tokens[one.word].span)

    def of(self, one: Predicate, contact: bool, coming: bool = False) -> Timex | None:
        """The expression in the event's own clause, the nearest to it; of a contact, else in its sentence.

        In "failed on Tuesday to settle it but agreed to meet" the day is not of what is still `coming`.
        """
        hosts = [one.word] if one.light is None else [one.word, one.light]
        at = token = self._parse.tokens[one.word]
        # "The ministers ended four hours of talks on Wednesday".
        while token.tag in ("NOUN", "PROPN") and token.relation in ("nsubj", "obj", "nmod") and token.head >= 0:
            hosts.append(token.head)
            token = self._parse.tokens[token.head]
        for host in hosts:
            starts = {self._parse.tokens[n].span.start for n in self._tree.below(host, CLAUSES)}
            if found := self._nearest(at.span, starts):
                return found
        told = contact or self._tree.word(one.word) in read_table("contact_nouns")
        found = self._nearest(at.span, None) if told else None
        return None if found and coming and found.span.start < at.span.start else found

    def running(self, one: Predicate) -> Timex | None:
        """The day of what the sentence before tells, for what a plain past tense tells next.

        "The ministers failed on Tuesday to settle it. They met for four hours in Senn." A day is not handed on from
        what was said, nor to what had been before.
        """
        number = self._parse.sentence_at(self._parse.tokens[one.word].span.start)
        if number == 0 or not self._is_told_plainly(one.word):
            return None
        # A sentence that has no end is looked through once.
        if number not in self._running:
            self._running[number] = None if self._is_otherwise(number) else self._day_of(number - 1)
        return self._running[number]

    def _day_of(self, number: int) -> Timex | None:
        """The day of the main verb of a sentence, if that is in the plain past and tells no words."""
        parse = self._parse
        held = self._tree.words_in(parse.sentences[number])
        main = next((n for n in held if self._is_main(n) and self._is_plain_past(n)), None)
        if main is None or any(w in read_words("speech_verbs") for w in lemmas(self._tree.word(main))):
            return None
        starts = {parse.tokens[n].span.start for n in self._tree.below(main, CLAUSES)}
        found = self._nearest(parse.tokens[main].span, starts)
        day = found and (found.reading.startswith(_DAYS) or (found.earliest and found.earliest == found.latest))
        return found if day else None

    def _is_main(self, n: int) -> bool:
        """Whether it is the main verb of a sentence, behind a dateline too."""
        token = self._parse.tokens[n]
        return token.relation == "root" or (
            token.relation == "parataxis" and self._parse.tokens[token.head].tag not in ("VERB", "AUX")
        )

    def _is_told_plainly(self, word: int) -> bool:
        """Whether a verb in the plain past tells of the word, in a main clause or as said."""
        tokens = self._parse.tokens
        for _ in range(_MOST_HOPS):
            if tokens[word].tag == "VERB":
                return tokens[word].relation in ("root", "conj", "ccomp", "parataxis") and self._is_plain_past(word)
            if tokens[word].head < 0:
                break
            word = tokens[word].head
        return False

    def _is_plain_past(self, verb: int) -> bool:
        word = self._tree.word(verb)
        past = word.endswith("ed") or word in read_table("irregular_verbs") or word in read_words("past_forms")
        helpers = {self._tree.word(k) for k in self._tree.children(verb, "aux", "mark")}
        return self._parse.tokens[verb].tag == "VERB" and past and helpers <= _PLAIN

    def _is_otherwise(self, number: int) -> bool:
        """Whether a sentence tells by itself when it was, if only as so many days after something."""
        sentence = self._parse.sentences[number]
        held = self._tree.words_in(sentence)
        begin = bisect_left(self._timexes, sentence.start, key=lambda t: t.span.start)
        end = bisect_left(self._timexes, sentence.end, lo=begin, key=lambda t: t.span.start)
        dated = bool(self._clauses.get(number)) or any(t.type in ("DATE", "TIME") for t in self._timexes[begin:end])
        return dated or any(self._tree.word(n) in _OTHERWISE for n in held)

    def further(self, first: Timex) -> list[Timex]:
        """The expressions behind `first` that give the days of further ones of the same kind, in order."""
        text, found = self._parse.text, [first]
        sentence = self._parse.sentences[self._parse.sentence_at(first.span.start)]
        begin = bisect_left(self._timexes, first.span.end, key=lambda t: t.span.start)
        end = bisect_left(self._timexes, sentence.end, lo=begin, key=lambda t: t.span.start)
        for timex in self._timexes[begin:end]:
            between = text[found[-1].span.end : timex.span.start]
            if not (_FURTHER.match(between) and self._dates(timex) and apart(days_of(found[-1]), days_of(timex))):
                break
            found.append(timex)
        return found[1:]

    def is_day(self, span: Span | None) -> bool:
        """Whether the expression is of a day and tells no time of it."""
        timex = self._by_span.get(span) if span else None
        return timex is not None and timex.type == "DATE"

    def apart(self, a: Span | None, b: Span | None) -> bool:
        """Whether the expressions of two spans have no day in common; one that is not known speaks against nothing."""
        one, other = (self._by_span.get(span) if span else None for span in (a, b))
        return apart(days_of(one), days_of(other)) or _differ(one, other)

    def beside(self, words: Sequence[int]) -> Span | None:
        """The expression in the clause of the first verb among `words`, the nearest to it."""
        verb = next((n for n in words if self._parse.tokens[n].tag == "VERB"), None)
        if verb is None:
            return None
        starts = {self._parse.tokens[n].span.start for n in self._tree.below(verb, CLAUSES)}
        found = self._nearest(self._parse.tokens[verb].span, starts)
        return found.span if found else None

    def _nearest(self, at: Span, starts: set[int] | None) -> Timex | None:
        """The expression in the sentence that stands nearest; of several, one that holds one of `starts`."""
        sentence = self._parse.sentences[self._parse.sentence_at(at.start)]
        first = bisect_left(self._timexes, sentence.start, key=lambda t: t.span.start)
        last = bisect_left(self._timexes, sentence.end, lo=first, key=lambda t: t.span.start)
        clauses = self._clauses[self._parse.sentence_at(at.start)]
        fitting = [
            t
            for t in self._timexes[first:last]
            if self._dates(t)
            and (starts is None or any(t.span.start <= s < t.span.end for s in starts))
            # "Resigned on Friday, a day after she met him": they did not meet on Friday.
            and all((c.start <= t.span.start < c.end) == (c.start <= at.start < c.end) for c in clauses)
        ]
        return min(fitting, key=lambda t: (abs(t.span.start - at.start), t.span), default=None)

    def _dates(self, timex: Timex) -> bool:
        """Whether an expression can be the time of one event, and not only bound it."""
        vast = timex.earliest and timex.latest and timex.latest - timex.earliest > _VAST
        known = timex.type in ("DATE", "TIME") and (timex.earliest or timex.reading != "none")
        start = timex.span.start
        if not known or vast or is_dateline(self._parse.text, timex.span):
            return False
        # "Shortly after midnight" is of the day as much as "at midnight".
        return timex.type == "TIME" or not _BOUNDS.search(self._parse.text, max(0, start - 12), start)


def days_of(timex: Timex | None) -> Interval | None:
    """The days that an expression may mean, None where none is known."""
    if timex and timex.value.endswith("T24:00") and timex.earliest and timex.earliest == timex.latest:
        # "Shortly after midnight" may be of the day that ends or of the one that begins.
        return Interval(timex.earliest, timex.latest + timedelta(days=1))
    return Interval(timex.earliest, timex.latest) if timex and (timex.earliest or timex.latest) else None


def _differ(a: Timex | None, b: Timex | None) -> bool:
    """Whether two expressions mean two days whatever the day of the report: "today" and "eleven days ago"."""
    if a is None or b is None or a.anchor or b.anchor:
        return False
    (op, *one), (other, *two) = a.reading.split(" "), b.reading.split(" ")
    if op != other or op not in _FIXED:
        return False
    if op == "shift":
        return one[0] == two[0] and one[1] != two[1]
    # Two months differ, and two days; a quarter may hold a month.
    return one[0] != two[0] and re.sub(r"\d", "0", one[0]) == re.sub(r"\d", "0", two[0])


# Readings whose first word tells days from one another, of one unit for the first of them.
_FIXED = frozenset(("shift", "weekday", "monthday", "cycle"))


def apart(a: Interval | None, b: Interval | None) -> bool:
    """Whether two intervals have no day in common; one that is not known speaks against nothing."""
    return a is not None and b is not None and a.misses(b)
