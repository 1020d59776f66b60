package keyring_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/zalando/go-keyring"

	ours "solidaren/cmd/internal/keyring"
)

func TestSystem(t *testing.T) {
	keyring.MockInit()
	var k ours.System
	secret := []byte{0, 1, 254, 255}
	if _, err := k.Get("slot"); err == nil {
		t.Error("a name that was never set has a secret")
	}
	if err := k.Set("slot", secret); err != nil {
		t.Fatal(err)
	}
	if got, err := k.Get("slot"); err != nil || !bytes.Equal(got, secret) {
		t.Errorf("got %v, %v", got, err)
	}
	if err := k.Delete("slot"); err != nil {
		t.Error(err)
	}
	if _, err := k.Get("slot"); err == nil {
		t.Error("the secret is still there")
	}
	keyring.MockInitWithError(errors.New("no bus"))
	if err := k.Set("slot", secret); err == nil {
		t.Error("a keyring that is not there took a secret")
	}
}
