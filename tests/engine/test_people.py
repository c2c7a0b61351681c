"""Who is one in several affairs is the same, however the record came to be; and only what changed is looked at."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, cast

import msgspec
import pytest
from msgspec.structs import replace

from onrecord import pipeline
from onrecord.engine import people
from onrecord.engine.check import check_record
from onrecord.engine.relink import relink
from onrecord.ingest.report import build_report
from onrecord.link import Judgement, Party
from onrecord.location import Location
from onrecord.record import Analysis, Correction, Entity, EntityType, Mention, Report, Span, Target
from onrecord.store import Store, read_record
from tests.postgres import Place
from tests.store.filled import tamper

MAKER = "test"
# Names of which several may be one, by name, office, country or letters.
NAMES: tuple[tuple[str, EntityType, tuple[str, ...]], ...] = (
    ("Holm", "person", ()),
    ("Ada Holm", "person", ()),
    ("Ada Holm", "person", ("the foreign minister of Norway",)),
    ("Ada M. Holm", "person", ("foreign minister",)),
    ("Ben Holm", "person", ("the mayor",)),
    ("Ben Holm Jr.", "person", ()),
    ("Norway's foreign minister", "person", ()),
    ("the foreign minister", "person", ()),
    ("Norwegian Foreign Ministry", "organisation", ()),
    ("Foreign Ministry", "organisation", ()),
    ("Swedish Foreign Ministry", "organisation", ()),
    ("Harbour Workers Union", "organisation", ()),
    ("HWU", "organisation", ()),
    ("Sarn", "place", ()),
    ("the Sarn", "place", ()),
)


def write(number: int, draw: random.Random) -> tuple[Report, Analysis]:
    """A report of its own day that names some of them, and what is found in it."""
    text, entities = f"Lot {number}.", []
    for n, (name, kind, roles) in enumerate(draw.sample(NAMES, 3)):
        start = len(text) + 1
        text += f" {name}."
        mention = Mention(Span(start, start + len(name)), "name")
        entities.append(Entity(f"e{n}", name, kind, roles, (mention,)))
    day = date(2011, 1, 1) + timedelta(days=draw.randrange(60) * 50)
    # Of another language than English, so that no model reads it.
    report = build_report(key=f"r{number}", text=text, outlet=None, published=day.isoformat(), language="fr")
    read = pipeline.extract(report, cast(pipeline.Reader, None))
    return report, replace(read, entities=tuple(entities))


def build(
    path: Location,
    given: Iterable[tuple[Report, Analysis]],
    without: Sequence[str] = (),
    said: Sequence[Correction] = (),
) -> None:
    known = {report.id: (report, analysis) for report, analysis in given}
    with Store.create_or_open(path) as store:
        store.stage([report for report, _ in known.values()])
        anew = {r for c in said for r in c.reports}
        lacking = store.plan(MAKER, pipeline.linker(), without=without, anew=anew)
        store.keep([known[id][1] for id in lacking], MAKER)
        relink(store, MAKER, said=said)


def at_once(held: Iterable[Analysis], said: Sequence[Correction] = ()) -> bytes:
    held = list(held)
    return msgspec.json.encode(pipeline.build(held, {a.id: (a.key,) for a in held}, said).entities)


def entities(path: Location) -> bytes:
    return msgspec.json.encode(read_record(path).entities)


@pytest.mark.parametrize("seed", range(10))
def test_whoever_comes_and_goes_the_clusters_are_those_of_what_is_there(place: Place, seed: int) -> None:
    draw, path, held = random.Random(seed), place("a.onrecord"), dict[str, tuple[Report, Analysis]]()
    for step in range(6):
        gone = draw.sample(sorted(held), draw.randrange(4)) if len(held) > 4 else []
        new = [write(step * 20 + n, draw) for n in range(draw.randrange(1, 12))]
        build(path, new, without=gone)
        held = {id: pair for id, pair in held.items() if id not in gone} | {r.id: (r, a) for r, a in new}
        assert entities(path) == at_once(a for _, a in held.values())
    assert any(len({m.report for m in e.mentions}) > 3 for e in read_record(path).entities)


def spoken(kind: Literal["same", "different"], id: str, one: Analysis, other: Analysis) -> Correction:
    here, there = (Target(a.id, (a.entities[0].mentions[0].span,)) for a in (one, other))
    return Correction(
        id=id, kind=kind, about="entity", target=here, other=there, by="Orla Venn", when="2031-05-04T10:00:00+02:00"
    )


@pytest.mark.parametrize("seed", range(6))
def test_what_people_say_holds_while_others_come_and_go(place: Place, seed: int) -> None:
    draw, path = random.Random(f"said {seed}"), place("a.onrecord")
    new = [write(n, draw) for n in range(16)]
    held = {r.id: (r, a) for r, a in new}
    build(path, new)
    said: list[Correction] = []
    for step in range(3):
        one, other = (held[id][1] for id in draw.sample(sorted(held), 2))
        word = spoken("same" if draw.random() < 0.5 else "different", f"f-{step}", one, other)
        said.append(word)
        build(path, [], said=[word])
        assert entities(path) == at_once((a for _, a in held.values()), said)
        gone = draw.sample(sorted(held), 2)
        more = [write(100 + step * 10 + n, draw) for n in range(2)]
        build(path, more, without=gone)
        held = {id: pair for id, pair in held.items() if id not in gone} | {r.id: (r, a) for r, a in more}
        assert entities(path) == at_once((a for _, a in held.values()), said)


def test_a_record_without_blocks_gets_them_with_the_next_report(place: Place) -> None:
    draw, path = random.Random(3), place("a.onrecord")
    new = [write(n, draw) for n in range(12)]
    build(path, new[:11])
    tamper(path, "DELETE FROM entity_blocks")
    tamper(path, "DELETE FROM entity_homes")
    build(path, new[11:])
    assert entities(path) == at_once(a for _, a in new)


def test_a_name_that_nobody_has_is_not_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw, path, judged = random.Random(5), tmp_path / "a.onrecord", list[str]()
    build(path, [write(n, draw) for n in range(20)])
    real = people._judge

    def judge(key: str, parties: Sequence[Party]) -> list[Judgement]:
        judged.append(key)
        return real(key, parties)

    monkeypatch.setattr(people, "_judge", judge)
    report, analysis = write(99, draw)
    lone = Entity("e0", "Zbigla Tohrem", "person", (), analysis.entities[0].mentions)
    build(path, [(report, replace(analysis, entities=(lone,)))])
    assert judged == ["person/trm"]


def test_a_block_that_lacks_somebody_is_a_fault(place: Place) -> None:
    draw, path = random.Random(7), place("a.onrecord")
    build(path, [write(n, draw) for n in range(10)])
    assert check_record(path).faults == ()
    tamper(path, "DELETE FROM entity_keys WHERE key = 'person/hlm'")
    assert check_record(path).faults == ("who is judged by 'person/hlm' and who has that key do not go together",)
