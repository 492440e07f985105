package complexity

import "github.com/vektah/gqlparser/v2/ast"

// field measures a field apart from its selection set.
func (v *visitor) field(f *ast.Field) {
	v.metrics.NameBytes.raiseTo(max(len(f.Name), len(f.Alias)), f.Position)
	v.arguments(f.Arguments)
	v.directives(f.Directives, f.Position)
}

// count counts nodes of the operation or fragment that is visited. The variables of an
// operation are in none: they are visited once.
func (v *visitor) count(nodes int) {
	if v.current != nil {
		v.current.nodes += nodes
	}
}

func (v *visitor) directives(list ast.DirectiveList, position *ast.Position) {
	if len(list) == 0 {
		return
	}
	v.count(len(list))
	v.metrics.DirectivesPerLocation.raiseTo(len(list), position)
	v.metrics.Directives = Measurement{v.metrics.Directives.Value + len(list), position}
	for _, d := range list {
		v.metrics.NameBytes.raiseTo(len(d.Name), d.Position)
		v.arguments(d.Arguments)
	}
}

func (v *visitor) arguments(list ast.ArgumentList) {
	for _, a := range list {
		v.metrics.NameBytes.raiseTo(len(a.Name), a.Position)
		v.value(a.Value, 1)
	}
}

func (v *visitor) variables(o *ast.OperationDefinition) {
	v.metrics.Variables.raiseTo(len(o.VariableDefinitions), o.Position)
	for _, variable := range o.VariableDefinitions {
		v.variable(variable)
	}
}

func (v *visitor) variable(definition *ast.VariableDefinition) {
	v.metrics.NameBytes.raiseTo(len(definition.Variable), definition.Position)
	depth := 0
	for t := definition.Type; t != nil; t = t.Elem { // a list type is as deep as its values
		v.metrics.NameBytes.raiseTo(len(t.NamedType), definition.Position)
		v.metrics.LiteralDepth.raiseTo(depth, definition.Position)
		depth++
	}
	v.value(definition.DefaultValue, 1)
	v.directives(definition.Directives, definition.Position)
}

// value measures a value. depth is the nesting of the value if it is a list or an
// object.
func (v *visitor) value(value *ast.Value, depth int) {
	if value == nil {
		return
	}
	v.count(1)
	if value.Kind == ast.EnumValue || value.Kind == ast.Variable {
		v.metrics.NameBytes.raiseTo(len(value.Raw), value.Position)
	} else {
		v.metrics.LiteralBytes.raiseTo(len(value.Raw), value.Position)
	}
	if value.Kind != ast.ListValue && value.Kind != ast.ObjectValue {
		return
	}
	v.metrics.LiteralDepth.raiseTo(depth, value.Position)
	v.metrics.LiteralItems.raiseTo(len(value.Children), value.Position)
	for _, child := range value.Children {
		v.metrics.NameBytes.raiseTo(len(child.Name), child.Position)
		v.value(child.Value, depth+1)
	}
}
