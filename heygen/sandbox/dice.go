package sandbox

import "hash/fnv"

// dice fall the same way for the same words and number, in every process. They are splitmix64: thousands of looks are each
// made up with dice of their own, for which the generators of math/rand take too long to set up.
type dice uint64

func newDice(words string, n int) *dice {
	h := fnv.New64a()
	_, _ = h.Write([]byte(words)) // a hash takes all
	d := dice(h.Sum64() + uint64(n)*0xd1b54a32d192ed03)
	return &d
}

func (d *dice) next() uint64 {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func (d *dice) roll(n int) int           { return int(d.next() % uint64(n)) }
func (d *dice) permille(chance int) bool { return d.roll(1000) < chance }
func (d *dice) share() float64           { return float64(d.next()>>11) / (1 << 53) } // 0 to 1, without 1

func pick[T any](d *dice, choices []T) T { return choices[d.roll(len(choices))] }
