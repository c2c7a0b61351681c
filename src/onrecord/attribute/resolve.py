"""The sources of one report, in order, to speakers: names, offices, pronouns, and words said again."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import defaultdict

from msgspec.structs import replace

from onrecord.attribute.memory import THING, Memory
from onrecord.attribute.speaker import NOBODY, PRONOUNS, Head, classify, describe, find_head, named, singular
from onrecord.knowledge import read_words
from onrecord.language import Mentions, Parse, Spans, Tree, beginning, words_of
from onrecord.record import Entity, Mention, MentionForm, Part, Span, Speaker

_HE_SHE = frozenset(("he", "she", "him", "her", "his"))
_MALE, _FEMALE = frozenset(("he", "him", "his")), frozenset(("she", "her"))
_FIRST = frozenset(("i", "we", "my", "our", "me", "us"))
_SELF = re.compile(r" (?:him|her|it)self$| themselves$")
_BESIDE = ("appos", "flat", "compound", "nmod")
# The noun that a name is set beside stands no more words before it.
_CALLED = 6
_TWO = re.compile(r"(?:the two|both|both the) \w+$")
_AGE = re.compile(r", \d\d$|\b\d\d-year-old$")
# A body speaks through these; the speaker is whoever issued them.
_ISSUED = frozenset(("statement", "communique", "communiqué", "release"))
_RELATIVE = frozenset(("who", "which", "that", "whom"))
# Behind a name, these make the source somebody else: "the minister's office", "Orme's spokesman".
_POSSESSIVE = ("'s", "’s", "'", "’")
# The titles that tell whether "he" or "she" may be whoever bears them.
_MALE_TITLES = frozenset(("mr", "sir", "lord", "king", "prince", "spokesman", "chairman"))
_FEMALE_TITLES = frozenset(("mrs", "ms", "miss", "dame", "lady", "queen", "princess", "spokeswoman", "chairwoman"))


class Resolver:
    """Resolves the sources of one report; they must be given in order of place, since each may refer back."""

    def __init__(self, parse: Parse, tree: Tree, entities: tuple[Entity, ...]) -> None:
        self.parse = parse
        self._tree = tree
        self.names = Mentions(entities)
        # What was resolved to an entity by no name.
        self.mentions: list[tuple[str, Mention]] = []
        self._memory = Memory()
        # Whom the report itself names; whom a speaker names is spoken of.
        self._people = self.names.people(unless=Spans(s for r in parse.relations for s in r.content))
        self._named = self.names.people(unless=Spans(()))
        self._callings = self._find_callings()
        # The pronouns by which entities were called, and whether a title gives their sex.
        self._pronouns: set[tuple[str, str]] = set()
        self._titled: dict[tuple[str, bool], bool] = {}

    def resolve(self, source: Part, holder: Speaker | None = None, cited: bool = False) -> Speaker:
        """The speaker behind `source`; nobody for an empty one or a pronoun without anyone to refer to.

        `holder` is who speaks of this source in words of his own, "I" among them; a source that is `cited` for them
        can go on speaking, as in "the same source said".
        """
        if not source:
            return NOBODY
        text = self.parse.quote(source).casefold()
        found: tuple[Speaker, MentionForm] = (holder, "pronoun") if holder and text in _FIRST else self._find(source)
        speaker, form = found
        if speaker.entity and form != "name":
            self.mentions.append((speaker.entity, Mention(source[0], form)))
        if speaker.entity and form == "pronoun":
            self._pronouns.add((speaker.entity, self.parse.text[source[0].start : source[0].end].casefold()))
        # "Holm said that Vorac had told her no. She added …": whoever is only spoken of speaks no further.
        if holder is None or cited:
            self._memory.add(speaker, self.parse.sentence_at(source[0].start))
        return speaker

    def hearer(self, span: Span) -> str | None:
        """Who stands behind words for somebody who was told; their own words where nobody known does."""
        speaker, form = self._find((span,))
        return speaker.name if speaker.name or form != "pronoun" else None

    def _find(self, source: Part) -> tuple[Speaker, MentionForm]:
        text = _SELF.sub("", self.parse.quote(source).strip(" ,"))
        if text.casefold() in PRONOUNS:
            return self._pronoun(text.casefold(), source[0]), "pronoun"
        head = self._head(source, text)
        if (entity := self._named_in(source)) is not None:
            speaker = named(entity)
            # "the airline Zelair", though the name was read as a person's
            if speaker.class_ == "named_person" and classify(head.noun) == "named_organisation":
                speaker = replace(speaker, class_="named_organisation")
            return speaker, "name"
        return self._described(source, text, head) or describe(text, head), "nominal"

    def _described(self, source: Part, text: str, head: Head) -> Speaker | None:
        """Whom words without a name can only mean: an issuer, one spoken of before, both parties, one just named."""
        low = text.casefold()
        found = self._issuer(source) if head.noun in _ISSUED else None
        if found is None and (head.definite or _is_office(head, text)):
            found = self._known(head, source[0])
        if found is None and head.definite and not head.plural:
            found = self._called(head.noun, source[0])
        if found is None and head.plural and _TWO.match(low):
            found = self._both(source[0])
        if found is None and low.startswith("the ") and _AGE.search(low):
            found = self._only_person(source[0])
        return found

    def _head(self, source: Part, text: str) -> Head:
        """The head of a source: the noun that the tree has it hang on, else what its words alone show."""
        given = find_head(text)
        at = self._tree.head(source)
        if at is None or len(source) > 1 or self.parse.tokens[at].tag not in ("NOUN", "PROPN") or given.share:
            return given
        return find_head(self.parse.text[source[0].start : self.parse.tokens[at].span.end])

    def _issuer(self, source: Part) -> Speaker | None:
        """Whose statement it is: "a statement by the ministry", "the ministry's statement", the last body's."""
        at = self._tree.head(source)
        owners = self._tree.children(at, "nmod") if at is not None else []
        for owner in owners:
            if self._tree.case(owner) in ("by", "from", "of", "'s", "’s", "'", "’"):
                span = self._tree.phrase(owner)
                speaker, _ = self._find((span,)) if span.start >= source[0].start else (NOBODY, "name")
                if speaker.class_ == "named_organisation":
                    return speaker
        text = self.parse.text[source[0].start : source[0].end].casefold()
        return self._memory.of_pronoun("it") if text.startswith(("the ", "its ")) and len(text.split()) < 3 else None

    def _only_person(self, at: Span) -> Speaker | None:
        """The one person whom a description with an age can mean: none but one is named here and two sentences before.

        "Juno Vale has left the band. The singer, 31, said …": papers give the age of the one just named.
        """
        number = self.parse.sentence_at(at.start)
        start = self.parse.sentences[max(0, number - 2)].start
        people = {e.id: e for _, e in beginning(self._people, start, at.start)}
        return named(next(iter(people.values()))) if len(people) == 1 else None

    def _named_in(self, source: Part) -> Entity | None:
        """The entity that the source names outside its prepositions and possessives: a person, a body, or a place."""
        head = find_head(self.parse.text[source[0].start : source[0].end])
        found = [
            (span, entity)
            for piece in source
            for span, entity in self.names.beginning(*piece)
            if span.end <= piece.end
            and not self._is_apart(span, source)
            and self._is_head(span, source[0], head, entity.type == "person")
        ]
        # "Lothan broadcaster NTK": the state's name only says whose.
        ranks = {"person": 0, "place": 2}
        return min(found, key=lambda f: (ranks.get(f[1].type, 1), f[0]))[1] if found else None

    def _is_apart(self, name: Span, source: Part) -> bool:
        """Whether the tree has the source hang on a word that `name` neither holds nor follows: "a memo seen by X"."""
        at = self._tree.head(source)
        tokens = self.parse.tokens
        if at is None or tokens[at].tag not in ("NOUN", "PROPN") or name.start <= tokens[at].span.start < name.end:
            return False
        if self.parse.text[source[0].start : name.start].endswith(", "):
            return False  # "the harbour master at Port Ansel, Silas Orme"
        own = self._tree.head((name,))
        # "the union leader, Dr Ali Holm": the name hangs on a title that hangs on the head.
        while own is not None and own > at and tokens[own].head != own:
            if tokens[own].relation not in _BESIDE or self._tree.children(own, "case"):
                return True
            own = tokens[own].head
            if own == at:
                return False
        return True

    def _called(self, noun: str, at: Span) -> Speaker | None:
        """The person whom the report has called so before: "striker Leo Maraz … The striker said"."""
        known = self._callings.get(noun, [])
        before = bisect_left(known, at.start, key=lambda k: k[0])
        return named(known[before - 1][1]) if before else None

    def _find_callings(self) -> dict[str, list[tuple[int, Entity]]]:
        """By noun, where a person is called it: beside the name, in an apposition, or as what he or she is."""
        tokens, tree = self.parse.tokens, self._tree
        out: dict[str, list[tuple[int, Entity]]] = defaultdict(list)
        for span, entity in self._named:
            own = tree.head((span,))
            if own is None:
                continue
            beside = [n for n in tree.children(own, "compound", "appos", "nmod") if not tree.children(n, "case")]
            above = tokens[own].head
            is_one = tokens[own].relation in ("appos", "flat", "compound") and above > own - _CALLED
            if above >= 0 and (is_one or (tokens[own].relation == "nsubj" and tree.children(above, "cop"))):
                beside = [*beside, above]
            for n in beside:
                if tokens[n].tag in ("NOUN", "PROPN") and not span.start <= tokens[n].span.start < span.end:
                    out[singular(tree.word(n))].append((span.start, entity))
        return out

    def _both(self, at: Span) -> Speaker | None:
        """The two people whom "the two leaders" or "both ministers" can only mean: no third is named nearby."""
        number = self.parse.sentence_at(at.start)
        for first in range(number, max(-1, number - 4), -1):
            near = beginning(self._named, self.parse.sentences[first].start, at.start)
            # Whoever tells of the two is neither of them.
            teller = self._memory.last.entity if self._memory.last else None
            people = list(dict.fromkeys(e.name for _, e in near if e.id != teller))
            if len(people) > 1:
                return Speaker(None, " and ".join(people), "named_person", None) if len(people) == 2 else None
        return None

    def _is_head(self, name: Span, source: Span, head: Head, person: bool) -> bool:
        """Whether `name` is what the source speaks of, not what its head belongs to: "a friend of X", "X's office"."""
        text = self.parse.text
        before = text[source.start : name.start]
        words = [w.casefold() for w, _ in words_of(before)]
        if text.startswith(_POSSESSIVE, name.end) and text[name.end + 1 : source.end].strip(" s'’"):
            # "Ostrava's foreign minister, Ada Holm": the name behind it will be found by itself.
            return False
        # Words of office lead up to the name that they belong to: "the Minister of Defence Ada Holm".
        if person and "," not in before and _office_leads(words):
            return True
        # "US officials", "three US and Norran officials": the name only says whose.
        own = {singular(w.casefold()) for w, _ in words_of(text, name)}
        if classify(head.noun) and head.noun not in own and "," not in before:
            return False
        if "," in before:
            tail = before.rsplit(",", 1)[1]
            return not {"of", "for", "at", "from", "in"} & {w.casefold() for w, _ in words_of(tail)}
        return not {"of", "for", "to", "from", "at", "in", "with", "by", "and"} & set(words)

    def _pronoun(self, word: str, at: Span) -> Speaker:
        if word in _RELATIVE:
            return self._before(at)
        if word in _HE_SHE:
            return self._person(word, at)
        return (self._subject(at) if word in THING else None) or self._memory.of_pronoun(word) or NOBODY

    def _subject(self, at: Span) -> Speaker | None:
        """The body or document that is the subject of the sentence before, or of this one before `at`.

        "The ministry said no. The port authority put it otherwise. In a note it said …": it is who was spoken of last.
        """
        number = self.parse.sentence_at(at.start)
        for n in range(number, max(-1, number - 2), -1):
            for span in reversed(self.parse.subjects(n)):
                if span.end <= at.start and self.parse.text[slice(*span)].casefold() not in PRONOUNS:
                    speaker, _ = self._find((span,))
                    if speaker.class_ in ("named_organisation", "outlet", "document"):
                        return speaker
        return None

    def _before(self, at: Span) -> Speaker:
        """The one named just before a relative pronoun: "said Ryall, who added that …"."""
        best = self.names.last_before(at.start, 60)
        return named(best) if best else (self._memory.last or NOBODY)

    def _person(self, word: str, at: Span) -> Speaker:
        """Who "he" or "she" is: of the nearest sentence that has either, the last speaker, else the first person."""
        male = word in _MALE
        number = self.parse.sentence_at(at.start)
        # Whom only a speaker names is meant where there is nobody else: "… that Orme would go. He denies it."
        for known in (self._people, self._named):
            for n in range(number, max(-1, number - 4), -1):
                start, end = self.parse.sentences[n]
                people = (named(e) for _, e in beginning(known, start, min(end, at.start)))
                for speaker in itertools.chain(self._memory.spoke(n), people):
                    if not self._goes_by(speaker, not male):
                        return speaker
        return NOBODY

    def _goes_by(self, speaker: Speaker, male: bool) -> bool:
        """Whether `speaker` was called by a pronoun of that sex before, or by a title."""
        if speaker.entity is None:
            return False
        if any((speaker.entity, word) in self._pronouns for word in (_MALE if male else _FEMALE)):
            return True
        asked = (speaker.entity, male)
        if asked not in self._titled:
            self._titled[asked] = self._bears(speaker.entity, _MALE_TITLES if male else _FEMALE_TITLES)
        return self._titled[asked]

    def _bears(self, entity: str, titles: frozenset[str]) -> bool:
        """Whether one of `titles` stands before a name of the entity."""
        starts = [m.span.start for m in self.names.entities[entity].mentions]
        before = (words_of(self.parse.text, Span(max(0, start - 20), start)) for start in starts)
        return any(words and words[-1][0].casefold() in titles for words in before)

    def _known(self, head: Head, at: Span) -> Speaker | None:
        """Whom a definite description speaks of again: an office held, a body named so, a source given before."""
        modifiers = set(head.words[:-1]) - {"the", "this", "that", "same", "his", "her", "its", "their"}
        # "the Sennish ministry" is not the Lothan one: a description said again brings no new words.
        holder = self.names.holder(head.noun, modifiers, head.plural, at.start)
        return named(holder) if holder else self._memory.described(head, modifiers)


def _is_office(head: Head, text: str) -> bool:
    """Whether an office without an article stands for its holder, as headlines have it: "Norran Defence Secretary"."""
    low = head.words[0] if head.words else ""
    return (
        not head.plural and head.noun in read_words("offices") and text[:1].isupper() and low not in ("a", "an", "one")
    )


def _office_leads(words: list[str]) -> bool:
    """Whether the words before a name are all of one office: "the Secretary of Defence", not "an aide of President"."""
    offices = read_words("offices") | read_words("honorifics")
    first = next((i for i, w in enumerate(words) if w in offices), len(words))
    link = next((i for i, w in enumerate(words) if w in ("of", "for", "at", "from", "in")), len(words))
    behind = words[link + 1 :]
    return first < link and bool(behind) and words[0] not in ("a", "an", "one") and not offices & set(behind)
