-- +goose Up
PRAGMA user_version = 11;

-- The notebook counts the transactions that change records. A long read shows
-- what was there when it began: what is born later, it leaves out.
ALTER TABLE progress ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE records ADD COLUMN born INTEGER NOT NULL DEFAULT 0;
ALTER TABLE superseded ADD COLUMN born INTEGER NOT NULL DEFAULT 0;
