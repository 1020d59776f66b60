// Package nodump keeps the memory of a program from being written to disk when
// it crashes: keys and words pass through it. It does nothing against swap and
// hibernation.
package nodump
