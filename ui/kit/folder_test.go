package kit_test

import (
	"os"
	"path/filepath"
	"testing"

	"solidaren/ui/kit"
)

// TestFolderTakesAPastedPath: a whole path in the field, as file managers copy
// it, leads to its file or folder; to no other kind of file.
func TestFolderTakesAPastedPath(t *testing.T) {
	home, usb := t.TempDir(), t.TempDir()
	file, other := filepath.Join(usb, "annuaire de novembre.csv"), filepath.Join(usb, "photo.png")
	for _, name := range []string{file, other} {
		if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for pasted, want := range map[string]string{
		file: file, "  " + file + "\n": file, `"` + file + `"`: file, "file://" + file: file,
		"file://" + filepath.ToSlash(usb) + "/annuaire%20de%20novembre.csv": file, other: "", filepath.Join(usb, "none.csv"): "",
	} {
		picked := ""
		folder := kit.NewFolder(home, []string{".csv"}, func(path string) { picked = path })
		w, keys := show(t, folder)
		w.Canvas().Focus(folder.Entry)
		folder.Entry.SetText(pasted)
		keys.Press("Enter")
		if picked != want {
			t.Errorf("%q: taken %q, want %q", pasted, picked, want)
		}
	}
	folder := kit.NewFolder(home, []string{".csv"}, func(string) {})
	w, keys := show(t, folder)
	w.Canvas().Focus(folder.Entry)
	folder.Entry.SetText(usb)
	keys.Press("Enter")
	if folder.Path() != usb || folder.Entry.Text != "" {
		t.Errorf("a pasted folder leads to %s, and %q is left in the field", folder.Path(), folder.Entry.Text)
	}
}
