package main

import (
	"math"
	"testing"
)

func TestTheHeapMayGrowToItsLeastAndThenAsGoHasIt(t *testing.T) {
	for inUse, want := range map[uint64]int{
		0: 800, 1 << 20: 800, 4 << 20: 600, 7 << 20: 300, 14 << 20: 100, 20 << 20: 100, 1 << 30: 100, math.MaxUint64 / 200: 100,
	} {
		if got := gcPercent(inUse); got != want {
			t.Errorf("%d MiB in use: %d %%, want %d", inUse>>20, got, want)
		}
	}
}
