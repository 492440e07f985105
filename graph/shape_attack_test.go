package graph

import (
	"fmt"
	"math"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
)

// looked parses and measures a document as a server does.
func looked(t testing.TB, text string) (*ast.QueryDocument, *shape) {
	t.Helper()
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, DefaultLimits.Tokens)
	if err != nil {
		t.Fatalf("%v: %.200s", err, text)
	}
	return doc, measure(doc)
}

// selections counts those of a document as they are written.
func selections(doc *ast.QueryDocument) int {
	var in func(ast.SelectionSet) int
	in = func(set ast.SelectionSet) (n int) {
		for _, selection := range set {
			n++
			switch s := selection.(type) {
			case *ast.Field:
				n += in(s.SelectionSet)
			case *ast.InlineFragment:
				n += in(s.SelectionSet)
			}
		}
		return n
	}
	n := 0
	for _, o := range doc.Operations {
		n += in(o.SelectionSet)
	}
	for _, f := range doc.Fragments {
		n += in(f.SelectionSet)
	}
	return n
}

func TestHostileDocumentsAreRefusedAndSayWhy(t *testing.T) {
	for name, d := range hostile("") {
		doc, s := looked(t, d[0])
		if e := (Limits{}).refuseShape(s); e == nil || !strings.Contains(e.Message, d[1]) || len(e.Locations) != 1 || len(e.Message) > 300 {
			t.Errorf("%s: %v", name, e)
		}
		if written := selections(doc); s.visited != written {
			t.Errorf("%s: %d selections were looked at, of %d", name, s.visited, written)
		}
	}
}

// TestHostileDocumentsTakeNoMoreMemoryThanOthers to parse and to measure: the
// largest of the sane ones makes 3,000 allocations, a list in a list in a list 4,500.
func TestHostileDocumentsTakeNoMoreMemoryThanOthers(t *testing.T) {
	for name, d := range hostile("") {
		allocations := testing.AllocsPerRun(3, func() { looked(t, d[0]) })
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		looked(t, d[0])
		runtime.ReadMemStats(&after)
		if bytes := after.TotalAlloc - before.TotalAlloc; allocations > 5_000 || bytes > 1<<20+uint64(2*len(d[0])) {
			t.Errorf("%s: %.0f allocations, %d KiB", name, allocations, bytes>>10)
		}
	}
}

