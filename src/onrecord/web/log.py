"""The log of corrections to what pages show of it, and to lessons that a program can learn from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec
from msgspec import Struct

from onrecord.correct import State
from onrecord.engine import Log
from onrecord.record import Analysis, Correction, CorrectionKind, FactKind, Part, SpeakerClass, Target
from onrecord.views.corrections import CorrectionRow, list_corrections
from onrecord.web.links import Links, word_part

_LONGEST_PATH = 2000
_ID = re.compile(r"f-[0-9a-f]{8}")


class LogRow(Struct, frozen=True):
    """A correction; `places` are the words that it is about, each with its address where the record still has it."""

    row: CorrectionRow
    places: tuple[tuple[str, str | None], ...]
    undoes: bool
    stands: bool


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


def log_rows(log: Log) -> list[CorrectionRow]:
    """All corrections in the order in which they were made."""
    return list_corrections(log.corrections, log.states, log.reports)


def list_log(log: Log, links: Links) -> list[LogRow]:
    """All corrections in the order in which they were made, with what a page leads to."""
    return [
        LogRow(
            row=row,
            places=tuple(zip(row.words, _addresses(c, log, links), strict=True)),
            undoes=c.kind == "undo",
            stands=row.state == "stands",
        )
        for c, row in zip(log.corrections, log_rows(log), strict=True)
    ]


def find_done(log: Log, given: str) -> list[CorrectionRow]:
    """What was said with the corrections whose ids an address names: all that one person said of one kind at once."""
    ids = set(_ID.findall(given[:_LONGEST_PATH]))
    at_once = {(c.by, c.when, c.kind) for c in log.corrections if c.id in ids}
    held = {c.id for c in log.corrections if (c.by, c.when, c.kind) in at_once}
    return [row for row in log_rows(log) if row.id in held]


def say_done(path: str, made: Sequence[Correction]) -> str:
    """A path of this site that also names what was just said, one id for all that was said at once.

    >>> say_done("/report/r1?fact=a1&done=f-00000000#here", ())
    '/report/r1?fact=a1#here'
    """
    parts = urlsplit(path)
    held = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "done"]
    first = {(c.by, c.when, c.kind): c.id for c in reversed(made)}
    if first:
        held.append(("done", ",".join(reversed(first.values()))))
    return urlunsplit(("", "", parts.path, urlencode(held, safe=",;"), parts.fragment))


def own_path(given: str) -> str:
    r"""`given` if it leads nowhere but to this site; else "/".

    >>> own_path("/report/r1?fact=a1"), own_path("//evil.example"), own_path("/\\evil.example")
    ('/report/r1?fact=a1', '/', '/')
    """
    begins = given.startswith("/") and not given.startswith("//")
    return given if begins and "\\" not in given and given.isprintable() and len(given) <= _LONGEST_PATH else "/"


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


def _addresses(c: Correction, log: Log, links: Links) -> list[str | None]:
    return [_address(t, links) if t.report in log.reports else None for t in (c.target, c.other) if t]


def _address(target: Target, links: Links) -> str:
    # The same address as of an evidence, of which only the place is known.
    report = links.report(target.report)
    return f"{report}?char={word_part(target.spans)}#here" if target.spans else report
