// What graphql-eslint asks of the schema: its two configurations, and each departure from them with its reason.
import { configs } from '@graphql-eslint/eslint-plugin';

const departures = {
  // It takes a connection for the only list there is. Ours have `nodes` beside `edges`, and a look has lists of words.
  // The rest of the rule holds: edges are named so, have a cursor, and their node is a Node.
  'relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }],

  // Whatever can be fetched again has an id; what only lives within another object has none. A type that is to
  // have none is named here, so that it is no oversight.
  'strict-id-in-types': [
    'error',
    {
      acceptedIdNames: ['id'],
      acceptedIdTypes: ['ID'],
      exceptions: { types: ['LookReadiness', 'PageInfo', 'TrainingError'], suffixes: ['Connection', 'Edge'] },
    },
  ],

  // It has no exceptions, and `Voice.voiceId` needs one: beside the global `id`, HeyGen's own is called what HeyGen
  // calls it, voice_id, as `groupId` and `lookId` are on the other types.
  'no-typename-prefix': 'off',

  // More than recommended: the schema is the documentation, of every field, argument and value.
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

  // More than recommended: what is null at the root leaves the other fields of an operation standing.
  'require-nullable-result-in-root': 'error',
};

export const rules = {
  ...configs['flat/schema-recommended'].rules,
  ...configs['flat/schema-relay'].rules,
  ...Object.fromEntries(Object.entries(departures).map(([name, how]) => [`@graphql-eslint/${name}`, how])),
};
