import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from bench.plover import (
    Coded,
    count_marked,
    evenly,
    in_validated,
    map_type,
    overlap,
    pick_answer,
    places,
    read_ecbplus,
    read_plover,
    same_actor,
    score_marked,
    score_plover,
    show,
)
from onrecord.record import Analysis, Attribution, Event, EventType, Part, Publication, Span, Speaker

SENTENCE = "Velmark officials agreed on Monday to shut the Orsk border, and Tarrow thanked Velmark."


def at(text: str, *words: str) -> Part:
    return tuple(Span(text.index(w), text.index(w) + len(w)) for w in words)


def event(trigger: Part, type_: EventType = "AGREE", actors: str = "", recipients: str = "") -> Event:
    return Event(
        id=f"e{trigger}",
        type=type_,
        kind="deal",
        trigger=trigger,
        actors=tuple(actors.split(", ")) if actors else (),
        recipients=tuple(recipients.split(", ")) if recipients else (),
        intermediaries=(),
        place=None,
        contact=None,
        when=None,
        status="happened",
        within=None,
        evidence=(),
        confidence=0.5,
    )


def coded(
    types: tuple[str, ...] = ("AGREE",),
    sources: tuple[str, ...] = (),
    targets: tuple[str, ...] = (),
    mutual: bool = False,
) -> Coded:
    return Coded(SENTENCE, places(SENTENCE, "agreed shut border"), types, sources, targets, mutual)


def packed(path: Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode()))


@pytest.mark.parametrize(
    ("name", "words", "types"),
    [
        ("AGREE", "agreed", ("AGREE",)),
        ("DEMAND", "demanded", ("REQUEST",)),
        ("INVESTIGATE", "opened inquiry", ("ACCUSE",)),
        ("DISAPPROVE", "denounced", ("ACCUSE",)),
        ("DISAPPROVE", "jailed for spying", ("ACCUSE", "COERCE")),
        ("FIGHT", "shelled", ("ASSAULT",)),
        ("FIGHT", "captured fort", ("ASSAULT", "COERCE")),
        ("FIGHT", "closed borders", ("SANCTION", "COERCE")),
        ("CONCEDE", "accepted demands", ("CONCEDE",)),
        ("CONCEDE", "lifted curfew", ("RETREAT",)),
        ("RETREAT", "withdrew", ("RETREAT",)),
        ("RETREAT", "resigned", ("CONCEDE",)),
        ("AGREE", "agreed to resign", ("AGREE",)),
        ("COERCE", "arrested", ("COERCE",)),
        ("COERCE", "kidnapped", ("ASSAULT",)),
        ("SANCTION", "imposed sanctions", ("SANCTION", "COERCE")),
    ],
)
def test_types_of_2016_are_those_of_2021(name: str, words: str, types: tuple[str, ...]) -> None:
    assert map_type(name, words) == types


def test_words_are_found_whole_and_in_order() -> None:
    text = "To reset talks, Tarrow set up talks."
    found = places(text, "Set up missing talks")
    assert [text[a:b] for a, b in found] == ["set", "up", "talks"]
    assert found[0][0] == text.index("set up")
    assert found[-1][0] == text.rindex("talks")


def test_stretches_that_only_touch_do_not_overlap() -> None:
    assert overlap([(0, 3), (6, 9)], [(3, 6), (9, 12)]) == 0
    assert overlap([(0, 4), (1, 2)], [(3, 6), (9, 12)]) == 1


@pytest.mark.parametrize(
    ("gold", "name", "same"),
    [
        ("Velmark", "Velmark officials", True),
        ("Velmark's", "the Velmark government", True),
        ("Velmark Finance Minister Ada Orsk", "Orsk", True),
        ("Velmark Finance Minister Ada Orsk", "Ada Orsk of Tarrow", True),
        ("Orsk Liberation Front (OLF)", "the Orsk Liberation Front", True),
        ("Hungarian", "officials of Hungary", True),
        ("U.S. negotiators", "Washington", True),
        ("the United States", "US officials", True),
        ("Velmark", "Tarrow", False),
        ("Velmark police", "Velmark protesters", False),
        ("Hungarian police", "Hungarian protesters", False),
        ("Hungarian", "Romania", False),
        ("Velmark", "the", False),
        ("the", "the", False),
        ("Ada Orsk", "Orskland", False),
    ],
)
def test_names_of_an_actor(gold: str, name: str, same: bool) -> None:
    assert same_actor(gold, name) is same


