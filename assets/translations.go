package assets

import "embed"

// Translations holds what the program says, one file a language:
// translations/fr.json and translations/en.json (read by ui/words).
//
//go:embed translations/*.json
var Translations embed.FS
