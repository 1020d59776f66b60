package diagnostics_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// TestDocumentsHoldTogether: every link of every document leads to a file that
// is there and to a heading of it, every picture is there and says in words
// what is on it, and none lies in docs that nobody shows but the gallery's.
func TestDocumentsHoldTogether(t *testing.T) {
	const root = ".."
	shown := map[string]bool{}
	for _, document := range documents(t, root) {
		text := withoutCode(read(t, document))
		for _, link := range links(text) {
			file, anchor, _ := strings.Cut(link.to, "#")
			target := filepath.Join(filepath.Dir(document), file)
			if file == "" {
				target = document
			}
			shown[target] = true
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s: %s is not there", document, link.to)
				continue
			}
			if anchor != "" && !slices.Contains(anchors(read(t, target)), anchor) {
				t.Errorf("%s: no heading of %s is called %s", document, target, anchor)
			}
			if link.picture && strings.TrimSpace(link.words) == "" {
				t.Errorf("%s: the picture %s says nothing to whoever cannot see it", document, link.to)
			}
		}
	}
	for _, picture := range picturesOf(t, filepath.Join(root, "docs")) {
		if filepath.Base(filepath.Dir(picture)) != "gallery" && !shown[picture] {
			t.Errorf("%s: no document shows it", picture)
		}
	}
}

type link struct {
	to, words string
	picture   bool
}

var (
	markdownLink = regexp.MustCompile(`(!?)\[([^\]]*)\]\(([^)\s]+)\)`)
	htmlPicture  = regexp.MustCompile(`<img\b[^>]*>`)
	attribute    = regexp.MustCompile(`(src|alt)="([^"]*)"`)
	elsewhere    = regexp.MustCompile(`^[a-z]+:`)
	heading      = regexp.MustCompile(`(?m)^#{1,6} +(.*?)\s*$`)
)

// links are those that lead to something here.
func links(text string) []link {
	var all []link
	for _, m := range markdownLink.FindAllStringSubmatch(text, -1) {
		all = append(all, link{to: m[3], words: m[2], picture: m[1] == "!"})
	}
	for _, tag := range htmlPicture.FindAllString(text, -1) {
		l := link{picture: true}
		for _, m := range attribute.FindAllStringSubmatch(tag, -1) {
			if m[1] == "src" {
				l.to = m[2]
			} else {
				l.words = m[2]
			}
		}
		all = append(all, l)
	}
	return slices.DeleteFunc(all, func(l link) bool { return elsewhere.MatchString(l.to) })
}

// anchors are the headings as a link names them: small letters, hyphens for
// spaces, no other signs; the second of a name has a number.
func anchors(text string) []string {
	var all []string
	seen := map[string]int{}
	for _, m := range heading.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
		slug := strings.Map(func(r rune) rune {
			switch {
			case r == ' ' || r == '-':
				return '-'
			case r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
				return unicode.ToLower(r)
			}
			return -1
		}, m[1])
		name := slug
		if n := seen[slug]; n > 0 {
			name += "-" + string(rune('0'+n))
		}
		seen[slug]++
		all = append(all, name)
	}
	return all
}

var (
	fence  = regexp.MustCompile("(?ms)^```.*?^```$")
	inline = regexp.MustCompile("`[^`\n]*`")
)

// withoutCode leaves out what is shown as it is typed: no link stands there.
func withoutCode(text string) string {
	return inline.ReplaceAllString(fence.ReplaceAllString(text, ""), "")
}

func documents(t *testing.T, root string) []string {
	t.Helper()
	var all []string
	for _, folder := range []string{root, filepath.Join(root, "docs")} {
		found, err := filepath.Glob(filepath.Join(folder, "*.md"))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, found...)
	}
	if len(all) < 8 {
		t.Fatalf("only %d documents were found under %s", len(all), root)
	}
	return all
}

func picturesOf(t *testing.T, folder string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
		if filepath.Ext(path) == ".png" {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func read(t *testing.T, file string) string {
	t.Helper()
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		return ""
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
