"""The tree of a claim to the terminal: from its words over the origins to the words that prove each step."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from onrecord.terminal.tables import DAY, QUIET, STANCE, STRONG, WIDEST, line, stack
from onrecord.views.chains import ClaimTree, OriginBranch, ReportBranch, Telling
from onrecord.views.index import Evidence
from onrecord.views.wording import word_count


def print_tree(console: Console, tree: ClaimTree) -> None:
    """The tree, its origins numbered, and below them what does not say and what would lower the number."""
    grouped = f", grouped with {tree.confidence:.0%}" if tree.confidence is not None else ""
    root = Tree(
        stack(
            line(tree.text, STRONG),
            line(f"— {tree.author}", STRONG),
            Text.assemble(line(f"{tree.standing}{grouped}"), "  ", line(tree.ref, QUIET)),
        ),
        guide_style=QUIET,
    )
    for number, origin in enumerate(tree.origins, 1):
        _grow(root.add(_head(number, origin)), origin.reports)
    if tree.untraced:
        count = word_count(len(tree.untraced), "report doesn't say", "reports don't say")
        _grow(root.add(line(f"{count} where it comes from", STANCE)), tree.untraced)
    lower = root.add(line("What would lower it", STANCE))
    for doubt in tree.doubts or ("nothing that is on record",):
        lower.add(line(doubt))
    lower.add(line(tree.caution, QUIET))
    console.print(root, width=min(console.width, WIDEST))


def _head(number: int, origin: OriginBranch) -> Text:
    """The class is said of those who are named; "(unnamed)" says enough of others."""
    class_words = f", {origin.class_words}" if origin.named else ""
    return Text.assemble(line(f"Origin {number}: "), " ", line(origin.name, STRONG), line(class_words, QUIET))


def _grow(branch: Tree, reports: tuple[ReportBranch, ...]) -> None:
    for report in reports:
        told = branch.add(line(report.label, DAY))
        for telling in report.tellings:
            _tell(told, telling)


def _tell(branch: Tree, telling: Telling) -> None:
    words = branch.add(_quote(telling.words, telling.words.report))
    for step in telling.steps:
        # The words of its own stand right above.
        proof = [_quote(e, telling.words.report, QUIET) for e in step.proof if e != telling.words]
        words.add(Group(line(step.says), *proof))


def _quote(evidence: Evidence, report: str, style: str = "") -> RenderableType:
    """Words of a report behind a mark, as letters quote others; with its label where they are of another report."""
    label = f"[{evidence.label}]" if evidence.report != report else ""
    quoted = Table.grid(padding=(0, 1, 0, 0))
    quoted.add_row(line(">", QUIET), Text(" ").join(filter(None, (line(evidence.quote, style), line(label, QUIET)))))
    return quoted
