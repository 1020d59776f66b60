package form

import (
	"bytes"
	"image"
	_ "image/gif"  // pictures to annotate
	_ "image/jpeg" // pictures to annotate
	_ "image/png"  // pictures to annotate
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model/form"
	"solidaren/ui/words"
)

// fileField is a file that is attached: its name and size, a way to choose
// another, and for drawings a sheet.
type fileField struct {
	q       *question
	name    *kit.Label
	buttons []*kit.Button
	remove  *kit.Button
	whole   *fyne.Container
}

// maxAttachment bounds what is attached, in bytes.
const maxAttachment = 20 << 20

func newFileField(q *question, item form.Item) *fileField {
	f := &fileField{q: q, name: kit.Text("").Whole()}
	signature := slices.Contains(strings.Fields(item.Appearance), "signature")
	if item.Input == form.Drawing {
		label := "form.draw"
		if signature {
			label = "form.sign"
		}
		f.add(words.T(label), f.draw)
	}
	if signature {
		f.add(words.T("form.sign.paper"), func() { q.v.m.OnPaper(q.item.Ref) })
	} else {
		f.add(words.T("form.file.choose"), f.choose)
	}
	f.remove = f.add(words.T("form.file.remove"), func() {
		kit.Focus(f.buttons[0])
		q.v.m.Clear(q.item.Ref)
	})
	objects := []fyne.CanvasObject{}
	for _, b := range f.buttons {
		objects = append(objects, b)
	}
	f.whole = kit.VStack(look.RingWidth, kit.HStack(look.Gap, f.name, q.echo.Whole()), kit.HStack(look.Gap, objects...))
	return f
}

// add makes a button that takes part in moving between questions: Space does
// what it says, Enter goes on.
func (f *fileField) add(text string, do func()) *kit.Button {
	b := kit.NewButton(text, do)
	if len(f.buttons) == 0 {
		b.WithKey(words.T("key.space"))
	}
	b.EnterLeaves = true
	b.OnFocus = f.q.focusChanged
	b.OnKey = func(event *fyne.KeyEvent) bool { return f.q.v.key(f.q.item, event) }
	f.buttons = append(f.buttons, b)
	return b
}

func (f *fileField) object() fyne.CanvasObject { return f.whole }

func (f *fileField) focus() fyne.Focusable { return f.buttons[0] }

func (f *fileField) update(item form.Item) {
	f.name.Set(item.Text)
	if item.Text == "" {
		f.name.Set(words.T("form.file.none"))
	}
	f.remove.Hidden = item.Text == ""
	f.whole.Refresh()
}

// choose asks for a file.
func (f *fileField) choose() {
	v, item := f.q.v, f.q.item
	if v.options.Modals == nil || !v.m.TakesFiles() {
		v.status(words.T("form.notice.no_files"))
		return
	}
	folder := kit.NewFolder(v.folder, item.Accepts, func(path string) {
		v.options.Modals.Dismiss()
		content, err := kit.ReadFile(path, maxAttachment)
		if err != nil {
			v.options.Modals.ShowError("form.Attach", err)
			return
		}
		v.folder = filepath.Dir(path)
		v.m.Attach(item.Ref, filepath.Base(path), content)
	})
	v.options.Modals.Show(kit.Dialog{
		Title: words.T("form.file.title"), Content: folder, First: folder.Entry, Wide: true,
		Buttons: []kit.Action{{Text: words.T("kit.close")}},
	})
}

// draw asks for a drawing, over the picture that is there if it is one.
func (f *fileField) draw() {
	v, item := f.q.v, f.q.item
	if v.options.Modals == nil || !v.m.TakesFiles() {
		v.status(words.T("form.notice.no_files"))
		return
	}
	pad := kit.NewPad(f.ground(item))
	v.options.Modals.Show(kit.Dialog{
		Title: plain(item.Label), Wide: true,
		Content: kit.VStack(look.Gap, pad, kit.HStack(look.Gap, kit.NewButton(words.T("form.draw.clear"), pad.Clear))),
		Buttons: []kit.Action{
			{Text: words.T("form.draw.keep"), Default: true, Do: func() { f.keep(item, pad) }},
			{Text: words.T("kit.cancel")},
		},
	})
}

func (f *fileField) keep(item form.Item, pad *kit.Pad) {
	if pad.Empty() {
		return
	}
	content, err := pad.PNG()
	if err != nil {
		f.q.v.options.Modals.ShowError("form.Draw", err)
		return
	}
	f.q.v.m.Attach(item.Ref, item.Name()+".png", content)
}

// ground is the picture that is annotated; nil for a blank sheet.
func (f *fileField) ground(item form.Item) image.Image {
	if item.Text == "" || slices.Contains(strings.Fields(item.Appearance), "signature") {
		return nil
	}
	content, err := f.q.v.m.Attachment(item.Text)
	if err != nil {
		return nil
	}
	picture, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return nil
	}
	return picture
}
