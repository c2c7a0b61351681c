"""A spaCy Doc to the facts of the report that it holds: the pipeline component `onrecord`.

`doc._.onrecord` gives attributions, entities with their mentions, and time expressions, each as the record has it and
with spaCy's spans beside. What is known of the report goes in before as `doc._.onrecord_report`, a dictionary with
`outlet`, `title`, `author`, `url`, `published` or `language`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span

from onrecord.ingest import report_id
from onrecord.pipeline import Reader, extract
from onrecord.record import Analysis, Entity, Report, Timex
from onrecord.record import Attribution as Record
from onrecord.record import Span as Stretch

_GIVEN = ("outlet", "title", "author", "url", "published", "language")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution; a part is a list of spans, since a quotation can be interrupted, and may be empty."""

    record: Record
    content: list[Span]
    cue: list[Span]
    source: list[Span]


@dataclass(frozen=True, slots=True)
class Named:
    """One entity of the report and the places where it is mentioned, in order."""

    record: Entity
    mentions: list[Span]


@dataclass(frozen=True, slots=True)
class Time:
    """One time expression."""

    record: Timex
    span: Span


@dataclass(frozen=True, slots=True)
class Facts:
    """What Onrecord reads in a Doc. `analysis` is the object that `onrecord extract` gives of the same text.

    Spans are stretched to whole tokens of the Doc where its tokens are others than ours, so that none is lost;
    `analysis` has the exact characters.
    """

    doc: Doc
    analysis: Analysis

    @property
    def attributions(self) -> list[Attribution]:
        """Who says what, in order of place."""
        return [
            Attribution(a, *(self._spans(part) for part in (a.content, a.cue, a.source)))
            for a in self.analysis.attributions
        ]

    @property
    def entities(self) -> list[Named]:
        """Persons, organisations, outlets, places and groups, each with its mentions."""
        return [Named(e, self._spans([m.span for m in e.mentions])) for e in self.analysis.entities]

    @property
    def timexes(self) -> list[Time]:
        """Time expressions in order of place."""
        return [Time(t, span) for t in self.analysis.timexes for span in self._spans([t.span])]

    def _spans(self, stretches: tuple[Stretch, ...] | list[Stretch]) -> list[Span]:
        found = (self.doc.char_span(s.start, s.end, alignment_mode="expand") for s in stretches)
        return [span for span in found if span is not None]


@cache
def _reader(model: str | None) -> Reader:
    return Reader(model)


@Language.factory("onrecord", default_config={"model": None})
class Component:
    """Adds `doc._.onrecord`; `model` is the folder of another model. The model is loaded when the first Doc comes."""

    def __init__(self, nlp: Language, name: str, model: str | None) -> None:
        self.model = model

    def __call__(self, doc: Doc) -> Doc:
        """`doc` with its facts; raises ValueError where what is given of the report has a name that is not known."""
        given = doc._.onrecord_report or {}
        if unknown := sorted(set(given) - set(_GIVEN)):
            raise ValueError(f"onrecord_report: {', '.join(unknown)} unknown (known are {', '.join(_GIVEN)})")
        identity = report_id(given.get("outlet"), given.get("url"), doc.text)
        report = Report(id=identity, key=identity, text=doc.text, **{"language": "en", **given})
        doc._.onrecord_json = msgspec.json.encode(extract(report, _reader(self.model))).decode()
        return doc


def _facts(doc: Doc) -> Facts | None:
    held = doc._.onrecord_json
    return Facts(doc, msgspec.json.decode(held, type=Analysis)) if held else None


# Kept as JSON, which a Doc can take along to another process or to a file.
Doc.set_extension("onrecord_json", default=None, force=True)
Doc.set_extension("onrecord_report", default=None, force=True)
Doc.set_extension("onrecord", getter=_facts, force=True)
