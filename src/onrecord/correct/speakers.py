"""A name that a person gives to the speaker whom the record knows by it."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from onrecord.record import Analysis, EntityType, Record, SpeakerClass

_CLASSES: dict[EntityType, SpeakerClass] = {
    "person": "named_person",
    "organisation": "named_organisation",
    "group": "named_organisation",
    "place": "named_organisation",
    "outlet": "outlet",
}
_ARTICLES = ("the ", "a ", "an ")


class Named(NamedTuple):
    """A name in full, and what bears it."""

    name: str
    class_: SpeakerClass


def find_speaker(record: Record, report: str, name: str) -> Named:
    """Who is meant by `name` in `report`: one whom the report names so, then one of the record, then as it is written.

    A name that is nowhere in the record is a person's if it begins with a capital, an organisation's if it has an
    article before that, and else describes somebody unnamed ("two officials").
    """
    own = [a for a in record.analyses if a.id == report]
    return _entity(own, name) or _entity(record.analyses, name) or _spoken(record, name) or Named(name, _guess(name))


def _entity(analyses: list[Analysis] | tuple[Analysis, ...], name: str) -> Named | None:
    """The one entity that is called so: by its name, or else by a mention."""
    wanted = name.casefold()
    full: Counter[Named] = Counter()
    short: Counter[Named] = Counter()
    for analysis in analyses:
        for entity in analysis.entities:
            called = {
                analysis.text[s:e].casefold()
                for (s, e), form in ((m.span, m.form) for m in entity.mentions)
                if form == "name"
            }
            known = Named(entity.name, _CLASSES[entity.type])
            if entity.name.casefold() == wanted:
                full[known] += 1
            elif wanted in called:
                short[known] += 1
    if full:
        return min(full, key=lambda n: (-full[n], n))
    return next(iter(short)) if len(short) == 1 else None


def _spoken(record: Record, name: str) -> Named | None:
    """The class that speakers of that name have elsewhere."""
    found = Counter(
        Named(x.speaker.name, x.speaker.class_)
        for a in record.analyses
        for x in a.attributions
        if x.speaker.name and x.speaker.name.casefold() == name.casefold()
    )
    return min(found, key=lambda n: (-found[n], n), default=None)


def _guess(name: str) -> SpeakerClass:
    article = next((a for a in _ARTICLES if name.casefold().startswith(a)), "")
    if not name[len(article) :][:1].isupper():
        return "anonymous_other"
    return "named_organisation" if article else "named_person"
