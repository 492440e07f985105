import { isObjectType, Kind, parse } from 'graphql';

// What a field's URL leads to. Fields count, not the keys of the answer, which an alias changes.
const KINDS = { previewImageUrl: 'picture', previewAudioUrl: 'sample' };

// previews lists the pictures and the samples in an answer, in its order: { kind, url, name, path }. Given a schema, it
// tells fragments apart that give one key to fields of different types, where __typename is selected.
export function previews({ query, operationName }, answer, schema) {
  if (!answer?.data) return [];
  const definitions = definitionsIn(query);
  const operations = definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION);
  const operation = operations.find((o) => o.name?.value === operationName) ?? operations[0];
  const fragments = new Map(
    definitions.filter((d) => d.kind === Kind.FRAGMENT_DEFINITION).map((d) => [d.name.value, d]),
  );

  const applies = (condition, object) =>
    !condition ||
    !object.__typename ||
    condition.name.value === object.__typename ||
    !isObjectType(schema?.getType(condition.name.value));

  // fieldsOf gathers the fields behind each key of an object.
  function fieldsOf(object, selections, fields = new Map()) {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        fields.set(key, [...(fields.get(key) ?? []), selection]);
        continue;
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (!fragment || !applies(fragment.typeCondition, object)) continue;
      fieldsOf(object, fragment.selectionSet.selections, fields);
    }
    return fields;
  }

  function* walk(value, selections, path) {
    if (Array.isArray(value)) {
      for (const [i, item] of value.entries()) yield* walk(item, selections, [...path, i]);
    } else if (value && typeof value === 'object') {
      const fields = fieldsOf(value, selections);
      const [nameKey] = [...fields].find(([, [field]]) => field.name.value === 'name') ?? [];
      for (const [key, [field, ...more]] of fields) {
        const kind = KINDS[field.name.value];
        if (!kind) {
          const below = [field, ...more].flatMap((f) => f.selectionSet?.selections ?? []);
          yield* walk(value[key], below, [...path, key]);
        } else if (typeof value[key] === 'string' && URL.canParse(value[key])) {
          const name = typeof value[nameKey] === 'string' && value[nameKey];
          yield { kind, url: value[key], name: name || place(path), path: [...path, key] };
        }
      }
    }
  }
  return operation ? [...walk(answer.data, operation.selectionSet.selections, ['data'])] : [];
}

// definitionsIn gives none where graphql-js cannot read what the server could: it refuses a name right behind a number.
function definitionsIn(query) {
  try {
    return parse(query).definitions;
  } catch {
    return [];
  }
}

// place writes a path in an answer as programs do, without the "data" that they all begin with.
export function place([, ...path]) {
  return path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('').slice(1);
}

// addressFor is what the page may load for a preview's URL; undefined: nothing.
export function addressFor(url, sandbox) {
  const { protocol, pathname, search } = new URL(url);
  // The sandbox's files are this server's own, under whatever name the visitor reaches it: its answers know one alone.
  if (sandbox) return pathname + search;
  return protocol === 'https:' ? url : undefined;
}
