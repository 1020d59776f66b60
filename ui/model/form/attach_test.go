package form_test

import (
	"testing"

	"solidaren/ui/model/form"
)

// files is a place for attachments.
type files map[string][]byte

func (f files) Size(name string) (int64, bool) { b, ok := f[name]; return int64(len(b)), ok }

func (f files) Content(name string) ([]byte, error) { return f[name], nil }

func (f files) Keep(name string, content []byte, done func(string, error)) {
	f["1-"+name] = content
	done("1-"+name, nil)
}

func TestAttach(t *testing.T) {
	p := openForm(t, sheetOf("file", "", ""), form.Options{})
	p.Attach("/data/q", "plan.pdf", []byte("x"))
	if len(p.notices) != 1 || p.item(t, "/data/q").Text != "" {
		t.Errorf("attached nowhere: %q", p.notices)
	}
	kept := files{}
	p = openForm(t, sheetOf("file", "", ""), form.Options{Files: kept})
	p.Attach("/data/q", "plan.pdf", make([]byte, 1500))
	if item := p.item(t, "/data/q"); item.Text != "1-plan.pdf" || item.Echo != "2 ko" {
		t.Errorf("got %q, %q", item.Text, item.Echo)
	}
	kept["1-plan.pdf"] = make([]byte, 3<<20)
	if err := p.SetLanguage(""); err != nil {
		t.Fatal(err)
	}
	if item := p.item(t, "/data/q"); item.Echo != "3,0 Mo" {
		t.Errorf("got %q", item.Echo)
	}
	delete(kept, "1-plan.pdf")
	if err := p.SetLanguage(""); err != nil {
		t.Fatal(err)
	}
	if item := p.item(t, "/data/q"); item.Echo != "fichier absent de ce poste" {
		t.Errorf("got %q", item.Echo)
	}
}
