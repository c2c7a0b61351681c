"""The attributions behind an entry to its origins: who tells the public or an outlet, each counted once.

An origin is the voice at the end of a chain, as far as the record can follow it (voices.py). Over-counting is the error
that does harm, so two voices are one wherever that is likely, and two only where something says so:

- named ones by who they are in the record, else by their name, a short form being that of the full one; a body's
  spokesperson speaks for the body;
- unnamed ones where the same outlet was told or copied, whatever they are called, unless one report tells them apart;
  they count apart where two outlets each have their own;
- those who are quoted with the same words, whatever they are called: "the commander", "Ivor Penn";
- "the witness", "the chairman" is nobody beside others: a source that is not named is brought in by "a" or "two";
- somebody's office, lawyer or spokesman speaks for him;
- an outlet that is merely cited is an origin only as long as nobody is on record who told it;
- who is told to have said something behind closed doors, with no word on how that is known, adds none to those who
  tell of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from onrecord.corroborate.voices import Voice, Who, is_named, name_words, quote_alike, read_voice
from onrecord.record import Analysis, Attribution, Copy, Fold, Origin, Way

_SPOKEN = ("spokes", "press secretary", "press officer")
# "Kardovia's ministry" and "the Kardovian ministry" share so many letters of each word.
_LEAST_LETTERS = 5


class Traced(NamedTuple):
    """The voices at the ends of the chains, each with what leads to it; and the reports that state no source."""

    ends: tuple[tuple[Voice, tuple[Way, ...]], ...]
    untraced: tuple[str, ...]

    @property
    def origins(self) -> tuple[Origin, ...]:
        """One an end, with the reports that lead to it, each once."""
        return tuple(
            Origin(end.name, end.class_, tuple(dict.fromkeys(w.report for w in ways)), ways) for end, ways in self.ends
        )


def trace_origins(
    members: Iterable[tuple[Analysis, Attribution]],
    roots: Mapping[str, Sequence[str]],
    who: Who = lambda report, name: None,
) -> Traced:
    """The ends in the order of their first member.

    `roots` gives each report its outlet and those that copying joins to it (`fold_copies`), `who` whom a report means
    by a name. The order of the members changes nothing else.
    """
    told = [(a, x, read_voice(a, x, roots[a.id], who)) for a, x in members]
    ends = find_ends({v for _, _, v in told if v})
    found: dict[Voice, list[Way]] = {}
    for analysis, attribution, voice in told:
        for end, why in ends[voice].items() if voice else ():
            found.setdefault(end, []).append(Way(analysis.id, attribution.id, why))
    traced = {a.id for a, _, voice in told if voice}
    untraced = dict.fromkeys(a.id for a, _, voice in told if not voice and a.id not in traced)
    return Traced(tuple((end, tuple(ways)) for end, ways in found.items()), tuple(untraced))


def fold_copies(analyses: Mapping[str, Analysis], copies: Iterable[Copy]) -> dict[str, tuple[str, ...]]:
    """The outlets, else the ids, of all reports that copying joins to each, itself among them, in their order."""
    root = {r: r for r in analyses}
    place = {r: n for n, r in enumerate(root)}

    def find(r: str) -> str:
        while root[r] != r:
            r = root[r]
        return r

    for copy in copies:
        a, b = sorted((find(copy.a), find(copy.b)), key=place.__getitem__)
        root[b] = a
    joined: dict[str, dict[str, None]] = defaultdict(dict)
    for r, analysis in analyses.items():
        joined[find(r)][analysis.outlet or r] = None
    return {r: tuple(joined[find(r)]) for r in root}


def fold(name: str) -> str:
    """A speaker's name for comparison: lower case, no article."""
    words = name.casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words)


def find_ends(voices: Iterable[Voice]) -> dict[Voice, dict[Voice, Fold]]:
    """The origins that each voice leads to, and why: itself, another form of itself, or for an outlet who told it."""
    ends: dict[Voice, dict[Voice, Fold]] = {}
    for voice in sorted(voices, key=_turn):
        ends[voice] = _ends_of(voice, ends) or {voice: "itself"}
    return ends


