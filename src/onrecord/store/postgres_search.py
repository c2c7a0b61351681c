"""The words of passages as tsvectors of PostgreSQL: which match, and in which order."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from onrecord.record import Span
from onrecord.store.database import Row
from onrecord.store.postgres_tables import LARGE
from onrecord.store.tokens import Tokens

if TYPE_CHECKING:
    from onrecord.store.postgres import Postgres

# What PostgreSQL keeps of a passage: places up to this one, so many of a word, words up to so many bytes.
_LAST_PLACE, _PLACES, _BYTES, _ALL_BYTES = 16_383, 255, 2_046, 1_000_000
_PORTION = 500
# As FTS5 weighs how often a phrase stands in a passage, and how long that is.
_OFTEN, _LONG = 1.2, 0.75

Phrase = tuple[str, ...]


class _Query(NamedTuple):
    """A query in PostgreSQL's words, and its phrases in their order."""

    vector: str
    phrases: list[Phrase]


class WordVectors:
    """As `Search`. Words are cut and marked by `Tokens`, as in a file; PostgreSQL finds the passages that hold them."""

    def __init__(self, database: Postgres) -> None:
        self._database = database

    @cached_property
    def _tokens(self) -> Tokens:
        return Tokens()

    def close(self) -> None:
        """Let go of the memory, if any was needed."""
        if "_tokens" in self.__dict__:
            self._tokens.close()

    def add(self, passages: Iterable[tuple[int, str]]) -> None:
        """As `Search.add`."""
        source = iter(passages)
        while portion := list(islice(source, _PORTION)):
            self._database.executemany(
                "INSERT INTO search VALUES (?, ?::tsvector, ?)",
                ((id, _write(words), sum(map(len, words.values()))) for id, words in self._tokens.cut(portion).items()),
            )

    def forget(self) -> None:
        """As `Search.forget`."""
        self._database.execute(
            "DELETE FROM search WHERE id IN (SELECT id FROM passages WHERE report IN (SELECT report FROM changed))"
        )

    def end(self, removed: bool) -> None:
        """As `Search.end`: nothing is left of a row that is gone, but what is known of the tables is to be renewed."""
        self._database.execute(f"ANALYZE {LARGE}")

    def statements(self, query: str) -> list[int]:
        """As `Search.statements`."""
        rows = self._find("SELECT s.id FROM search w JOIN statements s USING (id) WHERE {} ORDER BY s.id", query)
        return [id for (id,) in rows]

    def reports(self, query: str) -> list[str]:
        """As `Search.reports`."""
        asked = "SELECT p.report FROM search w JOIN passages p USING (id) WHERE {} AND p.attribution IS NULL ORDER BY 1"
        return [report for (report,) in self._find(asked, query)]

    def highlight(self, query: str, statements: Sequence[int]) -> Mapping[int, list[Span]]:
        """As `Search.highlight`."""
        return self._tokens.highlight(query, self._texts([int(id) for id in statements]))

    def matches(self, query: str, report: str) -> list[Span]:
        """As `Search.matches`."""
        rows = self._database.execute("SELECT 1, text FROM texts WHERE report = ?", (report,))
        return self._tokens.highlight(query, rows).get(1, [])

    def best(self, query: str, limit: int) -> list[tuple[str, str | None, str]]:
        """As `Search.best`."""
        read = self._read(query)
        ids = self._rank(read, limit) if read else []
        rows = self._database.execute("SELECT id, report, attribution FROM passages WHERE id = ANY(?)", (ids,))
        named = {id: (report, attribution) for id, report, attribution in rows}
        excerpts = self._tokens.excerpt(query, self._texts(ids))
        return [(*named[id], excerpts[id]) for id in ids if id in excerpts]

    def _find(self, asked: str, query: str) -> Iterator[Row]:
        read = self._read(query)
        if read:
            yield from self._database.execute(asked.format("w.words @@ ?::tsquery"), (read.vector,))

    def _texts(self, ids: Sequence[int]) -> list[tuple[int, str]]:
        rows = self._database.execute("SELECT id, words FROM passage_words WHERE id = ANY(?)", (list(ids),))
        return [(id, words) for id, words in rows]

    def _read(self, query: str) -> _Query | None:
        """A query in PostgreSQL's words; None if it holds no word. A phrase without one is left out."""
        phrases: list[Phrase] = []
        written: list[str] = []
        for part in self._tokens.phrases(query):
            sign = {"AND": "&", "OR": "|"}.get(part, part) if isinstance(part, str) else ""
            if sign:
                written.append(sign)
            elif part:
                phrases.append(tuple(part))
                written.append(_write_phrase(part))
        joined = _join(written)
        return _Query(joined, phrases) if phrases else None

    def _rank(self, query: _Query, limit: int) -> list[int]:
        """The ids of the passages that match, best first, by the BM25 of FTS5."""
        database = self._database
        total, words = database.execute("SELECT count(*), coalesce(sum(length), 0) FROM search").fetchone() or (0, 0)
        weights = [self._weigh(phrase, total) for phrase in query.phrases]
        rows = database.execute(
            "SELECT w.id, w.length, t.lexeme, t.positions FROM search w JOIN passages p USING (id)"
            " LEFT JOIN statements s USING (id), unnest(w.words) AS t"
            " WHERE w.words @@ ?::tsquery AND (p.attribution IS NULL OR s.id IS NOT NULL) AND t.lexeme = ANY(?)",
            (query.vector, sorted({word for phrase in query.phrases for word in phrase})),
        )
        lengths: dict[int, int] = {}
        places: dict[int, dict[str, set[int]]] = {}
        for id, length, word, at in rows:
            lengths[id] = length
            places.setdefault(id, {})[word] = set(at)
        mean = float(words) / total if total else 1.0
        scores = [
            (-_score([_count(phrase, held) for phrase in query.phrases], weights, lengths[id], mean), id)
            for id, held in places.items()
        ]
        return [id for _, id in sorted(scores)[:limit]]

    def _weigh(self, phrase: Phrase, total: int) -> float:
        """How rare a phrase is among all passages."""
        asked = "SELECT count(*) FROM search WHERE words @@ ?::tsquery"
        (hits,) = self._database.execute(asked, (_write_phrase(phrase),)).fetchone() or (0,)
        weight = math.log((total - hits + 0.5) / (hits + 0.5))
        return weight if weight > 0 else 1e-6


