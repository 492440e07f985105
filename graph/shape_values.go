package graph

import "github.com/vektah/gqlparser/v2/ast"

// field measures what a field has besides its selections.
func (m *measurer) field(f *ast.Field) {
	m.shape.name.raise(max(len(f.Name), len(f.Alias)), f.Position)
	m.arguments(f.Arguments)
	m.directives(f.Directives, f.Position)
}

func (m *measurer) directives(list ast.DirectiveList, at *ast.Position) {
	if len(list) == 0 {
		return
	}
	m.shape.nodeDirectives.raise(len(list), at)
	m.shape.directives = figure{m.shape.directives.n + len(list), at}
	for _, d := range list {
		m.shape.name.raise(len(d.Name), d.Position)
		m.arguments(d.Arguments)
	}
}

func (m *measurer) arguments(list ast.ArgumentList) {
	for _, a := range list {
		m.shape.name.raise(len(a.Name), a.Position)
		m.value(a.Value, 1)
	}
}

func (m *measurer) variables(o *ast.OperationDefinition) {
	m.shape.variables.raise(len(o.VariableDefinitions), o.Position)
	for _, v := range o.VariableDefinitions {
		m.variable(v)
	}
}

func (m *measurer) variable(v *ast.VariableDefinition) {
	m.shape.name.raise(len(v.Variable), v.Position)
	depth := 0
	for t := v.Type; t != nil; t = t.Elem { // the lists of a type are as deep as values for it
		m.shape.name.raise(len(t.NamedType), v.Position)
		m.shape.literalDepth.raise(depth, v.Position)
		depth++
	}
	m.value(v.DefaultValue, 1)
	m.directives(v.Directives, v.Position)
}

// value measures a value that stands in so many lists and objects, less one.
func (m *measurer) value(v *ast.Value, depth int) {
	if v == nil {
		return
	}
	if v.Kind == ast.EnumValue || v.Kind == ast.Variable {
		m.shape.name.raise(len(v.Raw), v.Position)
	} else {
		m.shape.literal.raise(len(v.Raw), v.Position)
	}
	if v.Kind != ast.ListValue && v.Kind != ast.ObjectValue {
		return
	}
	m.shape.literalDepth.raise(depth, v.Position)
	for _, child := range v.Children {
		m.shape.name.raise(len(child.Name), child.Position)
		m.value(child.Value, depth+1)
	}
}
