"""What stands behind a claim to a picture: from its words through the reports and their chains to the origins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from msgspec import Struct

from onrecord.views.chains import ClaimTree, OriginBranch, ReportBranch
from onrecord.views.wording import word_count
from onrecord.web.pictures.svg import add, begin, clean, cut, measure, wrap, write

MOST = 12
MOST_ORIGINS = 24
_STEPS, _WAYS = 4, 6
# The columns: where the claim ends, the reports begin and end, and the chains and the picture end.
_CLAIM, _REPORT, _CHAIN, _ORIGIN, _WIDTH = 226.0, 282.0, 474.0, 884.0, 1120.0
# Between the last step and an origin there is room for the edges to meet.
_END = _ORIGIN - 40
_SIZE, _SMALL, _LINE, _NAME_LINE = 13.0, 12.0, 15.0, 18.0
_BETWEEN_ROWS, _BETWEEN_ORIGINS = 12.0, 30.0
_TOP = 12.0
_TITLE_EMS = 170
_OPEN = "doesn't say"


class _Row(Struct):
    """A report of one origin: the lines of its label and of each step, and its place."""

    branch: ReportBranch
    label: list[str]
    steps: list[list[str]]
    top: float

    @property
    def box(self) -> float:
        """The height of the report's own field."""
        return _LINE * (len(self.label) + (len(self.branch.tellings) > 1)) + 16

    @property
    def line(self) -> float:
        """Where its edges meet it."""
        return self.top + self.box / 2

    @property
    def bottom(self) -> float:
        words = max((len(lines) for lines in self.steps), default=0)
        return max(self.top + self.box, self.line + 8 + _LINE * words)


class _Group(Struct):
    """An origin, or None for reports that don't say, with its rows and how many more there are."""

    origin: OriginBranch | None
    number: int
    name: list[str]
    rows: list[_Row]
    more: int

    @property
    def middle(self) -> float:
        """Where its edges meet."""
        return (self.rows[0].line + self.rows[-1].line) / 2

    @property
    def bottom(self) -> float:
        own = self.middle + 8 + _NAME_LINE * len(self.name) + _LINE
        return max(self.rows[-1].bottom + (24 if self.more else 0), own if self.name else 0)


def draw_tree(tree: ClaimTree, href: Callable[[str], str]) -> str:
    """The chains of a claim as SVG: the claim at the left, its numbered origins at the right.

    `href` leads to a report by its id. Of one origin MOST reports are drawn, of all origins MOST_ORIGINS, and the rest
    is counted.
    """
    groups = _lay_out(tree)
    claim, author = wrap(tree.text, _CLAIM - 30, _SIZE + 1, 12), wrap(tree.author, _CLAIM - 30, _SMALL, 2)
    tall = 32 + 20 * len(claim) + _LINE * len(author)
    bottom = groups[-1].bottom if groups else 0.0
    hidden = len(tree.origins) - MOST_ORIGINS
    # Of a long tree the claim stays where a reader begins.
    middle = max(tall / 2 + _TOP, min((bottom + _TOP) / 2, 320.0))
    height = max(bottom + (30 if hidden > 0 else 0), middle + tall / 2) + _TOP
    root = begin(_WIDTH, height, "pic-tree", role="group", aria_label=tree.standing)
    for group in groups:
        _draw_group(root, group, middle, href)
    _draw_claim(root, claim, author, middle - tall / 2, tall)
    if hidden > 0:
        more = f"and {word_count(hidden, 'more origin', 'more origins')}"
        add(root, "text", more, class_="pic-small", x=_ORIGIN, y=bottom + 24)
    return write(root)


def _lay_out(tree: ClaimTree) -> list[_Group]:
    """The origins in their order, then the reports that don't say, from top to bottom."""
    branches: list[tuple[OriginBranch | None, Sequence[ReportBranch]]] = [(o, o.reports) for o in tree.origins]
    branches = branches[:MOST_ORIGINS]
    branches.append((None, tree.untraced))
    groups: list[_Group] = []
    top = _TOP
    for number, (origin, reports) in enumerate(branches, 1):
        if reports:
            groups.append(_group(origin, number, reports, top))
            top = groups[-1].bottom + _BETWEEN_ORIGINS
    return groups


def _group(origin: OriginBranch | None, number: int, reports: Sequence[ReportBranch], top: float) -> _Group:
    rows: list[_Row] = []
    for branch in reports[:MOST]:
        row = _Row(branch, _label(branch.label), _steps(branch, origin is None), top)
        rows.append(row)
        top = row.bottom + _BETWEEN_ROWS
    name = wrap(origin.name, _WIDTH - _ORIGIN - 42, _SIZE + 1, 4) if origin else []
    return _Group(origin, number, name, rows, len(reports) - len(rows))


def _label(label: str) -> list[str]:
    """The lines of a report's label, its day on one of its own where the two don't fit side by side."""
    width = _CHAIN - _REPORT - 28
    if measure(label, _SIZE) <= width:
        return [clean(label)]
    outlet, comma, day = label.rpartition(", ")
    return wrap(outlet + comma.rstrip(), width, _SIZE, 2) + wrap(day, width, _SIZE, 2)


def _steps(branch: ReportBranch, untraced: bool) -> list[list[str]]:
    """The lines of each step of the first way, of more than _STEPS the last ones counted."""
    says = [step.says for telling in branch.tellings[:1] for step in telling.steps]
    if len(says) > _STEPS:
        says = [*says[: _STEPS - 1], f"and {len(says) - _STEPS + 1:,} more steps"]
    width = (_end(untraced) - _CHAIN - 12) / max(1, len(says)) - 14
    return [wrap(words, width, _SMALL, 3) for words in says]