def _score(counts: Sequence[int], weights: Sequence[float], length: int, mean: float) -> float:
    score = 0.0
    for often, weight in zip(counts, weights, strict=True):
        score += weight * ((often * (_OFTEN + 1.0)) / (often + _OFTEN * (1.0 - _LONG + _LONG * float(length) / mean)))
    return score


def _count(phrase: Phrase, places: Mapping[str, set[int]]) -> int:
    """How often a phrase stands in a passage."""
    first, *others = (places.get(word, set()) for word in phrase)
    return sum(all(at + n in other for n, other in enumerate(others, 1)) for at in first)


def _join(written: Sequence[str]) -> str:
    """Phrases that stand side by side are all asked for; beside one that was left out nothing is joined."""
    joined: list[str] = []
    for part in written:
        open_ = not joined or joined[-1] in ("&", "|", "(")
        if part in ("&", "|"):
            joined += [] if open_ else [part]
        elif part == ")":
            _drop_last(joined, "&", "|")
            joined += [] if _drop_last(joined, "(") else [part]
        else:
            joined += [part] if open_ else ["&", part]
    _drop_last(joined, "&", "|")
    return " ".join(joined)


def _drop_last(joined: list[str], *signs: str) -> bool:
    """Whether the last of `joined` was one of `signs`, which then is gone."""
    return bool(joined) and joined[-1] in signs and bool(joined.pop())


def _write(words: Mapping[str, Sequence[int]]) -> str:
    """A tsvector, as far as PostgreSQL can hold it."""
    written, size = list[str](), 0
    for word, places in words.items():
        length = len(word.encode())
        kept = [place for place in places[:_PLACES] if place <= _LAST_PLACE]
        size += length + 2 * len(kept) + 4
        if length > _BYTES or size > _ALL_BYTES:
            continue
        written.append(_quote(word) + (f":{','.join(map(str, kept))}" if kept else ""))
    return " ".join(written)


def _write_phrase(phrase: Sequence[str]) -> str:
    return f"({' <-> '.join(map(_quote, phrase))})"


def _quote(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
