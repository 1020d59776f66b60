package likenesstest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// Kinds of mistakes, by what someone does who has only heard a name.
const (
	Insert       = "insert"
	Delete       = "delete"
	Substitute   = "substitute"
	Transpose    = "transpose"
	Accents      = "accents"
	Swap         = "swap" // given and family name exchanged
	Sound        = "sound"
	Nickname     = "nickname"
	Particle     = "particle"
	BirthSlipped = "birth"
)

// Kinds lists them.
func Kinds() []string {
	return []string{Insert, Delete, Substitute, Transpose, Accents, Swap, Sound, Nickname, Particle, BirthSlipped}
}

// typed is what is typed of a person, before it is one line.
type typed struct{ given, family, birth string }

// Misspell types a person's names, with the birth date if withBirth, and makes
// the mistakes of the kinds. It reports false where a kind cannot happen to
// this person: no particle, no nickname, no accent.
func Misspell(r *rand.Rand, p Person, withBirth bool, kinds ...string) (string, bool) {
	t := typed{given: p.Given, family: p.Family}
	if withBirth {
		t.birth = written(r, p.Birth)
	}
	swapped := false
	for _, kind := range kinds {
		if kind == Swap {
			swapped = true
			continue
		}
		if !mistakes[kind](r, &t, p) {
			return "", false
		}
	}
	parts := []string{t.given, t.family, t.birth}
	if swapped {
		parts[0], parts[1] = parts[1], parts[0]
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " "), true
}

// written is a date as people write it.
func written(r *rand.Rand, iso string) string {
	day, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		panic(err)
	}
	return day.Format([]string{"02/01/2006", "2/1/2006", "02.01.2006", "02-01-2006", "2006-01-02"}[r.IntN(5)])
}

var mistakes = map[string]func(*rand.Rand, *typed, Person) bool{
	Insert: func(r *rand.Rand, t *typed, _ Person) bool {
		return letters(r, t, func(w []rune) []rune { return slices.Insert(w, r.IntN(len(w)+1), letter(r)) })
	},
	Delete: func(r *rand.Rand, t *typed, _ Person) bool {
		return letters(r, t, func(w []rune) []rune { i := r.IntN(len(w)); return slices.Delete(w, i, i+1) })
	},
	Substitute: func(r *rand.Rand, t *typed, _ Person) bool {
		return letters(r, t, func(w []rune) []rune { w[r.IntN(len(w))] = letter(r); return w })
	},
	Transpose: func(r *rand.Rand, t *typed, _ Person) bool {
		return letters(r, t, func(w []rune) []rune { i := r.IntN(len(w) - 1); w[i], w[i+1] = w[i+1], w[i]; return w })
	},
	Accents: func(_ *rand.Rand, t *typed, _ Person) bool {
		given, family := plain(t.given), plain(t.family)
		if given == t.given && family == t.family {
			return false
		}
		t.given, t.family = given, family
		return true
	},
	Sound: func(r *rand.Rand, t *typed, _ Person) bool {
		part := either(r, t)
		heard, ok := mishear(r, *part)
		*part = heard
		return ok
	},
	Nickname: func(r *rand.Rand, t *typed, p Person) bool {
		short := nicknames[plain(strings.ToLower(p.Given))]
		if short == nil {
			return false
		}
		t.given = short[r.IntN(len(short))]
		return true
	},
	Particle: func(_ *rand.Rand, t *typed, _ Person) bool {
		parts := strings.Fields(strings.ReplaceAll(t.family, "-", " "))
		if len(parts) < 2 {
			return false
		}
		t.family = parts[len(parts)-1]
		return true
	},
	BirthSlipped: func(r *rand.Rand, t *typed, p Person) bool {
		if t.birth == "" {
			return false
		}
		t.birth = slip(r, p.Birth)
		return true
	},
}

// either is the given or the family name.
func either(r *rand.Rand, t *typed) *string {
	if r.IntN(2) == 0 {
		return &t.given
	}
	return &t.family
}

// leastWord is how long a word is that one more mistake leaves readable.
const leastWord = 4

// letters changes the letters of one word.
func letters(r *rand.Rand, t *typed, change func([]rune) []rune) bool {
	part := either(r, t)
	words := strings.Fields(*part)
	i := r.IntN(len(words))
	w := []rune(words[i])
	if len(w) < leastWord {
		return false
	}
	words[i] = string(change(w))
	*part = strings.Join(words, " ")
	return true
}

