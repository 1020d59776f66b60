package ui

import (
	"time"

	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	"solidaren/ui/model"
	"solidaren/ui/screen/action"
	"solidaren/ui/screen/directory"
	"solidaren/ui/screen/entry"
	"solidaren/ui/screen/household"
	"solidaren/ui/screen/person"
	"solidaren/ui/screen/persons"
	"solidaren/ui/screen/record"
	"solidaren/ui/screen/rectify"
	"solidaren/ui/words"
)

// OpenRecord shows a finished record.
func (s *Shell) OpenRecord(id string) {
	s.visitAgain(record.New(heard(s, model.NewRecord(s.desk, id)), s), func() { s.OpenRecord(id) })
}

// OpenPerson shows a person's card.
func (s *Shell) OpenPerson(id string) {
	s.visitAgain(person.New(heard(s, model.NewPerson(s.desk, id)), s), func() { s.OpenPerson(id) })
}

// OpenAction shows the sheet of an action of the directory.
func (s *Shell) OpenAction(code string) {
	s.Go(roomDirectory)
	if d, ok := s.room.(*directory.Screen); ok {
		d.Show(code)
	}
}

// EditAction shows the card of an action, field by field.
func (s *Shell) EditAction(code string) {
	s.visitAgain(action.New(heard(s, model.NewDirectoryCard(s.desk, code)), s), func() { s.EditAction(code) })
}

// stepDays is how far away a next step is, unless a day is typed.
const stepDays = 7

// NewStep asks what is to be done for a person, and by when.
func (s *Shell) NewStep(code string) {
	what := kit.NewEntry("")
	what.Limit = 500
	household.AskDay(s.modals, household.DayQuestion{
		Title: words.T("follows.new", code), Label: words.T("field.due_on"), Yes: words.T("follows.add"),
		Above: page.Field(words.T("field.what"), "", what), First: what,
		Today: s.desk.Clock().Local().AddDate(0, 0, stepDays),
		Then: func(day time.Time) {
			s.desk.AddStep(code, what.Text, day, func(undo func(), err error) {
				if err != nil {
					s.Fail("followup", err)
					return
				}
				s.Undoable(words.T("follows.added", code), undo)
			})
		},
	})
}

// OpenHousehold shows the household of a person, or offers to make one.
func (s *Shell) OpenHousehold(personID, code string) {
	s.desk.Household(personID, func(id string, err error) {
		if err != nil {
			s.Fail("household", err)
			return
		}
		if id != "" {
			s.showHousehold(id)
			return
		}
		household.AskDay(s.modals, household.DayQuestion{
			Title: words.T("household.founding", code), Label: words.T("household.since_when"), Yes: words.T("household.found"),
			Today: s.desk.Clock().Local(), Then: func(day time.Time) { s.foundHousehold(personID, day) },
		})
	})
}

func (s *Shell) foundHousehold(personID string, day time.Time) {
	s.desk.FoundHousehold(personID, day, func(id string, undo func(), err error) {
		if err != nil {
			s.Fail("household", err)
			return
		}
		s.showHousehold(id)
		s.Undoable(words.T("household.founded"), undo)
	})
}

func (s *Shell) showHousehold(id string) {
	s.visitAgain(household.New(heard(s, model.NewHousehold(s.desk, id)), s), func() { s.showHousehold(id) })
}

// Rectify puts a person's card right at their request.
func (s *Shell) Rectify(id string) {
	s.visitAgain(rectify.New(heard(s, model.NewRectify(s.desk, id)), s), func() { s.Rectify(id) })
}

// FindPerson searches a person. From a form, what is found answers its
// question for a code.
func (s *Shell) FindPerson() {
	form, ok := s.room.(*entry.Screen)
	if !ok {
		s.Go(roomPersons)
		return
	}
	search := persons.New(heard(s, model.NewPersons(s.desk)), s)
	search.Pick = func(code string, known bool) {
		s.forget(search)
		s.visit(form, "")
		if !form.InsertCode(code, known) {
			s.Say(words.T("entry.no_code"))
		}
	}
	s.visit(search, "")
}

// PickPerson searches a known person for the room in front, and comes back to
// it with the code.
func (s *Shell) PickPerson(then func(code string)) {
	asking := s.room
	search := persons.New(heard(s, model.NewPersons(s.desk)), s)
	search.Known = true
	search.Pick = func(code string, _ bool) {
		s.forget(search)
		s.visit(asking, "")
		then(code)
	}
	s.visit(search, "")
}
