"""What the network gives for a window of wordpieces, and the names of its labels."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.language.paths import Floats

ROLES = ("source", "cue", "content")
# Outside, beginning, inside, and the beginning of a further piece of the span before ("…," she said, "…").
ROLE_TAGS = ("O", "B", "I", "R")
# Universal Dependencies' parts of speech for the first piece of a word; "_" for the pieces that go on with one.
TAGS = tuple("_ ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
# Universal Dependencies' relations, without subtypes.
RELATIONS = tuple(
    "acl advcl advmod amod appos aux case cc ccomp compound conj cop csubj dep det discourse dislocated expl fixed flat"
    " goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative xcomp".split()
)
# What a mention is of, at its head word; "O" for words that head none.
NOMINALS = ("O", "person", "organisation", "place", "event", "time", "thing")
MENTION_LABELS = ("O", "B-person", "I-person", "B-organisation", "I-organisation", "B-place", "I-place")
# TIMEX3's types.
TIMEX_TYPES = ("DATE", "TIME", "DURATION", "SET")
TIMEX_LABELS = ("O", *(f"{mark}-{kind}" for kind in TIMEX_TYPES for mark in "BI"))
# PropBank's labels of arguments that its train split has fifty times or more; "R-" stands for a relative pronoun.
ARGUMENTS = tuple(
    "O ARG0 ARG1 ARG2 ARG3 ARG4 ARGM-ADJ ARGM-ADV ARGM-CAU ARGM-COM ARGM-CXN ARGM-DIR ARGM-DIS ARGM-EXT ARGM-GOL"
    " ARGM-LOC ARGM-LVB ARGM-MNR ARGM-MOD ARGM-NEG ARGM-PRD ARGM-PRP ARGM-PRR ARGM-TMP R-ARG0 R-ARG1 R-ARGM-LOC C-ARG1"
    " C-ARG2 C-ARGM-CXN C-V".split()
)
# Each half of a pair's vector: a word as argument and as predicate, a mention as it asks for its antecedent and as one.
ARGUMENT_SIZE, REFERENT_SIZE = 128, 96
# A link vector has four parts: content as it asks for its source and for its cue, source and cue as they answer.
LINK_SIZE = 96
DISTANCES = 16
# How a word stands to a predicate: five ways in the tree, and how far before or behind it, in words.
PLACES = 5 + DISTANCES


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one window of so many pieces.

    `roles` (length, 12), `mentions` (length, 7), `nominals` (length, 7), `tags` (length, 18), `arcs` (length, length
    + 1; column 0 is the root), `relations` (length, two halves), `links` (length, 4 × LINK_SIZE), `predicates` (length,
    2: log-odds of being one, and how sure it is that it happened, -3 to 3 over its scale), `arguments` (length, two
    halves), `timexes` (length, 9), `referents` (length, two halves).
    """

    roles: Floats
    mentions: Floats
    nominals: Floats
    tags: Floats
    arcs: Floats
    relations: Floats
    links: Floats
    predicates: Floats
    arguments: Floats
    timexes: Floats
    referents: Floats


@dataclass(frozen=True, slots=True)
class Tables:
    """Trained numbers that are read beside the scores.

    `near` (2, DISTANCES) and `none` (2, LINK_SIZE) of the links; `role_moves` (3, 4, 4) and `mention_moves` (1, 7, 7)
    from label to label; `relation` (half + 1, relations), its last row the bias, and `argument` likewise, with
    `argument_place` (PLACES, half) for how a word stands to its predicate and `argument_both` (half, labels);
    `timex_moves` (1, 9, 9); `first` (REFERENT_SIZE), which answers a mention that has no antecedent, and two small
    networks (features + 1, units) and (units + 1), `alone` and `pair`, that weigh what a mention and a pair show.
    """

    near: Floats
    none: Floats
    role_moves: Floats
    mention_moves: Floats
    relation: Floats
    argument: Floats
    argument_place: Floats
    argument_both: Floats
    timex_moves: Floats
    first: Floats
    alone_hidden: Floats
    alone: Floats
    pair_hidden: Floats
    pair: Floats
