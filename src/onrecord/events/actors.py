"""The words of a parse to the actors that they stand for: names where the report gives them, else the words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from onrecord.events.runs import NameRuns
from onrecord.knowledge import read_lists, read_words
from onrecord.language import Mentions, Parse, Tree, lemmas, peoples_of, words_of
from onrecord.language.quotes import MARKS
from onrecord.record import Attribution, Entity, Span

# What may act or be acted on, as the model sorts what a word names.
_BEINGS = frozenset(("person", "organisation", "place"))
_RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
# What hangs on a description and is no part of it; "of" keeps "the ministers of Lothra and Senn" together.
_APART = ("acl", "appos", "punct", "case", "conj", "cc", "parataxis", "advcl", "cop", "nsubj", "aux", "mark", "dep")
# What joins a name to the words of office beside it.
_BESIDE = ("appos", "flat", "compound", "nmod")
_LONGEST, _MOST_HOPS = 8, 4
# So many characters behind the verb, what somebody says has begun.
_FAR = 200
_ACTING = ("nsubj", "obj", "iobj")
_I = frozenset(("i", "me", "my", "myself"))
_PERSONAL = frozenset("he she it they him her them".split())


# "PORT SENN — Thursday's call …": the place from which it is reported takes no part.
_DATELINE = re.compile(r"(?<![^\n])[A-Z][A-Z' ]{2,}(?:, [\w. ]{1,20})?(?: ?\([^()\n]{1,40}\))? ?[—–-]")


class Actors:
    """Who stands behind each word of one report."""

    def __init__(
        self,
        parse: Parse,
        tree: Tree,
        entities: tuple[Entity, ...],
        holder: Callable[[str, str], str | None] = lambda role, people: None,
        attributions: Sequence[Attribution] = (),
    ) -> None:
        """`holder` gives who is known to hold an office in the country of a people, `attributions` who is quoted."""
        self.parse, self.tree, self._known_holder = parse, tree, holder
        self.entities = entities
        self._names = Mentions(entities)
        self._found: dict[int, Entity | None] = {}
        # Words by which sources and clusters refer to an entity: the numbers of their heads.
        self._referring: dict[int, Entity] = {}
        self._lands = {p: e.name for e in reversed(entities) if e.type == "place" for p in peoples_of(e.name)}
        named = {
            n: e
            for e in entities
            for m in e.mentions
            if m.form == "name" and not _DATELINE.match(parse.text, m.span.start)
            for n in tree.words_in(m.span)
        }
        self._named = named
        self._runs = NameRuns(parse, tree, named)
        for cluster in parse.clusters:
            known = [named[m.head] for m in cluster if m.form == "name" and m.head in named]
            if known:
                for pronoun in (m for m in cluster if m.form == "pronoun"):
                    if self._is_other(pronoun.head, known):
                        continue
                    before = [named[m.head] for m in cluster if m.head < pronoun.head and m.head in named]
                    self._referring.setdefault(pronoun.head, (before or known)[-1])
        for entity in entities:
            for mention in entity.mentions:
                if mention.form != "name" and (heads := tree.heads((mention.span,))):
                    self._referring[heads[-1]] = entity
        self._follow_subjects()
        self._hear(attributions)

    def _is_other(self, pronoun: int, known: Sequence[Entity]) -> bool:
        """Whether the subject of the pronoun's own verb is who it was taken for: "Veck had called her".

        Of himself he would say "himself" (Principle B; Chomsky 1981).
        """
        token = self.parse.tokens[pronoun]
        if token.relation not in ("obj", "iobj") or token.head < 0 or self.tree.word(pronoun) not in _PERSONAL:
            return False
        subject = self.tree.subject(token.head)
        return subject is not None and self._named.get(subject) in known

    def _follow_subjects(self) -> None:
        """He or she that opens a sentence, or says something of himself, is whoever was the subject before.

        "Minister Emil Veck promised an inquiry. He visited the master": what holds sentences together is their subject
        (Grosz, Joshi and Weinstein 1995). Of 92 such pronouns in GUM the subject before is meant by 86; four of the
        others begin a paragraph or follow a body. "Ada Holm said she had rung Veck": of 11, by all.
        """
        parse, tree = self.parse, self.tree
        subjects: dict[int, int] = {}
        for n, token in enumerate(parse.tokens):
            if token.relation != "nsubj":
                continue
            number = parse.sentence_at(token.span.start)
            if tree.word(n) in ("he", "she"):
                before = subjects.get(number - 1) if number not in subjects else self._sayer(n)
                if before is not None and (number in subjects or self._goes_on_from(before, n)):
                    self._mean(n, before)
            subjects.setdefault(number, n)

    def _sayer(self, pronoun: int) -> int | None:
        """The subject of the verb of saying on which the pronoun's clause hangs, outside quotation marks."""
        tokens, tree = self.parse.tokens, self.tree
        clause = tokens[pronoun].head
        said = tokens[clause].head if clause >= 0 and tokens[clause].relation == "ccomp" else -1
        if said < 0 or not any(w in read_words("speech_verbs") for w in lemmas(tree.word(said))):
            return None
        subject = tree.subject(said)
        between = self.parse.text[tokens[said].span.end : tokens[pronoun].span.start]
        if subject is None or subject > pronoun or len(between) > _FAR or not set(between).isdisjoint(MARKS):
            return None
        return subject

    def _goes_on_from(self, before: int, pronoun: int) -> bool:
        """Whether the sentence of `pronoun` follows that of `before` in a paragraph, with nobody else in between."""
        parse, tree = self.parse, self.tree
        number = parse.sentence_at(parse.tokens[pronoun].span.start)
        start = parse.sentences[number - 1].start
        apart = "\n" in parse.text[start : parse.tokens[pronoun].span.start].strip()
        ahead = range(tree.words_in(parse.sentences[number])[0], pronoun)
        return not apart and not any(parse.tokens[n].mention == "person" for n in ahead)

    def _mean(self, pronoun: int, subject: int) -> None:
        """Notes that the pronoun means the one person that `subject` names, if that one is not of the other sex."""
        entity = None if self.tree.children(subject, "conj") else self._find(subject)
        if entity is None or entity.type != "person":
            return
        called = {self.parse.text[slice(*m.span)].casefold() for m in entity.mentions if m.form == "pronoun"}
        if ("she" if self.tree.word(pronoun) == "he" else "he") not in called:
            self._referring[pronoun] = entity

    def _hear(self, attributions: Sequence[Attribution]) -> None:
        """In quotation marks "I" is whoever is quoted, also where he is named behind: "“I saw it” – Greta Moll"."""
        known = {e.id: e for e in self.entities}
        for said in attributions:
            speaker = known.get(said.speaker.entity or "")
            if speaker and said.quote == "direct" and self.parse.text[said.content[0].start] in MARKS:
                for n in (n for span in said.content for n in self.tree.words_in(span) if self.tree.word(n) in _I):
                    self._referring[n] = speaker

    def entity(self, word: int) -> Entity | None:
        """The entity that the phrase headed by `word` names or refers to: a person before a body before a place."""
        if word not in self._found:
            self._found[word] = self._find(word)
        return self._found[word]

    def _find(self, word: int) -> Entity | None:
        found = [self._named[n] for n in self._called(word) if n in self._named]
        people = sorted((e for e in found if e.type == "person"), key=lambda e: " " not in e.name)
        if people or word in self._named:
            return people[0] if people else self._named[word]
        bodies = [e for e in found if e.type in ("organisation", "outlet")]
        if bodies:
            return bodies[0]
        return self._referring.get(word) or self._holder(word)

    def named(self, word: int) -> Entity | None:
        """The entity of whose name the word is a part."""
        return self._named.get(word)

    def of(self, word: int) -> tuple[str, ...]:
        """The names of all whom the phrase headed by `word` joins, each once; a pronoun without anyone gives none."""
        out: list[str] = []
        for one in self.joined(self.antecedent(word)):
            name = self.name(one)
            if name and name not in out:
                out.append(name)
        return tuple(out)

    def people(self, first: int, owners: bool = False) -> list[Entity]:
        """The people named in the run of offices and names that begins with the word `first`, in order."""
        return self._runs.people(first, owners)

    def name(self, word: int) -> str | None:
        """The fullest name behind `word`, else its description as it stands, without an article."""
        if (entity := self.entity(word)) is not None:
            return entity.name
        token = self.parse.tokens[word]
        if token.tag in ("PRON", "DET", "VERB", "AUX", "ADV"):
            return None
        return self.set_beside(word) or self._land(word) or self._described(word)

    def set_beside(self, word: int) -> str | None:
        """A name that the model passed over, set beside an office: "the executive, Ada Holm"."""
        offices = read_lists("offices", "people_nouns")
        if self.tree.word(word) not in offices and self.parse.tokens[word].mention != "person":
            return None
        tokens = self.parse.tokens
        beside = self.tree.children(word, "appos")
        if word + 2 < len(tokens) and self.tree.word(word + 1) == ",":
            beside = [*beside, word + 2]
        for n in beside:
            own = [n, *self.tree.children(n, "flat")]
            if self.parse.tokens[n].tag == "PROPN" and len(own) > 1 and own == list(range(n, n + len(own))):
                return self.parse.text[self.parse.tokens[n].span.start : self.parse.tokens[own[-1]].span.end]
        return None

    def counterpart(self, word: int, of: str) -> str | None:
        """Who "her Norran counterpart" is: whoever has that office in the report, else is known to have held it."""
        own = next((e for e in self.entities if e.name == of and e.roles), None)
        whose = [
            self.parse.text[slice(*self.parse.tokens[k].span)] for k in self.tree.children(word, "amod", "compound")
        ]
        people = next((w for w in whose if w[:1].isupper()), None)
        if own is None or people is None:
            return None
        office = {w.casefold() for r in own.roles for w, _ in words_of(r)} & read_words("offices")
        for entity in self.entities:
            words = {w.casefold() for r in entity.roles for w, _ in words_of(r)}
            if entity.type == "person" and entity is not own and people.casefold() in words and office & words:
                return entity.name
        return next((n for r in own.roles if (n := self._known_holder(r, people))), None)

    def is_being(self, word: int) -> bool:
        """Whether the phrase headed by `word` is of somebody or something that can act."""
        token = self.parse.tokens[word]
        if self.entity(word) is not None or token.mention in _BEINGS:
            return True
        return token.tag == "PRON" and self.tree.word(word) in ("he", "she", "him", "her", "they", "them", "who")

    def holders(self, word: int) -> tuple[Entity, ...]:
        """The people whose office "the foreign ministers" or "the two presidents" names, if they are two or more."""
        noun = next((w for w in lemmas(self.tree.word(word))[1:] if w in read_words("offices")), None)
        if noun is None:
            return ()
        return tuple(
            e
            for e in self.entities
            if e.type == "person" and any(noun in {w.casefold() for w, _ in words_of(r)} for r in e.roles)
        )

    def pair_ahead(self, word: int, sentences: int) -> tuple[str, ...]:
        """The first two people who are said to act or to be told something behind `word`, not many sentences on."""
        number = self.parse.sentence_at(self.parse.tokens[word].span.start)
        end = self.parse.sentences[min(number + sentences, len(self.parse.sentences) - 1)].end
        out: list[str] = []
        for n in range(word + 1, len(self.parse.tokens)):
            if self.parse.tokens[n].span.start >= end or len(out) == 2:
                break
            entity = self._named.get(n)
            if entity is None or entity.type != "person" or self.parse.tokens[n].relation not in _ACTING:
                continue
            # "told Dana Pirel of The Courier": whoever is told for a paper takes no part.
            of_paper = any(self.tree.case(k) == "of" for k in self.tree.children(n, "nmod"))
            if entity.name not in out and not of_paper:
                out.append(entity.name)
        return tuple(out) if len(out) == 2 else ()

    def pair_behind(self, word: int) -> tuple[str, ...]:
        """The two people named in the sentence of `word` before it, else in the sentence before; none if three are."""
        start = self.parse.tokens[word].span.start
        number = self.parse.sentence_at(start)
        for first in (number, number - 1):
            begin = self.parse.sentences[max(first, 0)].start
            out: list[str] = []
            for n in range(word - 1, -1, -1):
                if self.parse.tokens[n].span.start < begin:
                    break
                entity = self._named.get(n)
                person = entity is not None and entity.type == "person" and not self._runs.is_demonym(n)
                if entity is not None and person and entity.name not in out:
                    out.insert(0, entity.name)
            if len(out) > 1:
                return tuple(out) if len(out) == 2 else ()
        return ()

    def joined(self, word: int) -> list[int]:
        """`word` and those that are joined to it by "and"; of "the ministers, Rusk and Veck" the two names."""
        apart = [n for n in self.tree.children(word, "appos") if self.tree.children(n, "conj") and n in self._named]
        if apart and word not in self._named:
            word = apart[0]
        out = [word]
        for n in self.tree.children(word, "conj"):
            if self.parse.tokens[n].tag not in ("VERB", "AUX", "ADV"):
                # In "Minister Emil Veck and Minister Ada Rusk" the second office may head its own name, or be one.
                out += [k for k in self.joined(n) if k not in out]
        return [n for n in out if not (n != word and self._is_title(n, out))]

    def antecedent(self, word: int) -> int:
        """What a relative pronoun stands for: the word on which its clause hangs; other words are themselves."""
        if self.tree.word(word) in _RELATIVE and self.parse.tokens[word].tag in ("PRON", "DET", "SCONJ"):
            clause, steps = self.parse.tokens[word].head, 0
            while clause >= 0 and steps < 4:
                if self.parse.tokens[clause].relation == "acl" and self.parse.tokens[clause].head >= 0:
                    return self.parse.tokens[clause].head
                clause, steps = self.parse.tokens[clause].head, steps + 1
        if self.tree.word(word) in _PERSONAL and word not in self._referring:
            return self._speaker_of(word)
        return word

    def _speaker_of(self, word: int) -> int:
        """Who says of himself: "Senn said it would leave" speaks of Senn, where nothing shows who else is meant."""
        clause = self.parse.tokens[word].head
        for _ in range(_MOST_HOPS):
            if clause < 0 or self.parse.tokens[clause].relation not in ("ccomp", "xcomp", "conj"):
                return word
            above = self.parse.tokens[clause].head
            if self.parse.tokens[clause].relation == "ccomp" and above >= 0:
                subject = self.tree.subject(above)
                return word if subject is None or subject == word else self.antecedent(subject)
            clause = above
        return word

    def _land(self, word: int) -> str | None:
        """The place whose people the adjective names: "Norran" of "Norra", where the report names that."""
        token = self.parse.tokens[word]
        beside = token.relation in ("amod", "compound")
        return self._lands.get(self.parse.text[slice(*token.span)]) if beside else None

    def _called(self, word: int) -> list[int]:
        """The words of `word`'s phrase that may name what it is of: itself and those set beside it."""
        out = [word]
        for n in self.tree.children(word, *_BESIDE):
            # In "her Norran counterpart, Emil Veck" what stands before the noun only says whose.
            beside = self.parse.tokens[n].relation in ("appos", "flat") or n > word
            if beside and not self.tree.children(n, "case") and not self.tree.children(n, "conj"):
                out.append(n)
                out += [k for k in self.tree.children(n, *_BESIDE) if k > n and not self.tree.children(k, "case")]
        return out if any(n in self._named for n in out) else [*out, *self._beside_whose(word)]

    def _beside_whose(self, word: int) -> list[int]:
        """The person set beside somebody's work, where the tree hangs the name on what the work is for.

        "A foreman at the company's depot, Josef Orlan": no depot is called so.
        """
        if self.tree.word(word) not in read_lists("offices", "people_nouns"):
            return []
        head = self.parse.tokens[word].head
        # The tree may hang "at the depot" on what was done to the foreman.
        behind = self.tree.children(head, "obl") if head >= 0 else []
        whose = [k for k in behind if word + 1 in self.tree.children(k, "case")]
        return [
            n
            for k in (*self.tree.children(word, "nmod"), *whose)
            if self.tree.children(k, "case")
            for n in self.tree.children(k, "appos")
            if (entity := self._named.get(n)) is not None and entity.type == "person"
        ]

    def _is_title(self, word: int, others: list[int]) -> bool:
        """Whether a joined word is the office of the name that is joined behind it."""
        return (
            word not in self._named
            and self.tree.word(word) in read_words("offices")
            and any(n in self._named and 0 < n - word < 3 for n in others)
        )

    def _holder(self, word: int) -> Entity | None:
        """Whoever bears the office of "the minister" or "the Deputy Secretary", where the report has said who."""
        token = self.parse.tokens[word]
        if token.tag not in ("NOUN", "PROPN") or token.mention not in ("person", None):
            return None
        noun = self.tree.word(word)
        if noun not in read_words("offices"):
            return None
        beside = self.tree.children(word, "amod", "compound", "nmod", "det")
        if any(self.tree.word(n) in ("a", "an", "another", "former", "new") for n in beside):
            return None
        modifiers = {self.tree.word(n) for n in beside if self.parse.tokens[n].tag in ("ADJ", "NOUN", "PROPN")} - {
            "the",
            "this",
        }
        return self._names.holder(noun, modifiers, False, token.span.start)

    def _described(self, word: int) -> str | None:
        held = self.tree.below(word, _APART)
        text = self.parse.text
        first, last = held[0], held[-1]
        span = Span(self.parse.tokens[first].span.start, self.parse.tokens[last].span.end)
        if last - first >= _LONGEST:
            near = [n for n in held if abs(n - word) < _LONGEST // 2]
            span = Span(self.parse.tokens[near[0]].span.start, self.parse.tokens[near[-1]].span.end)
        words = " ".join(text[slice(*span)].split())
        words = re.sub(r"^(?:the|a|an|this|that|these|those|its|their|his|her|both)\s+", "", words, flags=re.IGNORECASE)
        words = words.removesuffix("'s").removesuffix("’s").strip(" ,;:“”\"'’")
        return words if any(w for w, _ in words_of(words)) else None
