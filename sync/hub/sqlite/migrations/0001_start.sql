-- +goose Up
CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

-- head: number of the last change of a record; members: of a device or envelope.
CREATE TABLE teams (
    name    TEXT PRIMARY KEY,
    head    INTEGER NOT NULL DEFAULT 0,
    members INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE invites (
    hash    BLOB PRIMARY KEY,
    team    TEXT NOT NULL REFERENCES teams (name),
    role    TEXT NOT NULL,
    expires INTEGER NOT NULL, -- Unix milliseconds, as every time here
    used_by TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;

CREATE TABLE devices (
    id        TEXT PRIMARY KEY,
    team      TEXT NOT NULL REFERENCES teams (name),
    name      TEXT NOT NULL,
    role      TEXT NOT NULL,
    auth_key  TEXT NOT NULL,
    recipient TEXT NOT NULL,
    active    INTEGER NOT NULL,
    acked     INTEGER NOT NULL DEFAULT 0,
    member    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX devices_team ON devices (team, member);

CREATE TABLE tokens (
    hash    BLOB PRIMARY KEY,
    nonce   BLOB NOT NULL UNIQUE,
    device  TEXT NOT NULL REFERENCES devices (id),
    expires INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX tokens_expires ON tokens (expires);

CREATE TABLE envelopes (
    device TEXT NOT NULL REFERENCES devices (id),
    key    TEXT NOT NULL,
    team   TEXT NOT NULL,
    sender TEXT NOT NULL,
    body   TEXT NOT NULL,
    member INTEGER NOT NULL,
    PRIMARY KEY (device, key)
) WITHOUT ROWID;

CREATE TABLE ops (
    device   TEXT NOT NULL,
    n        INTEGER NOT NULL,
    id       TEXT NOT NULL,
    team     TEXT NOT NULL,
    record   TEXT NOT NULL,
    held     TEXT NOT NULL DEFAULT '',
    received INTEGER NOT NULL,
    body     BLOB NOT NULL, -- JSON of the operation
    PRIMARY KEY (device, n)
);
CREATE INDEX ops_record ON ops (team, record);
CREATE INDEX ops_held ON ops (team, record) WHERE held <> '';

CREATE TABLE records (
    team  TEXT NOT NULL,
    id    TEXT NOT NULL,
    seq   INTEGER NOT NULL,
    state BLOB NOT NULL, -- JSON of the record as it is pulled
    PRIMARY KEY (team, id)
);
CREATE UNIQUE INDEX records_seq ON records (team, seq);