def test_the_answer_has_most_of_the_words_and_is_the_first_among_equals() -> None:
    words = places(SENTENCE, "agreed shut border")
    thanked, shut, agreed = (event(at(SENTENCE, *w)) for w in (["thanked"], ["shut"], ["agreed"]))
    both = event(at(SENTENCE, "shut", "border"))
    assert pick_answer([thanked, shut, agreed], words) == agreed
    assert pick_answer([agreed, both], words) == both
    assert pick_answer([event(at(SENTENCE, "thanked")), event(at(SENTENCE, "on"))], words) == event(at(SENTENCE, "on"))
    assert pick_answer([], words) is None


def test_coded_sentences_are_scored_by_type_trigger_and_actors() -> None:
    right = event(at(SENTENCE, "agreed"), "AGREE", "Velmark officials", "Orsk")
    astray = event(at(SENTENCE, "thanked"), "SUPPORT", "Tarrow", "Velmark")
    gold = coded(sources=("Velmark", "Orsk"), targets=("Orsk",))
    found = score_plover(
        [(gold, [right, astray]), (gold, [astray]), (gold, []), (coded(("ACCUSE", "SUPPORT")), [astray])]
    )
    assert (found["records"], found["type"], found["trigger_found"]) == (4, 0.5, 0.25)
    assert (found["actor"], found["recipient"]) == (round(1 / 6, 4), round(1 / 3, 4))
    assert found["by_type"] == {
        "ACCUSE": {"accuracy": 1.0, "count": 1},
        "AGREE": {"accuracy": round(1 / 3, 4), "count": 3},
    }
    assert {(c["gold"], c["given"], c["count"]) for c in found["confusion"]} == {
        ("AGREE", "SUPPORT", 1),
        ("AGREE", "no event", 1),
    }


def test_either_side_may_be_the_actor_where_both_are() -> None:
    made = event(at(SENTENCE, "agreed"), "AGREE", "Velmark", "Tarrow")
    pair = ("Velmark", "Tarrow")
    assert score_plover([(coded(sources=pair, mutual=True), [made])])["actor"] == 1
    assert score_plover([(coded(sources=pair), [made])])["actor"] == 0.5


def test_coded_sentences_are_read(tmp_path: Path) -> None:
    base = {"eventText": "agreed", "text": SENTENCE, "source": [{"actorText": "Velmark"}], "textInfo": {"markup": ""}}
    pair = [{"actorText": "Velmark"}, {"actorText": "Tarrow"}]
    rows = [
        {"event": "DOCUMENT", "eventText": "about this file"},
        base | {"event": "DEMAND", "target": [{"actorText": "Orsk"}]},
        base | {"event": "AGREE", "source": pair, "target": "diplomatic"},
        base | {"event": "AID", "eventText": "gratitude", "textInfo": {"markup": "Tarrow (EVT: thanked) Velmark"}},
        base | {"event": "AID", "eventText": "gratitude", "textInfo": "(EVT: shut} the border"},
    ]
    packed(tmp_path / "p.json.gz", json.dumps(rows))
    one, two, three, four = read_plover(tmp_path / "p.json.gz")
    assert (one.types, one.sources, one.targets, one.mutual) == (("REQUEST",), ("Velmark",), ("Orsk",), False)
    assert (two.sources, two.targets, two.mutual) == (("Velmark", "Tarrow"), (), True)
    found = [[SENTENCE[a:b] for a, b in c.words] for c in (one, three, four)]
    assert found == [["agreed"], ["thanked"], ["shut"]]


TEXT = "Tarrow , May 4\nThe ferry sank , Orsk said .\nCrews gave up ."


