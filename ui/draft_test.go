package ui

import (
	"bytes"
	"testing"

	"solidaren/diagnostics/store"
	"solidaren/diagnostics/xform"
	"solidaren/ui/words"
)

// older is a draft of the outreach form as an earlier version left it: one of
// its questions is no longer asked.
func (o *office) older() store.Draft {
	o.t.Helper()
	form, err := catalogue.Form("maraude")
	if err != nil {
		o.t.Fatal(err)
	}
	s, err := form.NewSession(xform.SessionOptions{})
	if err != nil {
		o.t.Fatal(err)
	}
	for _, n := range s.Nodes() {
		if n.Name == "m_district" || n.Name == "m_place" {
			if _, err := s.Set(n.Ref, n.Choices[0].Value); err != nil {
				o.t.Fatal(err)
			}
		}
	}
	state, err := s.Save()
	if err != nil {
		o.t.Fatal(err)
	}
	state = bytes.Replace(state, []byte(`"version":"`+form.Version()+`"`), []byte(`"version":"0"`), 1)
	state = bytes.Replace(state, []byte(`"answers":{`), []byte(`"answers":{"m_gone":"Il cherche un endroit calme",`), 1)
	d := store.Draft{ID: "01890000-0000-7000-8000-000000000001", FormID: "maraude", FormVersion: "0", State: state, Answered: 3}
	if err := o.desk.Notebook.SaveDraft(o.t.Context(), d); err != nil {
		o.t.Fatal(err)
	}
	return d
}

// TestDraftOfAnOlderVersion opens such a draft: the window first says what
// becomes of its answers, and leaves the draft as it is until the writer goes
// on.
func TestDraftOfAnOlderVersion(t *testing.T) {
	for _, language := range words.Languages {
		t.Run(language, func(t *testing.T) {
			o := unlocked(t)
			o.settings.SetLanguage(language)
			d := o.older()
			o.Resume(d.ID)
			o.settle()
			for _, text := range []string{words.T("entry.moved_aside", 1), "m_gone", "Il cherche un endroit calme"} {
				if !o.shows(text) {
					t.Errorf("the window does not say %q", text)
				}
			}
			if kept := o.drafts(); len(kept) != 1 || !bytes.Equal(kept[0].State, d.State) {
				t.Error("the draft is changed before anyone agreed")
			}
			o.press("Enter")
			if o.shows("m_gone") || !o.shows(words.T("entry.resumed.at", o.Shell.form().Where())) {
				t.Error("the form does not open")
			}
		})
	}
}

// TestLookingMakesNoDraft: a form that was opened and left is no draft, whatever
// rows it begins with.
func TestLookingMakesNoDraft(t *testing.T) {
	for _, id := range []string{"entretien", "maraude", "nuit_solidarite", "lieu"} {
		o := unlocked(t)
		o.StartForm(id)
		o.settle()
		o.press("Alt+Left")
		o.settle()
		if n := len(o.drafts()); n != 0 {
			t.Errorf("%s: looking at it makes %d drafts", id, n)
		}
	}
}

// Text in the first question of a form is a draft from its first key on.
func TestTextOfTheFirstQuestionIsKept(t *testing.T) {
	o := unlocked(t)
	o.StartForm("lieu")
	o.settle()
	if len(o.drafts()) != 0 {
		t.Fatal("looking at a form makes a draft")
	}
	o.keys.Type("q")
	o.settle()
	if len(o.drafts()) != 1 {
		t.Errorf("%d drafts, want 1", len(o.drafts()))
	}
}

// TestNotNowLeavesTheDraft: whoever looks at what becomes of a draft and goes
// away finds it as it was, and is shown the same again.
func TestNotNowLeavesTheDraft(t *testing.T) {
	for name, away := range map[string]func(o *office){
		"not now":        func(o *office) { o.press("Tab", "Enter") },
		"another screen": func(o *office) { o.StartForm("lieu") },
	} {
		t.Run(name, func(t *testing.T) {
			o := unlocked(t)
			d := o.older()
			o.Resume(d.ID)
			o.settle()
			if !o.shows("m_gone") {
				t.Fatal("what changes is not told")
			}
			away(o)
			o.settle()
			if kept := o.drafts(); len(kept) != 1 || !bytes.Equal(kept[0].State, d.State) || kept[0].FormVersion != d.FormVersion {
				t.Fatal("the draft was brought over before anyone agreed")
			}
			o.Resume(d.ID)
			o.settle()
			if !o.shows("m_gone") {
				t.Error("what changes is not told the second time")
			}
		})
	}
}
