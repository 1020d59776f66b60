-- +goose Up
PRAGMA user_version = 10;

-- Drafts that were set aside: Unix milliseconds, 0 = not. They are kept for
-- 30 days.
ALTER TABLE drafts ADD COLUMN aside INTEGER NOT NULL DEFAULT 0;
