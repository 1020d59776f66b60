-- +goose Up
PRAGMA user_version = 8;

-- Files that answers name, whole, sealed with the rest of this file. The owner
-- is a draft, then the record that it becomes. They go where their owner goes.
CREATE TABLE attachments (
	owner TEXT NOT NULL,
	name TEXT NOT NULL,
	content BLOB NOT NULL,
	PRIMARY KEY (owner, name)
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER attachments_of_records AFTER DELETE ON records BEGIN
	DELETE FROM attachments WHERE owner = OLD.id;
END;
-- +goose StatementEnd
