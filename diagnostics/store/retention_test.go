package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
	"solidaren/sync/wire"
)

// clocked is a notebook whose clock the test moves.
func clocked(t *testing.T) (*store.Notebook, *time.Time) {
	t.Helper()
	now := dt.Noon
	n, err := store.Open(t.Context(), newVault(t), store.Options{Clock: func() time.Time { return now }})
	must(t, err)
	t.Cleanup(func() { must(t, n.Close()) })
	n.UseSealer(newKeyring(t))
	return n, &now
}

// housekeep is a day on which a server has confirmed the clock.
func housekeep(t *testing.T, n *store.Notebook, now time.Time, role diagnostics.Role) store.Kept {
	t.Helper()
	_, acked, err := n.OpNumbers(t.Context())
	must(t, err)
	apply(t, n, wire.SyncReply{Epoch: "e1", Now: now, Acked: acked})
	k, err := n.Housekeep(t.Context(), role)
	must(t, err)
	return k
}

func metOn(day string) func(diagnostics.Values) {
	return func(v diagnostics.Values) { v["last_contact_on"] = day }
}

func TestRetention(t *testing.T) {
	n, now := clocked(t)
	old := create(t, n, dt.Person(t, metOn("2026-03-02")))
	create(t, n, dt.Need(t, "food", func(v diagnostics.Values) { v["person"] = old.ID }))
	create(t, n, dt.Person(t, metOn("2026-06-01")))
	// Made on 2026-03-02 and never met.
	create(t, n, diagnostics.Record{ID: "019cae3d-4c00-7000-8000-000000000000", Type: diagnostics.TypePerson})
	archived := create(t, n, dt.Person(t, metOn("2026-03-02")))
	must(t, n.Archive(t.Context(), archived.ID, store.Archive{Until: day("2030-01-01"), Reason: "Recours en cours au tribunal administratif", Rights: "coordination"}))
	tests := []struct {
		on   string
		want store.Kept
	}{
		{"2027-12-31", store.Kept{}},
		{"2028-01-02", store.Kept{Soon: 2}}, // 60 days before
		{"2028-03-01", store.Kept{Soon: 2}},
		{"2028-03-02", store.Kept{Persons: 2}},
		{"2028-06-01", store.Kept{Persons: 1}},
		{"2029-11-03", store.Kept{Soon: 1}},
		{"2030-01-01", store.Kept{Persons: 1}},
	}
	for _, tt := range tests {
		*now = day(tt.on).Add(9 * time.Hour)
		if diff := cmp.Diff(tt.want, housekeep(t, n, *now, diagnostics.RoleCoordinator)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.on, diff)
		}
	}
	erased := 0
	for _, op := range pending(t, n) {
		if op.Kind == wire.OpErase {
			erased++
			if op.Erase.Why != wire.EraseRetention || op.Erase.Person != op.Rec {
				t.Errorf("an erasure says %+v", op.Erase)
			}
		}
	}
	if erased != 4 {
		t.Errorf("%d erasures are told", erased)
	}
	must(t, n.VerifyOps(t.Context(), nil))
}

func day(text string) time.Time {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return at
}

// A worker's laptop erases what is due by itself, and tells nobody: the
// coordinator's does.
func TestRetentionOnAWorkersLaptop(t *testing.T) {
	n, now := clocked(t)
	gone := meet(t, n, "-canary-")
	*now = day("2028-03-02")
	if k := housekeep(t, n, *now, diagnostics.RoleWorker); k.Persons != 1 {
		t.Errorf("%+v", k)
	}
	if found := left(t, n, gone.canaries); len(found) > 0 {
		t.Errorf("still in the notebook: %q", found)
	}
	for _, op := range pending(t, n) {
		if op.Kind != wire.OpVoid {
			t.Errorf("operation %d is a %s", op.N, op.Kind)
		}
	}
}

