-- +goose Up
-- person: whom a record is about, '' for nobody.
ALTER TABLE records ADD COLUMN person TEXT NOT NULL DEFAULT '';
UPDATE records SET person = coalesce(json_extract(CAST(state AS TEXT), '$.f.person[0].v'), '');
CREATE INDEX records_person ON records (team, person) WHERE person <> '';
