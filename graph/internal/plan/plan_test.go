package plan

import (
	"bytes"
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
	c := &compiler{op: &graphql.OperationContext{Doc: &ast.QueryDocument{}}}
	var visit func(def *ast.Definition, depth int) ast.SelectionSet
	visit = func(def *ast.Definition, depth int) (set ast.SelectionSet) {
		for _, f := range def.Fields {
			of := schema.Types[f.Type.Name()]
			if f.Name[0] == '_' || depth > 6 && of.IsCompositeType() {
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
	query.compile(c, visit(schema.Query, 0))
	if c.foreign {
		t.Error("there is a field that plans do not know")
	}
	if len(known) < 70 {
		t.Errorf("%d fields are not the whole schema", len(known))
	}
}

type noResolvers struct{ exec.ResolverRoot }

func (noResolvers) Query() exec.QueryResolver             { return nil }
func (noResolvers) AvatarGroup() exec.AvatarGroupResolver { return nil }
func (noResolvers) AvatarLook() exec.AvatarLookResolver   { return nil }
func (noResolvers) Voice() exec.VoiceResolver             { return someVoice{} }

type someVoice struct{ exec.VoiceResolver }
