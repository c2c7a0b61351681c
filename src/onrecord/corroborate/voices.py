"""An attribution to the voice behind it: who tells the public or an outlet, and which outlets passed it on.

Of what somebody said behind closed doors, to one who is no reporter, the voice is who tells of it: a ministry's readout
of a call, the sources of a newspaper.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from onrecord.knowledge import read_words
from onrecord.language import is_outlet
from onrecord.record import Analysis, Attribution, Channel, SpeakerClass

# Whom a report means by a name: what is the same for all names of one, in any report, or None where nobody knows.
Who = Callable[[str, str], object]

# "The Tern agency" is the Tern News Agency, "her ministry" a ministry.
_PLAIN = frozenset("the a an agency newspaper his her its their our".split())
_CLOSED: frozenset[Channel] = frozenset(("phone_call", "meeting", "message_via_intermediary", "letter"))
_CLASSES: Mapping[str, SpeakerClass] = {
    "person": "named_person",
    "organisation": "named_organisation",
    "outlet": "outlet",
    "group": "named_organisation",
}
_BEFORE = ("the ", "his ", "her ", "their ", "its ")
_OWNER = re.compile(
    r"(.{2,60}?)['’]s? (?:\w+ ){0,2}(?:office|spokes\w+|lawyers?|attorneys?|counsel|aides?|team|campaign|staff)$"
)
_STYLES = frozenset("mr mrs ms dr sen rep gov president minister".split())
_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]+)[”\"“»]")
# A shorter quotation may be two people's.
_LEAST_QUOTED = 5


class Voice(NamedTuple):
    """Who tells it, and the outlets through which it came, as sets of words.

    `told` is the one that was told; where the chain names none, any of those that print the text. `press` are those of
    these that are outlets by their names. `report` and `entity` say whom a description means in its own report, `who`
    who that is in all. `author` is of one who is told to have said it behind closed doors, without a word on who tells
    of that. `quotes` are words of his.
    """

    name: str
    class_: SpeakerClass
    outlets: tuple[frozenset[str], ...]
    told: frozenset[frozenset[str]]
    press: frozenset[frozenset[str]]
    report: str
    entity: str | None
    who: object
    author: bool
    offices: tuple[str, ...]
    quotes: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        """The words of the name."""
        return name_words(self.name)

    @property
    def telling(self) -> frozenset[str]:
        """Those words of a description that tell one from others: neither an article nor "official"."""
        return _telling(self.name)

    @property
    def vague(self) -> bool:
        """Whether it is one whom the report has spoken of before: "the witness", "the RNC chairman", "his lawyer".

        A source that is not named is brought in by "a", "two" or "some".
        """
        low = self.name.casefold()
        return self.class_.startswith("anonymous") and low.startswith(_BEFORE) and not _is_of_bodies(low)

    @property
    def behind(self) -> frozenset[str]:
        """The words of the one for whom an office or a spokesman speaks: "Mr Teshk's office" of Teshk."""
        owner = _OWNER.match(self.name)
        return name_words(owner.group(1)) - _STYLES if owner else frozenset()


@lru_cache(1 << 16)
def _telling(name: str) -> frozenset[str]:
    plain = read_words("function_words") | read_words("official_nouns") | read_words("people_nouns")
    return frozenset(w for w in name_words(name) if w not in plain and w.removesuffix("s") not in plain)


def _is_of_bodies(name: str) -> bool:
    """Whether a word of it is of a body: "the Norvian ministry" is one, though nothing else is known of it."""
    return not read_words("body_nouns").isdisjoint(name.split())


def read_voice(analysis: Analysis, attribution: Attribution, outlets: Sequence[str], who: Who) -> Voice | None:
    """The voice behind an attribution; None where no source is stated. `outlets` are those that print the text."""
    speaker = attribution.speaker
    if speaker.class_ == "unspecified" or not speaker.name:
        return None
    chain = attribution.chain or (speaker.name,)
    name, entity, links = speaker.name, speaker.entity, chain[:-1]
    class_: SpeakerClass = speaker.class_
    closed = attribution.channel in _CLOSED and class_ in ("named_person", "named_organisation")
    if closed and links:
        name, links = links[-1], links[:-1]
        class_, entity = _teller(analysis, attribution, name)
    elif closed and (issuer := _issuer(analysis)):
        name, class_, entity, closed = issuer, "named_organisation", None, False
    elif class_ == "document" and links and _is_body(analysis, links[-1]):
        # "The statement" of the ministry is the ministry's word.
        name, class_, entity, links = links[-1], "named_organisation", None, links[:-1]
    chained = [name_words(plain_link(link)) for link in reversed(links)]
    own = sorted({name_words(outlet) for outlet in outlets}, key=sorted)
    roles = next((e.roles for e in analysis.entities if e.id == entity), ())
    return Voice(
        name=name,
        class_=class_,
        outlets=(*chained, *own),
        told=frozenset(chained[:1] or own),
        press=frozenset(name_words(outlet) for outlet in outlets if is_outlet(outlet)),
        report=analysis.id,
        entity=entity,
        who=who(analysis.id, plain_link(name)) if is_named(class_) else None,
        author=closed and not chain[:-1],
        offices=roles,
        quotes=_quotes(analysis, attribution),
    )


def is_named(class_: SpeakerClass) -> bool:
    """Whether the name alone tells who it is; a paper's seldom does ("the statement")."""
    return class_ != "document" and not class_.startswith("anonymous")


