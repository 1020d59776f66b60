package ui

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"solidaren/assets"
	"solidaren/diagnostics"
	"solidaren/sync/client"
	"solidaren/sync/synctest"
	"solidaren/sync/wire"
	"solidaren/ui/kit"
	"solidaren/ui/model"
	"solidaren/ui/screen/directory"
	"solidaren/ui/uitest"
	"solidaren/ui/words"
)

// Codes of the people of a furnished office.
const nadia, karim, yann, loic = "W8FB-WPH", "K6QZ-KFL", "U7S3-BPG", "K7QM-4TR"

// known is the id of somebody by their code.
func (o *office) known(code string) string {
	o.t.Helper()
	found, err := o.desk.Notebook.PersonByCode(o.t.Context(), code)
	if err != nil {
		o.t.Fatalf("%s is not known: %v", code, err)
	}
	return found.ID
}

// homeOfNadia is the household of Nadia.
func (o *office) homeOfNadia() string {
	o.t.Helper()
	card, err := o.desk.Notebook.Get(o.t.Context(), o.known(nadia))
	if err != nil || card.Get("household") == "" {
		o.t.Fatalf("no household, %v", err)
	}
	return card.Get("household")
}

// sector gives a sector of a count out.
func (o *office) sector() {
	o.Go(roomSectors)
	o.settle()
	for _, text := range []string{"Nuit 2027", "S07", "Équipe 3"} {
		o.typed(text)
		o.press("Enter")
	}
}

// erase comes to what is typed before a file is erased.
func (o *office) erase() {
	o.Go(roomRights)
	o.settle()
	o.press("Shift+Tab", "Shift+Tab", "Enter", "Tab", "Tab", "Tab", "Enter")
}

// winter brings a questionnaire of the team in.
func (o *office) winter() {
	o.Go(roomForms)
	o.settle()
	o.importForm(o.form("| | text | mots | Dans ses mots | |\n| | text | nuit | Cette nuit | |\n", "1"))
}

// winterAgain brings the next version of the questionnaire of the team in.
func (o *office) winterAgain() {
	o.Go(roomForms)
	o.settle()
	o.importForm(o.form("| | text | paroles | Dans ses mots | mots |\n| | text | matin | Ce matin | |\n", "2"))
}

// proveSheet makes a sheet and proves it: the passphrase comes next.
func (o *office) proveSheet() {
	o.OpenSetup()
	o.settle()
	o.press("Enter", "Enter")
	for _, group := range strings.Fields(o.setting("recovery.groups")) {
		o.typed(group)
		o.press("Enter")
	}
}

// twins writes two cards that may be one person's.
func (o *office) twins() {
	for code, handle := range map[string]string{"D4MK-7TX": "Maëlle", "J9RC-2HN": "Maelle"} {
		o.add(diagnostics.TypePerson, diagnostics.Values{
			"code": code, "gender": "f", "age_band": "a25", "identity.handle": handle, "identity.phone": "0639981234",
			"first_contact_on": o.day(-40), "last_contact_on": o.day(-4),
		})
	}
}

// setAside is what a server does with a record that the office may not write.
func (o *office) setAside() {
	o.t.Helper()
	ctx, nb := o.t.Context(), o.desk.Notebook
	last, _, err := nb.OpNumbers(ctx)
	if err == nil {
		_, err = nb.ApplyReply(ctx, wire.SyncReply{Epoch: "e", Acked: last, Held: []wire.Held{{N: last, Why: wire.HeldForbidden}}})
	}
	if err != nil {
		o.t.Fatal(err)
	}
}

