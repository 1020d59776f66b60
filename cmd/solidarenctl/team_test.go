package main

import (
	"testing"

	"solidaren/diagnostics"
	"solidaren/sync/synctest"
)

// TestTeam keeps a team by command: a coordinator invites, withdraws, lists and
// takes a stolen computer out; a worker may not; what the law asks for reaches
// everybody.
func TestTeam(t *testing.T) {
	hub := synctest.NewServer(t, nil)
	lead, worker := newLaptop(t), newLaptop(t)
	lead.refused(1, "team", "list") // not a member yet
	lead.must("enrol", hub.Invite(t, "Nord", diagnostics.RoleCoordinator), "--device-name", "ancre")

	made := lead.must("team", "invite", "worker")
	invite, ok := made["invite"].(string)
	if !ok || made["role"] != "worker" {
		t.Fatalf("made %v", made)
	}
	state := lead.must("team", "list")
	waiting := state["invites"].([]any)
	if len(waiting) != 1 || len(state["devices"].([]any)) != 1 {
		t.Fatalf("the team is %v", state)
	}
	worker.must("enrol", invite, "--device-name", "feuille")
	lead.must("team", "invite", "researcher")
	waiting = lead.must("team", "list")["invites"].([]any)
	if len(waiting) != 1 {
		t.Fatalf("an invite that was used waits still: %v", waiting)
	}
	unused := waiting[0].(map[string]any)["id"].(string)
	if left := lead.must("team", "withdraw", unused)["invites"].([]any); len(left) != 0 {
		t.Errorf("withdrawn, and waiting: %v", left)
	}
	worker.refused(1, "team", "invite", "worker")
	lead.refused(2, "team", "invite", "king")

	if got := lead.must("team", "safeguards"); got["complete"] != false {
		t.Errorf("before anybody entered anything: %v", got)
	}
	lead.must("sync")
	worker.must("sync")
	lead.must("sync") // the team's key for the worker
	lead.must("team", "safeguards", "--impact", "AIPD 2026-03")
	if got := lead.must("team", "safeguards", "--officer", "dpo@association.example"); got["complete"] != true || got["impact"] != "AIPD 2026-03" {
		t.Errorf("entered: %v", got)
	}
	lead.must("sync")
	worker.must("sync")
	if got := worker.must("team", "safeguards"); got["complete"] != true || got["officer"] != "dpo@association.example" {
		t.Errorf("the worker reads %v", got)
	}
	worker.refused(1, "team", "safeguards", "--impact", "")

	stolen := ""
	for _, d := range lead.must("team", "list")["devices"].([]any) {
		if device := d.(map[string]any); device["name"] == "feuille" {
			stolen = device["id"].(string)
			if device["words"] == "" || device["active"] != true {
				t.Errorf("the worker's computer is %v", device)
			}
		}
	}
	lead.refused(2, "team", "revoke", stolen) // why?
	after := lead.must("team", "revoke", stolen, "--why", "stolen")
	for _, d := range after["devices"].([]any) {
		if device := d.(map[string]any); device["id"] == stolen && (device["active"] != false || device["revoked"] != "stolen") {
			t.Errorf("after the theft it is %v", device)
		}
	}
	worker.refused(1, "sync")
}
