-- +goose Up
PRAGMA user_version = 7;

-- A rescued notebook begins behind the operations that the server has.
ALTER TABLE progress ADD COLUMN begun INTEGER NOT NULL DEFAULT 0; -- operations up to this number are not in the log
