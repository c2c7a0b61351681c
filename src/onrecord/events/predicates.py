"""The predicates of a parse to what may be events: a word that tells of one, and the words that take part in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.events.actors import Actors
from onrecord.knowledge import read_lists, read_table, read_words
from onrecord.language import Frame, Parse, Spans, Token, Tree, lemmas

# By what an action reaches whom it is for or against: "fired on the town", "talks with Norra".
_TOWARDS = frozenset("with against to on upon at from of for toward towards between into over after".split())
_THROUGH = frozenset(("through", "via"))
# Verbs whose object is a deed, whatever the noun: "imposed sanctions".
_MAKES = frozenset("impose commit wage conduct launch stage mount perform undertake".split())
# Verbs whose subject is called, or is sent to.
GETS = frozenset("receive get take accept answer".split())
_BE = frozenset("be been being is are was were am 's ’s get got gets getting".split())
_WHEN = frozenset("during after before since until by despite within".split())
_WHERE = _WHEN | {"in", "at", "near"}
_COMPLEMENTS = ("nsubj", "obj", "iobj", "obl", "xcomp", "ccomp", "nmod", "acl", "compound", "amod")
_MOST_HOPS, _DEEPEST = 4, 6


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that may tell of an event, by its number, and the heads of the phrases that take part, in order of place.

    `light` is the verb that only lends it a subject ("carried out a strike"), or that tells of its course ("the talks
    began"); `passive` whether its own subject is acted on.
    """

    word: int
    frame: Frame
    light: int | None
    passive: bool
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    through: tuple[int, ...]
    places: tuple[int, ...]


def is_light(tree: Tree, word: int) -> bool:
    """Whether a verb only lends its subject to the noun beside it."""
    return any(lemma in read_words("light_verbs") for lemma in lemmas(tree.word(word)))


def find_predicates(parse: Parse, tree: Tree, actors: Actors, unread: Spans) -> Iterator[Predicate]:
    """What may be events, in order of place, outside `unread`; a light verb is none of its own."""
    frames = {f.node: f for f in parse.frames}
    plain = Frame(-1, 0.0, 0.0, 0.5, ())
    nouns = [n for n in range(len(parse.tokens)) if _is_noun(parse, n, n in frames) and not _is_measure(parse, tree, n)]
    light = {n: verb for n in nouns if (verb := _light_verb(parse, tree, n, n in frames)) is not None}
    lent = set(light.values())
    touch = read_table("contact_verbs")
    verbs = [
        n
        for n, t in enumerate(parse.tokens)
        if n not in lent and _is_verb(t, n in frames, any(w in touch for w in lemmas(tree.word(n))))
    ]
    roles = _Roles(parse, tree, actors)
    for n in sorted((*nouns, *verbs)):
        if unread.meets(parse.tokens[n].span):
            continue
        if parse.tokens[n].tag in ("NOUN", "PROPN"):
            yield roles.of_noun(frames.get(n) or replace(plain, node=n), light.get(n))
        else:
            yield roles.of_verb(frames.get(n) or replace(plain, node=n))


def _is_verb(token: Token, predicate: bool, contact: bool) -> bool:
    """Whether a word may tell of an event as a verb does: no auxiliary, but the participle of "the slain teacher".

    A verb of `contact` may do so whether or not the model takes it for a predicate.
    """
    if token.tag == "VERB":
        return token.relation == "amod" or ((predicate or contact) and token.relation not in ("aux", "cop"))
    return predicate and token.tag == "ADJ" and token.relation in ("root", "ccomp", "conj", "xcomp", "acl")


def _is_noun(parse: Parse, n: int, predicate: bool) -> bool:
    """Whether a noun may tell of an event: no list of predicates has "curfew" or "earthquake"."""
    token = parse.tokens[n]
    if token.tag == "NOUN":
        if parse.text[slice(*token.span)] == "place" and token.relation == "obj":
            return False  # "took place"
        return predicate or token.mention in ("event", "thing", None)
    return token.tag == "PROPN" and token.relation != "flat" and (predicate or token.mention == "event")


def _is_measure(parse: Parse, tree: Tree, n: int) -> bool:
    """Whether a noun only counts something: "60 metres"."""
    return parse.tokens[n].mention != "event" and bool(tree.children(n, "nummod"))


