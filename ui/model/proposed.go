package model

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/xform"
)

// MaxTeamForm bounds the file of a questionnaire that a team receives, in bytes:
// sealed, it still fits into one request.
const MaxTeamForm = 1 << 20

// Proposed is a questionnaire that somebody wants to give the team: what is
// wrong with it, or what giving it would change. Nothing is written yet.
type Proposed struct {
	File    *FormFile
	Verdict Verdict

	// The rest is known where nothing is wrong.
	Form    *xform.Form
	Before  string // version in use, "" for a questionnaire that is new here
	New     bool   // no version of it was here
	Already bool   // this very version is in use: there is nothing to do
	Changes xform.Comparison
	Drafts  []DraftMove // drafts that would open on it
}

// DraftMove says what becomes of one draft.
type DraftMove struct {
	ID                   string
	UpdatedAt            time.Time
	From                 string // version
	Kept, Renamed, Aside int    // answers
}

// Moves counts the answers of all drafts.
func (p *Proposed) Moves() (kept, renamed, aside int) {
	for _, d := range p.Drafts {
		kept, renamed, aside = kept+d.Kept, renamed+d.Renamed, aside+d.Aside
	}
	return kept, renamed, aside
}

// OK reports whether it can be given to the team.
func (p *Proposed) OK() bool { return p.Verdict.OK() }

// ReadTeamForm reads the file of a questionnaire for a team, with the pictures
// that lie beside it. Errors: not_found, too_large.
func ReadTeamForm(ctx context.Context, path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		err = os.ErrNotExist
	}
	if err == nil && info.Size() > MaxTeamForm {
		return nil, diagnostics.E("model.ReadTeamForm", diagnostics.CodeTooLarge,
			"Ce fichier dépasse 1 Mo : un questionnaire d'équipe doit être plus petit. Retirez les images et les feuilles qui ne servent pas.",
			"This file is larger than 1 MB: a team's form must be smaller. Take out pictures and sheets that are not used.", nil)
	}
	var content []byte
	if err == nil {
		content, err = readFile(ctx, path)
	}
	if err != nil && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		name := filepath.Base(path)
		return nil, diagnostics.E("model.ReadTeamForm", diagnostics.CodeNotFound,
			fmt.Sprintf("Le fichier « %s » ne se lit pas. Vérifiez son nom et son dossier.", name),
			fmt.Sprintf("The file “%s” cannot be read. Check its name and its folder.", name), err)
	}
	return gather(path, content), nil
}

// Propose judges a questionnaire for the team and says what giving it would
// change. Errors: corrupt, internal.
func (d *Desk) Propose(ctx context.Context, name string, content []byte) (*Proposed, error) {
	p := &Proposed{File: ReadForm(name, content, teamFiles)}
	var err error
	if p.Verdict, err = p.File.Judge(true); err != nil || !p.OK() {
		return p, err
	}
	if p.Form, err = p.File.Open(); err != nil {
		return nil, err
	}
	if p.Verdict.Errors = d.unfit(p); !p.OK() {
		return p, nil
	}
	current, err := d.Forms.Form(p.Form.ID())
	if p.New = err != nil; !p.New {
		p.Before, p.Already = current.Version(), current.Version() == p.Form.Version()
		if p.Changes, err = p.Form.Compare(current, FormLanguage(p.Form, d.Lang())); err != nil {
			return nil, err
		}
	}
	err = nil
	p.warn()
	p.Verdict.Warnings = append(p.Verdict.Warnings, mediaIssues(name, p.Form)...)
	if !p.Already {
		p.Drafts, err = d.moves(ctx, p.Form)
	}
	return p, err
}

// unfit tells why a questionnaire that is written well cannot be a team's: its
// name or its version.
func (d *Desk) unfit(p *Proposed) []FormIssue {
	var issues []FormIssue
	refuse := func(setting, fr, en string) {
		issues = append(issues, FormIssue{p.File.setting(setting), diagnostics.Text{FR: fr, EN: en}})
	}
	id, version := p.Form.ID(), p.Form.Version()
	if id == "" || id == "data" {
		refuse("form_id", "Le questionnaire n'a pas de nom. Écrivez form_id, par exemple : veille_hiver.",
			"The form has no name. Write form_id, for example: winter_watch.")
		return issues
	}
	if version == "" {
		refuse("version", "La version manque. Écrivez un nombre, par exemple la date : "+proposedVersion(d.Clock())+".",
			"The version is missing. Write a number, for example the date: "+proposedVersion(d.Clock())+".")
		return issues
	}
	known := d.Forms.heads(id)
	if len(known) == 0 {
		return nil
	}
	latest := known[0]
	next := later(latest.Version, d.Clock())
	order := CompareVersions(version, latest.Version)
	switch {
	case order < 0:
		refuse("version",
			fmt.Sprintf("La version %s est avant celle qui est ici (%s). Écrivez un nombre plus grand, par exemple : %s.", version, latest.Version, next),
			fmt.Sprintf("Version %s comes before the one that is here (%s). Write a larger number, for example: %s.", version, latest.Version, next))
	case order == 0 && (version != latest.Version || !d.same(p, latest)):
		refuse("version",
			fmt.Sprintf("La version %s est déjà ici et dit autre chose. Écrivez un nombre plus grand, par exemple : %s.", version, next),
			fmt.Sprintf("Version %s is here already and says something else. Write a larger number, for example: %s.", version, next))
	}
	return issues
}

