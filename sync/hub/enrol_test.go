package hub_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/hub"
	"solidaren/sync/wire"
)

// TestEnrol: an invite lets one device in, for a day.
func TestEnrol(t *testing.T) {
	w := newWorld(t)
	used := w.invite(t, "Nord", diagnostics.RoleWorker)
	first, _ := newLaptop(t)
	first.Secret = used.Secret
	if _, err := w.Enrol(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		change func(r *wire.EnrolRequest)
		later  time.Duration
		code   string
		status int
	}{
		{"used by another device", func(r *wire.EnrolRequest) { r.Secret = used.Secret }, 0, wire.ProblemInviteUsed, 403},
		{"used, sent again by the same device", func(r *wire.EnrolRequest) { *r = first }, 0, wire.ProblemInviteUsed, 403},
		{"unknown", func(r *wire.EnrolRequest) { r.Secret = "nothing" }, 0, wire.ProblemInviteUnknown, 403},
		{"no secret", func(r *wire.EnrolRequest) { r.Secret = "" }, 0, wire.ProblemInviteUnknown, 403},
		{"a moment before its end", nil, hub.InviteLife - time.Second, "", 0},
		{"ended", nil, hub.InviteLife, wire.ProblemInviteExpired, 403},
		{"a device that is a member", func(r *wire.EnrolRequest) { r.Dev = first.Dev }, 0, "conflict", 409},
		{"device id is no uuid", func(r *wire.EnrolRequest) { r.Dev = "x" }, 0, "invalid", 422},
		{"key too short", func(r *wire.EnrolRequest) { r.AuthKey = "AAAA" }, 0, "invalid", 422},
		{"no recipient", func(r *wire.EnrolRequest) { r.Recipient = "" }, 0, "invalid", 422},
		{"name too long", func(r *wire.EnrolRequest) { r.Name = string(make([]byte, 101)) }, 0, "invalid", 422},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			request, _ := newLaptop(t)
			request.Secret = w.invite(t, "Nord", diagnostics.RoleWorker).Secret
			if tt.change != nil {
				tt.change(&request)
			}
			start := w.now
			w.now = w.now.Add(tt.later)
			defer func() { w.now = start }()
			_, err := w.Enrol(t.Context(), request)
			if p := problemOf(t, err); p.Code != tt.code || p.Status != tt.status {
				t.Errorf("got %+v, want %s %d", p, tt.code, tt.status)
			}
		})
	}
}

// TestRefusedEnrolmentKeepsInvite: an enrolment that failed for another reason
// does not use the invite up.
func TestRefusedEnrolmentKeepsInvite(t *testing.T) {
	w := newWorld(t)
	member := w.laptop(t, "Nord", diagnostics.RoleWorker)
	request, _ := newLaptop(t)
	request.Secret = w.invite(t, "Sud", diagnostics.RoleResearcher).Secret
	wrong := request
	wrong.Dev = member.ID
	if _, err := w.Enrol(t.Context(), wrong); err == nil {
		t.Fatal("a member enrolled again")
	}
	reply, err := w.Enrol(t.Context(), request)
	if err != nil || reply.Team != "Sud" || reply.Role != "researcher" {
		t.Errorf("got %+v, %v", reply, err)
	}
}

func TestNewInviteRefuses(t *testing.T) {
	w := newWorld(t)
	tests := []struct {
		name, url, team string
		role            diagnostics.Role
	}{
		{"no address", "", "Nord", diagnostics.RoleWorker},
		{"address without a scheme", "hub:8080", "Nord", diagnostics.RoleWorker},
		{"a file", "file:///etc", "Nord", diagnostics.RoleWorker},
		{"no team", "http://h", "  ", diagnostics.RoleWorker},
		{"unknown role", "http://h", "Nord", "king"},
		{"no role", "http://h", "Nord", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := hub.NewInvite(t.Context(), w.store, w.now, tt.url, tt.team, tt.role)
			if diagnostics.Code(err) != diagnostics.CodeInvalid {
				t.Errorf("error %v, want invalid", err)
			}
		})
	}
}

