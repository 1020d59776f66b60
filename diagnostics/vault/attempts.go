package vault

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"solidaren/diagnostics"
)

const (
	attemptsFileName = "attempts.json"
	maxAttemptsFile  = 4096 // bytes
)

// attempts counts the wrong tries since the last right one. It protects only
// against someone at the keyboard: whoever copies the folder tries on a machine
// of their own, and there the passphrase and the derivation are the barrier.
type attempts struct {
	Failed int       `json:"failed"`
	Last   time.Time `json:"last"`
}

// Delays after wrong tries: seconds that double, then minutes.
const (
	doublings = 6
	maxDelay  = 15 * time.Minute
)

// delay is how long the next try has to wait for: 1, 2, 4 … 32 seconds, then 1,
// 2, 3 … 15 minutes.
func (a attempts) delay() time.Duration {
	switch {
	case a.Failed <= 0:
		return 0
	case a.Failed <= doublings:
		return time.Second << (a.Failed - 1)
	default:
		return min(time.Duration(a.Failed-doublings)*time.Minute, maxDelay)
	}
}

// left is how long it still has to wait.
func (a attempts) left(now time.Time) time.Duration {
	return max(0, a.Last.Add(a.delay()).Sub(now))
}

// loadAttempts reads the count. A file that is missing or damaged counts
// nothing: it must never shut out the person whose notebook it is.
func loadAttempts(dir string) attempts {
	var a attempts
	path := filepath.Join(dir, attemptsFileName)
	if info, err := os.Stat(path); err != nil || info.Size() > maxAttemptsFile {
		return a
	}
	text, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(text, &a) != nil {
		return attempts{}
	}
	return a
}

// save keeps the count over a restart. On a disk that cannot be written there
// is no count, and the notebook still opens.
func (a attempts) save(dir string) {
	if text, err := json.Marshal(a); err == nil {
		_ = writeWhole(dir, attemptsFileName, text)
	}
}

func clearAttempts(dir string) { _ = os.Remove(filepath.Join(dir, attemptsFileName)) }

// Wait is how long the next try has to wait for. Where the clock was set back,
// the delay begins anew, so that it ends.
func (f Folder) Wait() time.Duration {
	a, now := loadAttempts(f.Dir), f.now()
	if a.Last.After(now) {
		a.Last = now
		a.save(f.Dir)
	}
	return a.left(now)
}

// try counts a try before it is made, so that ending the program does not undo
// it, and forgets all of them if it was right. Errors: forbidden (too soon after
// a wrong one: nothing was tried), those of open.
func (f Folder) try(open func() ([]byte, error)) ([]byte, error) {
	if wait := f.Wait(); wait > 0 {
		return nil, tooSoon(wait)
	}
	before := loadAttempts(f.Dir)
	attempts{before.Failed + 1, f.now()}.save(f.Dir)
	key, err := open()
	switch {
	case err == nil:
		clearAttempts(f.Dir)
	case diagnostics.Code(err) == diagnostics.CodeUnauthorized:
		attempts{before.Failed + 1, f.now()}.save(f.Dir) // the delay counts from the answer
	default:
		before.save(f.Dir)
	}
	return key, err
}

func tooSoon(wait time.Duration) error {
	seconds := int((wait + time.Second - 1) / time.Second)
	fr, en := fmt.Sprintf("%d s", seconds), fmt.Sprintf("%d s", seconds)
	if seconds >= 60 {
		fr, en = fmt.Sprintf("%d min", (seconds+59)/60), fmt.Sprintf("%d min", (seconds+59)/60)
	}
	return diagnostics.E("vault.Open", diagnostics.CodeForbidden,
		"Après plusieurs phrases qui ne correspondent pas, il faut attendre. Prochain essai dans "+fr+".",
		"After passphrases that do not match, one has to wait. Next try in "+en+".", nil)
}
