from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from onrecord.ask.quoted import quote_thing
from onrecord.ask.shelf import Reading, open_reading
from onrecord.ask.things import find_thing
from onrecord.export.cite import STYLES, text_hash
from tests.ask.asking import CALL, MISSING, RECORD, REOPENS, put, ref, report_ref
from tests.ask.reports import IDS, UNDATED, report
from tests.correct.saying import record_of
from tests.records import attribution, given, part

PLEDGE = ref("gaz-1", "a3")
FACT_IDS = re.compile(r"\b[SQECDXPT]-[0-9a-f]{3,}|\b[cvedxs]-[0-9a-f]{8,}|\ba\d+\b|/[av]\d")


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    path = put(tmp_path_factory.mktemp("cite") / "mine.onrecord", RECORD)
    with sqlite3.connect(path) as database:
        database.execute("UPDATE arrivals SET at = ?", (int(datetime(2031, 5, 20, 12).timestamp()),))
    database.close()
    with open_reading(path) as reading:
        yield reading


def cite(reading: Reading, style: str, word: str) -> str:
    return STYLES[style](quote_thing(reading, find_thing(reading, word)))


def text_of(key: str) -> str:
    return next(a.text for a in RECORD.analyses if a.id == IDS[key])


def test_the_hash_is_what_sha256sum_gives_of_the_text(tmp_path: Path) -> None:
    for a in RECORD.analyses:
        file = tmp_path / "text"
        file.write_text(a.text, encoding="utf-8", newline="")
        assert text_hash(a) == hashlib.sha256(file.read_bytes()).hexdigest()


def test_the_styles_are_those_of_the_command() -> None:
    assert set(STYLES) == {"text", "annotation", "bibtex", "claimreview"}


@pytest.mark.parametrize("style", sorted(STYLES))
@pytest.mark.parametrize("word", [PLEDGE, ref("ost-1", "a1"), MISSING, CALL])
def test_no_fact_s_id_stands_in_a_citation(mine: Reading, style: str, word: str) -> None:
    """They are another version's to number again; the words of the reports hold nothing like them."""
    assert not FACT_IDS.search(cite(mine, style, word))


def test_a_text_says_who_through_whom_where_when_and_which_characters(mine: Reading) -> None:
    text = cite(mine, "text", PLEDGE)
    first, second = part(text_of("gaz-1"), "“No miner,”", "“will lose a day's pay.”")
    for held in (
        "No miner",
        "lose a day's pay",
        "José Ávila",
        "Tarvel Gazette",
        "3 May 2031",
        IDS["gaz-1"],
        f"{first.start},{first.end}",
        f"{second.start},{second.end}",
        hashlib.sha256(text_of("gaz-1").encode()).hexdigest(),
        "in this record since 2031-05-20",
    ):
        assert held in text
    assert text.count("\n") == 1


def test_a_text_of_a_claim_has_a_line_for_each_report(mine: Reading) -> None:
    lines = cite(mine, "text", MISSING).splitlines()
    assert len(lines) == 3
    for line, key in zip(lines, ("dis-1", "mol-1", "ost-1"), strict=True):
        assert IDS[key] in line
        assert "3 reports, 2 traced origins, 1 doesn't say" in line


def selected(annotation: object) -> Iterator[tuple[int, int]]:
    """The characters that an annotation, or several, points at."""
    if isinstance(annotation, dict):
        if annotation.get("type") == "TextPositionSelector":
            yield annotation["start"], annotation["end"]
        for value in annotation.values():
            yield from selected(value)
    elif isinstance(annotation, list):
        for value in annotation:
            yield from selected(value)


def exact(annotation: object) -> Iterator[str]:
    if isinstance(annotation, dict):
        if annotation.get("type") == "TextQuoteSelector":
            yield annotation["exact"]
        for value in annotation.values():
            yield from exact(value)
    elif isinstance(annotation, list):
        for value in annotation:
            yield from exact(value)


@pytest.mark.parametrize(("word", "key"), [(PLEDGE, "gaz-1"), (ref("ost-1", "a1"), "ost-1")])
def test_an_annotation_points_at_the_words(mine: Reading, word: str, key: str) -> None:
    annotation = json.loads(cite(mine, "annotation", word))
    assert annotation["type"] == "Annotation"
    words = [text_of(key)[start:end] for start, end in selected(annotation)]
    assert words
    assert list(exact(annotation)) == words
    said = next(a for a in RECORD.analyses if a.id == IDS[key])
    content = next(a.content for a in said.attributions if ref(key, a.id) == word)
    assert list(selected(annotation)) == [tuple(span) for span in content]


def test_an_annotation_of_a_claim_points_into_each_report(mine: Reading) -> None:
    found = json.loads(cite(mine, "annotation", MISSING))
    assert len(list(selected(found))) == 3
    assert all("40 miners" in words for words in exact(found))


