package document

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator/core"
)

// checkOverlaps runs the rule on a document that need not be valid otherwise. It
// returns the errors, and how many selections the rule visited.
func checkOverlaps(t testing.TB, schema *ast.Schema, source string) (errs gqlerror.List, visits int) {
	t.Helper()
	doc, err := parser.ParseQuery(&ast.Source{Input: source})
	if err != nil {
		t.Fatalf("%v: %.200s", err, source)
	}
	checker := newMergeChecker(func(options ...core.ErrorOption) {
		e := &gqlerror.Error{}
		for _, option := range options {
			option(e)
		}
		errs = append(errs, e)
	})
	observers := &core.Events{}
	checker.observe(observers)
	core.Walk(schema, doc, observers)
	return errs, checker.visits
}

// The examples of "Field Selection Merging" in the specification, and what lies between.
func TestFieldsOfOnePathMustBeMergeable(t *testing.T) {
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: `
		type Query { dog: Dog  pet: Pet  animals: [Pet!] }
		interface Pet { name: String!  owner: Human  friend: Pet }
		type Dog implements Pet {
			name: String!  owner: Human  friend: Pet  nickname: String  size: Int  volume: Int  names: [String!]!  litter: [Dog!]
			knows(command: Command, in: Place): Boolean!
		}
		type Cat implements Pet {
			name: String!  owner: Human  friend: Pet  nickname: String  size: String  meows: Int!  names: [String!]  litter: [Cat!]
		}
		type Human { name: String!  title: String!  pets: [Pet!] }
		union Being = Dog | Cat | Human
		enum Command { SIT HEEL }
		input Place { city: String  streets: [String]  near: Place }`})
	const differentFields = `Fields "x" conflict because "name" and "nickname" are different fields. Use different aliases on the fields to fetch both if this was intentional.`
	for source, want := range map[string]string{
		// One field, written twice.
		`{ dog { name name } }`:                                      "",
		`{ dog { x: name x: name } }`:                                "",
		`{ dog { x: name name: nickname } }`:                         "",
		`{ dog { name name: nickname } }`:                            `Fields "name" conflict because "name" and "nickname" are different fields. Use`,
		`{ dog { x: name x: nickname } }`:                            differentFields,
		`{ dog { x: name ...F } } fragment F on Dog { x: nickname }`: differentFields,
		`{ dog { x: name ... { ... { ...F } } } } fragment F on Dog { ...G ...G } fragment G on Dog { ... { x: nickname } }`: differentFields,
		`{ dog { x: name } ... { dog { y: name } ...F } } fragment F on Query { dog { name } }`:                              "",

		// Its arguments.
		`query($c: Command) { dog { knows(command: SIT) knows(command: SIT) a: knows(command: $c) a: knows(command: $c) } }`:    "",
		`{ dog { knows(command: SIT, in: {city: "a", streets: ["b"]}) knows(in: {streets: ["b"], city: "a"}, command: SIT) } }`: "",
		`{ dog { knows(command: SIT) knows(command: HEEL) } }`:                                                                  "they have differing arguments",
		`{ dog { knows(command: SIT) knows(command: "SIT") } }`:                                                                 "they have differing arguments",
		`{ dog { knows(command: SIT) knows } }`:                                                                                 "they have differing arguments",
		`{ dog { knows knows(command: SIT) } }`:                                                                                 "they have differing arguments",
		`query($c: Command) { dog { knows(command: SIT) knows(command: $c) } }`:                                                 "they have differing arguments",
		`query($a: Command, $b: Command) { dog { knows(command: $a) knows(command: $b) } }`:                                     "they have differing arguments",
		`{ dog { knows(in: {city: "a"}) knows(in: {city: "b"}) } }`:                                                             "they have differing arguments",
		`{ dog { knows(in: {near: {city: "a"}}) knows(in: {near: {city: "b"}}) } }`:                                             "they have differing arguments",
		`{ dog { knows(in: {streets: ["a", "b"]}) knows(in: {streets: ["b", "a"]}) } }`:                                         "they have differing arguments",
		`{ dog { knows(in: {city: "a"}) knows(in: {}) } }`:                                                                      "they have differing arguments",

		// Different fields, of which one object has one alone.
		`{ pet { ... on Dog { x: size } ... on Cat { x: meows } } }`:                                                      `Fields "x" conflict because they return conflicting types "Int" and "Int!". Use`,
		`{ pet { ... on Dog { x: volume } ... on Cat { x: nickname } } }`:                                                 `conflicting types "Int" and "String"`,
		`{ pet { ... on Dog { x: name } ... on Cat { x: nickname } } }`:                                                   `conflicting types "String!" and "String"`,
		`{ pet { ... on Dog { x: nickname } ... on Cat { x: size } } }`:                                                   "",
		`{ pet { ... on Dog { x: knows(command: SIT) } ... on Dog { x: knows(command: SIT) } ... on Cat { y: meows } } }`: "",
		`{ pet { ... on Dog { names } ... on Cat { names } } }`:                                                           `conflicting types "[String!]!" and "[String!]"`,
		`{ pet { ... on Dog { x: names } ... on Cat { x: nickname } } }`:                                                  "conflicting types",
		`{ pet { ... on Dog { x: owner { name } } ... on Cat { x: nickname } } }`:                                         "conflicting types",
		`{ pet { ... on Dog { x: owner { y: name } } ... on Cat { x: friend { y: name } } } }`:                            "",
		`{ pet { ... on Dog { x: litter { y: name } } ... on Cat { x: litter { y: nickname } } } }`:                       `Fields "x" conflict because subfields "y" conflict because they return conflicting types "String!" and "String". Use`,
		`{ pet { ... on Dog { x: litter { y: nickname } } ... on Cat { x: litter { y: size } } } }`:                       "",

		// An interface or a union may be any of them.
		`{ pet { name ... on Dog { name } ... on Cat { name } } }`:                                                                                             "",
		`{ pet { name ... on Dog { name: nickname } } }`:                                                                                                       `Fields "name" conflict because "name" and "nickname" are different fields. Use`,
		`{ pet { ... on Dog { x: nickname } ... on Cat { x: size } ... on Pet { x: name } } }`:                                                                 "are different fields",
		`{ pet { ... on Dog { x: nickname } ... on Cat { y: size } ... on Being { x: __typename } } }`:                                                         `"__typename" and "nickname" are different fields`,
		`{ pet { friend { x: name } ... on Dog { friend { x: name } } ... on Cat { friend { ... on Cat { x: name } } } } }`:                                    "",
		`{ pet { friend { y: name } ... on Dog { friend { ... on Dog { x: nickname } } } ... on Cat { friend { ... on Dog { x: size } } } } }`:                 `Fields "friend" conflict because subfields "x" conflict because they return conflicting types "String" and "Int". Use`,
		`{ pet { friend { y: name } ... on Dog { friend { ... on Cat { x: nickname } } } ... on Cat { friend { ... on Cat { x: size } } } } }`:                 "",
		`{ pet { friend { x: owner { name } } ... on Dog { friend { ... on Cat { x: nickname } } } } }`:                                                        `Fields "friend" conflict because subfields "x" conflict because "owner" and "nickname" are different fields. Use`,
		`{ pet { friend { ... on Cat { x: nickname } } ... on Cat { friend { ... on Cat { x: size } } } } }`:                                                   `"nickname" and "size" are different fields`,
		`{ pet { friend { y: name } friend { ... on Cat { x: nickname } } ... on Dog { friend { name } } ... on Cat { friend { ... on Cat { x: size } } } } }`: `"nickname" and "size" are different fields`,

		// Further below, beginning at the last field that both are in.
		`{ dog { owner { x: name } } dog { owner { x: pets { name } } } }`:                                                                                                                               `Fields "dog" conflict because subfields "owner" conflict because subfields "x" conflict because "name" and "pets" are different fields. Use`,
		`{ dog { owner { x: name } owner { x: pets { name } } } }`:                                                                                                                                       `Fields "owner" conflict because subfields "x" conflict because "name" and "pets"`,
		`{ dog { owner { x: name x: pets { name } } owner { name } } }`:                                                                                                                                  `Fields "x" conflict because "name" and "pets"`,
		`{ dog { ...F owner { x: pets { name } } } } fragment F on Dog { owner { ...G } } fragment G on Human { x: name }`:                                                                               `Fields "owner" conflict because subfields "x" conflict because "name" and "pets"`,
		`query A { dog { ...F } } query B { dog { owner { x: pets { name } } ...F } } fragment F on Dog { owner { x: name } }`:                                                                           `Fields "owner" conflict`,
		`query A { pet { ... on Dog { o: owner { ...G } } ... on Cat { o: owner { ...H } } } } query B { dog { owner { ...G ...H } } } fragment G on Human { x: name } fragment H on Human { x: title }`: `Fields "x" conflict because "name" and "title"`,

		// One error for one path, whichever of the phases and operations find it.
		`{ dog { x: name x: size x: nickname x: volume } }`:                                                 `"name" and "size" are different fields`,
		`{ pet { ... on Dog { x: litter { y: name y: size } } ... on Cat { x: litter { y: nickname } } } }`: `Fields "y" conflict because "name" and "size" are different fields`,
		`query A { dog { ...F } } query B { dog { ...F } } fragment F on Dog { x: name x: size }`:           `"name" and "size"`,

		// What does not exist.
		`{ nothing { x: a x: b(c: 1) } dog { x: nothing x: nothing { a a: b } } ... on Nothing { x: name x: a } ...F ...Nothing } fragment F on Nothing { x: a x: b ...Nothing }`: "",
		`{ dog { x: name x: nothing } }`: `"name" and "nothing" are different fields`,
		`{ pet { ... on Dog { x: nothing } ... on Cat { x: name } ... on Dog { x: nothing } } }`: "",
		`mutation { x: a x: b } subscription { x: a { y } x: b { y: z } }`:                       "",
	} {
		errs, _ := checkOverlaps(t, schema, source)
		if want == "" && len(errs) > 0 || want != "" && (len(errs) != 1 || !strings.Contains(errs[0].Message, want) || len(errs[0].Locations) != 1) {
			t.Errorf("%s:\n%v, want %q", source, errs, want)
		}
	}
}

