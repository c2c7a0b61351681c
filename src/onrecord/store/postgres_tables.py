"""The tables of a record in a schema of a PostgreSQL database, to a schema that has them in their latest form.

They are those of a record file (`schema`), but for what a writer stages, which is the writer's own, and for the words
of the passages. Text sorts by code points, as SQLite sorts it. What SQLite has functions for and PostgreSQL has not,
under the same names and with the same outcome, is made here.
"""

from __future__ import annotations

FIRST = """
CREATE TABLE onrecord (format INTEGER NOT NULL);
INSERT INTO onrecord VALUES (0);

CREATE FUNCTION json_each(TEXT) RETURNS TABLE (value TEXT) LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS 'SELECT pg_catalog.json_array_elements_text($1::json)';
-- Of the paths that SQLite knows those of names and numbers: $.a.b, $[0], $.a[0].
CREATE FUNCTION json_extract(TEXT, TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    'SELECT ($1::json #> string_to_array(trim(both ''.'' from translate($2, ''$[]'', ''..'')), ''.'')) #>> ''{}''';
CREATE FUNCTION instr(TEXT, TEXT) RETURNS INTEGER LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT strpos($1, $2)';
CREATE FUNCTION day(INTEGER) RETURNS DATE LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    'SELECT DATE ''0001-01-01'' + ($1 - 1)';

CREATE TABLE texts (report TEXT PRIMARY KEY, text TEXT NOT NULL);
-- What was given may be too long to be a key; TAKE_IN sees to it that none stands twice.
CREATE TABLE givens (report TEXT NOT NULL, given TEXT NOT NULL);
CREATE INDEX givens_by_report ON givens (report);
CREATE TABLE cache (
    report TEXT NOT NULL, meta TEXT NOT NULL, maker TEXT NOT NULL, analysis TEXT NOT NULL, vectors BYTEA,
    PRIMARY KEY (report, meta, maker)
);
CREATE TABLE completed (maker TEXT NOT NULL, linker TEXT NOT NULL, number BIGINT NOT NULL DEFAULT 0);

CREATE TABLE passages (
    id BIGINT PRIMARY KEY, report TEXT NOT NULL, attribution TEXT, start INTEGER NOT NULL, "end" INTEGER NOT NULL
);
CREATE INDEX passages_by_report ON passages (report, attribution);
CREATE VIEW passage_words AS
    SELECT passages.id AS id, substr(texts.text, passages.start + 1, passages."end" - passages.start) AS words
    FROM passages JOIN texts ON texts.report = passages.report;
-- The words of a passage as `tokens` cuts them, and how many they are.
CREATE TABLE search (id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL, length INTEGER NOT NULL);
CREATE INDEX search_by_words ON search USING gin (words);

CREATE TABLE reports (
    report TEXT PRIMARY KEY, meta TEXT NOT NULL, merged TEXT NOT NULL, keys TEXT NOT NULL,
    affair TEXT NOT NULL, told TEXT
);
CREATE INDEX reports_by_affair ON reports (affair);

CREATE TABLE marks (
    report TEXT PRIMARY KEY, outlet TEXT, given INTEGER NOT NULL, earliest INTEGER, latest INTEGER, mark BYTEA NOT NULL
);
CREATE INDEX marks_by_day ON marks (earliest, latest);
CREATE INDEX marks_by_outlet ON marks (outlet, given, report);
CREATE TABLE mark_keys (key BIGINT NOT NULL, report TEXT NOT NULL, PRIMARY KEY (key, report));
CREATE INDEX mark_keys_by_report ON mark_keys (report);

CREATE TABLE entries (
    affair TEXT NOT NULL, kind TEXT NOT NULL, position INTEGER NOT NULL, id TEXT, report TEXT, json TEXT NOT NULL,
    earliest INTEGER, latest INTEGER, confidence DOUBLE PRECISION, reading DOUBLE PRECISION, reports INTEGER,
    independent INTEGER, noun TEXT, status TEXT, label TEXT, PRIMARY KEY (affair, kind, position)
);
CREATE INDEX entries_by_id ON entries (id);
CREATE INDEX entries_by_kind ON entries (kind);

CREATE TABLE entity_keys (key TEXT NOT NULL, id TEXT NOT NULL, affair TEXT NOT NULL, PRIMARY KEY (key, id));
CREATE INDEX entity_keys_by_affair ON entity_keys (affair);
CREATE INDEX entity_keys_by_id ON entity_keys (id);
CREATE TABLE entity_homes (id TEXT PRIMARY KEY, home TEXT NOT NULL);
CREATE INDEX entity_homes_by_home ON entity_homes (home);

CREATE TABLE corrections (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id TEXT NOT NULL UNIQUE, json TEXT NOT NULL
);

CREATE TABLE statements (
    id BIGINT PRIMARY KEY, affair TEXT NOT NULL, report TEXT NOT NULL, attribution TEXT NOT NULL,
    start INTEGER NOT NULL, outlet TEXT, speaker TEXT, class TEXT NOT NULL, addressee TEXT, channel TEXT NOT NULL,
    quote TEXT NOT NULL, polarity TEXT NOT NULL, modality TEXT NOT NULL, earliest INTEGER, latest INTEGER,
    confidence DOUBLE PRECISION NOT NULL, claim TEXT, entity TEXT, unnamed INTEGER NOT NULL, reports INTEGER NOT NULL
);
CREATE INDEX statements_by_affair ON statements (affair);
CREATE INDEX statements_by_report ON statements (report, attribution);
CREATE TABLE spoken_of (
    entity TEXT NOT NULL, statement BIGINT NOT NULL, affair TEXT NOT NULL, PRIMARY KEY (entity, statement)
);
CREATE INDEX spoken_of_by_affair ON spoken_of (affair);
CREATE TABLE entity_names (name TEXT NOT NULL, id TEXT NOT NULL, affair TEXT NOT NULL, PRIMARY KEY (name, id));
CREATE INDEX entity_names_by_affair ON entity_names (affair);
CREATE VIEW turns AS
    SELECT report, CASE WHEN given <> 0 THEN earliest ELSE 9999999 END AS day, coalesce(outlet, '') AS outlet
    FROM marks;
CREATE TABLE arrivals (report TEXT PRIMARY KEY, at BIGINT NOT NULL);

CREATE VIEW readable_reports AS
    SELECT r.report AS id, json_extract(e.json, '$.key') AS key, json_extract(e.json, '$.outlet') AS outlet,
        json_extract(e.json, '$.title') AS title, json_extract(e.json, '$.url') AS url,
        json_extract(e.json, '$.published.earliest') AS published_earliest,
        json_extract(e.json, '$.published.latest') AS published_latest,
        json_extract(e.json, '$.published.given') AS published_given, t.text
    FROM reports r JOIN entries e ON e.id = r.report AND e.kind = 'reports' JOIN texts t ON t.report = r.report;
CREATE VIEW readable_statements AS
    SELECT s.report || '/' || s.attribution AS id, s.report, s.outlet, s.speaker, s.class AS speaker_class, w.words,
        s.addressee, s.channel, s.quote, s.polarity, s.modality, day(s.earliest) AS said_earliest,
        day(s.latest) AS said_latest, s.claim, coalesce(h.home, s.entity) AS speaker_entity,
        s.reports AS reports_with_the_claim, s.confidence
    FROM statements s JOIN passage_words w ON w.id = s.id LEFT JOIN entity_homes h ON h.id = s.entity;
CREATE VIEW readable_claims AS
    SELECT id, json_extract(json, '$.text') AS text, json_extract(json, '$.author') AS author, reports,
        independent AS traced_origins, json_array_length(json_extract(json, '$.untraced')::json) AS untraced_reports,
        day(earliest) AS said_earliest, day(latest) AS said_latest, confidence
    FROM entries WHERE kind = 'claims';
CREATE VIEW readable_events AS
    SELECT id, json_extract(json, '$.type') AS type, json_extract(json, '$.kind') AS kind,
        json_extract(json, '$.actors') AS actors, json_extract(json, '$.recipients') AS recipients, label AS place,
        day(earliest) AS when_earliest, day(latest) AS when_latest, status, reports,
        independent AS traced_origins, confidence
    FROM entries WHERE kind = 'events';
CREATE VIEW readable_contacts AS
    SELECT id, noun AS kind, json_extract(json, '$.participants') AS participants, label AS place,
        day(earliest) AS when_earliest, day(latest) AS when_latest, status, reports,
        independent AS traced_origins, confidence
    FROM entries WHERE kind = 'contacts';
CREATE VIEW readable_disagreements AS
    SELECT e.id, e.noun AS kind, json_extract(e.json, '$.why') AS why, a.report AS a_report,
        substr(a.text, json_extract(e.json, '$.a.span[0]')::integer + 1,
            json_extract(e.json, '$.a.span[1]')::integer - json_extract(e.json, '$.a.span[0]')::integer) AS a_words,
        b.report AS b_report,
        substr(b.text, json_extract(e.json, '$.b.span[0]')::integer + 1,
            json_extract(e.json, '$.b.span[1]')::integer - json_extract(e.json, '$.b.span[0]')::integer) AS b_words
    FROM entries e JOIN texts a ON a.report = json_extract(e.json, '$.a.report')
        LEFT JOIN texts b ON b.report = json_extract(e.json, '$.b.report')
    WHERE e.kind = 'disagreements';
"""

