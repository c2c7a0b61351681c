"""The names of one report to its entities: the same name, and the short form of a full one, are one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from onrecord.knowledge import fullest_roles, read_lists, read_words
from onrecord.language.clusters import Clusters
from onrecord.language.lands import is_land, peoples_of
from onrecord.language.parse import Name, Parse, words_of
from onrecord.language.roles import ARTICLES, find_role
from onrecord.language.spans import Spans
from onrecord.record import Entity, EntityType, Mention, Noise, Span

# A longer name is no name that a report would repeat, and would be compared with half of the text at every word.
_LONGEST_PASSED_OVER = 100


def find_entities(parse: Parse, noise: Sequence[Noise] = (), outlet: str | None = None) -> tuple[Entity, ...]:
    """The entities of a report in the order of their first mention; ids are "e1", "e2" and so on.

    Two full names are never one person. A surname alone is the person of that name who was named last; a name that
    the model read in two ways takes the type that it was read as more surely. Names in `noise` are left out.
    `outlet` is the report's own.
    """
    clusters = Clusters()
    names = _clean_names(parse, noise, outlet)
    people = Spans(s for s, k in names if k == "person")
    for span, kind in names:
        found = clusters.add(" ".join(parse.text[span.start : span.end].split()), kind, span)
        if kind == "person" and (role := find_role(parse.text, span, people)):
            found.add_role(role)
    return tuple(
        Entity(f"e{n}", c.name, c.type, fullest_roles(c.roles), tuple(Mention(s, "name") for _, s in c.names))
        for n, c in enumerate(clusters.all, 1)
    )


def _clean_names(parse: Parse, noise: Sequence[Noise], outlet: str | None) -> list[tuple[Span, EntityType]]:
    """The names in order, without article, title and possessive ending, each with one type throughout the report.

    A name that the model saw in one place is the same name in another where it passed it over.
    """
    names = [
        replace(n, kind="person") if _is_styled(parse.text, n.span) else n
        for n in _with_stations(parse.text, _with_initials(parse.text, _apart(parse.text, parse.names)))
    ]
    spans = [(trim_name(parse.text, n.span, n.kind), n) for n in names]
    spoken = {w for w, _ in words_of(parse.text) if w[:1].isupper()}
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for span, name in spans:
        votes[parse.text[span.start : span.end]][name.kind] += name.probability
    kinds = {form: max(sorted(v), key=lambda k, v=v: v[k]) for form, v in votes.items() if form}  # type: ignore[misc]
    # "Secretary Holm": nobody but a person bears a title, whatever the model took the name for.
    bearers = (s for s, _ in spans if _is_titled(parse.text, s) or _is_beside_office(parse.text, s))
    titled = {parse.text[slice(*s)] for s in bearers}
    kinds |= dict.fromkeys(titled, "person")
    for form, kind in list(kinds.items()):
        surname = form.split()[-1]
        # "Averin" behind "Katrin Averin" is she, however it was read alone; in "Ada Norra flew to Norra" the country
        # stays one.
        if kind == "person" and " " in form and len(surname) > 2 and kinds.get(surname) != "place":
            kinds[surname] = "person"
    # A name from which the text makes an adjective is a country's: "Sarovian" of "Sarovia".
    surnames = {form.split()[-1] for form, kind in kinds.items() if kind == "person" and " " in form}
    peoples = {form: kin for form in kinds if form not in surnames and (kin := sorted(peoples_of(form) & spoken))}
    kinds |= {form: "place" for form in peoples if kinds[form] == "person"}
    adjectives = {a for kin in peoples.values() for a in kin}
    kinds = {form: kind for form, kind in kinds.items() if form not in adjectives}
    spans = [(s, n) for s, n in spans if parse.text[slice(*s)] not in adjectives]
    found = sorted(s for s, _ in spans if s.end > s.start)
    found = sorted([*found, *_passed_over(parse.text, kinds, found)])
    places = {form for form, kind in kinds.items() if kind == "place"}
    lands = {parse.text[slice(*s)] for s in found if is_land(parse.text, s, places)} - surnames - titled
    kinds |= {form: "place" for form in lands if kinds[form] == "person"}
    # A body is called one beside its name, whatever the model took the name for.
    apart = [s for s in found if not (kinds[parse.text[slice(*s)]] == "person" and _is_beside_holder(parse.text, s))]
    bodies = {parse.text[slice(*s)] for s in apart if _is_called_body(parse.text, s)}
    kinds |= dict.fromkeys((f for f in bodies if kinds[f] == "person"), "organisation")
    called = {parse.text[s.start : s.end] for s in apart if _is_called_outlet(parse.text, s)}
    types = {form: "outlet" if form in called else _type(form, kind, outlet) for form, kind in kinds.items()}
    unread = Spans(x.span for x in noise)
    return [
        (s, types[form])
        for s in found
        if (form := parse.text[slice(*s)]) and not unread.meets(s) and not (types[form] == "person" and _is_title(form))
    ]


def _is_title(form: str) -> bool:
    """Whether what was read as a person's name is nothing but an office or a style: "Secretary", "Cardinal"."""
    titles = read_lists("offices", "honorifics", "titles", "office_modifiers")
    return all(w.casefold() in titles for w, _ in words_of(form))