func TestConflictsOfDifferentPathsAreAllReported(t *testing.T) {
	errs, _ := checkOverlaps(t, overlapSchema, `{ x: s x: i a { y: s y: t } b { ... { y: s y: t } z: s z: t } }`)
	var got []string
	for _, e := range errs {
		got = append(got, fmt.Sprint(e.Locations[0].Column, e.Message[:11]))
	}
	if want := `[8Fields "x"  22Fields "y"  44Fields "y"  56Fields "z" ]`; fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
}

// Twice the document is twice the work, however the fields are merged.
func TestMergeVisitsGrowLinearly(t *testing.T) {
	repeat := strings.Repeat
	numbered := func(n int, part string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.ReplaceAll(part, "#", fmt.Sprint(i)))
		}
		return b.String()
	}
	for name, document := range map[string]func(n int) string{
		"leaves":                     func(n int) string { return "{" + repeat(" s i", n) + " }" },
		"leaves in inline fragments": func(n int) string { return repeat("{ ... ", n) + "{" + repeat(" s i", n) + " }" + repeat(" }", n) },
		"fields with subfields":      func(n int) string { return "{" + repeat(" a { s v }", n) + " }" },
		"fields with fields below":   func(n int) string { return "{" + repeat(" a { a { s } v }", n) + " }" },
		"conflicts":                  func(n int) string { return "{ a {" + repeat(" x: s x: t", n) + " } }" },
		"arguments":                  func(n int) string { return "{" + repeat(" a(x: 1, o: {p: 1}) { s }", n) + " }" },
		"fragments of one set": func(n int) string {
			return "{ a {" + numbered(n, " ...F#") + " } }" + numbered(n, " fragment F# on A { s a { v } }")
		},
		"spreads of one fragment": func(n int) string { return "{ a {" + repeat(" ...F", n) + " } } fragment F on A { s a { v } }" },
		"fragments that spread the next one twice": func(n int) string {
			var source strings.Builder
			fmt.Fprintf(&source, "{ a { ...F%d } } fragment F0 on A { s }", n)
			for i := range n {
				fmt.Fprintf(&source, " fragment F%d on A { ...F%d ...F%d }", i+1, i, i)
			}
			return source.String()
		},
		"operations with the same fields": func(n int) string {
			return numbered(n, " query Q# { ...F }") + " fragment F on Query { a {" + repeat(" s", n) + " } }"
		},
		"a chain": func(n int) string {
			var source strings.Builder
			fmt.Fprintf(&source, "{ a { ...F%d } } fragment F0 on A { s }", n)
			for i := range n {
				fmt.Fprintf(&source, " fragment F%d on A { s a { v } ...F%d }", i+1, i)
			}
			return source.String()
		},
		"operations": func(n int) string {
			return numbered(n, " query Q# { a { ...F } }") + " fragment F on A { " + repeat(" s", 50) + " }"
		},
		"parents of several types":     func(n int) string { return "{ n {" + repeat(" s ... on A { s } ... on B { s }", n) + " } }" },
		"subfields of several parents": func(n int) string { return "{ n {" + repeat(" ... on A { n { s } } ... on B { n { s } }", n) + " } }" },
		"subfields of an interface too": func(n int) string {
			return "{ n {" + repeat(" n { s } ... on A { n { s } } ... on B { n { s } }", n) + " } }"
		},
	} {
		const n = 100
		_, once := checkOverlaps(t, overlapSchema, document(n))
		_, twice := checkOverlaps(t, overlapSchema, document(2*n))
		if once < n || once > 100*n || twice > 2*once+10 {
			t.Errorf("%s: %d visits, then %d", name, once, twice)
		}
	}
}

