"""How a content is meant by its speaker: as a fact, a guess, a plan, a wish, a threat."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from onrecord.attribute.phrases import longest
from onrecord.knowledge import read_words
from onrecord.language import Parse, Tree, words_of
from onrecord.language.quotes import MARKS
from onrecord.record import Modality, Part, Span

_CONDITION = frozenset(("if", "unless", "provided", "providing"))
_FUTURE = frozenset(("will", "'ll", "’ll", "shall", "wo", "would", "'d", "’d", "gonna"))
_POSSIBLE = frozenset(("may", "might", "could"))
_NEEDED = frozenset(("must", "should", "ought"))
# "we will", "he would": whoever speaks of himself decides what he speaks of.
_OWN = frozenset(("i", "we", "he", "she", "it", "they"))
# These hold in spite of an if: "threatened to close the port unless …".
_HARD = ("requested", "threatened", "committed")
_VERBAL, _NOMINAL = ("VERB", "AUX", "ADJ"), ("NOUN", "PROPN", "PRON", "NUM")
_ASKED = "asked"
# What a person can't decide about himself: "we will be hit", "I will be 40".
_STATES = frozenset("be have win lose need see know die suffer get become remain face".split())


def find_modality(parse: Parse, tree: Tree, cue: Part, content: Part, denied: bool) -> Modality:
    """The modality of `content`: the cue's, where its words show one, else that of the content's main clause.

    "He vowed to …" and "he warned that we would …" tell it before the content; behind "said" and "told" the auxiliary
    verb and the adverbs of the main clause do ("might", "probably", "will"). What stands in a clause below, such as
    what an inner speaker said, counts for that speaker. An if that the main clause hangs on makes it conditional. What
    is `denied` or not told at all is none of these.
    """
    if denied:
        return "asserted"
    words = {w.casefold() for span in cue for w, _ in words_of(parse.text, span)}
    said = longest("modalities", parse.quote(cue)) if cue else None
    clause = _Clause(parse, tree, content)
    if _ASKED in words and parse.text[content[0].start] in MARKS and clause.declares():
        # "Orlan, asked on the steps about a bargain: “There is no deal”": who is quoted was asked.
        said = None
    if said is None and words & read_words("warnings"):
        # "warned that it would hit back": a threat; "warned that the dam might break": none.
        said = ("threatened" if clause.own() else "predicted") if clause.future() else None
    if said not in _HARD and clause.conditional():
        return "conditional"
    return cast(Modality, said) if said else clause.modality()


class _Clause:
    """The main clause of a content: its head word and the words that depend on it, as far as the content goes."""

    def __init__(self, parse: Parse, tree: Tree, content: Part) -> None:
        self._parse, self._tree = parse, tree
        self._held, self._head = range(0), -1
        for start, end in content:
            stop = parse.sentences[parse.sentence_at(start)].end
            held = tree.words_in(Span(start, end))
            held = held[: max(1, len(tree.words_in(Span(start, stop))))]
            heads = [n for n in held if parse.tokens[n].head not in held or parse.tokens[n].head == n]
            verbs = [n for n in heads if parse.tokens[n].tag in _VERBAL] or [
                n for n in heads if parse.tokens[n].tag in _NOMINAL
            ]
            if verbs:
                self._held, self._head = held, verbs[0]
                break

    def _children(self, *relations: str) -> list[int]:
        return [n for n in self._tree.children(self._head, *relations) if n in self._held] if self._held else []

    def _words(self, numbers: Iterable[int]) -> list[str]:
        return [self._tree.word(n) for n in numbers]

    def _auxiliaries(self) -> set[str]:
        return set(self._words(self._children("aux", "cop")))

    def declares(self) -> bool:
        """Whether it says that something is so: it has a subject, and no question is in it."""
        asks = "?" in self._words(self._held)
        return bool(self._children("nsubj", "expl")) and not asks and not self.conditional()

    def own(self) -> bool:
        """Whether the subject is a pronoun that can mean whoever speaks, or is left out as in "to resign"."""
        subjects = self._children("nsubj")
        if not subjects:
            return "to" in self._words(self._children("mark"))
        return self._tree.word(subjects[0]) in _OWN

    def future(self) -> bool:
        """Whether the main verb stands in a future, also in that of reported speech ("would")."""
        return bool(self._auxiliaries() & _FUTURE)

    def conditional(self) -> bool:
        """Whether the main clause hangs on an if."""
        for n in self._children("advcl"):
            if any(k in self._held and self._tree.word(k) in _CONDITION for k in self._tree.children(n)):
                return True
        return next((w for w in self._words(self._held) if w.isalpha()), "") in _CONDITION

    def modality(self) -> Modality:
        """What auxiliary, adverbs and main verb of the clause show."""
        if not self._held:
            return "asserted"
        auxiliaries = self._auxiliaries()
        adverbs = " ".join(self._words(self._children("advmod")))
        found: Modality = "asserted"
        if auxiliaries & _POSSIBLE or longest("hedges", adverbs):
            found = "hedged"
        elif auxiliaries & _NEEDED or self._imperative():
            found = "requested"
        elif auxiliaries & _FUTURE:
            decides = self.own() and not self._passive() and self._tree.word(self._head) not in _STATES
            found = "intended" if decides else "predicted"
        elif self._children("xcomp", "ccomp"):
            # "are preparing to leave", "is expected to rise", "appears to have": the verb before the infinitive tells.
            verb = " ".join(self._words(n for n in self._held if abs(n - self._head) < 2))
            found = cast(Modality, longest("main_verbs", verb) or "asserted")
        return found

    def _passive(self) -> bool:
        return bool({"be", "been", "being"} & set(self._words(self._children("aux"))))

    def _imperative(self) -> bool:
        """Whether it is a verb in its plain form that opens a quotation: "Leave the seals alone"."""
        if self._parse.tokens[self._head].tag != "VERB" or self._children("nsubj", "aux", "mark", "cop"):
            return False
        before = [w for w in self._words(n for n in self._held if n < self._head) if w.isalpha()]
        word = self._tree.word(self._head)
        return before in ([], ["please"], ["do"], ["just"], ["do", "not"], ["never"], ["now"]) and not word.endswith(
            ("ed", "ing", "en")
        )
