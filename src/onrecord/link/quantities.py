"""A stretch of news to what it counts and measures, and two such numbers to whether both can be so.

No parse is needed: what a number counts is the head of the noun phrase behind it, which ends at a word that can't stand
in one, at a mark or at a verb. In English the head is the first plural, since nouns before it are singular.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from onrecord.knowledge import read_table, read_words
from onrecord.link.rarity import rank

# Two counts of which one is round or only about right are apart where they differ by more than this part.
_TOLERANCE = 0.1
_BIG = {"dozen": 12.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
_VAGUE = {"tens": 10.0, "dozens": 12.0, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9}
# Words that are a number only with what they count.
_WITH_NOUN = {"not one": 0.0, "not a single": 0.0, "a single": 1.0, "a lone": 1.0, "both": 2.0, "none": 0.0, "no": 0.0}
_BEHIND = {"or more": "least", "plus": "least", "+": "least", "or so": "about", "or fewer": "most", "or less": "most"}
_BOUND_BEHIND = re.compile(r"\s?(\+|(?:or (?:more|so|fewer|less)|plus)\b)", re.I)
_GAUGE = re.compile(r"\b(?:(?:number|total|toll|count|tally|figure)s?)\b(?: of (?:the |those )?)?", re.I)
_FURTHER = frozenset("more other further additional another".split())
# "Three of the members", "two more members" are not all of them.
_PARTIAL = _FURTHER | {"of"}
_IS = re.compile(r"\s(?:(?:am|is|are|was|were|be|been|being|has|have|had|got|also|still|not)\s)+", re.I)
_OF = re.compile(r"\sof(?:\s(?:the|these|those|this|that|his|her|its|their|our|your|my))?(?=\s)", re.I)
_AT_TIME = frozenset("at by until till before after around about since from between".split())
_IN_YEAR = frozenset("in since during until till from by before after early late of the".split())
_ORDINAL = re.compile(r"-(?:first|second|third|(?:four|fif|six|seven|eigh|nin)th)\b", re.I)
_PART = re.compile(r"[\s-](?:thirds?|quarters?\sof|(?:fif|six|seven|eigh|nin|ten)ths?|hal(?:f|ves)|in\s\w+)\b", re.I)
_AGE_BEHIND = re.compile(r"[\s-]years?(?:[\s-]olds?\b|\sof\sage\b)", re.I)
_AGE_BEFORE = re.compile(r"\b(?:aged|age|age\sof)\s$", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d|2100")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")
_WORD = re.compile(r"\s?([^\W\d_]+(?:['’-][^\W\d_]+)*)(?![\d_])")
_LAST_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]+)\s$")


class Quantity(NamedTuple):
    """A number at `start` to `end`, the least and the most that it may be, and what it counts.

    `unit` is the noun in its singular, or the verb ("four had died"), "" where none is told; `modifiers` are the words
    between, "of" for a part of some. A number that is a name ("channel 16") or an age is no count: `label` tells of
    what it is.
    """

    start: int
    end: int
    least: float
    most: float
    approximate: bool = False
    unit: str = ""
    modifiers: frozenset[str] = frozenset()
    label: str = ""


class _Counted(NamedTuple):
    unit: str = ""
    modifiers: frozenset[str] = frozenset()
    label: str = ""
    end: int = 0


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """What `text` counts, measures and numbers, in its order; days, times, years and telephone numbers are left out."""
    found, at = list[Quantity](), 0
    while match := _pattern().search(text, at):
        at = match.end()
        if match["first"]:
            quantity, at = _read(text, match)
            found += [quantity] if quantity else []
    return tuple(found)


def conflict(a: Quantity, b: Quantity) -> bool:
    """Whether both count or number the same and can't both be so.

    Where either is approximate or round (two digits and noughts) they must be more than a tenth apart. There is no
    conflict where each counts its own part ("three injured guards", "five armed guards") or but one a part of all.
    """
    if not _same(a, b) or (a.modifiers & _PARTIAL) != (b.modifiers & _PARTIAL):
        return False
    one, other = a.modifiers - _PARTIAL, b.modifiers - _PARTIAL
    if one and other and not one & other:
        return False
    loose = a.approximate or b.approximate or _is_round(a) or _is_round(b)
    return max(a.least, b.least) > min(a.most, b.most) * (1 + _TOLERANCE * loose)


def agree(a: Quantity, b: Quantity) -> bool:
    """Whether both count or number the same, in whatever other words, and may be equal."""
    loose = a.approximate or b.approximate
    return _same(a, b) and max(a.least, b.least) <= min(a.most, b.most) * (1 + _TOLERANCE * loose)


def _same(a: Quantity, b: Quantity) -> bool:
    return bool(a.unit or a.label) and (a.unit, a.label) == (b.unit, b.label)


def _is_round(quantity: Quantity) -> bool:
    """A name or an age is never rounded."""
    ends = (f"{n:.0f}" for n in (quantity.least, quantity.most) if math.isfinite(n) and n >= 10 and n == int(n))
    return not quantity.label and any(n.endswith("0") and len(n.rstrip("0")) <= 2 for n in ends)


def _any(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest first."""
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s") for w in ordered) + ")"


