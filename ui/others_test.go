package ui

import (
	"errors"
	"net/http"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"solidaren/diagnostics"
	"solidaren/sync/handover"
	"solidaren/sync/synctest"
	"solidaren/sync/wire"
	"solidaren/ui/screen/sectors"
)

// others are the pictures that no place leads to by itself.
var others = []picture{
	{"welcome", unmet, func(*office) {}},
	{"welcome-keyboard", unmet, keys("Tab", "Tab", "2")},
	{"welcome-join", unmet, keys("2")},
	{"welcome-join-wrong", unmet, func(o *office) { o.press("2"); o.typed("bonjour"); o.press("Enter") }},
	{"welcome-found", unmet, func(o *office) { o.showWelcome().Found() }},
	{"create", fresh, func(*office) {}},
	{"create-words", fresh, keys("Shift+Tab", "Enter")},
	{"create-differs", fresh, func(o *office) {
		o.typed(passphrase)
		o.press("Enter")
		o.typed("une tout autre phrase de passe")
		o.press("Enter")
	}},
	{"lock", locked, func(*office) {}},
	{"lock-wrong", locked, func(o *office) { o.typed("une tout autre phrase de passe"); o.press("Enter") }},
	{"lock-forgot", locked, keys("Tab", "Tab", "Tab", "Enter")},
	{"lock-sealed", sealedUp, func(*office) {}},
	{"sealing", sealedUp, keys("Enter")},
	{"sealing-done", sealedUp, keys("Enter", "Ctrl+l", "a", "1", "4", "Enter")},
	{"sealed-ask", sealedUp, (*office).unlock},
	{"sealed-list", sealedUp, func(o *office) { o.unlock(); o.press("Escape"); o.Go(roomSealed) }},

	{"demo", demo, func(*office) {}},
	{"demo-worker", demo, keys("Ctrl+Shift+2")},
	{"demo-coordinator", demo, keys("Ctrl+Shift+3")},
	{"demo-researcher", demo, keys("Ctrl+Shift+4")},
	{"demo-admin", demo, keys("Ctrl+Shift+5")},
	{"demo-sending", demo, keys("Ctrl+0")},
	{"demo-team", demo, func(o *office) { o.press("Ctrl+Shift+3"); o.Go(roomTeam) }},
	{"demo-more", demo, func(o *office) { o.askDemo() }},
	{"tries", demo, keys("Ctrl+Shift+0")},

	{"sending-joined", teamed, func(o *office) { o.Go(roomSending) }},
	{"sending-done", teamed, keys("Ctrl+0", "Ctrl+Enter")},
	{"sending-offline", teamed, func(o *office) { o.unplug(); o.press("Ctrl+0", "Ctrl+Enter") }},
	{"sending-wrong", full, func(o *office) { o.press("Ctrl+0"); o.typed("bonjour"); o.press("Ctrl+Enter") }},
	{"sending-running", full, (*office).halfSent},
	{"team-joined", teamed, func(o *office) { o.Go(roomTeam) }},
	{"team-full", full, func(o *office) { o.crew(); o.goTo(roomTeam) }},
	{"team-computer", full, func(o *office) { o.crew(); o.goTo(roomTeam); o.press("Shift+Tab", "Down", "Enter") }},
	{"team-stolen", full, func(o *office) {
		o.crew()
		o.goTo(roomTeam)
		o.press("Shift+Tab", "Down", "Enter", "Tab", "Tab", "Enter")
	}},
	{"decide-held-team", full, func(o *office) { o.crew(); o.press("Ctrl+9", "Down") }},
	{"person-purpose", teamed, func(o *office) { o.OpenPerson(o.known(nadia)) }},
	{"today-worker", teamed, func(o *office) { o.playAs(diagnostics.RoleWorker) }},
	{"today-coordinator", teamed, func(o *office) { o.playAs(diagnostics.RoleCoordinator) }},
	{"today-admin", teamed, func(o *office) { o.playAs(diagnostics.RoleAdmin) }},
	{"directory-researcher", teamed, func(o *office) { o.playAs(diagnostics.RoleResearcher) }},
	{"volunteer", volunteer, func(o *office) { o.Go(roomTour) }},

	{"tour-start", empty, func(o *office) { o.Go(roomTour) }},
	{"tour-start-count", empty, func(o *office) { o.startCount() }},
	{"tour-end", full, keys("Ctrl+2", "Tab", "Tab", "Enter")},
	{"tour-past", full, keys("Ctrl+2", "Tab", "Tab", "Enter", "Tab", "Enter")},
	{"maraude", full, func(o *office) { o.StartForm("maraude") }},
	{"maraude-talk", full, func(o *office) { o.StartForm("maraude"); o.settle(); o.press("1", "Enter", "1") }},
	{"maraude-place", full, func(o *office) { o.StartForm("maraude"); o.settle(); o.press("Ctrl+l") }},
	{"maraude-hour", full, func(o *office) { o.StartForm("maraude"); o.settle(); o.press("Ctrl+h") }},
	{"maraude-saved", full, func(o *office) { o.StartForm("maraude"); o.settle(); o.press("4", "1", "Enter") }},
	{"entretien", full, func(o *office) { o.Resume(o.draft("entretien")) }},
	{"entretien-sections", full, func(o *office) { o.Resume(o.draft("entretien")); o.settle(); o.press("Ctrl+g") }},
	{"entretien-section", full, func(o *office) { o.Resume(o.draft("entretien")); o.settle(); o.press("PageDown", "PageDown") }},
	{"entretien-needs", full, func(o *office) { o.Resume(o.draft("entretien")); o.settle(); o.press("Ctrl+g", "f", "Enter") }},
	{"entretien-review", full, func(o *office) { o.Resume(o.draft("entretien")); o.settle(); o.press("Ctrl+Enter") }},
	{"lieu", full, func(o *office) { o.StartForm("lieu") }},
	{"lieu-map", full, func(o *office) { o.StartForm("lieu"); o.settle(); o.press("Enter", "Ctrl+i") }},
	{"lieu-calendar", full, func(o *office) { o.StartForm("lieu"); o.settle(); o.press("Ctrl+i") }},
	{"count-form", full, func(o *office) { o.StartForm("nuit_solidarite") }},
	{"interviews-aside", full, func(o *office) { o.Go(roomInterviews); o.settle(); o.press("Delete") }},
	{"record", full, func(o *office) { o.OpenRecord(o.finished()[0].ID) }},
	{"record-correct", full, func(o *office) { o.Correct(o.finished()[0].ID) }},

	{"safeguards", empty, func(o *office) { o.OpenSafeguards() }},
	{"print", full, func(o *office) { o.OpenPerson(o.known(nadia)); o.settle(); o.press("Ctrl+p") }},
	{"person", full, func(o *office) { o.OpenPerson(o.known(nadia)) }},
	{"person-limits", full, func(o *office) {
		o.OpenPerson(o.known(karim))
		o.settle()
		o.press("Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Space")
	}},
	{"person-same", full, func(o *office) {
		o.OpenPerson(o.known(karim))
		o.settle()
		o.press("Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Enter")
		o.typed("na")
	}},
	{"person-archived", full, func(o *office) { o.OpenPerson(o.known(loic)) }},
	{"person-archived-open", full, func(o *office) { o.OpenPerson(o.known(loic)); o.settle(); o.press("1") }},
	{"persons-search", full, func(o *office) { o.Go(roomPersons); o.settle(); o.typed("nad") }},
	{"persons-none", full, func(o *office) { o.Go(roomPersons); o.settle(); o.typed("zzz") }},
	{"rectify", full, func(o *office) { o.Rectify(o.known(nadia)) }},
	{"rectify-field", full, func(o *office) { o.Rectify(o.known(nadia)); o.settle(); o.press("Enter") }},
	{"rectify-done", full, func(o *office) {
		o.Rectify(o.known(nadia))
		o.settle()
		o.press("Enter", "Ctrl+a")
		o.typed("Nadja")
		o.press("Enter")
		o.typed("mon prénom s'écrit avec un j")
		o.press("Tab", "Tab", "Enter")
	}},
	{"household", full, func(o *office) { o.showHousehold(o.homeOfNadia()) }},
	{"household-empty", full, func(o *office) {
		o.showHousehold(o.add(diagnostics.TypeHousehold, diagnostics.Values{"adults": "1"}))
	}},
	{"household-found", full, func(o *office) { o.OpenHousehold(o.known(karim), karim) }},
	{"household-join", full, func(o *office) {
		o.showHousehold(o.homeOfNadia())
		o.settle()
		o.typed("a")
		o.typed("K6QZ")
		o.press("Enter")
	}},

	{"follows-end", full, func(o *office) { o.Go(roomFollows); o.settle(); o.press("Enter") }},
	{"action", full, func(o *office) { o.EditAction(o.desk.Directory().Entries[0].Action.Get("code")) }},
	{"action-new", full, func(o *office) { o.Go(roomDirectory); o.settle(); o.press("Ctrl+n") }},
	{"directory-none", full, func(o *office) { o.Go(roomDirectory); o.settle(); o.typed("zzz") }},
	{"directory-filter", full, func(o *office) { o.Go(roomDirectory); o.settle(); o.press("Down", "q") }},
	{"directory-filtered", full, func(o *office) { o.Go(roomDirectory); o.settle(); o.press("Down", "q", "1") }},
	{"directory-import", empty, (*office).importing},
	{"directory-change", full, func(o *office) { o.Go(roomDirectory); o.settle(); o.press("Down", "Enter") }},
	{"export-raw", full, func(o *office) { o.Go(roomExport); o.settle(); o.press("2") }},
	{"export-confirm", full, func(o *office) { o.Go(roomExport); o.settle(); o.press("Ctrl+Enter") }},
	{"export-refused", full, func(o *office) { o.export("/media/cle-usb/besoins-2026-07.xlsx") }},
	{"export-done", full, (*office).exported},
	{"decide-answer", full, keys("Ctrl+9", "Down", "2")},
	{"decide-done", full, keys("Ctrl+9", "Down", "2", "Enter")},
	{"decide-pair", full, func(o *office) { o.twins(); o.press("Ctrl+9", "Down") }},
	{"decide-pair-done", full, func(o *office) { o.twins(); o.press("Ctrl+9", "Down", "2", "Enter") }},
	{"decide-held", full, func(o *office) { o.setAside(); o.press("Ctrl+9", "Down") }},
	{"sectors-wrong", full, func(o *office) { o.Go(roomSectors); o.settle(); o.press("Ctrl+Enter") }},
	{"sectors-token", full, func(o *office) { o.sector() }},
	{"sectors-given", full, func(o *office) { o.sector(); o.press("Escape") }},
	{"sectors-file", full, func(o *office) {
		o.sector()
		o.press("Escape")
		o.room.(*sectors.Screen).TakeIn("/media/remise.solidaren")
	}},

	{"forms-refused", full, func(o *office) {
		o.Go(roomForms)
		o.settle()
		o.importForm(o.form("| | slect_one x | a | Où ? | |\n| | text | b | Votre religion | |\n| | text | c | ${nobody} et vous ? | |\n", "1"))
	}},
	{"forms-new", full, func(o *office) { o.winter(); o.settle() }},
	{"forms-given", full, func(o *office) { o.winter(); o.press("Ctrl+Enter") }},
	{"forms-compare", full, func(o *office) {
		o.winter()
		o.press("Ctrl+Enter")
		o.winterAgain()
		o.press("Ctrl+Enter", "Down", "Down", "Down", "Down", "c")
	}},
	{"forms-next", full, func(o *office) { o.winter(); o.press("Ctrl+Enter"); o.winterAgain() }},
	{"forms-preview", full, func(o *office) { o.Go(roomForms); o.settle(); o.press("a") }},
	{"today-form", full, func(o *office) { o.winter(); o.press("Ctrl+Enter", "Ctrl+1") }},
	{"rights-answer", full, func(o *office) { o.Go(roomRights); o.settle(); o.press("Shift+Tab", "Shift+Tab", "Down", "Enter") }},
	{"rights-erase", full, func(o *office) { o.erase() }},

	{"setup", empty, (*office).OpenSetup},
	{"setup-sheet", empty, func(o *office) { o.OpenSetup(); o.settle(); o.press("Enter") }},
	{"setup-prove", empty, func(o *office) { o.OpenSetup(); o.settle(); o.press("Enter", "Enter") }},
	{"setup-phrase", empty, (*office).proveSheet},
	{"sheet", full, func(o *office) { o.safe(0); o.press("Enter", "Enter") }},
	{"sheet-prove", full, func(o *office) { o.safe(0); o.press("Enter", "Enter", "Enter") }},
	{"sheet-prove-wrong", full, func(o *office) {
		o.safe(0)
		o.press("Enter", "Enter", "Enter")
		o.typed("ABCD")
		o.press("Enter")
		o.typed("EFGH")
		o.press("Enter")
	}},
	{"security-phrase", full, func(o *office) { o.safe(1); o.press("Enter") }},
	{"security-copy", full, func(o *office) { o.safe(2); o.press("Enter") }},
	{"security-check", full, func(o *office) { o.safe(3); o.press("Enter", "Enter") }},
	{"security-key", full, func(o *office) { o.safe(4); o.press("Enter"); o.typed(passphrase); o.press("Enter") }},
	{"settings-more", full, func(o *office) { o.Go(roomSettings); o.settle(); o.press("Shift+Tab", "Shift+Tab") }},
	{"technical-server", full, func(o *office) { o.Go(roomTechnical); o.settle(); o.press("Tab", "Tab", "Tab", "Tab", "Enter") }},
	{"help-search", full, func(o *office) { o.Go(roomHelp); o.settle(); o.typed("suivante") }},
	{"help-none", full, func(o *office) { o.Go(roomHelp); o.settle(); o.typed("zzz") }},

	{"palette", full, func(o *office) { o.press("Ctrl+k"); o.typed("e") }},
	{"palette-person", full, func(o *office) { o.press("Ctrl+k"); o.typed("@n") }},
	{"palette-directory", full, func(o *office) { o.press("Ctrl+k"); o.typed("!dou") }},
	{"palette-none", full, func(o *office) { o.press("Ctrl+k"); o.typed("zzz") }},
	{"palette-locked", locked, func(o *office) { o.press("Ctrl+k"); o.typed("exp") }},
	{"keys", full, keys("Ctrl+Shift+h")},
	{"keys-form", full, func(o *office) { o.StartForm("maraude"); o.settle(); o.press("F1") }},
	{"about", full, (*office).showAbout},
	{"error", full, func(o *office) { o.Fail("save", errors.New("disk I/O error")) }},
	{"menu-file", full, menuAt(0)},
	{"menu-edit", full, menuAt(1)},
	{"menu-entry", full, func(o *office) { o.StartForm("maraude"); o.settle(); menuAt(2)(o) }},
	{"menu-go", full, menuAt(3)},
	{"menu-view", full, menuAt(4)},
	{"menu-help", full, menuAt(5)},
	{"menu-demo", demo, menuAt(5)},
}