// crew joins a team and lets others in: one whose computer was stolen, one whose
// record the server set aside, one whose invite waits still.
func (o *office) crew() {
	o.t.Helper()
	o.join()
	member := o.desk.Member
	change := func(req wire.TeamRequest) {
		if _, err := client.Team(o.t.Context(), o.desk.Notebook, member, req); err != nil {
			o.t.Fatal(err)
		}
	}
	let := func(role diagnostics.Role) string {
		invite, ask := member.NewInvite(string(role))
		change(wire.TeamRequest{Invite: &ask})
		return invite.String()
	}
	join := func(role diagnostics.Role, name string) (*synctest.Memory, *client.Member) {
		nb := synctest.NewMemory()
		m := synctest.NewMember(o.t, nb)
		if err := client.Enrol(o.t.Context(), nb, m, let(role), name); err != nil {
			o.t.Fatal(err)
		}
		return nb, m
	}
	join(diagnostics.RoleWorker, "feuille")
	admin, its := join(diagnostics.RoleAdmin, "cerf-volant")
	admin.Write(wire.OpSet, diagnostics.TypePerson, diagnostics.NewID(), map[string]any{"code": "T5XE-4GD", "gender": "f", "age_band": "a25"})
	if _, err := client.Sync(o.t.Context(), admin, its, nil); err != nil {
		o.t.Fatal(err)
	}
	_, lost := join(diagnostics.RoleWorker, "boussole")
	change(wire.TeamRequest{Revoke: &wire.Revoke{Dev: lost.DeviceID(), Why: wire.RevokedStolen}})
	let(diagnostics.RoleSocialWorker)
	if _, err := client.Sync(o.t.Context(), o.desk.Notebook, member, nil); err != nil {
		o.t.Fatal(err)
	}
}

// export orders the needs analysis into a file, by keyboard.
func (o *office) export(file string) {
	o.goTo(roomExport)
	for {
		if e, ok := o.window.Canvas().Focused().(*kit.Entry); ok && strings.HasSuffix(e.Text, ".xlsx") {
			break
		}
		o.press("Tab")
	}
	o.press("Ctrl+a")
	o.typed(file)
	o.press("Ctrl+Enter", "Tab", "Enter")
}

// exported writes the needs analysis where a picture may name the place.
func (o *office) exported() {
	o.t.Helper()
	dir := filepath.Join(os.TempDir(), "equipe")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() { _ = os.RemoveAll(dir) })
	file := filepath.Join(dir, "besoins-2026-07.xlsx")
	o.export(file)
	if !o.shows(words.T("export.done", file)) {
		o.t.Fatal("no workbook was written")
	}
}

// importing asks about the workbook of actors that comes with the program.
func (o *office) importing() {
	o.t.Helper()
	file := filepath.Join(o.t.TempDir(), "annuaire.xlsx")
	if err := os.WriteFile(file, assets.ExampleDirectory(), 0o600); err != nil {
		o.t.Fatal(err)
	}
	o.goTo(roomDirectory)
	o.room.(*directory.Screen).Import(file)
}

// halfSent begins an exchange that takes several requests. The network stands
// still after the first, until the picture is taken.
func (o *office) halfSent() {
	o.t.Helper()
	o.join()
	for range wire.MaxOps + 200 {
		o.add(diagnostics.TypeFollowUp, diagnostics.Values{"due_on": o.day(3)})
	}
	network := &stalled{going: make(chan struct{})}
	network.left.Store(1)
	o.desk.Member.Wrap = func(next http.RoundTripper) http.RoundTripper {
		network.next = next
		return network
	}
	o.goTo(roomSending)
	o.release = sync.OnceFunc(func() { close(network.going) })
	o.keys.Press("Ctrl+Enter")
	for !o.tells(words.T("send.progress", wire.MaxOps, wire.MaxOps+200, 0)) {
		time.Sleep(model.SampleInterval)
		o.Drain()
	}
}

// tells reports whether a text is on screen, on however many lines.
func (o *office) tells(text string) bool {
	found := false
	uitest.Walk(o.window.Canvas(), func(x uitest.Object) {
		label, is := x.CanvasObject.(*kit.Label)
		found = found || is && label.Text == text
	})
	return found
}

// stalled is a network that answers some requests and then stands still until it
// is let go on.
type stalled struct {
	next  http.RoundTripper
	left  atomic.Int32
	going chan struct{}
}

// RoundTrip answers, or waits.
func (s *stalled) RoundTrip(r *http.Request) (*http.Response, error) {
	if s.left.Add(-1) < 0 {
		select {
		case <-s.going:
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	}
	return s.next.RoundTrip(r)
}
