package client

import (
	"context"
	"errors"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/replica"
	"solidaren/sync/wire"
)

// Sync exchanges until nothing remains. It tells its progress (p may be nil)
// and what it did, also when it ends with an error. Codes: invalid (not a
// member), conflict (a sync runs already, or the notebook is an old copy),
// offline, timeout, unauthorized, forbidden. When ctx is cancelled it ends
// between pages; what was acked stays.
func Sync(ctx context.Context, nb Notebook, m *Member, p Progress) (Report, error) {
	const op = "client.Sync"
	if !m.running.TryLock() {
		return Report{}, failure(op, diagnostics.CodeConflict, wordsRunning, nil)
	}
	defer m.running.Unlock()
	if m.rehearsal {
		return Report{}, failure(op, diagnostics.CodeForbidden, wordsRehearsal, nil)
	}
	server := m.ServerURL()
	if server == "" {
		return Report{}, failure(op, diagnostics.CodeInvalid, wordsNotMember, nil)
	}
	l := newLink(server, m)
	defer l.close()
	d := &driver{nb: nb, m: m, link: l, progress: p, held: map[int64]bool{}}
	err := d.run(ctx)
	d.report.Done = err == nil
	d.tell()
	return d.report, err
}

// driver carries out the actions of the engine.
type driver struct {
	nb        Notebook
	m         *Member
	link      *link
	progress  Progress
	report    Report
	held      map[int64]bool
	owed      []wire.Envelope // keys wrapped for others, to be sent
	lastError error           // the last network failure
}

func (d *driver) run(ctx context.Context) error {
	last, acked, err := d.nb.OpNumbers(ctx)
	if err != nil {
		return err
	}
	d.report.ToPush = int(last - acked)
	state, action := replica.Step(replica.State{}, replica.Started{Last: last, Acked: acked, Tries: d.link.patience.Tries})
	for {
		switch a := action.(type) {
		case replica.Finish:
			return nil
		case replica.GiveUp:
			return d.ended(a)
		}
		event, err := d.carryOut(ctx, action)
		if err != nil {
			return err
		}
		state, action = replica.Step(state, event)
		d.tell()
	}
}

func (d *driver) tell() {
	d.report.Requests = d.link.requests
	d.report.BytesUp, d.report.BytesDown = d.link.up.Load(), d.link.down.Load()
	d.report.Held = len(d.held)
	if d.progress != nil {
		d.progress(d.report)
	}
}

// ended is the error of a sync that the engine gave up.
func (d *driver) ended(a replica.GiveUp) error {
	if a.Problem == "" && d.lastError != nil {
		return d.lastError
	}
	return refusal("client.Sync", a.Code, a.Problem)
}

func (d *driver) carryOut(ctx context.Context, action replica.Action) (replica.Event, error) {
	if ctx.Err() != nil {
		return nil, stopped("client.Sync", ctx)
	}
	switch a := action.(type) {
	case replica.Send:
		return d.send(ctx, a)
	case replica.Renew:
		fresh, err := d.m.newToken(ctx, d.link)
		if err != nil {
			return d.failed(ctx, err)
		}
		return replica.Renewed{}, d.m.change(ctx, d.nb, func(s *membership) { s.token = fresh })
	case replica.Restart:
		return d.restart(ctx, a)
	case replica.Wait:
		return replica.Waited{}, d.link.pause(ctx, a.Failures, a.AtLeast)
	}
	panic("client: the engine asks for an unknown action")
}

// send makes one exchange and takes its reply in.
func (d *driver) send(ctx context.Context, a replica.Send) (replica.Event, error) {
	me := d.m.snapshot()
	if me.token.Value == "" {
		return replica.Refused{Problem: wire.Problem{Status: 401, Code: string(diagnostics.CodeUnauthorized)}}, nil
	}
	request, err := d.request(ctx, a, me)
	if err != nil {
		return nil, err
	}
	var reply wire.SyncReply
	if err := d.link.post(ctx, "/v1/sync", me.token.Value, request, &reply); err != nil {
		return d.failed(ctx, err)
	}
	if reply.Epoch == "" {
		return d.failed(ctx, failure("client.Sync", diagnostics.CodeOffline, wordsPortal, nil))
	}
	d.lastError = nil
	return d.take(ctx, request, reply)
}

