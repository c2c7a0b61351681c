"""Peers on the reports of `bench.speed`: texts as a JSON list on standard input, one JSON object on standard output.

It is run by the interpreter in whose environment the peers are, and needs nothing of the project.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence

MISSING = "not installed"
_MODEL = "en_core_web_sm"


def textacy_quotations(texts: Sequence[str]) -> object:
    """Reports a second of textacy's direct quotations, behind spaCy's small English pipeline."""
    try:
        import spacy
        from textacy.extract import direct_quotations  # type: ignore[import-not-found]
    except ImportError:
        return MISSING
    models = sorted(name for name in spacy.util.get_installed_models() if name.startswith(_MODEL))
    if not models:
        return {"reports_per_second": None, "why": f"spaCy has no {_MODEL} here, without which textacy finds no cue"}
    pipeline = spacy.load(models[0])
    pipeline(texts[0])
    found, refused = 0, 0
    started = time.process_time()
    for text in texts:
        try:
            found += len(list(direct_quotations(pipeline(text))))
        except ValueError:  # an odd number of quotation marks
            refused += 1
    seconds = time.process_time() - started
    return {"reports_per_second": round(len(texts) / seconds, 2), "quotations": found, "reports_refused": refused}


def main() -> None:
    """Runs each peer that is installed."""
    print(json.dumps({"textacy": textacy_quotations(json.load(sys.stdin))}))


if __name__ == "__main__":
    main()
