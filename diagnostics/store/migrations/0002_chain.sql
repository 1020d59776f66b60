-- +goose Up
PRAGMA user_version = 2;

-- Each operation vouches for all before it: hash covers the hash before, the
-- number, the id and sum; sum covers salt and body. Erasing an operation takes
-- salt and contents away and leaves the chain whole. Operations of the first
-- schema are chained at opening.
ALTER TABLE ops ADD COLUMN salt BLOB; -- NULL once the contents were erased
ALTER TABLE ops ADD COLUMN sum  BLOB NOT NULL DEFAULT x'';
ALTER TABLE ops ADD COLUMN hash BLOB NOT NULL DEFAULT x'';
