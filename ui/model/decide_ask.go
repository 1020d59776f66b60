package model

import (
	"context"
	"encoding/json"
	"maps"

	"solidaren/diagnostics"
	"solidaren/ui/words"
)

// AskPerson stands among the answers to a question: nobody but the person can
// say which of them is right. It becomes a next step.
const AskPerson = "\x00ask"

// settingAsked keeps which step asks a question, by the item's key.
const settingAsked = "decide.asked"

func (m *Decide) askedSteps(ctx context.Context) (map[string]string, error) {
	text, err := m.Notebook.Setting(ctx, settingAsked)
	steps := map[string]string{}
	if err == nil && text != "" {
		err = json.Unmarshal([]byte(text), &steps)
	}
	return steps, err
}

func (m *Decide) keepAsked(ctx context.Context, steps map[string]string) error {
	text, err := json.Marshal(steps)
	if err != nil {
		return err
	}
	return m.Notebook.SetSettings(ctx, map[string]string{settingAsked: string(text)})
}

// askedFor tells which questions a step that is still to do asks the person.
func (m *Decide) askedFor(ctx context.Context) (map[string]bool, error) {
	steps, err := m.askedSteps(ctx)
	asked := map[string]bool{}
	for key, id := range steps {
		step, err := m.Notebook.Get(ctx, id)
		status := step.Get("status")
		asked[key] = err == nil && (status == "" || status == "todo")
	}
	return asked, err
}

// askPerson makes the step. The question stays open until it is answered.
func (m *Decide) askPerson(item DecideItem, done func(DecideItem)) {
	what := words.T("decide.ask.what", FieldLabel(item.Field, words.Language()))
	m.write(item, func(ctx context.Context) error {
		steps, err := m.askedSteps(ctx)
		if err != nil {
			return err
		}
		card, err := m.Notebook.Get(ctx, item.Record)
		if err != nil {
			return err
		}
		step, err := m.Notebook.Create(ctx, diagnostics.Record{Type: diagnostics.TypeFollowUp, Fields: diagnostics.Values{
			"person": item.Person, "what": what, "team": m.Member.Team(), "demo": card.Get("demo"),
		}})
		if err != nil {
			return err
		}
		steps = maps.Clone(steps)
		steps[item.key()] = step.ID
		return m.keepAsked(ctx, steps)
	}, done)
}

// unask takes the step back.
func (m *Decide) unask(item DecideItem) {
	Run(m.scope, &m.act, func(ctx context.Context) (struct{}, error) {
		steps, err := m.askedSteps(ctx)
		if err != nil || steps[item.key()] == "" {
			return struct{}{}, err
		}
		if _, err := m.Notebook.Update(ctx, steps[item.key()], diagnostics.Values{"status": StepCancelled}); err != nil {
			return struct{}{}, err
		}
		delete(steps, item.key())
		return struct{}{}, m.keepAsked(ctx, steps)
	}, func(_ struct{}, err error) {
		if !m.failed("decide", err) {
			m.saved()
		}
		m.Load()
	})
}
