package vault

import (
	"errors"
	"fmt"
	"time"

	"solidaren/diagnostics/vault/internal/stretch"
)

// kdf are the parameters of the key derivation: passes, memory in KiB, lanes.
type kdf struct {
	Alg  string `json:"alg"`
	T    uint32 `json:"t"`
	M    uint32 `json:"m"`
	P    uint8  `json:"p"`
	Salt []byte `json:"salt"`
}

const kdfArgon2id = "argon2id"

// Range of the derivation's cost. Below the floor a thief guesses too fast;
// above the ceiling an altered file would exhaust the laptop.
const (
	minPasses, maxPasses = 3, 64
	minMemory, maxMemory = 64 << 10, 1 << 20 // KiB
	minLanes, maxLanes   = 1, 16
	minSalt, maxSalt     = 16, 64 // bytes
)

// calibratedMemory is the most that calibration asks for, in KiB: a laptop of
// 4 GB must open its notebook beside a browser.
const calibratedMemory = 256 << 10

// floorKDF is the cheapest derivation that is accepted.
func floorKDF() kdf {
	return kdf{Alg: kdfArgon2id, T: minPasses, M: minMemory, P: 4, Salt: random(minSalt)}
}

// calibratedKDF is a derivation that takes about pace on this computer, and
// never less than the floor. Memory grows before passes do: it is what makes
// guessing dear on special hardware.
func calibratedKDF(pace time.Duration, measure func(kdf) time.Duration) kdf {
	k := floorKDF()
	if pace <= 0 {
		return k
	}
	floor := max(measure(k), time.Millisecond)
	for k.M < calibratedMemory && pace >= floor*time.Duration(2*k.M/minMemory) {
		k.M *= 2
	}
	pass := max(floor*time.Duration(k.M/minMemory)/minPasses, time.Millisecond)
	k.T = uint32(min(max(pace/pass, minPasses), maxPasses)) //nolint:gosec // within 3 and 64
	return k
}

// measured is how long a derivation takes here and now.
func measured(k kdf) time.Duration {
	start := time.Now()
	clear(k.derive("how long does it take"))
	return time.Since(start)
}

// check refuses parameters out of range.
func (k kdf) check() error {
	switch {
	case k.Alg != kdfArgon2id:
		return fmt.Errorf("key derivation %q is unknown", k.Alg)
	case k.T < minPasses || k.T > maxPasses, k.M < minMemory || k.M > maxMemory,
		k.P < minLanes || k.P > maxLanes, len(k.Salt) < minSalt || len(k.Salt) > maxSalt:
		return errors.New("parameters of the key derivation are out of range")
	}
	return nil
}

// derive stretches a secret.
func (k kdf) derive(secret string) []byte {
	return stretch.Key([]byte(secret), k.Salt, stretch.Cost{Passes: k.T, Memory: k.M, Lanes: k.P}, keyBytes)
}