@cache
def _small() -> dict[str, float]:
    """The words for numbers below a hundred."""
    words = read_table("numbers") | {w: n for w, n in read_table("large_numbers").items() if len(n) <= 2}
    return {w: float(n) for w, n in words.items() if w not in ("a", "an", "another", "both", "dozen")}


@cache
def _pattern() -> re.Pattern[str]:
    """A stretch that hides a number which counts nothing, or a number or two with what bounds them.

    Its groups: `bound`, `between`, `first`, `sign`, `joint`, `second`, `sign2`.
    """
    figure = r"(?>\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)|\d+)(?:\.\d+)?(?![.,/]?\d)"
    scaled = rf"(?:\s?(?:hundred|{_any(_BIG)}|mn|bn|tn)\b|k\b|m(?=\s[^\W\d_]+s\b))*"
    scaled += rf"(?=[\W_]|$|{_any(read_table('counted_forms'))}\b)"
    money = rf"[$€£¥]{figure}(?:\s?(?:{_any(_BIG)}|{_any(_SHORT)})\b)?(?!\w)"
    number = rf"(?:{money}|{figure}{scaled}|\b{_in_words()}\b(?!['’]))"
    sign = r"\s?%|\spercent\b|\sper\scent\b"
    return re.compile(
        rf"{_hidden()}|(?P<bound>(?:\b{_any(read_table('number_bounds'))}\s){{1,2}})?(?P<between>\b(?:between|from)\s)?"
        rf"(?:\bUS(?=\$)|(?<![\w/])(?<![^\W\d_]-)(?<!\d[.,–-])(?!{_hidden()}))(?P<first>{number})(?P<sign>{sign})?"
        rf"(?:(?P<joint>\s(?:to|or|and)\s|\s?[-–]\s?)(?P<second>{number})(?P<sign2>{sign})?)?"
        rf"(?:{_BOUND_BEHIND.pattern})?",
        re.I,
    )


def _in_words() -> str:
    """The pattern for numbers in words: "two hundred and forty", "half a million", "tens of thousands", "both"."""
    tens = _any(w for w, n in _small().items() if n >= 20)
    ones = _any(w for w, n in _small().items() if 0 < n < 10)
    below = rf"(?:{tens}(?:[\s-]{ones})?|{_any(_small())})\b"
    hundreds = rf"(?:(?:{below}|an?)[\s-]hundred\b(?:(?:\sand)?\s{below})?|{below})"
    part = rf"(?:{hundreds}|an?)(?:[\s-]{_any(_BIG)}\b)+"
    vague = rf"{_any(_VAGUE)}(?:\sof\s{_any(_VAGUE)})*|(?:several|a\sfew|many)\s(?:hundred|{_any(_BIG)})"
    half = rf"half(?:[\s-]an?)?[\s-]{_any(_BIG)}|{hundreds}\sand\sa\shalf(?:\s{_any(_BIG)})?"
    with_noun = rf"a\s(?:couple|pair)(?=\sof\s)|{_any(_WITH_NOUN)}(?!-|\s(?:doubt|longer|matter|sooner)\b)"
    return rf"(?:{vague}|{half}|{part}(?:\s(?:and\s)?{part})*(?:(?:\sand)?\s{hundreds})?|{hundreds}|{with_noun})"


