package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
)

// Unread stands for a row that is being read.
var Unread = kit.Line{Title: "…"}

// Rows is a list that says a sentence while it has nothing to show.
type Rows struct {
	*kit.List
	Object fyne.CanvasObject // list and sentence, for the screen
	Silent bool              // what is to be shown is not known yet: no sentence

	length func() int
	empty  *kit.Label
	place  fyne.CanvasObject // of the sentence
}

// NewRows makes a list; empty is what it says without rows.
func NewRows(empty string, o kit.ListOptions) *Rows {
	r := &Rows{List: kit.NewList(o), length: o.Length, empty: kit.Muted(empty)}
	r.place = kit.Inset(look.Gap, r.empty) // clear of the ring of an empty list
	r.Object = container.NewStack(r.place, r.List)
	r.Refresh()
	return r
}

// Say changes the sentence of an empty list.
func (r *Rows) Say(empty string) { r.empty.Set(empty) }

// Like keeps highlight and scroll of the list that this one is built anew for;
// it may be nil.
func (r *Rows) Like(old *Rows) *Rows {
	if old != nil {
		r.List.Like(old.List)
	}
	return r
}

// Refresh shows the rows again.
func (r *Rows) Refresh() {
	r.Renew()
	if r.length() == 0 && !r.Silent {
		r.place.Show()
	} else {
		r.place.Hide()
	}
}
