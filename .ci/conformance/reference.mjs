// What graphql-js makes of a request to a server with the same schema.
//
// It is graphql-js 16, which most clients and their tools stand on, GraphiQL on our page among them. 17 changes what this
// compares: how it coerces, and what introspection takes for `includeDeprecated`.
import { execute, getNamedType, getNullableType, isEnumType, isLeafType, isListType, parse, separateOperations, validate } from 'graphql';
import { parseRequestParams } from 'graphql-http';
import { plain } from './normalize.mjs';

// judge gives graphql-js' verdict on a body, in the form of the server's:
//
//	{ verdict: 'refused', why }
//	{ verdict: 'executed', data, errors, plain }
//
// data counts only where no field of the schema's own was asked for, as nothing real stands behind them here: else it is
// undefined. errors are of arguments alone. plain is a body that asks for the same with everything coerced (see normalize.mjs);
// where there are errors there is none.
export async function judge(schema, body) {
  let params, document;
  try {
    params = await parseRequestParams({ method: 'POST', headers: { 'content-type': 'application/json' }, body });
    document = parse(params.query);
  } catch (error) {
    return { verdict: 'refused', why: error.message };
  }
  const [invalid] = validate(schema, document);
  if (invalid) return { verdict: 'refused', why: invalid.message };

  const fields = new Map(); // of the schema's own: what the arguments of each were coerced to
  let executed; // the operation that was, and its variables
  const result = execute({
    schema,
    document,
    variableValues: params.variables,
    operationName: params.operationName,
    fieldResolver(_source, args, _context, info) {
      executed ??= info;
      for (const node of info.fieldNodes) fields.set(node, { args, definition: info.parentType.getFields()[info.fieldName] });
      return something(info.returnType);
    },
    typeResolver: (_value, _context, info, type) => info.schema.getPossibleTypes(type)[0].name,
  });
  if (!('data' in result)) return { verdict: 'refused', why: result.errors[0].message };
  const errors = (result.errors ?? []).map((e) => ({ path: e.path ?? [], code: undefined }));
  if (fields.size === 0) return { verdict: 'executed', data: result.data, errors };
  if (errors.length > 0) return { verdict: 'executed', errors };
  const alone = separateOperations(document)[executed.operation.name?.value ?? ''];
  return { verdict: 'executed', errors, plain: JSON.stringify({ query: plain(schema, alone, fields, executed.variableValues) }) };
}

// something is a harmless value of a type, so that what stands below it is executed.
function something(type) {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [something(nullable.ofType)];
  const named = getNamedType(nullable);
  if (isEnumType(named)) return named.getValues()[0].value;
  return isLeafType(named) ? 1 : {};
}