def _hidden() -> str:
    """The pattern for days, times, years, telephone numbers, fractions and the numbers of a list."""
    month, day = rf"(?-i:{_any(read_table('months'))})(?!\w)", r"\d{1,2}(?:st|nd|rd|th)?"
    small = _any(_small())
    return (
        rf"(?<![\w/])(?:(?:{day}(?:\s?[-–,/]\s?|\s(?:and|to|or)\s))*{day}\s(?:of\s)?{month}(?:,?\s\d{{4}})?"
        rf"|{month}\s{day}(?:(?:\s?[-–]\s?|\s(?:and|to)\s)\d{{1,2}})?(?!\d|[.,]\d{{3}})(?:,?\s\d{{4}})?|{month},?\s\d{{4}}"
        r"|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d+/\d+|(?:19|20)\d\d[-–/]\d{2}(?:\d\d)?|\d{4}s"
        r"|\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m\b\.?|\d{1,2}:\d\d(?::\d\d)?|[0-2]\d[0-5]\d\s(?:hours|hrs|GMT|UTC)"
        rf"|(?:\d{{1,2}}|{small})\so['’]clock|(?:half|quarter|{small})\spast\s{small}\b|quarter\sto\s{small}\b"
        r"|\+\d[\d\s().-]{5,}\d|0\d[\d \-]{3,}\d|\d{3}[ -]0\d{3}|(?:call|dial|telephone)\s(?:on\s)?\d[\d -]{4,}\d"
        rf"|(?:one|1)\sin\s(?:{small}|\d+)\b"
        r"|(?!\d{1,3}(?: \d{3})+(?![\d -]))\d{2,4}(?:[ -]\d{2,4}){2,}|(?<=\n)\d{1,2}[.)]\s)(?!\d)"
    )


class _Number(NamedTuple):
    """The number that an expression stands for, and the scale that it ends with ("two million": a million)."""

    value: float
    scale: float
    money: str = ""
    vague: bool = False


def _value(expression: str) -> _Number:
    """The number that an expression of the pattern is; of a vague one ("hundreds") the least."""
    plain = re.sub(r"(?<=\d)[,\s](?=\d)", "", expression.casefold())
    words = re.findall(r"\d+(?:\.\d+)?|[^\W\d_]+", plain)
    fixed = 2.0 if words[-1] in ("couple", "pair") else _WITH_NOUN.get(" ".join(words))
    if fixed is not None:
        return _Number(fixed, 1.0)
    total, group, big = 0.0, 0.0, 1.0
    for word in words:
        big = (_BIG | _SHORT | _VAGUE | {"hundred": 100.0}).get(word, 1.0)
        unit = float(word) if word[0].isdigit() else 0.5 if word == "half" else _small().get(word, 0.0)
        group = (group or 1.0) * big if big > 1 else group + unit
        if word in _BIG or word in _SHORT:
            total, group = total + group, 0.0
    vague = words[-1] in _VAGUE or words[0] in ("several", "many") or "few" in words
    # Through the decimal, so that 1.2 million is 1,200,000 and no hair less.
    return _Number(float(f"{total + group:.12g}"), big, plain[0] if plain[0] in "$€£¥" else "", vague)


def _read(text: str, match: re.Match[str]) -> tuple[Quantity | None, int]:
    """The quantity of a match, None for a number that counts nothing; and where to read on."""
    first, joint, between = _value(match["first"]), (match["joint"] or "").strip(), (match["between"] or "").casefold()
    end = match.end("sign" if match["sign"] else "first")
    if not match["second"]:
        return _complete(text, match, first, first.value, end), match.end()
    second, least = _value(match["second"]), first.value
    if first.scale == 1 and least <= second.value / second.scale:
        least *= second.scale
    # The price rose "from 3 to 5"; "three and four" are two numbers, and "3-1" is how a game ended.
    joins = "between" in between if joint == "and" else joint != "to" or "from" not in between
    if joins and least < second.value:
        end = match.end("sign2" if match["sign2"] else "second")
        return _complete(text, match, second, least, end), match.end()
    return (None, match.end()) if joint in ("-", "–") else (_complete(text, match, first, first.value, end), end)


def _complete(text: str, match: re.Match[str], number: _Number, least: float, end: int) -> Quantity | None:
    """A number or a range that ends at `end`, with what it counts and as it is bounded: "at least 400 people"."""
    sign = "%" if match["sign"] or match["sign2"] else number.money
    last = match.end() if end >= match.end("second") else end
    counted = _Counted(sign, end=end) if sign else _count(text, match, number, last)
    if counted is None:
        return None
    bounds = read_table("number_bounds")
    kinds = {bounds[" ".join(w.casefold().split())] for w in re.findall(_any(bounds), match["bound"] or "", re.I)}
    for place in (end, counted.end):
        behind = _BOUND_BEHIND.match(text, place)
        kinds |= {_BEHIND[behind[1].casefold()]} if behind else set()
    low, high = 0.0 if "most" in kinds else least, math.inf if "least" in kinds or number.vague else number.value
    return Quantity(match.start("first"), end, low, high, "about" in kinds or number.vague, *counted[:3])


