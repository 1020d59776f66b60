-- +goose Up
PRAGMA user_version = 6;

-- The defaults of the next form are somebody's answers: they go with the person
-- and with their age.
ALTER TABLE last_saved ADD COLUMN person TEXT NOT NULL DEFAULT '';
ALTER TABLE last_saved ADD COLUMN at INTEGER NOT NULL DEFAULT 0; -- Unix seconds
UPDATE last_saved SET at = unixepoch();