// keys presses keys.
func keys(names ...string) func(*office) { return func(o *office) { o.press(names...) } }

// typed types a text and waits for what follows.
func (o *office) typed(text string) {
	o.keys.Type(text)
	o.settle()
}

// menuAt shows one menu of the window as the window does.
func menuAt(i int) func(*office) {
	return func(o *office) {
		o.settle()
		menu := widget.NewPopUpMenu(o.menu.Items[i], o.window.Canvas())
		menu.ShowAtPosition(fyne.NewPos(8, 0))
	}
}

// greet shows the welcome of a computer without a notebook.
func (o *office) greet() *sampler {
	s := &sampler{office: o}
	o.Shell.vault = s
	o.Offer(s)
	return s
}

// openUp opens the notebook by its passphrase.
func (o *office) openUp() {
	o.unlock()
	o.settle()
}

// rehearse opens the notebook as the demo.
func (o *office) rehearse() {
	o.greet()
	desk, err := o.Unlock(o.t.Context(), passphrase)
	if err == nil {
		desk.Keys = nil
		err = desk.Member.Rehearse(o.t.Context(), desk.Notebook, "Démo", []wire.Device{
			{ID: "d1", Name: "ancre", Team: "Démo", Role: "worker", AuthKey: "demo ancre", Active: true},
			{ID: "d2", Name: "feuille", Team: "Démo", Role: "coordinator", AuthKey: "demo feuille", Active: true},
		})
	}
	if err != nil {
		o.t.Fatal(err)
	}
	o.openDemo(desk)
}

