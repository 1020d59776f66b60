package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	look "solidaren/ui/kit/theme"
)

// TableLine puts the title of a row beside its cells, so that the rows of a
// table stand under each other and under their head.
func TableLine(title, cells fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: tableLine{}, Objects: []fyne.CanvasObject{title, cells}}
}

// titleShare is the part of the width that the titles have.
const titleShare = 0.4

type tableLine struct{}

// Layout gives the title its share and the cells the rest.
func (tableLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := (size.Width - theme.Size(look.Gap)) * titleShare
	for range 2 { // the height of wrapped words is known once they have their width
		objects[0].Resize(fyne.NewSize(width, objects[0].MinSize().Height))
	}
	objects[0].Move(fyne.NewPos(0, max((size.Height-objects[0].Size().Height)/2, 0)))
	left := width + theme.Size(look.Gap)
	objects[1].Move(fyne.NewPos(left, 0))
	objects[1].Resize(fyne.NewSize(size.Width-left, size.Height))
}

// MinSize is right for the width that the objects have now.
func (tableLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(a.Width+b.Width, max(a.Height, b.Height))
}

// HeadLine shows the words of the answers above the cells of a table.
func HeadLine(labels []string) *fyne.Container {
	objects := make([]fyne.CanvasObject, len(labels))
	for i, l := range labels {
		objects[i] = Strong(l)
	}
	return &fyne.Container{Layout: headLine{}, Objects: objects}
}

type headLine struct{}

// Layout gives every label the place of its cells.
func (headLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Size(look.Gap)
	cell := (size.Width - gap*float32(len(objects)-1)) / float32(max(len(objects), 1))
	for i, o := range objects {
		width := min(measureLabel(o.(*Label).Text).Width+1, cell) // in the middle of its cells
		for range 2 {
			o.Resize(fyne.NewSize(width, o.MinSize().Height))
		}
		o.Move(fyne.NewPos(float32(i)*(cell+gap)+(cell-width)/2, max(size.Height-o.Size().Height, 0)))
	}
}

// MinSize is that of the highest label for the width that it has now.
func (headLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}
