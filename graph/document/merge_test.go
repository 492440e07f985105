package document

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"

	"heygen-graphql/graph/document/complexity"
)

// validRandom returns a random document that is valid, or nil. Directives on operations,
// which only use their variables, are removed.
func validRandom(t *testing.T, d *randomDocument) *ast.QueryDocument {
	t.Helper()
	source := strings.ReplaceAll(d.write(), "@include(if: $yes) @include(if: $no) {", "{ ... @include(if: $yes) { __typename } ... @include(if: $no) { __typename }")
	doc, err := parser.ParseQuery(&ast.Source{Input: source})
	if err != nil {
		t.Fatalf("%v: %s", err, source)
	}
	if complexity.Measure(doc).Cycle != nil || len(validator.ValidateWithRules(overlapSchema, doc, nil)) > 0 {
		return nil
	}
	return doc
}

// collectedTree writes the fields of selections that an object has, in the order of its
// response, as gqlgen collects them.
func collectedTree(op *graphql.OperationContext, object *ast.Definition, selections ast.SelectionSet, b *strings.Builder) {
	satisfies := []string{object.Name}
	for _, abstract := range overlapSchema.GetImplements(object) {
		satisfies = append(satisfies, abstract.Name)
	}
	typenames := map[string]bool{}
	for _, f := range graphql.CollectFields(op, selections, satisfies) {
		if f.Name == "__typename" && typenames[f.Alias] { // gqlgen repeats one that is selected on a union, too
			continue
		}
		typenames[f.Alias] = f.Name == "__typename"
		fmt.Fprintf(b, "%s:%s@%d", f.Alias, f.Name, f.Position.Start)
		for _, a := range f.Arguments {
			fmt.Fprintf(b, "(%s=%s)", a.Name, a.Value)
		}
		if fieldType := overlapSchema.Types[f.Definition.Type.Name()]; fieldType.IsCompositeType() {
			for _, possible := range overlapSchema.GetPossibleTypes(fieldType) {
				b.WriteString(" on " + possible.Name + "{")
				collectedTree(op, possible, f.Selections, b)
				b.WriteString("}")
			}
		}
		b.WriteString(" ")
	}
}

// mergedTree writes the fields of a merged selection set in the same way.
func mergedTree(object *ast.Definition, set ast.SelectionSet, b *strings.Builder) {
	for f := range MergedFields(set, object.Name) {
		fmt.Fprintf(b, "%s:%s@%d", f.Alias, f.Name, f.Position.Start)
		for _, a := range f.Arguments {
			fmt.Fprintf(b, "(%s=%s)", a.Name, a.Value)
		}
		if fieldType := overlapSchema.Types[f.Definition.Type.Name()]; fieldType.IsCompositeType() {
			for _, possible := range overlapSchema.GetPossibleTypes(fieldType) {
				b.WriteString(" on " + possible.Name + "{")
				mergedTree(possible, f.Selections, b)
				b.WriteString("}")
			}
		}
		b.WriteString(" ")
	}
}

// Both for gqlgen and for compiled plans, the merged operation has the fields of the
// original in the same order, at the same positions in the source.
func TestMergedOperationHasTheFieldsThatGqlgenCollects(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	variables := map[string]any{"yes": true, "no": false}
	compared, unchanged := 0, 0
	for range 3_000 {
		doc := validRandom(t, &randomDocument{choose: random.IntN, directives: random.IntN(2) == 0})
		if doc == nil {
			continue
		}
		for _, o := range doc.Operations {
			merged := mergeFields(overlapSchema, o, variables)
			if merged == o {
				unchanged++
			}
			var want, got, executed strings.Builder
			collectedTree(&graphql.OperationContext{Doc: doc, Variables: variables}, overlapSchema.Query, o.SelectionSet, &want)
			mergedTree(overlapSchema.Query, merged.SelectionSet, &got)
			collectedTree(&graphql.OperationContext{Doc: doc, Variables: variables}, overlapSchema.Query, merged.SelectionSet, &executed)
			if got.String() != want.String() || executed.String() != want.String() {
				t.Fatalf("%s\n got %s\nwant %s\ngqlgen has %s", format(doc), &got, &want, &executed)
			}
			compared++
		}
	}
	if compared < 1_000 || unchanged < 50 {
		t.Errorf("only %d operations, %d of which are merged as they are", compared, unchanged)
	}
}

func format(doc *ast.QueryDocument) string {
	var b strings.Builder
	formatter.NewFormatter(&b).FormatQueryDocument(doc)
	return b.String()
}