def _count(text: str, match: re.Match[str], number: _Number, end: int) -> _Counted | None:
    """What a number counts; None where it is a year, a time of day, an ordinal or a fraction, or lacks its noun."""
    before = text[max(0, match.start() - 120) : match.start()]
    plain = " ".join(match["first"].casefold().split())
    if _ORDINAL.match(text, end) or (number.scale == 1 and _PART.match(text, end)):
        return None
    # "Ana Tolve, 34, said".
    beside = re.search(r"[^\W\d_],\s$", before) and plain.isdecimal() and text[end : end + 1] == ","
    if _AGE_BEHIND.match(text, end) or _AGE_BEFORE.search(before) or beside:
        return _Counted("year", label="age", end=end)
    last = _LAST_WORD.search(before)
    word = last[1].casefold() if last else ""
    if word in read_words("numbered_nouns"):
        return _Counted(label=word, end=end)
    behind = _read_behind(text, end, number, plain)
    if _is_when(match, word, behind):
        return None
    if behind or plain == "one" or plain in _WITH_NOUN:
        return behind
    found = _read_verb(text, end) or _read_gauge(before, end)
    timed = word in _AT_TIME and number.value <= 24
    return found or (None if timed else _read_before(before, end))


def _is_when(match: re.Match[str], before: str, behind: _Counted | None) -> bool:
    """Whether it is a year, "in 2019 soldiers left", or an hour, "at 21.40 rescuers came"; "2000 soldiers" are many."""
    if _YEAR.fullmatch(match["first"]):
        return not behind or (before in _IN_YEAR and not match["bound"])
    timed = before in _AT_TIME or bool(match["bound"])
    measured = behind is not None and behind.unit in read_table("counted_forms").values()
    return bool(_CLOCK.fullmatch(match["first"])) and (not behind or (timed and not measured))


class _Word(NamedTuple):
    text: str
    capital: bool
    end: int

    @property
    def plural(self) -> bool:
        """Whether it is a plural or a unit of measure."""
        known = self.text in read_table("counted_forms") or self.text.endswith("men")
        return known or (len(self.text) > 3 and bool(re.search(r"[^sui]s$", self.text)))

    @property
    def verbal(self) -> bool:
        """Whether it may be a past form or a participle."""
        return bool(re.search(r"(?:\w[^e]|gre|fre)ed$|\w\wing$", self.text)) or self.text in read_words("past_forms")

    @property
    def unit(self) -> str:
        return _plain(self.text) if self.verbal and not self.plural else _singular(self.text)


def _read_phrase(text: str, at: int) -> list[_Word]:
    """The words from there that may be of one noun phrase."""
    words, days = list[_Word](), read_table("weekdays") | read_table("months")
    while match := _WORD.match(text, at):
        word, at = match[1].casefold().replace("’", "'"), match.end()
        number = word in _small() or word in _BIG or word in _VAGUE
        if number or word in read_words("phrase_ends") or match[1] in days:
            break
        words.append(_Word(word.removesuffix("'s"), match[1][0].isupper(), at))
    return words


def _read_behind(text: str, at: int, number: _Number, plain: str) -> _Counted | None:
    """The noun phrase behind a number: "seven border guards", "three of the five members", "a three-day strike"."""
    if text[at : at + 1] == "-" and (joined := _WORD.match(text, at + 1)):
        noun = joined[1].casefold().split("-")[0]
        known = plain != "one" or noun in read_table("time_units")
        return _Counted(_singular(noun), end=joined.end()) if known else None
    if of := _OF.match(text, at):
        inner = _pattern().match(text, of.end() + 1)
        at = inner.end("first") if inner and inner["first"] else of.end()
    words = _read_phrase(text, at)
    head = _find_head(words, 2.0 if of else number.value)
    # "Both sides", but not "both crews and passengers"; "one fell" is no thing counted.
    if head is None or (plain == "both" and text.startswith(" and", words[head].end)):
        return None
    if plain == "one" and not of and (words[head].verbal or words[head].plural):
        return None
    unit = _singular(words[head].text) if number.value < 2 else words[head].unit
    part = ["of"] if of and " " in of[0].strip() else []
    return _Counted(unit, frozenset([*part, *(w.text for w in words[:head])]), end=words[head].end)


