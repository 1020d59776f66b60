package xlsform

import "slices"

// itext holds the texts that are looked up by language.
type itext struct {
	langs  []string
	byLang map[string]*itextLanguage
}

type itextLanguage struct {
	ids   []string
	texts map[string][]itextValue
}

type itextValue struct {
	form, value string
	from        *element // whose references the text holds
}

// forms of a text beside media.
const (
	formLong     = ""
	formGuidance = "guidance"
)

func (t *itext) put(lang, id string, v itextValue) {
	l := t.byLang[lang]
	if l == nil {
		if t.byLang == nil {
			t.byLang = map[string]*itextLanguage{}
		}
		l = &itextLanguage{texts: map[string][]itextValue{}}
		t.byLang[lang] = l
		t.langs = append(t.langs, lang)
	}
	l.touch(id)
	for i, old := range l.texts[id] {
		if old.form == v.form {
			l.texts[id][i] = v
			return
		}
	}
	l.texts[id] = append(l.texts[id], v)
}

func (t *itext) has(lang, id, form string) bool {
	for _, v := range t.byLang[lang].texts[id] {
		if v.form == form {
			return true
		}
	}
	return false
}

// complete gives every language the same texts, so that no reader falls back on
// an id: "-" where one lacks words that another one has. Media are not asked of
// every language.
func (t *itext) complete() {
	var ids []string
	forms := map[string][]string{}
	for _, lang := range t.langs {
		l := t.byLang[lang]
		for _, id := range l.ids {
			if _, seen := forms[id]; !seen {
				ids = append(ids, id)
				forms[id] = []string{}
			}
			for _, v := range l.texts[id] {
				if !isMedia(v.form) && !slices.Contains(forms[id], v.form) {
					forms[id] = append(forms[id], v.form)
				}
			}
		}
	}
	for _, lang := range t.langs {
		for _, id := range ids {
			t.byLang[lang].touch(id)
			for _, form := range forms[id] {
				if !t.has(lang, id, form) {
					t.put(lang, id, itextValue{form: form, value: "-"})
				}
			}
		}
	}
}

// touch makes room for a text.
func (l *itextLanguage) touch(id string) {
	if _, ok := l.texts[id]; !ok {
		l.ids = append(l.ids, id)
		l.texts[id] = nil
	}
}

func isMedia(form string) bool { return form != formLong && form != formGuidance }

// gatherTexts collects every text that is looked up by language: choices
// first, then the questions in order.
func (c *compiler) gatherTexts() {
	for _, name := range c.listOrder {
		if l := c.lists[name]; l.needsItext() {
			c.gatherChoices(l)
		}
	}
	c.root.walk(c.gatherElement)
	c.root.walk(func(e *element) { c.gatherMedia(e.path()+":label", e.media, e) })
	c.itext.complete()
}

func (c *compiler) gatherChoices(l *choiceList) {
	for i, it := range l.items {
		for _, tr := range it.label.in(c.settings.language) {
			c.itext.put(tr.lang, l.itextID(i), itextValue{value: tr.value})
		}
		c.gatherMedia(l.itextID(i), it.media, nil)
	}
}

func (c *compiler) gatherElement(e *element) {
	put := func(part, form string, t text) {
		for _, tr := range t.in(c.settings.language) {
			c.itext.put(tr.lang, e.path()+":"+part, itextValue{form, tr.value, e})
		}
	}
	for _, m := range e.messages {
		if m.needsItext() {
			put(m.attr, formLong, m.text)
		}
	}
	if e.needsItext() {
		put("label", formLong, e.label)
	}
	if e.hintNeedsItext() {
		put("hint", formLong, e.hint)
		put("hint", formGuidance, e.guidance)
	}
	for _, t := range e.tags {
		t.gather(c, e)
	}
}

func (m message) needsItext() bool { return m.text.translated() || refersTo(m.text.plain) }

func (e *element) hintNeedsItext() bool { return e.hint.translated() || !e.guidance.empty() }

func (c *compiler) gatherMedia(id string, media []medium, from *element) {
	for _, m := range media {
		for _, tr := range m.file.in(c.settings.language) {
			c.itext.put(tr.lang, id, itextValue{m.form, mediaURI(m.form, tr.value), from})
		}
	}
}

// mediaURI names a file of the form as XForms do.
func mediaURI(form, file string) string {
	if form == "image" || form == "big-image" {
		return "jr://images/" + file
	}
	return "jr://" + form + "/" + file
}

// node writes the texts; nil where the form has one language and no media.
func (t *itext) node(c *compiler) *node {
	if len(t.langs) == 0 {
		return nil
	}
	out := el("itext")
	for _, lang := range t.langs {
		n := el("translation", "lang", lang)
		if lang == c.settings.language {
			n.attr.set("default", "true()")
		}
		for _, id := range t.byLang[lang].ids {
			text := el("text", "id", id)
			for _, v := range t.byLang[lang].texts[id] {
				value := el("value")
				if v.form != formLong {
					value.attr.set("form", v.form)
				}
				text.add(c.sayWithOutputs(value, v.value, v.from))
			}
			n.add(text)
		}
		out.add(n)
	}
	return out
}
