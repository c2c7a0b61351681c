import numpy as np
import pytest

from onrecord.language.decode import Leaning, decode
from onrecord.language.frames import Frame, read_frames
from onrecord.language.pieces import Window
from onrecord.language.scores import ARGUMENTS, TAGS, Scores
from tests.language.made import PART, TABLES, made_pieces, made_scores


def scored(length: int, predicates: dict[int, float], arguments: dict[tuple[int, int], tuple[str, float]]) -> Scores:
    """Scores in which the pieces of `predicates` are such, and each (word, predicate) has a label with its score.

    A word's vector says its label, so each word has one with all predicates.
    """
    odds = np.full((length, 2), -5.0, dtype=np.float32)
    halves = np.zeros((length, 2 * PART), dtype=np.float32)
    for place, factuality in predicates.items():
        odds[place] = 5.0, factuality
    for (word, _), (label, score) in arguments.items():
        halves[word, ARGUMENTS.index(label)] = score
    halves[:, 0] = 2.0
    return made_scores(length, predicates=odds, arguments=halves)


def parts(frame: Frame) -> list[tuple[str, int]]:
    return [(a.label, a.node) for a in frame.arguments]


def test_a_predicate_has_the_arguments_that_are_likelier_than_none() -> None:
    score = scored(5, {2: 1.5}, {(0, 2): ("ARG0", 6.0), (3, 2): ("ARG1", 6.0), (4, 2): ("ARGM-TMP", 1.0)})
    (frame,) = read_frames(score, np.arange(5), TABLES)
    assert parts(frame) == [("ARG0", 0), ("ARG1", 3)]
    assert frame.node == 2
    assert frame.factuality == pytest.approx(1.5)
    assert frame.probability > 0.99
    assert 0.5 < frame.happened < 1


def test_an_event_has_one_agent_and_may_have_two_times() -> None:
    claims = {(0, 1): ("ARG0", 4.0), (2, 1): ("ARG0", 7.0), (3, 1): ("ARGM-TMP", 7.0), (4, 1): ("ARGM-TMP", 6.0)}
    (frame,) = read_frames(scored(5, {1: -1.0}, claims), np.arange(5), TABLES)
    assert parts(frame) == [("ARG0", 2), ("ARGM-TMP", 3), ("ARGM-TMP", 4)]


def test_words_are_those_that_are_named_and_not_all_pieces() -> None:
    score = scored(6, {4: 0.0}, {(1, 4): ("ARG1", 9.0), (2, 4): ("ARG0", 9.0)})
    (frame,) = read_frames(score, np.array([0, 2, 4]), TABLES)
    assert (frame.node, parts(frame)) == (2, [("ARG0", 1)])


def test_factuality_stays_on_its_scale() -> None:
    low, high = read_frames(scored(2, {0: -9.0, 1: 8.0}, {}), np.arange(2), TABLES)
    assert (low.factuality, high.factuality) == (-3.0, 3.0)


def test_arguments_stand_in_the_sentence_of_their_predicate() -> None:
    score = scored(6, {1: 1.0, 4: 1.0}, {(0, 1): ("ARG0", 9.0), (5, 4): ("ARG1", 9.0)})
    tags = np.zeros((6, len(TAGS)), dtype=np.float32)
    tags[:, TAGS.index("NOUN")] = 5.0
    given = {name: getattr(score, name) for name in ("predicates", "arguments")}
    pieces = made_pieces(6, np.array([0, 0, 0, 1, 1, 1]))
    found = decode(pieces, [Window(0, 6, 0, 6)], [made_scores(6, tags=tags, **given)], TABLES, Leaning())
    assert [(f.node, parts(f)) for f in found.frames] == [(1, [("ARG0", 0)]), (4, [("ARG1", 5)])]


def test_windows_give_the_same_frames_as_one() -> None:
    score = scored(6, {1: 1.0, 4: 1.0}, {(0, 1): ("ARG0", 9.0), (5, 4): ("ARG1", 9.0)})
    tags = np.zeros((6, len(TAGS)), dtype=np.float32)
    tags[:, TAGS.index("NOUN")] = 5.0
    halves = []
    for part in (slice(0, 3), slice(3, 6)):
        given = {name: getattr(score, name)[part] for name in ("predicates", "arguments")}
        halves.append(made_scores(3, tags=tags[part], **given))
    windows = [Window(0, 3, 0, 3), Window(3, 6, 3, 6)]
    found = decode(made_pieces(6, np.array([0, 0, 0, 1, 1, 1])), windows, halves, TABLES, Leaning())
    assert [(f.node, parts(f)) for f in found.frames] == [(1, [("ARG0", 0)]), (4, [("ARG1", 5)])]
