package assets

import _ "embed"

// Icon is the picture of the program, a PNG of 256 × 256.
//
//go:embed icons/solidaren.png
var Icon []byte
