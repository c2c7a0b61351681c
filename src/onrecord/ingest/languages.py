"""Text to the language that it is written in."""

from __future__ import annotations

import re
import tempfile
from functools import cache

from onrecord.ingest.words import read_list
from onrecord.record import OnrecordError

ENGLISH = "en"
SAMPLE = 5_000
FEWEST_WORDS = 20
# In nats. Twenty words of another language beat English by more than 200, a paragraph of English about people with
# foreign names loses by less than 10.
MARGIN = 50.0

_SUBTAG = re.compile(r"[a-z]{2,3}(?=[-_]|$)", re.ASCII)


@cache
def load_languages() -> None:
    """Load what tells languages apart, which takes a second and is unpacked in the temporary folder.

    Raises:
        OnrecordError: there is no room for it.
    """
    import py3langid

    try:
        py3langid.rank("")
    except OSError as error:
        where = f"{tempfile.gettempdir()}: {error.strerror or error}"
        raise OnrecordError(
            f"{where}; what tells languages apart is unpacked there (TMPDIR names another folder)"
        ) from error


def find_language(text: str) -> str:
    """The ISO 639 code of the language of `text`, judged by its beginning.

    English is assumed where nothing speaks clearly against it: a headline of foreign names is no foreign report.
    """
    sample = text.lstrip()[:SAMPLE]
    letters = sum(c.isalpha() for c in sample)
    latin = sum(c.isalpha() and (c < "\u0250" or "\u1e00" <= c <= "\u1eff") for c in sample)
    if 2 * latin >= letters and len(sample.split()) < FEWEST_WORDS:
        return ENGLISH
    import py3langid

    scores: list[tuple[str, float]] = py3langid.rank(sample)
    best, score = scores[0]
    return best if score - dict(scores)[ENGLISH] >= MARGIN or 2 * latin < letters else ENGLISH


def primary_subtag(tag: str) -> str | None:
    """The language in a BCP 47 tag, lower-cased ("en-GB" is "en"); None where `tag` names none."""
    found = _SUBTAG.match(tag.strip().lower())
    if found is None or found.group() in ("und", "mul", "zxx"):
        return None
    return ENGLISH if found.group() == "eng" else found.group()


def language_name(code: str) -> str:
    """How English calls the language `code`, with the code in brackets; the bare code where the list has no name."""
    names = dict(line.split("\t", 1) for line in read_list("languages"))
    return f"{names[code]} ({code})" if code in names else code