# "Radio Norra", "TV 7": names of stations begin with what they are.
_QUOTED_OUTLET = re.compile(
    r"\b(?:newspaper|broadcaster|magazine|tabloid|daily|weekly|channel|portal|agency|site|station)"
    r" [„“«\"]([A-Z][^\n„“”«»\",.;:]{1,40})[“”»\"]"
)
_STATION = re.compile(r"\b(?:Radio|Television|TV|Channel) (?:[A-Z][\w'’-]*|\d+)(?: [A-Z][\w'’-]*)?")


_STYLED = frozenset(("Mr", "Mrs", "Ms", "Miss", "Dr", "Sir", "Dame", "Lord", "Lady", "Prof", "Professor"))
# "Ada J. Holm": what looks like the end of a sentence is an initial.
_INITIAL = re.compile(r"(?<= )[A-Z]\Z")
_REST = re.compile(r"\. ([A-Z][\w'’-]+)")


def _with_initials(text: str, names: Sequence[Name]) -> list[Name]:
    """`names`, with those of people whole that were read as ending in an initial."""
    out: list[Name] = []
    for name in names:
        if out and name.span.start < out[-1].span.end:
            continue
        start, end = name.span
        rest = _REST.match(text, end) if name.kind == "person" and _INITIAL.search(text[start:end]) else None
        out.append(Name(Span(start, rest.end()), name.kind, name.probability) if rest else name)
    return out


_OFFICE_OF = re.compile(r"\b(\w+) of (?:the )?\Z")
# Nobody's name holds a word in small letters, but for particles.
_PARTICLES = (
    "af|al|am|an|ap|ben|bin|bint|da|dal|das|de|del|della|den|der|des|di|do|dos|du|el|ibn|la|le|les|lo|los|op|san|st|te"
    "|ten|ter|und|van|vom|von|zu|zum|zur"
)
_JOINT = re.compile(rf" ((?!(?:{_PARTICLES})\b)[a-z][\w'’-]+)(?: [a-z][\w'’-]*)*(?: |\Z)")


_OPEN_END = re.compile(r" (?:of|and|for|the)\Z")


def _apart(text: str, names: Sequence[Name]) -> list[Name]:
    """`names`, with what was read as one person's apart: "Ada Holm and Emil Veck", "Ada Holm rang Emil Veck".

    In "(President of) Norra Emil Veck" and "Emil Veck of Norra" the country is a name of its own, in "Prince of Senn"
    it is not.
    """
    out: list[Name] = []
    for name in names:
        start, end = name.span
        if name.kind != "person":
            # "the Council of", as far as the model read
            tail = _OPEN_END.search(text, start, end)
            out.append(replace(name, span=Span(start, tail.start())) if tail else name)
            continue
        kind = "person"
        land = _OFFICE_OF.search(text, max(0, start - 30), start)
        if land and land[1].casefold() in read_words("offices") and text.count(" ", start, end) > 1:
            first = text.index(" ", start)
            out.append(Name(Span(start, first), "place", name.probability))
            start = first + 1
        for joint in _JOINT.finditer(text, start, end):
            if joint[1] == "of" and " " not in text[start : joint.start()]:
                continue
            out.append(Name(Span(start, joint.start()), kind, name.probability))
            start, kind = joint.end(), "place" if joint[1] == "of" else "person"
        if start < end:
            out.append(Name(Span(start, end), kind, name.probability))
    return out


