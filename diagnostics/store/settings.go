package store

import (
	"context"
	"database/sql"
	"errors"

	"solidaren/diagnostics/vault"
)

// settingEpoch names the setting that keeps the server's epoch.
const settingEpoch = "sync.epoch"

const (
	sqlPutSetting    = "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
	sqlDeleteSetting = "DELETE FROM settings WHERE key = ?"
)

// Setting gives the value kept under a key, "" if there is none.
func (n *Notebook) Setting(ctx context.Context, key string) (string, error) {
	var value string
	err := n.db.QueryRowContext(ctx, "SELECT value FROM settings WHERE key = ?", key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return value, vault.DBError("store.Setting", err)
}

// SetSettings keeps several values at once; "" removes one.
func (n *Notebook) SetSettings(ctx context.Context, values map[string]string) error {
	return n.write(ctx, "store.SetSettings", func(t *tx) error {
		for key, value := range values {
			if err := t.setSetting(ctx, key, value); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *tx) setSetting(ctx context.Context, key, value string) error {
	query, args := sqlPutSetting, []any{key, value}
	if value == "" {
		query, args = sqlDeleteSetting, []any{key}
	}
	_, err := t.exec(ctx, query, args...)
	return err
}