def _find_head(words: Sequence[_Word], value: float) -> int | None:
    """Which word is counted: the first plural, with such as follow it at once ("arms dealers"); of one, the last.

    A verb ends the phrase, unless a plural is still to come: "three newly captured guards".
    """
    many = value not in (0, 1)
    for n, word in enumerate(words):
        ahead = many and any(w.plural for w in words[n + 1 :])
        if n and ((word.verbal and not ahead) or (value == 1 and word.plural)):
            words = words[:n]
            break
        # "58 crew members", "no crew member".
        joined = n + 1 < len(words) and (words[n + 1].plural or (value == 0 and not words[n + 1].verbal))
        if word.plural and value != 1 and not joined:
            return n
    if not words or words[-1].text in _FURTHER or words[-1].capital:
        return None
    return len(words) - 1 if not many or all(w.text in _FURTHER for w in words[:-1]) else None


def _singular(word: str) -> str:
    """The singular of a noun, or what its unit is called; where -es leaves two readings, the more frequent word."""
    forms = read_table("counted_forms")
    if word in forms or word.endswith("men"):
        return forms.get(word) or word.removesuffix("men") + "man"
    if not re.search(r"\w\w[^sui]s$", word):
        return word
    if word.endswith("ies"):
        return min((word[:-3] + "y", word[:-1]), key=rank)
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return min((word[:-1], word[:-2]), key=rank) if word.endswith(("ses", "zes", "oes")) else word[:-1]


def _plain(word: str) -> str:
    """The plain form of a verb; where the ending leaves two readings, the more frequent word."""
    stem = re.sub(r"(?:ed|ing)$", "", word)
    if stem == word or word in read_table("irregular_verbs"):
        return read_table("irregular_verbs").get(word, word)
    if stem.endswith("i"):
        return stem[:-1] + ("ie" if len(stem) < 3 else "y")
    single = [stem[:-1]] if stem[-1] == stem[-2] and stem[-1] not in "fsz" else []
    # "Injured", "rescued", rather than "kicked", where neither reading is known.
    readings = [stem + "e", stem] if re.search(r"[aeiou][cgrsuvz]$", stem) else [stem, stem + "e"]
    return min(readings + single, key=rank)


def _read_verb(text: str, at: int) -> _Counted | None:
    """What becomes of a bare number of somebody: "four had died", "nine were hurt", "two are children"."""
    auxiliary = _IS.match(text, at)
    words = _read_phrase(text, auxiliary.end())[:1] if auxiliary else []
    return _Counted(words[0].unit, end=at) if words and not words[0].capital else None


def _read_gauge(before: str, end: int) -> _Counted | None:
    """What the clause before says is numbered: "the number of fishermen at nine", "the death toll rose to 14"."""
    found = list(_GAUGE.finditer(re.split(r"[.,;:!?\n–—]", before)[-1]))
    if not found:
        return None
    words = _read_phrase(found[-1].string, found[-1].end()) if " of " in found[-1][0] else []
    head = _find_head(words, 2.0 if len(words) > 1 else 0.0)
    if head is None:
        return _Counted(_singular(found[-1][0].split()[0].casefold()), end=end)
    return _Counted(words[head].unit, frozenset(w.text for w in words[:head]), end=end)


def _read_before(before: str, end: int) -> _Counted:
    """What stands right before a bare number: "a crew of 14", "killed 14", or its name: "Velan 9"."""
    of = re.search(r"([^\W\d_]+)\sof\s$", before)
    if of and of[1].casefold() not in read_words("phrase_ends"):
        return _Counted(_singular(of[1].casefold()), end=end)
    last = _LAST_WORD.search(before)
    word = _Word(last[1].casefold(), last[1][0].isupper(), end) if last else None
    if not word or word.text in read_words("phrase_ends"):
        return _Counted(end=end)
    if word.capital and not word.plural and not word.verbal and word.text.title() not in read_table("weekdays"):
        return _Counted(label=word.text, end=end)
    return _Counted(word.unit if word.verbal and word.text.endswith(("ed", "ing")) else "", end=end)