# What is packed (`packed`) is bytes. What stands there already is left as it is until it is written again.
PACKED = """
ALTER TABLE cache ALTER COLUMN analysis TYPE BYTEA USING convert_to(analysis, 'UTF8');
ALTER TABLE reports ALTER COLUMN told TYPE BYTEA USING convert_to(told, 'UTF8');
"""

# Blocks are made when the record is linked anew.
BUNDLED = """
CREATE TABLE bundles (
    affair TEXT NOT NULL, kind TEXT NOT NULL, number INTEGER NOT NULL, entries BYTEA NOT NULL,
    PRIMARY KEY (affair, kind)
);
CREATE INDEX bundles_by_kind ON bundles (kind, number);
INSERT INTO bundles SELECT affair, kind, count(*),
        convert_to('[' || string_agg(json, ',' ORDER BY position) || ']', 'UTF8')
    FROM entries WHERE kind IN ('copies', 'links') GROUP BY affair, kind;
DELETE FROM entries WHERE kind IN ('copies', 'links');
CREATE TABLE lists (affair TEXT NOT NULL, kind TEXT NOT NULL, block BYTEA NOT NULL, PRIMARY KEY (affair, kind));
CREATE INDEX lists_by_kind ON lists (kind, affair);
CREATE TABLE entity_blocks (key TEXT PRIMARY KEY, block BYTEA NOT NULL);
DROP INDEX marks_by_outlet;
CREATE INDEX marks_by_outlet ON marks (outlet, given, earliest, report);
UPDATE completed SET linker = '';
"""

