package graph

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/model"
)

// scalars tells which values a scalar takes: those that its Unmarshal function
// reads, which would come too late to spare HeyGen the call.
var scalars = map[string]func(any) bool{
	"Boolean":  func(v any) bool { _, ok := v.(bool); return ok }, // gqlgen's own reads texts and numbers too
	"DateTime": reads(model.UnmarshalDateTime),
	"ID":       reads(model.UnmarshalID),
	"Int":      reads(model.UnmarshalInt),
	"String":   reads(model.UnmarshalString),
	"URL":      reads(model.UnmarshalURL),
}

func reads[T any](unmarshal func(any) (T, error)) func(any) bool {
	return func(value any) bool {
		_, err := unmarshal(value)
		return err == nil
	}
}

// takes tells whether a scalar or an enum takes a value.
func takes(def *ast.Definition, value any) bool {
	if def.Kind == ast.Enum {
		name, _ := value.(string)
		return def.EnumValues.ForName(name) != nil
	}
	return scalars[def.Name](value)
}

// wrongVariable finds the first variable that is missing or does not fit its
// type. gqlparser coerces more loosely than graphql-js, and where it does refuse
// one it says so in Go's words.
func wrongVariable(schema *ast.Schema, op *ast.OperationDefinition, variables map[string]any) *gqlerror.Error {
	for _, v := range op.VariableDefinitions {
		value, given := variables[v.Variable]
		if !given {
			if v.Type.NonNull && v.DefaultValue == nil {
				return errcode.New(v.Position, errcode.BadUserInput, fmt.Sprintf("`$%s` is missing: a value of `%s` must be given.", v.Variable, v.Type))
			}
			continue
		}
		if place, ok := fits(schema, v.Type, value); !ok {
			return errcode.New(v.Position, errcode.BadUserInput, fmt.Sprintf("`$%s%s` does not fit: `$%s` is `%s`%s.", v.Variable, place, v.Variable, v.Type, choices(schema.Types[v.Type.Name()])))
		}
	}
	return nil
}

// choices lists the values of an enum, but for the one that no argument takes.
func choices(def *ast.Definition) string {
	if def.Kind != ast.Enum {
		return ""
	}
	var names []string
	for _, value := range def.EnumValues {
		if value.Name != model.Unknown {
			names = append(names, value.Name)
		}
	}
	return ", one of " + strings.Join(names, ", ")
}

// fits tells whether a value fits a type, and if it does not, what inside it is
// to blame: "" is the value itself, "[0]" the first in a list, ".name" a field.
func fits(schema *ast.Schema, t *ast.Type, value any) (place string, ok bool) {
	if value == nil {
		return "", !t.NonNull
	}
	if t.Elem != nil {
		list, many := value.([]any)
		if !many { // one value stands for a list of one; gqlparser has made a list of it already
			list = graphql.CoerceList(value)
		}
		for i, element := range list {
			if place, ok := fits(schema, t.Elem, element); !ok && many {
				return "[" + strconv.Itoa(i) + "]" + place, false
			} else if !ok {
				return place, false
			}
		}
		return "", true
	}
	def := schema.Types[t.NamedType]
	if def.Kind != ast.InputObject {
		return "", takes(def, value)
	}
	object, ok := value.(map[string]any)
	if !ok {
		return "", false
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if def.Fields.ForName(name) == nil {
			return "." + name, false
		}
	}
	for _, field := range def.Fields {
		value, given := object[field.Name]
		if !given && field.DefaultValue != nil {
			continue
		}
		if place, ok := fits(schema, field.Type, value); !ok {
			return "." + field.Name + place, false
		}
	}
	return "", true
}
