from dataclasses import replace
from itertools import pairwise
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from onrecord.language import Model, Parse, parse, words_of
from onrecord.language import decode as decoded
from onrecord.language.decode import Reading
from onrecord.language.paths import Found
from onrecord.language.pieces import Pieces, split_pieces
from onrecord.language.scores import TAGS
from onrecord.language.syntax import Node
from onrecord.record import Part, Span
from tests.language.made import Uncalibrated
from tests.language.odd import texts
from tests.parses import make_parse, parsed


class Dictated(Uncalibrated):
    """A model that reads what it is told to, as words of the text."""

    def __init__(self, tokenizer: Tokenizer, *relations: tuple[str, str, str], names: tuple[tuple[str, str], ...] = ()):
        self.tokenizer, self.relations, self.names = tokenizer, relations, names

    def read(self, text: str) -> tuple[Pieces, Reading]:
        pieces = split_pieces(text, self.tokenizer)

        def found(words: str, label: str = "") -> Found:
            start = text.index(words)
            held = [i for i in range(len(pieces)) if start <= pieces.start[i] and pieces.end[i] <= start + len(words)]
            return Found(((held[0], held[-1] + 1),), 0.9, label)

        relations = [
            decoded.Relation(found(content), found(source) if source else None, found(cue) if cue else None, 0.8)
            for content, source, cue in self.relations
        ]
        return pieces, Reading(relations, [found(words, label) for words, label in self.names])


class Fixed(Uncalibrated):
    """A model that reads the same in the first text that it is given, and nothing in those inside of it."""

    def __init__(self, pieces: Pieces, reading: Reading):
        self.pieces, self.reading = pieces, reading
        self._nothing = Reading()

    def read(self, text: str) -> tuple[Pieces, Reading]:
        reading, self.reading = self.reading, self._nothing
        return self.pieces, reading

    def read_relations(self, text: str) -> tuple[Pieces, list[decoded.Relation]]:
        pieces, reading = self.read(text)
        return pieces, [*reading.relations]


def read(text: str, model: Dictated | Fixed) -> Parse:
    return parse(text, cast("Model", model))


def content(text: str, words: str, tokenizer: Tokenizer) -> str:
    parsed = read(text, Dictated(tokenizer, (words, "Holm", "")))
    return parsed.quote(parsed.relations[0].content)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Holm's U.S.-built crane", ["Holm's", "U.S.", "built", "crane"]),
        ("the Amir-Kasal bridge", ["the", "Amir-Kasal", "bridge"]),
        ("400,000 people, 2.5 of them", ["400,000", "people", "2.5", "of", "them"]),
        ("(“Rock’n’roll” – he said.)", ["Rock’n’roll", "he", "said"]),
        ("Jose\u0301 and René", ["Jose\u0301", "and", "René"]),
        ("'Tis, 5,and -", ["Tis", "5", "and"]),
        ("", []),
    ],
)
def test_words_keep_what_belongs_to_them(text: str, words: list[str]) -> None:
    found = words_of(text)
    assert [w for w, _ in found] == words
    assert [text[a:b] for _, (a, b) in found] == words


def test_words_of_a_span_keep_the_offsets_of_the_text() -> None:
    assert words_of("Ada Holm said", Span(4, 13)) == [("Holm", Span(4, 8)), ("said", Span(9, 13))]


@given(texts)
def test_words_lie_in_order_and_hold_a_letter_or_a_digit(text: str) -> None:
    found = words_of(text)
    assert all(text[a:b] == word and any(c.isalnum() or c == "_" for c in word) for word, (a, b) in found)
    assert all(a.end <= b.start for (_, a), (_, b) in pairwise(found))


def names(text: str, tokenizer: Tokenizer, *read_as: tuple[str, str]) -> list[tuple[str, str]]:
    parsed = read(text, Dictated(tokenizer, names=read_as))
    return [(text[n.span.start : n.span.end], n.kind) for n in parsed.names]


def test_a_name_is_stretched_to_whole_words(tokenizer: Tokenizer) -> None:
    assert names("Emil Voracek left.", tokenizer, ("Emil Vor", "person")) == [("Emil Voracek", "person")]