def _light_verb(parse: Parse, tree: Tree, noun: int, predicate: bool) -> int | None:
    """The light verb of which a noun is the object or, as in "a strike was carried out", the subject."""
    token = parse.tokens[noun]
    if token.relation not in ("obj", "nsubj") or token.head < 0 or parse.tokens[token.head].tag != "VERB":
        return None
    makes = any(w in _MAKES for w in lemmas(tree.word(token.head)))
    if not (predicate or token.mention == "event" or makes):
        return None
    if token.relation == "nsubj" and any(tree.word(k) != "place" for k in tree.children(token.head, "obj")):
        return None  # "jets carried out a strike"
    return token.head if is_light(tree, token.head) or _takes_call(tree, token.head, noun) else None


def _takes_call(tree: Tree, verb: int, noun: int) -> bool:
    """Whether it is "received a telephone call"; "received a blow" is an event of its own."""
    calls = any(read_table("contact_nouns").get(w) == "call" for w in lemmas(tree.word(noun)))
    return calls and any(w in GETS for w in lemmas(tree.word(verb)))


class _Roles:
    """Who takes part in the predicates of one parse."""

    def __init__(self, parse: Parse, tree: Tree, actors: Actors) -> None:
        self._parse, self._tree, self._actors = parse, tree, actors

    def of_verb(self, frame: Frame) -> Predicate:
        """The parts of a verb, from its arguments and what depends on it."""
        n, tree = frame.node, self._tree
        passive = self._is_passive(n)
        subject = self._subject(frame, passive)
        agents = [k for k in tree.children(n, "obl") if tree.case(k) == "by" and self._actors.is_being(k)]
        objects = tree.children(n, "obj", "iobj") or self._shared(n)
        if not passive and self._is_reduced(n):
            # "the trawler seized by the navy"
            who, whom, passive = agents, [self._parse.tokens[n].head], True
        elif passive:
            who, whom = agents, [subject] if subject is not None else []
        else:
            who, whom = [subject] if subject is not None else [], []
        if not whom:
            beings = [k for k in objects if self._actors.is_being(k)]
            named = [k for k in self._towards(n, _TOWARDS) if not beings or self._actors.entity(k) is not None]
            within = [k for o in objects if o not in beings for k in self._inside(o)]
            whom = (
                [*beings, *named] or within or self._deep(n, who) or self._below(n) or self._where(objects) or objects
            )
        return self._predicate(frame, None, passive, who, whom)

    def of_noun(self, frame: Frame, light: int | None) -> Predicate:
        """The parts of a noun: "a Norran strike on Senn", "talks between the two", and its light verb's own."""
        n, tree = frame.node, self._tree
        owners = [
            k
            for k in tree.children(n, "nmod", "compound", "amod")
            if (not tree.children(k, "case") or self._is_genitive(k)) and self._names_owner(k)
        ]
        by = [k for k in tree.children(n, "nmod") if tree.case(k) == "by"]
        labelled = {a.label: a.node for a in frame.arguments if self._actors.is_being(a.node)}
        both = [k for k in tree.children(n, "nmod") if tree.case(k) in ("between", "among")]
        who = by or owners or both
        whom = [k for k in (*self._towards(n, _TOWARDS), *self._inside(n)) if k not in who]
        if not who and "ARG0" in labelled:
            who = [labelled["ARG0"]]
        if light is not None and not by:
            # "Norra carried out strikes", "strikes were carried out by Norra"
            frame_of = next((f for f in self._parse.frames if f.node == light), None)
            if frame_of is not None:
                verb = self.of_verb(frame_of)
                lent = [k for k in verb.actors if k != n]
                who = lent or who
                whom = whom or [k for k in verb.recipients if k != n and self._actors.is_being(k)]
        if not whom and "ARG1" in labelled and labelled["ARG1"] not in who:
            whom = [labelled["ARG1"]]
        if not whom:
            whom = self._deep(n, who) or (self._deep(light, who) if light is not None else [])
        if not who and not whom:
            whom = [k for k in tree.children(n, "nmod") if tree.case(k) == "of"][:1]
        return self._predicate(frame, light, False, who, whom)

    def _predicate(self, frame: Frame, light: int | None, passive: bool, who: list[int], whom: list[int]) -> Predicate:
        hosts = [frame.node] if light is None else [frame.node, light]
        through = [
            k for h in hosts for k in self._towards(h, _THROUGH) if self._may_pass_on(h) or not self._is_place(k)
        ]
        places = [
            k
            for h in hosts
            for k in self._tree.children(h, "obl", "nmod")
            if self._tree.case(k) in ("in", "at", "near", "outside", "off", "inside", "across") and self._is_place(k)
        ]
        places += [a.node for a in frame.arguments if a.label == "ARGM-LOC" and self._is_place(a.node)]
        who = [k for k in dict.fromkeys(who) if k != frame.node]
        whom = [k for k in dict.fromkeys(whom) if k not in (*who, *through, frame.node) and not self._is_bracketed(k)]
        return Predicate(
            frame.node, frame, light, passive, tuple(who), tuple(whom), tuple(through), tuple(dict.fromkeys(places))
        )

    def _is_bracketed(self, k: int) -> bool:
        """Whether it is only the short form of what stands before it: "the Norran Labour Office (NLO)"."""
        start = self._parse.tokens[k].span.start
        return self._parse.text[start - 1 : start] == "("

    def _subject(self, frame: Frame, passive: bool) -> int | None:
        """The subject of a verb: its own, that of the verb it is joined to or hangs on, or whom its clause is of."""
        own = self._tree.subject(frame.node)
        if own is None and not passive:
            # "and there met Major Veck"
            own = next(
                (a.node for a in frame.arguments if a.label == "ARG0" and self._tree.word(a.node) != "there"), None
            )
        return own if own is not None else self._lent(frame.node, passive)

    def _lent(self, n: int, passive: bool) -> int | None:
        """The subject that a verb without one has from the verb above it; of a clause beside a noun it is the noun."""
        for _ in range(_MOST_HOPS):
            token = self._parse.tokens[n]
            if token.head < 0 or token.relation not in ("conj", "xcomp", "advcl", "acl"):
                break
            if token.relation == "acl" and "to" in (self._tree.word(k) for k in self._tree.children(n, "mark")):
                # "made a decision to close the port": whoever made it
                above = self._parse.tokens[token.head]
                return self._tree.subject(above.head) if above.relation == "obj" else None
            if token.relation == "acl":
                return token.head if not passive or self._ends(n, "ing") else None
            if token.relation == "xcomp" and (objects := self._tree.children(token.head, "obj", "iobj")):
                return objects[0]
            n = token.head
            if (own := self._tree.subject(n)) is not None:
                return own
        return None

    def _is_passive(self, n: int) -> bool:
        words = {self._tree.word(k) for k in self._tree.children(n, "aux")}
        return bool(words & _BE) and not self._ends(n, "ing")

    def _ends(self, n: int, ending: str) -> bool:
        return self._tree.word(n).endswith(ending)

    def _is_reduced(self, n: int) -> bool:
        """Whether it is a participle that says what was done to the noun before it."""
        beside = self._tree.children(n, "nsubj", "aux", "obj", "mark")
        return self._parse.tokens[n].relation == "acl" and not beside and not self._ends(n, "ing")

    def _shared(self, n: int) -> list[int]:
        """The object of a verb that it shares with the one joined to it: "arrested and beat Renko"."""
        if self._tree.children(n, "obl", "xcomp", "ccomp"):
            return []
        joined = (k for k in self._tree.children(n, "conj") if not self._tree.children(k, "nsubj"))
        return next((o for k in joined if (o := self._tree.children(k, "obj"))), [])

    def _towards(self, n: int, cases: frozenset[str]) -> list[int]:
        """The beings that depend on a word by one of the prepositions, "with Norra and Senn" as one."""
        return [
            k
            for k in self._tree.children(n, "obl", "nmod")
            if self._tree.case(k).split(" ")[0] in cases and self._actors.is_being(k)
        ]

    def _inside(self, n: int) -> list[int]:
        """The beings that an object is of: "Norra's demand", "a proposal by Norra", "sanctions on Senn"."""
        beside = self._tree.children(n, "nmod", "compound", "amod")
        near = [k for k in beside if self._is_of(k) and self._tree.case(k).split(" ")[0] not in _WHERE]
        far = (k for m in self._tree.children(n, "nmod") for k in self._tree.children(m, "nmod", "compound", "amod"))
        return near or [k for k in far if self._is_of(k)][:1]

    def _is_of(self, k: int) -> bool:
        """Whether a word beside a noun is of a being: "Norra's demand", "a Norran proposal"."""
        nation = self._parse.tokens[k].relation == "amod" and self._names_owner(k)
        # "reiterated its demand": its own
        own = self._parse.tokens[k].tag == "PRON"
        return nation or (not own and self._actors.is_being(k))

    def _where(self, objects: list[int]) -> list[int]:
        """The place of what is acted on: "lifted the curfew in Senn"."""
        parts = (k for o in objects for k in self._tree.children(o, "nmod"))
        return [k for k in parts if self._tree.case(k) == "in" and self._actors.is_being(k)]

    def _below(self, n: int) -> list[int]:
        """Whom the clause that depends on a verb is about: "demanded that the rebels leave"."""
        clauses = self._tree.children(n, "xcomp", "ccomp")
        parts = (k for c in clauses for k in self._tree.children(c, "nsubj", "obj", "iobj", "obl"))
        return [k for k in parts if self._actors.is_being(k)][:1]

    def _deep(self, n: int, who: list[int]) -> list[int]:
        """The nearest that is named in what depends on a verb: "threatened to break off relations with Senn".

        Who or what is only a place of it comes last: "threatened to impose a curfew in Senn".
        """
        places: list[int] = []
        level, depth = [n], 0
        while level and depth < _DEEPEST:
            level = [k for m in level for k in (*self._tree.children(m, *_COMPLEMENTS), *self._aims(m)) if k not in who]
            level = [k for k in level if self._parse.tokens[k].head != n or self._parse.tokens[k].relation != "nsubj"]
            named = [k for k in level if self._is_named(k)]
            if near := [k for k in named if self._is_towards(k, _WHERE)]:
                return near
            places = places or [k for k in named if self._is_towards(k, _WHEN)]
            depth += 1
        return places

    def _is_named(self, k: int) -> bool:
        """Whether a phrase names somebody, or says whose it is: "German goods"."""
        if self._actors.entity(k) is not None:
            return self._parse.tokens[k].tag != "PRON"
        forms = (self._parse.tokens[m].span for m in self._tree.children(k, "amod", "compound"))
        return any(self._parse.text[slice(*span)] in read_table("country_words") for span in forms)

    def _aims(self, n: int) -> list[int]:
        """The clauses that tell what for: "went on strike to demand the resignation of Orme"."""
        clauses = self._tree.children(n, "advcl")
        return [k for k in clauses if "to" in (self._tree.word(m) for m in self._tree.children(k, "mark"))]

    def _is_towards(self, k: int, but: frozenset[str]) -> bool:
        return self._tree.case(k).split(" ")[0] not in but and self._parse.tokens[k].mention != "time"

    def _is_genitive(self, n: int) -> bool:
        return self._tree.case(n) in ("'s", "’s", "'", "’")

    def _names_owner(self, n: int) -> bool:
        token = self._parse.tokens[n]
        form = self._parse.text[slice(*token.span)]
        if token.tag == "PRON" or token.mention == "time":
            return token.tag == "PRON" and self._actors.entity(n) is not None
        # "the Norran strike", "Norra's strike", "an army raid"
        return self._actors.is_being(n) or (form[:1].isupper() and token.tag in ("ADJ", "PROPN"))

    def _may_pass_on(self, n: int) -> bool:
        """Whether a word is of telling or bringing, so that a country can be between: not "marched through Senn"."""
        verbs, nouns = read_lists("message_verbs", "speech_verbs"), read_table("contact_nouns")
        told = any(w in verbs or w in nouns for w in lemmas(self._tree.word(n)))
        return told or bool(self._tree.children(n, "ccomp", "xcomp"))

    def _is_place(self, n: int) -> bool:
        entity = self._actors.entity(n)
        return (entity is not None and entity.type == "place") or self._parse.tokens[n].mention == "place"