// Working notes go after 90 days, wherever they are: told by who wrote them. A
// signal in the same record stays.
func TestWorkingNotesGo(t *testing.T) {
	n, now := clocked(t)
	at := diagnostics.FormatTime(dt.Noon)
	mine := create(t, n, diagnostics.Record{Type: diagnostics.TypeNote, Fields: diagnostics.Values{"private": "note-canary", "at": at}})
	create(t, n, diagnostics.Record{Type: diagnostics.TypeNote, Fields: diagnostics.Values{"private": "other-canary", "signal": "Laverie fermée", "at": at}})
	signal := create(t, n, diagnostics.Record{Type: diagnostics.TypeNote, Fields: diagnostics.Values{"signal": "Bains-douches fermés", "at": at}})
	theirs := diagnostics.NewID()
	apply(t, n, reply(1, record(theirs, diagnostics.TypeNote, 1, diagnostics.Values{"private": "theirs-canary", "at": at})))
	*now = dt.Noon.AddDate(0, 0, diagnostics.NoteDays)
	if k := housekeep(t, n, *now, diagnostics.RoleWorker); k.Notes != 0 {
		t.Errorf("on the last day %+v", k)
	}
	*now = now.Add(time.Hour)
	if k := housekeep(t, n, *now, diagnostics.RoleWorker); k.Notes != 3 {
		t.Errorf("after it %+v", k)
	}
	if found := left(t, n, []string{"note-canary", "other-canary", "theirs-canary"}); len(found) > 0 {
		t.Errorf("still in the notebook: %q", found)
	}
	if got, err := n.Get(t.Context(), signal.ID); err != nil || got.Get("signal") == "" {
		t.Errorf("a signal alone: %v, %v", got, err)
	}
	signals := 0
	for _, op := range pending(t, n) {
		if op.Kind == wire.OpFact && op.Rec != signal.ID {
			signals++
		}
		if op.Kind == wire.OpErase && op.Rec == theirs {
			t.Error("a worker erases somebody else's note")
		}
	}
	if signals != 1 {
		t.Errorf("%d records keep the signal of an erased note", signals)
	}
	if _, err := n.Get(t.Context(), mine.ID); diagnostics.Code(err) != diagnostics.CodeNotFound {
		t.Errorf("the note: %v", err)
	}
	if k := housekeep(t, n, *now, diagnostics.RoleWorker); k.Notes != 0 {
		t.Errorf("the day after %+v", k)
	}
}

// A clock set years ahead erases nothing by itself; who looks at the list and
// says so, does.
func TestClockThatJumped(t *testing.T) {
	n, now := clocked(t)
	create(t, n, dt.Person(t))
	run := func() store.Kept {
		t.Helper()
		k, err := n.Housekeep(t.Context(), "")
		must(t, err)
		return k
	}
	run()
	*now = dt.Noon.AddDate(10, 0, 0)
	for range 3 {
		if k := run(); !k.Doubt || k.Persons != 0 || k.Soon != 1 {
			t.Errorf("a clock ten years ahead: %+v", k)
		}
		*now = now.Add(24 * time.Hour)
	}
	*now = dt.Noon.Add(time.Hour)
	if k := run(); k.Persons != 0 || k.Soon != 0 {
		t.Errorf("the clock is right again: %+v", k)
	}
	*now = dt.Noon.AddDate(10, 0, 0)
	persons, _, err := n.EraseDue(t.Context(), "")
	if err != nil || persons != 1 {
		t.Errorf("asked for: %d persons, %v", persons, err)
	}
}

func TestJudgeClock(t *testing.T) {
	none, now := time.Time{}, dt.Noon
	ago := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	tests := []struct {
		name                 string
		seen, jumped, server time.Time
		sure, doubts         bool
	}{
		{"the first time", none, none, none, true, false},
		{"yesterday", ago(1), none, none, true, false},
		{"a long pause", ago(61), none, none, false, true},
		{"a long pause, and the server agrees", ago(61), none, ago(1), true, false},
		{"the server's word is old, too", ago(61), none, ago(61), false, true},
		{"a week after a leap", ago(1), ago(7), none, false, true},
		{"eight days after a leap", ago(1), ago(8), none, true, false},
		{"the clock went back", now.AddDate(10, 0, 0), now.AddDate(10, 0, 0), none, false, true},
		{"the clock went back, and the server agrees", now.AddDate(10, 0, 0), now.AddDate(10, 0, 0), ago(0), true, false},
	}
	for _, tt := range tests {
		sure, jumped := store.JudgeClock(tt.seen, tt.jumped, tt.server, now)
		if sure != tt.sure || jumped.IsZero() == tt.doubts {
			t.Errorf("%s: sure %v, doubt since %v", tt.name, sure, jumped)
		}
	}
}

// The date of the last contact moves with an encounter and with nothing else
// (DOMAIN.md L3).
func TestOnlyAnEncounterMovesTheLastContact(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	card := record(diagnostics.NewID(), diagnostics.TypePerson, 1, diagnostics.Values{"code": "AAAA-AAA", "last_contact_on": "2026-01-10", "first_contact_on": "2026-01-10"})
	contact := func(want string) {
		t.Helper()
		got, err := n.Get(ctx, card.ID)
		must(t, err)
		if got.Get("last_contact_on") != want || len(got.Conflict) > 0 {
			t.Errorf("last contact %s (in conflict: %v), want %s", got.Get("last_contact_on"), got.Conflict, want)
		}
	}
	apply(t, n, reply(1, card))
	_, err := n.Update(ctx, card.ID, diagnostics.Values{"gender": "f", "identity.handle": "Loulou"})
	must(t, err)
	contact("2026-01-10")
	_, err = n.Update(ctx, card.ID, diagnostics.Values{"last_contact_on": "2026-03-01"})
	wantCode(t, err, diagnostics.CodeForbidden)
	contact("2026-01-10")
	apply(t, n, reply(2, card)) // synced again
	contact("2026-01-10")
	met := diagnostics.Record{ID: card.ID, Type: diagnostics.TypePerson, Fields: diagnostics.Values{"last_contact_on": "2026-03-02"}}
	must(t, n.Finish(ctx, "", dt.Maraude(t, card.ID, met)))
	contact("2026-03-02")
	// Another laptop met the person apart from this one: the later day holds,
	// whichever was written down later, and nobody is asked.
	for ver, theirs := range map[int64]string{2: "2026-02-20", 3: "2026-03-05"} {
		card.Ver = ver
		card.Fields["last_contact_on"] = []wire.Value{value(theirs, ver)}
		apply(t, n, reply(ver, card))
		contact(max(theirs, "2026-03-02"))
	}
	row, err := n.Due(ctx, day("2028-03-06"))
	must(t, err)
	if len(row) != 1 || !row[0].On.Equal(day("2028-03-05")) && !row[0].On.Equal(day("2028-03-02")) {
		t.Errorf("due %+v", row)
	}
}

