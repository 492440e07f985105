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

func TestStringsAreWrittenAsByGqlgen(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		value := string(rapid.SliceOfN(rapid.OneOf(rapid.Byte(), rapid.SampledFrom([]byte("\"\\\t\r\n\x00\x1f\x7f<>&aé"))), 0, 40).Draw(r, "value"))
		if got, want := string(appendString(nil, value)), marshaled(graphql.MarshalString(value)); got != want {
			r.Fatalf("%q, want %q", got, want)
		}
		if got, want := string(globalIDAppender[heygen.GroupID](model.TypeAvatarGroup)(nil, heygen.GroupID(value))), marshaled(model.MarshalGroupID(heygen.GroupID(value))); got != want {
			r.Fatalf("%q, want %q", got, want)
		}
	})
}

func marshaled(m graphql.Marshaler) string {
	var b bytes.Buffer
	m.MarshalGQL(&b)
	return b.String()
}

// firstUnsupported returns the first field below a selection that plans do not support,
// as Type.field. It cuts the selection down to a single path.
func firstUnsupported(selection ast.Selection, supported func(ast.SelectionSet) bool) string {
	unsupported := ""
	var walk func(s ast.Selection, wrap func(ast.Selection) ast.Selection)
	walk = func(s ast.Selection, wrap func(ast.Selection) ast.Selection) {
		if unsupported != "" || supported(ast.SelectionSet{wrap(s)}) {
			return
		}
		switch s := s.(type) {
		case *ast.InlineFragment:
			for _, inner := range s.SelectionSet {
				walk(inner, func(inner ast.Selection) ast.Selection {
					fragment := *s
					fragment.SelectionSet = ast.SelectionSet{inner}
					return wrap(&fragment)
				})
			}
		case *ast.Field:
			for _, inner := range s.SelectionSet {
				walk(inner, func(inner ast.Selection) ast.Selection {
					field := *s
					field.SelectionSet = ast.SelectionSet{inner}
					return wrap(&field)
				})
			}
			if unsupported == "" {
				unsupported = s.ObjectDefinition.Name + "." + s.Name
			}
		}
	}
	walk(selection, func(s ast.Selection) ast.Selection { return s })
	return unsupported
}

// TestPlansSupportEveryField: an unsupported field does not fail, it is only slow.
func TestPlansSupportEveryField(t *testing.T) {
	schema := exec.NewExecutableSchema(exec.Config{}).Schema()
	query := newQueryType(noResolvers{})
	visited := map[string]bool{}
	var visit func(def *ast.Definition, depth int) ast.SelectionSet
	visit = func(def *ast.Definition, depth int) (set ast.SelectionSet) {
		for _, f := range def.Fields {
			fieldType := schema.Types[f.Type.Name()]
			if f.Name[0] == '_' || depth > 4 && fieldType.IsCompositeType() {
				continue
			}
			visited[def.Name+"."+f.Name] = true
			field := &ast.Field{Name: f.Name, Alias: f.Name, Definition: f, ObjectDefinition: def}
			for _, possible := range schema.GetPossibleTypes(fieldType) {
				field.SelectionSet = append(field.SelectionSet, &ast.InlineFragment{TypeCondition: possible.Name, ObjectDefinition: fieldType, SelectionSet: visit(possible, depth+1)})
			}
			set = append(set, field)
		}
		return set
	}
	supported := func(set ast.SelectionSet) bool {
		c := &compiler{op: &graphql.OperationContext{Doc: &ast.QueryDocument{}}, fieldCount: -10_000}
		query.compile(c, set)
		return !c.unsupported
	}
	for _, f := range visit(schema.Query, 0) {
		if !supported(ast.SelectionSet{f}) {
			t.Errorf("%s is unsupported: add it to the fields of its type in graph/internal/plan", firstUnsupported(f, supported))
		}
	}
	if len(visited) < 70 {
		t.Errorf("%d fields are not the whole schema", len(visited))
	}
}

// TestOperationAboveMaxFieldsHasNoPlan: its plan would take long to compile. That it has
// none is cached.
func TestOperationAboveMaxFieldsHasNoPlan(t *testing.T) {
	schema := exec.NewExecutableSchema(exec.Config{}).Schema()
	query := newQueryType(noResolvers{})
	for fields, want := range map[int]bool{maxFields: true, maxFields + 1: false} {
		var set ast.SelectionSet
		for i := range fields {
			set = append(set, &ast.Field{Name: "__typename", Alias: fmt.Sprint("a", i), ObjectDefinition: schema.Query})
		}
		operation := &ast.OperationDefinition{SelectionSet: set}
		op := &graphql.OperationContext{Doc: &ast.QueryDocument{Operations: ast.OperationList{operation}}, Operation: operation}
		cache := &Cache{}
		p := cache.planFor(op, query)
		if _, planned := p.bindArguments(nil); planned != want {
			t.Errorf("%d fields: planned is %t", fields, planned)
		}
		if again := cache.planFor(op, query); again != p {
			t.Errorf("%d fields: it is not cached", fields)
		}
	}
}

// TestNullInNonNullRootFieldNullsData: gqlgen does the same.
func TestNullInNonNullRootFieldNullsData(t *testing.T) {
	for nonNull, want := range map[bool]string{true: `null`, false: `{"f":null}`} {
		f := graphql.CollectedField{Field: &ast.Field{Alias: "f", Definition: &ast.FieldDefinition{Type: &ast.Type{NamedType: "Int", NonNull: nonNull}}}}
		ctx := graphql.WithResponseContext(t.Context(), graphql.DefaultErrorPresenter, graphql.DefaultRecover)
		e := &execution{ctx: ctx, op: &graphql.OperationContext{}}
		data := e.execute(func(w *chunk, fc *graphql.FieldContext, _ *queryRoot) {
			w.buf = append(w.buf, `{"f":`...)
			runResolver(w, fc, f, func(context.Context) (int, error) { return 0, errors.New("failed") }, nil)
			w.buf = append(w.buf, '}')
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
func (noResolvers) Voice() exec.VoiceResolver             { return noVoiceResolver{} }
func (noResolvers) AvatarGroupConnection() exec.AvatarGroupConnectionResolver {
	return noGroupCounts{}
}
func (noResolvers) AvatarLookConnection() exec.AvatarLookConnectionResolver { return noLookCounts{} }
func (noResolvers) VoiceConnection() exec.VoiceConnectionResolver           { return noVoiceCounts{} }

type (
	noVoiceResolver struct{ exec.VoiceResolver }
	noGroupCounts   struct {
		exec.AvatarGroupConnectionResolver
	}
	noLookCounts struct {
		exec.AvatarLookConnectionResolver
	}
	noVoiceCounts struct{ exec.VoiceConnectionResolver }
)
