-- +goose Up
PRAGMA user_version = 12;

-- Drafts that were written while the notebook was locked. sealed: 0 = of the
-- open notebook, or answered for; 1 = nobody has said yet whose they are; 2 =
-- held apart, not the holder's. ended: the writer had finished the record.
ALTER TABLE drafts ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE drafts ADD COLUMN ended INTEGER NOT NULL DEFAULT 0;