def test_a_name_loses_the_marks_around_it(tokenizer: Tokenizer) -> None:
    assert names("(Emil Vorac), he said.", tokenizer, ("(Emil Vorac),", "person")) == [("Emil Vorac", "person")]
    assert names("He left, then.", tokenizer, (",", "person")) == []


def test_names_that_meet_in_one_word_are_one(tokenizer: Tokenizer) -> None:
    found = names("the Amir-Kasal bridge", tokenizer, ("Amir", "person"), ("Kasal", "place"))
    assert found == [("Amir-Kasal", "person")]


def test_a_name_keeps_a_separate_accent(tokenizer: Tokenizer) -> None:
    assert names("Rene\u0301 left.", tokenizer, ("Rene", "person")) == [("Rene\u0301", "person")]


def test_names_and_sources_do_not_cross_a_line(tokenizer: Tokenizer) -> None:
    text = "NORRA\nEmil Vorac told us\nthat the pier is shut."
    parsed = read(text, Dictated(tokenizer, ("the pier is shut.", "NORRA\nEmil Vorac", "told us\nthat")))
    (relation,) = parsed.relations
    assert (parsed.quote(relation.source), parsed.quote(relation.cue)) == ("Emil Vorac", "told us")
    assert names(text, tokenizer, ("NORRA\nEmil Vorac", "person")) == [("Emil Vorac", "person")]


def test_indirect_words_lose_their_full_stop(tokenizer: Tokenizer) -> None:
    assert content("Holm said it was over.", "it was over.", tokenizer) == "it was over"
    assert content("It was over, Holm said.", "It was over,", tokenizer) == "It was over"
    assert content("Holm said it was over...", "it was over...", tokenizer) == "it was over..."


def test_direct_words_keep_their_marks(tokenizer: Tokenizer) -> None:
    assert content("“It is over,” Holm said.", "“It is over,”", tokenizer) == "“It is over,”"
    assert content("“It is over.” Holm left.", "“It is over.", tokenizer) == "“It is over.”"
    assert content('"It is over." Holm left.', '"It is over."', tokenizer) == '"It is over."'


def test_relations_are_in_order_of_place(tokenizer: Tokenizer) -> None:
    text = "Holm said it was over. Vorac said it was not."
    parsed = read(text, Dictated(tokenizer, ("it was not", "Vorac", "said"), ("it was over", "Holm", "said")))
    assert [parsed.quote(r.content) for r in parsed.relations] == ["it was over", "it was not"]


def test_a_sentence_is_found_by_any_of_its_characters(tokenizer: Tokenizer) -> None:
    text = "Holm left. Vorac stayed."
    parsed = read(text, Dictated(tokenizer))
    assert [parsed.sentence_at(at) for at in (0, 10, 11, 23, 24)] == [0, 0, 1, 1, 1]
    assert read("", Dictated(tokenizer)).sentence_at(0) == 0


def check(parsed: Parse) -> None:
    """All spans quote non-empty text without space at their ends; sources, cues and names stand on one line."""
    text = parsed.text
    contents: list[Part] = [r.content for r in parsed.relations]
    one_line: list[Part] = [part for r in parsed.relations for part in (r.source, r.cue)]
    one_line += [(name.span,) for name in parsed.names]
    for part in contents + one_line:
        assert all(0 <= s.start < s.end <= len(text) for s in part)
        assert list(part) == sorted(part)
        assert all(text[s.start : s.end].strip() for s in part)
    assert all(contents)
    assert all(len(text[s.start : s.end].splitlines()) == 1 for part in one_line for s in part)
    assert all(a.span.end <= b.span.start for a, b in pairwise(parsed.names))


