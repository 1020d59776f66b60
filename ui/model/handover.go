package model

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/sync/handover"
)

// Settings of the night of counting: the sector that was given to this laptop,
// and those that it gave out.
const (
	settingSector = "count.sector"
	settingIssued = "count.issued"
)

// HandoverExt is how the name of a hand-over ends.
const HandoverExt = ".solidaren"

// openSector reads the sector that this laptop was given, if there is one.
func (d *Desk) openSector(ctx context.Context) {
	if d.Notebook == nil {
		return
	}
	word, err := d.Notebook.Setting(ctx, settingSector)
	if err != nil || word == "" {
		return
	}
	if token, err := handover.FindToken(word); err == nil {
		d.sector = &token
	}
}

// takeSector makes this a laptop that counts one sector and does nothing else.
func (d *Desk) takeSector(token handover.Token, failed func(op string, err error) bool) {
	var command Command
	Run(d.scope, &command, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, d.Notebook.SetSettings(ctx, map[string]string{settingSector: token.String()})
	}, func(_ struct{}, err error) {
		if failed("sector", err) {
			return
		}
		d.sector = &token
		d.Offer()
		d.saved()
	})
}

// HandoverFile is where a hand-over is proposed to be written.
func (m *Tour) HandoverFile() string {
	return inHome("remise-" + fileName(m.sector.Sector) + "-" + m.Clock().Local().Format("2006-01-02") + HandoverExt)
}

func inHome(name string) string {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "."
	}
	return filepath.Join(home, name)
}

// fileName leaves out of a text what no file may be called.
func fileName(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>| `, r) {
			return '-'
		}
		return r
	}, text)
}

// HandOver seals all that was counted into a file that only the coordinator
// opens, and tells how many records it holds. They stay on this laptop.
func (m *Tour) HandOver(path string, done func(records int, err error)) {
	token, at := *m.sector, m.Clock()
	var command Command
	Run(m.scope, &command, func(ctx context.Context) (int, error) {
		records, err := m.Notebook.Counted(ctx, formCount)
		if err != nil {
			return 0, err
		}
		if countsIn(records) == 0 {
			return 0, diagnostics.E("model.Tour.HandOver", diagnostics.CodeInvalid,
				"Rien à remettre : aucune fiche n'est terminée.", "Nothing to hand over: no record is finished.", nil)
		}
		file, err := handover.Seal(token, records, at)
		if err != nil {
			return 0, err
		}
		return countsIn(records), WriteFile(path, func(w io.Writer) error {
			_, err := w.Write(file)
			return err
		})
	}, func(records int, err error) {
		if !cancelled(err) {
			done(records, err)
		}
	})
}

// countsIn is how many records of a count stand: those that were taken back or
// corrected do not.
func countsIn(records []diagnostics.Record) int {
	gone := map[string]bool{}
	for _, r := range records {
		if corrects := r.Get("corrects"); corrects != "" {
			gone[corrects] = true
		}
	}
	n := 0
	for _, r := range records {
		if r.Type == diagnostics.TypeDiagnostic && !gone[r.ID] {
			n++
		}
	}
	return n
}

// SectorRow is a sector that was given out.
type SectorRow struct {
	handover.Issued
	Received   int       `json:"received"`    // records that came
	ReceivedAt time.Time `json:"received_at"` // of the last hand-over
}

// Sectors gives out the sectors of a night of counting and takes in what was
// counted there.
type Sectors struct {
	Screen
	Rows []SectorRow // the newest first

	load, act Command
}

// NewSectors makes the screen.
func NewSectors(d *Desk) *Sectors { return &Sectors{Screen: Screen{Desk: d}} }

// Load reads the sectors that were given out.
func (m *Sectors) Load() {
	Run(m.scope, &m.load, func(ctx context.Context) ([]SectorRow, error) { return sectorsOf(ctx, m.Notebook) },
		func(rows []SectorRow, err error) {
			if !m.failed("sectors", err) {
				m.Rows = rows
				m.changed()
			}
		})
}

func sectorsOf(ctx context.Context, n *store.Notebook) ([]SectorRow, error) {
	text, err := n.Setting(ctx, settingIssued)
	if err != nil || text == "" {
		return nil, err
	}
	var rows []SectorRow
	if err := json.Unmarshal([]byte(text), &rows); err != nil {
		return nil, diagnostics.E("model.Sectors", diagnostics.CodeCorrupt,
			"La liste des secteurs donnés ne se lit pas.", "The list of sectors given out cannot be read.", err)
	}
	slices.SortStableFunc(rows, func(a, b SectorRow) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Sector, b.Sector)) })
	return rows, nil
}

func keepSectors(ctx context.Context, n *store.Notebook, rows []SectorRow) error {
	text, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	return n.SetSettings(ctx, map[string]string{settingIssued: string(text)})
}

// Issue gives a sector out and hands over its token.
func (m *Sectors) Issue(op, sector, districts, team string, done func(word, sector string, err error)) {
	at := m.Clock()
	Run(m.scope, &m.act, func(ctx context.Context) (handover.Token, error) {
		issued, err := handover.Issue(op, sector, districts, team, at)
		if err != nil {
			return handover.Token{}, err
		}
		rows, err := sectorsOf(ctx, m.Notebook)
		if err != nil {
			return handover.Token{}, err
		}
		return issued.Token, keepSectors(ctx, m.Notebook, append(rows, SectorRow{Issued: issued}))
	}, func(token handover.Token, err error) {
		if !cancelled(err) {
			word := ""
			if err == nil {
				word = token.String()
			}
			done(word, token.Sector, err)
			m.Load()
		}
	})
}

// WriteToken writes a token into a file, for a stick or a letter.
func (m *Sectors) WriteToken(token, sector string, done func(path string, err error)) {
	path := inHome("secteur-" + fileName(sector) + ".txt")
	Run(m.scope, &m.act, func(context.Context) (string, error) {
		return path, WriteFile(path, func(w io.Writer) error {
			_, err := io.WriteString(w, token+"\n")
			return err
		})
	}, done)
}

// TakenIn is what a hand-over brought.
type TakenIn struct {
	Sector         string
	Fresh, Strange int // new records; counts of another sector
	All            int // records that it holds
}

// TakeIn opens a hand-over and takes in what is not there yet.
func (m *Sectors) TakeIn(path string, done func(TakenIn, error)) {
	at := m.Clock()
	Run(m.scope, &m.act, func(ctx context.Context) (TakenIn, error) {
		file, err := readLimited(ctx, path)
		if err != nil {
			return TakenIn{}, err
		}
		rows, err := sectorsOf(ctx, m.Notebook)
		if err != nil {
			return TakenIn{}, err
		}
		issued := make([]handover.Issued, len(rows))
		for i, row := range rows {
			issued[i] = row.Issued
		}
		opened, err := handover.Open(file, issued)
		if err != nil {
			return TakenIn{}, err
		}
		fresh, err := m.Notebook.Receive(ctx, opened.Records)
		if err != nil {
			return TakenIn{}, err
		}
		for i := range rows {
			if rows[i].ID == opened.Issued.ID {
				rows[i].Received, rows[i].ReceivedAt = countsIn(opened.Records), at.UTC()
			}
		}
		all := countsIn(opened.Records)
		return TakenIn{opened.Issued.Sector, fresh, opened.Strange, all}, keepSectors(ctx, m.Notebook, rows)
	}, func(taken TakenIn, err error) {
		if cancelled(err) {
			return
		}
		if err == nil {
			m.saved()
			m.Load()
		}
		done(taken, err)
	})
}
