"""The tables of a record file, to a database that has them in their latest form."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from onrecord.store.columns import pack_entries, pack_statements
from onrecord.store.packed import pack
from onrecord.store.rows import pack_bundle, read_language

# "ONRC", at byte 68 of every record file.
APPLICATION_ID = 0x4F4E5243

# A text is stored once, in `texts`; wherever else a report or an analysis stands, its text is left empty.
FIRST = """
CREATE TABLE texts (report TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;

-- Each report as it was given, as JSON: in `givens` once it is on the record, in `incoming` while a build is at work.
CREATE TABLE givens (report TEXT NOT NULL, given TEXT NOT NULL, PRIMARY KEY (report, given)) WITHOUT ROWID;
CREATE TABLE incoming (report TEXT NOT NULL, given TEXT NOT NULL, PRIMARY KEY (report, given)) WITHOUT ROWID;

-- Phase 1: what a maker found in a report under metadata of this hash.
CREATE TABLE cache (
    report TEXT NOT NULL, meta TEXT NOT NULL, maker TEXT NOT NULL, analysis TEXT NOT NULL,
    PRIMARY KEY (report, meta, maker)
);

-- Phase 2: the entries of the record, by the names of their fields, and the maker of the analyses behind them.
-- No row in `completed` means that no build has ever come to its end.
CREATE TABLE entries (
    kind TEXT NOT NULL, position INTEGER NOT NULL, id TEXT, json TEXT NOT NULL, PRIMARY KEY (kind, position)
);
CREATE TABLE completed (maker TEXT NOT NULL);

-- What can be searched: whole reports, and each attribution's content from its first to its last character.
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, report TEXT NOT NULL, attribution TEXT, start INTEGER NOT NULL, end INTEGER NOT NULL
);
CREATE VIEW passage_words AS
    SELECT passages.id AS id, substr(texts.text, passages.start + 1, passages.end - passages.start) AS words
    FROM passages JOIN texts ON texts.report = passages.report;
CREATE VIRTUAL TABLE search USING fts5 (
    words, content = 'passage_words', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);
"""

# From here on a report that is added costs what it touches, so that phase 2 stands by affairs: reports whose facts may
# bear on one another, under the smallest id among them. What an older version made is made again by the next build.
BY_AFFAIRS = """
DROP TABLE entries;
DROP TABLE completed;
DELETE FROM passages;
INSERT INTO search (search) VALUES ('rebuild');
ALTER TABLE cache ADD COLUMN vectors BLOB;

-- Each report on the record: the hash of its metadata and its keys as merged from all that was given of it, its affair,
-- and its analysis where the other reports or a person have changed it.
CREATE TABLE reports (
    report TEXT PRIMARY KEY, meta TEXT NOT NULL, merged TEXT NOT NULL, keys TEXT NOT NULL,
    affair TEXT NOT NULL, told TEXT
) WITHOUT ROWID;
CREATE INDEX reports_by_affair ON reports (affair);

