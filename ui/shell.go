// Package ui is the window: it builds the screens, moves between them, and
// holds the menu with all shortcuts, the rail and the line at the bottom. What
// a screen shows is decided in its model, never here.
package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	kitform "solidaren/ui/kit/form"
	"solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/screen/entry"
	"solidaren/ui/words"
)

// room is a screen as the window sees it.
type room interface {
	Build() // makes the widgets, again after a change of language
	Object() fyne.CanvasObject
	Title() string // holds nothing personal
	Load()         // reads again what is shown
	Focus()
	Close()
}

// revealer is a room that shows what is typed in dots.
type revealer interface{ Reveal() }

// confirmer is a room in which Ctrl+Enter does something: always, unless it
// tells that there is nothing to confirm now.
type (
	confirmer interface{ Confirm() }
	confirms  interface{ Confirms() bool }
)

// maker is a room in which something new can be made (Ctrl+N).
type maker interface {
	Make()
	Makes() bool // it may be made by this role, now
}

// ticker is a room that follows the clock.
type ticker interface{ Tick() }

// gloved is a room that is used outdoors, with larger targets.
type gloved interface{ Gloves() bool }

// leaver is a room that hears that another one comes to the front.
type leaver interface{ Leave() }

// spot is where a room was left: what had the focus, how far it was scrolled.
type spot struct {
	focus  fyne.Focusable
	offset float32
}

// Shell is the one window of the program.
type Shell struct {
	ctx        context.Context
	app        fyne.App
	window     fyne.Window
	dispatcher model.Dispatcher
	settings   *model.Settings
	vault      model.Vault
	folder     string

	modals *kit.Modals
	menu   *fyne.MainMenu
	items  map[*fyne.MenuItem]command

	desk         *model.Desk // nil while locked
	fixed        map[string]room
	history      []room        // behind the room in front
	stale        map[room]bool // built before the looks changed
	left         map[room]spot // where the rooms were left
	room         room
	offeredForms []string                // questionnaires that the team has received, as the menu offers them
	name         string                  // of the room in front, "" for one that is no place
	allKeys      func() []model.HelpLine // of all places
	keysOf       func(command string) string
	dressedFor   diagnostics.Role // whose menu and rail the window has
	gloves       bool             // the targets are those for gloves
	look         *theme.Look
	undo         func() // takes back what was done last, nil: nothing can be

	trial   model.Trial             // the demo of this computer, nil: it has none
	invite  string                  // of the team that the notebook being made is to join
	sealing *sealing                // nil unless records are written without opening the notebook
	offered map[string]*model.Offer // what the notebooks left for that, by folder
	forms   *model.Catalogue        // for that

	setupLeft model.Left // of the making of the open notebook
	fresh     bool       // the notebook was just made

	care       *model.Care       // of the open notebook
	calm       time.Time         // from when its work may begin
	safeguards *model.Safeguards // of the open notebook
	trying     fyne.CanvasObject // the ribbon that says that they are missing
	enterLaw   *kit.Link         // its way to enter them
	watch      *model.Watch
	clock      diagnostics.Clock
	again      map[room]func() // how the rooms that are no place are opened again
	returns    returning
	ahead      *kit.Ahead // takes the keys while a room is on its way
	rail       *rail
	status     *status
	middle     *fyne.Container
	scroll     *kit.Scroll // round the middle, for windows that are too small for it
}

// NewShell makes the window over the notebook's folder, locked.
func NewShell(ctx context.Context, app fyne.App, d model.Dispatcher, settings *model.Settings, vault model.Vault, folder string) *Shell {
	s := &Shell{
		ctx: ctx, app: app, dispatcher: d, settings: settings, vault: vault, folder: folder, clock: time.Now,
		offered: map[string]*model.Offer{}, forms: model.NewCatalogue(),
	}
	s.window = app.NewWindow("SolidaRen")
	s.window.SetMaster()
	s.allKeys, s.keysOf = s.everywhere, s.Keys // places cannot name them: they name places
	s.modals = kit.NewModals(s.window)
	s.middle = container.NewStack()
	s.scroll = kit.NewScroll(s.middle)
	settings.OnChange = s.restyle
	words.Use(settings.Language)
	s.paint()
	s.window.Resize(fyne.NewSize(1180, 640))
	s.window.SetCloseIntercept(s.Quit)
	s.window.Canvas().SetOnTypedKey(s.onKey)
	s.showLock()                                            //nolint:contextcheck // a screen runs with the desk's context
	app.Lifecycle().SetOnStarted(func() { s.room.Focus() }) // a window that is not shown yet takes no focus
	return s
}

