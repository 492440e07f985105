package complexity

import "github.com/vektah/gqlparser/v2/ast"

// field measures what a field has besides its selections.
func (m *visitor) field(f *ast.Field) {
	m.metrics.NameBytes.raiseTo(max(len(f.Name), len(f.Alias)), f.Position)
	m.arguments(f.Arguments)
	m.directives(f.Directives, f.Position)
}

func (m *visitor) directives(list ast.DirectiveList, at *ast.Position) {
	if len(list) == 0 {
		return
	}
	m.metrics.DirectivesPerLocation.raiseTo(len(list), at)
	m.metrics.Directives = Measurement{m.metrics.Directives.Value + len(list), at}
	for _, d := range list {
		m.metrics.NameBytes.raiseTo(len(d.Name), d.Position)
		m.arguments(d.Arguments)
	}
}

func (m *visitor) arguments(list ast.ArgumentList) {
	for _, a := range list {
		m.metrics.NameBytes.raiseTo(len(a.Name), a.Position)
		m.value(a.Value, 1)
	}
}

func (m *visitor) variables(o *ast.OperationDefinition) {
	m.metrics.Variables.raiseTo(len(o.VariableDefinitions), o.Position)
	for _, v := range o.VariableDefinitions {
		m.variable(v)
	}
}

func (m *visitor) variable(v *ast.VariableDefinition) {
	m.metrics.NameBytes.raiseTo(len(v.Variable), v.Position)
	depth := 0
	for t := v.Type; t != nil; t = t.Elem { // the lists of a type are as deep as values for it
		m.metrics.NameBytes.raiseTo(len(t.NamedType), v.Position)
		m.metrics.LiteralDepth.raiseTo(depth, v.Position)
		depth++
	}
	m.value(v.DefaultValue, 1)
	m.directives(v.Directives, v.Position)
}

// value measures a value that stands in so many lists and objects, less one.
func (m *visitor) value(v *ast.Value, depth int) {
	if v == nil {
		return
	}
	if v.Kind == ast.EnumValue || v.Kind == ast.Variable {
		m.metrics.NameBytes.raiseTo(len(v.Raw), v.Position)
	} else {
		m.metrics.LiteralBytes.raiseTo(len(v.Raw), v.Position)
	}
	if v.Kind != ast.ListValue && v.Kind != ast.ObjectValue {
		return
	}
	m.metrics.LiteralDepth.raiseTo(depth, v.Position)
	for _, child := range v.Children {
		m.metrics.NameBytes.raiseTo(len(child.Name), child.Position)
		m.value(child.Value, depth+1)
	}
}
