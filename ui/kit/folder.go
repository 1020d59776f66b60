package kit

import (
	"cmp"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"solidaren/diagnostics"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/words"
)

// Folder chooses a file by the keyboard: letters narrow the list down, Enter
// opens a folder or takes a file, Backspace in the empty field goes up. The
// dialog of Fyne answers to the mouse alone.
type Folder struct {
	widget.BaseWidget
	Entry   *Entry
	OnPick  func(path string)
	accepts []string // extensions, none for any
	path    string
	all     []fileLine
	shown   []fileLine
	where   *Label
	fault   *Label
	list    *List
	content *fyne.Container
}

// fileLine is one entry of a folder.
type fileLine struct {
	name  string
	path  string // whole, of what was pasted; "" for an entry of the folder that is shown
	dir   bool
	size  int64
	since time.Time
}

// folderLines is how many entries show at once.
const folderLines = 8

// NewFolder shows a folder, or the worker's own one for "".
func NewFolder(path string, accepts []string, picked func(path string)) *Folder {
	f := &Folder{OnPick: picked, accepts: accepts, where: Caption("").OneLine(), fault: FaultLine()}
	f.Entry = NewEntry(words.T("kit.folder.filter"))
	f.Entry.OnChanged = func(string) { f.filter() }
	f.Entry.OnSubmitted = func(string) { f.open(f.list.Highlighted()) }
	f.Entry.OnKey = f.key
	f.list = NewList(ListOptions{Length: func() int { return len(f.shown) }, Line: f.line, OnOpen: f.open})
	f.list.OnKey = func(event *fyne.KeyEvent) bool {
		if event.Name == fyne.KeyBackspace {
			f.show(filepath.Dir(f.path))
			return true
		}
		return false
	}
	f.content = VStack(look.RingWidth, f.where, f.Entry, Lines(folderLines, f.list), f.fault)
	f.ExtendBaseWidget(f)
	if home, err := os.UserHomeDir(); path == "" && err == nil {
		path = home
	}
	f.show(path)
	return f
}

// Held is the content.
func (f *Folder) Held() fyne.CanvasObject { return f.content }

// CreateRenderer shows the place, the field and the entries.
func (f *Folder) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.content) }

// Path is the folder that is shown.
func (f *Folder) Path() string { return f.path }

// show reads a folder; one that cannot be read leaves the present one.
func (f *Folder) show(path string) {
	entries, err := os.ReadDir(path)
	if err != nil {
		ShowFault(f.fault, words.T("kit.folder.unreadable", filepath.Base(path)))
		return
	}
	ShowFault(f.fault, "")
	f.path, f.all = path, nil
	for _, e := range entries {
		if line, ok := f.read(e); ok {
			f.all = append(f.all, line)
		}
	}
	slices.SortStableFunc(f.all, func(a, b fileLine) int {
		if a.dir != b.dir {
			return map[bool]int{true: -1, false: 1}[a.dir]
		}
		return cmp.Compare(Fold(a.name), Fold(b.name))
	})
	f.where.Set(path)
	f.Entry.Put("")
	f.filter()
}

// read takes an entry that can be opened or attached; hidden ones are left out.
func (f *Folder) read(e os.DirEntry) (fileLine, bool) {
	if strings.HasPrefix(e.Name(), ".") {
		return fileLine{}, false
	}
	return f.look(filepath.Join(f.path, e.Name()))
}

// look takes what lies at a path, if it can be opened or attached.
func (f *Folder) look(path string) (fileLine, bool) {
	info, err := os.Stat(path) // follows links
	if err != nil {
		return fileLine{}, false
	}
	line := fileLine{name: filepath.Base(path), dir: info.IsDir(), size: info.Size(), since: info.ModTime()}
	fits := len(f.accepts) == 0 || slices.Contains(f.accepts, strings.ToLower(filepath.Ext(path)))
	return line, line.dir || fits && info.Mode().IsRegular()
}

// pasted is the whole path in the field, as a file manager copies it, "" if there
// is none.
func (f *Folder) pasted() string {
	text := strings.Trim(strings.TrimSpace(f.Entry.Text), `"'`)
	if address, err := url.Parse(text); err == nil && address.Scheme == "file" {
		text = filepath.FromSlash(address.Path)
	}
	if !filepath.IsAbs(text) {
		return ""
	}
	return filepath.Clean(text)
}

// filter lists what begins with, or holds, the letters in the field, or what lies
// at the path that was pasted there.
func (f *Folder) filter() {
	f.shown = nil
	if path := f.pasted(); path != "" {
		if line, ok := f.look(path); ok {
			line.path = path
			f.shown = append(f.shown, line)
		}
	} else {
		wanted := strings.Fields(Fold(f.Entry.Text))
		f.shown = slices.DeleteFunc(slices.Clone(f.all), func(line fileLine) bool { return !matches(Fold(line.name), wanted) })
	}
	f.list.Refresh()
	f.list.Highlight(0)
}

func (f *Folder) line(i int) Line {
	entry := f.shown[i]
	if entry.dir {
		return Line{Title: entry.name, Mark: "▸", Importance: Primary}
	}
	return Line{Title: entry.name, Side: words.FileSize(entry.size), Detail: words.Date(entry.since)}
}

func (f *Folder) open(i int) {
	if i < 0 || i >= len(f.shown) {
		return
	}
	path := cmp.Or(f.shown[i].path, filepath.Join(f.path, f.shown[i].name))
	if f.shown[i].dir {
		f.show(path)
		Focus(f.Entry)
		return
	}
	f.OnPick(path)
}

// key moves the highlight from the field.
func (f *Folder) key(event *fyne.KeyEvent) bool {
	switch event.Name {
	case fyne.KeyDown:
		f.list.Highlight(min(f.list.Highlighted()+1, max(len(f.shown)-1, 0)))
	case fyne.KeyUp:
		f.list.Highlight(max(f.list.Highlighted()-1, 0))
	case fyne.KeyBackspace:
		f.show(filepath.Dir(f.path))
	default:
		return false
	}
	return true
}

// ReadFile reads a file that is to be attached, up to a size. Errors: too_large,
// not_found.
func ReadFile(path string, most int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err == nil && info.Size() > most {
		return nil, diagnostics.E("kit.ReadFile", diagnostics.CodeTooLarge,
			"Ce fichier dépasse "+words.FileSize(most)+" : il n'est pas joint. Choisissez-en un plus petit.",
			"This file is larger than "+words.FileSize(most)+": it is not attached. Choose a smaller one.", nil)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, diagnostics.E("kit.ReadFile", diagnostics.CodeNotFound,
			"Ce fichier ne se lit pas : il n'est pas joint. Vérifiez qu'il est toujours là.",
			"This file cannot be read: it is not attached. See whether it is still there.", nil)
	}
	return content, nil
}
