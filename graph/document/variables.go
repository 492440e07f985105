package document

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
)

// CheckVariables returns an error for the first variable of an operation that is
// missing, does not conform to its type, or is null where a value is required.
// gqlparser coerces more loosely than graphql-js.
func (s *Store[A]) CheckVariables(op *graphql.OperationContext) *gqlerror.Error {
	if e := s.options.checkTypes(op.Operation, op.Variables); e != nil {
		return e
	}
	return checkNullVariables(op)
}

// VariableError replaces gqlparser's error about a variable, whose message is Go's.
// The error names the variable by its path, which begins with "variable".
func (s *Store[A]) VariableError(op *ast.OperationDefinition, variables map[string]any, err *gqlerror.Error) *gqlerror.Error {
	if e := s.options.checkTypes(op, variables); e != nil {
		return e
	}
	return errcode.New(nil, errcode.BadUserInput, "`$"+err.Path[1:].String()+"` is invalid for its type.")
}

// accepts reports whether a scalar or an enum accepts a value.
func (o Options) accepts(def *ast.Definition, value any) bool {
	if def.Kind == ast.Enum {
		name, _ := value.(string)
		return def.EnumValues.ForName(name) != nil
	}
	return o.Scalars[def.Name](value)
}

// checkTypes returns an error for the first variable that is missing or does not
// conform to its type.
func (o Options) checkTypes(op *ast.OperationDefinition, variables map[string]any) *gqlerror.Error {
	for _, v := range op.VariableDefinitions {
		value, ok := variables[v.Variable]
		if !ok {
			if v.Type.NonNull && v.DefaultValue == nil {
				return errcode.New(v.Position, errcode.BadUserInput, fmt.Sprintf("`$%s` is missing: a value of `%s` is required.", v.Variable, v.Type))
			}
			continue
		}
		if path, ok := o.conforms(v.Type, value); !ok {
			return errcode.New(v.Position, errcode.BadUserInput, fmt.Sprintf("`$%s%s` is invalid: `$%s` must be `%s`%s.", v.Variable, path, v.Variable, v.Type, o.enumChoices(o.Schema.Types[v.Type.Name()])))
		}
	}
	return nil
}

// enumChoices lists the values of an enum, except a hidden one.
func (o Options) enumChoices(def *ast.Definition) string {
	if def.Kind != ast.Enum {
		return ""
	}
	var names []string
	for _, value := range def.EnumValues {
		if value.Name != o.HiddenEnumValues[def.Name] {
			names = append(names, value.Name)
		}
	}
	return ", one of " + strings.Join(names, ", ")
}

// conforms reports whether a value conforms to a type. If not, path locates the
// first part that does not: "" is the value itself, "[0]" the first item of a list,
// ".name" a field.
func (o Options) conforms(t *ast.Type, value any) (path string, ok bool) {
	if value == nil {
		return "", !t.NonNull
	}
	if t.Elem != nil {
		list, isList := value.([]any)
		if !isList { // a single value is coerced to a list of one, as gqlparser has done
			list = graphql.CoerceList(value)
		}
		for i, item := range list {
			if path, ok := o.conforms(t.Elem, item); !ok && isList {
				return "[" + strconv.Itoa(i) + "]" + path, false
			} else if !ok {
				return path, false
			}
		}
		return "", true
	}
	def := o.Schema.Types[t.NamedType]
	if def.Kind != ast.InputObject {
		return "", o.accepts(def, value)
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
		value, ok := object[field.Name]
		if !ok && field.DefaultValue != nil {
			continue
		}
		if path, ok := o.conforms(field.Type, value); !ok {
			return "." + field.Name + path, false
		}
	}
	return "", true
}
