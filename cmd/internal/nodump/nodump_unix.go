//go:build unix

package nodump

import "syscall"

// Set forbids core dumps to this program and to those that it starts. What the
// system does not let be lowered stays as it is.
func Set() { _ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}) }
