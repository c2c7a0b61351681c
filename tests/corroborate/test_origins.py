from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.corroborate import trace_origins
from onrecord.corroborate.origins import fold, fold_copies
from onrecord.record import Analysis, Claim, Copy, Origin
from tests.corroborate.telling import claim, person, relay, telling, untraced

OFFICIAL = "a Kesland official"
POST = telling("r1", "Norvia Post", OFFICIAL)

# Reports of one claim, each by another outlet, and with what each of them brings.
TELLINGS = [
    telling("t1", "Norvia Post", OFFICIAL),
    telling("t2", "Kesland Herald", "two officials"),
    telling("t3", "Harbour Wire", "Radio Sarn", "an envoy"),
    telling("t4", None, "a clerk"),
    person("t5", "Quay News", "Ilse Varrun"),
    person("t6", "Evening Lamp", "Quay News", "Omár Teshk"),
    telling("t7", "Grain Courier", "the harbour log", class_="document"),
    telling("t8", "Salt Review", "Kesland Foreign Ministry", class_="named_organisation"),
]
SETS = st.lists(st.sampled_from(TELLINGS), unique_by=lambda t: t.id, min_size=1)


def origins(*reports: Analysis, copies: tuple[Copy, ...] = ()) -> list[Origin]:
    found = claim(*reports, copies=copies)
    assert found.independent == len(found.origins)
    return list(found.origins)


def test_one_report_has_the_origin_that_it_names() -> None:
    assert origins(POST) == [Origin(OFFICIAL, "anonymous_official", ("r1",))]


@pytest.mark.parametrize(
    "second",
    [
        telling("r2", "Kesland Herald", "Norvia Post", "an official of Kesland"),
        telling("r2", "Kesland Herald", "the Norvia Post newspaper", OFFICIAL),
        telling("r2", "Kesland Herald", "Norvia Post (Ada Holm)", OFFICIAL),
        relay("r2", "Kesland Herald", "the Norvia Post"),
        telling("r2", "Norvia Post", "an official"),
    ],
)
def test_who_relays_an_origin_adds_none(second: Analysis) -> None:
    (origin,) = origins(POST, second)
    assert origin.reports == ("r1", "r2")
    assert origins(second, POST)[0].reports == ("r2", "r1")


def test_a_copy_adds_none_though_it_calls_the_source_otherwise() -> None:
    second = telling("r2", "Kesland Herald", "an official who asked not to be named")
    assert len(origins(POST, second)) == 2
    (origin,) = origins(POST, second, copies=(Copy("r1", "r2", "rewrite", 0.2),))
    assert origin.reports == ("r1", "r2")


def test_copies_of_a_report_that_is_not_of_the_claim_have_one_origin() -> None:
    reports = {r.id: r for r in (untraced("r0", "Radio Sarn"), POST, telling("r2", "Kesland Herald", "an aide"))}
    roots = fold_copies(reports, [Copy("r0", "r1", "copy", 1.0), Copy("r0", "r2", "copy", 1.0)])
    members = [(reports[r], reports[r].attributions[0]) for r in ("r1", "r2")]
    assert len(trace_origins(members, roots)[0]) == 1


def test_unnamed_ones_who_told_two_outlets_are_two() -> None:
    assert len(origins(POST, telling("r2", "Kesland Herald", OFFICIAL))) == 2
    assert len(origins(POST, telling("r2", "Kesland Herald", "Radio Sarn", OFFICIAL))) == 2
    assert len(origins(telling("r1", None, OFFICIAL), telling("r2", None, OFFICIAL))) == 2


def test_two_relays_of_one_outlet_that_is_not_on_record_are_one() -> None:
    first, second = relay("r1", "Norvia Post", "Radio Sarn"), relay("r2", "Kesland Herald", "Radio Sarn")
    assert [o.name for o in origins(first, second)] == ["Radio Sarn"]
    cited = telling("r3", "Harbour Wire", "Radio Sarn", "an envoy")
    assert origins(first, second, cited) == [Origin("an envoy", "anonymous_official", ("r1", "r2", "r3"))]


