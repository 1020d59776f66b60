package model

import (
	"fmt"
	"maps"
	"slices"
)

// walkAnswers visits the leaves of an answers tree by name, in a fixed order.
func walkAnswers(name string, tree any, visit func(name, value string)) {
	switch t := tree.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(t)) {
			walkAnswers(join(name, key), t[key], visit)
		}
	case []any:
		for i, row := range t {
			walkAnswers(fmt.Sprintf("%s %d", name, i+1), row, visit)
		}
	case string:
		if t != "" {
			visit(name, t)
		}
	}
}

func join(name, key string) string {
	if name == "" {
		return key
	}
	return name + " / " + key
}
