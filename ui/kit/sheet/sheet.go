// Package sheet shows the recovery sheet of a notebook while it is made: its
// code, to be printed or copied by hand, and then the question for two of its
// groups. It keeps no code, and what is typed of it only until it is proved.
package sheet

import (
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// View shows a model.Security's sheet.
type View struct {
	Model  *model.Security
	Open   func(file string) error // hands the file to the program that prints it
	Failed func(sentence string)   // something about the file did not go
	First  fyne.Focusable          // where the last rows begin

	file  string    // where the sheet was written to last
	typed [2]string // of the groups that prove it: what stands beside may be looked at meanwhile
}

// Forget drops what was typed of a sheet.
func (v *View) Forget() { v.typed = [2]string{} }

// Fresh shows a code that was just made.
func (v *View) Fresh() []fyne.CanvasObject {
	v.Forget()
	if v.file == "" {
		dir, _ := model.Fleeting()
		v.file = filepath.Join(dir, "fiche-de-secours.pdf")
	}
	file := kit.NewEntry("")
	file.Put(v.file)
	write := func() { v.file = file.Text; v.Model.Print(file.Text) }
	file.OnSubmitted = func(string) { write() }
	noted := kit.NewButton(words.T("security.sheet.noted"), v.Model.Hide).As(kit.Primary)
	v.First = noted
	buttons := []fyne.CanvasObject{noted, kit.NewButton(words.T("security.sheet.save"), write)}
	if printed := v.Model.Printed; printed != "" {
		buttons = append(buttons, kit.NewButton(words.T("security.sheet.open"), func() { v.check(v.Open(printed)) }),
			kit.NewButton(words.T("security.sheet.erase"), func() { v.erase(printed) }))
	}
	return []fyne.CanvasObject{
		code(v.Model.Groups()), kit.Caption(words.T("security.sheet.hand")),
		page.Field(words.T("security.sheet.file"), words.T(hint()), file), page.Flow(buttons...),
	}
}

// erase removes the file of the sheet.
func (v *View) erase(file string) {
	err := os.Remove(file)
	if err == nil {
		v.Model.Erased()
	}
	v.check(err)
}

func (v *View) check(err error) {
	if err != nil {
		v.Failed(words.T("security.sheet.not_opened"))
	}
}

// Proof asks for two groups of the sheet; more stands behind its buttons.
func (v *View) Proof(more ...fyne.CanvasObject) []fyne.CanvasObject {
	first, second := kit.NewEntry(""), kit.NewEntry("")
	prove := func() { v.Model.Prove(first.Text, second.Text) }
	for i, group := range []*kit.Entry{first, second} {
		group.Put(v.typed[i])
		group.OnChanged = func(text string) { v.typed[i] = text }
	}
	first.OnSubmitted = func(string) { kit.Focus(second) }
	second.OnSubmitted = func(string) { prove() }
	v.First = first
	buttons := append([]fyne.CanvasObject{
		kit.NewButton(words.T("security.sheet.prove"), prove).As(kit.Primary),
		kit.NewButton(words.T("security.sheet.again"), v.Model.MakeSheet),
	}, more...)
	return []fyne.CanvasObject{
		kit.Text(words.T("security.sheet.prove.why")),
		page.Field(words.T("security.sheet.group", model.ProofFirst), "", first),
		page.Field(words.T("security.sheet.group", model.ProofSecond), "", second),
		page.Flow(buttons...),
	}
}

// code is the code as it is copied by hand: two lines of four groups, or more in
// a narrow window.
func code(groups []string) fyne.CanvasObject {
	var cells []fyne.CanvasObject
	for i, group := range groups {
		number := kit.Caption(words.T("security.sheet.group", i+1)).Whole()
		cells = append(cells, kit.VStack(look.RingWidth, number, kit.Heading(group).Whole()))
	}
	half := len(cells) / 2
	return kit.VStack(look.RingWidth, page.Flow(cells[:half]...), page.Flow(cells[half:]...))
}

// hint says honestly what stays of the file.
func hint() string {
	if _, inMemory := model.Fleeting(); inMemory {
		return "security.sheet.file.memory"
	}
	return "security.sheet.file.traces"
}
