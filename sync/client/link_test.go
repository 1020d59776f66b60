package client

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestNetworkFailure(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	tests := []struct {
		name string
		ctx  context.Context
		err  error
		code diagnostics.ErrorCode
		says string
	}{
		{"no name service", t.Context(), &net.DNSError{Err: "no such host"}, diagnostics.CodeOffline, "Hors réseau"},
		{"refused", t.Context(), &net.OpError{Op: "dial", Err: errors.New("refused")}, diagnostics.CodeOffline, "ne répond pas"},
		{"too slow", t.Context(), context.DeadlineExceeded, diagnostics.CodeTimeout, "trop lentement"},
		{"name service too slow", t.Context(), &net.DNSError{IsTimeout: true}, diagnostics.CodeTimeout, "trop lentement"},
		{"certificate of another time", t.Context(), x509.CertificateInvalidError{Reason: x509.Expired}, diagnostics.CodeOffline, "la date"},
		{"certificate of nobody", t.Context(), x509.UnknownAuthorityError{}, diagnostics.CodeOffline, "vrai serveur"},
		{"certificate of another server", t.Context(), x509.HostnameError{Certificate: &x509.Certificate{}}, diagnostics.CodeOffline, "vrai serveur"},
		{"stopped by the person", ended, errors.New("anything"), diagnostics.CodeTimeout, "arrêté"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := networkFailure(tt.ctx, "op", tt.err)
			if err.Code != tt.code || !strings.Contains(err.Msg.FR, tt.says) || err.Msg.EN == "" {
				t.Errorf("%s: %q / %q", err.Code, err.Msg.FR, err.Msg.EN)
			}
		})
	}
}

// TestFalseServer: a server whose certificate nobody signed gets nothing.
func TestFalseServer(t *testing.T) {
	got := false
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { got = true }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	l := newLink(server.URL, &Member{Patience: Patience{Attempt: 5 * time.Second}})
	defer l.close()
	err := l.post(t.Context(), "/v1/token", "", wire.TokenRequest{}, &wire.TokenReply{})
	if diagnostics.Code(err) != diagnostics.CodeOffline || !strings.Contains(diagnostics.Sentence(err, "fr"), "vrai serveur") || got {
		t.Errorf("error %v, request arrived: %v", err, got)
	}
}

// TestWordsAreForPeople: every sentence is in both languages, short, and without
// the words that readers do not use.
func TestWordsAreForPeople(t *testing.T) {
	all := map[string]diagnostics.Text{
		"offline": wordsOffline, "down": wordsDown, "slow": wordsSlow, "portal": wordsPortal,
		"cut": wordsCut, "clock": wordsClock, "certificate": wordsCertificate, "stopped": wordsStopped,
		"not member": wordsNotMember, "member": wordsMember, "running": wordsRunning, "refused": wordsRefused,
	}
	for code, text := range problems {
		all[code] = text
	}
	for name, text := range all {
		for _, sentence := range []string{text.FR, text.EN} {
			if sentence == "" || len(sentence) > 120 || strings.Contains(sentence, "!") {
				t.Errorf("%s: %q", name, sentence)
			}
			for _, forbidden := range []string{"ynchron", "onflit", "onflict", "erreur", "error"} {
				if strings.Contains(sentence, forbidden) {
					t.Errorf("%s: %q holds %q", name, sentence, forbidden)
				}
			}
		}
	}
}
