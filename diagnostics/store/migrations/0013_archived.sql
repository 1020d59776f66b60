-- +goose Up
PRAGMA user_version = 13;

-- Archived files (8 in persons.limits) leave lists and search. As the bits of
-- what persons restrict, it counts for all cards of a person.
UPDATE persons SET own_limits = own_limits | 8
 WHERE id IN (SELECT id FROM records WHERE type = 'person' AND coalesce(json_extract(fields, '$."archive.until"'), '') <> '');
UPDATE persons SET limits = limits | 8 WHERE root IN (SELECT root FROM persons WHERE own_limits & 8 > 0);
