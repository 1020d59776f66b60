package xform

import (
	"slices"
	"strings"

	"solidaren/diagnostics/xpath"
)

// itext is the texts of a form: by id, one entry a language. What a language
// lacks is taken from the default one.
type itext struct {
	byID     map[string][]textForms
	fallback int
}

// textForms are the forms of a text in one language: "" the plain one,
// "guidance", "short", "long", "image"….
type textForms map[string]*xpath.XMLNode

func (p *parser) readItext(*xpath.XMLNode) {
	f := p.form
	f.texts = itext{byID: map[string][]textForms{}}
	block := p.model.First("itext")
	if block == nil {
		return
	}
	var translations []*xpath.XMLNode
	for _, e := range block.Elements() {
		if e.Name().Local != "translation" {
			continue
		}
		lang := attribute(e, "lang")
		if slices.Contains(f.languages, lang) {
			p.fail("", "itext", "", "deux traductions pour la langue « "+lang+" »", "two translations for the language "+lang)
			continue
		}
		if _, ok := e.Attr("", "default"); ok {
			f.defaultLanguage = len(f.languages)
		}
		f.languages = append(f.languages, lang)
		translations = append(translations, e)
	}
	for i, e := range translations {
		for _, t := range e.Elements() {
			if t.Name().Local == "text" {
				f.texts.add(attribute(t, "id"), i, len(translations), t)
			}
		}
	}
	f.texts.fallback = f.defaultLanguage
	p.called = f.texts.illustrated() || f.texts.uneven()
	if len(f.languages) == 1 && f.languages[0] == "default" {
		f.languages = nil // one unnamed language
	}
}

func (t itext) add(id string, lang, languages int, e *xpath.XMLNode) {
	if t.byID[id] == nil {
		t.byID[id] = make([]textForms, languages)
	}
	forms := textForms{}
	for _, v := range e.Elements() {
		if form := attribute(v, "form"); v.Name().Local == "value" && forms[form] == nil {
			forms[form] = v
		}
	}
	t.byID[id][lang] = forms
}

// readable are the forms of a text that can be read, the best first.
var readable = []string{"", "long", "short"}

// value finds a form of a text in a language, else in the default one, else in
// the first that has it.
func (t itext) value(id, form string, lang int) *xpath.XMLNode {
	v, _ := t.spoken(id, form, lang)
	return v
}

// spoken is value with the language that it was found in. The compilers of the
// field write "-" where a language has no words: that is taken only where no
// language has any.
func (t itext) spoken(id, form string, lang int) (value *xpath.XMLNode, in int) {
	list := t.byID[id]
	wanted := []string{form}
	if form == "" {
		wanted = readable
	}
	for i := -2; i < len(list); i++ {
		at := i
		switch i {
		case -2:
			at = lang
		case -1:
			at = t.fallback
		}
		if at >= len(list) {
			continue
		}
		for _, w := range wanted {
			v := list[at][w]
			switch {
			case v == nil:
			case strings.TrimSpace(v.StringValue()) != noWords || len(v.Elements()) > 0:
				return v, at
			case value == nil:
				value, in = v, at
			}
		}
	}
	return value, in
}

const noWords = "-"

// text is something to read: a sequence of parts in each language, or an
// expression that gives it.
type text struct {
	byLanguage [][]part
	program    *xpath.Program
	media      []*Media // by language
	lent       []string // by language: the one that the text is taken from; "" its own
}

// Media are the forms of a text that are not read: references such as
// jr://images/bus.png, which the host resolves.
type Media struct{ Image, BigImage, Audio, Video string }

// media gives the media of a text in a language; nil for none.
func (t itext) media(id string, lang int) *Media {
	var m Media
	for form, to := range map[string]*string{"image": &m.Image, "big-image": &m.BigImage, "audio": &m.Audio, "video": &m.Video} {
		if v := t.value(id, form, lang); v != nil {
			*to = strings.TrimSpace(v.StringValue())
		}
	}
	if m == (Media{}) {
		return nil
	}
	return &m
}

