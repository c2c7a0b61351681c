import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from onrecord.language.decode import (
    DISTANCES,
    LINK_SIZE,
    ROLE_TAGS,
    ROLES,
    Floats,
    Found,
    Leaning,
    Linker,
    Reading,
    Scores,
    calibrated,
    decode,
    distance_bucket,
    softmax,
)
from onrecord.language.pieces import Window, find_windows

SURE = 12.0
NO_LINKER = Linker(np.zeros((2, DISTANCES), dtype=np.float32), np.zeros((2, LINK_SIZE), dtype=np.float32))
NEVER = Linker(NO_LINKER.near - 50, NO_LINKER.none)


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
    return Scores(roles, mentions, np.zeros((length, 4 * LINK_SIZE), dtype=np.float32))


def read(scores: Scores, linker: Linker = NO_LINKER, leaning: Leaning | None = None) -> Reading:
    length = len(scores.roles)
    return decode([Window(0, length, 0, length)], [scores], linker, leaning or Leaning())


def runs(found: Found | None) -> tuple[tuple[int, int], ...] | None:
    return found.runs if found else None


def test_no_windows_give_an_empty_reading() -> None:
    assert decode([], [], NO_LINKER, Leaning()) == Reading()


def test_a_content_is_read_with_its_source_and_its_cue() -> None:
    scores = tagged(content="BIIIOOOO", source="OOOOBIOO", cue="OOOOOOBO")
    linker = Linker(NO_LINKER.near + 5, NO_LINKER.none)
    (relation,) = read(scores, linker).relations
    assert (relation.content.runs, runs(relation.source), runs(relation.cue)) == (((0, 4),), ((4, 6),), ((6, 7),))
    assert 0.9 < relation.probability < 1


def test_a_further_piece_joins_the_content_before_it() -> None:
    scores = tagged(content="BIOORIOOB", source="OOBOOOOOO", cue="OOOBOOOOO")
    found = [r.content.runs for r in read(scores, Linker(NO_LINKER.near + 5, NO_LINKER.none)).relations]
    assert found == [((0, 2), (4, 6)), ((8, 9),)]


def test_a_further_piece_with_nothing_near_before_it_stands_alone() -> None:
    linker = Linker(NO_LINKER.near + 5, NO_LINKER.none)
    first = read(tagged(content="RIO", source="OOB"), linker)
    assert [r.content.runs for r in first.relations] == [((0, 2),)]
    far = read(tagged(content="BI" + "O" * 129 + "RI", source="OOB" + "O" * 130), linker)
    assert [r.content.runs for r in far.relations] == [((0, 2),), ((131, 133),)]
    near = read(tagged(content="BI" + "O" * 128 + "RI", source="OOB" + "O" * 129), linker)
    assert [r.content.runs for r in near.relations] == [((0, 2), (130, 132))]


def test_an_inside_without_a_beginning_is_not_well_formed() -> None:
    # Taken alone, each of the first pieces is likeliest to be an inside; the path needs a beginning.
    scores = tagged(content="IIIOO", source="OOOOB", sure=3.0)
    scores.roles[0, 4 * 2 + ROLE_TAGS.index("B")] = 2.0
    (relation,) = read(scores, Linker(NO_LINKER.near + 5, NO_LINKER.none)).relations
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
    linker = Linker(NO_LINKER.near + 2, NO_LINKER.none)
    (kept,) = read(scores, linker, Leaning(no_source=-5)).relations
    assert kept.source is None
    assert runs(kept.cue) == ((3, 4),)


def test_a_leaning_shows_and_hides_a_role() -> None:
    scores = tagged(content="BIOO", source="OOBO", sure=2.0)
    linker = Linker(NO_LINKER.near + 5, NO_LINKER.none)
    assert len(read(scores, linker).relations) == 1
    assert read(scores, linker, Leaning(content=-5)).relations == []
    assert read(scores, linker, Leaning(least=0.99)).relations == []


def test_a_new_content_costs_what_the_leaning_says() -> None:
    scores = tagged(content="BIIIIO", source="OOOOOB", sure=3.0)
    scores.roles[2, 4 * 2 + ROLE_TAGS.index("B")] = 4.0
    linker = Linker(NO_LINKER.near + 5, NO_LINKER.none)
    assert [r.content.runs for r in read(scores, linker).relations] == [((0, 2),), ((2, 5),)]
    assert [r.content.runs for r in read(scores, linker, Leaning(begin=2)).relations] == [((0, 5),)]


def test_the_link_vectors_choose_among_sources() -> None:
    scores = tagged(content="BIOOOOO", source="OOBOOOB", cue="OOOOBOO")
    scores.links[:2, :LINK_SIZE] = 1.0
    scores.links[6, 2 * LINK_SIZE : 3 * LINK_SIZE] = 1.0
    (relation,) = read(scores).relations
    assert runs(relation.source) == ((6, 7),)


