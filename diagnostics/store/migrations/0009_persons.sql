-- +goose Up
PRAGMA user_version = 9;

-- The list and the search of persons are made anew from the cards (see
-- Notebook.indexPersons): nothing in them is not in records.
DROP TABLE person_words;
DROP TABLE persons;

-- One row a card, numbered without great gaps.
CREATE TABLE persons (
  row        INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  code       TEXT NOT NULL,
  sort       TEXT NOT NULL, -- folded
  seen       INTEGER NOT NULL, -- Unix seconds of the last contact, 0 = unknown
  same_as    TEXT,             -- the card that this one is said to be the same person as
  household  TEXT,
  own_limits INTEGER NOT NULL, -- what the person restricts on this card: 1 research, 2 sharing, 4 everything
  root       TEXT NOT NULL,    -- smallest id of the cards that are the same person
  limits     INTEGER NOT NULL, -- of all those cards
  words      TEXT NOT NULL,    -- what finds the card: names, birth date, phone
  traits     TEXT NOT NULL     -- and what teams noted: districts, teams, animals
) STRICT;
CREATE INDEX persons_by_code ON persons (code);
CREATE INDEX persons_by_name ON persons (sort, id);
CREATE INDEX persons_by_root ON persons (root);
CREATE INDEX persons_by_same ON persons (same_as) WHERE same_as IS NOT NULL;
CREATE INDEX persons_by_household ON persons (household) WHERE household IS NOT NULL;
CREATE INDEX persons_limited ON persons (limits, id) WHERE limits > 0;

-- Which persons have a word: for each word and each 8192 rows of persons, the
-- rows as two bytes each or as a bitmap. A plain table, so that what is erased
-- is gone from it at once.
CREATE TABLE person_words (
  word TEXT NOT NULL,
  part INTEGER NOT NULL,
  rows BLOB NOT NULL,
  PRIMARY KEY (word, part)
) STRICT, WITHOUT ROWID;

-- The words of all names by the keys under which a misspelt one finds them: the
-- word without one of its letters, and its sound.
CREATE TABLE near_words (
  key  TEXT NOT NULL,
  word TEXT NOT NULL,
  PRIMARY KEY (key, word)
) STRICT, WITHOUT ROWID;
