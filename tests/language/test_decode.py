from dataclasses import asdict, replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from onrecord.language.decode import Leaning, Reading, decode, distance_buckets
from onrecord.language.paths import Floats, Found
from onrecord.language.pieces import Window, find_windows
from onrecord.language.scores import DISTANCES, LINK_SIZE, ROLE_TAGS, ROLES, Scores, Tables
from tests.language.made import TABLES, made_pieces, made_scores

SURE = 12.0
NEVER = replace(TABLES, near=TABLES.near - 50)
NEAR = replace(TABLES, near=TABLES.near + 9)


def tagged(sure: float = SURE, **tags: str) -> Scores:
    """Scores of one window in which each role has the tags of its string, a letter a piece; all may link to all."""
    length = len(next(iter(tags.values())))
    roles = np.zeros((length, len(ROLES) * 4), dtype=np.float32)
    for n, role in enumerate(ROLES):
        for i, tag in enumerate(tags.get(role, "O" * length)):
            roles[i, 4 * n + ROLE_TAGS.index(tag)] = sure
    mentions = np.zeros((length, 7), dtype=np.float32)
    for i, number in enumerate(tags.get("mentions", "0" * length)):
        mentions[i, int(number)] = sure
    return made_scores(length, roles=roles, mentions=mentions)


def read(scores: Scores, tables: Tables = TABLES, leaning: Leaning | None = None) -> Reading:
    length = len(scores.roles)
    return decode(made_pieces(length), [Window(0, length, 0, length)], [scores], tables, leaning or Leaning())


def runs(found: Found | None) -> tuple[tuple[int, int], ...] | None:
    return found.runs if found else None


def test_no_windows_give_an_empty_reading() -> None:
    assert decode(made_pieces(0), [], [], TABLES, Leaning()) == Reading()


def test_a_content_is_read_with_its_source_and_its_cue() -> None:
    scores = tagged(content="BIIIOOOO", source="OOOOBIOO", cue="OOOOOOBO")
    (relation,) = read(scores, NEAR).relations
    assert (relation.content.runs, runs(relation.source), runs(relation.cue)) == (((0, 4),), ((4, 6),), ((6, 7),))
    assert 0.9 < relation.probability < 1


def test_a_further_piece_joins_the_content_before_it() -> None:
    scores = tagged(content="BIOORIOOB", source="OOBOOOOOO", cue="OOOBOOOOO")
    found = [r.content.runs for r in read(scores, NEAR).relations]
    assert found == [((0, 2), (4, 6)), ((8, 9),)]


def test_a_further_piece_with_nothing_near_before_it_stands_alone() -> None:
    first = read(tagged(content="RIO", source="OOB"), NEAR)
    assert [r.content.runs for r in first.relations] == [((0, 2),)]
    far = read(tagged(content="BI" + "O" * 129 + "RI", source="OOB" + "O" * 130), NEAR)
    assert [r.content.runs for r in far.relations] == [((0, 2),), ((131, 133),)]
    near = read(tagged(content="BI" + "O" * 128 + "RI", source="OOB" + "O" * 129), NEAR)
    assert [r.content.runs for r in near.relations] == [((0, 2), (130, 132))]


def test_an_inside_without_a_beginning_is_not_well_formed() -> None:
    # Taken alone, each of the first pieces is likeliest to be an inside; the path needs a beginning.
    scores = tagged(content="IIIOO", source="OOOOB", sure=3.0)
    scores.roles[0, 4 * 2 + ROLE_TAGS.index("B")] = 2.0
    (relation,) = read(scores, NEAR).relations
    assert relation.content.runs == ((0, 3),)


def test_a_mention_goes_on_only_with_its_own_type() -> None:
    found = read(tagged(content="OOOOOO", mentions="122034")).mentions
    assert [(m.runs, m.label) for m in found] == [(((0, 3),), "person"), (((4, 6),), "organisation")]
    broken = read(tagged(content="OOO", mentions="140", sure=3.0)).mentions
    assert [m.label for m in broken] in (["person"], ["organisation"])


def test_a_content_without_source_and_cue_is_none() -> None:
    assert read(tagged(content="BIIO")).relations == []
    assert read(tagged(content="BIIO", source="OOOB"), NEVER).relations == []


def test_a_leaning_to_no_source_parts_the_link() -> None:
    scores = tagged(content="BIOO", source="OOBO", cue="OOOB")
    (kept,) = read(scores, NEAR, Leaning(no_source=-20)).relations
    assert kept.source is None
    assert runs(kept.cue) == ((3, 4),)


def test_a_leaning_shows_and_hides_a_role() -> None:
    scores = tagged(content="BIOO", source="OOBO", sure=2.0)
    assert len(read(scores, NEAR).relations) == 1
    assert read(scores, NEAR, Leaning(content=-5)).relations == []
    assert read(scores, NEAR, Leaning(least=0.99)).relations == []


def test_a_new_content_costs_what_the_leaning_says() -> None:
    scores = tagged(content="BIIIIO", source="OOOOOB", sure=3.0)
    scores.roles[2, 4 * 2 + ROLE_TAGS.index("B")] = 4.0
    assert [r.content.runs for r in read(scores, NEAR).relations] == [((0, 2),), ((2, 5),)]
    assert [r.content.runs for r in read(scores, NEAR, Leaning(begin=2)).relations] == [((0, 5),)]