// The limits count what is executed: they are the same for a document and for one that
// is written without fragments.
func TestDocumentAndItsMergedFormHaveTheSameSize(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	compared, larger := 0, 0
	for range 3_000 {
		doc := validRandom(t, &randomDocument{choose: random.IntN, reachable: true})
		if doc == nil {
			continue
		}
		source := format(doc)
		written := &ast.QueryDocument{}
		for _, o := range doc.Operations {
			written.Operations = append(written.Operations, mergeFields(overlapSchema, o, nil))
		}
		merged, err := parser.ParseQuery(&ast.Source{Input: format(written)})
		if err != nil {
			t.Fatal(err)
		}
		of, ofMerged := complexity.Measure(doc), complexity.Measure(merged)
		if of.Expanded.Value > ofMerged.Expanded.Value {
			larger++
		}
		if diff := cmp.Diff(values(of), values(ofMerged)); diff != "" {
			t.Fatalf("%s\n%s\n%s", source, format(merged), diff)
		}
		compared++
		for _, o := range of.Operations { // with limits just reached, and just exceeded
			for _, less := range []int{0, 1} {
				l := complexity.Limits{
					Depth: max(1, o.Depth.Value-less), Fields: max(1, o.Fields.Value-less), Aliases: max(1, o.Aliases.Value-less), RootFields: max(1, o.RootFields.Value-less),
				}
				a, b := l.Check(doc), l.Check(merged)
				if (a == nil) != (b == nil) || a != nil && a.Message != b.Message {
					t.Fatalf("%s: %v, and merged %v", source, a, b)
				}
			}
		}
	}
	if compared < 250 || larger < 100 {
		t.Errorf("only %d documents, of which %d are smaller when they are merged", compared, larger)
	}
}

// values returns the metrics of the operations, without positions.
func values(m *complexity.Metrics) (all [][]int) {
	for _, o := range m.Operations {
		all = append(all, []int{o.Depth.Value, o.Fields.Value, o.RootFields.Value, o.Width.Value, o.Aliases.Value, o.Introspection.Value})
	}
	return all
}

// A merged operation is cached as long as its document, unless it is large or depends on
// variables.
func TestMergedOperationsAreCached(t *testing.T) {
	for query, cached := range map[string]bool{
		`{ a { s } a { i: s } }`: true,
		`{ a { s } }`:            true,
		`query($v: Boolean!) { a { s @skip(if: $v) t } }`:                                false,
		`query($v: Boolean!) { a { ...F } a { s } } fragment F on A { t @skip(if: $v) }`: false,
		`{ a {` + strings.Repeat(" s", 300) + ` } }`:                                     true,
		`{ a { ...F } } fragment F on A {` + numberedAliases(199) + ` }`:                 true,
		`{ a { ...F } } fragment F on A {` + numberedAliases(200) + ` }`:                 false,
		`{ a {` + numberedAliases(400) + ` } }`:                                          true, // it is merged already
	} {
		s := NewStore[int](Options{Schema: overlapSchema, Limits: complexity.Limits{Aliases: 1_000}.WithDefaults()})
		doc, errs := s.Resolve(t.Context(), query, "")
		if len(errs) > 0 {
			t.Fatal(errs)
		}
		variables := map[string]any{"v": true}
		first, second := s.MergedOperation(doc, doc.Query.Operations[0], variables), s.MergedOperation(doc, doc.Query.Operations[0], variables)
		if (first == second) != cached {
			t.Errorf("%.80s: cached is %t", query, first == second)
		}
	}
}

func numberedAliases(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " a%d: s", i)
	}
	return b.String()
}

// Twice the components is twice the work, in whatever way they are spread.
func TestMergedSizeIsThatOfDistinctFields(t *testing.T) {
	components := func(n int) (spreads, fragments string) {
		var s, f strings.Builder
		for i := range n {
			fmt.Fprintf(&s, " ...C%d", i)
			fmt.Fprintf(&f, " fragment C%d on A { s t a { s ...C%d } }", i, n)
		}
		return s.String(), f.String() + fmt.Sprintf(" fragment C%d on A { v w }", n)
	}
	spreads, fragments := components(150)
	doc, err := parser.ParseQuery(&ast.Source{Input: "{ a {" + spreads + spreads + " } }" + fragments})
	if err != nil {
		t.Fatal(err)
	}
	if errs := validator.ValidateWithRules(overlapSchema, doc, nil); len(errs) > 0 {
		t.Fatal(errs)
	}
	merged := mergeFields(overlapSchema, doc.Operations[0], nil)
	if n := countFields(merged.SelectionSet); n != 7 {
		t.Errorf("%d fields", n)
	}
	if got := strings.Fields(format(&ast.QueryDocument{Operations: ast.OperationList{merged}})); !slices.Equal(got, strings.Fields("query { a { s t a { s v w } } }")) {
		t.Error(got)
	}
}