func letter(r *rand.Rand) rune { return rune('a' + r.IntN(26)) }

func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0x300 && r < 0x370 {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

// slip is a date gone wrong: day and month exchanged, a digit off by one, or
// the year alone.
func slip(r *rand.Rand, iso string) string {
	day, _ := time.Parse(time.DateOnly, iso)
	y, m, d := day.Year(), int(day.Month()), day.Day()
	switch r.IntN(5) {
	case 0:
		if d <= 12 {
			m, d = d, m
		}
	case 1:
		d = max(1, d-1)
	case 2:
		m = min(12, m+1)
	case 3:
		y++
	default:
		return fmt.Sprint(y)
	}
	return fmt.Sprintf("%02d/%02d/%d", d, m, y)
}

// heard are ways to write what is heard, in both directions.
var heard = [][2]string{
	{"ph", "f"},
	{"ca", "ka"},
	{"co", "ko"},
	{"cou", "kou"},
	{"qu", "k"},
	{"ou", "u"},
	{"eau", "o"},
	{"au", "o"},
	{"ai", "é"},
	{"ei", "é"},
	{"i", "y"},
	{"ss", "s"},
	{"ll", "l"},
	{"tt", "t"},
	{"nn", "n"},
	{"mm", "m"},
	{"rr", "r"},
	{"ch", "sh"},
	{"dj", "j"},
	{"kh", "k"},
	{"th", "t"},
	{"gh", "g"},
	{"gu", "g"},
	{"an", "en"},
	{"am", "em"},
	{"ks", "x"},
	{"w", "ou"},
	{"v", "w"},
	{"z", "s"},
	{"ce", "se"},
	{"ci", "si"},
	{"ham", "hamm"},
	{"ei", "ey"},
	{"sch", "ch"},
	{"tch", "ch"},
	{"eux", "eu"},
	{"ault", "eau"},
	{"aud", "eau"},
	{"ais", "é"},
	{"ez", "es"},
	{"ier", "ié"},
}

// mishear writes one sound of a name in another way.
func mishear(r *rand.Rand, name string) (string, bool) {
	lower := strings.ToLower(name)
	for _, i := range r.Perm(len(heard)) {
		from, to := heard[i][0], heard[i][1]
		if r.IntN(2) == 0 {
			from, to = to, from
		}
		if strings.Contains(lower, from) {
			return strings.Replace(lower, from, to, 1), true
		}
	}
	return name, false
}

// nicknames are some that people answer to, by the given name without accents.
var nicknames = map[string][]string{
	"mohamed": {"Momo", "Moha", "Mohammed"}, "alexandre": {"Alex", "Sacha"}, "jean": {"Jeannot"}, "joseph": {"Jo"}, "robert": {"Bob"},
	"philippe": {"Phil"}, "nicolas": {"Nico"}, "christophe": {"Chris", "Totof"}, "laurent": {"Lolo"}, "patrick": {"Pat"}, "frederic": {"Fred"},
	"sebastien": {"Seb"}, "stephane": {"Steph"}, "thomas": {"Tom"}, "catherine": {"Cathy"}, "nathalie": {"Nath"}, "isabelle": {"Isa"},
	"stephanie": {"Steph"}, "veronique": {"Véro"}, "elodie": {"Élo"}, "guillaume": {"Guigui"}, "maxime": {"Max"}, "vincent": {"Vince"},
	"xavier": {"Xav"}, "bernadette": {"Nadette"}, "beatrice": {"Béa"}, "raymond": {"Ray"}, "albert": {"Bébert"}, "louis": {"Loulou"},
	"youssef": {"Youss"}, "fatima": {"Fati"}, "abdelkader": {"Kader"}, "mustapha": {"Mous"}, "noureddine": {"Nour"}, "mamadou": {"Madou"},
	"fatoumata": {"Fatou"}, "ibrahima": {"Ibra"}, "boubacar": {"Bouba"}, "souleymane": {"Souley"}, "abdoulaye": {"Ablaye"},
	"oleksandr": {"Sacha", "Alexandre"}, "aleksandr": {"Sacha", "Alexandre"}, "dmitri": {"Dima"}, "vladimir": {"Vova"}, "natalia": {"Natacha"},
	"mikhail": {"Micha"}, "jose": {"Pepe"}, "manuel": {"Manu"}, "julien": {"Juju"}, "emilie": {"Mimi"}, "michel": {"Michou"}, "pierre": {"Pierrot"},
}