// edges are kinds of documents that take long to validate, each in a size that
// may be chosen: the more, the longer.
func edges() map[string]func(n int) string {
	repeat := strings.Repeat
	chain := func(length int, end string) string {
		var b strings.Builder
		b.WriteString("{ ...F0 }")
		for i := range length {
			fmt.Fprintf(&b, " fragment F%d on Query { ...F%d }", i, i+1)
		}
		return fmt.Sprintf("%s fragment F%d on Query {%s }", b.String(), length, end)
	}
	spread := func(n int, inside string) string {
		var spreads, fragments strings.Builder
		for i := range n {
			fmt.Fprintf(&spreads, " ...F%d", i)
			fmt.Fprintf(&fragments, " fragment F%d on AvatarGroup {%s }", i, inside)
		}
		return "{ avatarGroups { nodes { id" + spreads.String() + " } } }" + fragments.String()
	}
	return map[string]func(int) string{
		"equal leaves": func(n int) string {
			return "{ avatarGroups { nodes {" + repeat(" id name gender status groupId", n/5+1) + " } } }"
		},
		"in 10 inline fragments": func(n int) string { return repeat("{ ...", 10) + "{" + repeat(" __typename", n+1) + repeat("}", 11) },
		"in 50 inline fragments": func(n int) string { return repeat("{ ...", 50) + "{" + repeat(" __typename", n+1) + repeat("}", 51) },
		"inline fragments":       func(n int) string { return repeat("{ ...", n) + "{" + repeat(" __typename", 20) + repeat("}", n+1) },
		"spreads in inline": func(n int) string {
			return repeat("{ ...", 20) + "{" + repeat(" ...F ...G", n+1) + repeat("}", 21) + " fragment F on Query { __typename } fragment G on Query { __typename }"
		},
		"chain and inline":  func(n int) string { return chain(50, " ... {"+repeat(" __typename", n+1)+" }") },
		"chain and aliases": func(n int) string { return chain(97, aliases(n+1, "__typename")) },
		"chain and arguments": func(n int) string {
			return chain(97, repeat(" avatarGroups(first: 1, ownership: PUBLIC) { nodes { id } }", n+1))
		},
		"chain and directives": func(n int) string { return chain(97, repeat(" __typename @skip(if: false)", n+1)) },
		"chain of errors":      func(n int) string { return chain(97, repeat(" nothingLikeThis", n+1)) },
		"long errors": func(n int) string {
			return chain(90, repeat(` avatarGroups(first: "`+repeat("x", 8_000)+`") { nodes { id } }`, n+1))
		},
		"merged sets": func(n int) string {
			return "{" + repeat(" avatarGroups { nodes { id name } edges { node { id } } }", n+1) + " }"
		},
		"many fragments":      func(n int) string { return spread(n, " id name gender status") },
		"many deep fragments": func(n int) string { return spread(n, " looks { nodes { group { id name } } }") },
		"conflicts": func(n int) string {
			return "{ avatarGroups { nodes {" + repeat(" x: id x: name x: gender", n+1) + " } } }"
		},
		"arguments": func(n int) string {
			return "{" + repeat(" avatarGroups("+repeat("first: 1 ", 30)+") { nodes { id } }", n+1) + " }"
		},
		"operations": func(n int) string {
			var b strings.Builder
			for i := range n + 1 {
				fmt.Fprintf(&b, " query Q%d { ...F }", i)
			}
			return b.String() + " fragment F on Query { avatarGroups { nodes {" + repeat(" id", 100) + " } } " + aliases(190, "__typename") + " }"
		},
	}
}

// largest is the largest document of a kind that is let through.
func largest(make func(int) string) string {
	n := 0
	for step := 1 << 10; step > 0; step /= 2 {
		doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: make(n + step)}, DefaultLimits.Tokens)
		if err == nil && (Limits{}).refuseShape(measure(doc)) == nil {
			n += step
		}
	}
	return make(n)
}

// TestWhatIsLetThroughIsValidatedSoon: it takes some 20 ms at most. Without
// MAX_VALIDATION_STEPS the same kinds of documents take up to 40 s.
func TestWhatIsLetThroughIsValidatedSoon(t *testing.T) {
	schema := newSchema(&Resolver{}).Schema()
	for name, make := range edges() {
		doc, s := looked(t, largest(make))
		took := time.Duration(math.MaxInt64)
		for range 3 {
			start := time.Now()
			Options{}.documentOptions(schema).Validate(doc)
			took = min(took, time.Since(start))
		}
		if took > time.Second { // on the slowest machine, with the race detector
			t.Errorf("%s: %v, where %d steps were foreseen", name, took, s.checks.n)
		}
	}
}

// TestValidationEndsWhenItHasFoundEnough, and finds what it would have found first.
func TestValidationEndsWhenItHasFoundEnough(t *testing.T) {
	schema := newSchema(&Resolver{}).Schema()
	for text, want := range map[string]int{
		`{ __typename }`:                           0,
		`{ nothing }`:                              1,
		`{` + aliases(49, "nothing") + `}`:         49,
		`{` + aliases(50, "nothing") + `}`:         50,
		`{` + aliases(51, "nothing") + `}`:         50,
		`{ a` + strings.Repeat(" @what", 60) + `}`: 50,
	} {
		all := validator.ValidateWithRules(schema, parsed(t, text), Options{}.documentOptions(schema).Rules())
		errs := Options{}.documentOptions(schema).Validate(parsed(t, text))
		if len(errs) != want {
			t.Fatalf("%.100s: %d errors, want %d", text, len(errs), want)
		}
		for i, e := range errs {
			if e.Error() != all[i].Error() || e.Rule != all[i].Rule {
				t.Errorf("%v, where all of the rules find %v", e, all[i])
			}
		}
	}
}