// same reports whether a version that is here says, and shows, what a file does.
func (d *Desk) same(p *Proposed, v Version) bool {
	known, err := d.Forms.file(v)
	if err != nil || !bytes.Equal(known.XForm(), p.File.XForm()) {
		return false
	}
	return !slices.ContainsFunc(p.Form.Media(), func(ref string) bool {
		name := path.Base(ref)
		return !bytes.Equal(known.picture(name), p.File.picture(name))
	})
}

// proposedVersion is a version that a coordinator may write today.
func proposedVersion(now time.Time) string { return now.Format("20060102") + "01" }

// later is a version that comes behind another.
func later(version string, now time.Time) string {
	if today := proposedVersion(now); CompareVersions(today, version) > 0 {
		return today
	}
	return version + "1"
}

// warn tells what is right and yet worth a look.
func (p *Proposed) warn() {
	for _, changed := range p.Changes.Changed {
		for _, what := range changed.What {
			if what != xform.OrderChanged {
				continue
			}
			p.Verdict.Warnings = append(p.Verdict.Warnings, FormIssue{p.File.cell(changed.Path, "type"), diagnostics.Text{
				FR: fmt.Sprintf("« %s » : des réponses ont changé de place, donc de touche. Les doigts ont appris l'ancien ordre : ajoutez les nouvelles à la fin.", changed.Called()),
				EN: fmt.Sprintf("“%s”: some answers have moved, and so have their keys. Fingers have learnt the old order: add new ones at the end.", changed.Called()),
			}})
		}
	}
}

// moves says what becomes of each draft of a form in its new version. No draft
// is changed.
func (d *Desk) moves(ctx context.Context, form *xform.Form) ([]DraftMove, error) {
	queue, err1 := d.Notebook.Drafts(ctx)
	aside, err2 := d.Notebook.AsideDrafts(ctx)
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	var moves []DraftMove
	for _, draft := range append(queue, aside...) {
		if draft.FormID != form.ID() || draft.FormVersion == form.Version() {
			continue
		}
		move, err := d.move(form, draft)
		if err != nil {
			return nil, err
		}
		moves = append(moves, move)
	}
	return moves, nil
}

func (d *Desk) move(form *xform.Form, draft store.Draft) (DraftMove, error) {
	o := xform.SessionOptions{Now: d.Clock, Former: d.Forms.At(draft.FormID, draft.FormVersion)}
	_, m, err := form.Migrate(draft.State, o)
	return DraftMove{
		ID: draft.ID, UpdatedAt: draft.UpdatedAt, From: draft.FormVersion,
		Kept: len(m.Kept), Renamed: len(m.Renamed), Aside: len(m.Orphans),
	}, err
}

// Give makes a proposed questionnaire one of the team's: from now on its version
// is in use here, and with the next exchange on every computer of the team.
// Errors: invalid (something is wrong with it), forbidden (only a coordinator
// may), unauthorized, internal.
func (d *Desk) Give(ctx context.Context, p *Proposed) error {
	if role := d.Role(); role != "" && role != diagnostics.RoleCoordinator {
		return diagnostics.E("model.Give", diagnostics.CodeForbidden,
			"Rien n'est importé. Seule la coordination donne un questionnaire à l'équipe.",
			"Nothing was imported. Only the coordinator gives the team a form.", nil)
	}
	if !p.OK() {
		return diagnostics.E("model.Give", diagnostics.CodeInvalid,
			"Rien n'est importé. Corrigez d'abord ce qui est signalé.", "Nothing was imported. Mend first what is told.", nil)
	}
	if p.Already {
		return nil
	}
	format := strings.ToLower(strings.TrimPrefix(filepath.Ext(p.File.Name), "."))
	err := d.Notebook.KeepForm(ctx, store.ReceivedForm{
		FormID: p.Form.ID(), Version: p.Form.Version(), Title: p.Form.Title(), Format: format,
	}, d.Member.Team(), p.File.Content)
	d.Forms.Refresh()
	return err
}
