// The rules of the schema: two configurations of graphql-eslint, and each override with its reason.
import { configs } from '@graphql-eslint/eslint-plugin';

const overrides = {
  // By default the rule allows lists only of edges. Our connections have `nodes` as well as `edges`, and a look has lists of
  // strings. The rest of the rule applies: edge types have the suffix Edge, a cursor, and a node that is a Node.
  'relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }],

  // A type that can be refetched has an id; a type that exists only within another object has none. The exceptions are
  // listed, so that a missing id is deliberate.
  'strict-id-in-types': [
    'error',
    {
      acceptedIdNames: ['id'],
      acceptedIdTypes: ['ID'],
      exceptions: { types: ['LookReadiness', 'PageInfo', 'TrainingError'], suffixes: ['Connection', 'Count', 'Edge', 'Facets'] },
    },
  ],

  // The rule has no exceptions, and `Voice.voiceId` needs one: HeyGen's own id, as opposed to the global `id`, has
  // HeyGen's name, voice_id. `groupId` and `lookId` are the same on the other types.
  'no-typename-prefix': 'off',

  // Stricter than recommended: the schema documents every field, argument and value.
  'require-description': [
    'error',
    {
      types: true,
      rootField: true,
      DirectiveDefinition: true,
      FieldDefinition: true,
      InputValueDefinition: true,
      EnumValueDefinition: true,
    },
  ],

  // Stricter than recommended: a nullable root field that fails does not discard the other fields of an operation.
  'require-nullable-result-in-root': 'error',
};

// Problems that are deliberate, for rules that have no exceptions.
export const accepted = {
  // The codes of errors, in `extensions.code`, which no field returns: the enum is there for code generators.
  '@graphql-eslint/no-unreachable-types': ['Enum type `ErrorCode` is unreachable.'],
};

export const rules = {
  ...configs['flat/schema-recommended'].rules,
  ...configs['flat/schema-relay'].rules,
  ...Object.fromEntries(Object.entries(overrides).map(([name, setting]) => [`@graphql-eslint/${name}`, setting])),
};
