-- +goose Up
-- anchor: of the device's own log up to acked, as the device gave it.
ALTER TABLE devices ADD COLUMN anchor TEXT NOT NULL DEFAULT '';
