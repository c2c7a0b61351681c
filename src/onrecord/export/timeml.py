"""The time expressions and events of each report to XML as TimeML 1.2.1 has it, one file a report.

The text of the root, without its tags, is the text of the report; what XML can't hold is one U+FFFD a character.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from onrecord.export.flatten import Slice
from onrecord.export.xml import make_writable
from onrecord.record import Analysis, Event, Interval, Span

SCHEMA = "http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


class _Tag(NamedTuple):
    """An element around some words."""

    span: Span
    name: str
    attributes: dict[str, str]


def write_timeml(slices: Iterable[Slice], folder: Path) -> None:
    """Each report as `ID.tml`, UTF-8."""
    for slice in slices:
        for report in slice.own.get("analyses", ()):
            (folder / f"{report.id}.tml").write_bytes(mark_times(report))


def mark_times(report: Analysis) -> bytes:
    """One report as TimeML; of words that two facts share the time expression is marked, then the event."""
    root = etree.Element("TimeML", nsmap={"xsi": _INSTANCE})
    root.set(f"{{{_INSTANCE}}}noNamespaceSchemaLocation", SCHEMA)
    etree.SubElement(root, "TIMEX3", _publication(report))
    tags = _choose([*_timexes(report), *_events(report), *_cues(report)])
    end = 0
    for span, name, attributes in tags:
        _append(root, report.text[end : span.start])
        etree.SubElement(root, name, attributes).text = make_writable(report.text[span.start : span.end])
        end = span.end
    _append(root, report.text[end:])
    _instances(root, report, {tag.attributes["eid"] for tag in tags if tag.name == "EVENT"})
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _append(root: etree._Element, text: str) -> None:
    """Behind what is there already; the first element is always the empty one of the day of publication."""
    root[-1].tail = (root[-1].tail or "") + make_writable(text)


def _publication(report: Analysis) -> dict[str, str]:
    days = Interval(report.published.earliest, report.published.latest)
    day = days.earliest.isoformat() if days.earliest and days.earliest == days.latest else "XXXX-XX-XX"
    return {"tid": "t0", "type": "DATE", "value": day, "functionInDocument": "PUBLICATION_TIME"}


def _timexes(report: Analysis) -> Iterator[_Tag]:
    for number, timex in enumerate(report.timexes, 1):
        attributes = {"tid": f"t{number}", "type": timex.type, "value": timex.value}
        yield _Tag(timex.span, "TIMEX3", {name: make_writable(value) for name, value in attributes.items()})


def _events(report: Analysis) -> Iterator[_Tag]:
    for event in report.events:
        if event.trigger:
            yield _Tag(event.trigger[0], "EVENT", {"eid": _eid(event.id), "class": "OCCURRENCE"})


def _cues(report: Analysis) -> Iterator[_Tag]:
    """The words by which something is attributed, which TimeML knows as events that report."""
    for said in report.attributions:
        if said.cue:
            yield _Tag(said.cue[0], "EVENT", {"eid": _eid(said.id), "class": "REPORTING"})


def _eid(id: str) -> str:
    """An id that is one in XML, and that of no time expression."""
    return f"e-{id}"


def _choose(tags: list[_Tag]) -> list[_Tag]:
    """Those that do not share words with one before them in the list, in the order of the text."""
    taken = set[int]()
    out = []
    for tag in tags:
        places = range(tag.span.start, tag.span.end)
        if places and taken.isdisjoint(places):
            taken.update(places)
            out.append(tag)
    return sorted(out, key=lambda tag: tag.span)


def _instances(root: etree._Element, report: Analysis, held: set[str]) -> None:
    """What is said of each event that is marked, and the time expression that dates it."""
    times = {timex.span: f"t{number}" for number, timex in enumerate(report.timexes, 1)}
    facts: list[tuple[str, str, str, Span | None]] = [(e.id, *_stance(e), e.when_by) for e in report.events] + [
        (a.id, "NEG" if a.polarity != "affirmed" else "POS", "", a.said_by) for a in report.attributions
    ]
    for id, polarity, modality, by in facts:
        if _eid(id) not in held:
            continue
        attributes = {"eiid": f"i-{id}", "eventID": _eid(id), "pos": "OTHER", "tense": "NONE", "aspect": "NONE"}
        attributes |= {"polarity": polarity} | ({"modality": modality} if modality else {})
        etree.SubElement(root, "MAKEINSTANCE", attributes)
        if by in times:
            linked = {"lid": f"l-{id}", "eventInstanceID": f"i-{id}", "relatedToTime": times[by]}
            etree.SubElement(root, "TLINK", linked | {"relType": "IS_INCLUDED"})


def _stance(event: Event) -> tuple[str, str]:
    """Polarity and modality: what is denied or has not come is no event that was."""
    polarity = "NEG" if event.status in ("denied", "not_yet") else "POS"
    return polarity, event.status if event.status in ("planned", "predicted", "conditional") else ""
