package diagnostics_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// lintConfig is the part of .golangci.yml that says who may import whom.
type lintConfig struct {
	Linters struct {
		Settings struct {
			Depguard struct {
				Rules map[string]struct {
					Files []string
					Allow []string
				}
			}
		}
	}
}

type listedPackage struct {
	ImportPath string
	Standard   bool
	Imports    []string
	Deps       []string
}

const module = "solidaren/"

// TestImportDirection holds the whole program to the import table of
// .golangci.yml, and each layer to what it may reach even through others.
func TestImportDirection(t *testing.T) {
	rules := readRules(t)
	packages := listPackages(t)
	standard := map[string]bool{}
	for _, p := range packages {
		if p.Standard {
			standard[p.ImportPath] = true
		}
	}
	checked := 0
	for _, p := range packages {
		name, ours := strings.CutPrefix(p.ImportPath, module)
		if !ours || strings.HasPrefix(name, "cmd/") || strings.HasSuffix(name, "test") {
			continue // commands may import everything; test factories serve tests
		}
		allow, ok := rules[ruleFor(name)]
		if !ok {
			t.Errorf("%s has no rule in .golangci.yml", p.ImportPath)
			continue
		}
		checked++
		for _, imported := range p.Imports {
			if !allowed(imported, allow, standard) {
				t.Errorf("%s must not import %s", p.ImportPath, imported)
			}
		}
		checkReach(t, name, p.Deps)
	}
	if checked < len(rules)/2 {
		t.Errorf("only %d packages were checked against %d rules", checked, len(rules))
	}
}

// checkReach refuses what a package may not reach even indirectly.
func checkReach(t *testing.T, name string, deps []string) {
	t.Helper()
	for _, dep := range deps {
		fyne := strings.HasPrefix(dep, "fyne.io/")
		if fyne && (!strings.HasPrefix(name, "ui") || strings.HasPrefix(name, "ui/model") || name == "ui/words") {
			t.Errorf("%s reaches %s: nothing below ui knows Fyne", module+name, dep)
			return
		}
		sql := strings.HasPrefix(dep, "modernc.org/sqlite")
		if sql && (name == "diagnostics/analysis" || name == "diagnostics/workbook" || name == "sync/client" || name == "sync/replica") {
			t.Errorf("%s reaches %s: nothing above store knows SQL", module+name, dep)
			return
		}
	}
}

// ruleFor names the rule of a package: its own path or the nearest parent's.
func ruleFor(name string) string {
	groups := map[string]string{"ui/words": "ui/model"}
	if g, ok := groups[name]; ok {
		return g
	}
	for _, parent := range []string{"ui/model", "ui/kit", "ui/screen", "sync/hub"} {
		if name == parent || strings.HasPrefix(name, parent+"/") {
			return parent
		}
	}
	return name
}

func allowed(imported string, allow []string, standard map[string]bool) bool {
	for _, a := range allow {
		switch exact, isExact := strings.CutSuffix(a, "$"); {
		case a == "$gostd":
			if standard[imported] {
				return true
			}
		case isExact:
			if imported == exact {
				return true
			}
		case strings.HasPrefix(imported, a):
			return true
		}
	}
	return false
}

func readRules(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile(path.Join("..", ".golangci.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var config lintConfig
	if err := yaml.Unmarshal(text, &config); err != nil {
		t.Fatal(err)
	}
	rules := map[string][]string{}
	for name, rule := range config.Linters.Settings.Depguard.Rules {
		rules[name] = rule.Allow
	}
	return rules
}

func listPackages(t *testing.T) []listedPackage {
	t.Helper()
	var out, problems bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-json=ImportPath,Standard,Imports,Deps", "./...")
	cmd.Dir, cmd.Stdout, cmd.Stderr = "..", &out, &problems
	if err := cmd.Run(); err != nil {
		t.Fatalf("go list: %v\n%s", err, problems.String())
	}
	var packages []listedPackage
	for dec := json.NewDecoder(&out); ; {
		var p listedPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}