def ecbplus(folder: Path) -> None:
    sents = [[i, line] for i, line in enumerate(TEXT.split("\n"))]
    reports = [{"doc": d, "split": s, "validated": [2, 1], "sents": sents} for d, s in (("a", "dev"), ("b", "train"))]
    rows: list[tuple[str, int, list[int], str, str]] = [
        ("a", 1, [2], "sank", "ACTION_OCCURRENCE"),
        ("a", 1, [5], "said", "ACTION_REPORTING"),
        ("a", 2, [1, 2], "up", "NEG_ACTION_STATE"),
        ("a", 2, [0, 3], "part of a token", "ACTION_STATE"),
        ("a", 0, [0], "Tarrow", "ACTION_STATE"),
        ("b", 1, [1], "ferry", "ACTION_STATE"),
    ]
    events = [{"doc": d, "sent": s, "tok": t, "head": h, "type": k} for d, s, t, h, k in rows]
    for name, lines in (("reports", reports), ("events", events)):
        packed(folder / f"{name}.jsonl.gz", "\n".join(map(json.dumps, lines)) + "\n")


def analysis(events: tuple[Event, ...], cue: Part = ()) -> Analysis:
    said = Attribution(
        id="a1",
        content=(),
        cue=cue,
        source=(),
        speaker=Speaker(None, None, "unspecified", None),
        chain=(),
        within=None,
        addressee=None,
        channel="unspecified",
        quote="indirect",
        polarity="affirmed",
        modality="asserted",
        said=None,
        confidence=0.5,
    )
    return Analysis(
        id="r",
        key="r",
        url=None,
        outlet=None,
        author=None,
        title=None,
        language=None,
        text=TEXT,
        noise=(),
        published=Publication(),
        entities=(),
        timexes=(),
        attributions=(said,),
        events=events,
    )


def test_marked_reports_are_read_with_offsets(tmp_path: Path) -> None:
    ecbplus(tmp_path)
    (report,) = read_ecbplus(tmp_path, "dev")
    assert report.text == TEXT
    assert [TEXT[a:b] for a, b in report.validated] == TEXT.split("\n")[1:]
    assert [TEXT[slice(*m.head)] for m in report.mentions] == ["sank", "said", "up", "."]
    assert [TEXT[a:b] for a, b in report.mentions[2].tokens] == ["gave", "up"]


def test_marked_events_are_found_by_their_heads(tmp_path: Path) -> None:
    ecbplus(tmp_path)
    (report,) = read_ecbplus(tmp_path, "dev")
    # "gave" is of a mention, not its head; "ferry" is none; "May" stands where not all is marked.
    events = tuple(event(at(TEXT, w)) for w in ("sank", "gave", "ferry", "May"))
    found = score_marked(count_marked(report, analysis(events, at(TEXT, "said"))))
    assert (found["reports"], found["mentions"], found["events"]) == (1, 4, 3)
    assert (found["trigger_recall"], found["trigger_recall_all"]) == (round(1 / 3, 4), 0.25)
    assert found["trigger_precision"] == round(2 / 3, 4)
    assert found["reporting_recall"] == 1
    assert found["by_type"]["ACTION_REPORTING"] == {"recall": 0.0, "count": 1}
    assert found["by_type"]["ACTION_OCCURRENCE"] == {"recall": 1.0, "count": 1}


def test_a_reporting_verb_may_be_an_event_instead(tmp_path: Path) -> None:
    ecbplus(tmp_path)
    (report,) = read_ecbplus(tmp_path, "dev")
    found = score_marked(count_marked(report, analysis((event(at(TEXT, "said")),))))
    assert (found["reporting_recall"], found["trigger_recall"], found["trigger_recall_all"]) == (1, 0, 0.25)
    assert score_marked(count_marked(report, analysis(())))["reporting_recall"] == 0


def test_nothing_found_and_nothing_given_score_zero() -> None:
    assert score_marked(Counter())["trigger_precision"] == 0
    assert score_plover([])["type"] == 0


def test_a_sample_shows_the_trigger_in_its_sentence(tmp_path: Path) -> None:
    ecbplus(tmp_path)
    (report,) = read_ecbplus(tmp_path, "dev")
    made = event(at(TEXT, "gave", "up"), "RETREAT", "Crews")
    ((sentence, found),) = in_validated(report, [made, event(at(TEXT, "May"))])
    shown = "Crews [[gave]] [[up]] .\n    RETREAT, deal: Crews > - (happened)"
    assert show(TEXT, sentence, found) == shown


def test_a_sample_is_spread_evenly() -> None:
    assert evenly(list("abcdef"), 3) == ["a", "c", "e"]
    assert evenly(list("ab"), 3) == ["a", "b"]
    assert evenly(list("ab"), 0) == []
