from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date

import pytest

from onrecord.knowledge import Knowledge
from onrecord.link.clusters import cluster, fact
from onrecord.link.entities import MAKER, entity_keys, fold_name, link_entities
from onrecord.record import Analysis, Entity, EntityType, Mention, Publication, Span
from tests.records import analysis, given

Named = tuple[str, EntityType] | tuple[str, EntityType, str]
DAY = "2031-03-04"


def report(id: str, *names: Named, day: str | None = DAY, text: str = "") -> Analysis:
    """A report of `day` that names these, each with its role if one is given, where it stands in `text`, if it does."""
    entities = []
    for n, (name, type_, *roles) in enumerate(names, 1):
        at = text.find(name)
        mentions = (Mention(Span(at, at + len(name)), "name"),) if at >= 0 and text else ()
        entities.append(Entity(f"e{n}", name, type_, tuple(roles), mentions))
    return analysis(id, "Post", text, given(day) if day else Publication(), entities=tuple(entities))


def person(name: str, role: str | None = None) -> Named:
    return (name, "person", role) if role else (name, "person")


def grouped(*reports: Analysis, knowledge: Knowledge | None = None) -> list[list[str]]:
    nodes = [fact(r.id, e.id) for r in reports for e in r.entities]
    ask: Callable[[], Knowledge] | None = (lambda: knowledge) if knowledge else None
    return [group for group in cluster(nodes, link_entities(reports, ask)) if len(group) > 1]


def one(*reports: Analysis) -> bool:
    """Whether the first entities of all the reports are one."""
    return [fact(r.id, "e1") for r in reports] in [[n for n in g if n.endswith("/e1")] for g in grouped(*reports)]


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Émil VORÁC", "emil vorac"),
        ("the Pentagon", "pentagon"),
        ("The", "the"),
        ("  Ada \n Holm ", "ada holm"),
        ("", ""),
    ],
)
def test_folded(name: str, folded: str) -> None:
    assert fold_name(name) == folded


def test_one_full_name_is_one_person_however_it_is_accented() -> None:
    reports = report("r1", person("Ada Hólm")), report("r2", person("Ada Holm"), ("Ada Holm", "place"))
    assert grouped(*reports) == [["r1/e1", "r2/e1"]]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Antony J. Vell", "Antony Vell"),
        ("Antony J. Vell", "Antony John Vell"),
        ("A. Vell", "Antony Vell"),
        ("J. Edgar Vell", "Edgar Vell"),
        ("JD Vell", "J. D. Vell"),
        ("Omar al-Teshk", "Omar el-Teshk"),
        ("Jean-Luc Vell", "Jean Luc Vell"),
        ("Ines O’Varra", "Ines O'Varra"),
        ("Senator Ada Holm", "Ada Holm"),
        ("Harbour Board Chairman Ada Holm", "Ada Holm"),
        ("Ada Holm (R-Ister", "Ada Holm of Ister"),
        ("Ruth Weiß", "Ruth Weiss"),
    ],
)
def test_another_form_of_a_full_name_is_the_same_person(a: str, b: str) -> None:
    assert one(report("r1", person(a)), report("r2", person(b)))


OTHERS = [
    ("Antony J. Vell", "Antony B. Vell"),
    ("Antony Vell", "Paul Vell"),
    ("Omar Vell III", "Omar Vell Jr."),
    ("Omar Vell Sr.", "Omar Vell Jr."),
    ("Ada Holm", "Ada Vell"),
    ("A. Vell", "Paul Vell"),
]


@pytest.mark.parametrize(("a", "b"), OTHERS)
def test_other_names_are_two_whatever_else_agrees(a: str, b: str) -> None:
    beside = person("Ilse Varrun"), person("Emil Veck")
    role = "Norran foreign minister"
    assert not one(report("r1", person(a, role), *beside), report("r2", person(b, role), *beside))


