package assets

import "embed"

// Icon is the picture of the program, a PNG of 256 × 256.
//
//go:embed icons/solidaren.png
var Icon []byte

//go:embed icons/signs/*.svg
var signs embed.FS

//go:embed icons/symbols/*.svg
var symbols embed.FS

// Ink is the colour that signs and symbols are drawn in; whoever shows one puts that of
// the theme in its place.
const Ink = "#1B1B1F"

// Sign gives the drawing (SVG) that stands for a place of the program, by name;
// nil if there is none.
func Sign(name string) []byte {
	drawing, err := signs.ReadFile("icons/signs/" + name + ".svg")
	if err != nil {
		return nil
	}
	return drawing
}

// Symbol gives the drawing (SVG) of a notebook's symbol, such as "ancre"; nil if
// there is none.
func Symbol(name string) []byte {
	drawing, err := symbols.ReadFile("icons/symbols/" + name + ".svg")
	if err != nil {
		return nil
	}
	return drawing
}