// seal writes two records without opening the notebook.
func (o *office) sealTwo() {
	o.make()
	o.press("Ctrl+Shift+l", "Enter", "Ctrl+l", "a", "1", "4", "Enter", "5", "2", "Enter", "Ctrl+Shift+l")
}

// joinTeam furnishes the notebook of a team.
func (o *office) joinTeam() {
	o.furnish()
	o.join()
	o.add(diagnostics.TypeFollowUp, diagnostics.Values{"person": o.nadia, "what": "Rappeler le bailleur", "due_on": o.day(1)})
}

// join makes the notebook that of a team, in which another computer is, too.
func (o *office) join() {
	server := synctest.NewServer(o.t, o.now)
	server.Enrol(o.t, synctest.NewMemory(), "nord", diagnostics.RoleSocialWorker)
	o.Go(roomSending)
	o.settle()
	o.typed(server.Invite(o.t, "nord", diagnostics.RoleCoordinator))
	o.press("Ctrl+Enter")
	if o.role() != diagnostics.RoleCoordinator {
		o.t.Fatalf("the role is %q", o.role())
	}
}

// unplug takes the network away.
func (o *office) unplug() {
	member := o.desk.Member
	member.Patience.Tries = 1
	member.Wrap = func(http.RoundTripper) http.RoundTripper { return unplugged{} }
}

// unplugged is a network that is not there.
type unplugged struct{}

// RoundTrip fails.
func (unplugged) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("no route to host")
}

// volunteer makes the laptop of a volunteer of a night of counting.
func (o *office) volunteer() {
	o.make()
	issued, err := handover.Issue("Nuit 2026", "S04", "q11", "Équipe 7", o.now())
	if err != nil {
		o.t.Fatal(err)
	}
	o.Go(roomSending)
	o.settle()
	o.typed(issued.String())
	o.press("Ctrl+Enter")
}
