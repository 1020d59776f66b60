package page_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	_ "modernc.org/sqlite"

	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/uitest"
)

// most is how many rows the long list has.
const most = 1_000_000

// name is a row of the long list.
type name struct {
	Name string
	ID   int64
}

// long is a window with a list of the names of a database.
type long struct {
	t       *testing.T
	db      *sql.DB
	queue   model.Queue
	workers sync.WaitGroup
	scope   *model.Scope
	pages   model.Pages[name]
	rows    *page.Rows
	window  fyne.Window
	title   func(name) string
}

// whole is a title that no other row has; short is one of a thousand, for Fyne
// keeps the measures of each text for a minute.
func whole(n name) string { return n.Name }
func short(n name) string { return fmt.Sprintf("no %03d", n.ID%997) }

func newLong(t *testing.T, title func(name) string) *long {
	t.Helper()
	db, err := sql.Open("sqlite", "file::memory:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1)
	for _, query := range []string{
		"CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
		// The order of the names is not that of the numbers.
		fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d - 1)
 INSERT INTO names SELECT i, printf('%%06x', i * 2654435761 %% 8388608) FROM n`, most),
		"CREATE INDEX names_by_name ON names (name, id)",
	} {
		if _, err := db.ExecContext(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
	l := &long{t: t, db: db, title: title}
	l.scope = model.NewScope(t.Context(), &l.queue, &l.workers)
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Options{Palette: look.Light}))
	l.rows = page.NewRows("", kit.ListOptions{Length: l.pages.Len, Line: func(i int) kit.Line {
		row, ok := l.pages.At(i)
		if !ok {
			return page.Unread
		}
		return kit.Line{Title: title(row), Detail: "x", Side: "y"}
	}})
	l.window = app.NewWindow("")
	t.Cleanup(l.window.Close)
	l.window.SetContent(l.rows.Object)
	l.window.Resize(fyne.NewSize(800, 600))
	l.pages.Begin(l.scope, 0, false, l.source(), l.rows.Refresh, func(err error) bool {
		if err != nil {
			t.Error(err)
		}
		return err != nil
	})
	l.settle()
	return l
}

func (l *long) source() model.Source[name] {
	return model.Source[name]{
		Page: func(ctx context.Context, after string, skip int) (func() []name, error) {
			from := name{ID: -1}
			if after != "" {
				if err := json.Unmarshal([]byte(after), &from); err != nil {
					return nil, err
				}
			}
			rows, err := l.read(ctx, from, skip, model.Page)
			return func() []name { return rows }, err
		},
		Count: func(ctx context.Context) (count int, err error) {
			return count, l.db.QueryRowContext(ctx, "SELECT count(*) FROM names").Scan(&count)
		},
		Key: func(row name) string { key, _ := json.Marshal(row); return string(key) },
	}
}

func (l *long) read(ctx context.Context, from name, skip, limit int) ([]name, error) {
	read, err := l.db.QueryContext(ctx, "SELECT name, id FROM names WHERE (name, id) > (?, ?) ORDER BY name, id LIMIT ? OFFSET ?",
		from.Name, from.ID, limit, skip)
	if err != nil {
		return nil, err
	}
	defer func() { _ = read.Close() }()
	var rows []name
	for read.Next() {
		var row name
		if err := read.Scan(&row.Name, &row.ID); err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, read.Err()
}

func (l *long) settle() {
	for {
		l.workers.Wait()
		if l.queue.Drain() == 0 {
			return
		}
	}
}

// first is the number of the first row that is drawn, by where the list is.
func (l *long) first() int {
	return int(l.rows.GetScrollOffset() / (l.rows.MinSize().Height + look.New(look.Options{}).Size("padding")))
}

// shown are the titles that are drawn.
func (l *long) shown() (titles []string) {
	uitest.Walk(l.window.Canvas(), func(o uitest.Object) {
		if label, ok := o.CanvasObject.(*kit.Label); ok && len(label.Text) == 6 {
			titles = append(titles, label.Text)
		}
	})
	return titles
}

// check compares what is drawn with what the database has there.
func (l *long) check() {
	l.t.Helper()
	shown := l.shown()
	want, err := l.read(l.t.Context(), name{ID: -1}, l.first(), len(shown)+1)
	if err != nil {
		l.t.Fatal(err)
	}
	if len(shown) < 8 {
		l.t.Fatalf("at row %d %v is drawn", l.first(), shown)
	}
	for i, row := range shown {
		if row != l.title(want[i]) {
			l.t.Fatalf("row %d is drawn as %s, and is %+v", l.first()+i, row, want[i])
		}
	}
}

// bar is the scroll bar: what can be dragged and is narrow.
func (l *long) bar() (bar uitest.Object) {
	uitest.Walk(l.window.Canvas(), func(o uitest.Object) {
		if _, ok := o.CanvasObject.(fyne.Draggable); ok && o.Size().Width < 40 {
			bar = o
		}
	})
	if bar.CanvasObject == nil {
		l.t.Fatal("there is no scroll bar")
	}
	return bar
}

// TestDragToRow drags the scroll bar of a list of a million rows down to row
// 900,000, and back up.
func TestDragToRow(t *testing.T) {
	l := newLong(t, whole)
	if l.pages.Len() != most {
		t.Fatalf("%d rows", l.pages.Len())
	}
	l.check()
	bar := l.bar()
	track := l.rows.Size().Height - bar.Size().Height
	at := fyne.NewPos(bar.At.X+1, bar.At.Y+1)
	const steps = 40
	for _, row := range []int{900_000, 250_000, 900_000} {
		share := float32(row-l.first()) / most
		bar = l.bar()
		at.Y = bar.At.Y + 1
		for range steps {
			test.Drag(l.window.Canvas(), at, 0, track*share/steps)
			l.settle()
			at.Y = l.bar().At.Y + 1
		}
		if off := l.first() - row; off < -20_000/int(track) || off > 20_000/int(track) {
			t.Errorf("dragged to row %d, not %d", l.first(), row)
		}
		l.check()
	}
	every := l.rows.MinSize().Height + look.New(look.Options{}).Size("padding")
	test.Scroll(l.window.Canvas(), fyne.NewPos(300, 300), 0, -every*float32(900_000-l.first()))
	l.settle()
	want, err := l.read(t.Context(), name{ID: -1}, 900_000, 1)
	if err != nil || l.shown()[0] != want[0].Name {
		t.Errorf("the first row in view is %s, row 900,000 is %v, %v", l.shown()[0], want, err)
	}
}

// TestScrollThroughAMillion goes from the first to the last row by the wheel, a
// page at a time, and holds memory and allocations of the last tenth to those
// of the first.
func TestScrollThroughAMillion(t *testing.T) {
	l := newLong(t, short)
	middle := fyne.NewPos(300, 300)
	step := model.Page * (l.rows.MinSize().Height + look.New(look.Options{}).Size("padding"))
	const steps = most / model.Page
	type state struct{ heap, allocated uint64 }
	measure := func() state {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC() // pools are emptied by the second
		runtime.ReadMemStats(&m)
		return state{m.HeapAlloc, m.Mallocs}
	}
	var at [11]state
	for i := range steps {
		if i%(steps/10) == 0 {
			at[i*10/steps] = measure()
		}
		test.Scroll(l.window.Canvas(), middle, 0, -step)
		l.settle()
		if i%250 == 0 {
			l.check()
		}
	}
	at[10] = measure()
	l.check()
	if last := l.first() + len(l.shown()); last < most-2 {
		t.Errorf("the last row drawn is %d", last)
	}
	heap := float64(at[10].heap) / float64(at[1].heap)
	allocated := float64(at[10].allocated-at[9].allocated) / float64(at[1].allocated-at[0].allocated)
	t.Logf("the last tenth against the first: heap %.2f (%.1f MB), allocations a step %.2f (%d)", heap,
		float64(at[10].heap)/1e6, allocated, (at[10].allocated-at[9].allocated)/(steps/10))
	if heap > 1.2 || allocated > 1.2 {
		t.Errorf("the list grows: heap %.2f, allocations a step %.2f", heap, allocated)
	}
}