// sign asks for a nonce and signs it.
func (w *world) sign(t *testing.T, l laptop) wire.TokenRequest {
	t.Helper()
	reply, err := w.Token(t.Context(), wire.TokenRequest{Dev: l.ID})
	if err != nil {
		t.Fatal(err)
	}
	sig := ed25519.Sign(l.key, wire.TokenMessage(l.ID, reply.Nonce))
	return wire.TokenRequest{Dev: l.ID, Nonce: reply.Nonce, Sig: base64.StdEncoding.EncodeToString(sig)}
}

func (w *world) token(t *testing.T, l laptop) string {
	t.Helper()
	reply, err := w.Token(t.Context(), w.sign(t, l))
	if err != nil {
		t.Fatal(err)
	}
	return reply.Token
}

func TestTokenRefusals(t *testing.T) {
	w := newWorld(t)
	l, other := w.laptop(t, "Nord", diagnostics.RoleWorker), w.laptop(t, "Nord", diagnostics.RoleWorker)
	spent := w.sign(t, l)
	if _, err := w.Token(t.Context(), spent); err != nil {
		t.Fatal(err)
	}
	stranger, key := newLaptop(t)
	tests := []struct {
		name    string
		request func() wire.TokenRequest
		later   time.Duration
	}{
		{"nonce spent", func() wire.TokenRequest { return spent }, 0},
		{"nonce too old", func() wire.TokenRequest { return w.sign(t, l) }, 2 * time.Minute},
		{"signed by another device", func() wire.TokenRequest {
			r := w.sign(t, laptop{l.Device, other.key})
			return r
		}, 0},
		{"nonce of another device", func() wire.TokenRequest {
			r := w.sign(t, other)
			r.Dev = l.ID
			r.Sig = base64.StdEncoding.EncodeToString(ed25519.Sign(l.key, wire.TokenMessage(l.ID, r.Nonce)))
			return r
		}, 0},
		{"nonce made up", func() wire.TokenRequest {
			r := w.sign(t, l)
			r.Nonce = base64.RawURLEncoding.EncodeToString(make([]byte, 56))
			r.Sig = base64.StdEncoding.EncodeToString(ed25519.Sign(l.key, wire.TokenMessage(l.ID, r.Nonce)))
			return r
		}, 0},
		{"no signature", func() wire.TokenRequest {
			r := w.sign(t, l)
			r.Sig = ""
			return r
		}, 0},
		{"device unknown", func() wire.TokenRequest {
			l := laptop{key: key}
			l.ID = stranger.Dev
			return w.sign(t, l)
		}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			request := tt.request()
			start := w.now
			w.now = w.now.Add(tt.later)
			defer func() { w.now = start }()
			reply, err := w.Token(t.Context(), request)
			if p := problemOf(t, err); p.Status != 401 || reply.Token != "" {
				t.Errorf("got %+v, %+v; want 401", reply, p)
			}
		})
	}
}

// TestTokenLife: a token stands for its device for an hour, and for nobody once
// it has ended.
func TestTokenLife(t *testing.T) {
	w := newWorld(t)
	l := w.laptop(t, "Nord", diagnostics.RoleWorker)
	token := w.token(t, l)
	for _, tt := range []struct {
		name, header string
		later        time.Duration
		ok           bool
	}{
		{"now", "Bearer " + token, 0, true},
		{"just before its end", "Bearer " + token, hub.TokenLife - time.Second, true},
		{"at its end", "Bearer " + token, hub.TokenLife, false},
		{"none", "", 0, false},
		{"empty", "Bearer ", 0, false},
		{"another scheme", "Basic " + token, 0, false},
		{"one letter off", "Bearer " + token[1:], 0, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			start := w.now
			w.now = w.now.Add(tt.later)
			defer func() { w.now = start }()
			device, err := w.Authenticate(t.Context(), tt.header)
			if ok := err == nil && device.ID == l.ID; ok != tt.ok {
				t.Errorf("device %q, %v", device.ID, err)
			}
		})
	}
}
