package graph_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

// TestNewFieldIsAddedEverywhere fails if a JSON field of a resource is missing in the
// schema, in the sandbox, in testdata/schema.txt or in examples/schema.graphql. The fast
// decoder and the compiled plans have tests of their own.
func TestNewFieldIsAddedEverywhere(t *testing.T) {
	schema, snapshot, published := schemaFromFiles(t), schemaSnapshotFields(t), publishedSchema(t)
	upstream := sandbox.New(sandbox.Options{})
	defer upstream.Close()
	for _, resource := range []struct {
		client      reflect.Type        // the struct
		clientFile  string              // that declares the struct
		details     reflect.Type        // nil, or a struct whose fields HeyGen sends for a single item only
		idKey       string              // JSON key of the id
		schemaType  string              // name in the schema
		schemaNames map[string][]string // by JSON key; others are the key in camelCase
		listPath    string              // in HeyGen's API; the path of an item is listPath/id
		sandboxFile string              // that declares what the sandbox sends
	}{
		{
			client: reflect.TypeFor[heygen.AvatarGroup](), clientFile: "heygen/avatar_groups.go", idKey: "id",
			schemaType: "AvatarGroup", schemaNames: map[string][]string{"id": {"id", "groupId"}},
			listPath: "/v3/avatars", sandboxFile: "heygen/sandbox/groups.go",
		},
		{
			client: reflect.TypeFor[heygen.AvatarLook](), clientFile: "heygen/avatar_looks.go", idKey: "id",
			schemaType: "AvatarLook", schemaNames: map[string][]string{"id": {"id", "lookId"}},
			listPath: "/v3/avatars/looks", sandboxFile: "heygen/sandbox/looks.go",
		},
		{
			client: reflect.TypeFor[heygen.Voice](), clientFile: "heygen/voices.go", idKey: "voice_id",
			details:    reflect.TypeFor[heygen.VoiceDetails](),
			schemaType: "Voice", schemaNames: map[string][]string{"voice_id": {"id", "voiceId"}},
			listPath: "/v3/voices", sandboxFile: "heygen/sandbox/voices.go",
		},
	} {
		schemaType := schema.Types[resource.schemaType]
		if schemaType == nil {
			t.Errorf("type %s is not in graph/*.graphqls", resource.schemaType)
			continue
		}
		listed, single := sandboxKeys(t, upstream, resource.listPath, resource.idKey)
		check := func(structType reflect.Type, sentInLists bool) {
			for field := range structType.Fields() {
				key, _, _ := strings.Cut(field.Tag.Get("json"), ",")
				name := structType.String() + "." + field.Name
				if resource.details != nil && field.Type == reflect.PointerTo(resource.details) {
					continue // its own fields are checked
				}
				if key == "" || key == "-" {
					t.Errorf("%s has no JSON key: add a json tag to it in %s", name, resource.clientFile)
					continue
				}
				schemaNames, differs := resource.schemaNames[key]
				if !differs {
					schemaNames = []string{camelCase(key)}
				}
				for _, schemaName := range schemaNames {
					if schemaType.Fields.ForName(schemaName) == nil {
						t.Errorf("%s is not in the schema: add %s to type %s in graph/%s, and run go generate ./...", name, schemaName, resource.schemaType, schemaType.Position.Src.Name)
					}
				}
				if !single[key] {
					t.Errorf("%s is not sent by the sandbox for a single item: add the JSON key %s in %s", name, key, resource.sandboxFile)
				}
				if sentInLists && !listed[key] {
					t.Errorf("%s is not sent by the sandbox in lists: add the JSON key %s in %s", name, key, resource.sandboxFile)
				}
			}
		}
		check(resource.client, true)
		if resource.details != nil {
			check(resource.details, false)
		}
		for _, field := range schemaType.Fields {
			name := resource.schemaType + "." + field.Name
			if !snapshot[name] {
				t.Errorf("%s is not in the snapshot of the schema: add a line for it to graph/testdata/schema.txt", name)
			}
			if def := published.Definitions.ForName(resource.schemaType); def == nil || def.Fields.ForName(field.Name) == nil {
				t.Errorf("%s is not in the published schema: record examples/schema.graphql again with .ci/schema/schema.mjs --record (see CONTRIBUTING.md)", name)
			}
		}
	}
}

// camelCase returns a key such as preview_image_url as previewImageUrl.
func camelCase(key string) string {
	return regexp.MustCompile(`_[a-z]`).ReplaceAllStringFunc(key, func(s string) string { return strings.ToUpper(s[1:]) })
}

// schemaFromFiles returns the schema of the .graphqls files.
func schemaFromFiles(t *testing.T) *ast.Schema {
	t.Helper()
	files, err := filepath.Glob("*.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	var sources []*ast.Source
	for _, name := range files {
		sources = append(sources, &ast.Source{Name: name, Input: readFile(t, name)})
	}
	schema, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// schemaSnapshotFields returns the fields in testdata/schema.txt, such as Voice.name.
func schemaSnapshotFields(t *testing.T) map[string]bool {
	t.Helper()
	fields := map[string]bool{}
	for line := range strings.Lines(readFile(t, "testdata/schema.txt")) {
		fields[line[:strings.IndexAny(line, "(:\n")]] = true
	}
	return fields
}

// publishedSchema returns the schema that clients generate their types from.
func publishedSchema(t *testing.T) *ast.SchemaDocument {
	t.Helper()
	document, err := parser.ParseSchema(&ast.Source{Name: "examples/schema.graphql", Input: readFile(t, "../examples/schema.graphql")})
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// sandboxKeys returns the JSON keys that the sandbox sends in the items of the first page
// of a list, and in the same items fetched one by one. Items may lack keys of null fields.
func sandboxKeys(t *testing.T, upstream http.Handler, listPath, idKey string) (listed, single map[string]bool) {
	t.Helper()
	get := func(path string, data any) {
		w := httptest.NewRecorder()
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		r.Header.Set("X-Api-Key", "any")
		upstream.ServeHTTP(w, r)
		if err := json.Unmarshal(w.Body.Bytes(), &struct{ Data any }{data}); err != nil || w.Code != http.StatusOK {
			t.Fatalf("%s: %d %v %.300s", path, w.Code, err, w.Body)
		}
	}
	listed, single = map[string]bool{}, map[string]bool{}
	var items []map[string]any
	get(listPath+"?limit=50", &items)
	for _, item := range items {
		for key := range item {
			listed[key] = true
		}
		var same map[string]any
		get(listPath+"/"+url.PathEscape(item[idKey].(string)), &same)
		for key := range same {
			single[key] = true
		}
	}
	return listed, single
}
