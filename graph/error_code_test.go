package graph_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/heygen/sandbox"
)

// The codes of errors are listed in three places: the registry, the schema and the docs.
func TestErrorCodeListsEveryCode(t *testing.T) {
	var registry, schema, served []string
	for _, code := range errcode.All {
		registry = append(registry, string(code))
	}
	def := servedSchema(t).Types["ErrorCode"]
	if def == nil {
		t.Fatal("the schema has no ErrorCode")
	}
	for _, value := range def.EnumValues {
		schema = append(schema, value.Name)
		if !strings.HasSuffix(strings.TrimSpace(value.Description), ".") {
			t.Errorf("the description of %s is no sentence: %q", value.Name, value.Description)
		}
	}
	if diff := cmp.Diff(registry, schema); diff != "" {
		t.Errorf("graph/errcode and enum ErrorCode differ:\n%s", diff)
	}
	a := newAPI(t, sandbox.Options{})
	a.expectCalls(t, 0, func() {
		out := a.mustDo(t, `{ __type(name: "ErrorCode") { enumValues { name } } }`, nil)
		for _, value := range out.Data["__type"].(map[string]any)["enumValues"].([]any) {
			served = append(served, value.(map[string]any)["name"].(string))
		}
	})
	if diff := cmp.Diff(registry, served); diff != "" {
		t.Errorf("graph/errcode and introspection differ:\n%s", diff)
	}

	_, section, _ := strings.Cut(readFile(t, "../docs/queries.md"), "\n## Errors\n")
	documented := map[string]bool{}
	for _, name := range regexp.MustCompile("`([A-Z]+(?:_[A-Z]+)*)`").FindAllStringSubmatch(section, -1) {
		documented[name[1]] = true
		if !slices.Contains(registry, name[1]) {
			t.Errorf("docs/queries.md names %s, which does not exist", name[1])
		}
	}
	for _, code := range registry {
		if !documented[code] {
			t.Errorf("%s is missing in docs/queries.md", code)
		}
	}
}
