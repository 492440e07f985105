package plan

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"pgregory.net/rapid"

	"heygen-graphql/graph/internal/exec"
	"heygen-graphql/graph/model"
	"heygen-graphql/heygen"
)

func TestTextsAreWrittenAsGqlgenDoes(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		value := string(rapid.SliceOfN(rapid.OneOf(rapid.Byte(), rapid.SampledFrom([]byte("\"\\\t\r\n\x00\x1f\x7f<>&aé"))), 0, 40).Draw(r, "text"))
		if got, want := string(text(nil, value)), written(graphql.MarshalString(value)); got != want {
			r.Fatalf("%q and not %q", got, want)
		}
		if got, want := string(globalID[heygen.GroupID](model.TypeAvatarGroup)(nil, heygen.GroupID(value))), written(model.MarshalGroupID(heygen.GroupID(value))); got != want {
			r.Fatalf("%q and not %q", got, want)
		}
	})
}

func written(m graphql.Marshaler) string {
	var b bytes.Buffer
	m.MarshalGQL(&b)
	return b.String()
}

// TestPlansKnowEveryField: what they do not know is answered all the same, slowly.
func TestPlansKnowEveryField(t *testing.T) {
	schema := exec.NewExecutableSchema(exec.Config{}).Schema()
	query := newQuery(noResolvers{})
	known := map[string]bool{}
	var visit func(def *ast.Definition, depth int) ast.SelectionSet
	visit = func(def *ast.Definition, depth int) (set ast.SelectionSet) {
		for _, f := range def.Fields {
			of := schema.Types[f.Type.Name()]
			if f.Name[0] == '_' || depth > 4 && of.IsCompositeType() {
				continue
			}
			known[def.Name+"."+f.Name] = true
			field := &ast.Field{Name: f.Name, Alias: f.Name, Definition: f, ObjectDefinition: def}
			for _, possible := range schema.GetPossibleTypes(of) {
				field.SelectionSet = append(field.SelectionSet, &ast.InlineFragment{TypeCondition: possible.Name, ObjectDefinition: of, SelectionSet: visit(possible, depth+1)})
			}
			set = append(set, field)
		}
		return set
	}
	for _, f := range visit(schema.Query, 0) {
		c := &compiler{op: &graphql.OperationContext{Doc: &ast.QueryDocument{}}, fields: -10_000}
		if query.compile(c, ast.SelectionSet{f}); c.foreign {
			t.Errorf("within %s there is a field that plans do not know", f.(*ast.Field).Name)
		}
	}
	if len(known) < 70 {
		t.Errorf("%d fields are not the whole schema", len(known))
	}
}

// TestAnOperationOfManyFieldsHasNoPlan, which would take long to make, and that is
// found out once.
func TestAnOperationOfManyFieldsHasNoPlan(t *testing.T) {
	schema := exec.NewExecutableSchema(exec.Config{}).Schema()
	query := newQuery(noResolvers{})
	for fields, want := range map[int]bool{mostFields: true, mostFields + 1: false} {
		var set ast.SelectionSet
		for i := range fields {
			set = append(set, &ast.Field{Name: "__typename", Alias: fmt.Sprint("a", i), ObjectDefinition: schema.Query})
		}
		op := &graphql.OperationContext{Doc: &ast.QueryDocument{}, Operation: &ast.OperationDefinition{SelectionSet: set}}
		shelf := &Cache{}
		p := shelf.plan(op, query)
		if _, planned := p.bind(nil); planned != want {
			t.Errorf("%d fields: planned is %t", fields, planned)
		}
		if again := shelf.plan(op, query); again != p {
			t.Errorf("%d fields: it is made again", fields)
		}
	}
}

// TestARootFieldThatMustNotBeNullMakesAllNull, as gqlgen has it.
func TestARootFieldThatMustNotBeNullMakesAllNull(t *testing.T) {
	for nonNull, want := range map[bool]string{true: `null`, false: `{"f":null}`} {
		f := graphql.CollectedField{Field: &ast.Field{Alias: "f", Definition: &ast.FieldDefinition{Type: &ast.Type{NamedType: "Int", NonNull: nonNull}}}}
		ctx := graphql.WithResponseContext(t.Context(), graphql.DefaultErrorPresenter, graphql.DefaultRecover)
		r := &run{ctx: ctx, op: &graphql.OperationContext{}}
		data := r.data(func(p *piece, at *graphql.FieldContext, _ *root) {
			p.text = append(p.text, `{"f":`...)
			resolve(p, at, f, func(context.Context) (int, error) { return 0, errors.New("of a test") }, nil)
			p.text = append(p.text, '}')
		}, 0)
		if string(data) != want {
			t.Errorf("%s", data)
		}
	}
}

type noResolvers struct{ exec.ResolverRoot }

func (noResolvers) Query() exec.QueryResolver             { return nil }
func (noResolvers) AvatarGroup() exec.AvatarGroupResolver { return nil }
func (noResolvers) AvatarLook() exec.AvatarLookResolver   { return nil }
func (noResolvers) Voice() exec.VoiceResolver             { return someVoice{} }

type someVoice struct{ exec.VoiceResolver }
