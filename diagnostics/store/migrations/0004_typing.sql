-- +goose Up
PRAGMA user_version = 4;

-- Grows with every state of the draft, so that the typing journal and this row
-- tell which of them is the newer.
ALTER TABLE drafts ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;

-- Drafts that became records or were thrown away since the typing journal was
-- last emptied: what it still holds of them is over.
CREATE TABLE ended_drafts (
  id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
