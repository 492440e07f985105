// For every argument type, values of every kind, as literals, defaults and variables.
import { getNamedType, getNullableType, isInputObjectType, isListType, isObjectType, specifiedDirectives } from 'graphql';

const LITERALS = [
  'null', '""', '"1"', '1', '1.0', '1.5', '1e3', '-0', '-1', '2147483647', '2147483648', '-2147483648', '-2147483649', '9007199254740993', '1e21',
  '99999999999999999999', 'true', '"true"', '{}', '{a: 1}', '[]', '[1]', '[[1]]', '[null]', '["a"]', '["a", 1]', 'PUBLIC', '"PUBLIC"', 'public', 'UNKNOWN', 'PURPLE',
  '"Ünïcödé 😀"', '"\\uD83D\\uDE00"', '"\\ud800"', '"\\u0000"', '"""1"""',
];

// Literals of the input objects, of which each type accepts some. The reference accepts any DateTime.
const OBJECT_LITERALS = [
  '{gender: FEMALE}', '{gender: [FEMALE, UNKNOWN]}', '{gender: null}', '{gender: [null]}', '{gender: "FEMALE"}', '{minLooksCount: 1}', '{minLooksCount: "1"}', '{hasDefaultVoice: 1}',
  '{createdFrom: "2024-01-01T00:00:00Z"}', '{tags: "a"}', '{tags: [1]}', '{readiness: READY, orientation: [SQUARE]}',
  '{field: NAME}', '{field: null}', '{field: NAME, direction: DESC}', '{field: NAME, direction: null}', '{direction: DESC}', '{field: NAME, field: NAME}', '[{field: NAME}]',
];

// JSON; '' means absent.
const VALUES = [
  '', 'null', '""', '"1"', '1', '1.0', '1.5', '1e3', '-0', '-0.0', '-1', '2147483647', '2147483648', '-2147483648', '-2147483649', '9007199254740993', '1e21',
  '1e400', '1e-400', 'true', '"true"', '{}', '{"a":1}', '[]', '[1]', '[1.0]', '[[1]]', '[null]', '["a"]', '["a",1]', '"PUBLIC"', '["PUBLIC"]', '"public"', '"UNKNOWN"', '"PURPLE"',
  '"Ünïcödé 😀"', '"\\ud83d\\ude00"', '"\\ud800"', '"\\u0000"',
];

const OBJECT_VALUES = [
  '{"gender":"FEMALE"}', '{"gender":["FEMALE","UNKNOWN"]}', '{"gender":null}', '{"gender":[null]}', '{"gender":1}', '{"minLooksCount":1.0}', '{"minLooksCount":"1"}', '{"hasDefaultVoice":"true"}',
  '{"createdFrom":"2024-01-01T00:00:00Z"}', '{"tags":"a"}', '{"tags":[1]}', '{"readiness":"READY","orientation":["SQUARE"]}',
  '{"field":"NAME"}', '{"field":null}', '{"field":"NAME","direction":"DESC"}', '{"field":"NAME","direction":null}', '{"direction":"DESC"}', '[{"field":"NAME"}]',
];

export function argumentCases(schema) {
  return positions(schema).flatMap(({ type, document }) => {
    const cases = [];
    const add = (kind, value, query, variables) => cases.push({ id: `${type} ${kind} ${value || 'absent'}`, query, variables });
    const declared = type.replace(/ .*/, '');
    const isObject = isInputObjectType(schema.getType(declared));
    for (const literal of isObject ? [...LITERALS, ...OBJECT_LITERALS] : LITERALS) {
      add('literal', literal, document(literal));
      add('default', literal, `query($v: ${declared} = ${literal}) ${document('$v')}`);
    }
    for (const value of isObject ? [...VALUES, ...OBJECT_VALUES] : VALUES) {
      add('variable', value, `query($v: ${declared}) ${document('$v')}`, value && `{"v":${value}}`);
    }
    const item = /^\[(.*)\]!?$/.exec(declared)?.[1];
    if (item) {
      for (const literal of LITERALS) add('listed literal', literal, document(`[${literal}]`));
      for (const value of VALUES) add('listed variable', value, `query($v: ${item}) ${document('[$v]')}`, value && `{"v":${value}}`);
    }
    return cases;
  });
}

// positions returns one argument of each type and default, with a function that returns a document that sets it.
function positions(schema) {
  const found = new Map([
    ['Boolean! @include', (value) => `{ a: __typename @include(if: ${value}) b: __typename }`],
    ['Boolean! @skip', (value) => `{ ... @skip(if: ${value}) { a: __typename } b: __typename }`],
    ['String!', (value) => `{ __type(name: ${value}) { name } }`],
    ['AvatarLookFilter', (value) => `{ avatarGroup(id: "group_monica") { looks(filter: ${value}) { nodes { id } } } }`],
    ['Boolean = false', (value) => `{ __type(name: "PageInfo") { fields(includeDeprecated: ${value}) { name } } }`],
  ]);
  for (const field of Object.values(schema.getQueryType().getFields())) {
    for (const a of field.args) {
      if (!found.has(typeOf(a))) found.set(typeOf(a), (value) => `{ ${field.name}(${a.name}: ${value}) ${selection(field.type)} }`);
    }
  }
  for (const [coordinate, a] of otherArguments(schema)) {
    if (!found.has(typeOf(a))) throw new Error(`no case covers ${coordinate}(${a.name}: ${a.type})`);
  }
  return [...found].map(([type, document]) => ({ type, document }));
}

const typeOf = (a) => `${a.type}${a.defaultValue === undefined ? '' : ` = ${a.defaultValue}`}`;

// otherArguments yields the arguments below the root, and those of the schema's own directives.
function* otherArguments(schema) {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) for (const a of field.args) yield [`${type}.${field.name}`, a];
  }
  const standard = new Set(specifiedDirectives.map((d) => d.name));
  for (const directive of schema.getDirectives()) {
    if (!standard.has(directive.name)) for (const a of directive.args) yield [`@${directive.name}`, a];
  }
}

// selection returns a selection set whose result does not change while trainings are in progress: ids.
function selection(type) {
  const named = getNamedType(getNullableType(type));
  const { id, nodes } = named.getFields();
  if (id) return '{ __typename id }';
  if (nodes && isListType(getNullableType(nodes.type))) return '{ nodes { id } }';
  return '{ __typename }';
}
