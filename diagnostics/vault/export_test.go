package vault

// SetStep has f called at every step of a change of the notebook's files.
func SetStep(f func(step string)) { atStep = f }

// Steps are the names of those steps, in their order.
var Steps = []string{"opened", "copied", "settled", "verified", "committed", "apart", "in place", "overwritten"}

// MakePlain turns a new vault into one of the former shape, whose notebook was
// a plain database, and gives its path.
func MakePlain(v *Vault, passphrase string) (string, error) {
	file, err := loadKeyFile(v.Dir())
	if err != nil {
		return "", err
	}
	file.Version = plainVersion
	if err := file.Slots[0].wrap(file, normalize(passphrase), nil, v.key); err != nil {
		return "", err
	}
	if err := file.save(v.Dir()); err != nil {
		return "", err
	}
	return v.notebookPath(), removeDB(v.notebookPath())
}