# Offices stand in the list of people: it is made when the record is linked anew.
OFFICES = "UPDATE completed SET linker = '';"

# The script at index n makes version n of a schema to version n + 1. A released one is never edited.
MIGRATIONS: tuple[str, ...] = (FIRST, PACKED, BUNDLED, OFFICES)

# The tables that hold what was read, all of which grow with the record.
LARGE = (
    "texts, givens, cache, reports, entries, bundles, lists, entity_blocks, statements, passages, search, marks,"
    " mark_keys, entity_names"
)

# A writer's own, gone when it goes: what it was given, and, as in a file, what it adds or changes, what it takes out
# and what it could not analyse. Others stage and plan beside it.
PLANNED = """
CREATE TEMP TABLE incoming (report TEXT NOT NULL, given TEXT NOT NULL);
CREATE INDEX incoming_by_report ON incoming (report);
CREATE TEMP TABLE incoming_texts (report TEXT PRIMARY KEY, text TEXT NOT NULL);
CREATE TEMP TABLE planned (report TEXT PRIMARY KEY, meta TEXT, merged TEXT, keys TEXT);
CREATE TEMP TABLE dropped (report TEXT PRIMARY KEY);
CREATE TEMP TABLE unread (report TEXT PRIMARY KEY);
CREATE TEMP VIEW changed AS
    SELECT report FROM planned UNION ALL SELECT report FROM dropped UNION ALL SELECT report FROM unread;
CREATE TEMP VIEW standing AS
    SELECT report, meta, merged, keys FROM planned
    UNION ALL SELECT report, meta, merged, keys FROM reports r
    WHERE NOT EXISTS (SELECT 1 FROM planned p WHERE p.report = r.report)
    AND NOT EXISTS (SELECT 1 FROM dropped d WHERE d.report = r.report);
CREATE TEMP VIEW known_texts AS
    SELECT report, text FROM texts
    UNION ALL SELECT report, text FROM incoming_texts i
    WHERE NOT EXISTS (SELECT 1 FROM texts t WHERE t.report = i.report);
"""
# In this order: what was staged comes on the record.
TAKE_IN = (
    "INSERT INTO givens SELECT report, given FROM incoming EXCEPT SELECT report, given FROM givens",
    "INSERT INTO texts SELECT report, text FROM incoming_texts WHERE report IN (SELECT report FROM incoming)"
    " ON CONFLICT DO NOTHING",
    "DELETE FROM incoming",
    "DELETE FROM incoming_texts",
)


def sort_by_code_points(script: str) -> str:
    """`script` with its columns of text sorted by their bytes in UTF-8, which is by code points."""
    lines = script.split("\n")
    return "\n".join(
        line if line.startswith("CREATE FUNCTION") else line.replace(" TEXT", ' TEXT COLLATE "C"') for line in lines
    )
