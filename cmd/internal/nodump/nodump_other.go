//go:build !unix

package nodump

// Set does nothing: Windows writes a program's memory to disk only where an
// administrator has set up Windows Error Reporting to do so.
func Set() {}
