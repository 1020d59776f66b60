-- +goose Up
-- wiped: up to which change of its team the device holds nothing erased any more.
ALTER TABLE devices ADD COLUMN wiped INTEGER NOT NULL DEFAULT 0;
CREATE INDEX records_erased ON records (team, seq) WHERE json_extract(CAST(state AS TEXT), '$.gone') = 'erased';
