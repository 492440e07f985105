package graph_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"heygen-graphql/graph"
	"heygen-graphql/graph/internal/exec"
	"heygen-graphql/heygen/sandbox"
)

// servedSchema returns the schema of [graph.SDL].
func servedSchema(t *testing.T) *ast.Schema {
	t.Helper()
	s, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphql", Input: graph.SDL()})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// forEachDescription calls f for everything that can have a description, with a name such
// as Query.node(id:).
func forEachDescription(s *ast.Schema, f func(name, description string, nullable bool)) {
	for _, def := range s.Types {
		if def.BuiltIn {
			continue
		}
		f(def.Name, def.Description, false)
		for _, field := range def.Fields {
			if strings.HasPrefix(field.Name, "__") {
				continue
			}
			f(def.Name+"."+field.Name, field.Description, !field.Type.NonNull)
			for _, arg := range field.Arguments {
				f(def.Name+"."+field.Name+"("+arg.Name+":)", arg.Description, !arg.Type.NonNull)
			}
		}
		for _, value := range def.EnumValues {
			f(def.Name+"."+value.Name, value.Description, false)
		}
	}
}

func TestDescriptionsSayWhenAFieldIsNull(t *testing.T) {
	n := 0
	resolved := map[string]bool{} // fields that may call HeyGen
	for _, field := range resolverNames() {
		typeName, name, _ := strings.Cut(field, ".")
		resolved[typeName+"."+strings.ToLower(name[:1])+name[1:]] = true
	}
	delete(resolved, "AvatarGroup.ownership") // its resolver makes no call, and never fails
	forEachDescription(servedSchema(t), func(name, description string, nullable bool) {
		n++
		// The description without the words of the name.
		rest := strings.ToLower(description)
		for _, word := range regexp.MustCompile(`[A-Z]?[a-z]+|[A-Z]+`).FindAllString(name[strings.LastIndex(name, ".")+1:], -1) {
			rest = strings.ReplaceAll(rest, strings.ToLower(word), "")
		}
		if words := regexp.MustCompile(`[a-z]{3,}`).FindAllString(rest, -1); len(words) < 3 {
			t.Errorf("the description of %s is missing, or only repeats its name: %q", name, description)
		}
		if nullable && !regexp.MustCompile(`\b[Nn]ull\b`).MatchString(description) {
			t.Errorf("%s does not say when it is null: %q", name, description)
		}
		if nullable && resolved[name] && !regexp.MustCompile(`\b[Nn]ull,\s+with\s+an\s+error,\s+when\b`).MatchString(description) {
			t.Errorf("%s does not say when it is null with an error: %q", name, description)
		}
	})
	if n < 50 {
		t.Errorf("only %d descriptions were checked", n)
	}
}

func TestSchemaFilesHaveNoGoDirectives(t *testing.T) {
	files, err := filepath.Glob("*.graphqls")
	if err != nil || len(files) < 3 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(source), "@go") {
			t.Errorf("%s has a Go directive: bindings belong in gqlgen.yml", name)
		}
	}
}

// TestOnlyExpectedFieldsHaveResolvers detects a field that no longer binds to its Go type:
// gqlgen then generates a resolver for it without a warning.
func TestOnlyExpectedFieldsHaveResolvers(t *testing.T) {
	want := []string{
		"AvatarGroup.DefaultVoice", "AvatarGroup.Looks", "AvatarGroup.Ownership", "AvatarGroupConnection.Facets", "AvatarGroupConnection.TotalCount",
		"AvatarLook.DefaultVoice", "AvatarLook.Group", "AvatarLookConnection.TotalCount",
		"Query.AvatarGroup", "Query.AvatarGroups", "Query.AvatarLook", "Query.AvatarLooks", "Query.Node", "Query.Nodes", "Query.Voice", "Query.Voices",
		"Subscription.AvatarGroupChanged", "Subscription.AvatarLookChanged",
		"Voice.CreatedAt", "Voice.FailureMessage", "Voice.Status", "Voice.SupportInteractiveAvatar", "VoiceConnection.Facets", "VoiceConnection.TotalCount",
	}
	if diff := cmp.Diff(want, resolverNames()); diff != "" {
		t.Error(diff)
	}
}

// resolverNames returns the fields that have a resolver, such as Query.AvatarGroup.
func resolverNames() (names []string) {
	for methods := range reflect.TypeFor[exec.ResolverRoot]().Methods() {
		for field := range methods.Type.Out(0).Methods() {
			names = append(names, methods.Name+"."+field.Name)
		}
	}
	slices.Sort(names)
	return names
}

