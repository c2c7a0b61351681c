"""The log of corrections to lessons that a program can learn from."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from onrecord.correct import State
from onrecord.engine import Log
from onrecord.record import Analysis, Correction, CorrectionKind, FactKind, Part, SpeakerClass, Target


class Lesson(Struct, frozen=True, kw_only=True, rename={"class_": "class"}):
    """A correction with all that it is about, so that it can be learnt from without the record."""

    id: str
    kind: CorrectionKind
    about: FactKind
    by: str
    when: str
    value: str | None
    class_: SpeakerClass | None
    state: State
    target: LessonTarget
    other: LessonTarget | None


class LessonTarget(Struct, frozen=True, kw_only=True):
    """Words of a report and the paragraph that holds them, which begins at character `paragraph_start`.

    Of a whole report there are none; of one that is no longer on record nothing but where they stood.
    """

    report: str
    key: str | None
    outlet: str | None
    published: str | None
    spans: Part
    cue: Part
    words: tuple[str, ...]
    paragraph: str | None
    paragraph_start: int | None


def write_lessons(log: Log) -> bytes:
    """One JSON object a line for each correction, in the order in which they were made."""
    return msgspec.json.Encoder().encode_lines([_lesson(c, log) for c in log.corrections])


def _lesson(c: Correction, log: Log) -> Lesson:
    return Lesson(
        id=c.id,
        kind=c.kind,
        about=c.about,
        by=c.by,
        when=c.when,
        value=c.value,
        class_=c.class_,
        state=log.states[c.id],
        target=_target(c.target, log.reports.get(c.target.report)),
        other=_target(c.other, log.reports.get(c.other.report)) if c.other else None,
    )


def _target(target: Target, report: Analysis | None) -> LessonTarget:
    around = sorted((*target.spans, *target.cue))
    paragraph = start = None
    if report and around:
        start = report.text.rfind("\n", 0, around[0].start) + 1
        last = max(span.end for span in around)
        end = report.text.find("\n", last)
        paragraph = report.text[start : end if end >= 0 else len(report.text)]
    return LessonTarget(
        report=target.report,
        key=report.key if report else None,
        outlet=report.outlet if report else None,
        published=report.published.edtf if report else None,
        spans=target.spans,
        cue=target.cue,
        words=tuple(report.text[a:b] for a, b in target.spans) if report else (),
        paragraph=paragraph,
        paragraph_start=start,
    )
