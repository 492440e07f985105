package graph

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
)

const filters = `
scalar DateTime
enum Color { RED GREEN }
input Filter { name: String! = "x" min: Int! colors: [Color!] deep: [[Int]] since: DateTime not: Filter }
type Query { found(filter: Filter): Int }`

func load(t *testing.T, sdl string) *ast.Schema {
	t.Helper()
	s, err := gqlparser.LoadSchema(&ast.Source{Input: sdl})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestInputObjectsFitFieldByField(t *testing.T) {
	s := load(t, filters)
	for text, want := range map[string]string{
		`{"min":1}`:                       "fits",
		`null`:                            "fits",
		`{"min":1,"name":"a","not":null}`: "fits",
		`{"min":1,"colors":["RED","GREEN"],"deep":[[1,null],[2],null],"since":"2024-03-25T16:00:00Z","not":{"min":2}}`: "fits",
		`{"min":1,"colors":"RED","deep":1}`:           "fits", // one value stands for a list of one
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
		`{"min":1,"z":1,"a":1,"m":1}`:                 ".a", // of several the same every time
		`{"min":1,"__typename":"Filter"}`:             ".__typename",
		`[]`:                                          "fits not", // no list where one object must be
		`[{"min":1}]`:                                 "fits not",
		`"x"`:                                         "fits not",
	} {
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		var value any
		if err := d.Decode(&value); err != nil {
			t.Fatal(err)
		}
		got, ok := fits(s, ast.NamedType("Filter", nil), value)
		if ok {
			got = "fits"
		} else if got == "" {
			got = "fits not"
		}
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestLiteralsOfOurOwnScalarsAreReadByValidation(t *testing.T) {
	s := load(t, filters)
	for literal, ok := range map[string]bool{
		`"2024-03-25T16:00:00Z"`: true, `null`: true,
		`"yesterday"`: false, `1711382400`: false, `99999999999999999999`: false, `1.5`: false, `{}`: false, `{a: 1}`: false, `RED`: false,
	} {
		doc, err := parser.ParseQuery(&ast.Source{Input: `{ found(filter: {min: 1, since: ` + literal + `}) }`})
		if err != nil {
			t.Fatal(err)
		}
		if errs := validator.ValidateWithRules(s, doc, Options{}.validationRules()); (len(errs) == 0) != ok {
			t.Errorf("%s: %v", literal, errs)
		}
	}
}

// TestEveryScalarThatCanBeGivenIsRead fails when a scalar is added and forgotten here.
func TestEveryScalarThatCanBeGivenIsRead(t *testing.T) {
	s := newSchema(&Resolver{}).Schema()
	given := func(of *ast.Type) {
		if def := s.Types[of.Name()]; def.Kind == ast.Scalar && scalars[def.Name] == nil {
			t.Errorf("nothing reads %s", def.Name)
		}
	}
	for _, def := range s.Types {
		for _, f := range def.Fields {
			for _, a := range f.Arguments {
				given(a.Type)
			}
			if def.Kind == ast.InputObject {
				given(f.Type)
			}
		}
	}
	for _, def := range s.Types {
		if def.Kind == ast.Scalar && !def.BuiltIn && scalars[def.Name] == nil {
			t.Errorf("nothing reads %s", def.Name)
		}
	}
}
