package store_test

import (
	"os"
	"testing"

	"go.uber.org/goleak"

	"solidaren/diagnostics"
	"solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
	"solidaren/diagnostics/vault/vaulttest"
	"solidaren/sync/teamkey"
)

func TestMain(m *testing.M) {
	vaulttest.InstallRecorder()
	if dir := os.Getenv(crashVariable); dir != "" {
		crashing(dir)
	}
	if dir := os.Getenv(typingVariable); dir != "" {
		typingForEver(dir)
	}
	if dir := os.Getenv(upgradeVariable); dir != "" {
		upgrading(dir)
	}
	if dir := os.Getenv(erasingVariable); dir != "" {
		erasing(dir)
	}
	goleak.VerifyTestMain(m)
}

// notebook is a fresh notebook in a folder of the test, with keys of its own.
func notebook(t testing.TB) *store.Notebook {
	t.Helper()
	n := openVault(t, newVault(t))
	n.UseSealer(newKeyring(t))
	return n
}

func newVault(t testing.TB) *vault.Vault {
	t.Helper()
	v, err := vault.Create(t.TempDir(), diagnosticstest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func openVault(t testing.TB, v *vault.Vault) *store.Notebook {
	t.Helper()
	n, err := store.Open(t.Context(), v, store.Options{Clock: diagnosticstest.Clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	return n
}

func newKeyring(t testing.TB) *teamkey.Keyring {
	t.Helper()
	k, err := teamkey.NewKeyring()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// must fails the test on an error.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func create(t testing.TB, n *store.Notebook, r diagnostics.Record) diagnostics.Record {
	t.Helper()
	r, err := n.Create(t.Context(), r)
	must(t, err)
	return r
}

func wantCode(t testing.TB, err error, want diagnostics.ErrorCode) {
	t.Helper()
	if got := diagnostics.Code(err); got != want {
		t.Errorf("error %v (code %q), want %q", err, got, want)
	}
	if want != "" && want != diagnostics.CodeInternal {
		for _, lang := range []string{"fr", "en"} {
			if s := diagnostics.Sentence(err, lang); s == diagnostics.Sentence(nil, lang) {
				t.Errorf("no sentence of its own in %s for %v", lang, err)
			}
		}
	}
}
