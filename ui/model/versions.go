package model

import (
	"context"
	"slices"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

// UsedVersion is a version of a questionnaire and what was written on it.
type UsedVersion struct {
	Version
	InUse bool // new records are written on it
	Use   store.FormUse
}

// AllVersions lists every version of every questionnaire, the latest of each
// first, those too that something was written on and that are not here. Errors:
// internal.
func (d *Desk) AllVersions(ctx context.Context) ([]UsedVersion, error) {
	use, err := d.Notebook.FormsUse(ctx)
	if err != nil {
		return nil, err
	}
	d.Forms.Refresh()
	ids := d.Forms.IDs()
	for _, u := range use {
		if !slices.Contains(ids, u.FormID) {
			ids = append(ids, u.FormID)
		}
	}
	var all []UsedVersion
	for _, id := range ids {
		inUse := false
		for _, v := range d.Forms.Versions(id) {
			used := UsedVersion{Version: v, InUse: !inUse && v.Err == nil}
			inUse = inUse || used.InUse
			same := func(u store.FormUse) bool { return u.FormID == id && u.Version == v.Version }
			if at := slices.IndexFunc(use, same); at >= 0 {
				used.Use = use[at]
				use = slices.Delete(use, at, at+1)
			}
			all = append(all, used)
		}
		for _, u := range use {
			if u.FormID == id {
				all = append(all, UsedVersion{Version: Version{FormID: id, Version: u.Version, Title: id, Err: absent()}, Use: u})
			}
		}
	}
	return all, nil
}

func absent() error {
	return diagnostics.E("model.AllVersions", diagnostics.CodeNotFound,
		"Cette version n'est pas sur ce poste. Ce qui a été écrit avec elle se lit avec la version en usage.",
		"This version is not on this computer. What was written with it is read with the version in use.", nil)
}