def plain_link(link: str) -> str:
    """A link of a chain without the journalist who was told: "The Tern (Ada Holm)" is The Tern."""
    return link.split(" (", maxsplit=1)[0]


@lru_cache(1 << 16)
def name_words(name: str) -> frozenset[str]:
    """The words of a name without case, accents and the plain ones, if others are left."""
    letters = (c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = frozenset("".join(c if c.isalnum() else " " for c in letters).split())
    return words - _PLAIN or words


def _teller(analysis: Analysis, attribution: Attribution, name: str) -> tuple[SpeakerClass, str | None]:
    """What the report knows of a link of a chain."""
    above = {x.id: x for x in analysis.attributions}
    at: Attribution | None = attribution
    while at is not None:
        if at.speaker.name == name:
            return at.speaker.class_, at.speaker.entity
        at = above.get(at.within or "")
    found = next((e for e in analysis.entities if e.name == plain_link(name)), None)
    if found is None:
        return "anonymous_other", None
    return _CLASSES.get(found.type, "anonymous_other"), found.id


def _is_body(analysis: Analysis, name: str) -> bool:
    return any(e.type == "organisation" and e.name == name for e in analysis.entities)


def _issuer(analysis: Analysis) -> str | None:
    """The body whose own release a report is: its outlet, where the text takes part in the matter under that name."""
    if analysis.outlet is None or is_outlet(analysis.outlet):
        return None
    words = name_words(analysis.outlet)
    bodies = (e for e in analysis.entities if e.type == "organisation" and name_words(e.name) <= words)
    return analysis.outlet if any(bodies) else None


def _quotes(analysis: Analysis, attribution: Attribution) -> frozenset[str]:
    """The words between quotation marks, where they are more than a phrase; of what stands in a quotation, that one."""
    above = {x.id: x for x in analysis.attributions}
    found: set[str] = set()
    at: Attribution | None = attribution
    while at is not None:
        text = " ".join(analysis.text[a:b] for a, b in at.content)
        found.update(" ".join(re.findall(r"\w+", q.casefold())) for q in _QUOTED.findall(text))
        at = above.get(at.within or "")
    return frozenset(q for q in found if len(q.split()) >= _LEAST_QUOTED)


def quote_alike(one: Voice, other: Voice) -> bool:
    """Whether a quotation of one is one of the other's, or a part of it."""
    return any(f" {a} " in f" {b} " or f" {b} " in f" {a} " for a in one.quotes for b in other.quotes)
