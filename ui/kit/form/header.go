package form

import (
	"cmp"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model/form"
	"solidaren/ui/words"
)

// header tells which form it is, which section, its language, and that it is
// saved.
type header struct {
	v        *View
	title    *kit.Label
	saved    *kit.Label
	language *kit.Button
	failed   *kit.Banner
	page     *fyne.Container // the way back from a page
	crumbs   *kit.Label
	slow     bool // it shows that the disk is slow
	object   *fyne.Container
}

func newHeader(v *View) *header {
	h := &header{v: v, title: kit.Subheading(""), saved: kit.Caption("").Whole(), failed: kit.NewBanner(kit.Fault, "")}
	h.failed.Hide()
	h.language = kit.NewButton("", v.NextLanguage).WithKey(words.T("key.ctrl_t"))
	right := kit.HStack(look.CardPadding, h.saved)
	if len(v.m.Languages()) > 1 {
		right.Add(h.language)
	}
	line := container.NewBorder(nil, nil, nil, right, kit.Middle(h.title))
	h.crumbs = kit.Strong("")
	back := kit.NewButton(words.T("form.page.back"), func() { v.m.LeavePage() }).WithKey(words.T("key.escape"))
	h.page = container.NewBorder(nil, nil, back, nil, kit.Middle(h.crumbs))
	h.page.Hide()
	h.object = kit.VStack(look.Gap, line, h.failed, h.page)
	return h
}

// show names the section on screen.
func (h *header) show() {
	title := h.v.title()
	if sections := h.v.m.Sections(); len(sections) > 1 {
		title += " · " + sections[h.v.m.Current()].Name()
	}
	h.title.Set(title)
	h.language.SetText(form.LanguageName(h.v.m.Language()))
	crumbs := h.v.m.Breadcrumb()
	for i := range crumbs {
		crumbs[i] = plain(crumbs[i])
	}
	h.crumbs.Set(strings.Join(crumbs, " › "))
	h.page.Hidden = len(crumbs) == 0
	h.object.Refresh()
}

// title is what workers call the form.
func (v *View) title() string { return cmp.Or(v.options.Title, v.m.Title()) }

// showSaved tells when the last change was written, or that it was not.
func (h *header) showSaved() {
	at, _, err := h.v.m.Saved()
	h.slow = h.v.m.SavesSlowly()
	switch {
	case h.slow:
		h.saved.Set(words.T("form.saving"))
	case at.IsZero() || err != nil:
		h.saved.Set("")
	default:
		h.saved.Set("● " + words.T("form.saved", at.Format("15:04:05")))
	}
	h.failed.Hidden = err == nil
	if err != nil {
		h.failed.Set(kit.Fault, words.T("form.unsaved", diagnostics.Sentence(err, words.Language())))
	}
	h.object.Refresh()
}
