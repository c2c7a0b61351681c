"""The tables of a record file, to a database that has them in their latest form."""

from __future__ import annotations

import sqlite3

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

# The script at index n makes version n of a file to version n + 1. A released one is never edited.
MIGRATIONS: tuple[str, ...] = (f"PRAGMA application_id = {APPLICATION_ID};\n{FIRST}",)


def migrate(database: sqlite3.Connection) -> None:
    """Bring `database` from the version that it states to the latest, all in one transaction or not at all."""
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version >= len(MIGRATIONS):
        return
    scripts = "".join(MIGRATIONS[version:])
    try:
        database.executescript(f"BEGIN IMMEDIATE;{scripts};PRAGMA user_version = {len(MIGRATIONS)};COMMIT;")
    except sqlite3.Error:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise
