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
# A link vector has four parts: content as it asks for its source and for its cue, source and cue as they answer.
LINK_SIZE = 96
DISTANCES = 16


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one window of so many pieces.

    `roles` (length, 12), `mentions` (length, 7), `nominals` (length, 7), `tags` (length, 18), `arcs` (length, length
    + 1; column 0 is the root), `relations` (length, two halves), `links` (length, 4 × LINK_SIZE).
    """

    roles: Floats
    mentions: Floats
    nominals: Floats
    tags: Floats
    arcs: Floats
    relations: Floats
    links: Floats


@dataclass(frozen=True, slots=True)
class Tables:
    """Trained numbers that are read beside the scores.

    `near` (2, DISTANCES) and `none` (2, LINK_SIZE) of the links; `role_moves` (3, 4, 4) and `mention_moves` (1, 7, 7)
    from label to label; `relation` (half + 1, relations), its last row the bias.
    """

    near: Floats
    none: Floats
    role_moves: Floats
    mention_moves: Floats
    relation: Floats
