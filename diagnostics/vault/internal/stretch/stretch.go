// Package stretch makes keys of secrets. It stands apart so that tests of what
// lies above the vault need not wait for a derivation at each opening: only the
// vault and vaulttest can reach it.
package stretch

import (
	"runtime/debug"

	"golang.org/x/crypto/argon2"
)

// Cost is what a derivation takes: passes, memory in KiB, lanes.
type Cost struct {
	Passes, Memory uint32
	Lanes          uint8
}

// Key makes a key of so many bytes of a secret and a salt. It is Argon2id but in
// tests that said otherwise.
var Key = Argon2id

// Argon2id is the derivation of RFC 9106. Its memory goes back to the system at
// once: the collector would keep up to a gigabyte of it from a small laptop.
func Argon2id(secret, salt []byte, c Cost, bytes uint32) []byte {
	key := argon2.IDKey(secret, salt, c.Passes, c.Memory, c.Lanes, bytes)
	debug.FreeOSMemory()
	return key
}
