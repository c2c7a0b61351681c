"""How a content is meant by its speaker: as a fact, a guess, a plan, a wish, a threat."""

from __future__ import annotations

from bisect import bisect_left
from typing import cast

from onrecord.attribute.phrases import longest
from onrecord.knowledge import read_words
from onrecord.language import Parse, Token, words_of
from onrecord.record import Modality, Part, Span

_CONDITION = frozenset(("if", "unless", "provided", "providing"))
_FUTURE = frozenset(("will", "'ll", "’ll", "shall", "wo", "would", "'d", "’d", "gonna"))
_POSSIBLE = frozenset(("may", "might", "could"))
_NEEDED = frozenset(("must", "should", "ought"))
# "we will", "he would": whoever speaks of himself decides what he speaks of.
_OWN = frozenset(("i", "we", "he", "she", "it", "they"))
# These leave open what is meant; what is said then shows it.
_HARD = ("requested", "threatened", "committed")
# What a person can't decide about himself: "we will be hit", "I will be 40".
_STATES = frozenset("be have win lose need see know die suffer get become remain face".split())


def find_modality(parse: Parse, cue: Part, content: Part, denied: bool) -> Modality:
    """The modality of `content`: the cue's, where its words show one, else that of the content's main clause.

    "He vowed to …" and "he warned that we would …" tell it before the content; behind "said" and "told" the auxiliary
    verb and the adverbs of the main clause do ("might", "probably", "will"). What stands in a clause below, such as
    what an inner speaker said, counts for that speaker. An if that the main clause hangs on makes it conditional. What
    is `denied` or not told at all is none of these.
    """
    words = {w.casefold() for span in cue for w, _ in words_of(parse.text, span)}
    said = longest("modalities", parse.quote(cue)) if cue else None
    if denied:
        return "asserted"
    clause = _Clause.of(parse, content)
    if said is None and words & read_words("warnings"):
        # "warned that it would hit back": a threat; "warned that the dam might break": none.
        said = ("threatened" if clause.own() else "predicted") if clause.future() else None
    if said not in _HARD and clause.conditional():
        return "conditional"
    return cast(Modality, said) if said else clause.modality()


class _Clause:
    """The main clause of a content: its head word and the words that depend on it."""

    def __init__(self, parse: Parse, head: int, first: int, last: int) -> None:
        self._tokens: tuple[Token, ...] = parse.tokens[first:last]
        self._words = [parse.text[slice(*t.span)].casefold() for t in self._tokens]
        self._head = head - first
        at = range(len(self._tokens))
        self._of = [n for n in at if self._tokens[n].head - first == self._head and n != self._head]
        self._first = first

    @classmethod
    def of(cls, parse: Parse, content: Part) -> _Clause:
        """The first clause of `content` that no other of its words governs."""
        spans = content if content else (Span(0, 0),)
        for start, end in spans:
            first = bisect_left(parse.tokens, start, key=lambda t: t.span.start)
            last = bisect_left(parse.tokens, end, lo=first, key=lambda t: t.span.start)
            stop = parse.sentences[parse.sentence_at(start)].end
            last = min(last, max(first + 1, bisect_left(parse.tokens, stop, lo=first, key=lambda t: t.span.start)))
            held = [
                n for n in range(first, last) if not first <= parse.tokens[n].head < last or parse.tokens[n].head == n
            ]
            verbs = [n for n in held if parse.tokens[n].tag in ("VERB", "AUX", "ADJ")] or [
                n for n in held if parse.tokens[n].tag in ("NOUN", "PROPN", "PRON", "NUM")
            ]
            if verbs:
                return cls(parse, verbs[0], first, last)
        return cls(parse, 0, 0, 0)

    def _children(self, *relations: str) -> list[int]:
        return [n for n in self._of if self._tokens[n].relation in relations]

    def _auxiliaries(self) -> set[str]:
        return {self._words[n] for n in self._children("aux", "cop")}

    def own(self) -> bool:
        """Whether the subject is a pronoun that can mean whoever speaks, or is left out as in "to resign"."""
        subjects = self._children("nsubj")
        if not subjects:
            return self.to() and not self._children("nsubj:pass")
        return self._words[subjects[0]] in _OWN

    def to(self) -> bool:
        """Whether it is an infinitive with "to"."""
        return bool(self._tokens) and any(self._words[n] == "to" for n in self._children("mark"))

    def future(self) -> bool:
        """Whether the main verb stands in a future, also in that of reported speech ("would")."""
        return bool(self._auxiliaries() & _FUTURE)

    def conditional(self) -> bool:
        """Whether the main clause hangs on an if."""
        for n in self._children("advcl"):
            at = self._first + n
            if any(t.head == at and self._words[k] in _CONDITION for k, t in enumerate(self._tokens)):
                return True
        return next((w for w in self._words if w.isalpha()), "") in _CONDITION

    def modality(self) -> Modality:
        """What auxiliary, adverbs and main verb of the clause show."""
        if not self._tokens:
            return "asserted"
        auxiliaries = self._auxiliaries()
        adverbs = " ".join(self._words[n] for n in self._children("advmod"))
        found: Modality = "asserted"
        if auxiliaries & _POSSIBLE or longest("hedges", adverbs):
            found = "hedged"
        elif auxiliaries & _NEEDED or self._imperative():
            found = "requested"
        elif auxiliaries & _FUTURE:
            decides = self.own() and not self._passive() and self._words[self._head] not in _STATES
            found = "intended" if decides else "predicted"
        elif self._children("xcomp", "ccomp"):
            # "are preparing to leave", "is expected to rise", "appears to have": the verb before the infinitive tells.
            verb = " ".join(self._words[max(0, self._head - 1) : self._head + 2])
            found = cast(Modality, longest("main_verbs", verb) or "asserted")
        return found

    def _passive(self) -> bool:
        return any(self._words[n] in ("be", "been", "being") for n in self._children("aux"))

    def _imperative(self) -> bool:
        """Whether it is a verb in its plain form that opens a quotation: "Leave the seals alone"."""
        if self._tokens[self._head].tag != "VERB" or self._children("nsubj", "aux", "mark", "cop"):
            return False
        before = [w for w in self._words[: self._head] if w.isalpha()]
        word = self._words[self._head]
        return before in ([], ["please"], ["do"], ["just"], ["do", "not"], ["never"], ["now"]) and not word.endswith(
            ("ed", "ing", "en")
        )
