// Package disk tells how much room a disk has left. It writes nothing.
package disk
