package main

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"heygen-graphql/heygen/sandbox/internal/rng"
)

func isASCII(s string) bool { return strings.IndexFunc(s, func(c rune) bool { return c > 127 }) < 0 }

// nullable returns v, except in the given percentage of cases: those are null three times out of four, else absent.
func nullable[T any](r *rand.Rand, percent int, v T) optional[T] {
	switch {
	case !rng.Chance(r, percent, 100):
		return value(v)
	case rng.Chance(r, 75, 100):
		return null[T]()
	default:
		return nil
	}
}

// newID returns 32 hexadecimal digits four times out of five. The other kinds of id break a client that expects a number,
// hexadecimal digits, or a valid path segment.
func newID(r *rand.Rand, name string) string {
	word, _, _ := strings.Cut(strings.TrimPrefix(name, "Dr. "), " ")
	word = strings.Trim(word, ",'")
	date := fmt.Sprintf("%d%02d%02d%02d", 2022+r.IntN(4), 1+r.IntN(12), 1+r.IntN(28), 1+r.IntN(9))
	switch n := r.IntN(100); {
	case n < 80 || !isASCII(word) && n < 96:
		return rng.HexID(r)
	case n < 87:
		return word + "_" + rng.Pick(r, "expressive", "public", "sitting", "lobby") + "_" + date
	case n < 91:
		return "group_" + strings.ToLower(word) + "_" + date[4:8]
	case n < 94:
		return strings.ToLower(word) + "-" + rng.Pick(r, "office", "studio", "outdoor") + "-" + date[:4]
	case n < 98:
		return rng.HexID(r)[:8] + "-" + rng.HexID(r)[:4] + "-4" + rng.HexID(r)[:3] + "-a" + rng.HexID(r)[:3] + "-" + rng.HexID(r)[:12]
	default: // needs escaping in a path
		return word + rng.Pick(r, " in suit ", "+guest ", "@standing ", "?v=", "#", "%20") + date
	}
}
