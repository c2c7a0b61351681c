from __future__ import annotations

import io

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace

from onrecord.export import FORMATS
from onrecord.record import Record
from tests.records import HOSTILE, RECORD

HEADINGS = ["Stories", "Contacts", "Claims", "Disagreements"]


def written(record: Record) -> str:
    out = io.BytesIO()
    FORMATS["markdown"](record, out)
    return out.getvalue().decode()


def headings(text: str, level: str) -> list[str]:
    tokens = MarkdownIt().parse(text)
    return [
        "".join(c.content for c in tokens[n + 1].children or ())
        for n, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == level
    ]


@pytest.mark.parametrize("record", [Record(), RECORD, HOSTILE])
def test_sections_are_always_there(record: Record) -> None:
    assert headings(written(record), "h1") == [
        f"{len(record.reports)} report{'s' * (len(record.reports) != 1)} on record"
    ]
    assert headings(written(record), "h2") == HEADINGS


def test_title_counts_the_reports() -> None:
    assert headings(written(RECORD), "h1") == ["5 reports on record"]
    assert headings(written(HOSTILE), "h1") == ["1 report on record"]


def test_record_without_anything_says_so() -> None:
    assert written(Record()).count("None found.") == 4
    assert "It proves nothing." in written(Record())


def test_entries_have_a_heading_each() -> None:
    assert headings(written(RECORD), "h3") == [
        "The grain road",
        "Tue 4 March 2031: call between Ilse Varrun (Foreign Minister of Norvia) and"
        " Omar Teshk (Foreign Minister of Kesland; envoy to the sailors' talks)",
        "Tue 11 March 2031 (worked out): call between Ilse Varrun (Foreign Minister of Norvia) and"
        " Omar Teshk (Foreign Minister of Kesland; envoy to the sailors' talks)",
        "“The grain road,” … “stays open in every season.”",
        "Norvia will close the grain road before summer",
        "denied",
        "left out by one",
    ]


def test_claim_has_its_author_its_standing_and_its_words() -> None:
    claim = written(RECORD).split("### “The grain road,”")[1].split("###")[0].splitlines()
    assert claim[2:6] == [
        "- author: Ilse Varrun",
        "- standing: 3 reports, 2 traced origins, 1 doesn't say",
        "- origins: the Norvian Foreign Ministry and a Kesland official (unnamed)",
        "- don't say: r5-key",
    ]
    assert claim[6] == "- “The grain road,” … “stays open in every season.” \\[Norvia Post, 4 March 2031\\]"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](http://x.invalid/a.png)",
        "*a* _b_ `c` ~~d~~",
        "# a",
        "- a",
        "+ a",
        "1. a",
        "12) a",
        "> a",
        "===",
        "a\n\n# b",
        "| a | b |",
        "&lt;b&gt;",
    ],
)
def test_words_of_reports_mean_nothing_in_markdown(text: str) -> None:
    record = replace(RECORD, stories=(replace(RECORD.stories[0], title=text),))
    tokens = MarkdownIt().parse(written(record))
    at = next(n for n, t in enumerate(tokens) if t.tag == "h3") + 1
    assert {c.type for c in tokens[at].children or ()} <= {"text", "text_special"}
    assert "".join(c.content for c in tokens[at].children or ()) == " ".join(text.split())
    claim = replace(RECORD.claims[0], author=text)
    plain = MarkdownIt().parse(written(replace(RECORD, claims=(claim,))))
    usual = MarkdownIt().parse(written(replace(RECORD, claims=(replace(claim, author="x"),))))
    assert [t.type for t in plain] == [t.type for t in usual]
