"""Text to the words by which FTS5 finds it, and to the places where it did: FTS5 in memory, for a few texts.

Whatever database holds a record, its words are cut, stemmed and marked by the same hand: the same questions have the
same answers.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from contextlib import suppress

from onrecord.record import Span
from onrecord.store.marks import CLOSE, OPEN, find_marks

# As the table `search` of a record file has it.
TOKENIZE = "porter unicode61 remove_diacritics 2"
_TABLES = f"""
CREATE VIRTUAL TABLE held USING fts5 (words, tokenize = '{TOKENIZE}');
CREATE VIRTUAL TABLE indexed USING fts5 (words, content = '', tokenize = '{TOKENIZE}');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (indexed, instance);
"""
_PARTS = re.compile(r'"([^"]*)"|(AND|OR|\(|\))')

Texts = Iterable[tuple[int, str]]


class Tokens:
    """An FTS5 that holds texts only while it is asked about them."""

    def __init__(self) -> None:
        self._memory = sqlite3.connect(":memory:", isolation_level=None)
        self._memory.executescript(_TABLES)

    def cut(self, texts: Texts) -> dict[int, dict[str, list[int]]]:
        """The words of each text by its number, stemmed, with the places of each, counted from 1 word by word."""
        self._memory.execute("INSERT INTO indexed (indexed) VALUES ('delete-all')")
        self._memory.execute("BEGIN")
        found: dict[int, dict[str, list[int]]] = {}
        for number, text in texts:
            found[number] = {}
            self._memory.execute("INSERT INTO indexed (rowid, words) VALUES (?, ?)", (number, text))
        self._memory.execute("COMMIT")
        for number, word, offset in self._memory.execute("SELECT doc, term, offset FROM vocabulary"):
            found[number].setdefault(word, []).append(offset + 1)
        return found

    def cut_phrase(self, phrase: str) -> tuple[str, ...]:
        """The words of a phrase in their order."""
        words = [(place, word) for word, places in self.cut([(1, phrase)])[1].items() for place in places]
        return tuple(word for _, word in sorted(words))

    def phrases(self, query: str) -> list[tuple[str, ...] | str]:
        """A query of `store.words` with its phrases cut into words, and AND, OR and brackets as they stand."""
        return [sign or self.cut_phrase(phrase) for phrase, sign in _PARTS.findall(query)]

    def highlight(self, query: str, texts: Texts) -> dict[int, list[Span]]:
        """Where in each text that matches a query its words stand."""
        asked = "SELECT rowid, highlight(held, 0, ?, ?) FROM held WHERE held MATCH ?"
        rows = self._ask(asked, query, texts, OPEN, CLOSE)
        return {number: find_marks(text) for number, text in rows}

    def excerpt(self, query: str, texts: Texts) -> dict[int, str]:
        """Some words of each text that matches a query around those that match, which stand in brackets."""
        asked = "SELECT rowid, snippet(held, 0, ?, ?, '…', 24) FROM held WHERE held MATCH ?"
        return dict(self._ask(asked, query, texts, "[", "]"))

    def close(self) -> None:
        """Let go of the memory."""
        self._memory.close()

    def _ask(self, asked: str, query: str, texts: Texts, *marks: str) -> list[tuple[int, str]]:
        self._memory.execute("BEGIN")
        try:
            self._memory.executemany("INSERT INTO held (rowid, words) VALUES (?, ?)", texts)
            return self._memory.execute(asked, (*marks, query)).fetchall()
        finally:
            with suppress(sqlite3.Error):
                self._memory.execute("ROLLBACK")
