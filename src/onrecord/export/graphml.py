"""The record to a graph of who spoke with whom and of whom, as GraphML for Gephi, Cytoscape, networkx and the like.

An edge of the kind `contact` joins two who were in touch (it points from the smaller id to the larger one and means
neither); `told` leads from a speaker to whom the words were said to, `spoke of` to whom they name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import BinaryIO
from xml.etree import ElementTree

from onrecord.export.flatten import name_entities
from onrecord.export.xml import make_writable
from onrecord.record import Analysis, Attribution, Interval, Record, Span
from onrecord.terminal.printable import on_one_line
from onrecord.views.index import Index

SPACE = "http://graphml.graphdrawing.org/xmlns"
_KEYS = {
    "node": {"name": "string", "type": "string", "roles": "string"},
    "edge": {"kind": "string", "count": "int", "first": "string", "last": "string"},
}
Edge = tuple[str, str, str]


class _Weight:
    """How often, and from the first day to the last that are known."""

    def __init__(self) -> None:
        self.count = 0
        self.first: date | None = None
        self.last: date | None = None

    def add(self, days: Interval | None) -> None:
        """Once more, within `days`."""
        self.count += 1
        for day in (days.earliest, days.latest) if days else ():
            if day:
                self.first = min(self.first or day, day)
                self.last = max(self.last or day, day)


def write_graphml(record: Record, out: BinaryIO) -> None:
    """The people, bodies and groups that an edge joins, and the edges with count, first and last day, UTF-8."""
    edges: dict[Edge, _Weight] = {}
    for edge, days in (*_contacts(record), *_statements(record)):
        edges.setdefault(edge, _Weight()).add(days)
    root = ElementTree.Element("graphml", {"xmlns": SPACE})
    for target, keys in _KEYS.items():
        for name, type in keys.items():
            ElementTree.SubElement(root, "key", {"id": name, "for": target, "attr.name": name, "attr.type": type})
    graph = ElementTree.SubElement(root, "graph", {"id": "record", "edgedefault": "directed"})
    joined = {id for edge in edges for id in edge[:2]}
    for entity in (e for e in record.entities if e.id in joined):
        node = ElementTree.SubElement(graph, "node", {"id": entity.id})
        _put(node, name=entity.name, type=entity.type, roles="; ".join(entity.roles))
    for number, ((source, target, kind), weight) in enumerate(sorted(edges.items(), key=lambda e: e[0])):
        line = ElementTree.SubElement(graph, "edge", {"id": f"edge-{number}", "source": source, "target": target})
        _put(line, kind=kind, count=weight.count, first=weight.first, last=weight.last)
    ElementTree.indent(root)
    out.write(ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n")


def _contacts(record: Record) -> Iterator[tuple[Edge, Interval | None]]:
    """Each pair of parties to a contact that took place."""
    named = name_entities(record.entities)
    for contact in record.contacts:
        if contact.status == "happened":
            parties = sorted({named[name] for name in contact.participants if name in named})
            yield from (((a, b, "contact"), contact.when) for a, b in combinations(parties, 2))


def _statements(record: Record) -> Iterator[tuple[Edge, Interval | None]]:
    """Each statement by one whom the record knows, to and of others, each claim of a speaker once."""
    index, named = Index(record), name_entities(record.entities)
    at = {(m.report, m.span): e.id for e in record.entities for m in e.mentions}
    told = set[tuple[object, Edge]]()
    for report in record.analyses:
        for member in index.statements(report):
            said, claim = index.attribution(member), index.claim(member)
            for edge in _edges(report, said, named, at):
                matter = claim.id if claim else member
                if (matter, edge) not in told:
                    told.add((matter, edge))
                    yield edge, said.said


def _edges(report: Analysis, said: Attribution, named: dict[str, str], at: dict[tuple[str, Span], str]) -> set[Edge]:
    speaker = _speaker(report, said, at)
    if speaker is None:
        return set()
    spoken_of = {
        at[report.id, m.span]
        for e in report.entities
        if e.type != "place"
        for m in e.mentions
        if (report.id, m.span) in at and any(start <= m.span.start and m.span.end <= end for start, end in said.content)
    }
    edges = {(speaker, id, "spoke of") for id in spoken_of - {speaker}}
    hearer = named.get(said.addressee or "")
    return edges | ({(speaker, hearer, "told")} if hearer and hearer != speaker else set())


def _speaker(report: Analysis, said: Attribution, at: dict[tuple[str, Span], str]) -> str | None:
    """The record's entity of the report's own one."""
    mentions = next((e.mentions for e in report.entities if e.id == said.speaker.entity), ())
    return next((at[report.id, m.span] for m in mentions if (report.id, m.span) in at), None)


def _put(element: ElementTree.Element, **told: object) -> None:
    for name, value in told.items():
        if value not in (None, ""):
            ElementTree.SubElement(element, "data", {"key": name}).text = make_writable(on_one_line(str(value)))
