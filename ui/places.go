package ui

import (
	"slices"

	"solidaren/diagnostics"
	"solidaren/ui/model"
	"solidaren/ui/screen/access"
	"solidaren/ui/screen/decide"
	"solidaren/ui/screen/directory"
	"solidaren/ui/screen/export"
	"solidaren/ui/screen/follow"
	"solidaren/ui/screen/help"
	"solidaren/ui/screen/interviews"
	"solidaren/ui/screen/persons"
	"solidaren/ui/screen/questionnaires"
	"solidaren/ui/screen/records"
	"solidaren/ui/screen/rights"
	"solidaren/ui/screen/sealed"
	"solidaren/ui/screen/sectors"
	"solidaren/ui/screen/security"
	"solidaren/ui/screen/sending"
	"solidaren/ui/screen/settings"
	teamroom "solidaren/ui/screen/team"
	"solidaren/ui/screen/technical"
	"solidaren/ui/screen/today"
	"solidaren/ui/screen/tour"
)

// Names of the places.
const (
	roomToday      = "today"
	roomTour       = "tour"
	roomRecords    = "records"
	roomPersons    = "persons"
	roomFollows    = "follows"
	roomDirectory  = "directory"
	roomExport     = "export"
	roomDecide     = "decide"
	roomSectors    = "sectors"
	roomRights     = "rights"
	roomAccess     = "access"
	roomSending    = "sending"
	roomSettings   = "settings"
	roomInterviews = "interviews"
	roomTechnical  = "technical"
	roomHelp       = "help"
	roomTeam       = "team"
	roomSealed     = "sealed"
	roomSecurity   = "security"
	roomForms      = "forms"
)

// place is a room that the rail, the menu and the palette lead to.
type place struct {
	name  string
	label string // key of its words
	sign  string // name of its drawing in the rail; "": it is not in the rail
	digit string // of its shortcut, "" for none
	roles []diagnostics.Role
	// build makes the room, on the first visit. It stays until the notebook is
	// locked, so that it keeps its place.
	build   func(*Shell) room
	waiting func(*model.Status) int // how many things wait there; nil: none ever do
}

// Who may go where (UX.md §2.1). A notebook that has joined no team belongs to
// whoever opens it: there every place is open.
var (
	everybody    []diagnostics.Role // nil
	street       = []diagnostics.Role{diagnostics.RoleWorker, diagnostics.RoleSocialWorker}
	field        = []diagnostics.Role{diagnostics.RoleWorker, diagnostics.RoleSocialWorker, diagnostics.RoleCoordinator}
	team         = []diagnostics.Role{diagnostics.RoleWorker, diagnostics.RoleSocialWorker, diagnostics.RoleCoordinator, diagnostics.RoleAdmin}
	coordination = []diagnostics.Role{diagnostics.RoleCoordinator}
	accounts     = []diagnostics.Role{diagnostics.RoleCoordinator, diagnostics.RoleAdmin}
	members      = diagnostics.Roles()
	counting     = append([]diagnostics.Role{diagnostics.RoleVolunteer}, street...) // a volunteer sees their own records alone
	writers      = append([]diagnostics.Role{diagnostics.RoleVolunteer}, field...)
)

// permitted reports whether somebody of a role may go to or do what is for
// some roles.
func permitted(roles []diagnostics.Role, role diagnostics.Role) bool {
	return roles == nil || role == "" || slices.Contains(roles, role)
}