// TestIntrospectionMatchesSDL compares what code generators use of a schema.
func TestIntrospectionMatchesSDL(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	out := a.mustDo(t, `query {
		__schema { types { name kind description specifiedByURL
			fields(includeDeprecated: true) { name description isDeprecated type { ...T } args(includeDeprecated: true) { name description defaultValue type { ...T } } }
			inputFields { name description defaultValue type { ...T } } interfaces { name } possibleTypes { name }
			enumValues(includeDeprecated: true) { name description isDeprecated } }
			directives { name } }
	}
	fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }`, nil)
	lines := func() map[string]bool { return map[string]bool{} }
	introspected, printed := lines(), lines()

	var typeString func(any) string
	typeString = func(v any) string {
		m := v.(map[string]any)
		switch m["kind"] {
		case "NON_NULL":
			return typeString(m["ofType"]) + "!"
		case "LIST":
			return "[" + typeString(m["ofType"]) + "]"
		}
		return m["name"].(string)
	}
	stringOf := func(v any) string { s, _ := v.(string); return s }
	listOf := func(v any) []any { l, _ := v.([]any); return l }
	s := servedSchema(t)
	for _, v := range listOf(out.Data["__schema"].(map[string]any)["types"]) {
		def := v.(map[string]any)
		name := def["name"].(string)
		if s.Types[name] != nil && s.Types[name].BuiltIn || strings.HasPrefix(name, "__") {
			continue
		}
		introspected[fmt.Sprintln(def["kind"], name, stringOf(def["description"]), stringOf(def["specifiedByURL"]))] = true
		for _, v := range listOf(def["fields"]) {
			f := v.(map[string]any)
			introspected[fmt.Sprintln(name, f["name"], typeString(f["type"]), stringOf(f["description"]))] = true
			for _, v := range listOf(f["args"]) {
				arg := v.(map[string]any)
				introspected[fmt.Sprintln(name, f["name"], arg["name"], typeString(arg["type"]), stringOf(arg["description"]), stringOf(arg["defaultValue"]))] = true
			}
		}
		for _, v := range listOf(def["inputFields"]) {
			f := v.(map[string]any)
			introspected[fmt.Sprintln(name, f["name"], typeString(f["type"]), stringOf(f["description"]), stringOf(f["defaultValue"]))] = true
		}
		for _, v := range listOf(def["enumValues"]) {
			e := v.(map[string]any)
			introspected[fmt.Sprintln(name, e["name"], stringOf(e["description"]))] = true
		}
		for _, v := range listOf(def["interfaces"]) {
			introspected[fmt.Sprintln(name, "implements", v.(map[string]any)["name"])] = true
		}
	}
	for _, v := range listOf(out.Data["__schema"].(map[string]any)["directives"]) {
		introspected[fmt.Sprintln("directive", v.(map[string]any)["name"])] = true
	}
	sdl, err := parser.ParseSchema(&ast.Source{Input: graph.SDL()})
	if err != nil {
		t.Fatal(err)
	}
	for _, directive := range sdl.Directives {
		printed[fmt.Sprintln("directive", directive.Name)] = true
	}
	for _, name := range []string{"deprecated", "include", "oneOf", "skip", "specifiedBy"} { // built in: an SDL need not define them
		printed[fmt.Sprintln("directive", name)] = true
	}
	for _, def := range s.Types {
		if def.BuiltIn {
			continue
		}
		specified := ""
		if d := def.Directives.ForName("specifiedBy"); d != nil {
			specified = d.Arguments.ForName("url").Value.Raw
		}
		printed[fmt.Sprintln(def.Kind, def.Name, def.Description, specified)] = true
		for _, f := range def.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			if def.Kind == ast.InputObject {
				printed[fmt.Sprintln(def.Name, f.Name, f.Type, f.Description, defaultOf(f.DefaultValue))] = true
				continue
			}
			printed[fmt.Sprintln(def.Name, f.Name, f.Type, f.Description)] = true
			for _, arg := range f.Arguments {
				printed[fmt.Sprintln(def.Name, f.Name, arg.Name, arg.Type, arg.Description, defaultOf(arg.DefaultValue))] = true
			}
		}
		for _, e := range def.EnumValues {
			printed[fmt.Sprintln(def.Name, e.Name, e.Description)] = true
		}
		for _, i := range def.Interfaces {
			printed[fmt.Sprintln(def.Name, "implements", i)] = true
		}
	}
	if diff := cmp.Diff(printed, introspected); diff != "" || len(printed) < 50 {
		t.Errorf("%d lines\n%s", len(printed), diff)
	}
}

// defaultOf returns a default value as introspection returns it, "" if there is none.
func defaultOf(value *ast.Value) string {
	if value == nil {
		return ""
	}
	return value.String()
}

func typeAndDefault(t *ast.Type, value *ast.Value) string {
	if value == nil {
		return t.String()
	}
	return t.String() + " = " + value.String()
}

// TestSchemaMatchesSnapshot compares the schema with the one that clients were generated from.
func TestSchemaMatchesSnapshot(t *testing.T) {
	s := servedSchema(t)
	var got []string
	for _, def := range s.Types {
		if def.BuiltIn {
			continue
		}
		for _, f := range def.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			var args []string
			for _, arg := range f.Arguments {
				args = append(args, arg.Name+": "+typeAndDefault(arg.Type, arg.DefaultValue))
			}
			line := def.Name + "." + f.Name
			if args != nil {
				line += "(" + strings.Join(args, ", ") + ")"
			}
			got = append(got, line+": "+typeAndDefault(f.Type, f.DefaultValue))
		}
		for _, e := range def.EnumValues {
			got = append(got, def.Name+"."+e.Name)
		}
	}
	slices.Sort(got)
	snapshot, err := os.ReadFile("testdata/schema.txt")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(strings.TrimSpace(string(snapshot)), "\n"), got); diff != "" {
		t.Errorf("the schema differs from graph/testdata/schema.txt; a change there changes every generated client\n%s", diff)
	}
}

func TestGraphQLJSIntrospectionQueryIsExecuted(t *testing.T) {
	query, err := os.ReadFile("testdata/introspection.graphql")
	if err != nil {
		t.Fatal(err)
	}
	a := newAPI(t, sandbox.Options{})
	a.expectCalls(t, 0, func() {
		data, _ := json.Marshal(a.mustDo(t, string(query), nil).Data)
		if len(data) < 5000 || !strings.Contains(string(data), "AvatarGroupConnection") {
			t.Errorf("%.300s", data)
		}
	})
}
