package portrait

import (
	"hash/fnv"
	"math/rand/v2"
)

// dice fall the same way for the same id.
type dice struct{ r *rand.Rand }

func newDice(id string) *dice {
	h := fnv.New64a()
	h.Write([]byte(id))
	return &dice{rand.New(rand.NewPCG(h.Sum64(), 1))}
}

func (d *dice) roll(n int) int   { return d.r.IntN(n) }
func (d *dice) oneIn(n int) bool { return d.roll(n) == 0 }

func pick[T any](d *dice, choices ...T) T { return choices[d.roll(len(choices))] }

// another picks one that is not this one.
func another[T comparable](d *dice, this T, choices []T) T {
	for {
		if other := pick(d, choices...); other != this {
			return other
		}
	}
}
