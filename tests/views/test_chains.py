from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from onrecord.record import Analysis, AttributionMember, Claim, Copy, Doubt, OnrecordError, Origin, Record, Way
from onrecord.views.chains import CAUTION, ClaimTree, Step, explain_claim, list_edges
from tests.records import RECORD, analysis, attribution, entry, given, part

WIRE = "Port Ister will shut in May, Radio Sarn reported, citing an aide."
POST = "“The port will shut in May,” Ilse Varrun said in Senn. She told Omar Teshk of it. Radio Sarn was told first."
COPY = "The port will shut in May. “The port will shut in May,” Varrun said."


def wire() -> Analysis:
    outer = attribution(
        "a1",
        WIRE,
        "Port Ister will shut in May",
        speaker="Radio Sarn",
        class_="outlet",
        source=part(WIRE, "Radio Sarn"),
        cue=part(WIRE, "reported"),
    )
    inner = attribution(
        "a2",
        WIRE,
        "Port Ister will shut in May",
        speaker="an aide",
        class_="anonymous_official",
        chain=("Radio Sarn", "an aide"),
        within="a1",
        source=part(WIRE, "an aide"),
        cue=part(WIRE, "citing"),
    )
    return analysis("r1", "Harbour Wire", WIRE, given("2031-05-02"), attributions=(outer, inner))


def post(id: str = "r2", outlet: str | None = "Norvia Post", **fields: Any) -> Analysis:
    plain = {"source": part(POST, "Ilse Varrun"), "cue": part(POST, "said")}
    said = attribution("a1", POST, "“The port will shut in May,”", speaker="Ilse Varrun", **plain | fields)
    return analysis(id, outlet, POST, given("2031-05-03"), attributions=(said,))


def copy() -> Analysis:
    nobody = attribution("a1", COPY, "The port will shut in May", speaker=None, class_="unspecified")
    said = attribution(
        "a2",
        COPY,
        "“The port will shut in May,”",
        speaker="Varrun",
        source=part(COPY, "Varrun"),
        cue=part(COPY, "said"),
    )
    return analysis("r3", "Quay News", COPY, given("2031-05-04"), attributions=(nobody, said))


AIDE = Origin("an aide", "anonymous_official", ("r1",), (Way("r1", "a2", "itself"),))
VARRUN = Origin("Ilse Varrun", "named_person", ("r2",), (Way("r2", "a1", "itself"),))
BOTH = Origin("Ilse Varrun", "named_person", ("r2", "r3"), (*VARRUN.ways, Way("r3", "a2", "name")))


def explain(
    reports: Sequence[Analysis], *origins: Origin, copies: tuple[Copy, ...] = (), **fields: Any
) -> tuple[ClaimTree, dict[str, Sequence[Step]]]:
    """The tree of the reports' one claim, and the steps of the last telling of each report."""
    plain: dict[str, Any] = {"untraced": (), "author": "Ilse Varrun", "confidence": 0.9}
    members = tuple(AttributionMember(a.id, x.id) for a in reports for x in a.attributions)
    claim = Claim(
        id="c-1",
        text="The port will shut in May",
        members=members,
        origins=origins,
        independent=len(origins),
        **plain | fields,
    )
    record = Record(reports=tuple(map(entry, reports)), analyses=tuple(reports), claims=(claim,), copies=copies)
    tree = explain_claim(record, "c-1")
    branches = [*(b for origin in tree.origins for b in origin.reports), *tree.untraced]
    return tree, {b.report: b.tellings[-1].steps for b in branches}


def shown(steps: Sequence[Step]) -> list[tuple[str, list[str]]]:
    return [(step.says, [e.quote for e in step.proof]) for step in steps]


