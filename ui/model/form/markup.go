package form

import (
	"regexp"
	"strings"
)

// Span is a stretch of text in one style.
type Span struct {
	Text         string
	Bold, Italic bool
}

// Paragraph is a line of a label, hint or note. Mark begins a line of a list:
// "•", "1.".
type Paragraph struct {
	Mark  string
	Spans []Span
}

var (
	listLine   = regexp.MustCompile(`^\s*(?:[-*•+]|(\d{1,3}[.)]))\s+(.*)$`)
	titleLine  = regexp.MustCompile(`^\s*#{1,6}\s+(.*)$`)
	linkShape  = regexp.MustCompile(`\[([^\][]+)\]\(([^()\s]+)\)`)
	tagShape   = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)
	boldShape  = regexp.MustCompile(`\*\*([^\s*](?:[^*]*[^\s*])?)\*\*|__([^\s_](?:[^_]*[^\s_])?)__`)
	leanShape  = regexp.MustCompile(`(^|[^\w*])\*([^\s*](?:[^*]*[^\s*])?)\*|(^|[^\w_])_([^\s_](?:[^_]*[^\s_])?)_($|[^\w_])`)
	escapes    = strings.NewReplacer(`\*`, "\ue000", `\_`, "\ue001", `\#`, "\ue002", `\-`, "\ue003", `\[`, "\ue004")
	unescapes  = strings.NewReplacer("\ue000", "*", "\ue001", "_", "\ue002", "#", "\ue003", "-", "\ue004", "[")
	entities   = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&", "&nbsp;", "\u00a0")
	lineBreaks = regexp.MustCompile(`(?i)<br\s*/?>|</p>|\r\n?`)
)

// Markup reads the marks that the words of a form may have: bold, italics,
// titles, lists, links. A link is its words with its address behind; other tags
// are left out, and marks that do not end stay as they are.
func Markup(text string) []Paragraph {
	text = lineBreaks.ReplaceAllString(text, "\n")
	text = tagShape.ReplaceAllString(escapes.Replace(text), "")
	text = linkShape.ReplaceAllStringFunc(text, func(link string) string {
		m := linkShape.FindStringSubmatch(link)
		if m[1] == m[2] {
			return m[1]
		}
		return m[1] + " (" + m[2] + ")"
	})
	var all []Paragraph
	for _, line := range strings.Split(strings.Trim(text, "\n"), "\n") {
		p := Paragraph{}
		bold := false
		if m := titleLine.FindStringSubmatch(line); m != nil {
			line, bold = m[1], true
		} else if m := listLine.FindStringSubmatch(line); m != nil {
			p.Mark, line = m[1], m[2]
			if p.Mark == "" {
				p.Mark = "•"
			}
		}
		p.Spans = spans(line, bold)
		all = append(all, p)
	}
	return all
}

// spans cuts a line at its bold stretches, and those at the italic ones.
func spans(line string, bold bool) []Span {
	var all []Span
	at := 0
	for _, m := range boldShape.FindAllStringSubmatchIndex(line, -1) {
		all = append(all, leaning(line[at:m[0]], bold)...)
		inside := line[max(m[2], m[4]):max(m[3], m[5])]
		all = append(all, leaning(inside, true)...)
		at = m[1]
	}
	return append(all, leaning(line[at:], bold)...)
}

func leaning(text string, bold bool) []Span {
	var all []Span
	add := func(text string, italic bool) {
		if text != "" {
			all = append(all, Span{entities.Replace(unescapes.Replace(text)), bold, italic})
		}
	}
	for {
		m := leanShape.FindStringSubmatchIndex(text)
		if m == nil {
			add(text, false)
			return all
		}
		from, to := max(m[4], m[8]), max(m[5], m[9])
		add(text[:from-1], false)
		add(text[from:to], true)
		text = text[to+1:]
	}
}

// bare reports whether a text has no mark at all: of long lists most have none,
// and looking for each costs more than all else that is done with them.
func bare(text string) bool {
	if strings.ContainsAny(text, "*_#[<&\\\r\n") {
		return false
	}
	first := strings.TrimLeft(text, " \t")
	return first == "" || !strings.ContainsAny(first[:1], "-+0123456789") && !strings.HasPrefix(first, "•")
}

// Plain is a text without its marks.
func Plain(text string) string {
	if bare(text) {
		return text
	}
	return unmarked(text)
}

func unmarked(text string) string {
	var lines []string
	for _, p := range Markup(text) {
		line := p.Mark
		if line != "" {
			line += " "
		}
		for _, s := range p.Spans {
			line += s.Text
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
