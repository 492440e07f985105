package rng_test

import (
	"math"
	"slices"
	"testing"

	"heygen-graphql/heygen/sandbox/internal/rng"
)

// The catalogue, the looks and the pictures of the sandbox are generated from these sequences.
func TestSequencesNeverChange(t *testing.T) {
	r := rng.New("group_monica")
	if got := []int{r.IntN(1000), r.IntN(1000), r.IntN(1000)}; !slices.Equal(got, []int{101, 250, 141}) {
		t.Errorf("PCG: %v", got)
	}
	if got := r.Uint64(); got != 11260102508454207704 {
		t.Errorf("PCG: %d", got)
	}
	s := rng.NewSplitMix64("group_monica", 2)
	if a, b := s.Uint64(), s.Uint64(); a != 5324063636251477042 || b != 13202411110980123163 {
		t.Errorf("SplitMix64: %d, %d", a, b)
	}
	if n, f := s.IntN(1000), s.Float64(); n != 553 || math.Abs(f-0.343813162064037) > 1e-15 {
		t.Errorf("SplitMix64: %d, %v", n, f)
	}
}

func TestChanceIsAShareOfAllCases(t *testing.T) {
	r, n := rng.NewSplitMix64("", 0), 0
	for range 10_000 {
		if rng.Chance(r, 250, 1000) {
			n++
		}
	}
	if n < 2350 || n > 2650 {
		t.Errorf("%d of 10000 cases, want about 2500", n)
	}
}

func TestPickOtherReturnsEveryChoiceButTheCurrent(t *testing.T) {
	r, seen := rng.New("x"), map[string]bool{}
	for range 100 {
		seen[rng.PickOther(r, "a", "a", "b", "c")] = true
	}
	if len(seen) != 2 || seen["a"] {
		t.Errorf("picked %v", seen)
	}
}
