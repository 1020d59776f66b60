-- +goose Up
PRAGMA user_version = 3;

-- The access log (DOMAIN.md L17): a chain of its own. hash covers the hash
-- before, the number, the time, the action and sum; sum covers salt, target,
-- purpose and count. Erasing a record takes those away, and the chain stays.
CREATE TABLE access (
  n       INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL, -- Unix seconds
  action  TEXT NOT NULL,
  target  TEXT NOT NULL,    -- record id
  purpose TEXT NOT NULL,
  count   INTEGER NOT NULL,
  salt    BLOB,             -- NULL once the target was erased
  sum     BLOB NOT NULL,
  hash    BLOB NOT NULL
) STRICT;
CREATE INDEX access_by_target ON access (target) WHERE target <> '';

-- The last entry that was taken out because of its age.
CREATE TABLE access_anchor (
  one  INTEGER PRIMARY KEY CHECK (one = 1),
  n    INTEGER NOT NULL,
  hash BLOB NOT NULL
) STRICT;
INSERT INTO access_anchor VALUES (1, 0, x'');

-- +goose StatementBegin
CREATE TRIGGER access_only_grows BEFORE UPDATE ON access
WHEN NEW.salt IS NOT NULL OR NEW.target <> '' OR NEW.purpose <> '' OR NEW.count <> 0
  OR (NEW.n, NEW.at, NEW.action, NEW.sum, NEW.hash) IS NOT (OLD.n, OLD.at, OLD.action, OLD.sum, OLD.hash)
BEGIN
  SELECT RAISE(ABORT, 'the access log only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER access_ends_at_its_anchor BEFORE DELETE ON access
WHEN OLD.n > (SELECT n FROM access_anchor)
BEGIN
  SELECT RAISE(ABORT, 'the access log only grows');
END;
-- +goose StatementEnd