def _turn(voice: Voice) -> tuple[object, ...]:
    """Those who can be no other's short form first: named ones, the fuller names, then outlets, then authors."""
    outlets = tuple(tuple(sorted(o)) for o in voice.outlets)
    plain = (voice.name, voice.class_, outlets, voice.report, voice.entity or "", sorted(voice.quotes))
    last = (
        voice.author,
        voice.class_ == "outlet",
        voice.class_ == "named_organisation",
        voice.vague,
        not is_named(voice.class_),
        _speaks_for_body(voice),
    )
    return *last, -len(voice.words), *plain


def _ends_of(voice: Voice, ends: Mapping[Voice, Mapping[Voice, Fold]]) -> dict[Voice, Fold]:
    told = [v for v in ends if _passed_on(voice, v)]
    if told:
        return dict.fromkeys((end for v in told for end in ends[v]), "relay")
    for other in ends:
        if why := _why_one(voice, other):
            return dict.fromkeys(ends[other], why)
    others = [v for v in ends if v.class_ != "outlet"] if voice.author or voice.vague else []
    return dict.fromkeys(ends[others[0]], "author" if voice.author else "description") if others else {}


def _passed_on(outlet: Voice, voice: Voice) -> bool:
    """Whether the first is an outlet that had it from the second; one may be read as any body ("the Tern agency")."""
    if outlet.class_ == "outlet":
        return voice.class_ != "outlet" and any(outlet.words <= o for o in voice.outlets)
    body = outlet.class_ == "named_organisation" and outlet.words != voice.words
    return body and any(outlet.words <= o for o in voice.press)


def _why_one(voice: Voice, fuller: Voice) -> Fold | None:
    """Why two voices are one, the second of which is named more fully; None where they are two."""
    if quote_alike(voice, fuller):
        return "words"
    if _speaks_for_one(voice, fuller) or _speaks_for_one(fuller, voice):
        return "body"
    if is_named(voice.class_) != is_named(fuller.class_):
        return None
    if is_named(voice.class_):
        if voice.words <= fuller.words or (voice.who is not None and voice.who == fuller.who):
            return "name"
        return "body" if _speaks_for(voice, fuller) or _speaks_for(fuller, voice) else None
    same = any(one <= other or other <= one for one in voice.told for other in fuller.told)
    return "outlet" if same and not _told_apart(voice, fuller) else None


def _speaks_for_one(voice: Voice, person: Voice) -> bool:
    """Whether it is somebody's office, lawyer or spokesman: "Mr Teshk's office", and he."""
    return bool(voice.behind) and person.class_ == "named_person" and voice.behind <= person.words


def _told_apart(one: Voice, other: Voice) -> bool:
    """Whether one report speaks of two: "a fisheries officer" and "an official at the justice department"."""
    same = one.entity is not None and one.entity == other.entity
    known = one.telling and other.telling and one.telling.isdisjoint(other.telling)
    return one.report == other.report and not same and bool(known)


def _speaks_for_body(voice: Voice) -> bool:
    return any(w in role.casefold() for role in voice.offices for w in _SPOKEN)


def _speaks_for(voice: Voice, body: Voice) -> bool:
    """Whether a named person is a spokesperson of that body: "the ministry's spokeswoman, Ada Holm"."""
    return _speaks_for_body(voice) and heads(voice, body)


def heads(voice: Voice, body: Voice) -> bool:
    """Whether a named person holds an office of that body: Kardovia's foreign minister of the "Kardovian ministry"."""
    if body.class_ != "named_organisation" or voice.class_ != "named_person":
        return False
    offices = name_words(" ".join(voice.offices).replace("'s", "").replace("’s", ""))
    return bool(offices) and all(any(_akin(w, x) for x in offices) for w in body.words)


def _akin(one: str, other: str) -> bool:
    """One word, or a country and what belongs to it."""
    least = min(len(one), len(other))
    return one == other or (least >= _LEAST_LETTERS and one[:_LEAST_LETTERS] == other[:_LEAST_LETTERS])
