// The reference: what graphql-js does with a request to a server with the same schema.
//
// It is graphql-js 16, on which most clients and their tools are based, including GraphiQL on our page. Version 17 changes
// what this compares: coercion, and the type of `includeDeprecated` in introspection.
import { execute, getNamedType, getNullableType, isEnumType, isLeafType, isListType, parse, separateOperations, validate } from 'graphql';
import { parseRequestParams } from 'graphql-http';
import { normalize } from './normalize.mjs';

// evaluate returns graphql-js' verdict on a body, in the same form as the server's (see server.mjs):
//
//	{ verdict: 'rejected', reason }
//	{ verdict: 'executed', data, errors, normalized }
//
// data is undefined if a field of the schema's own was selected, as there is no real data here. errors are those of
// arguments only. normalized is an equivalent body with all values coerced (see normalize.mjs); it is undefined if there
// are errors.
export async function evaluate(schema, body) {
  let params, document;
  try {
    params = await parseRequestParams({ method: 'POST', headers: { 'content-type': 'application/json' }, body });
    document = parse(params.query);
  } catch (error) {
    return { verdict: 'rejected', reason: error.message };
  }
  const [invalid] = validate(schema, document);
  if (invalid) return { verdict: 'rejected', reason: invalid.message };

  const fields = new Map(); // field node of the schema's own → its coerced arguments
  let executed; // the executed operation and its variables
  const result = execute({
    schema,
    document,
    variableValues: params.variables,
    operationName: params.operationName,
    fieldResolver(_source, args, _context, info) {
      executed ??= info;
      for (const node of info.fieldNodes) fields.set(node, { args, definition: info.parentType.getFields()[info.fieldName] });
      return placeholder(info.returnType);
    },
    typeResolver: (_value, _context, info, type) => info.schema.getPossibleTypes(type)[0].name,
  });
  if (!('data' in result)) return { verdict: 'rejected', reason: result.errors[0].message };
  const errors = (result.errors ?? []).map((e) => ({ path: e.path ?? [], code: undefined }));
  if (fields.size === 0) return { verdict: 'executed', data: result.data, errors };
  if (errors.length > 0) return { verdict: 'executed', errors };
  const operation = separateOperations(document)[executed.operation.name?.value ?? ''];
  return { verdict: 'executed', errors, normalized: JSON.stringify({ query: normalize(schema, operation, fields, executed.variableValues) }) };
}

// placeholder returns a valid value of a type, so that the selections below it are executed.
function placeholder(type) {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [placeholder(nullable.ofType)];
  const named = getNamedType(nullable);
  if (isEnumType(named)) return named.getValues()[0].value;
  return isLeafType(named) ? 1 : {};
}