def test_a_name_is_one_whoever_writes_it() -> None:
    written = [
        person("r1", "Norvia Post", "Ilse Várrun"),
        person("r2", "Kesland Herald", "Radio Sarn", "Ilse Varrun"),
        person("r3", "Harbour Wire", "Varrun"),
    ]
    assert len(origins(*written)) == 1
    assert len(origins(written[0], person("r4", "Quay News", "Omar Teshk"))) == 2


def test_a_short_name_never_makes_two_full_ones_one() -> None:
    both = person("r1", "Norvia Post", "Ilse Varrun"), person("r2", "Kesland Herald", "Omar Varrun")
    assert len(origins(*both)) == len(origins(*both, person("r3", "Harbour Wire", "Varrun"))) == 2


def test_what_states_no_source_is_untraced_and_counts_for_none() -> None:
    found = claim(untraced("r1", "Norvia Post"), untraced("r2", "Kesland Herald"), untraced("r2", "Kesland Herald"))
    assert (found.origins, found.independent, found.untraced) == ((), 0, ("r1", "r2"))
    assert claim(untraced("r2", "Kesland Herald"), POST).untraced == ("r2",)


def test_a_report_that_states_its_source_once_is_traced() -> None:
    loose, told = untraced("r1", "Norvia Post").attributions[0], replace(POST.attributions[0], id="a2")
    found = claim(replace(POST, attributions=(loose, told)))
    assert (found.untraced, found.independent) == ((), 1)


@settings(deadline=None)
@given(SETS, st.data())
def test_a_copy_or_a_relay_never_adds_an_origin(reports: list[Analysis], data: st.DataObject) -> None:
    of = data.draw(st.sampled_from(reports))
    source = of.attributions[0]
    outlet = of.outlet or "nobody's"
    copied = replace(of, id="z1", outlet="Late Post")
    loose = replace(source, chain=(outlet, *source.chain))
    relayed = replace(of, id="z2", outlet="Late Post", attributions=(loose,))
    copies = (Copy(of.id, "z1", "copy", 1.0),)
    before = claim(*reports)
    assert claim(*reports, copied, copies=copies).independent == before.independent
    if of.outlet:
        assert claim(*reports, relayed).independent == before.independent
        assert claim(*reports, relay("z3", "Late Post", of.outlet)).independent == before.independent


@settings(deadline=None)
@given(SETS)
def test_a_report_with_its_own_origin_adds_one(reports: list[Analysis]) -> None:
    before = claim(*reports).independent
    assert before == len(reports)
    assert claim(*reports, person("z1", "Late Post", "Ina Sorel")).independent == before + 1
    assert claim(*reports, telling("z1", "Late Post", OFFICIAL)).independent == before + 1
    assert claim(*reports, untraced("z1", "Late Post")).independent == before


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from([*TELLINGS, relay("t9", "Late Post", "Norvia Post"), person("t0", "Late Post", "Varrun")]),
        unique_by=lambda t: t.id,
        min_size=1,
    ),
    st.integers(0, 99),
)
def test_the_order_of_the_reports_changes_nothing(reports: list[Analysis], seed: int) -> None:
    shuffled = list(reports)
    random.Random(seed).shuffle(shuffled)
    assert _in_no_order(claim(*shuffled)) == _in_no_order(claim(*reports))


def _in_no_order(found: Claim) -> set[tuple[str, str, frozenset[str]]]:
    return {(o.name, o.class_, frozenset(o.reports)) for o in found.origins}


def test_roots_are_the_first_outlet_of_all_that_copying_joins() -> None:
    reports = {r.id: r for r in (telling("r1", None), telling("r2", "Post"), telling("r3", "Wire"), POST)}
    joined = [Copy("r2", "r3", "copy", 1.0)]
    assert fold_copies(reports, joined) == {"r1": "Norvia Post", "r2": "Post", "r3": "Post"}
    assert fold_copies({"r0": telling("r0", None)}, []) == {"r0": "r0"}


@pytest.mark.parametrize(("name", "folded"), [("The Post", "post"), ("an aide", "aide"), ("A", "a"), ("", "")])
def test_folded(name: str, folded: str) -> None:
    assert fold(name) == folded
