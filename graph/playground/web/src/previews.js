import { isObjectType, Kind, parse } from 'graphql';

// The kind of media at a field's URL, by field name: response keys depend on aliases.
const KINDS = { previewImageUrl: 'image', previewAudioUrl: 'audio' };

// findPreviews returns the images and voice samples of a response, in response order: { kind, url, name, path }. If
// fragments use one response key for fields of different types, the schema and a selected __typename decide.
export function findPreviews({ query, operationName }, response, schema) {
  if (!response?.data) return [];
  const definitions = parseDefinitions(query);
  const operations = definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION);
  const operation = operations.find((o) => o.name?.value === operationName) ?? operations[0];
  const fragments = new Map(
    definitions.filter((d) => d.kind === Kind.FRAGMENT_DEFINITION).map((d) => [d.name.value, d]),
  );

  const applies = (typeCondition, object) =>
    !typeCondition ||
    !object.__typename ||
    typeCondition.name.value === object.__typename ||
    !isObjectType(schema?.getType(typeCondition.name.value));

  // collectFields returns the fields of an object by response key.
  function collectFields(object, selections, fields = new Map()) {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        fields.set(key, [...(fields.get(key) ?? []), selection]);
        continue;
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (!fragment || !applies(fragment.typeCondition, object)) continue;
      collectFields(object, fragment.selectionSet.selections, fields);
    }
    return fields;
  }

  function* walk(value, selections, path) {
    if (Array.isArray(value)) {
      for (const [i, item] of value.entries()) yield* walk(item, selections, [...path, i]);
    } else if (value && typeof value === 'object') {
      const fields = collectFields(value, selections);
      const [nameKey] = [...fields].find(([, [field]]) => field.name.value === 'name') ?? [];
      for (const [key, [field, ...more]] of fields) {
        const kind = KINDS[field.name.value];
        if (!kind) {
          const children = [field, ...more].flatMap((f) => f.selectionSet?.selections ?? []);
          yield* walk(value[key], children, [...path, key]);
        } else if (typeof value[key] === 'string' && URL.canParse(value[key])) {
          const name = typeof value[nameKey] === 'string' && value[nameKey];
          yield { kind, url: value[key], name: name || formatPath(path), path: [...path, key] };
        }
      }
    }
  }
  return operation ? [...walk(response.data, operation.selectionSet.selections, ['data'])] : [];
}

// parseDefinitions returns none if graphql-js cannot parse a query that the server can: it rejects a name right after a
// number.
function parseDefinitions(query) {
  try {
    return parse(query).definitions;
  } catch {
    return [];
  }
}

// formatPath formats a response path like a JavaScript expression, without the leading "data".
export function formatPath([, ...path]) {
  return path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('').slice(1);
}

// mediaSrc returns the src to load for a preview's URL, or undefined if the page must not load it.
export function mediaSrc(url, sandbox) {
  const { protocol, pathname, search } = new URL(url);
  // This server serves the sandbox's files, but their URLs contain only one of the host names that users reach it by.
  if (sandbox) return pathname + search;
  return protocol === 'https:' ? url : undefined;
}
