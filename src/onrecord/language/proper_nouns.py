"""Proper nouns that the tree joins as it does those of a person to names that the model passed over.

"President Ada Holm said": what trained the reader of names has few reports of that kind, what trained the tree
has. In Universal Dependencies `flat` joins the words of a person's name, not those of a place ("New York").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.language.spans import Spans
from onrecord.language.tokens import Token
from onrecord.record import Span

# How sure such a name is: of fifty that were read in news two were none.
SHOWN = 0.9
# Neither an address nor what a reader is called on a site.
_OF_LETTERS = re.compile(r"[^\W\d_][^\d\n@/_:]*")


def find_joined(text: str, tokens: Sequence[Token], taken: Spans) -> Iterator[Span]:
    """The names of two words and more that the tree shows outside of `taken`, in order."""
    first = 0
    # Behind the last word a name ends too.
    for n in range(1, len(tokens) + 1 if tokens else 0):
        if n < len(tokens) and tokens[n].tag == "PROPN" and tokens[n].relation == "flat" and tokens[n].head == first:
            continue
        span = Span(tokens[first].span.start, tokens[n - 1].span.end)
        proper = n - first > 1 and tokens[first].tag == "PROPN" and tokens[first].mention in (None, "person")
        proper = proper and text[tokens[n - 1].span.start].isupper()
        if proper and _OF_LETTERS.fullmatch(text, *span) and not taken.meets(span):
            yield span
        first = n