// Window is the window itself.
func (s *Shell) Window() fyne.Window { return s.window }

// Modals are the dialogs of the window.
func (s *Shell) Modals() *kit.Modals { return s.modals }

// Show puts a dialog on screen.
func (s *Shell) Show(d kit.Dialog) { s.modals.Show(d) }

// Confirm asks before something that cannot be taken back.
func (s *Shell) Confirm(q kit.Question) { s.modals.Confirm(q) }

// Fail shows an error that no screen shows itself.
func (s *Shell) Fail(op string, err error) {
	if s.ahead != nil && s.window.Canvas().Focused() == fyne.Focusable(s.ahead) {
		s.ahead.Release(nil) // what was typed was meant for what did not come
		s.room.Focus()
	}
	s.modals.ShowError(op, err)
}

// Hold keeps what is typed while a room is on its way.
func (s *Shell) Hold() { s.ahead.Hold() }

// Release hands on what was typed meanwhile.
func (s *Shell) Release() {
	if s.ahead != nil {
		s.ahead.Release(s.window.Canvas())
	}
}

// Say puts a sentence in the line at the bottom.
func (s *Shell) Say(sentence string) {
	if s.sealing != nil {
		s.sealing.Say(sentence)
	}
	if s.status != nil {
		s.status.say(sentence, "")
	}
}

// AutoAdvance tells whether a choice by key goes on to the next question.
func (s *Shell) AutoAdvance() bool { return s.settings.Advance }

// Undoable says what was done and offers to take it back: for a while in the
// line at the bottom, and by its key until something else is done.
func (s *Shell) Undoable(sentence string, undo func()) {
	s.undo = undo
	s.enable()
	if s.status != nil {
		s.status.say(sentence, words.T("status.undo", s.Keys("undo")))
	}
}

// undoLast takes back what was done last: in the form in front, else what was
// offered to be taken back.
func (s *Shell) undoLast() {
	if f := s.form(); f != nil && (f.CanUndo() || s.undo == nil) {
		s.undo = nil // the key pressed once more must not reach the record before
		f.Undo()
		return
	}
	undo := s.undo
	s.undo = nil
	s.enable()
	s.Say("")
	undo()
}

// hint shows the help of the question in front, or what is typed in dots.
func (s *Shell) hint() {
	if f := s.form(); f != nil {
		f.Help()
		return
	}
	s.room.(revealer).Reveal()
}

// reassure says when the last change was written: there is no save button.
func (s *Shell) reassure() {
	_, err := s.desk.Written()
	if err != nil {
		s.Fail("save", err)
		return
	}
	s.Say(s.status.savedText())
}

// Tick tells the window that time has passed; it is called on the UI thread,
// about once a second.
func (s *Shell) Tick() {
	if s.status != nil {
		s.status.tick()
		if !s.clock().Before(s.calm) {
			s.care.Tick()
		}
	}
	if s.sealing != nil {
		s.sealing.tick()
	}
	if t, ok := s.room.(ticker); ok {
		t.Tick()
	}
	s.leftAlone()
}

// form is the form in front, nil if there is none.
func (s *Shell) form() *kitform.View {
	if e, ok := s.room.(interface{ View() *kitform.View }); ok {
		return e.View()
	}
	return nil
}

// loop is the form in front if it is filled again and again on an outing.
func (s *Shell) loop() *entry.Screen {
	if e, ok := s.room.(*entry.Screen); ok && e.Gloves() {
		return e
	}
	return nil
}

