"""The invented press: the same reports each time, with names and days as a real one has them."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from datetime import timedelta
from functools import cache
from io import BytesIO
from itertools import combinations, pairwise
from random import Random
from statistics import median
from typing import get_args

import msgspec
import pytest

from bench.newsroom import Written, derive, model_of, to_report, write, write_reports
from bench.newsroom.cast import FIRST_DAY, ROLES, Slots, person_slots
from bench.newsroom.scripts import WEEKDAYS
from bench.newsroom.words import read_alike, read_lines, read_matters, read_names
from onrecord import record
from onrecord.ingest.jsonl import read_jsonl
from onrecord.ingest.pages import PageReader
from onrecord.record import Analysis, Report
from tests.harbour import reader

SEED, NUMBER = 3, 1500


@cache
def reports() -> tuple[Written, ...]:
    return tuple(write(NUMBER, SEED))


def by_affair() -> dict[str, list[Written]]:
    found = defaultdict(list)
    for one in reports():
        found[one.report["url"].split("/")[3]].append(one)
    return found


def people() -> Counter[tuple[str, str]]:
    """How many reports name each person."""
    return Counter(
        (one.slots[f"{seat}.given"], one.slots[f"{seat}.surname"])
        for one in reports()
        for seat in ("x", "y", "z")
        if f"{seat}.surname" in one.mould.slots
    )


def test_the_same_number_and_seed_give_the_same_reports() -> None:
    assert list(write_reports(200, SEED)) == list(write_reports(200, SEED))
    assert list(write_reports(200, SEED)) != list(write_reports(200, SEED + 1))


def test_fewer_reports_are_the_first_of_more() -> None:
    assert list(write_reports(200, SEED)) == [one.report for one in reports()[:200]]


def test_reports_are_what_onrecord_reads_as_english_each_with_an_id_of_its_own() -> None:
    lines = BytesIO("".join(f"{json.dumps(one.report)}\n" for one in reports()).encode())
    items = list(read_jsonl("reports.jsonl", "reports", lines, None, PageReader()))
    read = [item for item in items if isinstance(item, Report)]
    assert items == read == [to_report(one.report) for one in reports()]
    assert len({r.id for r in read}) == len({r.key for r in read}) == NUMBER
    assert not [r for r in read if "{" in r.text or "{" in (r.title or "")]


def test_reports_have_the_length_of_news() -> None:
    lengths = [len(one.report["text"].split()) for one in reports()]
    assert min(lengths) >= 100
    assert max(lengths) <= 350
    assert 170 <= median(lengths) <= 270


def test_no_report_tells_a_sentence_twice() -> None:
    for one in reports():
        paragraphs = one.report["text"].split("\n")
        assert len(set(paragraphs)) == len(paragraphs)


def test_forty_reports_a_day_come_in_the_order_of_their_days() -> None:
    days = [one.published for one in reports()]
    assert days[0] == FIRST_DAY
    assert all(a <= b for a, b in pairwise(days))
    assert 30 <= NUMBER / ((days[-1] - days[0]).days + 1) <= 50


def test_a_date_is_that_of_publication_and_one_in_twenty_gives_none() -> None:
    dated = [one for one in reports() if "published" in one.report]
    assert all(one.report["published"].startswith(f"{one.published}T") for one in dated)
    assert 0.03 <= 1 - len(dated) / NUMBER <= 0.07


def test_some_reports_are_later_texts_under_an_earlier_address() -> None:
    texts = defaultdict(list)
    for one in reports():
        texts[one.report["url"]].append(one)
    again = [found for found in texts.values() if len(found) > 1]
    assert 0.015 <= len(again) / NUMBER <= 0.045
    for first, second in again:
        assert second.report["text"].startswith(first.report["text"])
        assert first.published < second.published


def test_most_affairs_have_few_reports_and_some_have_many() -> None:
    sizes = [len(found) for found in by_affair().values()]
    assert median(sizes) <= 3
    assert 10 <= max(sizes) <= 16
    for found in by_affair().values():
        days = [one.published for one in found]
        assert max(days) - min(days) <= timedelta(14)


def test_a_story_is_taken_over_word_for_word_by_other_outlets() -> None:
    bodies = Counter(re.sub("|".join(read_lines("outlets")), "", one.report["text"]) for one in reports())
    assert sum(n for n in bodies.values() if n > 1) > NUMBER / 4


def runs(text: str) -> set[str]:
    found = words(text.casefold())
    return {" ".join(found[n : n + 5]) for n in range(len(found) - 4)}


def test_reports_of_different_affairs_do_not_share_their_sentences() -> None:
    some = [(one.report["url"].split("/")[3], runs(one.report["text"])) for one in reports()[:400]]
    shares = {True: list[float](), False: list[float]()}
    for (affair, own), (other, its) in combinations(some, 2):
        shares[affair == other].append(len(own & its) / min(len(own), len(its)))
    assert sum(share > 0.12 for share in shares[False]) < len(shares[False]) / 200
    assert median(shares[True]) > 0.5


def test_the_first_sentence_names_the_weekday_of_the_news_and_a_later_report_that_of_its_own() -> None:
    later = [one for one in reports() if one.mould.day]
    assert len(later) > NUMBER / 20
    for one in reports():
        lead = one.report["text"].split("\n")[0]
        named = {word for word in WEEKDAYS if word in lead}
        told = one.began + timedelta(one.mould.day)
        weeks = (told.toordinal() - 1) // 7 - (one.began.toordinal() - 1) // 7
        assert WEEKDAYS[told.weekday()] in named
        if one.mould.day < 7:
            assert named == {WEEKDAYS[one.began.weekday()], WEEKDAYS[told.weekday()]}
        else:
            assert ("last week" in lead, "two weeks ago" in lead) == (weeks == 1, weeks == 2)


def test_some_people_are_in_the_news_all_the_time_and_many_once() -> None:
    counts = people()
    assert max(counts.values()) > NUMBER / 50
    assert sum(n <= 3 for n in counts.values()) > len(counts) / 3


def test_some_people_share_a_surname_and_most_do_not() -> None:
    holders = Counter(surname for _, surname in people())
    sharing = sum(n for n in holders.values() if n > 1) / len(people())
    assert 0.15 <= sharing <= 0.65
    assert len(people()) == len({f"{given} {surname}" for given, surname in people()})


def test_an_office_passes_from_one_holder_to_the_next() -> None:
    holders = [
        person_slots("x", "foreign", "Korsia", FIRST_DAY + timedelta(day), Random(1), SEED)["x.surname"]
        for day in range(0, 1400, 10)
    ]
    changes = sum(a != b for a, b in pairwise(holders))
    assert 2 <= changes <= 1400 / 150


def test_the_words_that_fill_a_slot_always_have_the_same_lengths() -> None:
    lengths = defaultdict(set)
    for one in reports():
        for slot in one.mould.slots:
            lengths[one.mould.name, slot].add(tuple(map(len, one.slots[slot].split())))
    assert {len(found) for found in lengths.values()} == {1}


def test_words_that_stand_for_one_another_have_one_length_and_each_stands_in_one_set() -> None:
    groups = [line.split() for line in read_lines("alike")]
    assert all(len(set(map(len, group))) == 1 for group in groups)
    assert max(Counter(word for group in groups for word in group).values()) == 1


def test_no_common_word_that_fills_a_slot_is_a_value_of_a_field() -> None:
    common = {word for words in read_matters().values() for word in words} | set(read_alike())
    values = {v for name in dir(record) for v in get_args(getattr(record, name)) if isinstance(v, str)}
    assert "meeting" in values
    assert not values & common


@pytest.mark.parametrize("role", sorted(ROLES))
def test_there_are_names_enough_for_each_role(role: str) -> None:
    kind = ROLES[role]
    assert len(read_names("given_women" if kind.woman else "given_men", kind.given)) >= 35
    assert len(read_names("surnames", kind.surname)) >= 200


def later_of_one_mould() -> list[Written]:
    """Some reports, all of different affairs, that were made as another was before them."""
    seen: dict[str, Slots] = {}
    out = []
    for one in reports():
        slots = seen.setdefault(one.mould.name, one.slots)
        if slots["firm"] != one.slots["firm"]:
            out.append(one)
    assert len(out) > 50
    return out[::40]


@cache
def derived() -> list[tuple[Written, Analysis, Written, Analysis]]:
    """Models and reports, each with its analysis."""
    from onrecord.pipeline import extract

    out = []
    for one in later_of_one_mould():
        model = model_of(one)
        read = extract(to_report(model.report), reader())
        out.append((model, read, one, derive(read, model, one)))
    return out


def test_a_derived_analysis_is_that_of_its_report() -> None:
    for _, _, one, found in derived():
        report = to_report(one.report)
        assert (found.id, found.key, found.url) == (report.id, report.key, report.url)
        assert (found.outlet, found.title, found.text) == (report.outlet, report.title, report.text)


def test_the_spans_of_a_derived_analysis_quote_what_they_quoted_in_its_model() -> None:
    for model, read, one, found in derived():
        names: dict[str, str] = {}
        for slot in one.mould.slots:
            names |= zip(words(model.slots[slot]), words(one.slots[slot]), strict=True)
        for entity, same in zip(read.entities, found.entities, strict=True):
            assert [m.span for m in entity.mentions] == [m.span for m in same.mentions]
            for mention in entity.mentions:
                before, behind = (a.text[mention.span.start : mention.span.end] for a in (read, found))
                assert [names.get(w, w) for w in words(before)] == words(behind)
        for attribution in found.attributions:
            for span in (*attribution.source, *attribution.cue, *attribution.content):
                assert 0 <= span.start < span.end <= len(found.text)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_names_of_a_derived_analysis_stand_in_its_text() -> None:
    checked = 0
    for _, read, _, found in derived():
        for entity, same in zip(read.entities, found.entities, strict=True):
            if entity.name in read.text:
                assert same.name in found.text
                checked += 1
        for attribution, same_one in zip(read.attributions, found.attributions, strict=True):
            if attribution.speaker.name and attribution.speaker.name in read.text:
                assert same_one.speaker.name and same_one.speaker.name in found.text
                checked += 1
    assert checked > 20


def test_no_name_of_the_model_is_left_in_a_derived_analysis() -> None:
    for model, _, one, found in derived():
        wanted = {one.slots[slot] for slot in one.mould.slots}
        old = {model.slots[s] for s in one.mould.slots if not model.slots[s].isdigit()} - wanted
        bare = msgspec.structs.replace(found, text="", title=None)
        values = re.sub(r'"\w+":', "", msgspec.json.encode(bare).decode())
        assert not old & set(words(values))


def test_the_days_of_a_derived_analysis_are_those_of_its_report() -> None:
    dated = [(one, found) for _, _, one, found in derived() if found.published.given]
    weekdays = 0
    for one, found in dated:
        assert found.published.earliest == found.published.latest == one.published
        for timex in found.timexes:
            if timex.reading.startswith("weekday") and timex.earliest:
                weekdays += 1
                assert timex.earliest == timex.latest
                assert abs(timex.earliest - one.published) <= timedelta(7)
                assert WEEKDAYS[timex.earliest.weekday()] in found.text[timex.span.start : timex.span.end]
    assert weekdays > 5