def test_the_root_words_what_stands_behind_the_claim() -> None:
    tree, _ = explain([wire(), post(), copy()], AIDE, BOTH)
    assert (tree.text, tree.author) == ("The port will shut in May", "Ilse Varrun")
    assert tree.standing == "3 reports, 2 traced origins"
    assert [(o.name, o.class_words) for o in tree.origins] == [
        ("an aide (unnamed)", "unnamed official"),
        ("Ilse Varrun", "named person"),
    ]


def test_each_link_is_proved_by_the_words_of_its_own_layer() -> None:
    _, steps = explain([wire()], AIDE)
    assert shown(steps["r1"]) == [
        ("from Radio Sarn", ["Radio Sarn reported"]),
        ("from an aide", ["citing an aide"]),
    ]


def test_a_link_without_a_layer_is_proved_by_the_one_that_brings_it_and_the_place_that_names_it() -> None:
    _, steps = explain([post(chain=("Radio Sarn", "Ilse Varrun"))], VARRUN)
    assert shown(steps["r2"])[0] == ("from Radio Sarn", ["Ilse Varrun said … Radio Sarn"])


def test_a_pronoun_is_proved_by_the_name_that_it_stands_for() -> None:
    _, steps = explain([post(source=part(POST, "She"), cue=part(POST, "told"))], VARRUN)
    assert shown(steps["r2"]) == [("from Ilse Varrun", ["Ilse Varrun … She told"])]


def test_every_proof_is_verbatim() -> None:
    reports = [wire(), post(chain=("Radio Sarn", "Ilse Varrun")), copy()]
    texts = {a.id: a.text for a in reports}
    for steps in explain(reports, AIDE, BOTH, copies=(Copy("r2", "r3", "copy", 0.9),))[1].values():
        for e in (e for step in steps for e in step.proof):
            assert e.quote == " … ".join(texts[e.report][a:b] for a, b in e.spans)


def test_behind_the_origin_stands_whose_words_it_tells() -> None:
    ministry = Origin("The Norvian Ministry", "named_organisation", ("r2",), (Way("r2", "a1", "itself"),))
    chain = ("the Norvian ministry", "Ilse Varrun")
    _, steps = explain([post(chain=chain, addressee="Omar Teshk", channel="phone_call")], ministry)
    assert [s.says for s in steps["r2"]] == [
        "from the Norvian ministry",
        "telling what Ilse Varrun said to Omar Teshk by phone",
    ]


def test_a_body_s_own_report_is_its_word() -> None:
    ministry = Origin("Norvian Ministry", "named_organisation", ("r2",), (Way("r2", "a1", "itself"),))
    _, steps = explain([post(outlet="Norvian Ministry")], ministry)
    assert [s.says for s in steps["r2"]] == [
        "from Norvian Ministry itself, whose own report it is",
        "telling what Ilse Varrun said",
    ]


def test_a_copy_is_shown_beside_its_model() -> None:
    _, steps = explain([post(), copy()], BOTH, copies=(Copy("r2", "r3", "rewrite", 0.64),))
    assert shown(steps["r3"]) == [
        ("from Varrun", ["Varrun said"]),
        (
            "takes over the words of Norvia Post, 3 May 2031 (rewrite, 64% of the shorter report)",
            ["“The port will shut in May,”", "“The port will shut in May,”"],
        ),
        ("the same, named otherwise", ["Ilse Varrun said"]),
    ]
    assert len(steps["r2"]) == 1


@pytest.mark.parametrize(
    ("why", "reason"),
    [
        ("body", "speaks for it"),
        ("outlet", "the same outlet was told"),
        ("words", "quoted with the same words"),
        ("relay", "Varrun had it from there"),
        ("description", "the report says no more of whom it means"),
        ("author", "said behind closed doors, of which that one tells"),
    ],
)
def test_why_a_report_counts_for_an_origin_that_it_does_not_name_is_said_last(why: Any, reason: str) -> None:
    origin = Origin("Ilse Varrun", "named_person", ("r2", "r3"), (Way("r2", "a1", "itself"), Way("r3", "a2", why)))
    _, steps = explain([post(), copy()], origin)
    assert steps["r3"][-1].says == reason
    assert [e.report for e in steps["r3"][-1].proof] == ["r2"]