func TestArchiveNeedsItsConditions(t *testing.T) {
	n := notebook(t)
	person := create(t, n, dt.Person(t))
	good := store.Archive{Until: day("2030-01-01"), Reason: "Recours en cours au tribunal administratif", Rights: "coordination", Role: diagnostics.RoleCoordinator}
	tests := []struct {
		name   string
		change func(*store.Archive)
		want   diagnostics.ErrorCode
	}{
		{"a worker", func(a *store.Archive) { a.Role = diagnostics.RoleWorker }, diagnostics.CodeForbidden},
		{"no justification", func(a *store.Archive) { a.Reason = "voir avec X" }, diagnostics.CodeInvalid},
		{"nobody may open it", func(a *store.Archive) { a.Rights = "" }, diagnostics.CodeInvalid},
		{"everybody may", func(a *store.Archive) { a.Rights = "all" }, diagnostics.CodeInvalid},
		{"an end in the past", func(a *store.Archive) { a.Until = day("2026-01-01") }, diagnostics.CodeInvalid},
		{"no end to speak of", func(a *store.Archive) { a.Until = day("2099-01-01") }, diagnostics.CodeInvalid},
		{"all of it", func(*store.Archive) {}, ""},
		{"out again", func(a *store.Archive) { *a = store.Archive{Role: a.Role} }, ""},
	}
	for _, tt := range tests {
		a := good
		tt.change(&a)
		wantCode(t, n.Archive(t.Context(), person.ID, a), tt.want)
		got, err := n.Get(t.Context(), person.ID)
		must(t, err)
		if got.Archived() != (tt.name == "all of it") {
			t.Errorf("%s: archived %v", tt.name, got.Archived())
		}
	}
	_, err := n.Update(t.Context(), person.ID, diagnostics.Values{diagnostics.ArchiveUntil: "2040-01-01"})
	wantCode(t, err, diagnostics.CodeForbidden)
	for _, op := range pending(t, n)[1:] {
		if len(op.Set) != 3 {
			t.Errorf("the archive is told by %d fields", len(op.Set))
		}
	}
}

// A request has a month; two more with a reason.
func TestRequests(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	person := create(t, n, dt.Person(t))
	ask := func(kind, on string) diagnostics.Record {
		return create(t, n, diagnostics.Record{Type: diagnostics.TypeRequest, Fields: diagnostics.Values{"kind": kind, "person": person.ID, "received_on": on, "identity_checked": "code"}})
	}
	late, early, today := ask("access", "2026-02-20"), ask("rectify", "2026-01-31"), ask("object", "")
	if today.Get("received_on") != "2026-03-02" || today.Get("due_on") != "2026-04-02" || early.Get("due_on") != "2026-02-28" {
		t.Errorf("received %v, due %v and %v", today.Get("received_on"), today.Get("due_on"), early.Get("due_on"))
	}
	wantCode(t, n.Extend(ctx, early.ID, "plus tard"), diagnostics.CodeInvalid)
	wantCode(t, n.Extend(ctx, person.ID, "Dossier volumineux, plusieurs équipes"), diagnostics.CodeNotFound)
	must(t, n.Extend(ctx, early.ID, "Dossier volumineux, plusieurs équipes"))
	_, err := n.Update(ctx, late.ID, diagnostics.Values{"closed_on": "2026-03-02", "answer": "done"})
	must(t, err)
	all, err := n.Requests(ctx)
	must(t, err)
	var got []string
	for _, r := range all {
		got = append(got, r.Get("kind")+" "+diagnostics.DueOn(r).Format(time.DateOnly))
	}
	if diff := cmp.Diff([]string{"object 2026-04-02", "rectify 2026-04-30", "access 2026-03-20"}, got); diff != "" {
		t.Errorf("open ones first, the most urgent first (-want +got):\n%s", diff)
	}
}
