"""How words were said: quoted or not, by what means, to whom, affirmed or denied, asserted or threatened."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right

from onrecord.attribute.mentions import Mentions
from onrecord.attribute.phrases import longest
from onrecord.language import Parse, words_of
from onrecord.record import Channel, Entity, Part, Polarity, Quote, Span

_TELLING = frozenset(
    "told tell tells telling informed informs assured assures warned warns reminded reminds asked asks urged urges"
    " briefed briefs notified advised to with".split()
)
_PRESS = re.compile(r"\b(?:reporters|journalists|the press|the media)\b", re.IGNORECASE)
# Content counts as wholly quoted when at most this share of its letters stands outside the marks.
_OUTSIDE = 0.1
# What stands farther off, in a sentence that has no end, says nothing of how the words were said.
_FAR = 1_000


def find_quote(parse: Parse, content: Part) -> Quote:
    """Whether the content stands in quotation marks wholly, in part, or not."""
    inside = whole = 0
    for a, b in content:
        whole += _count_letters(parse.text, a, b)
        for n in range(bisect_right(parse.quotations, a, key=lambda q: q.end), len(parse.quotations)):
            start, end = parse.quotations[n]
            if start >= b:
                break
            inside += _count_letters(parse.text, max(a, start), min(b, end))
    if inside >= (1 - _OUTSIDE) * whole:
        return "direct"
    return "mixed" if inside else "indirect"


def _count_letters(text: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, text[start:end]))


def around(parse: Parse, content: Part, cue: Part, source: Part) -> str:
    """The sentences of the cue and source (else of the content's end), without the content and what is far off."""
    spans = sorted([*cue, *source] or [Span(content[-1].end - 1, content[-1].end)])
    out: list[str] = []
    for n, group in itertools.groupby(spans, key=lambda s: parse.sentence_at(s.start)):
        near, sentence = list(group), parse.sentences[n]
        at = max(sentence.start, near[0].start - _FAR)
        end = min(sentence.end, max(s.end for s in near) + _FAR)
        for a, b in content:
            if a < end and b > at:
                out.append(parse.text[at : max(at, a)])
                at = max(at, b)
        out.append(parse.text[at:end])
    return " ".join(" ".join(out).split())


def find_channel(words: str, cue: str) -> Channel:
    """By what means, from the words around the content; "unspecified" where they don't say."""
    return longest("channels", f"{cue} {words}") or "unspecified"  # type: ignore[return-value]


def find_polarity(cue: str, words: str) -> Polarity:
    """Affirmed, denied ("denied reports that …") or declined ("declined to comment")."""
    found = longest("polarities", cue)
    return found or ("declined" if longest("polarities", words) == "declined" and not cue else "affirmed")  # type: ignore[return-value]


def find_addressee(parse: Parse, cue: Part, content: Part, mentions: Mentions) -> str | None:
    """Whom the words were said to: the name behind a verb of telling, "reporters" for the press, or None."""
    for a, b in cue:
        if parse.text[a:b].casefold().startswith("according"):
            continue
        stop = min((c.start for c in content if c.start >= b), default=b + 60)
        start = _telling_ends(parse, Span(a, b))
        if start is None:
            continue
        stretch = Span(start, max(start, min(stop, start + 80, parse.sentences[parse.sentence_at(a)].end)))
        text = re.split(r"[,;:.“\"]| that ", parse.text[stretch.start : stretch.end] + " ")[0]
        if _PRESS.search(text):
            return "reporters"
        named = mentions.beginning(stretch.start, stretch.start + len(text))
        if named:
            return _as_addressee([e for _, e in named])
    return None


def _as_addressee(named: list[Entity]) -> str:
    """The name of the first; an outlet with the journalist who was told in brackets: "Norra Ledger (Ada Holm)"."""
    outlet = next((e for e in named[:2] if e.type == "outlet"), None)
    person = next((e for e in named[:2] if e.type == "person"), None)
    if outlet and person:
        return f"{outlet.name} ({person.name})"
    return (outlet or person or named[0]).name


def _telling_ends(parse: Parse, cue: Span) -> int | None:
    """Where the verb of telling in `cue`, or just behind it ("stressed to"), ends; None without one."""
    behind = words_of(parse.text, Span(cue.end, cue.end + 12))[:1]
    for word, span in [*words_of(parse.text, cue), *[w for w in behind if w[0].casefold() in ("to", "with")]]:
        if word.casefold() in _TELLING:
            return span.end
    return None
