"""A report to its parse: the only room that loads a model."""

from onrecord.language.entities import find_entities, is_outlet, trim_name
from onrecord.language.model import Model, load_model
from onrecord.language.parse import Name, Parse, Relation, Token, parse, words_of
from onrecord.language.spans import Spans, beginning

__all__ = [
    "Model",
    "Name",
    "Parse",
    "Relation",
    "Spans",
    "Token",
    "beginning",
    "find_entities",
    "is_outlet",
    "load_model",
    "parse",
    "trim_name",
    "words_of",
]
