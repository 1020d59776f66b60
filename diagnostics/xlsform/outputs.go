package xlsform

// sayWithOutputs adds a text, its references as output elements. As other
// compilers do, it sets a text that has some in spaces.
func (c *compiler) sayWithOutputs(n *node, s string, from *element) *node {
	spans := outputSpans(s)
	if len(spans) == 0 {
		return n.say(s)
	}
	at, before := 0, " "
	for _, span := range spans {
		if plain := s[at:span[0]]; plain != "" {
			n.say(before + plain)
		}
		before = ""
		n.add(el("output", "value", c.expand(s[span[0]:span[1]], view{from: from})))
		at = span[1]
	}
	if s[at:] != "" {
		n.say(s[at:] + " ")
	}
	return n
}

// outputSpans finds what a text shows of the form: each reference, and each
// path into a secondary instance as a whole.
func outputSpans(s string) [][2]int {
	var spans [][2]int
	tokens := lex(s)
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if last := instancePath(tokens[i:]); last > 0 {
			i += last
			spans = append(spans, [2]int{t.start, tokens[i].end})
		} else if t.kind == "reference" {
			spans = append(spans, [2]int{t.start, t.end})
		}
	}
	return spans
}

// instancePath gives the index of the last token of a path that begins with
// instance('…')/root/item[…]; 0 where the tokens begin with none.
func instancePath(tokens []token) int {
	if len(tokens) < 4 || tokens[0].text != "instance(" {
		return 0
	}
	last, depth, brackets := 0, 1, 0
	for i, t := range tokens[1:] {
		switch t.kind {
		case "call", "open":
			depth++
		case "close":
			depth--
		case "predicate", "bracket":
			depth++
			brackets++
		case "endbracket":
			depth--
		}
		if depth > 0 {
			continue
		}
		if t.kind != "close" && t.kind != "endbracket" && t.kind != "slash" && t.kind != "name" {
			break
		}
		last = i + 1
	}
	if brackets == 0 {
		return 0
	}
	return last
}
