package kit_test

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"
	"github.com/google/go-cmp/cmp"

	"solidaren/ui/kit"
	"solidaren/ui/words"
)

// TestFactStockDialogs is fact 5: a modal pop-up, which every stock dialog is
// made of, knows neither Escape nor Enter; a dialog of the kit knows both.
func TestFactStockDialogs(t *testing.T) {
	w, keys := show(t, kit.Text(""))
	answered := 0
	stock := widget.NewModalPopUp(container.NewHBox(
		widget.NewButton("", func() { answered++ }), widget.NewButton("", func() { answered++ })), w.Canvas())
	stock.Show()
	keys.Press("Escape", "Enter")
	if answered != 0 || w.Canvas().Overlays().Top() == nil {
		t.Errorf("a stock dialog hears keys now: answered %d times", answered)
	}
	stock.Hide()
	if w.Canvas().Overlays().Top() != nil {
		t.Fatal("the stock dialog stays")
	}
	dismissed, done := 0, 0
	own := kit.Dialog{OnDismiss: func() { dismissed++ }, Content: kit.Text(""), Buttons: []kit.Action{{Text: "Oui", Default: true, Do: func() { done++ }}}}
	modals := kit.NewModals(w)
	modals.Show(own)
	keys.Press("Escape")
	modals.Show(own)
	keys.Press("Enter")
	if dismissed != 1 || done != 1 || modals.Open() {
		t.Errorf("a dialog of the kit was dismissed %d times and done %d times", dismissed, done)
	}
}

// TestFactPolygon is fact 5: a polygon of Fyne keeps sixteen of its corners, so
// that no outline of a district can be drawn with it. The seventeenth is what
// makes this square whole.
func TestFactPolygon(t *testing.T) {
	filled := func(corners ...fyne.Position) bool {
		var top []fyne.Position
		for i := range 15 {
			top = append(top, fyne.NewPos(float32(i)*10, 0))
		}
		polygon := canvas.NewArbitraryPolygon(append(top, corners...), color.NRGBA{R: 0xFF, A: 0xFF})
		w, _ := show(t, container.NewWithoutLayout(polygon))
		polygon.Resize(fyne.NewSize(160, 160))
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(polygon)
		r, g, _, _ := w.Canvas().Capture().At(int(at.X)+10, int(at.Y)+120).RGBA()
		return r > 0xF000 && g < 0x1000
	}
	// Of a triangle the third corner is the sixteenth, and it is drawn.
	if !filled(fyne.NewPos(0, 160)) {
		t.Error("the sixteenth corner is not drawn: this test sees nothing")
	}
	if filled(fyne.NewPos(150, 10), fyne.NewPos(0, 160)) {
		t.Error("a seventeenth corner is drawn now")
	}
}

// TestFactLanguage is fact 5: the translations of Fyne follow the system and
// nothing else, so that the words of the window are our own.
func TestFactLanguage(t *testing.T) {
	t.Cleanup(func() { words.Use("fr") })
	for _, c := range []struct{ system, ours, want string }{
		{"fr_FR.UTF-8", "en", "oui"}, {"en_GB.UTF-8", "fr", "yes"},
	} {
		for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"} {
			t.Setenv(name, c.system)
		}
		for language, said := range map[string]string{"fr": "oui", "en": "yes"} {
			if err := lang.AddTranslationsForLocale([]byte(`{"fact.said":"`+said+`"}`), fyne.Locale(language)); err != nil {
				t.Fatal(err)
			}
		}
		words.Use(c.ours)
		if got := lang.X("fact.said", ""); got != c.want {
			t.Errorf("the system speaks %s, the window %s: lang says %q, want %q", c.system, c.ours, got, c.want)
		}
		if words.Language() != c.ours {
			t.Errorf("the window speaks %s", words.Language())
		}
	}
}

// TestFactAccessibilityTag is fact 6: with its build tag Fyne tells screen
// readers of a window on Windows and macOS, on Linux of none; and it knows four
// roles, none of which is a field.
func TestFactAccessibilityTag(t *testing.T) {
	fyneFolder := func(parts ...string) string {
		found, err := build.Import("fyne.io/fyne/v2", ".", build.FindOnly)
		if err != nil {
			t.Fatal(err)
		}
		return filepath.Join(append([]string{found.Dir}, parts...)...)
	}
	got := map[string][]string{}
	driver := fyneFolder("internal", "driver", "glfw")
	files, err := os.ReadDir(driver)
	if err != nil {
		t.Fatal(err)
	}
	for _, system := range []string{"linux", "windows", "darwin"} {
		for _, tags := range [][]string{nil, {"accessibility"}} {
			on := build.Default
			on.GOOS, on.GOARCH, on.CgoEnabled, on.BuildTags = system, "amd64", true, tags
			for _, f := range files {
				if !strings.HasPrefix(f.Name(), "accessibility_") || filepath.Ext(f.Name()) != ".go" {
					continue
				}
				if is, err := on.MatchFile(driver, f.Name()); err != nil {
					t.Fatal(err)
				} else if is {
					name := strings.Join(append([]string{system}, tags...), " ")
					got[name] = append(got[name], f.Name())
				}
			}
		}
	}
	none := []string{"accessibility_notdarwin.go"}
	want := map[string][]string{
		"linux": none, "windows": none, "darwin": none, "linux accessibility": none,
		"windows accessibility": {"accessibility_windows.go"}, "darwin accessibility": {"accessibility_darwin.go"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what Fyne builds (-want +got):\n%s", diff)
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), fyneFolder("accessibility.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var roles []string
	ast.Inspect(parsed, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && strings.HasPrefix(v.Names[0].Name, "AccessibleRole") {
			roles = append(roles, strings.TrimPrefix(v.Names[0].Name, "AccessibleRole"))
		}
		return true
	})
	if diff := cmp.Diff([]string{"Button", "Container", "Link", "Text"}, roles); diff != "" {
		t.Errorf("the roles of Fyne (-want +got):\n%s", diff)
	}
}
