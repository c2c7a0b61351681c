"""The sources of one report, in order, to speakers: names, offices, pronouns, and words said again."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.attribute.speaker import NOBODY, PRONOUNS, Head, classify, describe, find_head, named, singular
from onrecord.knowledge import read_words
from onrecord.language import Parse, words_of
from onrecord.record import Entity, Mention, MentionForm, Part, Span, Speaker

_HE_SHE = frozenset(("he", "she", "him", "her", "his"))
_MALE, _FEMALE = frozenset(("he", "him", "his")), frozenset(("she", "her"))
_RELATIVE = frozenset(("who", "which", "that", "whom"))
# Behind a name, these make the source somebody else: "the minister's office", "Orme's spokesman".
_POSSESSIVE = ("'s", "’s", "'", "’")


@dataclass(slots=True)
class Resolver:
    """Resolves the sources of one report; they must be given in order of place, since each may refer back."""

    parse: Parse
    entities: tuple[Entity, ...]
    earlier: list[tuple[int, Speaker]] = field(default_factory=list)
    mentions: list[tuple[str, Mention]] = field(default_factory=list)

    def resolve(self, source: Part) -> Speaker:
        """The speaker behind `source`; nobody for an empty one or a pronoun without anyone to refer to."""
        if not source:
            return NOBODY
        speaker, form = self._find(source)
        if speaker.entity and form != "name":
            self.mentions.append((speaker.entity, Mention(source[0], form)))
        self.earlier.append((source[0].start, speaker))
        return speaker

    def _find(self, source: Part) -> tuple[Speaker, MentionForm]:
        text = self.parse.quote(source).strip(" ,")
        low = text.casefold()
        if low in PRONOUNS:
            return self._pronoun(low, source[0]), "pronoun"
        if (entity := self._named_in(source)) is not None:
            return named(entity), "name"
        head = find_head(text)
        if (head.definite or _is_office(head, text)) and (known := self._known(head, source[0])) is not None:
            return known, "nominal"
        return describe(text), "nominal"

    def _named_in(self, source: Part) -> Entity | None:
        """The entity that the source names outside its prepositions and possessives: a person, a body, or a place."""
        found = [
            (mention.span, entity)
            for entity in self.entities
            for mention in entity.mentions
            if any(s.start <= mention.span.start and mention.span.end <= s.end for s in source)
            and mention.form == "name"
            and self._is_head(mention.span, source[0], entity.type == "person")
        ]
        # "Lothan broadcaster NTK": the state's name only says whose.
        ranks = {"person": 0, "place": 2}
        return min(found, key=lambda f: (ranks.get(f[1].type, 1), f[0]))[1] if found else None

    def _is_head(self, name: Span, source: Span, person: bool) -> bool:
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
        head = find_head(text[source.start : source.end])
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
        for _, speaker in reversed(self.earlier):
            plural = speaker.class_ in ("anonymous_official", "anonymous_other") and speaker.count != 1
            if word in ("they", "them", "their", "these", "those") and plural:
                return speaker
            if word in ("it", "its", "this") and speaker.class_ in ("named_organisation", "outlet", "document"):
                return speaker
        return NOBODY

    def _before(self, at: Span) -> Speaker:
        """The one named just before a relative pronoun: "said Ryall, who added that …"."""
        best = self._nearest(at, frozenset(("person", "organisation", "outlet", "place", "group")), 60)
        return named(best) if best else (self.earlier[-1][1] if self.earlier else NOBODY)

    def _person(self, word: str, at: Span) -> Speaker:
        """Who "he" or "she" is: of the nearest sentence that has either, the last speaker, else the first person."""
        unfit = _FEMALE if word in _MALE else _MALE
        number = self.parse.sentence_at(at.start)
        for sentence in reversed(self.parse.sentences[max(0, number - 3) : number + 1]):
            speakers = [s for start, s in self.earlier if sentence.start <= start < sentence.end]
            for speaker in [*(s for s in reversed(speakers) if _is_one(s)), *self._people(sentence, at.start)]:
                if not self._goes_by(speaker, unfit):
                    return speaker
        return NOBODY

    def _people(self, sentence: Span, before: int) -> list[Speaker]:
        """The people whom the report itself names in the sentence, in order; whom a speaker names is spoken of."""
        said = [s for r in self.parse.relations for s in r.content]
        found = [
            (m.span, e)
            for e in self.entities
            if e.type == "person" and (" " in e.name or e.roles)  # a lone word is often a misread place
            for m in e.mentions
            if sentence.start <= m.span.start < min(sentence.end, before)
            and not any(s.start <= m.span.start < s.end for s in said)
        ]
        return [named(e) for _, e in sorted(found, key=lambda f: f[0])]

    def _goes_by(self, speaker: Speaker, words: frozenset[str]) -> bool:
        """Whether `speaker` was called by one of `words` before, or by a title of that sex."""
        titles = (
            frozenset(("mr", "sir", "lord", "king", "prince", "spokesman", "chairman"))
            if "he" in words
            else (frozenset(("mrs", "ms", "miss", "dame", "lady", "queen", "princess", "spokeswoman", "chairwoman")))
        )
        for entity in self.entities:
            if entity.id == speaker.entity:
                for mention in entity.mentions:
                    before = self.parse.text[max(0, mention.span.start - 20) : mention.span.start]
                    words_before = words_of(before)
                    if words_before and words_before[-1][0].casefold() in titles:
                        return True
                return any(
                    self.parse.text[m.span.start : m.span.end].casefold() in words
                    for i, m in self.mentions
                    if i == entity.id and m.form == "pronoun"
                )
        return False

    def _nearest(self, at: Span, kinds: frozenset[str], reach: int) -> Entity | None:
        best: tuple[int, Entity] | None = None
        for entity in self.entities:
            for mention in entity.mentions:
                end = mention.span.end
                if entity.type in kinds and at.start - reach <= end <= at.start and (best is None or end > best[0]):
                    best = (end, entity)
        return best[1] if best else None

    def _known(self, head: Head, at: Span) -> Speaker | None:
        """Whom a definite description speaks of again: an office held, a body named so, a source given before."""
        modifiers = set(head.words[:-1]) - {"the", "this", "that", "same", "his", "her", "its", "their"}
        holders: list[tuple[int, Entity]] = []
        for entity in self.entities:
            # A headline may give the office before the text gives the name.
            starts = [m.span.start for m in entity.mentions]
            places = [x for x in starts if x < at.start] or [-x for x in starts]
            titles = [w.casefold() for r in entity.roles for w, _ in words_of(r)]
            called = titles if entity.type == "person" else entity.name.casefold().split()
            fits = not head.plural if entity.type == "person" else entity.type in ("organisation", "outlet")
            # "the Sennish ministry" is not the Lothan one: a description said again brings no new words.
            if fits and head.noun in called and modifiers <= set(called):
                holders.append((max(places), entity))
        if holders:
            return named(max(holders, key=lambda h: h[0])[1])
        for _, speaker in reversed(self.earlier):
            before = find_head(speaker.name or "")
            if not speaker.entity and before.noun == head.noun and modifiers <= set(before.words):
                return speaker
        return None


def _is_one(speaker: Speaker) -> bool:
    return speaker.class_ == "named_person" or (speaker.class_.startswith("anonymous") and speaker.count == 1)


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
