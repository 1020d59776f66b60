-- +goose Up
-- settled_by: the device of the coordinator who decided about a held operation,
-- '' for nobody; settled_at in milliseconds.
ALTER TABLE ops ADD COLUMN settled_by TEXT NOT NULL DEFAULT '';
ALTER TABLE ops ADD COLUMN settled_at INTEGER NOT NULL DEFAULT 0;
