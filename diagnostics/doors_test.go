package diagnostics_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// doors are the ways to a database that go around the vault: opening one
// elsewhere, and the driver's copies, which are plain even if the database is
// sealed. forbidigo holds the code to the same in `make lint`.
var doors = map[string]bool{
	"NewBackup": true, "NewRestore": true, "Serialize": true, "Deserialize": true, "Open sql": true, "OpenDB sql": true,
}

// TestOneDoor holds the whole program to opening databases in the vault, and to
// unsafe there alone.
func TestOneDoor(t *testing.T) {
	checked := 0
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		if strings.HasPrefix(filepath.ToSlash(path), "../diagnostics/vault/") {
			return nil
		}
		checked++
		for _, found := range findDoors(t, path, nil) {
			t.Errorf("%s: only the vault may use %s", path, found)
		}
		return nil
	})
	if err != nil || checked < 100 {
		t.Errorf("%d files were checked: %v", checked, err)
	}
}

// findDoors lists what a file uses of the doors, and unsafe.
func findDoors(t *testing.T, path string, source any) (found []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, imported := range file.Imports {
		if imported.Path.Value == `"unsafe"` {
			found = append(found, "unsafe")
		}
	}
	ast.Inspect(file, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.SelectorExpr:
			name := n.Sel.Name
			if x, ok := n.X.(*ast.Ident); ok && x.Name == "sql" {
				name += " sql"
			}
			if doors[name] {
				found = append(found, n.Sel.Name)
			}
		case *ast.Field: // of an interface that asks the driver's connection for it
			for _, name := range n.Names {
				if doors[name.Name] {
					found = append(found, name.Name)
				}
			}
		}
		return true
	})
	return found
}

func TestDoorsAreFound(t *testing.T) {
	found := findDoors(t, "x.go", `package x
import ("database/sql"; "unsafe")
type backuper interface{ NewBackup(to string) (any, error) }
func f(c backuper) { sql.Open("sqlite", "x"); c.NewBackup("x"); _ = unsafe.Pointer(nil) }`)
	if got := strings.Join(found, " "); got != "unsafe NewBackup Open NewBackup" {
		t.Errorf("found %q", got)
	}
}
