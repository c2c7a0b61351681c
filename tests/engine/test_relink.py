"""A record that grows piece by piece is the one that is built at once."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from onrecord import pipeline
from onrecord.engine.relink import relink
from onrecord.ingest.report import build_report
from onrecord.location import Location
from onrecord.record import Analysis, Correction, Publication, Record, Report, Target
from onrecord.store import Store, read_record
from tests.harbour import analyses, reader, reports
from tests.postgres import Place

MAKER = "test"


def put(path: Location, given: Sequence[Report], without: Iterable[str] = (), said: Sequence[Correction] = ()) -> None:
    """One build, of analyses that are at hand."""
    known = {a.id: a for a in analyses()}
    with Store.create_or_open(path) as store:
        store.stage(given)
        anew = {r for c in said for r in c.reports}
        lacking = store.plan(MAKER, pipeline.linker(), without=list(without), anew=anew)
        store.keep([known[report] for report in lacking], MAKER)
        relink(store, MAKER, said=said)


def at_once(some: Iterable[Analysis], said: Sequence[Correction] = ()) -> bytes:
    some = list(some)
    whole = pipeline.build(some, {a.id: (a.key,) for a in some}, said)
    return written(whole)


def written(record: Record) -> bytes:
    bare = tuple(replace(a, vectors=None) for a in record.analyses)
    return msgspec.json.encode(replace(record, analyses=bare))


@pytest.mark.parametrize("seed", range(6))
def test_piece_by_piece_is_at_once(place: Place, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # However many are held at once of those that the new ones may be near to.
    monkeypatch.setattr("onrecord.engine.relink._AT_ONCE", 1 + 3 * seed)
    draw, path = random.Random(seed), place("a.onrecord")
    order = draw.sample(list(reports()), len(reports()))
    cuts = sorted(draw.sample(range(1, len(order)), 3))
    for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True):
        put(path, order[start:end])
        assert written(read_record(path)) == at_once(a for a in analyses() if a.id in {r.id for r in order[:end]})


@pytest.mark.parametrize("seed", range(6))
def test_what_is_taken_out_was_never_there_and_may_come_back(place: Place, seed: int) -> None:
    path, gone = place("a.onrecord"), random.Random(seed).sample(list(reports()), 3)
    put(path, reports())
    put(path, (), without=[r.id for r in gone])
    assert written(read_record(path)) == at_once(a for a in analyses() if a.id not in {r.id for r in gone})
    put(path, gone)
    assert written(read_record(path)) == at_once(analyses())


def test_a_word_on_two_reports_makes_them_one_affair_whenever_the_second_comes(place: Place) -> None:
    first, second = analyses()[0], analyses()[-1]
    here, there = (next(e for e in a.entities if e.type == "person") for a in (first, second))
    said = Correction(
        id="f-1",
        kind="same",
        about="entity",
        target=Target(first.id, (here.mentions[0].span,)),
        other=Target(second.id, (there.mentions[0].span,)),
        by="Ada Holm",
        when="2031-05-04T10:00:00+02:00",
    )
    path = place("a.onrecord")
    put(path, [r for r in reports() if r.id == first.id])
    put(path, (), said=[said])
    put(path, reports())
    assert written(read_record(path)) == at_once(analyses(), [said])
    names = [{e.name, *e.aliases} for e in read_record(path).entities]
    assert any({here.name, there.name} <= own for own in names)


OUTLET = "Sund Courier"
COUNCIL = (
    "SUND, Dovrask - The hall burned down on 9 September 2019, the mayor, Orla Venn, said on Monday. "
    "A vote is due next week, on 18 September.\n"
)
PLAIN = "KETTLE BAY - A ferry took 300 sheep to the northern islands. Nobody was hurt, the harbour master said.\n"
# What happened on Monday is told on the Saturday behind it.
LATE = "KETTLE BAY - Boat {n} was sold on Monday. The buyer paid on Monday too, a clerk of lot {n} said on Monday.\n"


@cache
def read_council(text: str, key: str, published: str | None) -> Analysis:
    report = build_report(key=key, text=text, outlet=OUTLET, published=published, language="en")
    return pipeline.extract(report, reader())


def add(path: Location, some: Sequence[Analysis]) -> None:
    with Store.create_or_open(path) as store:
        store.stage(
            [
                build_report(
                    key=a.key,
                    text=a.text,
                    outlet=a.outlet,
                    published=a.published.edtf if a.published.given else None,
                    language="en",
                )
                for a in some
            ]
        )
        known = {a.id: a for a in some}
        store.keep([known[report] for report in store.plan(MAKER, pipeline.linker())], MAKER)
        relink(store, MAKER)


def published(path: Location, id: str) -> Publication:
    return next(r.published for r in read_record(path).reports if r.id == id)


def test_the_habits_of_an_outlet_reach_its_undated_reports_in_other_affairs(place: Place) -> None:
    """Its dated reports tell how late it tells of a Monday; an undated one of another affair is dated by that."""
    council = read_council(COUNCIL, "council", None)
    late = [read_council(LATE.format(n=n), f"late-{n}", f"2019-08-{3 + 7 * n:02}") for n in range(1, 4)]
    path = place("a.onrecord")
    add(path, [council])
    before = published(path, council.id)
    add(path, late)
    assert written(read_record(path)) == at_once([council, *late])
    assert published(path, council.id) != before


def test_an_affair_whose_dates_no_habit_moves_is_left_as_it_is(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    council, plain = read_council(COUNCIL, "council", None), read_council(PLAIN, "plain", "2019-08-10")
    path = place("a.onrecord")
    add(path, [council])
    with Store.open(path) as store:
        assert store.affairs().undated(OUTLET) == [council.id]
    built, build = list[str](), pipeline.build_affair

    def count(analyses: Sequence[Analysis], *rest: Any) -> Record:
        built.extend(a.id for a in analyses)
        return build(analyses, *rest)

    monkeypatch.setattr(pipeline, "build_affair", count)
    add(path, [plain])
    assert built == [plain.id]
    assert written(read_record(path)) == at_once([council, plain])


def test_news_leaves_the_habits_of_an_outlet_and_what_was_dated_by_them(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are those of its first reports; one of before them changes them."""
    for module in ("engine.relink", "dating.habits"):
        monkeypatch.setattr(f"onrecord.{module}.SAMPLE", 2)
    council = read_council(COUNCIL, "council", None)
    early, *late = [read_council(LATE.format(n=n), f"late-{n}", f"2019-08-{3 + 7 * n:02}") for n in range(4)]
    path = place("a.onrecord")
    add(path, [council, *late[:2]])
    before = published(path, council.id)
    with Store.open(path) as store:
        assert [id for _, id in store.affairs().dated(OUTLET, 2, ())] == [a.id for a in late[:2]]
    add(path, [read_council(PLAIN, "plain", "2019-09-28"), late[2]])
    assert published(path, council.id) == before
    plain = read_council(PLAIN.replace("300 sheep", "40 goats"), "goats", "2019-07-01")
    add(path, [plain, early])
    with Store.open(path) as store:
        assert [id for _, id in store.affairs().dated(OUTLET, 2, ())] == [plain.id, early.id]
    whole = [council, plain, early, *late, read_council(PLAIN, "plain", "2019-09-28")]
    assert written(read_record(path)) == at_once(whole)