def _is_styled(text: str, name: Span) -> bool:
    """Whether a name begins with a style that only a person bears: "Mr Emil Veck"."""
    words = words_of(text, name)
    return len(words) > 1 and words[0][0] in _STYLED


def _is_titled(text: str, name: Span) -> bool:
    """Whether a title or office with a capital stands directly before the name."""
    words = words_of(text, Span(max(0, name.start - 20), name.start))
    if not words or text[words[-1][1].end : name.start] not in (" ", ". "):
        return False
    title = words[-1][0]
    return title[0].isupper() and title.casefold() in read_words("titles")


# "the Foreign Minister of the Kingdom of Norra, Leyla Haddan": the name behind the comma is the minister's.
_OF_LAND = re.compile(r"\b(\w+) (?:of|for) (?:the )?[A-Z][\w'’-]*(?: (?:of|and|the|[A-Z][\w'’-]*))*, \Z")


def _is_beside_office(text: str, name: Span) -> bool:
    """Whether a full name stands in apposition to an office and whose it is."""
    before = _OF_LAND.search(text[max(0, name.start - 80) : name.start])
    return bool(before and before[1].casefold() in read_words("offices") and " " in text[slice(*name)])


# "the head of the harbour agency, Mara Lind": she is the head and no agency.
_OF_BODY = re.compile(r"\b(\w+) (?:of|for|at|in|from) (?:[\w'’-]+ ){0,6}[\w'’-]+, \Z")


def _is_beside_holder(text: str, name: Span) -> bool:
    """Whether what was read as a person stands behind somebody's work and for whom it is."""
    start = max(0, name.start - 80)
    before = _OF_BODY.search(text[start : name.start])
    return bool(before and before[1].casefold() in read_lists("offices", "people_nouns"))


def _with_stations(text: str, names: Sequence[Name]) -> list[Name]:
    """`names`, with each name of a station whole, whatever the model took for a name in it."""
    stations = [Name(Span(*m.span()), "organisation", 1.0) for m in _STATION.finditer(text)]
    stations += [Name(Span(*m.span(1)), "organisation", 1.0) for m in _QUOTED_OUTLET.finditer(text)]
    if not stations:
        return list(names)
    taken = Spans(s.span for s in stations)
    return sorted([*(n for n in names if not taken.meets(n.span)), *stations], key=lambda n: n.span)


def _passed_over(text: str, names: Iterable[str], found: Sequence[Span]) -> list[Span]:
    """Places where one of `names`, of a capital and three letters or more, stands by itself outside all `found`."""
    wanted = {n for n in names if 3 <= len(n) <= _LONGEST_PASSED_OVER and n[0].isupper()}
    # How long the names are that begin alike, the longest first: a name is looked up, never compared with all others.
    lengths: dict[str, list[int]] = defaultdict(list)
    for opening, length in sorted({(n[:3], len(n)) for n in wanted}, reverse=True):
        lengths[opening].append(length)
    out: list[Span] = []
    free = 0
    for _, (start, end) in words_of(text):
        after = bisect_right(found, Span(start, end))
        free = max(free, found[after - 1].end if after else 0)
        stop = found[after].start if after < len(found) else len(text)
        if start < free or text[start - 1 : start] == "-":
            continue
        for length in lengths.get(text[start : start + 3], ()):
            last = start + length
            if last <= stop and text[start:last] in wanted and not _GOES_ON.match(text, last):
                out.append(Span(start, last))
                free = last
                break
    return out


