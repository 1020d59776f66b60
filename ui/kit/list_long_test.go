package kit_test

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/uitest"
)

// drawn are the numbers of the rows that are drawn in a window, which are their
// titles, with the place of each title.
func drawn(w fyne.Window) (rows []int, at []float32) {
	uitest.Walk(w.Canvas(), func(o uitest.Object) {
		label, ok := o.CanvasObject.(*kit.Label)
		if !ok {
			return
		}
		if number, err := strconv.Atoi(label.Text); err == nil {
			rows, at = append(rows, number), append(at, o.At.Y)
		}
	})
	return rows, at
}

// Positions are float32: far down in a list of a million rows they are whole
// multiples of 4 or 8 pixels, so that rows whose height is none would be drawn
// nearer to or farther from each other, and the one that one goes to be cut.
func TestRowsOfAMillionStandUnderEachOther(t *testing.T) {
	for _, size := range []float32{90, 100, 110, 120, 150, 200} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			list := kit.NewList(kit.ListOptions{
				Length: func() int { return 1_000_000 },
				Line:   func(i int) kit.Line { return kit.Line{Title: fmt.Sprint(i), Detail: "x"} },
			})
			w, _ := show(t, list)
			fyne.CurrentApp().Settings().SetTheme(look.New(look.Options{Palette: look.Light, Scale: size / 100}))
			w.Resize(fyne.NewSize(800, 600))
			var above float32 // between the top of a row and its title
			for _, row := range []int{0, 350_000, 700_001, 900_000, 999_999} {
				list.ScrollTo(row)
				rows, at := drawn(w)
				if len(rows) < 4 {
					t.Fatalf("at row %d %d rows are drawn", row, len(rows))
				}
				step := list.MinSize().Height + theme.Padding()
				for i := range rows {
					if rows[i] != rows[0]+i {
						t.Errorf("row %d is followed by %d", rows[i-1], rows[i])
					}
					if i > 0 && math.Abs(float64(at[i]-at[i-1]-step)) > 0.01 {
						t.Errorf("row %d is %g under the one above, want %g", rows[i], at[i]-at[i-1], step)
					}
				}
				i := slices.Index(rows, row)
				if i < 0 {
					t.Fatalf("rows %v are drawn, not %d", rows, row)
				}
				if row == 0 {
					above = at[0] - theme.Padding()
				}
				const border = 4 // may be cut
				bottom := at[i] - above + list.MinSize().Height
				if top := at[0] + float32(row-rows[0])*step - above; top < -border || bottom > w.Canvas().Size().Height+border {
					t.Errorf("row %d goes from %g to %g of %g", row, top, bottom, w.Canvas().Size().Height)
				}
			}
		})
	}
}