func (d *driver) request(ctx context.Context, a replica.Send, me membership) (wire.SyncRequest, error) {
	request := wire.SyncRequest{
		Proto: wire.Proto, Dev: d.m.id, SentAt: time.Now().UTC(),
		LimitBytes: a.MaxBytes, Members: me.members,
	}
	var err error
	if request.Epoch, err = d.nb.Setting(ctx, settingEpoch); err != nil {
		return request, err
	}
	if request.Cursors, err = d.nb.Cursors(ctx); err != nil {
		return request, err
	}
	if request.Clean, err = d.nb.Clean(ctx); err != nil {
		return request, err
	}
	if request.Ops, err = d.nb.PendingOps(ctx, a.After, a.MaxOps, a.MaxBytes); err != nil {
		return request, err
	}
	if request.Held, err = d.nb.HeldNumbers(ctx); err != nil {
		return request, err
	}
	if err := d.anchors(ctx, &request); err != nil {
		return request, err
	}
	request.Envelopes, err = d.m.announcement(me)
	request.Envelopes = append(request.Envelopes, d.owed...)
	return request, err
}

// anchors says which log the operations of a request belong to.
func (d *driver) anchors(ctx context.Context, request *wire.SyncRequest) (err error) {
	if len(request.Ops) == 0 {
		return nil
	}
	if request.Before, err = d.nb.Anchor(ctx, request.Ops[0].N-1); err != nil {
		return err
	}
	request.Anchor, err = d.nb.Anchor(ctx, request.Ops[len(request.Ops)-1].N)
	return err
}

// take puts a reply into the notebook: keys first, so that the names in the
// same reply can be read.
func (d *driver) take(ctx context.Context, request wire.SyncRequest, reply wire.SyncReply) (replica.Event, error) {
	last, ackedBefore, err := d.nb.OpNumbers(ctx)
	if err != nil || reply.Acked > last {
		return replica.Replied{Last: last, Acked: reply.Acked}, err
	}
	generation := d.m.ring.Generation()
	added, err := d.m.addKeys(ctx, d.nb, reply.Envelopes)
	if err != nil {
		return nil, err
	}
	applied, err := d.nb.ApplyReply(ctx, reply)
	if err != nil {
		return nil, err
	}
	if added {
		if _, err := d.nb.Reproject(ctx); err != nil {
			return nil, err
		}
	}
	rotated, err := d.m.noteMembers(ctx, d.nb, request, reply, generation)
	if err != nil {
		return nil, err
	}
	d.owed = d.m.wrapped(reply.Wanted)
	var acked int64
	if last, acked, err = d.nb.OpNumbers(ctx); err != nil {
		return nil, err
	}
	d.count(applied, reply, last, acked, ackedBefore)
	moved := acked != ackedBefore || len(reply.Changes) > 0 || len(request.Envelopes) > 0 || reply.Members != request.Members
	return replica.Replied{Last: last, Acked: reply.Acked, More: reply.More, Owed: len(d.owed) > 0 || rotated, Moved: moved}, nil
}

func (d *driver) count(applied wire.Applied, reply wire.SyncReply, last, acked, ackedBefore int64) {
	d.report.Pushed += int(max(acked-ackedBefore, 0))
	d.report.ToPush = int(max(last-acked, 0))
	d.report.Pulled += applied.Records
	d.report.Conflicts += applied.Conflicts
	for _, h := range reply.Held {
		switch h.Why {
		case "":
			d.report.Released++
			delete(d.held, h.N)
		case wire.HeldDropped:
			d.report.Dropped++
			delete(d.held, h.N)
		default:
			d.held[h.N] = true
		}
	}
}

// restart takes in that the server was restored: nothing local is removed, the
// cursors go back to the beginning, every key is announced again.
func (d *driver) restart(ctx context.Context, a replica.Restart) (replica.Event, error) {
	cursors, err := d.nb.Cursors(ctx)
	if err != nil {
		return nil, err
	}
	for team := range cursors {
		cursors[team] = 0
	}
	if _, err := d.nb.ApplyReply(ctx, wire.SyncReply{Epoch: a.Epoch, Acked: a.Acked, Anchor: a.Anchor, Cursors: cursors}); err != nil {
		return nil, err
	}
	err = d.m.change(ctx, d.nb, func(s *membership) { s.members, s.announced = 0, nil })
	if err != nil {
		return nil, err
	}
	last, acked, err := d.nb.OpNumbers(ctx)
	return replica.Reset{Last: last, Acked: acked}, err
}

// failed turns the error of a call into what the engine understands; a fault of
// the device itself stays an error.
func (d *driver) failed(ctx context.Context, err error) (replica.Event, error) {
	var refused *refusedError
	var later *laterError
	switch code := diagnostics.Code(err); {
	case ctx.Err() != nil:
		return nil, stopped("client.Sync", ctx)
	case errors.As(err, &refused):
		return replica.Refused{Problem: refused.Problem}, nil
	case errors.As(err, &later):
		d.lastError = later
		return replica.Failed{Code: code, RetryAfter: later.after}, nil
	case code == diagnostics.CodeOffline, code == diagnostics.CodeTimeout:
		d.lastError = err
		return replica.Failed{Code: code}, nil
	}
	return nil, err
}