@pytest.mark.parametrize(("a", "b"), OTHERS[:4])
def test_a_surname_alone_never_joins_two_of_other_given_names(a: str, b: str) -> None:
    for days in (DAY, None):
        reports = [report(f"r{n}", person(name), day=days) for n, name in enumerate((a, b, "Vell", "Vell"))]
        assert grouped(*reports) == []
    different = [k for k in link_entities(reports) if k.relation == "different"]
    assert {(k.left, k.right) for k in different} == {("r0/e1", "r1/e1")}
    assert all(k.by == MAKER for k in different)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Mohammed Varr", "Muhammad Varr"),
        ("Yusuf Karr", "Youssef Karr"),
        ("Ivan Zelnevskyy", "Ivan Zelnevsky"),
        ("Jon Müller", "Jon Mueller"),
        ("Mike Vell", "Michael Vell"),
        ("Hassan Orrin", "Hasan Orin"),
        ("Omar Vell", "Omar Vell Jr."),
    ],
)
def test_another_spelling_needs_more_than_the_name(a: str, b: str) -> None:
    assert not one(report("r1", person(a)), report("r2", person(b)))
    assert one(report("r1", person(a, "Norran envoy")), report("r2", person(b, "Norra's envoy")))
    assert one(report("r1", person(a), person("Ada Holm")), report("r2", person(b), person("Ada Holm")))
    far = report("r2", person(b), person("Ada Holm"), day="2035-03-04")
    assert not one(report("r1", person(a), person("Ada Holm")), far)


def test_two_spellings_in_one_report_are_two() -> None:
    both = report("r1", person("Mohammed Varr", "envoy"), person("Muhammad Varr", "envoy"))
    assert grouped(both) == []


def test_a_looser_spelling_needs_the_office_of_that_time() -> None:
    a, b = report("r1", person("Ana Hansen", "Norran envoy")), report("r2", person("Ana Hanson", "Norran envoy"))
    assert one(a, b)
    assert not one(a, report("r2", person("Ana Hanson", "Norran envoy"), day="2038-03-04"))
    assert not one(a, report("r2", person("Ana Hanson", "Norran skipper"), person("Ada Holm")))


def test_the_family_name_may_stand_first() -> None:
    full = report("r1", person("Zhao Linfeng"))
    assert one(full, report("r2", person("Zhao")))
    assert one(full, report("r2", person("Linfeng Zhao")))
    assert not one(full, report("r2", person("Zhao Minwei")))


def test_a_surname_joins_the_only_person_who_has_it() -> None:
    full, short = report("r1", person("Ada Holm")), report("r2", person("Holm"))
    assert grouped(full, short) == [["r1/e1", "r2/e1"]]
    assert grouped(full, report("r3", person("Bela Holm")), short) == []
    assert grouped(full, report("r2", ("Holm", "place"))) == []
    assert grouped(full, report("r2", person("Holm"), day="2036-03-04")) == []
    assert grouped(full, report("r2", person("Holm"), day=None)) == [["r1/e1", "r2/e1"]]


def test_the_only_one_of_a_surname_is_not_meant_where_the_office_is_anothers() -> None:
    full = report("r1", person("Ada Holm", "Norran foreign minister"))
    assert one(full, report("r2", person("Holm", "Foreign Minister")))
    assert not one(full, report("r2", person("Holm", "Kesland foreign minister")))
    assert not one(full, report("r2", person("Holm", "Judge")))


def test_between_two_of_one_surname_office_or_matter_decide() -> None:
    ana = report("r1", person("Ana Marsh", "Norran foreign minister"), person("Ilse Varrun"))
    paul = report("r2", person("Paul Marsh", "Kesland envoy"), person("Emil Veck"))
    assert grouped(ana, paul, report("r3", person("Marsh"))) == []
    for member, mate in (
        (("Marsh", "person", "Foreign Minister"), "r1/e1"),
        (person("Marsh", "Kesland envoy"), "r2/e1"),
    ):
        assert grouped(ana, paul, report("r3", member)) == [[mate, "r3/e1"]]
    assert ["r1/e1", "r3/e1"] in grouped(ana, paul, report("r3", person("Marsh"), person("Ilse Varrun")))
    assert ["r2/e1", "r3/e1"] in grouped(ana, paul, report("r3", person("Marsh"), person("Emil Veck")))
    both = report("r3", person("Marsh"), person("Emil Veck"), person("Ilse Varrun"))
    assert not any("r3/e1" in g for g in grouped(ana, paul, both))
    late = report("r3", person("Marsh"), person("Ilse Varrun"), day="2032-03-04")
    assert not any("r3/e1" in g for g in grouped(ana, paul, late))