def test_a_name_that_is_the_same_needs_no_reason() -> None:
    origin = Origin("the Ilse Varrun", "named_person", ("r2",), (Way("r2", "a1", "name"),))
    assert [s.says for s in explain([post()], origin)[1]["r2"]] == ["from Ilse Varrun"]


def test_who_told_an_outlet_that_is_cited_proves_that_it_had_it_from_there() -> None:
    cited = attribution("a1", COPY, "The port will shut in May", speaker="Radio Sarn", class_="outlet")
    relay = analysis("r3", "Quay News", COPY, given("2031-05-04"), attributions=(cited,))
    ways = (Way("r2", "a1", "itself"), Way("r1", "a2", "outlet"), Way("r3", "a1", "relay"))
    _, steps = explain([wire(), post(), relay], Origin("an aide", "anonymous_official", ("r1", "r2", "r3"), ways))
    assert shown(steps["r3"])[-1] == ("Radio Sarn had it from there", ["citing an aide"])


def test_reports_that_do_not_say_are_quoted_with_what_they_take_over() -> None:
    nobody = replace(copy(), attributions=copy().attributions[:1])
    tree, steps = explain([post(), nobody], VARRUN, untraced=("r3",), copies=(Copy("r2", "r3", "copy", 1.0),))
    assert [t.words.quote for b in tree.untraced for t in b.tellings] == ["The port will shut in May"]
    says = "takes over the words of Norvia Post, 3 May 2031 (copy, 100% of the shorter report)"
    assert [s.says for s in steps["r3"]] == [says]


def test_reports_of_one_label_are_told_apart_by_their_keys() -> None:
    origin = Origin("Ilse Varrun", "named_person", ("r2", "r4"), (Way("r2", "a1", "itself"), Way("r4", "a1", "name")))
    tree, _ = explain([post(), post("r4")], origin)
    assert [b.label for b in tree.origins[0].reports] == [
        "Norvia Post, 3 May 2031 (r2-key)",
        "Norvia Post, 3 May 2031 (r4-key)",
    ]


def test_what_would_lower_the_number_is_said_with_what_would_be_left() -> None:
    tree, _ = explain([wire(), post()], AIDE, VARRUN, doubts=(Doubt("unnamed", ("an aide", "Ilse Varrun"), 1),))
    assert tree.doubts == ("an aide and Ilse Varrun are not named and could be one: then 1 traced origin",)
    assert tree.caution == CAUTION


def test_an_origin_that_says_no_ways_still_has_its_reports() -> None:
    tree = explain_claim(RECORD, "m1")
    assert [b.label for o in tree.origins for b in o.reports] == [
        "Norvia Post, 4 March 2031",
        "Kesland Herald, 5 March 2031",
    ]


def test_edges_are_rows_with_offsets_of_their_words() -> None:
    rows = list_edges(explain([wire()], AIDE)[0])
    assert [(r.origin, r.step, r.words) for r in rows] == [
        ("an aide (unnamed)", "holds the claim", "Port Ister will shut in May"),
        ("an aide (unnamed)", "from Radio Sarn", "Radio Sarn reported"),
        ("an aide (unnamed)", "from an aide", "citing an aide"),
    ]
    assert [WIRE[r.start : r.end] for r in rows] == [r.words for r in rows]


def test_the_beginning_of_an_id_is_enough_where_it_is_one_claim_s() -> None:
    assert explain_claim(RECORD, "m2").id == "m2"
    with pytest.raises(OnrecordError, match=r'give more of the one you mean: m2 \("Norvia will close .* m1 \('):
        explain_claim(RECORD, "m")
    with pytest.raises(OnrecordError, match=r"`onrecord show RECORD claims` prints"):
        explain_claim(RECORD, "c-9")
