"""A name of one word to whether it is a country's or a town's, by the words beside it."""

from __future__ import annotations

import re
from collections.abc import Set

from onrecord.record import Span

_PEOPLES = ("n", "an", "ian", "i", "ese", "ish")


def peoples_of(place: str) -> frozenset[str]:
    """What the people of a place may be called: "Norran" of "Norra", "Azmari" of "Azmar"; nothing for most names."""
    if len(place) < 4 or not place.isalpha():
        return frozenset()
    stems = {place, place.rstrip("aeio"), place.rstrip("ia")}
    return frozenset(stem + end for stem in stems for end in _PEOPLES if len(stem) > 2) - {place}


# Of what somebody is minister, king or ambassador: "the foreign ministers of Norra and Senn".
_RULED = re.compile(
    r"\b(?:[Mm]inisters?|[Pp]residents?|[Pp]remiers?|[Cc]hancellors?|[Kk]ings?|[Qq]ueens?|[Ee]mir|[Ss]ultan"
    r"|[Aa]mbassadors?|[Gg]overnments?|[Cc]apitals?|[Kk]ingdom|[Rr]epublic)"
    r" of (?:the )?(?:[A-Z][\w'’-]+(?:, | and ))*\Z"
)
# What stands behind "Norra's" and not behind a person's name.
_RULING = re.compile(
    r"['’]s? (?:[a-z]+ ){0,2}(?:ministers?|ministry|president|premier|parliament|king|queen|embassy|ambassador"
    r"|army|navy|air force|coastguard|border|coast|capital|territory|airspace|waters|harbour|port|mayor|suburbs)\b"
)
_INSIDE = re.compile(r"(?:\A|[^\w'’-])(?:[Ii]n|[Ii]nside|[Aa]cross|[Tt]hroughout|[Oo]utside|near) \Z")
# "between Norra and Senn": of two that are named so, one is what the other is.
_AND = re.compile(r" and ([A-Z][\w’-]+)\b(?! [A-Z])")
_FIRST_OF_TWO = re.compile(r"(?:\A|[^\w] |[a-z] )([A-Z][\w’-]+) and \Z")
# "KARSK (Tern) - ", "KARSK, 4 May - ": where a report was written.
_WRITTEN = re.compile(r"(?:, [^\n]{1,30})?(?: \([^()\n]{1,40}\))? (?:--?|[–—]) ")
_REACH = 60


def is_land(text: str, name: Span, places: Set[str]) -> bool:
    """Whether a single word is that of a country or town by what stands beside it; `places` are known to be such."""
    start, end = name
    if " " in text[start:end]:
        return False
    before = max(0, start - _REACH)
    if _RULED.search(text, before, start) or _RULING.match(text, end):
        return True
    if _INSIDE.search(text, before, start) and not _OWNS.match(text, end):
        return True
    if text[start:end].isupper() and text[max(0, start - 1) : start] in ("", "\n") and _WRITTEN.match(text, end):
        return True
    other = _AND.match(text, end) or _FIRST_OF_TWO.search(text, before, start)
    return bool(other and other[1] in places)


# "In Holm's view", "in Holm Street".
_OWNS = re.compile(r"['’]|[ -][A-Z]|-")