def test_the_given_name_that_stands_before_a_surname_counts() -> None:
    full = report("r1", person("Ada Holm"))
    assert not one(full, report("r2", person("Holm"), text="It was said by Charlie Holm."))
    assert not one(full, report("r2", person("Holm"), text="It was said by Secretary Ash Holm."))
    assert one(full, report("r2", person("Holm"), text="It was said by Ada Holm."))
    assert one(full, report("r2", person("Holm"), text="On Monday Holm said it."))
    assert one(full, report("r2", person("Holm"), text="It was said by Secretary Holm."))


def test_a_name_that_two_may_bear_joins_neither_unless_its_matter_decides() -> None:
    j, b = report("r1", person("Antony J. Vell"), person("Ilse Varrun")), report("r2", person("Antony B. Vell"))
    assert grouped(j, b, report("r3", person("Antony Vell"))) == []
    assert ["r1/e1", "r3/e1"] in grouped(j, b, report("r3", person("Antony Vell"), person("Ilse Varrun")))


def test_a_father_and_a_son_whom_a_report_tells_apart_are_two() -> None:
    both = report("r1", person("Vell", "President"), person("Omar Vell Jr."))
    father = report("r2", person("Omar Vell", "President"), person("Ilse Varrun"))
    son = report("r3", person("Omar Vell Jr."), person("Ilse Varrun"))
    assert grouped(both, father, son) == [["r1/e1", "r2/e1"], ["r1/e2", "r3/e1"], ["r2/e2", "r3/e2"]]


def test_a_surname_that_nobody_known_bears_is_one_in_near_days_and_one_office() -> None:
    first = report("r1", person("Holm", "Foreign Minister"))
    assert one(first, report("r2", person("Holm", "foreign minister"), day="2031-03-20"))
    assert not one(first, report("r2", person("Holm", "foreign minister"), day="2034-03-20"))
    assert not one(first, report("r2", person("Holm", "harbour master")))
    assert not one(report("r1", person("Holm")), report("r2", person("Holm")))
    beside = person("Ilse Varrun")
    assert one(report("r1", person("Holm"), beside), report("r2", person("Holm"), beside))


def test_two_people_named_at_once_are_nobody() -> None:
    assert grouped(report("r1", person("Ada and Bela Holm")), report("r2", person("Ada Holm"))) == []


def test_holders_of_one_office_in_two_years_are_two_people() -> None:
    old = report("r1", person("the president of Norra"), day="2012-03-04")
    new = report("r2", person("the president of Norra"), day="2019-03-04")
    assert grouped(old, new) == []
    ada = report("r3", person("Ada Holm", "President of Norra"), day="2012-03-10")
    bela = report("r4", person("Bela Renko", "Norran President"), day="2019-03-10")
    assert grouped(old, new, ada, bela) == [["r1/e1", "r3/e1"], ["r2/e1", "r4/e1"]]
    assert ("r3/e1", "r4/e1", "different") in {(k.left, k.right, k.relation) for k in link_entities([ada, bela])}


def test_an_office_alone_joins_nobody_where_two_held_it_or_another_country_has_it() -> None:
    bare = report("r1", person("the defence minister of Norra"))
    ada, bela = (
        report(f"r{n}", person(name, "Norran defence minister")) for n, name in ((2, "Ada Holm"), (3, "Bela Renko"))
    )
    assert one(bare, ada)
    assert grouped(bare, ada, bela) == []
    assert not one(bare, report("r2", person("Ada Holm", "Kesland defence minister")))
    assert not one(bare, report("r2", person("Ada Holm", "former Norran defence minister")))


def known(*tenures: tuple[str, str, str, str]) -> Knowledge:
    """Holders of the presidency of a known country, each with the days of it."""
    entities: list[dict[str, object]] = [
        {"id": "post", "schema": "Position", "properties": {"name": ["President of Malta"], "country": ["mt"]}}
    ]
    for n, (name, alias, first, last) in enumerate(tenures):
        entities.append({"id": f"p{n}", "schema": "Person", "properties": {"name": [name], "alias": [alias]}})
        held = {"holder": [f"p{n}"], "post": ["post"], "startDate": [first], "endDate": [last]}
        entities.append({"id": f"o{n}", "schema": "Occupancy", "properties": held})
    return Knowledge(entities)


