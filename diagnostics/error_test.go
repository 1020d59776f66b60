package diagnostics_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"solidaren/diagnostics"
)

func TestCode(t *testing.T) {
	inner := diagnostics.E("store.Get", diagnostics.CodeNotFound, "Absent.", "Absent.", io.EOF)
	tests := []struct {
		name string
		err  error
		want diagnostics.ErrorCode
	}{
		{"none", nil, ""},
		{"of another package", io.EOF, diagnostics.CodeInternal},
		{"itself", inner, diagnostics.CodeNotFound},
		{"wrapped", fmt.Errorf("around: %w", inner), diagnostics.CodeNotFound},
		{"joined", errors.Join(io.EOF, inner), diagnostics.CodeNotFound},
		{"the outer of two", diagnostics.E("x", diagnostics.CodeOffline, "", "", inner), diagnostics.CodeOffline},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := diagnostics.Code(tt.err); got != tt.want {
				t.Errorf("code %q, want %q", got, tt.want)
			}
		})
	}
	if !errors.Is(inner, io.EOF) {
		t.Error("the cause is not found")
	}
}

func TestSentence(t *testing.T) {
	said := diagnostics.E("a", diagnostics.CodeInvalid, "Trop court.", "Too short.", nil)
	silent := diagnostics.E("b", diagnostics.CodeInternal, "", "", said)
	french := diagnostics.E("c", diagnostics.CodeInternal, "Seulement ici.", "", nil)
	tests := []struct {
		name, lang string
		err        error
		want       string
	}{
		{"French", "fr", said, "Trop court."},
		{"English", "en", said, "Too short."},
		{"English of a region", "en-GB", said, "Too short."},
		{"French is the default", "", said, "Trop court."},
		{"the first that says something", "fr", fmt.Errorf("x: %w", silent), "Trop court."},
		{"no English", "en", french, "Seulement ici."},
		{"of another package", "en", io.EOF, "Something did not work. Your records are kept here."},
		{"nobody says anything", "fr", diagnostics.E("b", diagnostics.CodeInternal, "", "", io.EOF), "Quelque chose n'a pas marché. Vos fiches sont gardées ici."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := diagnostics.Sentence(tt.err, tt.lang); got != tt.want {
				t.Errorf("sentence %q, want %q", got, tt.want)
			}
		})
	}
}

func TestErrorText(t *testing.T) {
	err := &diagnostics.Error{
		Op: "store.Finish", Code: diagnostics.CodeInvalid, Field: "need.domain",
		Msg: diagnostics.Text{FR: "Non.", EN: "No."}, Err: io.EOF,
	}
	if got, want := err.Error(), "store.Finish: invalid: need.domain: No.: EOF"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
	if got := (&diagnostics.Error{Code: diagnostics.CodeOffline}).Error(); got != "offline" || strings.Contains(got, ":") {
		t.Errorf("text %q", got)
	}
}