@settings(max_examples=60, deadline=None)
@given(text=texts, draw=st.data())
def test_whatever_a_model_reads_all_spans_quote_text(text: str, draw: st.DataObject, tokenizer: Tokenizer) -> None:
    pieces = split_pieces(text, tokenizer)
    if len(pieces) == 0:
        return

    def found(most: int) -> Found:
        edges = sorted(draw.draw(st.sets(st.integers(0, len(pieces)), min_size=2, max_size=2 * most)))
        return Found(tuple(zip(edges[::2], edges[1::2], strict=False)), 0.9, "person")

    relations = [decoded.Relation(found(2), found(2), found(2), 0.8) for _ in range(3)]
    mentions = [Found((run,), 0.9, "person") for run in found(4).runs]
    check(read(text, Fixed(pieces, Reading(relations, mentions))))


@settings(max_examples=40, deadline=None)
@given(text=texts)
def test_any_text_is_read(text: str, model: Model) -> None:
    check(parse(text, model))


def tokens_of(text: str, tokenizer: Tokenizer, *nodes: tuple[int, int, str]) -> list[tuple[str, str]]:
    made = [Node(a, b, TAGS.index(tag), -1, 0, 0) for a, b, tag in nodes]
    names = [Found(((0, nodes[0][1]),), 0.9, "place")]
    parsed = read(text, Fixed(split_pieces(text, tokenizer), Reading(mentions=names, nodes=made)))
    return [(text[slice(*t.span)], t.tag) for t in parsed.tokens]


def test_a_negation_takes_the_n_that_the_pieces_leave_to_the_word_before(tokenizer: Tokenizer) -> None:
    # The pieces are "they", "can", "'", "t", "sail".
    given = ((0, 1, "PRON"), (1, 2, "AUX"), (2, 4, "PART"), (4, 5, "VERB"))
    expected = [("They", "PRON"), ("ca", "AUX"), ("n't", "PART"), ("sail", "VERB")]
    assert tokens_of("They can't sail", tokenizer, *given) == expected
    assert tokens_of("They can’t sail", tokenizer, *given)[2] == ("n’t", "PART")


def test_a_negation_by_itself_leaves_no_empty_word(tokenizer: Tokenizer) -> None:
    given = ((0, 1, "X"), (1, 3, "PART"), (3, 4, "VERB"))
    assert tokens_of("n't sail", tokenizer, *given) == [("n", "X"), ("'t", "PART"), ("sail", "VERB")]


def test_an_adjective_alone_is_no_name(tokenizer: Tokenizer) -> None:
    text = "North Lothan ministers met"
    pieces = split_pieces(text, tokenizer)
    ministers = next(n for n in range(len(pieces)) if text[pieces.start[n] :].startswith("ministers"))

    def names(tag: str) -> list[str]:
        nodes = [Node(n, n + 1, TAGS.index(tag if n < ministers else "NOUN"), -1, 0, 0) for n in range(len(pieces))]
        parsed = read(text, Fixed(pieces, Reading(mentions=[Found(((0, ministers),), 0.9, "place")], nodes=nodes)))
        return [text[slice(*n.span)] for n in parsed.names]

    assert names("PROPN") == ["North Lothan"]
    assert names("ADJ") == []


def test_the_subjects_of_a_sentence_are_those_of_its_main_clauses() -> None:
    text = "The port of Norra closed and ships that waited left. Nobody spoke."
    words = (
        ("The", "DET", 2, "det"), ("port", "NOUN", 5, "nsubj"), ("of", "ADP", 4, "case"), ("Norra", "PROPN", 2, "nmod"),
        ("closed", "VERB", 0, "root"), ("and", "CCONJ", 10, "cc"), ("ships", "NOUN", 10, "nsubj"),
        ("that", "PRON", 9, "nsubj"), ("waited", "VERB", 7, "acl"), ("left", "VERB", 5, "conj"),
        (".", "PUNCT", 5, "punct"), ("Nobody", "PRON", 13, "nsubj"), ("spoke", "VERB", 0, "root"),
        (".", "PUNCT", 13, "punct"),
    )  # fmt: skip
    made = replace(make_parse(text), tokens=parsed(text, *words))
    assert [[text[slice(*s)] for s in made.subjects(n)] for n in (0, 1)] == [["The port of Norra", "ships"], ["Nobody"]]
    assert make_parse(text).subjects(0) == []
