package model_test

import (
	"os"
	"testing"

	"solidaren/diagnostics/vault/vaulttest"
)

func TestMain(m *testing.M) {
	vaulttest.LightKeys()
	os.Exit(m.Run())
}