-- What finds the reports that another may bear on: days as ordinals (NULL is open), whether the date was given, and the
-- keys that it shares with them.
CREATE TABLE marks (
    report TEXT PRIMARY KEY, outlet TEXT, given INTEGER NOT NULL, earliest INTEGER, latest INTEGER, mark BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX marks_by_day ON marks (earliest, latest);
CREATE INDEX marks_by_outlet ON marks (outlet, given, report);
CREATE TABLE mark_keys (key INTEGER NOT NULL, report TEXT NOT NULL, PRIMARY KEY (key, report)) WITHOUT ROWID;
CREATE INDEX mark_keys_by_report ON mark_keys (report);

-- The entries of each affair by the names of their fields; of people and bodies what one affair has of each.
CREATE TABLE entries (
    affair TEXT NOT NULL, kind TEXT NOT NULL, position INTEGER NOT NULL, id TEXT, report TEXT, json TEXT NOT NULL,
    PRIMARY KEY (affair, kind, position)
);
-- The entities of the affairs under the keys by which those of two affairs may be one, and which were found to be.
CREATE TABLE entity_keys (
    key TEXT NOT NULL, id TEXT NOT NULL, affair TEXT NOT NULL, PRIMARY KEY (key, id)
) WITHOUT ROWID;
CREATE INDEX entity_keys_by_affair ON entity_keys (affair);
CREATE INDEX entity_keys_by_id ON entity_keys (id);
CREATE INDEX entity_entries ON entries (id) WHERE kind = 'entities';
CREATE TABLE entity_homes (id TEXT PRIMARY KEY, home TEXT NOT NULL) WITHOUT ROWID;

-- What people said of the record, in the order in which they said it; nothing in it is ever changed or deleted.
CREATE TABLE corrections (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, json TEXT NOT NULL);

-- The makers of the analyses and of what stands on them. No row means that no build has ever come to its end.
CREATE TABLE completed (maker TEXT NOT NULL, linker TEXT NOT NULL);
"""

# What is listed and filtered without reading the record. A file of before holds none of it until it is linked anew.
BY_LISTS = """
UPDATE completed SET linker = '';
ALTER TABLE completed ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
CREATE INDEX passages_by_report ON passages (report, attribution);

-- Days as ordinals, where one is known; `reading` is the highest confidence of a report's own event among the members.
ALTER TABLE entries ADD COLUMN earliest INTEGER;
ALTER TABLE entries ADD COLUMN latest INTEGER;
ALTER TABLE entries ADD COLUMN confidence REAL;
ALTER TABLE entries ADD COLUMN reading REAL;
ALTER TABLE entries ADD COLUMN reports INTEGER;
ALTER TABLE entries ADD COLUMN independent INTEGER;
ALTER TABLE entries ADD COLUMN noun TEXT;
ALTER TABLE entries ADD COLUMN status TEXT;
ALTER TABLE entries ADD COLUMN label TEXT;
DROP INDEX entity_entries;
CREATE INDEX entity_homes_by_home ON entity_homes (home);
CREATE INDEX entries_by_id ON entries (id);
CREATE INDEX entries_by_kind ON entries (kind);

-- Each attribution that says more than another of the same words; its id is that of its passage, so of a search's hit.
-- `unnamed` says that nobody with a name stands behind it, `entity` is what its affair has of the speaker.
CREATE TABLE statements (
    id INTEGER PRIMARY KEY, affair TEXT NOT NULL, report TEXT NOT NULL, attribution TEXT NOT NULL,
    start INTEGER NOT NULL, outlet TEXT, speaker TEXT, class TEXT NOT NULL, addressee TEXT, channel TEXT NOT NULL,
    quote TEXT NOT NULL, polarity TEXT NOT NULL, modality TEXT NOT NULL, earliest INTEGER, latest INTEGER,
    confidence REAL NOT NULL, claim TEXT, entity TEXT, unnamed INTEGER NOT NULL, reports INTEGER NOT NULL
);
CREATE INDEX statements_by_affair ON statements (affair);
CREATE INDEX statements_by_report ON statements (report, attribution);
-- Whom the content of a statement names, and under which names each is known in an affair.
CREATE TABLE spoken_of (
    entity TEXT NOT NULL, statement INTEGER NOT NULL, affair TEXT NOT NULL, PRIMARY KEY (entity, statement)
) WITHOUT ROWID;
CREATE INDEX spoken_of_by_affair ON spoken_of (affair);
CREATE TABLE entity_names (
    name TEXT NOT NULL, id TEXT NOT NULL, affair TEXT NOT NULL, PRIMARY KEY (name, id)
) WITHOUT ROWID;
CREATE INDEX entity_names_by_affair ON entity_names (affair);
-- The order of reports, as `corroborate.rank` has it: by the day that was given, the outlet and the id.
CREATE VIEW turns AS
    SELECT report, CASE WHEN given THEN earliest ELSE 9999999 END AS day, coalesce(outlet, '') AS outlet FROM marks;
-- When each report came, in seconds of Unix time; nothing of the record rests on it.
CREATE TABLE arrivals (report TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
"""

# What others' tools show of a record, under words that a reader knows; days are ordinals elsewhere.
READABLE = """
CREATE VIEW readable_reports AS
    SELECT r.report AS id, json_extract(e.json, '$.key') AS key, json_extract(e.json, '$.outlet') AS outlet,
        json_extract(e.json, '$.title') AS title, json_extract(e.json, '$.url') AS url,
        json_extract(e.json, '$.published.earliest') AS published_earliest,
        json_extract(e.json, '$.published.latest') AS published_latest,
        json_extract(e.json, '$.published.given') AS published_given, t.text
    FROM reports r JOIN entries e ON e.id = r.report AND e.kind = 'reports' JOIN texts t ON t.report = r.report;
CREATE VIEW readable_statements AS
    SELECT s.report || '/' || s.attribution AS id, s.report, s.outlet, s.speaker, s.class AS speaker_class, w.words,
        s.addressee, s.channel, s.quote, s.polarity, s.modality, date(s.earliest + 1721424.5) AS said_earliest,
        date(s.latest + 1721424.5) AS said_latest, s.claim, coalesce(h.home, s.entity) AS speaker_entity,
        s.reports AS reports_with_the_claim, s.confidence
    FROM statements s JOIN passage_words w ON w.id = s.id LEFT JOIN entity_homes h ON h.id = s.entity;
CREATE VIEW readable_claims AS
    SELECT id, json_extract(json, '$.text') AS text, json_extract(json, '$.author') AS author, reports,
        independent AS traced_origins, json_array_length(json, '$.untraced') AS untraced_reports,
        date(earliest + 1721424.5) AS said_earliest, date(latest + 1721424.5) AS said_latest, confidence
    FROM entries WHERE kind = 'claims';
CREATE VIEW readable_events AS
    SELECT id, json_extract(json, '$.type') AS type, json_extract(json, '$.kind') AS kind,
        json_extract(json, '$.actors') AS actors, json_extract(json, '$.recipients') AS recipients, label AS place,
        date(earliest + 1721424.5) AS when_earliest, date(latest + 1721424.5) AS when_latest, status, reports,
        independent AS traced_origins, confidence
    FROM entries WHERE kind = 'events';
CREATE VIEW readable_contacts AS
    SELECT id, noun AS kind, json_extract(json, '$.participants') AS participants, label AS place,
        date(earliest + 1721424.5) AS when_earliest, date(latest + 1721424.5) AS when_latest, status, reports,
        independent AS traced_origins, confidence
    FROM entries WHERE kind = 'contacts';
CREATE VIEW readable_disagreements AS
    SELECT e.id, e.noun AS kind, json_extract(e.json, '$.why') AS why, a.report AS a_report,
        substr(a.text, json_extract(e.json, '$.a.span[0]') + 1,
            json_extract(e.json, '$.a.span[1]') - json_extract(e.json, '$.a.span[0]')) AS a_words,
        b.report AS b_report,
        substr(b.text, json_extract(e.json, '$.b.span[0]') + 1,
            json_extract(e.json, '$.b.span[1]') - json_extract(e.json, '$.b.span[0]')) AS b_words
    FROM entries e JOIN texts a ON a.report = json_extract(e.json, '$.a.report')
        LEFT JOIN texts b ON b.report = json_extract(e.json, '$.b.report')
    WHERE e.kind = 'disagreements';
"""

# Analyses take a sixth of their room when packed (`packed`). The oldest SQLite in use can drop no column, so that the
# tables are made anew.
PACKED = """
CREATE TABLE packed_cache (
    report TEXT NOT NULL, meta TEXT NOT NULL, maker TEXT NOT NULL, analysis BLOB NOT NULL, vectors BLOB,
    PRIMARY KEY (report, meta, maker)
);
INSERT INTO packed_cache SELECT report, meta, maker, pack(analysis), vectors FROM cache;
DROP TABLE cache;
ALTER TABLE packed_cache RENAME TO cache;

DROP VIEW readable_reports;
CREATE TABLE packed_reports (
    report TEXT PRIMARY KEY, meta TEXT NOT NULL, merged TEXT NOT NULL, keys TEXT NOT NULL,
    affair TEXT NOT NULL, told BLOB
) WITHOUT ROWID;
INSERT INTO packed_reports SELECT report, meta, merged, keys, affair, pack(told) FROM reports;
DROP TABLE reports;
ALTER TABLE packed_reports RENAME TO reports;
CREATE INDEX reports_by_affair ON reports (affair);
CREATE VIEW readable_reports AS
    SELECT r.report AS id, json_extract(e.json, '$.key') AS key, json_extract(e.json, '$.outlet') AS outlet,
        json_extract(e.json, '$.title') AS title, json_extract(e.json, '$.url') AS url,
        json_extract(e.json, '$.published.earliest') AS published_earliest,
        json_extract(e.json, '$.published.latest') AS published_latest,
        json_extract(e.json, '$.published.given') AS published_given, t.text
    FROM reports r JOIN entries e ON e.id = r.report AND e.kind = 'reports' JOIN texts t ON t.report = r.report;
"""

# Kinds of entries that nobody asks for one by one stand in a bundle, and each list in a block of columns (`blocks`),
# both by affairs. A row beyond a quarter of a page takes a page of its own where it is stored within its key: texts and
# marks are not.
BUNDLED = """
CREATE TABLE bundles (
    affair TEXT NOT NULL, kind TEXT NOT NULL, number INTEGER NOT NULL, entries BLOB NOT NULL,
    PRIMARY KEY (affair, kind)
);
CREATE INDEX bundles_by_kind ON bundles (kind, number);
INSERT INTO bundles SELECT affair, kind, count(*), pack_bundle(position, json) FROM entries
    WHERE kind IN ('copies', 'links') GROUP BY affair, kind;
DELETE FROM entries WHERE kind IN ('copies', 'links');

CREATE TABLE lists (affair TEXT NOT NULL, kind TEXT NOT NULL, block BLOB NOT NULL, PRIMARY KEY (affair, kind));
CREATE INDEX lists_by_kind ON lists (kind, affair);
UPDATE entries SET noun = (
    SELECT language(analysis) FROM reports JOIN cache USING (report, meta)
    WHERE reports.report = entries.id AND maker = (SELECT maker FROM completed)
) WHERE kind = 'reports';
INSERT INTO lists SELECT affair, kind, pack_entries(
        position, id, report, earliest, latest, confidence, reading, reports, independent, noun, status, label
    ) FROM entries GROUP BY affair, kind;
INSERT INTO lists SELECT affair, 'statements', pack_statements(
        0, id, report, attribution, start, outlet, speaker, class, addressee, channel, quote, polarity, modality,
        earliest, latest, confidence, claim, entity, unnamed, reports
    ) FROM statements GROUP BY affair;

-- All entities of single affairs that have a key, and what was judged of each two of them by it.
CREATE TABLE entity_blocks (key TEXT PRIMARY KEY, block BLOB NOT NULL);

CREATE TABLE texts_of_before AS SELECT report, text FROM texts;
DROP TABLE texts;
CREATE TABLE texts (report TEXT PRIMARY KEY, text TEXT NOT NULL);
INSERT INTO texts SELECT report, text FROM texts_of_before ORDER BY report;
DROP TABLE texts_of_before;
CREATE TABLE marks_of_before AS SELECT report, outlet, given, earliest, latest, mark FROM marks;
DROP TABLE marks;
CREATE TABLE marks (
    report TEXT PRIMARY KEY, outlet TEXT, given INTEGER NOT NULL, earliest INTEGER, latest INTEGER, mark BLOB NOT NULL
);
CREATE INDEX marks_by_day ON marks (earliest, latest);
CREATE INDEX marks_by_outlet ON marks (outlet, given, earliest, report);
INSERT INTO marks SELECT * FROM marks_of_before ORDER BY report;
DROP TABLE marks_of_before;
"""

# Whoever is named in thousands of affairs is told by the offices that all of them give: the list of people has them.
OFFICES = """
UPDATE entries SET status = json_extract(json, '$.roles')
    WHERE kind = 'entities' AND json_array_length(json, '$.roles') > 0;
DELETE FROM lists WHERE kind = 'entities';
INSERT INTO lists SELECT affair, kind, pack_entries(
        position, id, report, earliest, latest, confidence, reading, reports, independent, noun, status, label
    ) FROM entries WHERE kind = 'entities' GROUP BY affair, kind;
"""

# The script at index n makes version n of a file to version n + 1. A released one is never edited.
MIGRATIONS: tuple[str, ...] = (
    f"PRAGMA application_id = {APPLICATION_ID};\n{FIRST}",
    BY_AFFAIRS,
    BY_LISTS,
    READABLE,
    PACKED,
    BUNDLED,
    OFFICES,
)


class _Folded:
    """An aggregate of SQL: the rows of a group, in the order of their first value, folded into one."""

    def __init__(self, fold: Callable[[list[Sequence[Any]]], bytes]) -> None:
        self._fold, self._rows = fold, list[Sequence[Any]]()

    def step(self, *row: Any) -> None:
        self._rows.append(row)

    def finalize(self) -> bytes:
        return self._fold([row[1:] for row in sorted(self._rows, key=lambda row: row[0])])


_FOLDS: tuple[tuple[str, int, Callable[[list[Sequence[Any]]], bytes]], ...] = (
    ("pack_bundle", 2, lambda rows: pack_bundle(json for (json,) in rows)),
    ("pack_entries", 12, pack_entries),
    ("pack_statements", 20, pack_statements),
)


def migrate(database: sqlite3.Connection) -> None:
    """Bring `database` from the version that it states to the latest, all in one transaction or not at all."""
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version >= len(MIGRATIONS):
        return
    scripts = "".join(MIGRATIONS[version:])
    database.create_function("pack", 1, lambda json: pack(json) if isinstance(json, str) else json, deterministic=True)
    database.create_function("language", 1, read_language, deterministic=True)
    for name, values, fold in _FOLDS:
        database.create_aggregate(name, values, partial(_Folded, fold))  # type: ignore[arg-type]
    try:
        database.executescript(f"BEGIN IMMEDIATE;{scripts};PRAGMA user_version = {len(MIGRATIONS)};COMMIT;")
    except sqlite3.Error:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise
