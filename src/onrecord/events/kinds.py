"""Predicates to the plain kind of their event: a short noun phrase such as "air strike" or "crossing reopened"."""

from __future__ import annotations

import re
from functools import cache

from onrecord.events.actors import Actors
from onrecord.events.predicates import Predicate
from onrecord.knowledge import read_table, read_words
from onrecord.language import Parse, Tree

_CONTACTS = {"call": "phone call", "virtual_meeting": "virtual meeting"}
_LONGEST = 3
# "stop" has "stopped".
_SHORT = re.compile(r"[^aeiou]*[aeiou][bdgmnprt]")


def name_kind(parse: Parse, tree: Tree, actors: Actors, one: Predicate, contact: str | None, vague: str | None) -> str:
    """A contact's kind, or the word that leaves it open; else a noun with what leads to it, or what was done."""
    if contact:
        return vague or _CONTACTS.get(contact, contact)
    if parse.tokens[one.word].tag in ("NOUN", "PROPN"):
        return _noun(parse, tree, actors, one.word)
    verb = _participle(parse, tree, one.word)
    subject = one.recipients if one.passive else tuple(tree.children(one.word, "obj"))
    done_to = [k for k in subject if parse.tokens[k].tag == "NOUN" and parse.tokens[k].mention != "person"]
    if done_to:
        return f"{_noun(parse, tree, actors, done_to[0])} {verb}"
    return verb


def _noun(parse: Parse, tree: Tree, actors: Actors, word: int) -> str:
    """The noun with the plain nouns and adjectives before it, without names and numbers: "air strike"."""
    before = [
        k
        for k in tree.children(word, "compound", "amod")
        if k < word
        and parse.tokens[k].tag in ("NOUN", "ADJ")
        and actors.entity(k) is None
        and not parse.text[parse.tokens[k].span.start].isupper()
        and tree.word(k) not in read_table("event_statuses")
    ]
    return " ".join(tree.word(k) for k in [*before[-(_LONGEST - 1) :], word])


def _participle(parse: Parse, tree: Tree, word: int) -> str:
    """A verb as its past participle, with a particle: "called off", "seized"; "closing" as it stands."""
    form = tree.word(word)
    particles = [k for k in tree.children(word, "compound") if parse.tokens[k].tag in ("ADP", "ADV") and k > word]
    irregular = read_table("irregular_verbs")
    # "bring" only looks like a participle.
    regular = form.endswith(("ed", "ing")) and form not in _pasts()
    past = regular or form in read_words("past_forms") or form in irregular
    if parse.tokens[word].tag == "VERB" and not past:
        form = _regular(form)
    return " ".join([form, *(tree.word(k) for k in particles[:1])])


@cache
def _pasts() -> dict[str, str]:
    """A past form of each irregular verb."""
    return {plain: past for past, plain in read_table("irregular_verbs").items()}


def _regular(form: str) -> str:
    """The past participle of a verb in the present: "kills", "kill" → "killed"; "strike" → "struck"."""
    irregular = _pasts()
    for plain in (form, form.removesuffix("s"), form.removesuffix("es")):
        if plain in irregular:
            return irregular[plain]
    plain = form[:-3] + "y" if form.endswith("ies") else form if form.endswith("ss") else form.removesuffix("s")
    if plain.endswith("e"):
        return plain + "d"
    if plain.endswith("y") and plain[-2:-1] not in "aeiou":
        return plain[:-1] + "ied"
    return plain + plain[-1] + "ed" if _SHORT.fullmatch(plain) else plain + "ed"
