package client

import (
	"context"
	"net/http"
	"time"

	"solidaren/diagnostics"
)

// Probed is how the server was found.
type Probed struct {
	Took  time.Duration // until the answer was whole
	Ahead time.Duration // by how much this computer's clock is ahead of the server's; about a second is noise
}

// Probe asks the server whether it answers, and for its time. It sends nothing
// of the notebook. Codes: invalid (not a member), offline, timeout.
func Probe(ctx context.Context, m *Member, now func() time.Time) (Probed, error) {
	const op = "client.Probe"
	server := m.ServerURL()
	if server == "" {
		return Probed{}, failure(op, diagnostics.CodeInvalid, wordsNotMember, nil)
	}
	l := newLink(server, m)
	defer l.close()
	attempt, cancel := context.WithTimeout(ctx, l.patience.Attempt)
	defer cancel()
	asked := now()
	response, err := l.http.R().SetContext(attempt).Get("/v1/health")
	if err != nil {
		return Probed{}, networkFailure(ctx, op, err)
	}
	answered := now()
	var health struct {
		Status string `json:"status"`
		Proto  []int  `json:"proto"`
	}
	if err := read(op, response, &health); err != nil {
		return Probed{}, err
	}
	theirs, err := http.ParseTime(response.Header().Get("Date"))
	if err != nil || health.Status == "" || len(health.Proto) == 0 {
		return Probed{}, failure(op, diagnostics.CodeOffline, wordsPortal, err)
	}
	middle := asked.Add(answered.Sub(asked) / 2)
	return Probed{Took: answered.Sub(asked), Ahead: middle.Sub(theirs)}, nil
}
