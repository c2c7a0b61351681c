from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.corroborate import trace_origins
from onrecord.corroborate.origins import fold, fold_copies
from onrecord.record import Analysis, Claim, Copy, Entity, Origin, Way
from tests.corroborate.telling import WORDS, claim, person, relay, telling, untraced
from tests.records import analysis, attribution
from tests.records import given as published

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
    assert origins(POST) == [Origin(OFFICIAL, "anonymous_official", ("r1",), (Way("r1", "a1", "itself"),))]


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
    assert len(trace_origins(members, roots).ends) == 1


def test_unnamed_ones_who_told_two_outlets_are_two() -> None:
    assert len(origins(POST, telling("r2", "Kesland Herald", OFFICIAL))) == 2
    assert len(origins(POST, telling("r2", "Kesland Herald", "Radio Sarn", OFFICIAL))) == 2
    assert len(origins(telling("r1", None, OFFICIAL), telling("r2", None, OFFICIAL))) == 2


def test_two_relays_of_one_outlet_that_is_not_on_record_are_one() -> None:
    first, second = relay("r1", "Norvia Post", "Radio Sarn"), relay("r2", "Kesland Herald", "Radio Sarn")
    assert [o.name for o in origins(first, second)] == ["Radio Sarn"]
    cited = telling("r3", "Harbour Wire", "Radio Sarn", "an envoy")
    (found,) = origins(first, second, cited)
    assert (found.name, found.reports) == ("an envoy", ("r1", "r2", "r3"))
    assert [w.why for w in found.ways] == ["relay", "relay", "itself"]


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


def test_who_is_quoted_with_the_same_words_is_one_whatever_he_is_called() -> None:
    words = "“The road to Senn will stay shut until the snow has gone,” it was said"
    named = telling("r1", "Norvia Post", "Omar Teshk", class_="named_person", words=words)
    called = telling("r2", "Kesland Herald", "a governor of the province", words=words)
    assert len(origins(named, called)) == len(origins(called, named)) == 1
    said = telling("r3", "Kesland Herald", "a governor of the province")
    assert len(origins(named, said)) == 2


def test_the_witness_is_nobody_beside_one_who_is_named() -> None:
    named = person("r1", "Norvia Post", "Ilse Varrun")
    (found,) = origins(telling("r2", "Kesland Herald", "The witness", class_="anonymous_other"), named)
    assert found.name == "Ilse Varrun"
    assert len(origins(named, telling("r2", "Kesland Herald", "a witness from Senn", class_="anonymous_other"))) == 2
    assert len(origins(telling("r2", "Kesland Herald", "the witness", class_="anonymous_other"))) == 1


def test_an_office_or_a_lawyer_speaks_for_whose_it_is() -> None:
    teshk = person("r1", "Norvia Post", "Omar Teshk")
    for name in ("Mr Teshk’s office", "Teshk's lawyer", "Omar Teshk's chief spokesman"):
        assert len(origins(teshk, telling("r2", "Kesland Herald", name))) == 1
    assert len(origins(teshk, telling("r2", "Kesland Herald", "Ms Varrun's office"))) == 2


def test_two_unnamed_ones_whom_one_report_tells_apart_are_two() -> None:
    both = analysis(
        "r1",
        "Norvia Post",
        WORDS,
        published("2031-03-04"),
        attributions=(
            attribution("a1", WORDS, WORDS, speaker="an official of the port", class_="anonymous_official"),
            attribution("a2", WORDS, WORDS, speaker="a judge in Senn", class_="anonymous_official"),
        ),
    )
    assert len(origins(both)) == 2
    again = replace(both.attributions[1], speaker=replace(both.attributions[1].speaker, name="an official"))
    assert len(origins(replace(both, attributions=(both.attributions[0], again)))) == 1


def behind_closed_doors(report: Analysis) -> Analysis:
    return replace(report, attributions=(replace(report.attributions[0], channel="phone_call"),))


def test_of_what_was_said_behind_closed_doors_those_who_tell_of_it_are_the_origins() -> None:
    ours = behind_closed_doors(person("r1", "Norvia Post", "the Norvian ministry", "Omar Teshk"))
    theirs = behind_closed_doors(person("r2", "Kesland Herald", "the Kesland ministry", "Omar Teshk"))
    found = claim(ours, theirs)
    assert [o.name for o in found.origins] == ["the Norvian ministry", "the Kesland ministry"]
    assert found.author == "Omar Teshk"
    bare = behind_closed_doors(person("r3", "Harbour Wire", "Omar Teshk"))
    assert claim(ours, theirs, bare).independent == 2
    assert claim(bare).independent == 1
    public = person("r1", "Norvia Post", "the Norvian ministry", "Omar Teshk")
    assert [o.name for o in origins(public)] == ["Omar Teshk"]


def test_a_spokesperson_speaks_for_the_body() -> None:
    body = telling("r1", "Norvia Post", "Norvian foreign ministry", class_="named_organisation")
    spoken = holding("r2", "Ada Holm", "Norvia's foreign ministry spokeswoman")
    assert len(origins(body, spoken)) == len(origins(spoken, body)) == 1
    assert len(origins(body, holding("r2", "Ada Holm", "Kesland's foreign ministry spokeswoman"))) == 2


def holding(id: str, name: str, office: str) -> Analysis:
    report = person(id, "Kesland Herald", name)
    held = Entity("e1", name, "person", (office,), ())
    said = replace(report.attributions[0], speaker=replace(report.attributions[0].speaker, entity="e1"))
    return replace(report, entities=(held,), attributions=(said,))


def test_an_unnamed_one_of_whom_another_outlet_has_the_name_is_not_known_to_be_him() -> None:
    assert len(origins(POST, person("r2", "Kesland Herald", "Omar Teshk"))) == 2


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


def test_a_report_is_known_by_the_outlets_of_all_that_copying_joins() -> None:
    reports = {r.id: r for r in (telling("r1", None), telling("r2", "Post"), telling("r3", "Wire"), POST)}
    joined = [Copy("r2", "r3", "copy", 1.0)]
    assert fold_copies(reports, joined) == {
        "r1": ("Norvia Post",),
        "r2": ("Post", "Wire"),
        "r3": ("Post", "Wire"),
    }
    assert fold_copies({"r0": telling("r0", None)}, []) == {"r0": ("r0",)}


@pytest.mark.parametrize(("name", "folded"), [("The Post", "post"), ("an aide", "aide"), ("A", "a"), ("", "")])
def test_folded(name: str, folded: str) -> None:
    assert fold(name) == folded
