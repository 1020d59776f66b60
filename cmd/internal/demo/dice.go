package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"solidaren/diagnostics"
)

// dice are the only source of chance: the same seed and stream throw the same.
type dice struct{ *rand.Rand }

// roll gives the dice of one stream of a seed. Streams are independent, so that
// one event more does not change the others.
func roll(seed, stream uint64) dice {
	return dice{rand.New(rand.NewPCG(seed, stream))}
}

// chance is true with probability p.
func (d dice) chance(p float64) bool { return d.Float64() < p }

// between is a whole number from low to high, both included.
func (d dice) between(low, high int) int { return low + d.IntN(high-low+1) }

// Read fills p, as an io.Reader of random bytes; it never fails.
func (d dice) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(d.Uint32())
	}
	return len(p), nil
}

// id makes a UUIDv7 of a moment, as diagnostics.NewID would have made then.
func (d dice) id(at time.Time) string {
	var u uuid.UUID
	ms := uint64(at.UnixMilli())
	for i := range 6 {
		u[i] = byte(ms >> (8 * (5 - i)))
	}
	_, _ = d.Read(u[6:])
	u[6] = u[6]&0x0f | 0x70
	u[8] = u[8]&0x3f | 0x80
	return u.String()
}

// code makes a person's code.
func (d dice) code() string { return diagnostics.NewPersonCode(d) }

// odds are codes with their weights.
type odds struct {
	codes   []string
	weights []int
	total   int
}

// parse reads odds from "tent:30 street:20".
func parse(text string) odds {
	var o odds
	for _, item := range strings.Fields(text) {
		code, number, _ := strings.Cut(item, ":")
		weight, err := strconv.Atoi(number)
		if err != nil {
			panic(fmt.Sprintf("demo: odds %q: %v", item, err))
		}
		o.codes, o.weights, o.total = append(o.codes, code), append(o.weights, weight), o.total+weight
	}
	return o
}

// pick draws one code.
func (d dice) pick(o odds) string {
	n := d.IntN(o.total)
	for i, weight := range o.weights {
		if n < weight {
			return o.codes[i]
		}
		n -= weight
	}
	return ""
}

// some draws one to most different codes, separated by spaces.
func (d dice) some(o odds, most int) string {
	n := 1
	for n < most && d.chance(0.4) {
		n++
	}
	var codes []string
	for range 3 * n {
		code := d.pick(o)
		if len(codes) < n && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return strings.Join(codes, " ")
}

// one draws an item of a list.
func one[T any](d dice, list []T) T { return list[d.IntN(len(list))] }

// sometimes gives the value with probability p, else "" (not answered).
func (d dice) sometimes(p float64, value string) string {
	if d.chance(p) {
		return value
	}
	return ""
}