// places are the rooms in the order of the rail. The first that a role may go
// to is where it starts.
var places = []place{
	{
		roomToday, "nav.today", "today", "1", team,
		func(s *Shell) room { return today.New(heard(s, model.NewToday(s.desk)), s) }, nil,
	},
	{
		roomTour, "nav.tour", "tour", "2", counting,
		func(s *Shell) room { return tour.New(heard(s, model.NewTour(s.desk)), s) }, nil,
	},
	{
		roomInterviews, "nav.interviews", "interviews", "3", street,
		func(s *Shell) room { return interviews.New(heard(s, model.NewInterviews(s.desk)), s) },
		func(m *model.Status) int { return m.Drafts },
	},
	{
		roomPersons, "nav.persons", "persons", "4", field,
		func(s *Shell) room { return persons.New(heard(s, model.NewPersons(s.desk)), s) }, nil,
	},
	{
		roomFollows, "nav.follows", "followups", "5", street,
		func(s *Shell) room { return follow.New(heard(s, model.NewFollows(s.desk)), s) },
		func(m *model.Status) int { return m.Due },
	},
	{
		roomDirectory, "nav.directory", "directory", "6", everybody,
		func(s *Shell) room { return directory.New(heard(s, model.NewDirectory(s.desk)), s) }, nil,
	},
	{
		roomExport, "nav.export", "export", "8", coordination,
		func(s *Shell) room { return export.New(heard(s, model.NewExport(s.desk)), s) }, nil,
	},
	{
		roomDecide, "nav.decide", "decide", "9", field,
		func(s *Shell) room { return decide.New(heard(s, model.NewDecide(s.desk)), s) },
		func(m *model.Status) int { return m.Counts.Conflicts + m.Counts.Held },
	},
	{
		roomSectors, "nav.sectors", "", "", coordination,
		func(s *Shell) room { return sectors.New(heard(s, model.NewSectors(s.desk)), s) }, nil,
	},
	{
		roomForms, "nav.forms", "", "", coordination,
		func(s *Shell) room { return questionnaires.New(heard(s, model.NewQuestionnaires(s.desk)), s) }, nil,
	},
	{
		roomRights, "nav.rights", "", "", coordination,
		func(s *Shell) room { return rights.New(heard(s, model.NewRights(s.desk)), s) }, nil,
	},
	{
		roomAccess, "nav.access", "", "", coordination,
		func(s *Shell) room { return access.New(heard(s, model.NewAccessLog(s.desk))) }, nil,
	},
	{
		roomTeam, "nav.team", "", "", accounts,
		func(s *Shell) room { return teamroom.New(heard(s, model.NewTeam(s.desk)), s) }, nil,
	},
	{
		roomSending, "nav.sending", "sending", "0", members,
		func(s *Shell) room { return sending.New(heard(s, model.NewSending(s.desk)), s) },
		func(m *model.Status) int { return m.ToSend() },
	},
	{
		roomRecords, "nav.records", "records", "", writers,
		func(s *Shell) room { return records.New(heard(s, model.NewRecords(s.desk)), s) }, nil,
	},
	{
		roomSealed, "nav.sealed", "", "", field,
		func(s *Shell) room { return sealed.New(heard(s, model.NewSealed(s.desk)), s) }, nil,
	},
	{
		roomSecurity, "nav.security", "", "", everybody,
		func(s *Shell) room { return security.New(heard(s, model.NewSecurity(s.desk)), s) }, nil,
	},
	{
		roomSettings, "nav.settings", "settings", "", everybody,
		func(s *Shell) room { return settings.New(s.settings, s) }, nil,
	},
	{
		roomTechnical, "nav.technical", "", "", everybody,
		func(s *Shell) room { return technical.New(heard(s, model.NewTechnical(s.desk)), s) }, nil,
	},
	{
		roomHelp, "nav.help", "", "", everybody,
		func(s *Shell) room { return help.New(model.NewHelp(s.clock, nil), s.allKeys, s.keysOf) }, nil,
	},
}

// labelOf is the key of a place's words: a volunteer goes out to count.
func (s *Shell) labelOf(p place) string {
	if p.name == roomTour && s.desk != nil && s.role() == diagnostics.RoleVolunteer {
		return "form_name.nuit_solidarite"
	}
	return p.label
}

// lookupPlace finds a place by name.
func lookupPlace(name string) (place, bool) {
	i := slices.IndexFunc(places, func(p place) bool { return p.name == name })
	if i < 0 {
		return place{}, false
	}
	return places[i], true
}

// home is where the role of the notebook's holder starts.
func (s *Shell) home() string {
	i := slices.IndexFunc(places, func(p place) bool { return permitted(p.roles, s.desk.Role()) })
	return places[i].name
}
