package store_test

import (
	"fmt"
	"slices"
	"testing"

	"solidaren/diagnostics"
	"solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
)

func names(t *testing.T, n *store.Notebook, owners ...string) []string {
	t.Helper()
	all, err := n.Attachments(t.Context(), owners...)
	must(t, err)
	var out []string
	for _, a := range all {
		out = append(out, fmt.Sprintf("%s %d", a.Name, a.Size))
	}
	return out
}

// A file goes with its draft, then with the record that names it; what no answer
// names goes with the draft.
func TestAttachments(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	draft := store.Draft{ID: diagnostics.NewID(), FormID: "lieu"}
	must(t, n.SaveDraft(ctx, draft))
	var kept []string
	for _, file := range []struct{ name, content string }{{"plan du lieu.pdf", "one"}, {`C:\a\plan du lieu.pdf`, "second"}, {"../<b>&.png", "x"}, {"", ""}} {
		name, err := n.Attach(ctx, draft.ID, file.name, []byte(file.content))
		must(t, err)
		kept = append(kept, name)
	}
	if want := []string{"plan_du_lieu.pdf", "plan_du_lieu-2.pdf", "_b__.png", "-2"}; !slices.Equal(kept, want) {
		t.Errorf("kept as %q, want %q", kept, want)
	}
	if _, err := n.Attach(ctx, "", "x", nil); diagnostics.Code(err) != diagnostics.CodeInvalid {
		t.Errorf("attached to nothing: %v", err)
	}
	content, err := n.Attachment(ctx, kept[1], "other", draft.ID)
	if err != nil || string(content) != "second" {
		t.Errorf("read %q, %v", content, err)
	}
	sub := diagnosticstest.Maraude(t, "", diagnosticstest.Need(t, "food"))
	sub.XML = []byte("<data><q>" + kept[1] + "</q></data>")
	must(t, n.Finish(ctx, draft.ID, sub))
	if got := names(t, n, draft.ID); len(got) > 0 {
		t.Errorf("the draft still has %q", got)
	}
	if got := names(t, n, sub.Diagnostic.ID); !slices.Equal(got, []string{kept[1] + " 6"}) {
		t.Errorf("the record has %q", got)
	}
	if _, err := n.Attachment(ctx, kept[0], draft.ID, sub.Diagnostic.ID); diagnostics.Code(err) != diagnostics.CodeNotFound {
		t.Errorf("what no answer names is still there: %v", err)
	}
}

// The files of a discarded draft, and those of one that never was, are gone.
func TestAttachmentsOfNothing(t *testing.T) {
	v := newVault(t)
	n, err := store.Open(t.Context(), v, store.Options{Clock: diagnosticstest.Clock})
	must(t, err)
	n.UseSealer(newKeyring(t))
	ctx := t.Context()
	draft, stray := diagnostics.NewID(), diagnostics.NewID()
	must(t, n.SaveDraft(ctx, store.Draft{ID: draft, FormID: "lieu"}))
	for _, owner := range []string{draft, stray} {
		_, err := n.Attach(ctx, owner, "a", []byte("x"))
		must(t, err)
	}
	must(t, n.DiscardDraft(ctx, draft))
	if got := names(t, n, draft, stray); len(got) != 1 {
		t.Errorf("a discarded draft left %q", got)
	}
	must(t, n.Close())
	n = openVault(t, v)
	if got := names(t, n, draft, stray); len(got) != 0 {
		t.Errorf("%q belong to nothing", got)
	}
}
