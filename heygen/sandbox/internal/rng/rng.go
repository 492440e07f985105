// Package rng holds the deterministic random number generators of the sandbox: the same key has the same sequence in every
// process, so that generated looks, portraits and samples never change. None of it is fit for secrets.
//
//	r := rng.New("group_monica")
//	color := rng.Pick(r, "red", "green", "blue")
package rng

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
)

// Source is a random number generator: a [rand.Rand] or a [SplitMix64].
type Source interface {
	Uint64() uint64
	IntN(n int) int // 0 to n-1
}

// New returns a PCG generator seeded with the hash of key.
func New(key string) *rand.Rand { return rand.New(rand.NewPCG(hash(key), 1)) }

func hash(key string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(key)) // a hash never fails
	return h.Sum64()
}

// Chance reports true in n of every total cases.
func Chance(r Source, n, total int) bool { return r.IntN(total) < n }

// Pick returns one of the choices.
func Pick[T any](r Source, choices ...T) T { return choices[r.IntN(len(choices))] }

// PickOther returns one of the choices other than current.
func PickOther[T comparable](r Source, current T, choices ...T) T {
	for {
		if other := Pick(r, choices...); other != current {
			return other
		}
	}
}

// HexID returns 32 hexadecimal digits.
func HexID(r Source) string { return fmt.Sprintf("%016x%016x", r.Uint64(), r.Uint64()) }