def fields_of(bibtex: str) -> dict[str, str]:
    return dict(re.findall(r"^\s+(\w+) = \{(.*)\},?$", bibtex, re.MULTILINE))


def test_bibtex_has_its_fields(mine: Reading) -> None:
    entry = cite(mine, "bibtex", PLEDGE)
    assert entry.startswith("@")
    fields = fields_of(entry)
    assert fields["title"] == "Salt mine to reopen, minister says"
    assert fields["date"] == "2031-05-03"
    assert fields["url"] == "https://gazette.example/salt"
    assert "Tarvel Gazette" in fields.values()
    assert "No miner" in fields["note"]


def test_the_author_of_a_report_is_that_of_the_entry(mine: Reading) -> None:
    assert fields_of(cite(mine, "bibtex", ref("mol-1", "a1")))["author"].strip("{}") == "Ida Moll"


def test_keys_of_bibtex_are_each_another(mine: Reading) -> None:
    keys = re.findall(r"^@\w+\{([^,\s]+),$", cite(mine, "bibtex", MISSING), re.MULTILINE)
    assert len(set(keys)) == len(keys) == 3
    assert all(re.fullmatch(r"[A-Za-z0-9:._-]+", key) for key in keys)


def test_a_claim_review_is_left_for_a_person_to_rate(mine: Reading) -> None:
    review = json.loads(cite(mine, "claimreview", REOPENS))
    assert (review["@context"], review["@type"]) == ("https://schema.org", "ClaimReview")
    assert review["claimReviewed"] == "that the salt mine at Koril would reopen"
    assert "reviewRating" not in review
    claim = review["itemReviewed"]
    assert claim["author"]["name"] == "José Ávila"
    assert [w["datePublished"] for w in claim["appearance"]] == ["2031-05-03", "2031-05-04"]
    assert claim["firstAppearance"]["datePublished"] == "2031-05-03"


def test_no_first_appearance_is_given_where_another_may_be_older(mine: Reading) -> None:
    """Radio Ostry's report has no day."""
    claim = json.loads(cite(mine, "claimreview", MISSING))["itemReviewed"]
    assert len(claim["appearance"]) == 3
    assert "firstAppearance" not in claim


@pytest.mark.parametrize("style", ["text", "bibtex"])
def test_a_whole_report_can_be_cited(mine: Reading, style: str) -> None:
    cited = cite(mine, style, report_ref("gaz-1"))
    assert "Salt mine to reopen, minister says" in cited
    assert hashlib.sha256(text_of("gaz-1").encode()).hexdigest() in cited


def test_a_report_without_a_day_says_nothing_of_it(mine: Reading) -> None:
    assert text_of("ost-1") == UNDATED
    cited = cite(mine, "text", ref("ost-1", "a1"))
    assert "None" not in cited
    assert not re.search(r", ,|,,|\(\)", cited)
    assert "date" not in fields_of(cite(mine, "bibtex", ref("ost-1", "a1")))


HOSTILE = 'He said {“40% & more_than} \\ $5 #1\n~ne^ver\t"quite”'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    """A report whose words and names have a meaning for BibTeX, JSON and Markdown."""
    said = attribution("a1", HOSTILE, HOSTILE, speaker="{Zed} & \\Co", class_="named_organisation")
    made = report("h}1", HOSTILE, given("2031-05-03"), "A {B} & C_%", title="50% {off}\n\\end", attributions=(said,))
    path = put(tmp_path_factory.mktemp("cite") / "hostile.onrecord", record_of(replace(made, author="}{")))
    with open_reading(path) as reading:
        yield reading


def test_hostile_words_are_in_json_what_they_are(hostile: Reading) -> None:
    thing = find_thing(hostile, f"S-{hostile.entries('reports').ids[0][:8]}.1")
    quoted = quote_thing(hostile, thing)
    assert list(exact(json.loads(STYLES["annotation"](quoted)))) == [HOSTILE]
    assert json.loads(STYLES["claimreview"](quoted))["claimReviewed"] == HOSTILE


def test_hostile_words_leave_a_citation_in_one_line(hostile: Reading) -> None:
    thing = find_thing(hostile, f"S-{hostile.entries('reports').ids[0][:8]}.1")
    assert STYLES["text"](quote_thing(hostile, thing)).count("\n") == 1


def test_hostile_words_leave_the_braces_of_bibtex_in_pairs(hostile: Reading) -> None:
    thing = find_thing(hostile, f"S-{hostile.entries('reports').ids[0][:8]}.1")
    entry = STYLES["bibtex"](quote_thing(hostile, thing))
    depth = 0
    for sign in re.sub(r"\\[{}\\]", "", entry):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    assert not re.search(r"(?<!\\)[%&#$]", entry)
    # BibTeX itself counts escaped braces too.
    assert entry.count("{") == entry.count("}")