// Media lists what the texts of the form refer to beside words, each reference
// once, in their order.
func (f *Form) Media() []string {
	var all []string
	for _, languages := range f.texts.byID {
		for _, forms := range languages {
			for _, form := range []string{"image", "big-image", "audio", "video"} {
				if v := forms[form]; v != nil {
					all = append(all, strings.TrimSpace(v.StringValue()))
				}
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// illustrated reports whether any text has media.
func (t itext) illustrated() bool {
	for _, languages := range t.byID {
		for _, forms := range languages {
			for form := range forms {
				if form != "guidance" && !slices.Contains(readable, form) {
					return true
				}
			}
		}
	}
	return false
}

// uneven reports whether any text lacks words in a language that others have.
func (t itext) uneven() bool {
	for id, languages := range t.byID {
		for lang := range languages {
			if t.lentIn(id, lang) >= 0 {
				return true
			}
		}
	}
	return false
}

// lentIn is the language that a text is taken from where a language has no words
// of its own, -1 if it has.
func (t itext) lentIn(id string, lang int) int {
	if v, in := t.spoken(id, "", lang); v != nil && in != lang {
		return in
	}
	return -1
}

// shown gives the media of a text in a language; nil for none.
func (t *text) shown(lang int) *Media {
	if t == nil || lang >= len(t.media) {
		return nil
	}
	return t.media[lang]
}

// lentIn names the language that a text is taken from where a language has none
// of its own; "" if it has.
func (t *text) lentIn(lang int) string {
	if t == nil || lang >= len(t.lent) {
		return ""
	}
	return t.lent[lang]
}

// part is plain text, or an output.
type part struct {
	plain   string
	program *xpath.Program
}

// in writes the text in a language.
func (t *text) in(lang int, ctx *xpath.Context) string {
	if t == nil {
		return ""
	}
	if t.program != nil {
		return t.program.Text(ctx)
	}
	if lang >= len(t.byLanguage) {
		lang = 0
	}
	if len(t.byLanguage) == 0 {
		return ""
	}
	parts := t.byLanguage[lang]
	if len(parts) == 1 && parts[0].program == nil {
		return parts[0].plain
	}
	var b strings.Builder
	for _, one := range parts {
		if one.program == nil {
			b.WriteString(one.plain)
		} else {
			b.WriteString(one.program.Text(ctx))
		}
	}
	return b.String()
}

// plain is the text without what it shows of answers.
func (t *text) plain(lang int) string {
	if t == nil || lang >= len(t.byLanguage) {
		return ""
	}
	var b strings.Builder
	for _, one := range t.byLanguage[lang] {
		b.WriteString(one.plain)
	}
	return b.String()
}

// itextID finds the id in jr:itext('id').
func itextID(ref string) (string, bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(ref), "jr:itext(")
	if !ok {
		return "", false
	}
	rest, ok = strings.CutSuffix(strings.TrimSpace(rest), ")")
	rest = strings.TrimSpace(rest)
	if !ok || len(rest) < 2 || rest[0] != '\'' && rest[0] != '"' || rest[len(rest)-1] != rest[0] {
		return "", false
	}
	id := rest[1 : len(rest)-1]
	return id, !strings.ContainsAny(id, `'"`)
}

// label compiles the text of a label, hint or output-bearing element at d.
// form is "" or "guidance".
func (p *parser) label(d *def, e *xpath.XMLNode, form string, attr string) *text {
	if e == nil {
		return nil
	}
	ref := attribute(e, "ref")
	if ref == "" {
		if form != "" {
			return nil
		}
		return &text{byLanguage: [][]part{p.parts(d, e, attr)}}
	}
	if id, ok := itextID(ref); ok {
		return p.itextLabel(d, id, form, attr)
	}
	if form != "" {
		return nil
	}
	return &text{program: p.program(d, attr, ref, viewKind)}
}

func (p *parser) itextLabel(d *def, id, form, attr string) *text {
	t := &text{}
	found := false
	for lang := range max(1, len(p.form.texts.byID[id])) {
		if form == "" {
			t.media = append(t.media, p.form.texts.media(id, lang))
			found = found || t.media[lang] != nil
		}
		v, in := p.form.texts.spoken(id, form, lang)
		t.lent = append(t.lent, "")
		if v == nil {
			t.byLanguage = append(t.byLanguage, nil)
			continue
		}
		if in != lang {
			t.lent[lang] = p.form.languages[in]
		}
		found = true
		t.byLanguage = append(t.byLanguage, p.parts(d, v, attr))
	}
	if !found {
		return nil
	}
	return t
}

// parts compiles the content of an element: text and outputs. White space at
// the ends is the form's layout, not part of the text.
func (p *parser) parts(d *def, e *xpath.XMLNode, attr string) []part {
	var list []part
	for _, n := range e.Children() {
		x := n.(*xpath.XMLNode)
		switch {
		case x.Kind() == xpath.KindText:
			list = append(list, part{plain: x.StringValue()})
		case x.Kind() != xpath.KindElement:
		case x.Name().Local == "output":
			if program := p.program(d, attr, firstOf(attribute(x, "value"), attribute(x, "ref")), viewKind); program != nil {
				list = append(list, part{program: program})
			}
		default:
			list = append(list, part{plain: x.StringValue()})
		}
	}
	if n := len(list); n > 0 {
		if list[0].program == nil {
			list[0].plain = strings.TrimLeft(list[0].plain, " \t\r\n")
		}
		if list[n-1].program == nil {
			list[n-1].plain = strings.TrimRight(list[n-1].plain, " \t\r\n")
		}
	}
	return list
}

// message compiles jr:constraintMsg or jr:requiredMsg: a text, or jr:itext(…).
func (p *parser) message(d *def, attr, value string) *text {
	if value == "" {
		return nil
	}
	if id, ok := itextID(value); ok {
		return p.itextLabel(d, id, "", attr)
	}
	return &text{byLanguage: [][]part{{{plain: value}}}}
}
