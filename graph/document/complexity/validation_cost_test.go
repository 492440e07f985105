package complexity

import "testing"

func TestValidationStepsCountPartsAndComparisons(t *testing.T) {
	for source, want := range map[string]int{
		`{ a b c }`:                   3 * 2,
		`{ a @x b(c: 1) }`:            2*2 + 4 + 1 + 1,
		`query($v: Int = 1) @x { a }`: 8 + 1 + 4 + 2,
		`{ a a a a a }`:               5*2 + 10,            // pairs
		`{ a { b b b } a { b b b } }`: 8*2 + 1 + 15,        // all of one path
		`{ x { b b b } y { b b b } }`: 8*2 + 3 + 3,         // of two paths
		`{ a: b a: c a: d }`:          3*2 + (32+32+64)/16, // conflicts
		`{ a(b: 1 c: 2 d: 3 e: 4) a(b: 1 c: 2 d: 3 e: 4) }`: 2*2 + 8*2 + 4,
		`{ ... { ... { a a a } } }`:                         5*2 + 3 + 2*3, // in each of three sets
		`{ x { ... { a a a } } }`:                           5*2 + 3 + 3,
		`query A { a a a } query B { a a a }`:               2 * (3*2 + 3),
		// The steps of the fragment itself, of the fragment for the operation, and of merging the two.
		`{ ...F } fragment F on T { a a a }`:                                               2 + 3*2 + 3*2 + 3 + 9 + 1,
		`{ ... { ...F } } fragment F on T { a a a }`:                                       2*2 + 3*2 + 3*2 + 3 + 2*(9+3/2),
		`query A { ...F } query B { ...F } fragment F on T { a { b b b } }`:                2*2 + 3*(4*2) + 2*3 + 1 + 3 + 4/2,
		`{ ...F ...F ...F ...F ...F } fragment F on T { a }`:                               5*2 + 2 + 2 + 10/8 + 1 + 1,
		`{ x { ...F ...F } y { ...F } } fragment F on T { a }`:                             5*2 + 2 + 2 + 1 + 4/2,
		`{ ...F } fragment F on T { ...G } fragment G on T { ...H } fragment H on T { a }`: 4*2 + 3*2 + 2*2 + 2 + 1 + 3*(4/2) + 4*2/8,
	} {
		if got := Measure(parse(t, source)).ValidationSteps.Value; got != want {
			t.Errorf("%s: %d steps, want %d", source, got, want)
		}
	}
}