def test_the_link_vectors_choose_among_sources() -> None:
    scores = tagged(content="BIOOOOO", source="OOBOOOB", cue="OOOOBOO")
    scores.links[:2, :LINK_SIZE] = 1.0
    scores.links[6, 2 * LINK_SIZE : 3 * LINK_SIZE] = 1.0
    (relation,) = read(scores).relations
    assert runs(relation.source) == ((6, 7),)


def test_nearness_decides_between_like_sources() -> None:
    near = TABLES.near.copy()
    near[:, 1] = 5.0
    (relation,) = read(tagged(content="OOOBIOO", source="BOOOOBO", cue="OOOOOOO"), replace(TABLES, near=near)).relations
    assert runs(relation.source) == ((5, 6),)


def test_a_link_does_not_leave_its_window() -> None:
    windows = [Window(0, 4, 0, 4), Window(4, 8, 4, 8)]
    scores = [tagged(content="BIOO", source="OOOO"), tagged(content="OOOO", source="BIOO")]
    assert decode(made_pieces(windows[-1].end), windows, scores, NEAR, Leaning()).relations == []


def test_a_span_may_run_over_the_edge_of_a_core() -> None:
    windows = [Window(0, 8, 0, 5), Window(2, 10, 5, 10)]
    whole = {"content": "OOOBIIIIOO", "source": "OOBOOOOOOO"}
    scores = [tagged(SURE, **{k: v[w.start : w.end] for k, v in whole.items()}) for w in windows]
    (relation,) = decode(made_pieces(windows[-1].end), windows, scores, NEAR, Leaning()).relations
    assert (relation.content.runs, runs(relation.source)) == (((3, 8),), ((2, 3),))


def test_a_content_in_two_pieces_is_at_home_where_one_of_them_stands() -> None:
    # A long sentence stands between the pieces and fills a window of its own.
    windows = [Window(0, 135, 0, 135), Window(135, 256, 135, 256), Window(256, 510, 256, 510)]
    content = "O" * 120 + "B" + "I" * 9 + "O" * 126 + "RI" + "O" * 252
    source = "O" * 131 + "B" + "O" * 378
    scores = [tagged(content=content[w.start : w.end], source=source[w.start : w.end]) for w in windows]
    (relation,) = decode(made_pieces(windows[-1].end), windows, scores, NEAR, Leaning()).relations
    assert relation.content.runs == ((120, 130), (256, 258))
    assert runs(relation.source) == ((131, 132),)


spans = st.tuples(st.integers(0, 5000), st.integers(1, 400)).map(lambda s: Found(((s[0], s[0] + s[1]),), 1.0))


def bucket(left: Found, right: Found) -> int:
    (number,) = distance_buckets(left, [right]).tolist()
    return int(number)


@settings(deadline=None)
@given(spans, spans)
def test_a_distance_is_a_number_below_the_bound(left: Found, right: Found) -> None:
    overlap = left.start < right.end and right.start < left.end
    assert 0 <= bucket(left, right) < DISTANCES
    assert (bucket(left, right) == 0) == overlap
    if not overlap and right.end < left.start:
        assert bucket(left, right) == bucket(right, left) + 8


def test_a_distance_grows_with_the_gap() -> None:
    here = Found(((1000, 1010),), 1.0)
    gaps = [0, 1, 3, 7, 15, 31, 63, 500]
    ahead = distance_buckets(here, [Found(((1010 + gap, 1011 + gap),), 1.0) for gap in gaps])
    assert ahead.tolist() == [1, 2, 3, 4, 5, 6, 7, 7]


def any_scores(length: int, seed: int) -> Scores:
    draw = np.random.default_rng(seed)
    bare = asdict(made_scores(length))
    return Scores(**{name: draw.normal(0, 3, value.shape).astype(np.float32) for name, value in bare.items()})


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=12),
    st.integers(0, 2**32 - 1),
    arrays(np.float32, (2, DISTANCES), elements=st.floats(-3, 3, width=32)),
)
def test_any_scores_give_spans_in_order_and_the_same_twice(lengths: list[int], seed: int, near: Floats) -> None:
    pieces = made_pieces(sum(lengths), np.repeat(np.arange(len(lengths)), lengths))
    windows = find_windows(pieces.sentence, 60, 20)
    scores = [any_scores(w.end - w.start, seed + n) for n, w in enumerate(windows)]
    tables, leaning = replace(TABLES, near=near), Leaning(source=1.0, begin=0.5)
    reading = decode(pieces, windows, scores, tables, leaning)
    assert reading == decode(pieces, windows, scores, tables, leaning)
    edges = [edge for m in reading.mentions for edge in (m.start, m.end)]
    assert edges == sorted(edges)
    for relation in reading.relations:
        assert 0 < relation.probability < 1
        assert relation.source or relation.cue
        for found in filter(None, (relation.content, relation.source, relation.cue)):
            flat = [edge for run in found.runs for edge in run]
            assert flat == sorted(flat)
            assert 0 <= flat[0] < flat[-1] <= sum(lengths)
            assert all(a < b for a, b in found.runs)
    assert [n.start for n in reading.nodes] == [0, *(n.end for n in reading.nodes)][:-1]
    assert reading.nodes[-1].end == sum(lengths)
