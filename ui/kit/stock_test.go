package kit_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestNoStockInputs keeps Fyne's own inputs out of the screens: they swallow the
// keys that move through the program.
func TestNoStockInputs(t *testing.T) {
	stock := regexp.MustCompile(`\bwidget\.(New)?(Entry|MultiLineEntry|PasswordEntry|Button|ButtonWithIcon|List|Select|SelectEntry|Check|CheckGroup|RadioGroup|Form|Slider|Table|Tree)\b|fyne\.io/fyne/v2/dialog`)
	seen := 0
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") ||
			filepath.Dir(path) == filepath.Join("..", "kit") || filepath.Dir(path) == filepath.Join("..", "uitest") {
			return err
		}
		seen++
		text, err := os.ReadFile(path)
		if found := stock.Find(text); found != nil {
			t.Errorf("%s uses %s", path, found)
		}
		return err
	})
	if err != nil || seen == 0 {
		t.Errorf("%d files seen: %v", seen, err)
	}
}