def test_what_is_known_of_tenures_decides_who_held_an_office() -> None:
    tenures = known(("Ada Marsh", "A. Marsh", "2010", "2013"), ("Paul Marsh", "P. Marsh", "2014", "2020"))
    ada = report("r1", person("Ada Marsh", "former President of Malta"), day="2019-03-10")
    paul = report("r2", person("Paul Marsh", "Maltese President"), day="2019-03-10")
    bare = report("r3", person("Marsh", "President"), day="2012-05-05")
    assert grouped(ada, paul, bare, knowledge=tenures) == [["r1/e1", "r3/e1"]]
    assert grouped(paul, bare, knowledge=tenures) == []
    office = [report(f"q{y}", person("the president of Malta"), day=f"{y}-06-01") for y in (2011, 2012, 2017)]
    assert grouped(*office, knowledge=tenures) == [["q2011/e1", "q2012/e1"]]
    assert grouped(*office, paul, knowledge=tenures) == [["q2011/e1", "q2012/e1"], ["q2017/e1", "r2/e1"]]


ORG: EntityType = "organisation"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("the Harbour Board", "Harbour Board"),
        ("Ministry of Defence of Arland", "Arland's defence ministry"),
        ("Ministry of Defence of Arland", "Arland Defense Ministry"),
        ("Norran Ministry of Foreign Affairs", "Foreign Ministry of Norra"),
        ("Department of Tides", "Tides Department"),
        ("Vell Ferries Ltd", "Vell Ferries Inc."),
        ("Vell Ferries Corp", "Vell Ferries"),
        ("Vell & Sons", "Vell and Sons"),
        ("N.G.B.", "NGB"),
    ],
)
def test_a_body_in_other_words_is_the_same(a: str, b: str) -> None:
    assert one(report("r1", (a, ORG)), report("r2", (b, ORG)))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Norran Foreign Ministry", "Kesland Foreign Ministry"),
        ("Norran Foreign Ministry", "Norran Defence Ministry"),
        ("Bank of Norra", "Norra Bank"),
        ("Norra Harbour Board", "Harbour Board"),
        ("White House", "House"),
        ("Norran Embassy in Kesland", "Kesland Embassy in Norra"),
    ],
)
def test_another_body_is_another(a: str, b: str) -> None:
    beside: Named = ("Ada Holm", "person")
    assert not one(report("r1", (a, ORG), beside), report("r2", (b, ORG), beside))


def test_a_body_without_its_country_is_that_of_the_country_its_report_speaks_of() -> None:
    norra: Sequence[Named] = (("Norra", "place"), person("Ada Holm"))
    one_of = report("r1", ("Norran Foreign Ministry", ORG), *norra)
    other = report("r2", ("Kesland Foreign Ministry", ORG), ("Kesland", "place"), person("Omar Teshk"))
    bare = report("r3", ("Foreign Ministry", ORG), *norra)
    alone = report("r4", ("Foreign Ministry", ORG))
    assert ["r1/e1", "r3/e1"] in grouped(one_of, other, bare, alone)
    assert not any("r4/e1" in g for g in grouped(one_of, other, bare, alone))
    assert one(alone, report("r5", ("Foreign Ministry", ORG)))


def test_an_acronym_that_one_report_writes_out_is_that_body_in_all() -> None:
    text = "The World Herring Office (WHO) met."
    told = report("r1", ("World Herring Office", ORG), text=text)
    assert one(told, report("r2", ("WHO", ORG)), report("r3", ("the W.H.O.", ORG), day="2038-01-01"))
    assert not one(report("r1", ("World Herring Office", ORG)), report("r2", ("WHO", ORG)))
    beside = report("r4", ("World Herring Office", ORG), ("WHO", ORG))
    assert ["r2/e1", "r4/e1", "r4/e2"] in grouped(report("r2", ("WHO", ORG)), beside)


def test_an_acronym_of_two_bodies_is_that_of_its_own_report_or_of_neither() -> None:
    herring = report("r1", ("World Herring Office", ORG), ("WHO", ORG))
    heather = report("r2", ("World Heather Office", ORG), ("WHO", ORG))
    assert grouped(herring, heather, report("r3", ("WHO", ORG))) == [["r1/e1", "r1/e2"], ["r2/e1", "r2/e2"]]