def _end(untraced: bool) -> float:
    return _ORIGIN - 6 if untraced else _END


def _draw_claim(root: Element, lines: list[str], author: list[str], top: float, height: float) -> None:
    add(root, "rect", class_="pic-box pic-claim", x=1, y=top, width=_CLAIM, height=height, rx=6)
    for n, line in enumerate(author):
        add(root, "text", line, class_="pic-small", x=15, y=top + 22 + _LINE * n)
    for n, line in enumerate(lines):
        add(root, "text", line, class_="pic-words", x=15, y=top + 30 + _LINE * len(author) + 20 * n)


def _draw_group(root: Element, group: _Group, claim: float, href: Callable[[str], str]) -> None:
    """Add the reports of one origin, their edges on both sides, and the origin."""
    for row in group.rows:
        add(root, "path", class_="pic-edge pic-holds", d=_curve(_CLAIM + 1, claim, _REPORT, row.line))
        _draw_report(root, row, href)
        _draw_chain(root, row, None if group.origin is None else group.middle)
    if group.more:
        y = group.rows[-1].bottom + 20
        add(root, "text", f"and {group.more:,} more", class_="pic-small", x=_REPORT + 14, y=y)
    if group.origin is not None:
        _draw_origin(root, group, group.origin)


def _draw_report(root: Element, row: _Row, href: Callable[[str], str]) -> None:
    link = add(root, "a", class_="pic-entry pic-report", href=href(row.branch.report))
    add(link, "title", _title(row.branch))
    add(link, "rect", class_="pic-box", x=_REPORT, y=row.top, width=_CHAIN - _REPORT, height=row.box, rx=6)
    y = row.top + 19.5
    for line in row.label:
        add(link, "text", line, class_="pic-label", x=_REPORT + 14, y=y)
        y += _LINE
    if len(row.branch.tellings) > 1:
        add(link, "text", f"in {len(row.branch.tellings):,} ways", class_="pic-small", x=_REPORT + 14, y=y)


def _draw_chain(root: Element, row: _Row, origin: float | None) -> None:
    """Add the edge from a report to its origin with a stop and words for each step; without one, to an open end."""
    end = _end(origin is None)
    edge = add(root, "g", class_="pic-chain" if origin is not None else "pic-chain pic-untraced")
    add(edge, "title", _word_ways(row.branch) or (_OPEN if origin is None else "told to it directly"))
    add(edge, "path", class_="pic-edge", d=f"M{_CHAIN:.1f} {row.line:.1f}H{end:.1f}")
    if origin is not None:
        add(edge, "path", class_="pic-edge", d=_curve(end, row.line, _ORIGIN, origin))
    pitch = (end - _CHAIN - 12) / max(1, len(row.steps))
    for n, lines in enumerate(row.steps):
        x = _CHAIN + 16 + n * pitch
        add(edge, "circle", class_="pic-stop", cx=x, cy=row.line, r=3)
        for k, line in enumerate(lines):
            add(edge, "text", line, class_="pic-step", x=x - 3, y=row.line + 17 + _LINE * k)
    if origin is None:
        add(edge, "circle", class_="pic-open", cx=end + 6, cy=row.line, r=6)
        add(edge, "text", _OPEN, class_="pic-small", x=end + 22, y=row.line + 4)


def _draw_origin(root: Element, group: _Group, origin: OriginBranch) -> None:
    """Add the number of an origin in a disc, dashed where nobody is named, its name and what it is."""
    node = add(root, "g", class_="pic-origin" if origin.named else "pic-origin pic-unnamed")
    add(node, "title", f"Origin {group.number}: {cut(origin.name, _TITLE_EMS, 1)}, {origin.class_words}")
    y = group.middle
    add(node, "circle", class_="pic-disc", cx=_ORIGIN + 13, cy=y, r=13)
    add(node, "text", str(group.number), class_="pic-number", x=_ORIGIN + 13, y=y + 4.5, text_anchor="middle")
    for n, line in enumerate(group.name):
        add(node, "text", line, class_="pic-words", x=_ORIGIN + 38, y=y + 4.5 + _NAME_LINE * n)
    y += 6 + _NAME_LINE * len(group.name)
    add(node, "text", cut(origin.class_words, _WIDTH - _ORIGIN - 42, _SMALL), class_="pic-small", x=_ORIGIN + 38, y=y)


def _title(branch: ReportBranch) -> str:
    """A report and the words in which it holds the claim."""
    words = cut(branch.tellings[0].words.quote, _TITLE_EMS, 1) if branch.tellings else ""
    label = cut(branch.label, _TITLE_EMS, 1)
    return f"{label}: {words}" if words else label


def _word_ways(branch: ReportBranch) -> str:
    """All steps of the first ways in full: "from the ministry → from Ilse Varrun; or: from an aide"."""
    ways = (" → ".join(cut(s.says, _TITLE_EMS, 1) for s in telling.steps) for telling in branch.tellings[:_WAYS])
    return "; or: ".join(filter(None, ways))


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    """A line that leaves and arrives level."""
    middle = (x + to_x) / 2
    return f"M{x:.1f} {y:.1f}C{middle:.1f} {y:.1f} {middle:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}"
