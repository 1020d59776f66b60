package demo

import (
	"slices"
	"strings"
	"time"
)

// person is someone of the demo: what stays the same from meeting to meeting.
type person struct {
	code, handle        string
	home                string // district
	age, gender         string
	night, since        string
	household           string
	adults, minors      int
	pets, phone, worker string
	publics             string
	met                 bool
}

// A double is the same person under a second card, made because the handle was
// written otherwise: teams meet them, and a search should find both.
const doubles = 0.03

// newPerson draws a person; before are those drawn already.
func newPerson(d dice, before []*person) *person {
	if len(before) > 0 && d.chance(doubles) {
		twin := *one(d, before)
		twin.handle, twin.code, twin.met = mistype(d, twin.handle), d.code(), false
		return &twin
	}
	p := &person{
		code: d.code(), handle: one(d, handles), home: d.pick(homes), age: d.pick(ages), gender: d.pick(genders),
		night: d.pick(nights), since: d.pick(since), household: d.pick(singles), adults: 1,
		pets: d.pick(yesNo), phone: d.pick(phones), worker: d.pick(yesNo), publics: d.some(publics, 3),
	}
	if alone, ok := singleOf[p.gender]; ok && strings.HasSuffix(p.household, "s") {
		p.household = alone
	}
	if d.chance(0.22) {
		p.household = d.pick(families)
		if p.household != "fse" && p.household != "hse" {
			p.adults = 2
		}
		if strings.HasSuffix(p.household, "se") {
			p.minors = d.between(1, 4)
		}
	}
	if strings.Contains(p.publics, "none") {
		p.publics = "none"
	}
	return p
}

// singleOf is the household of someone alone, by gender.
var singleOf = map[string]string{"m": "hs", "f": "fs"}

// mistype writes a handle as a tired hand does: two letters exchanged, one
// doubled or one lost.
func mistype(d dice, handle string) string {
	letters := []rune(handle)
	if len(letters) < 3 {
		return handle + handle
	}
	i := d.between(1, len(letters)-2)
	switch d.IntN(3) {
	case 0:
		letters[i], letters[i+1] = letters[i+1], letters[i]
	case 1:
		letters = slices.Insert(letters, i, letters[i])
	default:
		letters = slices.Delete(letters, i, i+1)
	}
	return string(letters)
}

// planted is the emerging need: in one district, in the last three months, more
// and more persons cannot wash their clothes. It is what an analysis should
// find.
const (
	plantedDistrict = "q11"
	plantedDomain   = "hygiene"
	plantedMonths   = 3
)

// emerges reports whether a person says the planted need on that day.
func (p *person) emerges(d dice, at, until time.Time) bool {
	if p.home != plantedDistrict {
		return false
	}
	for month := range plantedMonths {
		if at.After(until.AddDate(0, -1-month, 0)) {
			return d.chance(0.75 - 0.2*float64(month))
		}
	}
	return false
}

// needs draws what a person lacks: sometimes the planted need, in winter more
// often a shelter.
func (p *person) needs(d dice, from odds, most int, at, until time.Time) []string {
	domains := strings.Fields(d.some(from, most))
	if winter := at.Month() <= time.March || at.Month() >= time.November; winter && d.chance(0.15) {
		domains = append(domains, "shelter")
	}
	if p.emerges(d, at, until) {
		domains = append(domains, plantedDomain)
	}
	slices.Sort(domains)
	return slices.Compact(domains)
}

// words are what the person says of a need.
func (p *person) words(d dice, domain string, at, until time.Time) string {
	if domain == plantedDomain && p.emerges(d, at, until) {
		return one(d, laundry)
	}
	return one(d, ownWords[domain])
}
