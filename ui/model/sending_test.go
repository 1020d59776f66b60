package model_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/synctest"
	"solidaren/sync/wire"
	"solidaren/ui/model"
)

func TestSendingWithoutATeam(t *testing.T) {
	d := newDesk(t)
	d.create(diagnostics.TypePerson, diagnostics.Values{"code": "K7QM-4TR"})
	m := open(d, model.NewSending(d.Desk))
	m.Load()
	d.settle()
	if m.Enrolled() || m.Counts.Unsent != 1 {
		t.Errorf("enrolled %v, %d to send", m.Enrolled(), m.Counts.Unsent)
	}
	m.Start()
	if m.Running() {
		t.Error("an exchange started without a server")
	}
}

func TestSendingRefusesABadInvite(t *testing.T) {
	for _, invite := range []string{"", "   ", "pas-une-invitation"} {
		t.Run(invite, func(t *testing.T) {
			d := newDesk(t)
			m := open(d, model.NewSending(d.Desk))
			m.Enrol(invite, "Poste")
			d.settle()
			if diagnostics.Code(m.Err) != diagnostics.CodeInvalid || m.Enrolling() || m.Enrolled() {
				t.Errorf("error %v, enrolling %v, enrolled %v", m.Err, m.Enrolling(), m.Enrolled())
			}
		})
	}
}

// TestSendingTwoLaptops sends a person's card from one notebook to another
// through a real server.
func TestSendingTwoLaptops(t *testing.T) {
	server := synctest.NewServer(t, nil)
	first, second := newDesk(t), newDesk(t)
	person := first.create(diagnostics.TypePerson, diagnostics.Values{"code": "K7QM-4TR", "identity.handle": "Élodie"})
	var screens []*model.Sending
	for _, d := range []*desk{first, second} {
		m := open(d, model.NewSending(d.Desk))
		m.Enrol(server.Invite(t, "nord", diagnostics.RoleWorker), "Poste")
		d.settle()
		if m.Err != nil || !m.Enrolled() {
			t.Fatalf("enrolled %v, error %v", m.Enrolled(), m.Err)
		}
		screens = append(screens, m)
	}
	exchange := func(i int, d *desk) {
		t.Helper()
		screens[i].Start()
		if !screens[i].Running() {
			t.Fatal("the exchange did not start")
		}
		d.settle()
		if screens[i].Err != nil || !screens[i].Done || screens[i].Counts.Unsent != 0 {
			t.Fatalf("done %v, %d left, error %v", screens[i].Done, screens[i].Counts.Unsent, screens[i].Err)
		}
	}
	exchange(0, first)
	exchange(1, second)
	exchange(0, first) // wraps its key for the newcomer
	exchange(1, second)
	card, err := second.Notebook.Get(t.Context(), person.ID)
	if err != nil {
		t.Fatal(err)
	}
	if card.Get("identity.handle") != "Élodie" {
		t.Errorf("the second laptop reads %v", card.Fields)
	}
}

func TestSendingServerDown(t *testing.T) {
	server := synctest.NewServer(t, nil)
	d := newDesk(t)
	m := open(d, model.NewSending(d.Desk))
	m.Enrol(server.Invite(t, "nord", diagnostics.RoleWorker), "Poste")
	d.settle()
	d.create(diagnostics.TypePerson, diagnostics.Values{"code": "K7QM-4TR"})
	server.HTTP.Close()
	m.Start()
	m.Cancel()
	d.settle()
	if m.Running() || m.Done || m.Counts.Unsent != 1 {
		t.Errorf("running %v, done %v, %d to send", m.Running(), m.Done, m.Counts.Unsent)
	}
	if m.Err != nil {
		t.Errorf("what was cancelled is shown as an error: %v", m.Err)
	}
}

// TestEnrolFailuresSaySo tries an invite that cannot lead into a team: each has
// its sentence, nothing is enrolled, and only what may still work is kept.
func TestEnrolFailuresSaySo(t *testing.T) {
	now := time.Now()
	server := synctest.NewServer(t, func() time.Time { return now })
	elsewhere := httptest.NewServer(http.NotFoundHandler()) // not a server of ours
	defer elsewhere.Close()
	used := server.Invite(t, "nord", diagnostics.RoleWorker)
	first := newDesk(t)
	m := open(first, model.NewSending(first.Desk))
	m.Enrol("Votre invitation : "+used+"\nÀ bientôt", "Poste")
	first.settle()
	if m.Err != nil || !m.Enrolled() || !m.Joined {
		t.Fatalf("enrolled %v, %v", m.Enrolled(), m.Err)
	}
	old := server.Invite(t, "nord", diagnostics.RoleWorker)
	now = now.Add(25 * time.Hour)
	at := func(url string) string { return wire.Invite{URL: url, Secret: "s", Team: "nord"}.String() }
	for _, tt := range []struct {
		name, invite, want string
		kept               bool
	}{
		{"used", used, "Cette invitation a déjà servi. Demandez-en une autre.", false},
		{"ended", old, "Cette invitation n'est plus valable. Demandez-en une autre.", false},
		{"unknown", at(server.HTTP.URL), "Cette invitation n'est pas connue du serveur. Demandez-en une autre.", false},
		{"another server", at(elsewhere.URL), "À l'adresse de l'invitation, ce n'est pas le serveur qui répond. Ouvrez la page de connexion du réseau s'il en a une, sinon demandez une autre invitation.", true},
		{"nobody answers", at("http://127.0.0.1:1"), "Le serveur ne répond pas. Rien n'est perdu.", true},
		{"no network", at("http://nowhere.invalid"), "Hors réseau. Vous pouvez continuer, tout est gardé ici.", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			d.Member.Patience.Tries = 1
			m := open(d, model.NewSending(d.Desk))
			m.Enrol(tt.invite, "Poste")
			d.settle()
			if got := diagnostics.Sentence(m.Err, "fr"); got != tt.want || m.Enrolled() {
				t.Errorf("enrolled %v, %q, want %q", m.Enrolled(), got, tt.want)
			}
			again := open(d, model.NewSending(d.Desk))
			again.Load()
			d.settle()
			if (again.Invite != "") != tt.kept {
				t.Errorf("kept %q", again.Invite)
			}
		})
	}
}