// onKey hears of keys that no widget used.
func (s *Shell) onKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyF1:
		s.showKeysHere()
	case fyne.KeyEscape:
		if s.desk != nil {
			s.desk.StopSlow()
		}
		if step, ok := s.room.(interface{ Later() }); ok {
			step.Later()
		}
	}
}

// saved hears that records were written or came in.
func (s *Shell) saved() {
	if s.role() != s.dressedFor { // a team was joined, or its coordinator gave another role
		for _, r := range s.fixed { // what is begun there may be another's now
			s.stale[r] = r != s.room
		}
		s.room.Build()
		s.frame()
		s.place()
		if p, ok := lookupPlace(s.name); ok && !permitted(p.roles, s.role()) {
			s.Go(s.home())
		}
	}
	s.offerForms()
	s.safeguards.Load()
	s.status.load()
	if s.room != nil {
		s.room.Load()
	}
}

// slow says that something lasts, and how to stop it, until it has ended.
func (s *Shell) slow(on bool) {
	if s.status != nil {
		s.status.wait(on)
	}
}

// wrote hears that a draft or a card was written, or was not.
func (s *Shell) wrote() {
	if s.status != nil {
		s.status.refresh()
	}
}

// restyle shows a change of language, colours or text size at once.
func (s *Shell) restyle() {
	if words.Language() != s.settings.Language {
		words.Use(s.settings.Language)
		for _, r := range s.allRooms() {
			r.Build()
		}
		s.frame()
		s.place()
		s.room.Load() // rows hold words of the language
		s.room.Focus()
	}
	s.paint()
	if s.name == roomSettings { // what was chosen by a key of the menu
		s.room.Load()
	}
}

// paint sets the theme, if it is another one. Fyne repaints what is on the
// screen; the rooms behind are built again when they come to the front.
func (s *Shell) paint() {
	palettes := map[string]theme.Palette{
		model.PaletteLight: theme.Light, model.PaletteDark: theme.Dark, model.PaletteNight: theme.Night,
	}
	look := theme.New(theme.Options{
		Palette: palettes[s.settings.Palette], Scale: float32(s.settings.Scale), Gloves: s.gloves,
	})
	if s.look != nil && s.look.Same(look) {
		return
	}
	s.look = look
	s.stale = map[room]bool{}
	for _, r := range s.allRooms() {
		if r != s.room {
			s.stale[r] = true
		}
	}
	s.app.Settings().SetTheme(look)
	if s.menu != nil { // higher or lower now, which Fyne 2.8.1 lays out once the menu is set again
		s.menu.Refresh()
	}
	if e, ok := s.window.Canvas().Focused().(*kit.Entry); ok {
		e.Recolour()
	}
}

// dress gives the room in front the targets that it needs. The rooms behind it
// keep theirs: they come to the front in the dress that they were built in.
func (s *Shell) dress() {
	g, ok := s.room.(gloved)
	if gloves := ok && g.Gloves(); gloves != s.gloves {
		s.gloves = gloves
		s.look.SetGloves(gloves)
		s.window.Content().Refresh()
	}
}

// frame puts menu, rail and bottom line around the room, in the present
// language.
func (s *Shell) frame() {
	s.dressedFor = s.role()
	s.menu = s.mainMenu()
	s.window.SetMainMenu(s.menu)
	if s.sealing != nil {
		s.ahead = kit.NewAhead()
		s.window.SetContent(s.sealing.frame(s.scroll))
		return
	}
	if s.desk == nil {
		s.window.SetContent(s.scroll)
		return
	}
	if s.status != nil {
		s.status.close()
	}
	s.rail, s.status = newRail(s), newStatus(s)
	s.ahead = kit.NewAhead()
	var content fyne.CanvasObject = container.New(&frameLayout{s.rail}, s.rail.object, s.scroll, s.status.object)
	top := s.tryingRibbon()
	if s.inDemo() {
		top = s.demoRibbon()
	}
	content = container.NewBorder(top, nil, nil, nil, content)
	s.window.SetContent(container.NewStack(content, s.ahead))
	s.status.load()
	s.showTrying()
}