// Fields of an interface are compared with those of each object type, but not again with
// each other.
func TestMergeVisitsGrowLinearlyWithObjectTypes(t *testing.T) {
	visits := func(n int) int {
		var schema, source strings.Builder
		for i := range n {
			fmt.Fprintf(&schema, " type T%d implements N { s: String }", i)
			fmt.Fprintf(&source, " s ... on T%d { s }", i)
		}
		loaded := gqlparser.MustLoadSchema(&ast.Source{Input: "type Query { n: N } interface N { s: String }" + schema.String()})
		errs, visits := checkOverlaps(t, loaded, "{ n {"+source.String()+" } }")
		if len(errs) > 0 {
			t.Error(errs)
		}
		return visits
	}
	if once, twice := visits(100), visits(200); twice > 2*once {
		t.Errorf("%d visits, then %d", once, twice)
	}
}

// Each level doubles the object types that the fields of the interface are merged with:
// of the fields of N at depth 20, a million sets could be of one object.
func TestMergeVisitsAreBounded(t *testing.T) {
	const depth = 25
	nested := func(n int) string { return strings.Repeat(" n {", n) + " s" + strings.Repeat(" }", n) }
	var source strings.Builder
	for i := range depth {
		fmt.Fprintf(&source, "{ ... on A {%s } ... on B {%s } n ", nested(depth-i), nested(depth-i))
	}
	errs, visits := checkOverlaps(t, overlapSchema, "{ n "+source.String()+"{ s }"+strings.Repeat(" }", depth)+" }")
	if len(errs) != 1 || errs[0].Message != "The document has too many fields to merge." || len(errs[0].Locations) != 1 || visits > 2*maxMergeVisits {
		t.Errorf("%d visits, %v", visits, errs)
	}
}
