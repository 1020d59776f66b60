package vault

import "solidaren/diagnostics"

// Keyring is the computer's store of secrets, if it has one. A part of the
// passphrase's key can be kept there (the pepper), so that a copied folder
// cannot be guessed at on another machine. It is never required: the recovery
// code opens the notebook without it.
type Keyring interface {
	// Get errors: any, if the name is not there or the keyring does not answer.
	Get(name string) ([]byte, error)
	Set(name string, secret []byte) error
	Delete(name string) error
}

const pepperBytes = 32

// newPepper makes a pepper for a slot and keeps it. Errors: not_found (no
// keyring here, or it does not keep anything).
func (f Folder) newPepper(s slot) ([]byte, error) {
	if f.Keyring == nil {
		return nil, noKeyring(nil)
	}
	pepper := random(pepperBytes)
	if err := f.Keyring.Set(s.ID, pepper); err != nil {
		return nil, noKeyring(err)
	}
	return pepper, nil
}

// pepper reads the pepper of a slot, nil if it has none.
func (f Folder) pepper(s slot) ([]byte, error) {
	if !s.Pepper {
		return nil, nil
	}
	if f.Keyring == nil {
		return nil, lostPepper(nil)
	}
	pepper, err := f.Keyring.Get(s.ID)
	if err != nil || len(pepper) != pepperBytes {
		return nil, lostPepper(err)
	}
	return pepper, nil
}

// forgetPepper takes the pepper of a slot that is gone out of the keyring. A
// keyring that keeps it all the same keeps nothing that opens anything.
func (f Folder) forgetPepper(s slot) {
	if s.Pepper && f.Keyring != nil {
		_ = f.Keyring.Delete(s.ID)
	}
}

func noKeyring(cause error) error {
	return diagnostics.E("vault.SetPassphrase", diagnostics.CodeNotFound,
		"Le trousseau de ce poste ne répond pas. La phrase n'a pas été changée ; elle marche aussi sans trousseau.",
		"The keyring of this computer does not answer. The passphrase was not changed; it works without a keyring, too.", cause)
}

func lostPepper(cause error) error {
	return diagnostics.E("vault.Open", diagnostics.CodeNotFound,
		"Le carnet est intact. Le trousseau de ce poste n'a pas répondu, et cette phrase en a besoin. Ouvrez votre session, ou prenez la fiche de secours.",
		"The notebook is safe. The keyring of this computer did not answer, and this passphrase needs it. Log in to your session, or take the recovery sheet.", cause)
}
