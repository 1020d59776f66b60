package page

import (
	"strings"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/words"
)

// TypedQuestion asks for a word to be typed before something that cannot be taken
// back.
type TypedQuestion struct {
	Title, Text string
	Word        string // in capitals
	Yes         string // the verb on the button
	Then        func() // once the word was typed
	Else        func(sentence string)
}

// Dialog shows the question; Enter chooses what is safe.
func (q TypedQuestion) Dialog() kit.Dialog {
	typed := kit.NewEntry("")
	return kit.Dialog{
		Title: q.Title, First: typed, Wide: true,
		Content: kit.VStack(look.Gap, kit.Text(q.Text), Field(words.T("kit.typed", q.Word), "", typed)),
		Buttons: []kit.Action{{Text: words.T("kit.cancel"), Default: true}, {Text: q.Yes, Danger: true, Do: func() {
			if !sameWord(typed.Text, q.Word) {
				q.Else(words.T("kit.not_typed"))
				return
			}
			q.Then()
		}}},
	}
}

// sameWord compares what was typed with a word in capitals; a keyboard may not
// give a capital letter with an accent.
func sameWord(typed, word string) bool {
	plain := strings.NewReplacer("é", "e", "É", "e")
	return strings.EqualFold(plain.Replace(strings.TrimSpace(typed)), plain.Replace(word))
}
