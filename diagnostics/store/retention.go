package store

import "context"

// Housekeep does what the clock asks for: it takes out entries of the access
// log that are older than they may be kept. It is run at opening and once a
// day. Errors: internal.
func (n *Notebook) Housekeep(ctx context.Context) error { return n.pruneAccesses(ctx) }
