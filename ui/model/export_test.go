package model_test

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"solidaren/diagnostics"
	"solidaren/ui/model"
)

func TestExportProposesTheLastQuarter(t *testing.T) {
	m := model.NewExport(newDesk(t).Desk)
	if m.Order.From != "01/07/2026" || m.Order.To != "30/09/2026" || m.Order.Audience != diagnostics.AudiencePlenary {
		t.Errorf("proposed %+v", m.Order)
	}
	if !strings.HasSuffix(m.Order.File, ".xlsx") {
		t.Errorf("the file is %q", m.Order.File)
	}
}

func TestExportWritesAWorkbook(t *testing.T) {
	d := newDesk(t)
	w := write(d, model.NewEntry(d.Desk, "maraude"))
	w.answer(talk...)
	w.finish()
	for _, kind := range []string{model.ExportNeeds, model.ExportRaw} {
		t.Run(kind, func(t *testing.T) { exportOne(t, d, kind) })
	}
}

func exportOne(t *testing.T, d *desk, kind string) {
	m := open(d, model.NewExport(d.Desk))
	file := filepath.Join(t.TempDir(), "besoins.xlsx")
	m.Order.Kind, m.Order.File, m.Order.Lang = kind, file, "en"
	m.Order.From, m.Order.To = "01/11/2026", "30/11/2026"
	m.Start()
	d.settle()
	if m.Err != nil || m.Done != file {
		t.Fatalf("done %q, error %v", m.Done, m.Err)
	}
	book, err := zip.OpenReader(file)
	if err != nil {
		t.Fatalf("not a workbook: %v", err)
	}
	defer book.Close()
	if kind == model.ExportNeeds && m.Rows == 0 {
		t.Error("no progress was counted")
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(file), ".export-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestExportRefusesAnOrder(t *testing.T) {
	tests := []struct {
		name  string
		order func(*model.ExportOrder)
		field string
	}{
		{"first day", func(o *model.ExportOrder) { o.From = "juillet" }, model.FieldFrom},
		{"last day", func(o *model.ExportOrder) { o.To = "" }, model.FieldTo},
		{"days exchanged", func(o *model.ExportOrder) { o.From, o.To = o.To, o.From }, model.FieldTo},
		{"no file", func(o *model.ExportOrder) { o.File = " " }, model.FieldFile},
	}
	d := newDesk(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := open(d, model.NewExport(d.Desk))
			m.Order.File = filepath.Join(t.TempDir(), "x.xlsx")
			tt.order(&m.Order)
			m.Start()
			d.settle()
			if diagnostics.Code(m.Faults[tt.field]) != diagnostics.CodeInvalid || len(m.Faults) != 1 {
				t.Errorf("faults %v", m.Faults)
			}
			if m.Done != "" {
				t.Error("a workbook was written")
			}
		})
	}
}

func TestExportWhereNothingCanBeWritten(t *testing.T) {
	d := newDesk(t)
	m := open(d, model.NewExport(d.Desk))
	m.Order.File = filepath.Join(t.TempDir(), "missing", "x.xlsx")
	m.Start()
	d.settle()
	if diagnostics.Code(m.Err) != diagnostics.CodeForbidden {
		t.Errorf("error %v", m.Err)
	}
	if _, err := os.Stat(m.Order.File); err == nil {
		t.Error("the file is there")
	}
}