def test_a_name_in_capitals_is_that_name() -> None:
    assert one(report("r1", ("ISTER", "place")), report("r2", ("Ister", "place")))
    assert one(report("r1", ("ISTER", "place")), report("r2", ("ISTER", "place")))


def test_types_are_never_joined() -> None:
    reports = [report(f"r{n}", ("Ada Holm", t)) for n, t in enumerate(("person", ORG, "place", "outlet", "group"))]
    assert grouped(*reports) == []


CROWD = [
    report("r1", person("Ana Marsh", "Norran foreign minister"), person("Ilse Varrun"), ("NGB", ORG)),
    report("r2", person("Paul Marsh"), person("Emil Veck"), ("Norran Grain Board", ORG), ("NGB", ORG)),
    report("r3", person("Marsh"), person("Varrun"), ("Foreign Ministry", ORG), ("Norra", "place")),
    report("r4", person("Marsh", "Foreign Minister"), person("Omar Vell Jr."), person("Vell")),
    report("r5", person("Anna Marsh"), person("Ilse Varrun"), ("Norran Foreign Ministry", ORG), ("Norra", "place")),
    report("r6", person("A. Marsh"), person("Omar Vell"), ("Kesland Foreign Ministry", ORG)),
    report("r7", person("Marsh", "envoy"), person("Mohammed Karr", "envoy"), day="2031-04-01"),
    report("r8", person("Marsh", "envoy"), person("Muhammad Karr", "envoy"), day="2031-04-20"),
    report("r9", person("the foreign minister of Norra"), person("Karr"), day="2031-03-20"),
    report("r10", person("Antony Vell"), person("Antony J. Vell"), person("Ilse Varrun"), day=None),
]


def sets(reports: Sequence[Analysis]) -> set[frozenset[str]]:
    return {frozenset(g) for g in grouped(*reports)}


def test_the_order_of_reports_changes_no_group() -> None:
    expected = sets(CROWD)
    assert len(expected) > 5
    for seed in range(12):
        mixed = random.Random(seed).sample(CROWD, len(CROWD))
        assert sets(mixed) == expected


def test_no_link_joins_what_another_keeps_apart() -> None:
    links = link_entities(CROWD)
    same = [k for k in links if k.relation == "same"]
    nodes = [fact(r.id, e.id) for r in CROWD for e in r.entities]
    home = {n: i for i, g in enumerate(cluster(nodes, same)) for n in g}
    apart = [(k.left, k.right) for k in links if k.relation == "different"]
    assert apart
    assert all(home[a] != home[b] for a, b in apart)


def test_what_shares_no_key_changes_no_judgement() -> None:
    alone = {(k.left, k.right): (k.relation, k.score) for k in link_entities(CROWD)}
    keys = {key for r in CROWD for e in r.entities for key in entity_keys(e)}
    strangers = [
        report(f"s{n}", person(name, "harbour master")) for n, name in enumerate(("Ruth Orrin", "Orrin", "Tomas Belk"))
    ]
    assert keys.isdisjoint(key for r in strangers for e in r.entities for key in entity_keys(e))
    more = {(k.left, k.right): (k.relation, k.score) for k in link_entities([*strangers, *CROWD])}
    assert {pair: v for pair, v in more.items() if not pair[0].startswith("s")} == alone


def test_linked_entities_share_a_key() -> None:
    keys = {fact(r.id, e.id): set(entity_keys(e)) for r in CROWD for e in r.entities}
    for link in link_entities(CROWD):
        assert keys[link.left] & keys[link.right], link


def test_a_name_in_many_reports_gives_no_more_links_than_reports() -> None:
    many = [report(f"r{n:04}", person("Ada Holm", "envoy")) for n in range(300)]
    many += [report(f"s{n:04}", person("Holm")) for n in range(300)]
    assert len(link_entities(many)) == 599


def test_days_are_those_of_the_report_and_an_open_interval_is_none() -> None:
    wide = Publication(earliest=date(2031, 1, 1), latest=date(2033, 1, 1))
    full = analysis("r1", "Post", "", wide, entities=(Entity("e1", "Ada Holm", "person", (), ()),))
    assert one(full, report("r2", person("Holm"), day="2039-01-01"))
