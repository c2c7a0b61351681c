"""Rows of invented reports to draw, and how to look at what is drawn."""

from __future__ import annotations

from datetime import date
from xml.etree.ElementTree import Element, fromstring

from onrecord.record import Status
from onrecord.views.chains import CAUTION, ClaimTree, OriginBranch, ReportBranch, Step, Telling
from onrecord.views.index import Evidence, When
from onrecord.views.timeline import Moment
from onrecord.views.wording import STATUSES, word_days

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "</svg><script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>&amp;]]>",
    "a\x00b\x08c\x1b[31md\x7fe\ufffef\ud800g",
    "x" * 10_000,
    "\u202eשלום \u2067עולם\u202c",
    "  two\n lines\t",
    "",
)


def day(number: int) -> date:
    return date(2031, 3, number)


def evidence(quote: str = "“The grain road stays open.”") -> Evidence:
    return Evidence(report="r1", key="tern", outlet="The Tern", published="4 March 2031", spans=(), quote=quote)


def moment(
    earliest: date | None,
    latest: date | None,
    status: Status = "happened",
    kind: str = "phone call",
    who: str = "Ilse Varrun and Omar Teshk",
    worked_out: bool = False,
    quote: str = "“The grain road stays open.”",
) -> Moment:
    words = word_days(earliest, latest) or "date not known"
    return Moment(
        id=f"{kind} {who}",
        ref=f"E-{who}",
        when=When(words=words, earliest=earliest, latest=latest, worked_out=worked_out, basis=()),
        kind=kind,
        who=who,
        status="by phone" if kind == "statement" else STATUSES[status],
        standing="2 reports, 1 traced origin",
        words=evidence(quote),
        reports=("The Tern, 4 March 2031",),
        confidence=0.9,
    )


def branch(id: str, *steps: str, label: str = "The Tern, 4 March 2031") -> ReportBranch:
    return ReportBranch(id, label, (Telling(evidence(), tuple(Step(says, ()) for says in steps)),))


def tree(
    *origins: OriginBranch, untraced: tuple[ReportBranch, ...] = (), text: str = "that the grain road stays open"
) -> ClaimTree:
    return ClaimTree(
        id="c1",
        ref="Q-1",
        text=text,
        author="Ilse Varrun",
        standing="9 reports, 2 traced origins, 3 don't say",
        confidence=None,
        origins=origins,
        untraced=untraced,
        doubts=("an aide and an official are not named and could be one: then 1 traced origin",),
        caution=CAUTION,
    )


def origin(name: str, *reports: ReportBranch, named: bool = True) -> OriginBranch:
    return OriginBranch(name, "named person" if named else "unnamed official", named, reports)


def read(picture: str) -> Element:
    return fromstring(picture)  # noqa: S314


def of_class(root: Element, name: str) -> list[Element]:
    return [e for e in root.iter() if name in e.get("class", "").split()]


def words(root: Element) -> list[str]:
    return [e.text or "" for e in root.iter(f"{SVG}text")]


def titles(root: Element) -> list[str]:
    return [e.text or "" for e in root.iter(f"{SVG}title")]


def box(rect: Element) -> tuple[float, float, float, float]:
    x, y, width, height = (float(rect.get(name, "nan")) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
