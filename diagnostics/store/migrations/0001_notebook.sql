-- +goose Up
PRAGMA application_id = 0x536f4c52; -- "SoLR"
PRAGMA user_version = 1;

CREATE TABLE settings (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How far the server has taken this notebook's operations.
CREATE TABLE progress (
  one       INTEGER PRIMARY KEY CHECK (one = 1),
  acked     INTEGER NOT NULL DEFAULT 0, -- highest operation that the server has
  synced_at INTEGER NOT NULL DEFAULT 0  -- Unix seconds of the last reply, 0 = never
) STRICT;
INSERT INTO progress (one) VALUES (1);

-- Facts and cards. fields is what this laptop shows: the server's state with
-- the operations that it has not acknowledged on top, opened. The columns
-- before it repeat what lists and analyses look for.
CREATE TABLE records (
  id         TEXT PRIMARY KEY,
  type       TEXT NOT NULL,
  ver        INTEGER NOT NULL DEFAULT 0, -- record version last pulled, 0 = never
  team       TEXT NOT NULL DEFAULT '',   -- team (scope of the server) it was pulled from
  at         INTEGER NOT NULL DEFAULT 0, -- Unix seconds: when it was seen
  diagnostic TEXT, -- what observed it
  encounter  TEXT,
  person     TEXT,
  form       TEXT, -- of a diagnostic
  corrects   TEXT, -- of a diagnostic: the one in whose place it stands
  reflected  INTEGER NOT NULL DEFAULT 0, -- own operations up to this number are in state
  conflict   TEXT NOT NULL DEFAULT '', -- names of fields with two or more answers
  locked     TEXT NOT NULL DEFAULT '', -- names of fields whose key has not arrived
  fields     TEXT NOT NULL,            -- JSON object: field to text
  state      TEXT                      -- JSON of the server's state, NULL before the first pull
) STRICT;
CREATE INDEX records_by_time ON records (type, at, id);
CREATE INDEX records_by_form ON records (form, at, id) WHERE form IS NOT NULL;
CREATE INDEX records_by_person ON records (person, at, id) WHERE person IS NOT NULL;
CREATE INDEX records_by_diagnostic ON records (diagnostic, type) WHERE diagnostic IS NOT NULL;
CREATE INDEX records_by_corrected ON records (corrects) WHERE corrects IS NOT NULL;
CREATE INDEX records_in_conflict ON records (id) WHERE conflict <> '';
CREATE INDEX records_locked ON records (id) WHERE locked <> '';

-- Diagnostics that stopped counting, each with the one that stands in its
-- place. The corrected one may arrive after its correction.
CREATE TABLE superseded (
  id TEXT NOT NULL,
  by TEXT NOT NULL,
  PRIMARY KEY (id, by)
) STRICT, WITHOUT ROWID;
CREATE INDEX superseded_by ON superseded (by);

-- The list and the search of persons: one row a card, of the same rowid.
CREATE TABLE persons (
  row    INTEGER PRIMARY KEY,
  id     TEXT NOT NULL UNIQUE,
  code   TEXT NOT NULL,
  sort   TEXT NOT NULL -- folded
) STRICT;
CREATE INDEX persons_by_code ON persons (code);
CREATE INDEX persons_by_name ON persons (sort, id);
CREATE VIRTUAL TABLE person_words USING fts5 (words, prefix = '1 2 3', content = '', contentless_delete = 1, tokenize = 'ascii');

-- This notebook's own operations, numbered without a gap, kept for good.
CREATE TABLE ops (
  n    INTEGER PRIMARY KEY,
  id   TEXT NOT NULL UNIQUE,
  rec  TEXT NOT NULL,
  held TEXT,          -- why the server did not apply it
  body TEXT NOT NULL  -- JSON as it is sent: names and words sealed
) STRICT;
CREATE INDEX ops_by_record ON ops (rec, n);
CREATE INDEX ops_held ON ops (n) WHERE held IS NOT NULL;

CREATE TABLE cursors (
  team TEXT PRIMARY KEY,
  seq  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
  id         TEXT PRIMARY KEY,
  form       TEXT NOT NULL,
  version    TEXT NOT NULL,
  state      BLOB NOT NULL,
  cursor     TEXT NOT NULL,
  corrects   TEXT NOT NULL,
  person     TEXT NOT NULL,
  answered   INTEGER NOT NULL,
  updated_at INTEGER NOT NULL -- Unix milliseconds
) STRICT;

-- The last submission of each form, for the defaults of the next.
CREATE TABLE last_saved (
  form TEXT PRIMARY KEY,
  xml  BLOB NOT NULL
) STRICT;
