"""A report to its parse: the only room that loads a model."""

from onrecord.language.clauses import find_clauses
from onrecord.language.coreference import Cluster
from onrecord.language.datelines import is_dateline
from onrecord.language.entities import find_entities, is_outlet, trim_name
from onrecord.language.frames import Argument, Frame
from onrecord.language.lands import peoples_of
from onrecord.language.lemmas import lemmas
from onrecord.language.lines import unwrap
from onrecord.language.mentions import Mention
from onrecord.language.model import Model, load_model
from onrecord.language.named import Mentions
from onrecord.language.parse import Name, Parse, TimeExpression, parse, words_of
from onrecord.language.pieces import split_sentences
from onrecord.language.relations import Relation
from onrecord.language.spans import Spans, beginning
from onrecord.language.tokens import Token
from onrecord.language.tree import Tree
from onrecord.language.vectors import TextVectors, Vectors, load_vectors, pack, unpack

__all__ = [
    "Argument",
    "Cluster",
    "Frame",
    "Mention",
    "Mentions",
    "Model",
    "Name",
    "Parse",
    "Relation",
    "Spans",
    "TextVectors",
    "TimeExpression",
    "Token",
    "Tree",
    "Vectors",
    "beginning",
    "find_clauses",
    "find_entities",
    "is_dateline",
    "is_outlet",
    "lemmas",
    "load_model",
    "load_vectors",
    "pack",
    "parse",
    "peoples_of",
    "split_sentences",
    "trim_name",
    "unpack",
    "unwrap",
    "words_of",
]