_GOES_ON = re.compile(r"[\w-]")
# "the Norra newspaper", "broadcaster NTK": what stands beside the name says what it is.
_SAYS_OUTLET = (
    r"(?:news )?(?:agency|newspaper|newswire|broadcaster|magazine|mag|tabloid|site|website|portal|daily|weekly"
    r"|podcast|(?:[Rr]adio|[Tt]elevision|TV|news|language|news|state) (?:channel|station|radio|television|TV))"
)
_OUTLET_BEFORE, _OUTLET_BEHIND = (
    re.compile(rf"\b{_SAYS_OUTLET},? [„“«\"]?$"),
    re.compile(rf"[”“»\"]? {_SAYS_OUTLET}\b(?! [„“«\"]?[A-Z])"),
)


# "Housing Partners Ansel, which owns the building": nobody is a which.
_WHICH = re.compile(r", which\b")
_FIRM = re.compile(r" & |\b(?:Ltd|Inc|plc|PLC|Corp|GmbH|LLC|Group|Holdings|Partners|Brothers|Industries)\b")


def _is_called_body(text: str, name: Span) -> bool:
    """Whether a noun for a body stands before the name ("the airline, Norrair"), or it shows a body itself."""
    if _FIRM.search(text, *name) or _WHICH.match(text, name.end):
        return True
    words = words_of(text, Span(max(0, name.start - 24), name.start))
    if not words or text[words[-1][1].end : name.start] not in (" ", ", "):
        return False
    return words[-1][0].islower() and words[-1][0] in read_words("body_nouns")


def _is_called_outlet(text: str, name: Span) -> bool:
    before = text[max(0, name.start - 24) : name.start]
    return bool(_OUTLET_BEHIND.match(text, name.end) or _OUTLET_BEFORE.search(before))


def _type(name: str, kind: str, outlet: str | None) -> EntityType:
    """The type of a name: an outlet where the name itself or the report's own outlet say so."""
    own = [w.casefold() for w, _ in words_of(outlet or "")]
    words = {w.casefold() for w, _ in words_of(name)}
    # "the Courier" is The Norra Courier, and Norra is a country.
    if (own and own[-1] in words and words <= {*own, "the"}) or (kind != "person" and is_outlet(name)):
        return "outlet"
    return "person" if kind == "person" else "place" if kind == "place" else "organisation"


def trim_name(text: str, span: Span, kind: str) -> Span:
    """`span` without a leading article, without titles before a person's name, and without "'s"."""
    start, end = span
    for tail in ("'s", "’s", "'", "’"):
        if text[start:end].endswith(tail) and end - start > len(tail):
            end -= len(tail)
            break
    for article in ARTICLES:
        if text.startswith(article, start) and kind != "organisation":
            start += len(article)
    if kind == "person":
        words = words_of(text, Span(start, end))
        titles = read_lists("honorifics", "offices")
        first = 0
        # "Minister of Transport" is nobody's name.
        while (
            first + 1 < len(words) and words[first][0].casefold().rstrip(".") in titles and words[first + 1][0] != "of"
        ):
            first += 1
            start = words[first][1].start
    # "A  's" is nothing but an article.
    end = start + len(text[start:end].rstrip())
    return Span(end - len(text[start:end].lstrip()), end)


_PAPERS = frozenset(("Daily", "Evening"))


@lru_cache(1 << 16)
def is_outlet(name: str) -> bool:
    """Whether a name is that of an outlet: a known one, or one whose last word says so ("Fairmont Ledger")."""
    bare = name.removeprefix("the ").removeprefix("The ")
    known = read_words("agencies") | read_words("outlets")
    if name in known or bare in known:
        return True
    words = bare.split()
    if len(words) < 2:
        return False
    # "the Morning Star-Herald", "the Daily Whistle"
    last = words[-1].rsplit("-", 1)[-1]
    says = (last.casefold() in read_words("outlet_nouns") and last[:1].isupper()) or words[0] in _PAPERS
    return says or bool(_STATION.fullmatch(bare))