def test_nearness_decides_between_like_sources() -> None:
    near = NO_LINKER.near.copy()
    near[:, 1] = 5.0
    (relation,) = read(
        tagged(content="OOOBIOO", source="BOOOOBO", cue="OOOOOOO"), Linker(near, NO_LINKER.none)
    ).relations
    assert runs(relation.source) == ((5, 6),)


def test_a_link_does_not_leave_its_window() -> None:
    windows = [Window(0, 4, 0, 4), Window(4, 8, 4, 8)]
    scores = [tagged(content="BIOO", source="OOOO"), tagged(content="OOOO", source="BIOO")]
    assert decode(windows, scores, Linker(NO_LINKER.near + 9, NO_LINKER.none), Leaning()).relations == []


def test_a_span_may_run_over_the_edge_of_a_core() -> None:
    windows = [Window(0, 8, 0, 5), Window(2, 10, 5, 10)]
    whole = {"content": "OOOBIIIIOO", "source": "OOBOOOOOOO"}
    scores = [tagged(SURE, **{k: v[w.start : w.end] for k, v in whole.items()}) for w in windows]
    (relation,) = decode(windows, scores, Linker(NO_LINKER.near + 9, NO_LINKER.none), Leaning()).relations
    assert (relation.content.runs, runs(relation.source)) == (((3, 8),), ((2, 3),))


def test_a_content_in_two_pieces_is_at_home_where_one_of_them_stands() -> None:
    # A long sentence stands between the pieces and fills a window of its own.
    windows = [Window(0, 135, 0, 135), Window(135, 256, 135, 256), Window(256, 510, 256, 510)]
    content = "O" * 120 + "B" + "I" * 9 + "O" * 126 + "RI" + "O" * 252
    source = "O" * 131 + "B" + "O" * 378
    scores = [tagged(content=content[w.start : w.end], source=source[w.start : w.end]) for w in windows]
    (relation,) = decode(windows, scores, Linker(NO_LINKER.near + 9, NO_LINKER.none), Leaning()).relations
    assert relation.content.runs == ((120, 130), (256, 258))
    assert runs(relation.source) == ((131, 132),)


spans = st.tuples(st.integers(0, 5000), st.integers(1, 400)).map(lambda s: Found(((s[0], s[0] + s[1]),), 1.0))


@given(spans, spans)
def test_a_distance_is_a_number_below_the_bound(left: Found, right: Found) -> None:
    bucket = distance_bucket(left, right)
    overlap = left.start < right.end and right.start < left.end
    assert 0 <= bucket < DISTANCES
    assert (bucket == 0) == overlap
    if not overlap and right.end < left.start:
        assert bucket == distance_bucket(right, left) + 8


def test_a_distance_grows_with_the_gap() -> None:
    here = Found(((1000, 1010),), 1.0)
    gaps = [0, 1, 3, 7, 15, 31, 63, 500]
    ahead = [distance_bucket(here, Found(((1010 + gap, 1011 + gap),), 1.0)) for gap in gaps]
    assert ahead == [1, 2, 3, 4, 5, 6, 7, 7]


def test_probabilities_are_calibrated_by_slope_and_shift() -> None:
    assert calibrated(0.8, Leaning()) == pytest.approx(0.8)
    assert calibrated(0.8, Leaning(slope=2)) == pytest.approx(16 / 17)
    assert calibrated(0.5, Leaning(shift=-1)) < 0.5
    assert 0 < calibrated(0.0, Leaning()) < calibrated(1.0, Leaning()) < 1


def test_softmax_takes_any_size_of_score() -> None:
    assert softmax(np.array([[1e4, -1e4, 1e4]], dtype=np.float32)).tolist() == [[0.5, 0.0, 0.5]]


def any_scores(length: int, seed: int) -> Scores:
    draw = np.random.default_rng(seed)
    return Scores(*(draw.normal(0, 3, (length, n)).astype(np.float32) for n in (12, 7, 4 * LINK_SIZE)))


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=12),
    st.integers(0, 2**32 - 1),
    arrays(np.float32, (2, DISTANCES), elements=st.floats(-3, 3, width=32)),
)
def test_any_scores_give_spans_in_order_and_the_same_twice(lengths: list[int], seed: int, near: Floats) -> None:
    windows = find_windows(np.repeat(np.arange(len(lengths)), lengths), 60, 20)
    scores = [any_scores(w.end - w.start, seed + n) for n, w in enumerate(windows)]
    linker, leaning = Linker(near, NO_LINKER.none), Leaning(source=1.0, begin=0.5, slope=0.7)
    reading = decode(windows, scores, linker, leaning)
    assert reading == decode(windows, scores, linker, leaning)
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
