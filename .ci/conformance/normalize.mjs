// Equivalent documents must have the same response. graphql-js cannot predict our server's data, but it can normalize a
// document: no variables, defaults, escapes or comments, and each value as a literal of its type.
import { getNamedType, isEnumType, isInputObjectType, isListType, isNonNullType, Kind, print, typeFromAST, visit } from 'graphql';

// normalize prints a document of one operation in normalized form. fields maps its fields to their coerced arguments.
export function normalize(schema, document, fields, variables) {
  const types = {};
  const literalOf = (name) => (name in variables ? literal(types[name], variables[name]) : undefined);
  return print(
    visit(document, {
      OperationDefinition(node) {
        for (const v of node.variableDefinitions) types[v.variable.name.value] = typeFromAST(schema, v.type);
      },
      Field(node) {
        const field = fields.get(node);
        return field && { ...node, arguments: argumentNodes(field) };
      },
      // The remaining arguments are those of directives, and of fields that were not executed.
      Argument(node) {
        if (node.value.kind !== Kind.VARIABLE) return undefined;
        const value = literalOf(node.value.name.value);
        return value ? { ...node, value } : null;
      },
      VariableDefinition: () => null,
      Variable: (node) => literalOf(node.name.value) ?? { kind: Kind.NULL },
    }),
  );
}

const nameNode = (value) => ({ kind: Kind.NAME, value });

function argumentNodes({ args, definition }) {
  return definition.args
    .filter((a) => a.name in args)
    .map((a) => ({ kind: Kind.ARGUMENT, name: nameNode(a.name), value: literal(a.type, args[a.name]) }));
}

// literal returns the AST of a coerced value. It replaces graphql-js' astFromValue, which prints the ID "12" as the number 12.
function literal(type, value) {
  if (isNonNullType(type)) return literal(type.ofType, value);
  if (value === null || value === undefined) return { kind: Kind.NULL };
  if (isListType(type)) return { kind: Kind.LIST, values: value.map((v) => literal(type.ofType, v)) };
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((f) => f.name in value);
    return { kind: Kind.OBJECT, fields: fields.map((f) => ({ kind: Kind.OBJECT_FIELD, name: nameNode(f.name), value: literal(f.type, value[f.name]) })) };
  }
  if (isEnumType(type)) return { kind: Kind.ENUM, value };
  switch (getNamedType(type).name) {
    case 'Int':
      return { kind: Kind.INT, value: String(value) };
    case 'Float':
      return { kind: Kind.FLOAT, value: String(value) };
    case 'Boolean':
      return { kind: Kind.BOOLEAN, value };
    default:
      return { kind: Kind.STRING, value: String(value) };
  }
}
