package document

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"

	"heygen-graphql/graph/model"
)

const filterSDL = `
scalar DateTime
enum Color { RED GREEN }
input Filter { name: String! = "x" min: Int! colors: [Color!] deep: [[Int]] since: DateTime not: Filter }
type Query { found(filter: Filter): Int }`

// testOptions returns options for a schema with the scalars of the API.
func testOptions(t *testing.T, sdl string) Options {
	t.Helper()
	s, err := gqlparser.LoadSchema(&ast.Source{Input: sdl})
	if err != nil {
		t.Fatal(err)
	}
	return Options{Schema: s, Scalars: map[string]func(any) bool{
		"DateTime": func(v any) bool { _, err := model.UnmarshalDateTime(v); return err == nil },
		"Int":      func(v any) bool { _, err := model.UnmarshalInt(v); return err == nil },
		"String":   func(v any) bool { _, err := model.UnmarshalString(v); return err == nil },
	}}
}

func TestInputObjectsAreCheckedFieldByField(t *testing.T) {
	o := testOptions(t, filterSDL)
	for input, want := range map[string]string{
		`{"min":1}`:                       "conforms",
		`null`:                            "conforms",
		`{"min":1,"name":"a","not":null}`: "conforms",
		`{"min":1,"colors":["RED","GREEN"],"deep":[[1,null],[2],null],"since":"2024-03-25T16:00:00Z","not":{"min":2}}`: "conforms",
		`{"min":1,"colors":"RED","deep":1}`:           "conforms", // a single value is coerced to a list
		`{}`:                                          ".min",
		`{"min":null}`:                                ".min",
		`{"min":1,"name":null}`:                       ".name",
		`{"min":1,"colors":["RED","red"]}`:            ".colors[1]",
		`{"min":1,"colors":[null]}`:                   ".colors[0]",
		`{"min":1,"colors":"red"}`:                    ".colors",
		`{"min":1,"deep":[[1],[2,"3"]]}`:              ".deep[1][1]",
		`{"min":1,"since":1711382400}`:                ".since",
		`{"min":1,"not":{"min":2,"not":{"min":"3"}}}`: ".not.not.min",
		`{"min":1,"not":[]}`:                          ".not",
		`{"min":1,"z":1,"a":1,"m":1}`:                 ".a", // of several the same one every time
		`{"min":1,"__typename":"Filter"}`:             ".__typename",
		`[]`:                                          "does not conform", // a list is not coerced to an object
		`[{"min":1}]`:                                 "does not conform",
		`"x"`:                                         "does not conform",
	} {
		d := json.NewDecoder(strings.NewReader(input))
		d.UseNumber()
		var value any
		if err := d.Decode(&value); err != nil {
			t.Fatal(err)
		}
		got, ok := o.conforms(ast.NamedType("Filter", nil), value)
		if ok {
			got = "conforms"
		} else if got == "" {
			got = "does not conform"
		}
		if got != want {
			t.Errorf("%s: %s, want %s", input, got, want)
		}
	}
}

func TestValidationChecksLiteralsOfCustomScalars(t *testing.T) {
	o := testOptions(t, filterSDL)
	for literal, ok := range map[string]bool{
		`"2024-03-25T16:00:00Z"`: true, `null`: true,
		`"yesterday"`: false, `1711382400`: false, `99999999999999999999`: false, `1.5`: false, `{}`: false, `{a: 1}`: false, `RED`: false,
	} {
		doc, err := parser.ParseQuery(&ast.Source{Input: `{ found(filter: {min: 1, since: ` + literal + `}) }`})
		if err != nil {
			t.Fatal(err)
		}
		if errs := validator.ValidateWithRules(o.Schema, doc, o.Rules()); (len(errs) == 0) != ok {
			t.Errorf("%s: %v", literal, errs)
		}
	}
}
